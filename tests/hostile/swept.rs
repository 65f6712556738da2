//! Catalogues in which every word stands wherever an id can stand, and others in which it is a locale: together they have all words of
//! all languages and all names that modules have themselves.

#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::{BTreeMap, BTreeSet};

use errgen::pipeline::Draft;
use errgen::target::Library;
use serde_json::{Value, json};

use super::languages::{helpers, targets, words};
use super::yaml;

/// How many words a catalogue has. All modules of a language are compiled together.
const WORDS: usize = 250;

/// How many of them are ids if the others are locales.
const BESIDE_LOCALES: usize = 3;

pub struct Swept {
    pub value: Value,
    /// Its targets, in YAML.
    pub targets: String,
}

/// The words of two catalogues, the second of which has them as locales: none, if there are no more.
fn words_of(part: usize) -> Vec<String> {
    let all: BTreeSet<&str> = words()
        .into_iter()
        .chain(helpers().iter().map(String::as_str))
        .collect();
    let own = all.into_iter().skip(part / 2 * WORDS).take(WORDS);
    own.map(str::to_owned).collect()
}

/// The catalogue with a part of the words; none if there are no more words. Words that `lint` refuses beside others
/// are left out.
pub fn swept(part: usize) -> Option<Swept> {
    let mut words = words_of(part);
    if words.is_empty() {
        return None;
    }
    let library = Library::standard();
    loop {
        let value = catalogue(part, &words);
        let mut text = Vec::new();
        yaml::write(&mut text, &value, &targets()).expect("a catalogue");
        let text = String::from_utf8(text).expect("YAML in UTF-8");
        let found = colliding(&text, &library);
        if found.is_empty() {
            return Some(Swept {
                value,
                targets: targets(),
            });
        }
        let before = words.len();
        words.retain(|word| !found.contains(word));
        assert!(words.len() < before, "{found:?}");
    }
}

/// The ids at which `lint` reports an error.
fn colliding(text: &str, library: &Library) -> BTreeSet<String> {
    let source = std::sync::Arc::new(errgen::diagnostic::Source::new("catalog.yaml", text));
    let draft = Draft::parse(&source);
    let analysis = draft.analyse(library, &[]);
    let at = |diagnostic: &errgen::diagnostic::Diagnostic| match &diagnostic.place {
        errgen::diagnostic::Place::Span(_, span) => {
            let id = text[span.range()].trim_matches('"').replace('-', "_");
            id.to_ascii_lowercase()
        }
        errgen::diagnostic::Place::File(_) => panic!("{diagnostic:?}"),
    };
    analysis.errors.iter().map(at).collect()
}

fn catalogue(part: usize, words: &[String]) -> Value {
    let word = |at: usize| words[at % words.len()].as_str();
    let is_tag = |word: &&String| {
        let mut parts = word.split('_');
        let is_language = |part: &str| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        parts.next().is_some_and(is_language) && parts.all(|part| part.len() <= 8)
    };
    let has_locales = part % 2 == 1;
    let tags = words.iter().filter(is_tag);
    let mut locales: Vec<_> = tags.map(|word| word.replace('_', "-")).collect();
    locales.truncate(if has_locales { locales.len() } else { 1 });
    let fallback = locales[0].as_str();
    let ids = if has_locales {
        BESIDE_LOCALES
    } else {
        words.len()
    };
    let said = |name: usize, text: &str| {
        json!({
            "message": format!("{text} {{{}}} / {{{}}}", word(name), word(name + 1)),
            "params": { word(name): { "type": "string", "example": "x" }, word(name + 1): { "type": "integer", "example": 7 } },
            "description": { fallback: text },
        })
    };
    let with = |mut error: Value, more: Value| {
        let more = more.as_object().expect("an object").clone();
        error.as_object_mut().expect("an object").extend(more);
        error
    };
    // Those of errors here are parameters, and no property may have the name of one.
    let property = |at: usize| {
        (
            word(at),
            json!({ "type": "enum", "values": [word(at), word(at + 1)] }),
        )
    };
    let properties = if has_locales {
        BESIDE_LOCALES + 3..words.len()
    } else {
        0..0
    };
    let properties: BTreeMap<_, _> = properties.map(property).collect();
    let category = |at: usize| {
        let id = word(at);
        let plain = json!({ "code": format!("C{at}"), "id": id, "http": 400 });
        let error = if at.is_multiple_of(3) {
            let cases: Vec<_> = (1..3)
                .map(|case| {
                    with(
                        json!({ "id": word(at + case) }),
                        said(at + case, &format!("{at} {case}")),
                    )
                })
                .collect();
            with(
                plain,
                json!({ "cases": cases, "description": { fallback: id } }),
            )
        } else {
            with(plain, said(at + 1, id))
        };
        let group = json!({ "id": word(at + 1), "title": { fallback: id }, "errors": [error] });
        json!({ "id": id, "title": { fallback: id }, "groups": [group] })
    };
    let mut catalogue = json!({
        "catalog": format!("swept_{part}"),
        "version": "1.0.0",
        "title": { fallback: "Words" },
        "locales": locales,
        "lint": { "missing-translation": "allow" },
        "categories": (0..ids).map(category).collect::<Vec<_>>(),
    });
    if !properties.is_empty() {
        catalogue["properties"] = json!(properties);
    }
    catalogue
}
