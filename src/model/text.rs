//! Texts as templates see them.

use tera::Value;

use super::value::{list, map, named, optional};
use crate::catalog::{Catalog, Localised, Piece, Text};

/// A text: `value`, `parameters`, and `parts` where it has parameters.
pub fn text(text: &Text) -> Value {
    let [value, parameters, parts] = fields(text);
    map([
        ("value", value),
        ("parameters", parameters),
        ("parts", parts),
    ])
}

/// A text in the catalogue's locales: `default`, `texts` and `by_locale`, of which each text is one value.
pub fn localised(localised: &Localised, catalog: &Catalog) -> Value {
    let texts: Vec<(&str, Value)> = localised
        .texts
        .iter()
        .map(|(locale, text)| (*locale, locale_text(locale, text)))
        .collect();
    let default = &texts[localised.fallback].1;
    let by_locale = catalog.locales.iter().map(|tag| {
        let own = texts.iter().find(|(locale, _)| locale == tag);
        (*tag, own.map_or(default, |(_, text)| text).clone())
    });
    map([
        ("default", default.clone()),
        ("by_locale", named(by_locale)),
        ("texts", list(texts.iter().map(|(_, text)| text.clone()))),
    ])
}

pub fn optional_localised(text: Option<&Localised>, catalog: &Catalog) -> Value {
    optional(text.map(|text| localised(text, catalog)))
}

/// A text with the locale that it is in.
fn locale_text(locale: &str, text: &Text) -> Value {
    let [value, parameters, parts] = fields(text);
    map([
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
    map([
        ("literal", optional(literal)),
        ("parameter", optional(parameter)),
    ])
}
