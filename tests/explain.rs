//! What `explain` finds and shows: `tests/explain/*` each hold `arguments`, one a line, and the exact output for
//! `tests/explain/catalog.yaml`.

mod support;

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
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

/// What the search of the site shows first for a query, `explain` shows too, where it finds anything: some queries are words alone.
#[test]
fn explain_and_the_search_of_the_site_find_the_same() {
    let table = fs::read_to_string(repository().join("tests/sdk/site/queries.json"));
    let table: Vec<Value> = serde_json::from_str(&table.expect("queries")).expect("JSON");
    assert!(table.len() >= 60);
    for row in table.iter().filter(|row| row["search_only"] != true) {
        let query = row["query"].as_str().expect("a query");
        let run = errgen(repository(), ["explain", "--", query]);
        let found = run.stdout.split(' ').next().filter(|code| !code.is_empty());
        assert_eq!(found, row["first"].as_str(), "{query}");
    }
}

/// The headers in which catalogues have a part of an error, and not only of a response.
const IN_HEADERS: [&str; 2] = ["x-amzn-errortype", "x-rate-limit"];

/// What the vectors say that every module makes of a response, `explain` makes of it too.
#[test]
fn a_body_is_read_as_modules_read_it() {
    for (catalog, path) in [
        ("catalog.yaml", "tests/vectors/pixnet.json"),
        (
            "tests/cases/full/catalog.yaml",
            "tests/vectors/full_shop.json",
        ),
        ("tests/cases/wire/catalog.yaml", "tests/vectors/wire.json"),
    ] {
        let vectors = known_errors(path);
        assert!(vectors.len() > 20);
        for vector in vectors {
            read_as_modules_do(catalog, &vector);
        }
    }
}

#[test]
fn a_body_in_a_well_known_shape_is_read_as_modules_read_it() {
    let mut read = 0;
    for shape in folders_in(&repository().join("tests/shapes")) {
        let name = shape
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        let catalog = format!("tests/shapes/{name}/catalog.yaml");
        let written = format!("tests/vectors/shape_{name}.json");
        let made = format!("tests/shapes/{name}/expected/conformance/vectors.json");
        for vector in known_errors(&written).iter().chain(&known_errors(&made)) {
            read_as_modules_do(&catalog, vector);
            read += 1;
        }
    }
    assert!(read > 50);
}

/// A response whose headers say nothing of the error.
fn read_as_modules_do(catalog: &str, vector: &Value) {
    let body = vector["response"]["body"]["text"].as_str();
    let headers = vector["response"]["headers"].as_object().expect("headers");
    let mut names = headers.keys().map(|name| name.to_ascii_lowercase());
    let Some(body) = body.filter(|_| names.all(|name| !IN_HEADERS.contains(&&*name))) else {
        return;
    };
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
    if message.is_null() {
        let known = [&expected["raw_message"], &expected["case"]];
        assert!(known.iter().all(|it| it.is_null()), "{name}: {expected}");
        assert_eq!(expected["parameters"], json!({}), "{name}");
        return;
    }
    assert_eq!(message["case"], expected["case"], "{name}: case");
    assert!(
        are_equal(&message["parameters"], &expected["parameters"]),
        "{name}: {message}"
    );
    assert_eq!(message["text"], expected["raw_message"], "{name}");
}

/// Whether values are the same, numbers as doubles.
fn are_equal(values: &Value, expected: &Value) -> bool {
    let (values, expected) = (values.as_object(), expected.as_object());
    let (Some(values), Some(expected)) = (values, expected) else {
        return false;
    };
    values.len() == expected.len()
        && expected.iter().all(|(name, expected)| {
            let value = values.get(name);
            value.is_some_and(|value| {
                value == expected
                    || value
                        .as_f64()
                        .is_some_and(|it| expected.as_f64() == Some(it))
            })
        })
}

/// Compares the text in one locale, where a vector has it. A parameter that is not known is `…` in a module; who looks an error up
/// gets its name; and where there is no description, a module has the message in its place.
fn assert_text(texts: &Value, expected: Option<&Value>, name: &Value) {
    let is_known = |text: &&Value| text.as_str().is_none_or(|text| !text.contains('…'));
    if let Some(expected) = expected.filter(is_known).filter(|_| !texts.is_null()) {
        assert_eq!(&texts[0]["value"], expected, "{name}: {texts}");
    }
}
