//! `errgen diff`: every kind of change with its diagnostic and its verdicts, and whether compilers agree with them.
//!
//! In `tests/compatibility`, each patch changes one thing of `before.yaml`. The folders there hold programs, and what a compiler
//! says of them after each change.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use errgen::diagnostic::ALL;
use serde_json::Value;
use support::{Run, errgen, expect_file, folders_in, git, repository, write};
use tempfile::TempDir;

fn folder() -> PathBuf {
    repository().join("tests/compatibility")
}

/// The names of all patches.
fn changes() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the changes");
    let names = entries.map(|entry| entry.expect("a file").file_name().into_string());
    let names = names.map(|name| name.expect("a name in UTF-8"));
    let mut names: Vec<_> = names
        .filter_map(|name| Some(name.strip_suffix(".patch")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() > 50, "{names:?}");
    names
}

/// A folder with the catalogue before a change and after it.
fn changed(change: &str) -> TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    let before = fs::read_to_string(folder().join("before.yaml")).expect("a catalogue");
    write(project.path(), "before.yaml", &before);
    write(project.path(), "catalog.yaml", &before);
    let patch = folder().join(format!("{change}.patch"));
    git(project.path(), &["apply", patch.to_str().expect("a path")]);
    project
}

fn diff(folder: &Path, words: &[&str]) -> Run {
    errgen(folder, ["diff"].iter().chain(words).copied())
}

/// The changes, and what they come to.
fn report(folder: &Path, words: &[&str]) -> (Vec<Value>, Value) {
    let run = diff(folder, &[&["--format", "json"], words].concat()).clean();
    let lines = run.stdout.lines();
    let mut lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let summary = lines.pop().expect("a line for the summary");
    (lines, summary["summary"].clone())
}

#[test]
fn every_change_is_told_with_its_verdicts() {
    for change in changes() {
        let project = changed(&change);
        let run = diff(project.path(), &["--against", "before.yaml"]).clean();
        expect_file(&folder().join(format!("{change}.expected")), &run.stdout);
    }
}

/// Rules of changes that no patch shows, and which test shows them instead.
const ELSEWHERE: [(&str, &str); 5] = [
    ("C116", "an_error_that_was_never_released_can_go"),
    ("C318", "targets_come_and_go"),
    ("C319", "targets_come_and_go"),
    ("C320", "options_break_what_their_target_says"),
    ("C324", "another_contract_is_a_change"),
];

#[test]
fn there_is_a_patch_for_every_rule() {
    let mut found = BTreeSet::new();
    for change in changes() {
        let project = changed(&change);
        let (changes, _) = report(project.path(), &["--against", "before.yaml"]);
        assert!(!changes.is_empty(), "{change}");
        found.extend(
            changes
                .iter()
                .map(|it| it["code"].as_str().expect("a code").to_owned()),
        );
    }
    for rule in ALL.iter().filter(|rule| rule.is_change()) {
        let elsewhere = ELSEWHERE.iter().any(|(code, _)| *code == rule.code);
        assert!(
            elsewhere != found.contains(rule.code),
            "{} {}: a patch in tests/compatibility shows it, or ELSEWHERE says what does",
            rule.code,
            rule.name
        );
    }
}

/// What compilers have said of programs after each change: whether one fails.
fn compiled(file: &Path) -> BTreeMap<String, bool> {
    let text = fs::read_to_string(file).expect("what compilers have said");
    let lines = text.lines().filter(|line| !line.starts_with(' '));
    let verdicts = lines.filter_map(|line| {
        let (change, verdict) = line.split_once(": ")?;
        Some((change.to_owned(), verdict == "breaks"))
    });
    verdicts.collect()
}

