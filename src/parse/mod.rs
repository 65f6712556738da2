//! Parses a catalogue's text into raw values, each with its span.

mod catalog;
mod decoder;
mod error;
mod kind;
mod kinds;
pub mod raw;
mod shape;

pub use kinds::{FORMAT, MAX_DEPTH, MAX_NAME, MAX_POINTER, MAX_SAFE_INTEGER};

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source, Span, rules};
use catalog::Catalog;
use decoder::Decoder;
use kind::Kind;

/// Parses a catalogue.
///
/// # Errors
///
/// Everything that is wrong with its structure, together with what could be read, so that validation can find what else is
/// wrong. If the text is not YAML, there is no catalogue: anything said about the rest would be a guess.
pub fn parse(source: &Arc<Source>) -> (Option<raw::Catalog<'_>>, Vec<Diagnostic>) {
    let mut decoder = Decoder::new(source);
    let catalog = decoder.document(|decoder| Catalog.read(decoder)).flatten();
    let (mut diagnostics, whole) = decoder.finish();
    if catalog.is_none() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::at(
                rules::MISSING_KEY,
                source,
                Span::default(),
                "the catalogue is empty",
            )
            .help("start with `catalog`, `version`, `title`, `locales` and `categories`"),
        );
    }
    (catalog.filter(|_| whole), diagnostics)
}

/// The JSON Schema (2020-12) of a catalogue: its structure as [`parse`] accepts it, and patterns for single values.
pub fn schema() -> serde_json::Value {
    kind::document(&Catalog, "An errgen catalogue of error codes")
}
