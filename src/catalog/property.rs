//! The typed values that errors have beside their texts.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::{Localised, name_in};

/// A declared property.
#[derive(Debug)]
pub struct Property<'a> {
    pub name: &'a str,
    pub r#type: PropertyType,
    /// Of an enum; empty for any other type.
    pub values: Vec<&'a str>,
    /// The same, for look-ups.
    pub listed: HashSet<&'a str>,
    pub default: Option<&'a Value>,
    /// Whether an enum has a list of its values.
    pub multiple: bool,
    pub description: Option<Localised<'a>>,
    /// Whether modules have it.
    pub modules: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyType {
    Enum,
    String,
    /// Within ±(2^53 − 1).
    Integer,
    Boolean,
    /// Of strings.
    List,
}

/// The names of the types in a catalogue.
pub const PROPERTY_TYPES: &[(&str, PropertyType)] = &[
    ("enum", PropertyType::Enum),
    ("string", PropertyType::String),
    ("integer", PropertyType::Integer),
    ("boolean", PropertyType::Boolean),
    ("list", PropertyType::List),
];

/// The values of an error, in the order of the declared properties. Errors that inherit all of them share them.
pub type PropertyValues<'a> = Arc<[Option<&'a Value>]>;

impl PropertyType {
    /// Its name in a catalogue.
    pub fn name(self) -> &'static str {
        name_in(PROPERTY_TYPES, &self)
    }
}

impl Property<'_> {
    /// Whether it has a list of values rather than a single one.
    pub fn is_list(&self) -> bool {
        self.multiple || self.r#type == PropertyType::List
    }
}
