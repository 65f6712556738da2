//! Properties with hostile texts, and what errors have of them.

#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::draw::Draw;

const TYPES: &[&str] = &["enum", "string", "integer", "boolean", "list"];

/// How many values an enum has at most.
const VALUES: usize = 4;

/// A property of a type by its number. `words` are the values of an enum.
pub fn declared(
    draw: &mut Draw,
    number: usize,
    words: impl IntoIterator<Item = String>,
    text: &BoxedStrategy<String>,
) -> Value {
    let mut property = json!({ "type": TYPES[number % TYPES.len()] });
    if property["type"] == "enum" {
        let words: BTreeSet<_> = words.into_iter().take(VALUES).collect();
        property["values"] = json!(words);
        property["multiple"] = draw.once_in(3).into();
    }
    if draw.once_in(2) {
        property["default"] = value(draw, &property, text);
    }
    property
}

/// What an error has of some properties.
pub fn values(
    draw: &mut Draw,
    properties: &Value,
    text: &BoxedStrategy<String>,
) -> Map<String, Value> {
    let properties = properties.as_object().into_iter().flatten();
    let mut values = Map::new();
    for (name, property) in properties {
        if draw.once_in(2) {
            values.insert(name.clone(), value(draw, property, text));
        }
    }
    values
}

fn value(draw: &mut Draw, property: &Value, text: &BoxedStrategy<String>) -> Value {
    match property["type"].as_str() {
        Some("enum") => {
            let values = property["values"].as_array().expect("a list").clone();
            if property["multiple"] == true {
                let chosen = values.into_iter().filter(|_| draw.once_in(2));
                return chosen.collect();
            }
            draw.of(&select(values))
        }
        Some("integer") => draw.of(&(-(1_i64 << 53) + 1..1 << 53)).into(),
        Some("boolean") => draw.once_in(2).into(),
        Some("list") => {
            let texts: Vec<_> = (0..draw.of(&(0..3_usize))).map(|_| draw.of(text)).collect();
            texts.into()
        }
        _ => draw.of(text).into(),
    }
}
