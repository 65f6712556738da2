//! The code and the message in a response.

use serde_json::value::RawValue;

use super::json;
use crate::catalog::{Catalog, Place, Source, is_safe_integer};

pub struct Response {
    /// The code as a string.
    pub code: Option<String>,
    pub message: Option<String>,
}

impl Response {
    /// Reads a body as modules do: `templates/conformance/README.md`, "Body" and "Code". `None` if the text is not
    /// a JSON object or array.
    pub fn from_body(catalog: &Catalog, text: &str) -> Option<Self> {
        let body: &RawValue = serde_json::from_str(text).ok()?;
        let layout = &catalog.wire.layout;
        let at = |place: Option<&Place>| match &place?.source {
            Source::Body(pointer) => json::at(body, &pointer.segments),
            _ => None,
        };
        body.get().starts_with(['{', '[']).then(|| Self {
            code: at(layout.code.as_ref().map(|it| &it.place)).and_then(code),
            message: at(layout.message.as_ref()).and_then(json::text),
        })
    }
}

/// A string as it is, or the digits of a number without a fraction. Nothing else is a code.
fn code(value: &RawValue) -> Option<String> {
    json::text(value).or_else(|| {
        let number: f64 = value.get().parse().ok()?;
        let integer = whole(number).filter(|integer| is_safe_integer(*integer))?;
        Some(integer.to_string())
    })
}

/// `1000.0` is 1000.
fn whole(number: f64) -> Option<i64> {
    let digits = (number + 0.0).to_string();
    digits.parse().ok()
}
