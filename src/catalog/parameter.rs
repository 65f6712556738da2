//! The parameters of messages.

use super::Localised;
use crate::parse::MAX_SAFE_INTEGER;

/// A named, typed value inside a message.
#[derive(Debug)]
pub struct Parameter<'a> {
    pub name: &'a str,
    pub r#type: ParameterType,
    pub example: serde_json::Value,
    pub description: Option<Localised<'a>>,
    pub sensitive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    String,
    /// See [`is_safe_integer`].
    Integer,
    Boolean,
}

impl ParameterType {
    /// As a catalogue writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
        }
    }

    /// The value of this type that a text is, if it is one: an integer in its canonical digits, `true` or `false`.
    pub fn read(self, text: &str) -> Option<serde_json::Value> {
        match self {
            Self::String => Some(text.into()),
            Self::Integer => text
                .parse()
                .ok()
                .filter(|number: &i64| is_safe_integer(*number) && number.to_string() == text)
                .map(Into::into),
            Self::Boolean => text.parse::<bool>().ok().map(Into::into),
        }
    }
}

/// Whether every language and JSON hold an integer exactly: it is within ±(2^53 − 1).
pub fn is_safe_integer(number: i64) -> bool {
    number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()
}
