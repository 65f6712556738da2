//! What `explain` finds and shows: `tests/explain/*` each hold `arguments`, one a line, and the exact output for
//! `tests/explain/catalog.yaml`.

mod support;

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use support::{errgen, expect_file, folders_in, repository};

#[test]
fn every_case_shows_exactly_what_is_expected() {
    let folder = repository().join("tests/explain");
    for case in folders_in(&folder) {
        let arguments = fs::read_to_string(case.join("arguments")).expect("arguments");
        let run = errgen(&folder, ["explain"].into_iter().chain(arguments.lines()));
        let output = if run.status == 0 {
            assert_eq!(run.stderr, "", "{}", case.display());
            run.stdout
        } else {
            assert_eq!(
                (run.status, run.stdout.as_str()),
                (1, ""),
                "{}",
                case.display()
            );
            run.stderr + &run.totals
        };
        expect_file(&case.join("output"), &output);
    }
}

/// What the vectors say that every module makes of a response, `explain` makes of it too.
#[test]
fn a_body_is_read_as_modules_read_it() {
    for (catalog, path) in [
        ("catalog.yaml", "tests/vectors/pixnet.json"),
        (
            "tests/cases/full/catalog.yaml",
            "tests/vectors/full_shop.json",
        ),
    ] {
        let vectors = known_errors(path);
        assert!(vectors.len() > 20);
        for vector in vectors {
            let body = vector["response"]["body"]["text"].as_str();
            let Some(body) = body else { continue };
            let expected = &vector["expected"];
            // What somebody asks about is shown with the values in it.
            let texts = |member: &str| {
                let raw = expected.get(format!("raw_{member}"));
                let texts = raw.unwrap_or(&expected[member]);
                texts.as_object().expect("texts").clone()
            };
            let [descriptions, resolutions] = ["descriptions", "resolutions"].map(texts);
            let tags: BTreeSet<_> = descriptions.keys().chain(resolutions.keys()).collect();
            for tag in tags {
                let hit = &hits(catalog, body, tag)[0];
                assert_read(hit, expected, &vector["name"]);
                assert_text(&hit["description"], descriptions.get(tag), &vector["name"]);
                assert_text(&hit["resolution"], resolutions.get(tag), &vector["name"]);
            }
        }
    }
}

#[test]
fn every_message_finds_its_error() {
    let vectors = known_errors("generated/conformance/vectors.json");
    assert!(vectors.len() > 150);
    for vector in vectors {
        let expected = &vector["expected"];
        let message = expected["message"].as_str().expect("a message");
        let hits = hits("catalog.yaml", message, "en");
        let mut hits = hits.iter();
        let hit = hits.find(|hit| hit["error"]["id"] == expected["id"]);
        let hit = hit.unwrap_or_else(|| panic!("{message} does not find {}", expected["id"]));
        assert_read(hit, expected, &vector["name"]);
    }
}

/// The vectors of a file whose error is known.
fn known_errors(path: &str) -> Vec<Value> {
    let text = fs::read_to_string(repository().join(path)).expect("vectors");
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let Value::Array(mut vectors) = file["vectors"].take() else {
        panic!("{path} has no vectors");
    };
    vectors.retain(|vector| !vector["expected"]["id"].is_null());
    vectors
}

fn hits(catalog: &str, wanted: &str, tag: &str) -> Vec<Value> {
    let locale = format!("--locale={tag}");
    let arguments = [
        "explain",
        "--catalog",
        catalog,
        "--format=json",
        &locale,
        "--",
        wanted,
    ];
    let run = errgen(repository(), arguments).clean();
    serde_json::from_str(&run.stdout).expect("a list")
}

fn assert_read(hit: &Value, expected: &Value, name: &Value) {
    assert_eq!(hit["error"]["id"], expected["id"], "{name}");
    let message = &hit["message"];
    if expected["raw_message"].is_null() {
        assert!(message.is_null(), "{name}: {message}");
        return;
    }
    for member in ["case", "parameters"] {
        assert_eq!(message[member], expected[member], "{name}: {member}");
    }
    assert_eq!(message["text"], expected["raw_message"], "{name}");
}

/// Compares the text in one locale, where a vector has it. A parameter that is not known is `…` in a module; who looks an error up
/// gets its name.
fn assert_text(texts: &Value, expected: Option<&Value>, name: &Value) {
    let is_known = |text: &&Value| text.as_str().is_none_or(|text| !text.contains('…'));
    if let Some(expected) = expected.filter(is_known) {
        assert_eq!(&texts[0]["value"], expected, "{name}: {texts}");
    }
}