#[test]
fn compilers_agree_with_the_verdicts() {
    let folders = folders_in(&folder());
    assert!(!folders.is_empty());
    for change in changes() {
        let project = changed(&change);
        let (_, summary) = report(project.path(), &["--against", "before.yaml"]);
        for folder in &folders {
            let target = folder.file_name().expect("a name").to_str().expect("UTF-8");
            for (file, audience) in [("expected", "source"), ("expected-binary", "binary")] {
                let file = folder.join(file);
                if !file.exists() {
                    assert_eq!(audience, "binary", "{target}");
                    continue;
                }
                let compiled = compiled(&file);
                let fails = compiled.get(&change);
                let fails =
                    fails.unwrap_or_else(|| panic!("{change} is not compiled for {target}"));
                let expected = if *fails { "breaking" } else { "compatible" };
                let said = &summary["targets"][target][audience];
                assert_eq!(said, expected, "{change}: the {audience} of {target}");
            }
        }
    }
}

#[test]
fn a_gate_fails_for_what_it_names() {
    let gates = [
        ("text-changed", 0, 0),
        ("error-added", 0, 0),
        ("status-changed", 1, 0),
        ("error-removed", 1, 1),
    ];
    for (change, breaking, forbidden) in gates {
        let project = changed(change);
        for (gate, expected) in [("breaking", breaking), ("forbidden", forbidden)] {
            for format in ["human", "json", "sarif", "github", "markdown"] {
                let words = [
                    "--against",
                    "before.yaml",
                    "--fail-on",
                    gate,
                    "--format",
                    format,
                ];
                let run = diff(project.path(), &words);
                assert_eq!(run.status, expected, "{change}, {gate}, {format}");
            }
        }
    }
}

const SHOP: &str = "\
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
categories:
  - id: order
    title: { en: Order }
    errors:
      - { code: 1, id: order_closed, http: 404, message: Closed, description: { en: The order is closed. } }
";

/// The rules of all changes from one catalogue to another, each with its verdict, and the summary.
fn changes_between(before: &str, after: &str) -> (Vec<(String, String)>, Value) {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "before.yaml", before);
    write(project.path(), "catalog.yaml", after);
    let (changes, summary) = report(project.path(), &["--against", "before.yaml"]);
    (rules(&changes), summary)
}

fn rules(changes: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let rules = changes.iter();
    rules
        .map(|it| (text(&it["name"]), text(&it["change"]["verdict"])))
        .collect()
}

fn rule(name: &str, verdict: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), verdict.to_owned())]
}

/// A catalogue for one target, with an option.
fn for_target(target: &str, options: &str) -> String {
    format!("{SHOP}targets: {{ {target}: {{ {options} }} }}\n")
}

