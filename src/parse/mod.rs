//! Parses a catalogue's text into raw values, each with its span.

mod catalog;
mod decoder;
mod error;
mod kind;
mod kinds;
pub mod raw;
mod shape;

pub use kinds::{
    FORMAT, MAX_DEPTH, MAX_NAME, MAX_POINTER, MAX_SAFE_INTEGER, are_words, is_identifier,
};

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source, SourceFile, Span, conflict_marker, rules};
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
    let file = source.file_at(0);
    let conflict = conflict_markers(source, file);
    if !conflict.is_empty() {
        return (None, conflict);
    }
    let mut decoder = Decoder::new(source, file);
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
    let mut catalog = catalog.filter(|_| whole);
    for error in catalog.iter_mut().flat_map(raw::Catalog::errors_mut) {
        take_id_from_code(error);
    }
    (catalog, diagnostics)
}

/// Gives an error that names no id its code for one, if the code can be one.
fn take_id_from_code(error: &mut raw::Error) {
    if error.has_id {
        return;
    }
    let Some(raw::Spanned { value, span }) = &error.code else {
        return;
    };
    if let raw::Code::Text(text) = value
        && is_identifier(text)
        && text.len() <= MAX_NAME
    {
        error.id = Some(raw::Scalar {
            value: text.clone(),
            span: *span,
        });
    }
}

/// Reports each marker of a merge conflict. Within brackets, YAML would read one as part of a text.
fn conflict_markers(source: &Arc<Source>, file: SourceFile) -> Vec<Diagnostic> {
    let starts =
        |marker: &str| file.text.starts_with(marker) || file.text.contains(&format!("\n{marker}"));
    if !(starts("<<<<<<< ") && starts(">>>>>>> ")) {
        return Vec::new();
    }
    let mut offset = file.start as usize;
    let mut diagnostics = Vec::new();
    for line in file.text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let line = line.trim_end();
        if conflict_marker(line).is_some() {
            let span = Span::new(start..start + line.len());
            let message = "this is a marker of a merge conflict";
            let help = "decide which lines to keep, delete the markers, then run errgen again";
            diagnostics.push(Diagnostic::at(rules::YAML_SYNTAX, source, span, message).help(help));
        }
    }
    diagnostics
}

/// The JSON Schema (2020-12) of a catalogue: its structure as [`parse`] accepts it, and patterns for single values.
pub fn schema() -> serde_json::Value {
    kind::document(&Catalog, "An errgen catalogue of error codes")
}
