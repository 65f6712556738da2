//! Properties of `errgen import`: what errgen's own pages and API documents say comes back, and texts stay what they are in every
//! format, whatever is in them.

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::{Run, errgen, write};
use tempfile::TempDir;

/// An error of a catalogue made at random.
#[derive(Clone, Debug)]
struct Made {
    status: u16,
    message: String,
    description: String,
    has_group: bool,
}

/// What a catalogue says of an error.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    code: Value,
    id: Value,
    status: Value,
    message: String,
    description: Value,
}

/// Pieces that mean something to the readers of some format, or that come near it.
const PIECES: &[&str] = &[
    "word",
    " ",
    "two words",
    "|",
    "\\",
    "\\\\",
    "`",
    "``",
    "<",
    ">",
    "<b>",
    "</td>",
    "<br>",
    "&",
    "&amp;",
    "\"",
    "'",
    "''",
    "# ",
    "#",
    ": ",
    "- ",
    "* ",
    "*",
    "_",
    "__",
    "~~",
    "[a](b)",
    "![",
    "]",
    "(",
    ")",
    "=",
    ";",
    ",",
    "\t",
    "!",
    "/*",
    "*/",
    "//",
    "é",
    "漢字",
    "😀",
    "\u{202e}",
    "\u{200d}",
    "50%",
    "0",
    "1.",
    "@",
    "~",
    "^",
    "%%",
    "-->",
    "]]>",
    "---",
    "null",
    "true",
    "\u{e000}",
];

/// Pieces that pages cannot tell from others: a brace of a text from one of a value, and a line separator from a line break.
const BRACES: &[&str] = &["{{", "word", "|", "<", "\\"];

/// Texts of one line that start and end with a word, as a cell of a table does.
fn lines(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..8)
        .prop_map(|pieces| format!("A{}z", pieces.concat().replace('\t', " ")))
}

