//! What a catalogue or a language cannot hold is a diagnostic that names its place, and never another text.

mod support;

#[path = "hostile/texts.rs"]
mod texts;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use support::{errgen, write};
use tempfile::TempDir;

/// The line of a catalogue's description; what stands before it is always the same.
const DESCRIPTION: usize = 12;

/// A catalogue of one error, with this as the description, in YAML, and these as its code and id.
fn catalogue(code: &str, id: &str, description: &str) -> String {
    format!(
        "catalog: shop\nversion: 1.0.0\ntitle: {{ en: Shop }}\nlocales: [en]\ncategories:\n  - id: all\n    title: {{ en: All }}
    errors:\n      - code: {code}\n        id: {id}\n        http: 400
        description: {{ en: {description} }}\n        message: Said\n"
    )
}

/// What the catalogue says, without a language.
const CATALOGUE: &str = "conformance";

/// A language in which names can collide.
const LANGUAGE: &str = "rust";

/// What errgen makes of a catalogue: the description that a module would have, or the diagnostics.
enum Outcome {
    Text(String),
    Refused(Vec<Diagnostic>),
}

#[derive(Debug)]
struct Diagnostic {
    rule: String,
    line: u64,
    related: Vec<u64>,
}

fn outcome(catalogue: &str, target: &str) -> Outcome {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "catalog.yaml", catalogue);
    let words = [
        "generate", target, "--out", ".", "--quiet", "--format", "json",
    ];
    let run = errgen(folder.path(), words);
    match run.status {
        0 => Outcome::Text(description(&folder)),
        1 => Outcome::Refused(run.stdout.lines().map(diagnostic).collect()),
        status => panic!("status {status}: {}", run.stderr),
    }
}

fn description(folder: &TempDir) -> String {
    let path = folder.path().join("conformance/vectors.json");
    let vectors = std::fs::read_to_string(path).expect("vectors");
    let vectors: Value = serde_json::from_str(&vectors).expect("JSON");
    let description = &vectors["definitions"][0]["descriptions"]["en"];
    description.as_str().expect("a description").to_owned()
}

fn diagnostic(line: &str) -> Diagnostic {
    let value: Value = serde_json::from_str(line).expect("JSON");
    let line_of = |place: &Value| place["span"]["start"]["line"].as_u64().expect("a place");
    Diagnostic {
        rule: value["code"].as_str().expect("a rule").to_owned(),
        line: line_of(&value),
        related: value["related"]
            .as_array()
            .expect("a list")
            .iter()
            .map(line_of)
            .collect(),
    }
}

/// Asserts that there is one diagnostic, of this rule, at this line.
#[track_caller]
fn assert_refused(catalogue: &str, rule: &str, line: usize) -> Diagnostic {
    match outcome(catalogue, LANGUAGE) {
        Outcome::Text(text) => panic!("{catalogue}\nis read as {text:?}"),
        Outcome::Refused(mut found) => {
            let one = found.pop().expect("a diagnostic");
            assert!(found.is_empty(), "{catalogue}\n{found:?}");
            assert_eq!(
                (one.rule.as_str(), one.line),
                (rule, line as u64),
                "{catalogue}"
            );
            one
        }
    }
}

/// A text in the quotation marks of YAML, each character by its number.
fn quoted(text: &str) -> String {
    let numbers = text
        .chars()
        .map(|character| format!("\\U{:08X}", u32::from(character)));
    format!("\"{}\"", numbers.collect::<String>())
}

