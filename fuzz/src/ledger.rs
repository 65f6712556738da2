//! A ledger from any text: what errgen accepts of it comes back from the lines that errgen writes of that.

use std::collections::HashMap;
use std::sync::Arc;

use errgen::diagnostic::{Source, Span};
use errgen::ledger::{self, End, Entry, Ledger, Release, digest, line};
use errgen::parse::parse;
use serde_json::{Value, json};

use crate::stages::assert_shown;

/// What ledgers are held against.
const CATALOG: &str = "\
catalog: example
version: 1.0.0
title: { en: Example errors }
locales: [en]
categories:
  - id: request
    title: { en: Request }
    errors:
      - { code: 1000, id: page_not_found, http: 404, message: Page not found, description: { en: Look elsewhere. } }
";

/// Reads a text as a ledger: as it is, and with digests that fit.
pub fn assert_withstood(text: &str) {
    let catalog = Arc::new(Source::new("catalog.yaml", CATALOG));
    let (raw, _) = parse(&catalog);
    let raw = raw.expect("it is YAML");
    for text in [text.to_owned(), sealed(text)] {
        let source = Source::new("catalog.ledger.yaml", text);
        match ledger::parse(&catalog, &source) {
            Ok(ledger) => {
                assert_shown(&ledger::check(&ledger, &raw));
                assert_comes_back(&catalog, &ledger);
            }
            Err(diagnostics) => assert_shown(&diagnostics),
        }
    }
}

/// Asserts that what errgen writes of a ledger says the same, both as what errgen has written and as YAML.
fn assert_comes_back(catalog: &Source, ledger: &Ledger) {
    let expected = content(ledger);
    let written = written(ledger);
    // errgen writes no comment that is indented.
    for text in [format!("{written}  # End\n"), written] {
        let source = Source::new("catalog.ledger.yaml", text);
        let again = ledger::parse(catalog, &source).expect("errgen has written it");
        assert_eq!(content(&again), expected, "{}", source.text);
        for release in again.releases() {
            assert_place(&again, &release.end, release.span);
            for (head, span) in &release.heads {
                assert_place(&again, head, *span);
            }
            for (error, span) in &release.errors {
                assert_place(&again, error, *span);
            }
        }
    }
}

/// Asserts that an entry is where it is said to be.
fn assert_place<T: Entry>(ledger: &Ledger, entry: &T, span: Span) {
    let found = &ledger.source().text[span.range()];
    assert_eq!(format!("- {found}"), line(entry));
}

/// The same text with counts and digests that fit, so that what was changed in a line is not refused for that alone.
fn sealed(text: &str) -> String {
    let mut blocks: HashMap<String, Vec<&str>> = HashMap::new();
    let mut digests: HashMap<String, String> = HashMap::new();
    let mut sealed = String::new();
    for written in text.lines() {
        let entry = written
            .strip_prefix("- ")
            .and_then(|it| it.split_once(": "));
        let (kind, json) = entry.unwrap_or_default();
        let end = serde_json::from_str::<End>(json).ok();
        if let Some(mut end) = end.filter(|_| kind == End::KIND) {
            let lines = blocks.remove(&*end.version).unwrap_or_default();
            let before = end.after.iter().filter_map(|it| digests.get(&**it));
            let digest = digest(before.map(String::as_str), &lines);
            digests.insert(end.version.to_string(), digest.clone());
            end.count = lines.len();
            end.digest = digest.into();
            sealed.push_str(&line(&end));
        } else {
            let value: Value = serde_json::from_str(json).unwrap_or_default();
            if let Some(release) = value["release"].as_str() {
                blocks.entry(release.to_owned()).or_default().push(written);
            }
            sealed.push_str(written);
        }
        sealed.push('\n');
    }
    sealed
}

/// The lines that errgen writes, each release after those that it was made after.
fn written(ledger: &Ledger) -> String {
    let mut text = line(ledger.start()) + "\n";
    let mut digests: HashMap<&str, String> = HashMap::new();
    let mut left: Vec<&Release> = ledger.releases().collect();
    while !left.is_empty() {
        let is_ready = |release: &&Release| {
            let mut after = release.end.after.iter();
            after.all(|it| digests.contains_key(&**it))
        };
        let (ready, later): (Vec<_>, Vec<_>) = left.into_iter().partition(is_ready);
        assert!(!ready.is_empty(), "no release is made after itself");
        for release in ready {
            let heads = release.heads.iter().map(|(head, _)| line(head));
            let errors = release.errors.iter().map(|(error, _)| line(error));
            let lines: Vec<_> = heads.chain(errors).collect();
            let texts: Vec<_> = lines.iter().map(String::as_str).collect();
            let before = release.end.after.iter().map(|it| digests[&**it].as_str());
            let digest = digest(before, &texts);
            let end = End {
                version: release.end.version.clone(),
                after: release.end.after.clone(),
                count: lines.len(),
                digest: digest.clone().into(),
            };
            for line in lines.into_iter().chain([line(&end)]) {
                text.push_str(&line);
                text.push('\n');
            }
            digests.insert(release.text(), digest);
        }
        left = later;
    }
    text
}

/// All that a ledger says, except for its digests.
fn content(ledger: &Ledger) -> Value {
    let releases = ledger.releases().map(|release| {
        let heads: Vec<_> = release.heads.iter().map(|(head, _)| head).collect();
        let errors: Vec<_> = release.errors.iter().map(|(error, _)| error).collect();
        json!({
            "version": release.text(),
            "after": release.end.after,
            "heads": heads,
            "errors": errors,
        })
    });
    let content = json!({ "start": ledger.start(), "releases": releases.collect::<Vec<_>>() });
    without_large_integers(content)
}

/// The same with floats for the integers that are floats in a catalogue.
fn without_large_integers(value: Value) -> Value {
    match value {
        Value::Number(number) if !number.is_i64() => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(without_large_integers).collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (key, without_large_integers(value)))
            .collect(),
        other => other,
    }
}
