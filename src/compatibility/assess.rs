//! Finds the changes between two states of a catalogue, judges them, and sums them up.

use semver::Version;

use super::change::Change;
use super::compare::compare;
use super::judge::{Judge, levels};
use super::summary::Summary;
use crate::ledger::{Ledger, Record, State};
use crate::parse::raw;
use crate::validate::EnabledTarget;

/// A catalogue as it was.
pub struct Former<'a> {
    /// As people are told what the catalogue was compared with.
    pub name: String,
    pub version: Version,
    pub state: State<'a>,
}

impl<'a> Former<'a> {
    /// As it was released last.
    pub fn of_ledger(ledger: &'a Ledger) -> Self {
        let version = ledger.last().cloned();
        // There is one, for a ledger is made by a release.
        let version = version.unwrap_or_else(|| Version::new(0, 0, 0));
        Self {
            name: version.to_string(),
            version,
            state: ledger.state(),
        }
    }
}

/// The changes of a catalogue since another state, the most severe first, with what they come to.
pub fn assess(
    former: &Former,
    now: &Record,
    targets: &[EnabledTarget],
    raw: &raw::Catalog,
) -> (Vec<Change>, Summary) {
    let new = now.state();
    let judge = Judge::new(&former.state, &new, targets, levels(raw));
    let changes = judge.judge(compare(&former.state, &new));
    let summary = Summary::new(
        former.name.clone(),
        former.version.clone(),
        &changes,
        judge.targets(),
    );
    (changes, summary)
}
