//! A catalogue and its ledger, as diagnostics show them.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Source, Span};

/// A catalogue and its ledger. Each place in the ledger is where it stands after the catalogue, so that a diagnostic can point
/// into both.
#[derive(Debug)]
pub struct Both<'a> {
    catalog: &'a Source,
    pub ledger: &'a Source,
    /// Made for the first diagnostic, as it copies both.
    joined: OnceLock<Arc<Source>>,
}

impl<'a> Both<'a> {
    pub fn new(catalog: &'a Source, ledger: &'a Source) -> Self {
        Self {
            catalog,
            ledger,
            joined: OnceLock::new(),
        }
    }

    /// The catalogue with its ledger as the last file: the places in the catalogue stay as they are.
    pub fn source(&self) -> &Arc<Source> {
        self.joined.get_or_init(|| {
            let files = self.catalog.files().map(|file| (file.path, file.text));
            let own = (self.ledger.path.as_str(), self.ledger.text.as_str());
            Arc::new(Source::of_files(files.chain([own])))
        })
    }

    /// Where the ledger starts.
    pub fn start(&self) -> usize {
        self.catalog.start_of_next()
    }

    /// A part of the ledger.
    pub fn text(&self, span: Span) -> &'a str {
        let range = span.range();
        &self.ledger.text[range.start - self.start()..range.end - self.start()]
    }
}
