//! The code and the message in a response.

use serde_json::Value;

use crate::catalog::{Catalog, is_safe_integer};

pub struct Response {
    /// The code as a string.
    pub code: Option<String>,
    pub message: Option<String>,
}

impl Response {
    /// Reads a body as modules do: `templates/conformance/README.md`, "Body" and "Code". `None` if the text is not
    /// a JSON object or array.
    pub fn from_body(catalog: &Catalog, text: &str) -> Option<Self> {
        let body: Value = serde_json::from_str(text).ok()?;
        let message = body.pointer(catalog.wire.message.pointer);
        (body.is_object() || body.is_array()).then(|| Self {
            code: body.pointer(catalog.wire.code.pointer).and_then(code),
            message: message.and_then(Value::as_str).map(str::to_owned),
        })
    }
}

/// A string as it is, or the digits of a number without a fraction. Nothing else is a code.
fn code(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let integer = number.as_i64().or_else(|| whole(number.as_f64()?));
            integer
                .filter(|integer| is_safe_integer(*integer))
                .map(|integer| integer.to_string())
        }
        _ => None,
    }
}

/// `1000.0` is 1000.
fn whole(number: f64) -> Option<i64> {
    let digits = (number + 0.0).to_string();
    digits.parse().ok()
}
