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

/// Rules of changes that no patch shows, and where they are tested instead.
const ELSEWHERE: [(&str, &str); 0] = [];

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
