//! What a release adds to a ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use serde_json::Value;

use super::Ledger;
use super::entry::{Code, ErrorEntry, FORMAT, Head, Release, Start};
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

/// A ledger as it grows, release by release.
pub struct Recording {
    text: String,
    heads: BTreeMap<(String, Option<String>), Value>,
    /// Every error that was ever released, as it was released last.
    errors: BTreeMap<Code, ErrorEntry>,
    /// The releases that no other one was made after, each with its digest: several if branches have been merged.
    leaves: Vec<(String, String)>,
    /// The codes of the last release that was added.
    codes: Vec<Code>,
}

impl Recording {
    /// The ledger of a catalogue that has none.
    pub fn new(catalog: &Catalog) -> Self {
        Self {
            text: first_lines(catalog),
            heads: BTreeMap::new(),
            errors: BTreeMap::new(),
            leaves: Vec::new(),
            codes: Vec::new(),
        }
    }

    fn of(ledger: &Ledger) -> Self {
        let errors = ledger.errors.iter();
        Self {
            text: ledger.text().to_owned(),
            heads: ledger.heads.clone(),
            errors: errors
                .map(|(code, released)| (code.clone(), released.error.clone()))
                .collect(),
            leaves: leaves(ledger),
            codes: Vec::new(),
        }
    }

    /// Adds the release of a version of the catalogue, and returns what that changes.
    pub fn add(&mut self, catalog: &Catalog, targets: &[EnabledTarget], version: &str) -> Changes {
        let mut changes = Changes::default();
        let mut lines = Vec::new();
        for head in self.changed_heads(catalog, targets, version) {
            changes.heads += 1;
            lines.push(line("head", &head));
            self.heads.insert((head.name, head.of), head.value);
        }
        self.codes.clear();
        for error in errors(catalog, version) {
            changes.errors += 1;
            self.codes.push(error.code.clone());
            match self.errors.get(&error.code) {
                Some(known) if is_same(known, &error) => continue,
                Some(_) => changes.changed += 1,
                None => changes.new += 1,
            }
            lines.push(line("error", &error));
            self.errors.insert(error.code.clone(), error);
        }
        let before = self.leaves.iter().map(|(_, digest)| digest.as_str());
        let texts: Vec<_> = lines.iter().map(String::as_str).collect();
        let digest = digest(before, &texts);
        let after = mem::take(&mut self.leaves).into_iter();
        let end = Release {
            version: version.to_owned(),
            after: after.map(|(version, _)| version).collect(),
            count: lines.len(),
            digest: digest.clone(),
        };
        lines.push(line("release", &end));
        self.leaves.push((end.version, digest));
        self.append(&lines);
        changes
    }

    /// Whether the release that was added last is one of the same catalogue.
    pub fn ends_with(&self, catalog: &Catalog, targets: &[EnabledTarget], version: &str) -> bool {
        let errors = errors(catalog, version);
        let is_known = |error: &ErrorEntry| {
            let known = self.errors.get(&error.code);
            known.is_some_and(|known| is_same(known, error))
        };
        errors.iter().map(|error| &error.code).eq(&self.codes)
            && errors.iter().all(is_known)
            && self.changed_heads(catalog, targets, version).is_empty()
    }

    /// How many errors the last release that was added has.
    pub fn count(&self) -> usize {
        self.codes.len()
    }

    pub fn into_text(self) -> String {
        self.text
    }

    fn changed_heads(
        &self,
        catalog: &Catalog,
        targets: &[EnabledTarget],
        version: &str,
    ) -> Vec<Head> {
        let now = heads(catalog, targets);
        let keys: BTreeSet<_> = now.keys().chain(self.heads.keys()).collect();
        let changed = keys.into_iter().filter_map(|key| {
            let value = now.get(key).cloned().unwrap_or_default();
            if self.heads.get(key) == Some(&value) {
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

    fn append(&mut self, lines: &[String]) {
        let line_end = if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        if !self.text.ends_with('\n') {
            self.text.push_str(line_end);
        }
        for line in lines {
            self.text.push_str(line);
            self.text.push_str(line_end);
        }
    }
}

/// The text of the ledger after the release of a version of the catalogue, and what that changes.
pub fn release(
    ledger: Option<&Ledger>,
    catalog: &Catalog,
    targets: &[EnabledTarget],
    version: &str,
) -> (String, Changes) {
    let mut recording = ledger.map_or_else(|| Recording::new(catalog), Recording::of);
    let changes = recording.add(catalog, targets, version);
    (recording.into_text(), changes)
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

/// The releases that no other one was made after, each with its digest.
fn leaves(ledger: &Ledger) -> Vec<(String, String)> {
    let inner: BTreeSet<&String> = ledger.releases.iter().flat_map(|it| &it.after).collect();
    let own = ledger.releases.iter();
    let leaves = own.filter(|it| !inner.contains(&it.text));
    leaves
        .map(|it| (it.text.clone(), it.digest.clone()))
        .collect()
}
