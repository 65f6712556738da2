//! The schemas that errgen prints. Whether they say what errgen says, other tools judge: `tests/editors`.

mod support;

use std::fs;

use serde_json::Value;
use support::{errgen, expect_file, repository};

/// What `errgen schema` prints for these words.
fn schema<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words = ["schema"].into_iter().chain(words);
    errgen(repository(), words).clean().stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_schema_that_the_catalogue_names_is_the_one_that_is_printed() {
    let catalog = fs::read_to_string(repository().join("catalog.yaml")).expect("the catalogue");
    let first = catalog.lines().next().expect("a line");
    let path = first
        .strip_prefix("# yaml-language-server: $schema=")
        .expect("the first line names a schema");
    expect_file(&repository().join(path), &schema([]));
    assert_eq!(schema([]), schema(["catalog"]));
}

#[test]
fn the_schema_that_included_files_name_is_the_one_that_is_printed() {
    let path = ".errgen/include.schema.json";
    expect_file(&repository().join(path), &schema(["include"]));
}

#[test]
fn there_is_one_for_manifests() {
    let schema = json(&schema(["target"]));
    assert_eq!(schema["title"], "The manifest of an errgen target");
}

#[test]
fn targets_of_ones_own_are_known_with_their_options() {
    let case = "tests/invalid/E502-bad-option/templates";
    let schema = json(&schema(["--templates", case]));
    let targets = &schema["$defs"]["Catalog"]["properties"]["targets"]["properties"];
    let options = &targets["demo"]["properties"];
    assert_eq!(
        (&options["color"]["enum"], &options["size"]["enum"]),
        (&json(r#"["dark", "light"]"#), &json("[1, 2]"))
    );
    assert!(options["retired"].is_object() && options["out"].is_object());
}

/// A catalogue with every key that takes one of a closed list of words.
const CATALOG: &str = "
errgen: { format: 1 }
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
transport: http
properties: { level: { type: enum, values: [low], multiple: false, modules: true } }
wire: { code_type: integer }
targets: {}
categories:
  - id: request
    title: { en: Request }
    errors:
      - code: 1
        id: not_found
        http: 404
        retry: never
        message: Nothing at {place}
        params: { place: { type: string, sensitive: false } }
        description: { en: There is nothing here. }
        allow: [{ rule: lone-status, reason: The API answers so. }]
      - { code: 2, id: fine, http: 200, message: Fine, no_error: false }
";

/// The exit status of a check of [`CATALOG`] with another word for a key of one of its parts.
fn check(part: &str, key: &str, word: &str) -> i32 {
    let key = format!("{key}: ");
    let starts = [format!(" {key}"), format!("\n{key}")];
    let is_of_property = part == "Property";
    let place = |start: &String| match &*key {
        // The type of a parameter comes after that of a property.
        "type: " if !is_of_property => CATALOG.rfind(start),
        _ => CATALOG.find(start),
    };
    let mut found = starts.iter().filter_map(place);
    let at = found.next().expect("the key is in the catalogue") + 1;
    let (before, after) = (&CATALOG[..at], &CATALOG[at + key.len()..]);
    let end = after.find([' ', ',', '\n']).expect("a word");
    let project = tempfile::tempdir().expect("a temporary folder");
    let mut catalog = [before, &key, word, &after[end..]].concat();
    if (key.as_str(), word) == ("transport: ", "none") {
        // Errors that do not travel over HTTP have no status.
        catalog = catalog.replace("        http: 404\n", "");
        catalog = catalog.replace("http: 200, ", "");
    }
    if key == "type: " && is_of_property && word != "enum" {
        // Only an enum has values.
        catalog = catalog.replace(", values: [low], multiple: false", "");
    }
    fs::write(project.path().join("catalog.yaml"), catalog).expect("a file");
    errgen(project.path(), ["check"]).status
}

#[test]
fn errgen_takes_every_word_of_a_closed_list_and_no_other() {
    let schema = json(&schema([]));
    let definitions = schema["$defs"].as_object().expect("definitions");
    let mut checked = 0;
    for (part, definition) in definitions {
        let properties = definition["properties"].as_object().into_iter().flatten();
        for (key, words) in properties.filter_map(|(key, it)| Some((key, it["enum"].as_array()?))) {
            // The options of targets have a rule of their own.
            if key == "retired" {
                continue;
            }
            for word in words {
                let word = word.as_str().map_or(word.to_string(), str::to_owned);
                assert_eq!(check(part, key, &word), 0, "{part}: {key}: {word}");
                checked += 1;
            }
            assert_eq!(check(part, key, "other"), 1, "{part}: {key}");
        }
    }
    assert!(checked > 10);
}
