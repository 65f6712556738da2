//! Texts as templates see them.

use bumpalo::Bump;

use super::value::{Key, Map, Value, map};
use crate::catalog::{Localised, Piece, Text};

/// A message: `value`, `parameters`, `parts` if it has parameters, and its texts by locale, or null.
pub fn text<'a>(arena: &'a Bump, text: &'a Text, localised: Value<'a>) -> Value<'a> {
    let [value, parameters, parts] = fields(arena, text);
    map!(
        arena,
        [
            ("value", value),
            ("parameters", parameters),
            ("parts", parts),
            ("localised", localised),
        ]
    )
}

/// The locales of the texts.
pub struct Locales<'a> {
    tags: &'a [&'a str],
    /// Of a map by locale.
    keys: &'a [Key<'a>],
}

impl<'a> Locales<'a> {
    pub fn new(arena: &'a Bump, tags: &'a [&'a str]) -> Self {
        let keys = Key::all(arena, tags.iter().copied());
        Self { tags, keys }
    }
}

/// A text in these locales: `default`, `texts` and `by_locale`.
pub fn localised<'a>(
    arena: &'a Bump,
    localised: &'a Localised,
    locales: &Locales<'a>,
) -> Value<'a> {
    by_locale(arena, localised, locales, |locale, text| {
        locale_text(arena, locale, text)
    })
}

/// The same of texts of any kind, which share the values that `value` makes of a locale and its text.
pub fn by_locale<'a, T>(
    arena: &'a Bump,
    localised: &'a Localised<'a, T>,
    locales: &Locales<'a>,
    mut value: impl FnMut(&'a str, &'a T) -> Value<'a>,
) -> Value<'a> {
    let own = localised.within(locales.tags);
    let texts = own.iter().map(|(locale, text)| value(locale, text));
    let texts = &*arena.alloc_slice_fill_iter(texts);
    // A text in a single locale is its own default.
    let default = *texts.get(localised.fallback).unwrap_or(&texts[0]);
    // If there is a text in each locale, in the same order, both are the same values.
    let by_locale = if own.iter().map(|(locale, _)| locale).eq(locales.tags) {
        texts
    } else {
        let tags = locales.tags.iter();
        arena.alloc_slice_fill_iter(tags.map(|tag| {
            let place = own.iter().position(|(locale, _)| locale == tag);
            place.map_or(default, |place| texts[place])
        }))
    };
    let by_locale = Value::Map(arena.alloc(Map {
        keys: locales.keys,
        values: by_locale,
    }));
    map!(
        arena,
        [
            ("default", default),
            ("by_locale", by_locale),
            ("texts", Value::List(texts)),
        ]
    )
}

/// A text with its locale.
fn locale_text<'a>(arena: &'a Bump, locale: &'a str, text: &'a Text) -> Value<'a> {
    let [value, parameters, parts] = fields(arena, text);
    map!(
        arena,
        [
            ("locale", locale.into()),
            ("value", value),
            ("parameters", parameters),
            ("parts", parts),
        ]
    )
}

fn fields<'a>(arena: &'a Bump, text: &'a Text) -> [Value<'a>; 3] {
    let count = text.parameters().count();
    let mut names = text.parameters();
    let parameters = arena.alloc_slice_fill_with(count, |_| names.next().into());
    let pieces = if count > 0 { &text.pieces[..] } else { &[] };
    [
        text.value().into(),
        Value::List(parameters),
        Value::list(arena, pieces.iter().map(|piece| part(arena, piece))),
    ]
}

/// A piece of a text: either `literal` or `parameter`; the other is null.
fn part<'a>(arena: &'a Bump, piece: &'a Piece) -> Value<'a> {
    let (literal, parameter) = match piece {
        Piece::Literal(text) => (text.as_ref().into(), Value::Null),
        Piece::Parameter(name) => (Value::Null, name.as_ref().into()),
    };
    map!(arena, [("literal", literal), ("parameter", parameter)])
}