/// Texts of any shape.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(PIECES).prop_map(str::to_owned),
        prop::sample::select(vec![
            "\n", "\r\n", "\r", "\u{2028}", "{", "}", "{a}", "%s", "%1$d", "${b}", " "
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn made(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<Made>> {
    let status = prop::sample::select(vec![400_u16, 404, 409, 422, 500, 503]);
    let one = (status, lines(pieces), lines(PIECES), any::<bool>()).prop_map(
        |(status, message, description, has_group)| Made {
            status,
            message,
            description,
            has_group,
        },
    );
    prop::collection::vec(one, 1..6)
}

/// The catalogue of errors, whose ids and codes are numbered. Every second message has a parameter.
fn catalog_of(made: &[Made]) -> String {
    let error = |(at, error): (usize, &Made)| {
        let code = 1000 + at;
        let value = if at % 2 == 0 { " {name}" } else { "" };
        // Numbered, since two errors with the same message are hard to tell apart.
        let message = format!("{} {at}{value}", error.message);
        let mut item = json!({
            "code": code,
            "id": format!("made_{at}"),
            "http": error.status,
            "message": message,
            "description": { "en": error.description },
        });
        if !value.is_empty() {
            item["params"] = json!({ "name": { "type": "string", "example": "x" } });
        }
        item
    };
    let of = |has_group: bool| -> Vec<Value> {
        let errors = made.iter().enumerate();
        errors
            .filter(|(_, it)| it.has_group == has_group)
            .map(error)
            .collect()
    };
    let mut category = json!({ "id": "own", "title": { "en": "Own" } });
    for (key, errors) in [("errors", of(false)), ("groups", of(true))] {
        if !errors.is_empty() {
            category[key] = match key {
                "errors" => json!(errors),
                _ => json!([{ "id": "inner", "title": { "en": "Inner" }, "errors": errors }]),
            };
        }
    }
    let catalog = json!({
        "catalog": "made",
        "version": "1.0.0",
        "title": { "en": "Made" },
        "locales": ["en"],
        "categories": [category],
    });
    catalog.to_string()
}

/// What a catalogue says, by code.
fn said(text: &str, has_ids: bool) -> Vec<Said> {
    let catalog: Value = serde_yaml::from_str(text).expect("YAML");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut errors = Vec::new();
    for category in list(&catalog["categories"]) {
        errors.extend(list(&category["errors"]));
        for group in list(&category["groups"]) {
            errors.extend(list(&group["errors"]));
        }
    }
    errors.sort_by_key(|error| error["code"].to_string());
    let errors = errors.into_iter().map(|error| Said {
        code: error["code"].clone(),
        id: if has_ids {
            error["id"].clone()
        } else {
            Value::Null
        },
        status: error["http"].clone(),
        message: error["message"].as_str().expect("a message").to_owned(),
        description: error["description"]["en"].clone(),
    });
    errors.collect()
}

fn project() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn import(folder: &Path, file: &str, more: &[&str]) -> Run {
    errgen(
        folder,
        ["import", file].into_iter().chain(more.iter().copied()),
    )
}

fn catalog_in(folder: &Path) -> String {
    fs::read_to_string(folder.join("catalog.yaml")).expect("a catalogue")
}

/// Generates a target, and imports what it wrote again.
fn round_trip(made: &[Made], target: &str, file: &str, has_ids: bool) {
    let (ours, theirs) = (project(), project());
    let text = catalog_of(made);
    write(ours.path(), "catalog.yaml", &text);
    let output = ours.path().join("out");
    let output = output.to_str().expect("a path in UTF-8");
    let run = errgen(ours.path(), ["generate", target, "--out", output]);
    assert_eq!(run.status, 0, "{}\n{text}", run.stderr);
    let page = fs::read_to_string(ours.path().join("out").join(file)).expect("the page");
    let name = Path::new(file)
        .file_name()
        .and_then(|it| it.to_str())
        .expect("a name");
    write(theirs.path(), name, &page);
    let run = import(theirs.path(), name, &[]);
    assert_eq!(run.status, 0, "{}\n{page}", run.stderr);
    let imported = catalog_in(theirs.path());
    assert_eq!(said(&imported, has_ids), said(&text, has_ids), "{page}");
}

/// A file of one format with a code and a text, the words for errgen, and the text as the format has it. `None` where the format
/// cannot hold it.
fn files(text: &str) -> Vec<(&'static str, String, &'static [&'static str], String)> {
    const STATUS: &[&str] = &["--http", "400"];
    let trimmed = text.replace("\r\n", "\n").trim().to_owned();
    let mut files = Vec::new();
    let csv = text.replace('"', "\"\"");
    files.push((
        "errors.csv",
        format!("code,message\nE1,\"{csv}\"\n"),
        STATUS,
        trimmed.clone(),
    ));
    files.push((
        "errors.tsv",
        format!("code\tmessage\nE1\t\"{csv}\"\n"),
        STATUS,
        trimmed.clone(),
    ));
    let json = json!([{ "code": "E1", "message": text }]).to_string();
    files.push(("errors.json", json, STATUS, text.trim().to_owned()));
    let escaped = text.chars().fold(String::new(), |mut escaped, it| {
        match it {
            '"' | '\\' => escaped.extend(['\\', it]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            other => escaped.push(other),
        }
        escaped
    });
    files.push((
        "errors.strings",
        format!("\"E_X\" = \"{escaped}\";\n"),
        STATUS,
        text.to_owned(),
    ));
    if !text.is_empty() {
        let po = format!("msgid \"E_X\"\nmsgstr \"{escaped}\"\n");
        files.push(("errors.po", po, STATUS, text.to_owned()));
    }
    let units = text.encode_utf16().fold(String::new(), |mut units, unit| {
        let _ = write!(units, "\\u{unit:04X}");
        units
    });
    files.push((
        "errors.properties",
        format!("E_X={units}\n"),
        STATUS,
        text.to_owned(),
    ));
    files
}

/// Whether a text is a template that means itself: without anything that errgen takes for a value.
fn has_values(text: &str) -> bool {
    text.contains(['{', '}', '%', '$', '#', ':'])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_errgen_come_back(made in made(PIECES)) {
        round_trip(&made, "markdown", "markdown/en/own.md", false);
    }

    #[test]
    fn api_documents_of_errgen_come_back(made in prop_oneof![made(PIECES), made(BRACES)]) {
        round_trip(&made, "openapi", "openapi/openapi.yaml", true);
    }

    #[test]
    fn texts_stay_what_they_are(text in texts()) {
        for (name, file, words, wanted) in files(&text) {
            let folder = project();
            write(folder.path(), name, &file);
            let run = import(folder.path(), name, words);
            prop_assert!(run.status == 0 || run.status == 1, "{name}: {}", run.stderr);
            if !folder.path().join("catalog.yaml").exists() {
                continue;
            }
            let catalog: Value = serde_yaml::from_str(&catalog_in(folder.path())).expect("YAML");
            let message = &catalog["categories"][0]["errors"][0]["message"];
            if !has_values(&wanted) && !wanted.trim().is_empty() {
                prop_assert_eq!(message.as_str(), Some(wanted.as_str()), "{}: {}", name, file);
            }
        }
    }

    #[test]
    fn a_second_merge_changes_nothing(made in made(PIECES), text in texts()) {
        let folder = project();
        let before = catalog_of(&made);
        write(folder.path(), "catalog.yaml", &before);
        let table = json!([
            { "code": 1000, "description": { "de": text } },
            { "code": 1001, "message": made[0].message, "description": { "en": text } },
            { "code": 2000, "status": 404, "category": "Own", "message": text, "description": { "en": text, "de": text } },
        ]);
        write(folder.path(), "errors.json", &table.to_string());
        let first = import(folder.path(), "errors.json", &[]);
        let after = catalog_in(folder.path());
        if first.status != 0 {
            prop_assert_eq!(&after, &before);
        }
        let second = import(folder.path(), "errors.json", &[]);
        prop_assert_eq!(first.status, second.status);
        prop_assert_eq!(after, catalog_in(folder.path()));
    }
}
