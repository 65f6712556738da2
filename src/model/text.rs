//! Texts as templates see them.

use tera::Value;

use super::value::{Shape, list, map, optional};
use crate::catalog::{Localised, Piece, Text};

/// The locales that texts are given in.
pub struct Locales<'a> {
    tags: Vec<&'a str>,
    /// Of a map by locale.
    shape: Shape,
}

impl<'a> Locales<'a> {
    pub fn new(tags: Vec<&'a str>) -> Self {
        let shape = Shape::of_names(tags.iter().copied());
        Self { tags, shape }
    }
}

/// A text: `value`, `parameters`, and `parts` where it has parameters.
pub fn text(text: &Text) -> Value {
    let [value, parameters, parts] = fields(text);
    map!([
        ("value", value),
        ("parameters", parameters),
        ("parts", parts),
    ])
}

/// A text in these locales: `default`, `texts` and `by_locale`, of which each text is one value.
pub fn localised(localised: &Localised, locales: &Locales) -> Value {
    let texts: Vec<(&str, Value)> = localised
        .within(&locales.tags)
        .iter()
        .map(|(locale, text)| (*locale, locale_text(locale, text)))
        .collect();
    // A text in one locale alone is its own default.
    let default = &texts.get(localised.fallback).unwrap_or(&texts[0]).1;
    let by_locale = locales.tags.iter().map(|tag| {
        let own = texts.iter().find(|(locale, _)| locale == tag);
        own.map_or(default, |(_, text)| text).clone()
    });
    map!([
        ("default", default.clone()),
        ("by_locale", locales.shape.map(by_locale)),
        ("texts", list(texts.iter().map(|(_, text)| text.clone()))),
    ])
}

pub fn optional_localised(text: Option<&Localised>, locales: &Locales) -> Value {
    optional(text.map(|text| localised(text, locales)))
}

/// A text with the locale that it is in.
fn locale_text(locale: &str, text: &Text) -> Value {
    let [value, parameters, parts] = fields(text);
    map!([
        ("locale", locale.into()),
        ("value", value),
        ("parameters", parameters),
        ("parts", parts),
    ])
}

fn fields(text: &Text) -> [Value; 3] {
    let parameters = list(text.parameters().map(Value::from));
    let pieces = if parameters.is_truthy() {
        &text.pieces[..]
    } else {
        &[]
    };
    [
        text.value().into(),
        parameters,
        list(pieces.iter().map(part)),
    ]
}

/// A piece of a text: `literal` or `parameter`, of which the other is null.
fn part(piece: &Piece) -> Value {
    let (literal, parameter) = match piece {
        Piece::Literal(text) => (Some(text.as_ref()), None),
        Piece::Parameter(name) => (None, Some(name.as_ref())),
    };
    map!([
        ("literal", optional(literal)),
        ("parameter", optional(parameter)),
    ])
}
