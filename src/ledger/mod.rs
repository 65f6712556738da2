//! The ledger: what was released of a catalogue, kept beside it.
//!
//! Each line holds one thing that a release added or changed, with the version of that release, so that two branches that have
//! released different versions need only keep the lines of both. What holds today follows from all of them.

mod check;
mod entry;
mod line;
mod parse;
mod record;
mod release;
mod stamp;
mod state;

pub use check::check;
pub use entry::{Case, Code, ErrorEntry, Message, Parameter};
pub use parse::parse;
pub use release::{Changes, Recording, release};
pub use stamp::{is_stamped, stamps, unfinished};
pub use state::{HeadKey, Record, State};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use semver::Version;
use serde_json::Value;

use crate::catalog;
use crate::diagnostic::{Diagnostics, Source, Span};
use crate::read::{ledger_of, read};
use state::keyed;

/// What was released.
pub struct Ledger {
    /// The catalogue with its ledger as the last file.
    pub source: Arc<Source>,
    /// Whose ledger it is, and where it says so.
    catalog: String,
    start: Span,
    /// In the order of their versions.
    releases: Vec<Release>,
    /// What holds for the whole catalogue, as it was released last.
    heads: BTreeMap<(String, Option<String>), Value>,
    /// Every error that was ever released, as it was released last.
    errors: BTreeMap<Code, Released>,
}

struct Release {
    version: Version,
    /// As it is written.
    text: String,
    after: Vec<String>,
    digest: String,
    span: Span,
}

struct Released {
    error: ErrorEntry,
    /// The release that it came with.
    first: String,
    span: Span,
}

impl Ledger {
    /// The highest version that was released. There is one, for a ledger is made by a release.
    pub fn last(&self) -> Option<&Version> {
        self.releases.last().map(|it| &it.version)
    }

    /// The state of the catalogue as it was released last.
    pub fn state(&self) -> State<'_> {
        let errors = self.errors.iter();
        State {
            catalog: &self.catalog,
            heads: keyed(&self.heads),
            errors: errors.map(|(code, it)| (code, &it.error)).collect(),
        }
    }

    /// Where an error was released last.
    pub fn place_of_error(&self, code: &Code) -> Option<(Arc<Source>, Span)> {
        let released = self.errors.get(code)?;
        Some((Arc::clone(&self.source), released.span))
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.source
            .files()
            .last()
            .map_or("", |file| &self.source.text[file.start as usize..])
    }

    /// Whether an error is new to the ledger, or came with a release and says so.
    fn is_new_in(&self, code: &catalog::Code, release: &str) -> bool {
        let known = self.errors.get(&Code::from(code));
        known.is_none_or(|known| {
            known.first == release && known.error.since.as_deref() == Some(release)
        })
    }
}

/// Reads the ledger of the catalogue at a path. `None` if it has none.
///
/// # Errors
///
/// If it cannot be read, or is not UTF-8.
pub fn read_ledger(catalog: &Path) -> Result<Option<Arc<Source>>, Diagnostics> {
    let path = ledger_of(catalog);
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    read(&path).map(Some)
}

/// A catalogue with its ledger as the last file: the places in the catalogue stay as they are.
fn with_ledger(source: &Source, ledger: &Source) -> Arc<Source> {
    let files = source.files().map(|file| (file.path, file.text));
    let own = (ledger.path.as_str(), ledger.text.as_str());
    Arc::new(Source::of_files(files.chain([own])))
}
