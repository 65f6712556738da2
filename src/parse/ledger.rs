//! The format of a ledger: a list of entries, one a line, each with its kind and its data.

use std::sync::Arc;

use super::decoder::Decoder;
use super::raw::LedgerEntry;
use crate::diagnostic::{Diagnostics, Source, SourceFile};

/// The entries of a ledger, which is one of the source's files.
///
/// # Errors
///
/// If it is not YAML, or anything but a list of mappings.
pub fn parse_ledger<'a>(
    source: &'a Arc<Source>,
    file: SourceFile<'a>,
) -> Result<Vec<LedgerEntry<'a>>, Diagnostics> {
    let mut decoder = Decoder::new(source, file);
    let mut entries = Vec::new();
    decoder.document(|decoder| {
        decoder.sequence("entries", |decoder| {
            decoder.entries("an entry", |decoder, kind| {
                let value = decoder.data().value;
                entries.push(LedgerEntry { kind, value });
            })
        })
    });
    match decoder.finish() {
        (diagnostics, true) if diagnostics.is_empty() => Ok(entries),
        (diagnostics, _) => Err(diagnostics),
    }
}
