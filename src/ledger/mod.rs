//! The ledger: what was released of a catalogue, kept beside it.
//!
//! Each line holds one thing that a release added or changed, with the version of that release, so that two branches that have
//! released different versions need only keep the lines of both. What holds today follows from all of them.

mod both;
mod check;
mod entry;
mod line;
mod lines;
mod parse;
mod record;
mod release;
mod stamp;
mod state;

pub use check::check;
pub use entry::{Case, Code, End, Entry, ErrorEntry, Head, Message, Parameter, Start, Text};
pub use line::{digest, line};
pub use parse::parse;
pub use release::{Changes, Recording, release};
pub use stamp::{is_stamped, stamps, unfinished};
pub use state::{Record, State};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use semver::Version;

use crate::catalog;
use crate::diagnostic::{Diagnostics, Source, Span};
use crate::read::{ledger_of, read};
use both::Both;

/// What was released.
pub struct Ledger<'a> {
    both: Both<'a>,
    /// Whose ledger it is, and where it says so.
    start: (Start<'a>, Span),
    /// In the order of their versions.
    releases: Vec<Release<'a>>,
    /// Every error that was ever released.
    errors: BTreeMap<Code<'a>, Places>,
}

/// A release, with all that it has added or changed. Places in it are in the source of [`Ledger::source`].
pub struct Release<'a> {
    pub version: Version,
    /// Its last line.
    pub end: End<'a>,
    pub span: Span,
    /// What holds for the whole catalogue from then on.
    pub heads: Vec<(Head<'a>, Span)>,
    pub errors: Vec<(ErrorEntry<'a>, Span)>,
}

/// The releases that an error came with first and last, with its place among those of the last.
struct Places {
    first: usize,
    last: (usize, usize),
}

/// An error as it was released last.
#[derive(Clone, Copy)]
struct Released<'l, 'a> {
    error: &'l ErrorEntry<'a>,
    /// The release that it came with.
    first: &'l str,
    span: Span,
}

impl Release<'_> {
    /// Its version as it is written.
    pub fn text(&self) -> &str {
        &self.end.version
    }
}

impl<'a> Ledger<'a> {
    fn new(both: Both<'a>, start: (Start<'a>, Span), releases: Vec<Release<'a>>) -> Self {
        let mut errors: BTreeMap<Code, Places> = BTreeMap::new();
        for (index, release) in releases.iter().enumerate() {
            for (at, (error, _)) in release.errors.iter().enumerate() {
                let last = (index, at);
                let new = Places { first: index, last };
                errors.entry(error.code.clone()).or_insert(new).last = last;
            }
        }
        Self {
            both,
            start,
            releases,
            errors,
        }
    }

    /// The catalogue with its ledger as the last file.
    pub fn source(&self) -> &Arc<Source> {
        self.both.source()
    }

    /// The first entry.
    pub fn start(&self) -> &Start<'a> {
        &self.start.0
    }

    /// All releases, in the order of their versions.
    pub fn releases(&self) -> impl Iterator<Item = &Release<'a>> {
        self.releases.iter()
    }

    /// The highest version that was released. There is one, for a ledger is made by a release.
    pub fn last(&self) -> Option<&Version> {
        self.releases.last().map(|it| &it.version)
    }

    /// The state of the catalogue as it was released last.
    pub fn state(&self) -> State<'_> {
        let heads = self.releases().flat_map(|release| &release.heads);
        let heads = heads.map(|(head, _)| ((&*head.name, head.of.as_deref()), &head.value));
        let mut heads: BTreeMap<_, _> = heads.collect();
        // What has no value is no longer there.
        heads.retain(|_, value| !value.is_null());
        State {
            catalog: &self.start().catalog,
            heads,
            errors: self.errors().map(|(code, it)| (code, it.error)).collect(),
        }
    }

    /// Where an error was released last.
    pub fn place_of_error<'b>(&'b self, code: &Code<'b>) -> Option<(Arc<Source>, Span)> {
        let ledger: &Ledger<'b> = self;
        let released = ledger.error(code)?;
        Some((Arc::clone(self.source()), released.span))
    }

    /// Its file.
    pub fn file(&self) -> &'a Source {
        self.both.ledger
    }

    /// Its text.
    pub fn text(&self) -> &'a str {
        &self.both.ledger.text
    }

    /// Every error that was ever released, in the order of their codes.
    fn errors(&self) -> impl Iterator<Item = (&Code<'a>, Released<'_, 'a>)> {
        self.errors
            .iter()
            .map(|(code, places)| (code, self.released(places)))
    }

    fn error(&self, code: &Code<'a>) -> Option<Released<'_, 'a>> {
        self.errors.get(code).map(|places| self.released(places))
    }

    fn released(&self, places: &Places) -> Released<'_, 'a> {
        let (release, at) = places.last;
        let (error, span) = &self.releases[release].errors[at];
        Released {
            error,
            first: self.releases[places.first].text(),
            span: *span,
        }
    }

    /// Whether an error is new to the ledger, or came with a release and says so.
    fn is_new_in(&self, code: &catalog::Code, release: &str) -> bool {
        let known = self.error(&Code::from(code));
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
