//! What a release adds to a ledger.

use std::collections::BTreeSet;

use super::Ledger;
use super::entry::{ErrorEntry, FORMAT, Head, Release, Start};
use super::line::{digest, line};
use super::record::{errors, heads};
use crate::catalog::Catalog;
use crate::validate::EnabledTarget;

const HEADER: &str = "\
# What was released of this catalogue, a line for each thing that a release added or changed. `errgen release` adds to it, and
# nobody else. Commit it.
";

/// What differs from the release before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub new: usize,
    pub changed: usize,
    /// All errors that there are now.
    pub errors: usize,
    /// What holds for the whole catalogue.
    pub heads: usize,
}

impl Changes {
    pub fn are_none(&self) -> bool {
        self.new + self.changed + self.heads == 0
    }
}

/// The text of the ledger after the release of a version of the catalogue, and what that changes.
pub fn release(
    ledger: Option<&Ledger>,
    catalog: &Catalog,
    targets: &[EnabledTarget],
    version: &str,
) -> (String, Changes) {
    let mut changes = Changes::default();
    let mut lines = Vec::new();
    for head in changed_heads(ledger, catalog, targets, version) {
        changes.heads += 1;
        lines.push(line("head", &head));
    }
    for error in errors(catalog, version) {
        changes.errors += 1;
        let known = ledger.and_then(|ledger| ledger.errors.get(&error.code));
        match known {
            Some(known) if is_same(&known.error, &error) => continue,
            Some(_) => changes.changed += 1,
            None => changes.new += 1,
        }
        lines.push(line("error", &error));
    }
    let after = ledger.map_or_else(Vec::new, leaves);
    let releases = ledger.map_or(&[][..], |ledger| ledger.releases.as_slice());
    let before = releases.iter().filter(|it| after.contains(&it.text));
    let before = before.map(|it| it.digest.as_str());
    let texts: Vec<_> = lines.iter().map(String::as_str).collect();
    let end = Release {
        version: version.to_owned(),
        count: lines.len(),
        digest: digest(before, &texts),
        after,
    };
    lines.push(line("release", &end));
    let mut text = ledger.map_or_else(|| first_lines(catalog), |it| it.text().to_owned());
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.ends_with('\n') {
        text.push_str(line_end);
    }
    for line in lines {
        text.push_str(&line);
        text.push_str(line_end);
    }
    (text, changes)
}

fn first_lines(catalog: &Catalog) -> String {
    let start = Start {
        format: FORMAT,
        catalog: catalog.id.to_owned(),
    };
    format!("{HEADER}{}\n", line("ledger", &start))
}

/// Whether an error is as it was released last.
fn is_same(released: &ErrorEntry, error: &ErrorEntry) -> bool {
    let released = ErrorEntry {
        release: error.release.clone(),
        ..released.clone()
    };
    released == *error
}

fn changed_heads(
    ledger: Option<&Ledger>,
    catalog: &Catalog,
    targets: &[EnabledTarget],
    version: &str,
) -> Vec<Head> {
    let now = heads(catalog, targets);
    let before = ledger.map(|it| &it.heads);
    let known = before.into_iter().flat_map(|heads| heads.keys());
    let keys: BTreeSet<_> = now.keys().chain(known).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let value = now.get(key).cloned().unwrap_or_default();
        let old = before.and_then(|heads| heads.get(key));
        if old == Some(&value) {
            return None;
        }
        let (name, of) = key.clone();
        Some(Head {
            release: version.to_owned(),
            name,
            of,
            value,
        })
    });
    changed.collect()
}

/// The releases that no other one was made after: several if branches have been merged.
fn leaves(ledger: &Ledger) -> Vec<String> {
    let inner: BTreeSet<&String> = ledger.releases.iter().flat_map(|it| &it.after).collect();
    let own = ledger.releases.iter().map(|it| &it.text);
    own.filter(|text| !inner.contains(text)).cloned().collect()
}
