//! Parses a catalogue's text into raw values, each with its span.

mod catalog;
mod decoder;
mod error;
mod included;
mod kind;
mod kinds;
mod ledger;
mod mistake;
mod node;
pub mod raw;
mod shape;
mod wire;

pub use kinds::{
    FORMAT, MAX_DEPTH, MAX_NAME, MAX_POINTER, MAX_SAFE_INTEGER, NEXT, are_words, is_identifier,
};

pub use ledger::parse_ledger;
pub use node::{Node, Value as NodeValue};

use std::sync::Arc;

use crate::diagnostic::{
    Diagnostic, Diagnostics, Source, SourceFile, Span, conflict_marker, rules,
};
use catalog::Catalog;
use decoder::Decoder;
use included::Included;
use kind::Kind;

/// Parses a catalogue: its first file, and those that it includes.
///
/// # Errors
///
/// Everything that is wrong with its structure, together with what could be read, so that validation can find what else is
/// wrong. If a file is not YAML, there is no catalogue: anything said about the rest would be a guess.
pub fn parse(source: &Arc<Source>) -> (Option<raw::Catalog<'_>>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let own = document(source, source.file_at(0), &Catalog, &mut diagnostics);
    let included = source.files().skip(1).map(|file| {
        let (span, included) = document(source, file, &Included, &mut diagnostics)?;
        Some(raw::Included { span, ..included })
    });
    // All are read: each is reported.
    let included: Vec<_> = included.collect();
    let Some(((_, mut catalog), included)) =
        own.zip(included.into_iter().collect::<Option<Vec<_>>>())
    else {
        return (None, diagnostics);
    };
    included::add(source, &mut catalog, included, &mut diagnostics);
    for error in catalog.errors_mut() {
        take_id_from_code(error);
    }
    (Some(catalog), diagnostics)
}

/// Reads a file of a source that is any document in YAML or JSON.
///
/// # Errors
///
/// If it is neither.
pub fn parse_node<'a>(
    source: &'a Arc<Source>,
    file: SourceFile<'a>,
) -> Result<Node<'a>, Diagnostics> {
    let mut decoder = Decoder::new(source, file);
    let node = decoder.document(Decoder::node).unwrap_or_default();
    match decoder.finish() {
        (diagnostics, true) if diagnostics.is_empty() => Ok(node),
        (diagnostics, _) => Err(diagnostics),
    }
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

/// The document in a file, and where it starts. `None` if there is none, or if it could not be read to its end.
fn document<'a, K: Document>(
    source: &'a Arc<Source>,
    file: SourceFile<'a>,
    kind: &K,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Span, K::Value<'a>)> {
    let conflict = conflict_markers(source, file);
    if !conflict.is_empty() {
        diagnostics.extend(conflict);
        return None;
    }
    let mut decoder = Decoder::new(source, file);
    let read = decoder.document(|decoder| {
        let (place, is_mapping) = (decoder.place(), decoder.is_at_mapping());
        let value = kind.read(decoder).filter(|_| is_mapping)?;
        Some((place, value))
    });
    let document = read.flatten();
    let (found, whole) = decoder.finish();
    if document.is_none() && found.is_empty() {
        let start = Span::new(file.start as usize..file.start as usize);
        let diagnostic = Diagnostic::at(rules::MISSING_KEY, source, start, K::IS_EMPTY);
        diagnostics.push(diagnostic.help(K::START));
    }
    diagnostics.extend(found);
    document.filter(|_| whole)
}

/// What a file can be.
trait Document: Kind {
    /// What is wrong with one that has no content.
    const IS_EMPTY: &str;
    /// What to do about it.
    const START: &str;
}

impl Document for Catalog {
    const IS_EMPTY: &str = "the catalogue is empty";
    const START: &str = "start with `catalog`, `version`, `title`, `locales` and `categories`";
}

impl Document for Included {
    const IS_EMPTY: &str = "the included file is empty";
    const START: &str = "start with `categories` or `category`, or remove the file";
}

/// Reports each marker of a merge conflict in a file. YAML, within brackets, and Markdown would read one as part of a text.
pub fn conflict_markers(source: &Arc<Source>, file: SourceFile) -> Vec<Diagnostic> {
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

/// The JSON Schema (2020-12) of a file that a catalogue includes.
pub fn schema_of_included() -> serde_json::Value {
    kind::document(&Included, "A file that an errgen catalogue includes")
}