/// Every character as it is, between two letters: YAML has no place for some, and folds lines.
#[test]
fn a_raw_character_is_itself_or_refused() {
    let beyond = [
        0x2028, 0x2029, 0x200B, 0x202E, 0xD7FF, 0xE000, 0xFDD0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF,
    ];
    let all = (0..0x100)
        .chain(beyond)
        .chain([0x1_0000, 0x1_FFFE, 0xE_0001, 0x10_FFFF]);
    let mut refused = Vec::new();
    for character in all.filter_map(char::from_u32) {
        let expected = match character {
            '"' | '\\' | '{' | '}' => continue,
            // A line break in quotation marks is a space.
            '\n' | '\r' => "a b".to_owned(),
            _ => format!("a{character}b"),
        };
        match outcome(
            &catalogue("A1", "first", &format!("\"a{character}b\"")),
            CATALOGUE,
        ) {
            Outcome::Text(text) => assert_eq!(text, expected),
            Outcome::Refused(found) => {
                assert_eq!(found.len(), 1, "{character:?}: {found:?}");
                assert_eq!(
                    (found[0].rule.as_str(), found[0].line),
                    ("E004", DESCRIPTION as u64),
                    "{character:?}"
                );
                refused.push(u32::from(character));
            }
        }
    }
    // YAML 1.2.2, production 2: what is not printable, but for the tab, is refused.
    let unprintable = |code: &u32| matches!(code, 0..=0x8 | 0xB..=0xC | 0xE..=0x1F | 0x7F..=0x84 | 0x86..=0x9F | 0xFFFE..=0xFFFF);
    assert!(refused.iter().all(unprintable), "{refused:X?}");
}

/// Half of a pair of surrogates is no text.
#[test]
fn surrogates_are_refused() {
    for half in [
        "\\uD800",
        "\\uDBFF",
        "\\uDC00",
        "\\uDFFF",
        "\\uDE00\\uD83D",
        "\\U0000D800",
        "\\U00110000",
    ] {
        assert_refused(
            &catalogue("A1", "first", &format!("\"a{half}b\"")),
            "E004",
            DESCRIPTION,
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_itself(text in texts::text()) {
        let escaped = text.replace('{', "{{").replace('}', "}}");
        match outcome(&catalogue("A1", "first", &quoted(&escaped)), CATALOGUE) {
            Outcome::Text(found) => prop_assert_eq!(found, text),
            Outcome::Refused(found) => prop_assert!(false, "{:?}", found),
        }
    }

    #[test]
    fn a_lone_brace_is_refused(before in texts::piece(), brace in select(&["{", "}", "{ x }", "{X}", "{}", "{x"][..]), after in texts::piece()) {
        let [before, after] = [before, after].map(|text| text.replace(['{', '}'], ""));
        assert_refused(&catalogue("A1", "first", &quoted(&format!("{before}{brace}{after}"))), "E401", DESCRIPTION);
    }

    #[test]
    fn a_parameter_that_there_is_not_is_refused(before in texts::piece(), after in texts::piece()) {
        let [before, after] = [before, after].map(|text| text.replace(['{', '}'], ""));
        assert_refused(&catalogue("A1", "first", &quoted(&format!("{before}{{user}}{after}"))), "E402", DESCRIPTION);
    }

    #[test]
    fn a_blank_text_is_refused(text in "[\\p{Z}\t\n\u{b}\u{c}\r\u{85}]{0,8}") {
        assert_refused(&catalogue("A1", "first", &quoted(&text)), "E408", DESCRIPTION);
    }

    #[test]
    fn a_code_that_cannot_be_read_in_a_log_is_refused(code in texts::code(), hidden in "[\\p{Cc}]", at in any::<prop::sample::Index>()) {
        let mut characters: Vec<_> = code.chars().collect();
        characters.insert(at.index(characters.len() + 1), hidden.chars().next().expect("a character"));
        let code: String = characters.into_iter().collect();
        assert_refused(&catalogue(&quoted(&code), "first", "Said"), "E202", 9);
    }

    #[test]
    fn what_is_no_id_is_refused(id in texts::piece()) {
        let is_id = id.split('_').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        prop_assume!(!is_id || id.starts_with(|first: char| first.is_ascii_digit()));
        assert_refused(&catalogue("A1", &quoted(&id), "Said"), "E201", 10);
    }

    /// Two ids of which a language makes one name.
    #[test]
    fn ids_that_collide_are_refused(word in "[a-z]{1,6}", digits in "[0-9]{1,3}", rest in "(_[a-z]{1,4})?") {
        let ids = [format!("{word}_{digits}{rest}"), format!("{word}{digits}{rest}")];
        let first = catalogue("A1", &ids[0], "Said");
        let second = format!("      - {{ code: A2, id: {}, http: 400, message: Said, description: {{ en: Said }} }}\n", ids[1]);
        let found = assert_refused(&(first + &second), "E503", 14);
        prop_assert_eq!(found.related, [10]);
    }
}
