//! What a release adds to a ledger.

use std::collections::BTreeSet;

use super::Ledger;
use super::entry::{End, ErrorEntry, FORMAT, Head, Start, Text};
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
        lines.push(line(&head));
    }
    for error in errors(catalog, version) {
        changes.errors += 1;
        let known = ledger.and_then(|ledger| ledger.error(&error.code));
        match known {
            Some(known) if is_same(known.error, &error) => continue,
            Some(_) => changes.changed += 1,
            None => changes.new += 1,
        }
        lines.push(line(&error));
    }
    let after = ledger.map_or_else(Vec::new, leaves);
    let releases = ledger.map_or(&[][..], |ledger| ledger.releases.as_slice());
    let before = releases.iter().filter(|it| after.contains(&it.end.version));
    let before = before.map(|it| &*it.end.digest);
    let texts: Vec<_> = lines.iter().map(String::as_str).collect();
    let end = End {
        version: version.into(),
        count: lines.len(),
        digest: digest(before, &texts).into(),
        after: after.into(),
    };
    lines.push(line(&end));
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
        catalog: catalog.id.into(),
    };
    format!("{HEADER}{}\n", line(&start))
}

/// Whether an error is as it was released last.
fn is_same(released: &ErrorEntry, error: &ErrorEntry) -> bool {
    let released = ErrorEntry {
        release: error.release.clone(),
        ..released.clone()
    };
    released == *error
}

fn changed_heads<'a>(
    ledger: Option<&Ledger<'a>>,
    catalog: &'a Catalog,
    targets: &'a [EnabledTarget],
    version: &'a str,
) -> Vec<Head<'a>> {
    let now = heads(catalog, targets);
    let before = ledger.map(Ledger::heads).unwrap_or_default();
    let keys: BTreeSet<_> = now.keys().chain(before.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| {
        let value = now.get(key).cloned().unwrap_or_default();
        if before.get(key) == Some(&&value) {
            return None;
        }
        let (name, of) = key.clone();
        Some(Head {
            release: version.into(),
            name,
            of,
            value,
        })
    });
    changed.collect()
}

/// The releases that no other one was made after: several if branches have been merged.
fn leaves<'a>(ledger: &Ledger<'a>) -> Vec<Text<'a>> {
    let inner = ledger.releases().flat_map(|it| &it.end.after);
    let inner: BTreeSet<_> = inner.collect();
    let own = ledger.releases().map(|it| &it.end.version);
    own.filter(|text| !inner.contains(text)).cloned().collect()
}
