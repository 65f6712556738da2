//! The parameters of messages.

use super::{Localised, name_in};
use crate::parse::MAX_SAFE_INTEGER;

/// A named, typed value in a message.
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

/// The names of the types in a catalogue.
pub const PARAMETER_TYPES: &[(&str, ParameterType)] = &[
    ("string", ParameterType::String),
    ("integer", ParameterType::Integer),
    ("boolean", ParameterType::Boolean),
];

impl ParameterType {
    /// Its name in a catalogue.
    pub fn name(self) -> &'static str {
        name_in(PARAMETER_TYPES, &self)
    }

    /// Reads a text as a value of this type: an integer in canonical digits, `true` or `false`.
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

/// Whether JSON and every language represent an integer exactly: it is within ±(2^53 − 1).
pub fn is_safe_integer(number: i64) -> bool {
    number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()
}