/// Targets that programs use, and that have an option that breaks them: the option, and two values of it.
fn breaking_options() -> Vec<(String, String, [Value; 2])> {
    let mut found = Vec::new();
    for folder in folders_in(&folder()) {
        let target = folder.file_name().expect("a name").to_str().expect("UTF-8");
        let path = repository().join(format!("templates/{target}/target.yaml"));
        let text = fs::read_to_string(path).expect("a manifest");
        let manifest: Value = serde_yaml::from_str(&text).expect("YAML");
        let options = manifest["options"].as_object().expect("options");
        for (name, option) in options.iter().filter(|(_, it)| it["breaks"].is_string()) {
            let values = option["values"].as_array().expect("values");
            let values = [values[0].clone(), values[1].clone()];
            found.push((target.to_owned(), name.clone(), values));
        }
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn options_break_what_their_target_says() {
    for (target, option, [a, b]) in breaking_options() {
        let catalog = |value: &Value| for_target(&target, &format!("{option}: {value}"));
        let (changes, summary) = changes_between(&catalog(&a), &catalog(&b));
        assert_eq!(
            changes,
            rule("option-changed", "breaking"),
            "{target}, {option}"
        );
        assert_eq!(summary["targets"][&target]["step"], "major");
        assert_eq!(summary["wire"], "compatible");
    }
}

#[test]
fn targets_come_and_go() {
    let target = breaking_options().remove(0).0;
    let both = SHOP.to_owned() + &format!("targets: {{ markdown: {{}}, {target}: {{}} }}\n");
    let one = for_target("markdown", "");
    assert_eq!(
        changes_between(&one, &both).0,
        rule("target-added", "documents")
    );
    assert_eq!(
        changes_between(&both, &one).0,
        rule("target-removed", "breaking")
    );
}

#[test]
fn an_error_that_was_never_released_can_go() {
    let next = SHOP.replace("http: 404", "since: next, http: 404");
    let error = "      - { code: 2, id: order_lost, http: 404, message: Lost, description: { en: It is lost. } }\n";
    let both = next.clone() + error;
    let one = both.replace("      - { code: 1, id: order_closed, since: next, http: 404, message: Closed, description: { en: The order is closed. } }\n", "");
    assert_eq!(
        changes_between(&both, &one).0,
        rule("error-withdrawn", "compatible")
    );
    // Its code is free for another, and whatever becomes of it breaks nothing.
    let other = both.replace("id: order_closed", "id: order_shut");
    let (changes, _) = changes_between(&both, &other);
    assert!(
        changes.iter().all(|(_, verdict)| verdict == "compatible"),
        "{changes:?}"
    );
    let status = both.replace("since: next, http: 404", "since: next, http: 410");
    assert_eq!(
        changes_between(&both, &status).0,
        rule("status-changed", "compatible")
    );
}

/// A ledger that an errgen with another contract has written.
fn with_contract(ledger: &str, contract: u32) -> String {
    let own = ledger
        .lines()
        .find(|line| line.contains("\"contract\""))
        .expect("the contract");
    let (start, _) = own.split_once("\"value\": ").expect("a value");
    let text = ledger.replace(own, &format!("{start}\"value\": {contract}}}"));
    let lines = text
        .lines()
        .filter(|line| line.starts_with("- head") || line.starts_with("- error"));
    let lines: Vec<_> = lines.collect();
    let digest = errgen::ledger::digest(std::iter::empty(), &lines);
    let (rest, end) = text.rsplit_once("\"digest\": \"").expect("a digest");
    let (_, end) = end.split_once('"').expect("its end");
    format!("{rest}\"digest\": \"{digest}\"{end}")
}

#[test]
fn another_contract_is_a_change() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let target = breaking_options().remove(0).0;
    write(project.path(), "catalog.yaml", &for_target(&target, ""));
    errgen(project.path(), ["release", "--adopt"]).clean();
    let path = project.path().join("catalog.ledger.yaml");
    let ledger = fs::read_to_string(&path).expect("a ledger");
    assert_eq!(with_contract(&ledger, 2), ledger, "the contract of today");
    write(
        project.path(),
        "catalog.ledger.yaml",
        &with_contract(&ledger, 1),
    );
    let (changes, summary) = report(project.path(), &[]);
    assert_eq!(rules(&changes), rule("contract-changed", "breaking"));
    assert_eq!(summary["targets"][&target]["step"], "major");
}

#[test]
fn a_release_takes_a_step_that_is_high_enough() {
    let steps = [
        (
            "http: 404",
            "http: 410",
            "2.0.0",
            ["patch", "minor"].as_slice(),
            "major",
        ),
        (
            "http: 404",
            "retry: transient, http: 404",
            "1.1.0",
            &["patch"],
            "minor",
        ),
        (
            "The order is closed.",
            "It is closed.",
            "1.0.1",
            &[],
            "patch",
        ),
    ];
    for (was, is, lowest, low, enough) in steps {
        let project = tempfile::tempdir().expect("a temporary folder");
        let catalog = for_target("markdown", "");
        write(project.path(), "catalog.yaml", &catalog);
        errgen(project.path(), ["release"]).clean();
        let released =
            fs::read_to_string(project.path().join("catalog.yaml")).expect("a catalogue");
        write(project.path(), "catalog.yaml", &released.replace(was, is));
        let (_, summary) = report(project.path(), &[]);
        assert_eq!(summary["lowest"], lowest);
        for step in low {
            let run = errgen(project.path(), ["release", step]);
            assert_eq!(run.status, 2, "{was}, {step}");
            let message = format!(
                "is too low a step: the changes since 1.0.0 need a {enough} release\n  = help: release {lowest} or higher; `errgen diff` says what needs it\n"
            );
            assert!(run.stderr.ends_with(&message), "{}", run.stderr);
        }
        errgen(project.path(), ["release", enough]).clean();
        let run = diff(project.path(), &[]).clean();
        assert_eq!(run.stdout, format!("nothing has changed since {lowest}\n"));
    }
}

/// Before 1.0.0, what breaks raises the minor version.
#[test]
fn before_the_first_version_steps_are_smaller() {
    let zero = SHOP.replace("1.0.0", "0.3.1");
    let (_, summary) = changes_between(&zero, &zero.replace("http: 404", "http: 410"));
    assert_eq!(summary["lowest"], "0.4.0");
    let (_, summary) = changes_between(
        &zero,
        &zero.replace("http: 404", "retry: transient, http: 404"),
    );
    assert_eq!(summary["lowest"], "0.3.2");
}

#[test]
fn a_catalogue_says_what_is_breaking() {
    let after = SHOP.replace("http: 404", "http: 410");
    let level = |level: &str| format!("{after}breaking: {{ status-changed: {level} }}\n");
    assert_eq!(changes_between(SHOP, &level("allow")).0, []);
    assert_eq!(
        changes_between(SHOP, &level("warn")).0,
        rule("status-changed", "compatible")
    );
    assert_eq!(
        changes_between(SHOP, &level("deny")).0,
        rule("status-changed", "breaking")
    );
    // What breaks nothing can be made breaking.
    let text = SHOP.replace("The order is closed.", "It is closed.");
    let denied = format!("{text}breaking: {{ text-changed: deny }}\n");
    assert_eq!(
        changes_between(SHOP, &denied).0,
        rule("text-changed", "breaking")
    );
}

/// An exemption needs a reason, which the report repeats, and is unused once the change is released.
#[test]
fn an_error_can_be_exempt() {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", &for_target("markdown", ""));
    errgen(project.path(), ["release"]).clean();
    let path = project.path().join("catalog.yaml");
    let released = fs::read_to_string(&path).expect("a catalogue");
    let exempt = released.replace(
        "http: 404",
        "http: 410, allow: [{ rule: status-changed, reason: No server ever sent 404. }]",
    );
    write(project.path(), "catalog.yaml", &exempt);
    errgen(project.path(), ["lint"]).clean();
    let run = diff(project.path(), &["--fail-on", "breaking"]).clean();
    assert!(
        run.stdout.contains("= exempt: No server ever sent 404.\n"),
        "{}",
        run.stdout
    );
    errgen(project.path(), ["release", "minor"]).clean();
    let run = errgen(project.path(), ["lint"]);
    let expected = "warning[L014 unused-exemption]: this exemption from `status-changed` is unused";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
}

/// The same changes, whether the catalogue of before is a file, a ledger or a git revision, in a full clone or in a shallow one.
#[test]
fn what_it_is_compared_with_makes_no_difference() {
    let project = changed("error-renamed");
    let after = fs::read_to_string(project.path().join("catalog.yaml")).expect("a catalogue");
    let before = fs::read_to_string(project.path().join("before.yaml")).expect("a catalogue");
    write(project.path(), "catalog.yaml", &before);
    errgen(project.path(), ["release", "--adopt"]).clean();
    git(project.path(), &["init", "--quiet"]);
    git(project.path(), &["add", "catalog.yaml"]);
    git(
        project.path(),
        &["commit", "--quiet", "--message", "Before"],
    );
    git(project.path(), &["tag", "v1.4.0"]);
    write(project.path(), "catalog.yaml", &after);
    let (expected, _) = report(project.path(), &["--against", "before.yaml"]);
    assert!(expected.len() > 1);
    for words in [
        &[][..],
        &["--against", "HEAD"],
        &["--against", "v1.4.0"],
        &["--against", "v1.4.0:catalog.yaml"],
    ] {
        assert_eq!(report(project.path(), words).0, expected, "{words:?}");
    }
    let run = diff(project.path(), &["--against", "v0.9.0"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("error[E708]"), "{}", run.stderr);
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let origin = folder.path().join("origin");
    write(&origin, "catalog.yaml", SHOP);
    git(&origin, &["init", "--quiet"]);
    for version in ["1.0.0", "1.1.0"] {
        write(&origin, "catalog.yaml", &SHOP.replace("1.0.0", version));
        git(&origin, &["add", "."]);
        git(&origin, &["commit", "--quiet", "--message", version]);
    }
    let url = format!("file://{}", origin.display());
    git(
        folder.path(),
        &["clone", "--quiet", "--depth", "1", &url, "clone"],
    );
    let clone = folder.path().join("clone");
    let run = diff(&clone, &["--against", "HEAD~1"]);
    assert_eq!(run.status, 2);
    expect_file(&self::folder().join("shallow.expected"), &run.stderr);
    diff(&clone, &["--against", "HEAD"]).clean();
}

#[test]
fn without_a_ledger_there_is_nothing_to_compare_with() {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", SHOP);
    let run = diff(project.path(), &[]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "catalog.ledger.yaml: error[E709]: there is no ledger: nothing was released yet\n  = help: name what to compare with, as in `errgen diff --against main`, or start a ledger with `errgen release --adopt`\n"
    );
}

#[test]
fn a_catalogue_with_errors_is_not_compared() {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", SHOP);
    write(
        project.path(),
        "before.yaml",
        &SHOP.replace("http: 404", "http: 40"),
    );
    for (against, catalog) in [
        ("before.yaml", "catalog.yaml"),
        ("catalog.yaml", "before.yaml"),
    ] {
        let words = ["--catalog", catalog, "--against", against];
        let run = diff(project.path(), &words);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""));
        let start = "nothing was compared: mend the catalogue first\n\nbefore.yaml:9:";
        assert!(run.stderr.starts_with(start), "{}", run.stderr);
    }
}

