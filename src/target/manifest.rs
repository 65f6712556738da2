//! `target.yaml`: all that errgen knows of a language or a document format.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::case::Case;
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// A target's manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One line on what the target yields, for `errgen targets`.
    pub description: String,
    /// What to generate.
    pub files: Vec<FileRule>,
    /// How names are spelled: for each entity the kinds of names that it has here.
    #[serde(default)]
    pub names: BTreeMap<Entity, BTreeMap<String, NameRule>>,
    /// Words that no name may be, and how a name that would be one is written.
    #[serde(default)]
    pub reserved: Vec<Reserved>,
    /// The places that a text can stand in, and how it is written there.
    #[serde(default)]
    pub escapes: BTreeMap<String, EscapeRule>,
    /// What each type of a parameter is called.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// What a catalogue can set under `targets:`, beside `out` and `retired`.
    #[serde(default)]
    pub options: BTreeMap<String, OptionRule>,
    /// Free data for the target's own templates.
    #[serde(default)]
    pub data: serde_json::Value,
}

/// A file to generate, or as many as `each` gives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// The template, beside the manifest.
    pub template: String,
    /// Where the file goes below the output folder: itself a template.
    pub path: String,
    /// One file for each of these, or for each pair of them.
    #[serde(default)]
    pub each: Vec<Each>,
    /// Only where this option is set, or the catalogue has this field: `catalog.docs_url`.
    #[serde(default)]
    pub when: Option<String>,
}

/// What a file can be generated for each of.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    Category,
    Group,
    Error,
    Locale,
    Status,
}

/// What has names.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    Catalog,
    Category,
    Group,
    Error,
    Case,
    Parameter,
    Locale,
}

/// How one kind of name is made from an id.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRule {
    pub case: Case,
    /// Around the name, with `{}` for it: `"{}Error"`.
    #[serde(default = "bare")]
    pub format: String,
    /// For a group and a case: made from `<category>_<group>`, `<error>_<case>`.
    #[serde(default)]
    pub qualified: bool,
    /// Kinds with the same namespace must not share a name. Absent: a namespace of its own.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Further reserved words, of this kind alone.
    #[serde(default)]
    pub reserved: Vec<Reserved>,
}

fn bare() -> String {
    "{}".to_owned()
}

/// Words and what becomes of a name that is one of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    pub words: Vec<String>,
    /// With `{}` for the name: `"r#{}"`.
    pub format: String,
}

/// How a text is written in one kind of place.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscapeRule {
    /// The quotation marks that the result is put in. With several, the one that the text needs fewest
    /// escapes for; the first of them on a tie. Only the mark in use is escaped by its entry in `replace`.
    #[serde(default)]
    pub quotes: Vec<String>,
    /// What is written in place of what; the longest that fits wins.
    #[serde(default)]
    pub replace: BTreeMap<String, String>,
    /// The same, at the start of a line only.
    #[serde(default)]
    pub line_start: BTreeMap<String, String>,
    /// How a control character is written that `replace` does not name.
    #[serde(default)]
    pub control: Option<NumericRule>,
    /// How a bidirectional, zero-width or otherwise invisible character is written.
    #[serde(default)]
    pub invisible: Option<NumericRule>,
    /// The width of a line in columns, after which a text of several words goes on in the next.
    #[serde(default)]
    pub wrap: Option<usize>,
}

/// A character written by its number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumericRule {
    /// With `HEX` for the number: `'\u{HEX}'`.
    pub format: String,
    /// At least this many digits.
    #[serde(default)]
    pub digits: usize,
    /// For characters above U+FFFF; absent: `format` does for them too.
    #[serde(default)]
    pub astral: Option<Astral>,
}

/// How a character above U+FFFF is written by its number.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Astral {
    /// As the two halves of its UTF-16 form, each in `format`.
    Surrogates,
    /// In a form of its own.
    Format { format: String, digits: usize },
}

/// An option of a target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionRule {
    pub description: String,
    /// The values that it can have.
    pub values: Vec<serde_json::Value>,
    /// The value that it has where the catalogue sets none.
    #[serde(default)]
    pub default: serde_json::Value,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// Where it is not YAML or not a manifest, with the place.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let options = serde_yaml::options! { strict_booleans: true };
        serde_yaml::from_str_with_options(&source.text, options).map_err(|error| {
            let location = error.location();
            let at = location.and_then(|location| location.span().byte_offset());
            let at = usize::try_from(at.unwrap_or_default()).unwrap_or_default();
            let message = error.without_snippet().to_string();
            // The place stands at the start of the diagnostic.
            let message = message.split(" at line ").next().unwrap_or_default();
            Diagnostic::at(rules::BAD_MANIFEST, source, Span::new(at..at), message).into()
        })
    }
}
