//! The registry of rules, their pages and the examples on them agree, and nothing is left over.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use errgen::diagnostic::{ALL, Rule};
use support::{Run, errgen, expect_file, repository};

/// The examples on a page are inserted into this catalogue, so that they can be short.
const HEAD: &str = "\
catalog: example
version: 1.0.0
title: { en: Example errors }
locales: [en, fr]
fallback: en
";

const TITLE: &str = "title: { en: Example errors, fr: Erreurs d'exemple }\n";

const CATEGORY: &str = "\
categories:
  - id: request
    title: { en: Request, fr: Requête }
    errors:
";

const ERROR: &str = "\
- code: 1
  id: not_found
  http: 404
  message: Not found
  description: { en: There is nothing here., fr: Il n'y a rien ici. }
";

/// Changes that a catalogue cannot have without another one.
const COMES_WITH: [(&str, &str); 8] = [
    ("parameter-added", "message-changed"),
    ("parameter-removed", "message-changed"),
    ("category-added", "error-added"),
    ("category-removed", "category-changed"),
    ("group-added", "error-added"),
    ("group-removed", "group-changed"),
    ("descriptions-optional", "text-changed"),
    ("parameters-optional", "parameter-moved"),
];

/// A code block on a page.
struct Block<'a> {
    /// `Bad` or `Good`; for a change, `Before` or `After`.
    section: &'a str,
    /// The info string of the fence: `yaml errors`.
    form: &'a str,
    text: String,
}

#[test]
fn there_is_a_page_for_each_rule_and_no_other() {
    let folder = repository().join("src/diagnostic/rules");
    let entries = fs::read_dir(folder).expect("the pages");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("a page").file_name();
    let pages: BTreeSet<_> = entries
        .map(|entry| name(entry).into_string().expect("a name in UTF-8"))
        .collect();
    let rules: BTreeSet<_> = ALL.iter().map(|rule| format!("{}.md", rule.code)).collect();
    assert_eq!(pages, rules);
}

#[test]
fn every_page_has_the_same_parts() {
    for rule in ALL {
        let Rule {
            code, name, page, ..
        } = rule;
        assert!(
            page.starts_with(&format!("# {code}: {name}\n\n")),
            "{code}: the heading"
        );
        let headings: Vec<_> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let examples = sections(rule);
        let parts = ["Why it matters", examples[0], examples[1]];
        assert_eq!(headings[..3], parts, "{code}");
        assert!(
            matches!(headings[3..], [] | ["Note"]),
            "{code}: {headings:?}"
        );
        for section in examples {
            let count = blocks(page)
                .iter()
                .filter(|it| it.section == section)
                .count();
            assert!(count > 0, "{code}: no example under {section}");
        }
    }
}

#[test]
fn bad_examples_break_their_rule_alone_and_good_ones_break_none() {
    let mut run = 0;
    let about_one_catalogue = || ALL.iter().filter(|rule| !rule.is_change());
    for rule in about_one_catalogue() {
        for block in blocks(rule.page) {
            let Some(catalog) = catalog(&block) else {
                continue;
            };
            let found = codes(&lint(&catalog));
            let expected: &[&str] = match block.section {
                "Bad" => &[rule.code],
                _ => &[],
            };
            assert_eq!(
                found.iter().map(String::as_str).collect::<Vec<_>>(),
                expected,
                "{}, {}:\n{catalog}",
                rule.code,
                block.section
            );
            run += 1;
        }
    }
    assert!(
        run > about_one_catalogue().count(),
        "most rules are about catalogues"
    );
}

#[test]
fn what_stands_before_and_after_a_change_differs_in_it_alone() {
    let mut run = 0;
    let changes = || ALL.iter().filter(|rule| rule.is_change());
    for rule in changes() {
        let blocks = blocks(rule.page);
        let catalogs: Vec<_> = blocks.iter().filter_map(catalog).collect();
        let [before, after] = &catalogs[..] else {
            assert!(catalogs.is_empty(), "{}: before and after", rule.code);
            continue;
        };
        let found = names(&diff(before, after));
        let with = COMES_WITH.iter().find(|(name, _)| *name == rule.name);
        let expected = with.map(|(_, other)| *other).into_iter().chain([rule.name]);
        let expected: BTreeSet<_> = expected.map(str::to_owned).collect();
        assert_eq!(found, expected, "{}", rule.code);
        run += 1;
    }
    assert_eq!(
        run + 1,
        changes().count(),
        "only the contract is not that of a catalogue"
    );
}

