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

/// A code block on a page.
struct Block<'a> {
    /// `Bad` or `Good`.
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
        let parts = ["Why it matters", "Bad", "Good"];
        assert_eq!(headings[..3], parts, "{code}");
        assert!(
            matches!(headings[3..], [] | ["Note"]),
            "{code}: {headings:?}"
        );
        for section in ["Bad", "Good"] {
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
    for rule in ALL {
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
    assert!(run > ALL.len(), "most rules are about catalogues");
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

fn lint(catalog: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("catalog.yaml"), catalog).expect("a catalogue");
    errgen(Path::new(folder.path()), ["lint", "--format", "json"])
}

/// The codes of all diagnostics.
fn codes(run: &Run) -> BTreeSet<String> {
    let objects = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a JSON object a line"));
    objects
        .map(|object| object["code"].as_str().expect("a code").to_owned())
        .collect()
}
