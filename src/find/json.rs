//! JSON of which only some values are looked at: what is wrong with the others, such as half of a surrogate pair or a number that
//! no type can hold, is no hindrance, as it is none to modules.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::catalog::{Place, Source};

/// A text of JSON, in which half of a surrogate pair is U+FFFD.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct LossyText(pub String);

impl<'de> Deserialize<'de> for LossyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Bytes)
    }
}

/// Takes the bytes of a text, where `serde_json` leaves half of a surrogate pair as it would be encoded.
struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = LossyText;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<LossyText, E> {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            // Nothing else in such a text is not UTF-8: three bytes, the first of which is this one.
            if chunk.invalid().starts_with(&[0xed]) {
                text.push('\u{fffd}');
            }
        }
        Ok(LossyText(text))
    }
}

/// The value at a pointer, split into its parts. If a name occurs twice, the last one counts.
pub fn at<'t>(body: &'t RawValue, segments: &[String]) -> Option<&'t RawValue> {
    segments.iter().try_fold(body, |value, segment| {
        let text = value.get();
        if text.starts_with('[') {
            let index: usize = segment
                .parse()
                .ok()
                .filter(|index: &usize| index.to_string() == *segment)?;
            let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            elements.get(index).copied()
        } else {
            members(value)?.get(&LossyText(segment.clone())).copied()
        }
    })
}

/// The members of an object. If a name occurs twice, the last one counts.
pub fn members(value: &RawValue) -> Option<HashMap<LossyText, &RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// The value at a place in the body.
pub fn at_place<'t>(body: &'t RawValue, place: &Place) -> Option<&'t RawValue> {
    match &place.source {
        Source::Header(_) => None,
        Source::Body(pointer) => at(body, &pointer.segments),
        Source::Element {
            array,
            members,
            at: inner,
        } => {
            let element = elements(at(body, &array.segments)?).into_iter().find(|it| {
                let mut members = members.iter();
                members.all(|(name, value)| is_member(it, name, value))
            });
            at(element?, &inner.segments)
        }
    }
}

/// The elements that are objects, of an array.
pub fn elements(value: &RawValue) -> Vec<&RawValue> {
    let elements: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
    let elements = elements.into_iter();
    elements.filter(|it| it.get().starts_with('{')).collect()
}

fn is_member(element: &RawValue, name: &str, wanted: &Value) -> bool {
    let Some(value) = at(element, &[name.to_owned()]) else {
        return false;
    };
    match wanted {
        Value::String(wanted) => text(value).as_ref() == Some(wanted),
        Value::Number(wanted) => number(value) == wanted.as_f64(),
        _ => value.get().parse().ok() == wanted.as_bool(),
    }
}

/// The number that a value is, if it is one that a double can hold.
pub fn number(value: &RawValue) -> Option<f64> {
    let number: f64 = value.get().parse().ok()?;
    // Zero has no sign.
    Some(number + 0.0).filter(|number| number.is_finite())
}

/// The text that a value is, if it is one.
pub fn text(value: &RawValue) -> Option<String> {
    let text: LossyText = serde_json::from_str(value.get()).ok()?;
    Some(text.0)
}