/// Whatever stands in a text, it stays in its cell, and is neither a link nor a mention.
#[test]
fn a_comment_shows_hostile_text_as_text() {
    let text = "](https://example.com) | <b>@team</b> #1 `x` **y**";
    let before = SHOP.replace("code: 1", "code: A-1").replace(
        "message: Closed",
        "message: \"{a} closed\", params: { a: { type: string, example: b } }",
    );
    let after = before.replace("{a} closed", "{a} open").replace(
        "http: 404",
        &format!("allow: [{{ rule: message-changed, reason: '{text}' }}], http: 410"),
    );
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "before.yaml", &before);
    write(project.path(), "catalog.yaml", &after);
    let run = diff(
        project.path(),
        &["--against", "before.yaml", "--format", "markdown"],
    )
    .clean();
    expect_file(&folder().join("comment.expected"), &run.stdout);
    let shown = run.stdout.replace("\\]", "");
    for live in ["](http", "<b>", "@team", "#1", "**y**"] {
        assert!(!shown.contains(live), "{live}: {shown}");
    }
    let rows = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("| **breaking:**"));
    assert!(rows.clone().count() > 0);
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 3, "{row}");
    }
}

/// A comment can have no more than 65,536 characters.
#[test]
fn a_comment_is_never_too_long() {
    let errors = |http: &str| {
        let one = |code: u32| {
            let id = format!("{}_{code}", "a_long_id".repeat(6));
            format!(
                "      - {{ code: {code}, id: {id}, http: {http}, message: M {code}, description: {{ en: It is {code}. }} }}\n"
            )
        };
        let (head, _) = SHOP.split_once("      - {").expect("an error");
        head.to_owned() + &(1..=2_000).map(one).collect::<String>()
    };
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "before.yaml", &errors("404"));
    for after in [
        errors("410"),
        errors("404").replace("It is", "This is"),
        errors("404").replace("a_long_id_", "another_"),
    ] {
        write(project.path(), "catalog.yaml", &after);
        let run = diff(
            project.path(),
            &["--against", "before.yaml", "--format", "markdown"],
        )
        .clean();
        assert!(run.stdout.len() < 65_536, "{}", run.stdout.len());
        assert!(run.stdout.contains("more: `errgen diff` lists them all."));
    }
}

#[test]
fn nothing_has_changed_since_itself() {
    let project = changed("text-changed");
    let run = diff(project.path(), &["--against", "catalog.yaml"]).clean();
    assert_eq!(run.stdout, "nothing has changed since catalog.yaml\n");
    let (changes, summary) = report(project.path(), &["--against", "catalog.yaml"]);
    assert!(changes.is_empty());
    assert_eq!(summary["step"], "none");
    assert_eq!(summary["verdict"], Value::Null);
}