#[test]
fn the_documentation_is_the_pages() {
    let mut text = String::from(
        "# Rules\n\nEverything that errgen can report, one page for each rule; `errgen rule CODE` prints the same page. The codes and names of rules are stable, and are never reused.\n\n",
    );
    text.extend(ALL.iter().map(|rule| {
        let Rule { code, name, .. } = rule;
        format!("- [{code}: {name}](#{}-{name})\n", code.to_lowercase())
    }));
    for rule in ALL {
        // One level deeper, because all pages are in one document.
        text.push('\n');
        text.extend(rule.page.lines().map(|line| {
            let deeper = if line.starts_with("# ") || line.starts_with("## ") {
                "#"
            } else {
                ""
            };
            format!("{deeper}{line}\n")
        }));
    }
    expect_file(&repository().join("docs/rules.md"), &text);
}

#[test]
fn a_rule_is_explained_by_its_code_and_by_its_name() {
    for rule in ALL {
        for wanted in [rule.code, rule.name, &rule.code.to_lowercase()] {
            let run = errgen(repository(), ["rule", wanted]).clean();
            assert_eq!(run.stdout, rule.page);
        }
    }
    let list = errgen(repository(), ["rule"]).clean().stdout;
    let listed: Vec<_> = list
        .lines()
        .filter_map(|line| line.split_whitespace().last())
        .collect();
    let names: Vec<_> = ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(listed, names);
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut section = "";
    let mut is_open = false;
    for line in page.lines() {
        if let Some(form) = line.strip_prefix("```") {
            is_open = !is_open;
            if is_open {
                blocks.push(Block {
                    section,
                    form,
                    text: String::new(),
                });
            }
        } else if is_open {
            let text = &mut blocks.last_mut().expect("an open block").text;
            text.push_str(line);
            text.push('\n');
        } else if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        }
    }
    blocks
}

/// The whole catalogue of an example, if it is an example of a catalogue.
fn catalog(block: &Block) -> Option<String> {
    let head = HEAD.replace("title: { en: Example errors }\n", TITLE);
    Some(match block.form {
        "yaml errors" => format!("{head}{CATEGORY}{}", indented(&block.text, 6)),
        "yaml categories" => format!("{head}categories:\n{}", indented(&block.text, 2)),
        "yaml head" => {
            let kept = head.lines().filter(|line| !names_again(&block.text, line));
            let kept: String = kept.flat_map(|line| [line, "\n"]).collect();
            format!("{kept}{}{CATEGORY}{}", block.text, indented(ERROR, 6))
        }
        "yaml catalog" => block.text.clone(),
        _ => return None,
    })
}

/// Whether a text has the same top-level key as a line.
fn names_again(text: &str, line: &str) -> bool {
    let key = line.split(':').next().unwrap_or_default();
    text.lines().any(|it| it.split(':').next() == Some(key))
}

fn indented(text: &str, by: usize) -> String {
    let indent = " ".repeat(by);
    text.lines()
        .flat_map(|line| [&indent, line, "\n"])
        .collect()
}

/// The headings above the examples on a page.
fn sections(rule: &Rule) -> [&'static str; 2] {
    if rule.is_change() {
        ["Before", "After"]
    } else {
        ["Bad", "Good"]
    }
}

fn lint(catalog: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("catalog.yaml"), catalog).expect("a catalogue");
    errgen(Path::new(folder.path()), ["lint", "--format", "json"])
}

fn diff(before: &str, after: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("before.yaml"), before).expect("a catalogue");
    fs::write(folder.path().join("catalog.yaml"), after).expect("a catalogue");
    let arguments = ["diff", "--against", "before.yaml", "--format", "json"];
    errgen(Path::new(folder.path()), arguments).clean()
}

/// The codes of all diagnostics.
fn codes(run: &Run) -> BTreeSet<String> {
    let objects = objects(run);
    objects
        .map(|object| object["code"].as_str().expect("a code").to_owned())
        .collect()
}

/// The names of the rules of all changes. The summary has none.
fn names(run: &Run) -> BTreeSet<String> {
    let objects = objects(run);
    objects
        .filter_map(|object| Some(object["name"].as_str()?.to_owned()))
        .collect()
}

fn objects(run: &Run) -> impl Iterator<Item = serde_json::Value> {
    let lines = run.stdout.lines();
    lines.map(|line| serde_json::from_str(line).expect("a JSON object a line"))
}
