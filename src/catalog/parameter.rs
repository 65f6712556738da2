//! The parameters of messages.

use super::{Localised, Place, name_in};
use crate::parse::MAX_SAFE_INTEGER;

/// A named, typed value in a message.
#[derive(Debug)]
pub struct Parameter<'a> {
    pub name: &'a str,
    pub r#type: ParameterType,
    pub example: serde_json::Value,
    pub description: Option<Localised<'a>>,
    pub sensitive: bool,
    /// Its name on the wire.
    pub wire: &'a str,
    /// A place of its own in the response.
    pub at: Option<Place<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    String,
    /// See [`is_safe_integer`].
    Integer,
    /// A finite double.
    Number,
    Boolean,
}

/// The names of the types in a catalogue.
pub const PARAMETER_TYPES: &[(&str, ParameterType)] = &[
    ("string", ParameterType::String),
    ("integer", ParameterType::Integer),
    ("number", ParameterType::Number),
    ("boolean", ParameterType::Boolean),
];

impl ParameterType {
    /// Its name in a catalogue.
    pub fn name(self) -> &'static str {
        name_in(PARAMETER_TYPES, &self)
    }

    /// Reads a text as a value of this type: an integer in canonical digits, a number without an exponent, `true` or `false`.
    pub fn read(self, text: &str) -> Option<serde_json::Value> {
        match self {
            Self::String => Some(text.into()),
            Self::Integer => text
                .parse()
                .ok()
                .filter(|number: &i64| is_safe_integer(*number) && number.to_string() == text)
                .map(Into::into),
            Self::Number => read_number(text).map(Into::into),
            Self::Boolean => text.parse::<bool>().ok().map(Into::into),
        }
    }
}

/// Whether JSON and every language represent an integer exactly: it is within ±(2^53 − 1).
pub fn is_safe_integer(number: i64) -> bool {
    number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()
}

/// Reads `-?(0|[1-9]\d*)(\.\d+)?`, if a double can hold it.
fn read_number(text: &str) -> Option<f64> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_plain =
        is_digits(whole) && is_digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'));
    // Zero has no sign.
    let number = is_plain.then(|| text.parse::<f64>().ok())?? + 0.0;
    number.is_finite().then_some(number)
}
