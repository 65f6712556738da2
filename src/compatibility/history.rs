//! What has become of the errors of a catalogue, version by version: what they state themselves, and how each release in the ledger
//! differs from what was known of its errors before.
//!
//! Each entry of the ledger is compared once, with the one before it of the same error, so that the cost grows with the ledger.

use std::collections::{BTreeMap, HashMap};

use semver::Version;

use super::change::{Change, Subject};
use super::compare::compare_errors_alone;
use crate::catalog::{Catalog, Error, Since};
use crate::diagnostic::{Rule, rules};
use crate::ledger::{self, Code, ErrorEntry, Ledger, Record, State};
use crate::parse::NEXT;

/// The versions in which anything became of an error, the newest first.
#[derive(Debug, Default)]
pub struct History {
    pub releases: Vec<Release>,
}

/// A version, with the errors that are news in it.
#[derive(Debug)]
pub struct Release {
    /// `None` for the coming one.
    pub version: Option<String>,
    /// By the places of the errors in the catalogue.
    pub errors: BTreeMap<usize, News>,
}

/// What a version has made of an error.
#[derive(Debug, Default)]
pub struct News {
    pub is_added: bool,
    pub is_deprecated: bool,
    pub is_retired: bool,
    /// How it differs from the version before, as far as the ledger tells.
    pub changes: Vec<Change>,
}

/// What makes an error news without a change of its own. The first is told by the list that it is in; a reader of the documents has
/// the texts as they are now, and the others only correct what is known of the past.
const NO_NEWS: [&Rule; 3] = [
    rules::ERROR_ADDED,
    rules::TEXT_CHANGED,
    rules::HISTORY_CHANGED,
];

/// A version, in their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Released(Version),
    /// With the coming release.
    Next,
}

impl When {
    /// `None` if it is not a version.
    fn of(text: &str) -> Option<Self> {
        if text == NEXT {
            return Some(Self::Next);
        }
        Version::parse(text).ok().map(Self::Released)
    }
}

/// Since when an error has been what it is. Later entries correct earlier ones.
#[derive(Default)]
struct Marks {
    added: Option<When>,
    deprecated: Option<When>,
    retired: Option<When>,
}

/// What an entry or an error of the catalogue states.
struct Stated<'s> {
    since: Option<&'s str>,
    deprecated: Option<&'s str>,
    retired: Option<&'s str>,
}

impl<'s> Stated<'s> {
    fn of_entry(entry: &'s ErrorEntry) -> Self {
        Self {
            since: entry.since.as_deref(),
            deprecated: entry.deprecated.as_ref().map(|it| it.since.as_str()),
            retired: entry.retired.as_deref(),
        }
    }

    fn of_error(error: &'s Error) -> Self {
        Self {
            since: error.since.map(Since::written),
            deprecated: error.deprecated.as_ref().map(|it| it.since.written()),
            retired: error.retired.as_ref().map(|it| it.since.written()),
        }
    }
}

impl History {
    /// The history of a catalogue, which is as its ledger says and as it is.
    pub fn of(catalog: &Catalog, ledger: Option<&Ledger>) -> Self {
        let mut tracing = Tracing::default();
        match ledger {
            Some(ledger) => tracing.follow(catalog, ledger),
            None => {
                for (place, (_, _, error)) in catalog.errors().enumerate() {
                    tracing.state(place, &Stated::of_error(error), None);
                }
            }
        }
        tracing.finish()
    }
}

/// A history as it is found.
#[derive(Default)]
struct Tracing {
    marks: BTreeMap<usize, Marks>,
    releases: BTreeMap<When, BTreeMap<usize, News>>,
}

impl Tracing {
    fn follow(&mut self, catalog: &Catalog, ledger: &Ledger) {
        let errors = catalog.errors().map(|(_, _, error)| error).enumerate();
        let errors = errors.map(|(place, error)| (Code::from(error.code), place));
        let places: HashMap<Code, usize> = errors.collect();
        let record = Record::of(catalog, &[]);
        let now = record.state();
        let empty = || State {
            catalog: now.catalog,
            heads: BTreeMap::new(),
            errors: BTreeMap::new(),
        };
        let (mut old, mut new) = (empty(), empty());
        let mut known: HashMap<&Code, &ErrorEntry> = HashMap::new();
        for (index, release) in ledger.releases().enumerate() {
            let entries = release.errors.iter().map(|(error, _)| error);
            new.errors = entries.map(|error| (&error.code, error)).collect();
            set_heads(&mut new, release);
            old.errors = before(&new, &known);
            let when = When::Released(release.version.clone());
            // What is in the first release may have been there before anybody kept count.
            let came_with = (index > 0).then_some(&when);
            self.add(&old, &new, &places, &when, came_with);
            set_heads(&mut old, release);
            known.extend(new.errors.iter().map(|(code, error)| (*code, *error)));
        }
        old.errors = before(&now, &known);
        self.add(&old, &now, &places, &When::Next, Some(&When::Next));
    }

    /// Adds what has become of the errors of a release. `came_with` is the version that those without a `since` came with, if
    /// anything tells.
    fn add(
        &mut self,
        old: &State,
        new: &State,
        places: &HashMap<Code, usize>,
        when: &When,
        came_with: Option<&When>,
    ) {
        for (code, error) in &new.errors {
            if let Some(place) = places.get(*code) {
                let is_new = !old.errors.contains_key(code);
                let came_with = came_with.filter(|_| is_new);
                self.state(*place, &Stated::of_entry(error), came_with);
            }
        }
        for change in compare_errors_alone(old, new) {
            let Subject::Error(code, _) = &change.subject else {
                continue;
            };
            let Some(place) = places.get(code).copied() else {
                continue;
            };
            if NO_NEWS.contains(&change.rule) {
                continue;
            }
            let when = self.stated(place, &change).unwrap_or_else(|| when.clone());
            self.news(when, place).changes.push(change);
        }
    }

    /// Takes note of what is stated of an error. What is no longer stated was so until then.
    fn state(&mut self, place: usize, stated: &Stated, came_with: Option<&When>) {
        let marks = self.marks.entry(place).or_default();
        let added = stated.since.and_then(When::of);
        let added = added.or_else(|| came_with.cloned());
        marks.added = added.or_else(|| marks.added.take());
        let ended = [
            (&mut marks.deprecated, stated.deprecated),
            (&mut marks.retired, stated.retired),
        ];
        let [deprecated, retired] = ended.map(|(mark, stated)| {
            let stated = stated.and_then(When::of);
            if stated.is_some() {
                *mark = stated;
                None
            } else {
                mark.take()
            }
        });
        if let Some(when) = deprecated {
            self.news(when, place).is_deprecated = true;
        }
        if let Some(when) = retired {
            self.news(when, place).is_retired = true;
        }
    }

    /// The version that an error states for a change.
    fn stated(&self, place: usize, change: &Change) -> Option<When> {
        let marks = self.marks.get(&place)?;
        if change.rule == rules::ERROR_DEPRECATED {
            marks.deprecated.clone()
        } else if change.rule == rules::ERROR_RETIRED {
            marks.retired.clone()
        } else {
            None
        }
    }

    fn news(&mut self, when: When, place: usize) -> &mut News {
        let errors = self.releases.entry(when).or_default();
        errors.entry(place).or_default()
    }

    fn finish(mut self) -> History {
        for (place, marks) in std::mem::take(&mut self.marks) {
            if let Some(when) = marks.added {
                self.news(when, place).is_added = true;
            }
            if let Some(when) = marks.deprecated {
                self.news(when, place).is_deprecated = true;
            }
            if let Some(when) = marks.retired {
                self.news(when, place).is_retired = true;
            }
        }
        let releases = self.releases.into_iter().rev();
        let releases = releases.map(|(when, errors)| Release {
            version: match when {
                When::Released(version) => Some(version.to_string()),
                When::Next => None,
            },
            errors,
        });
        History {
            releases: releases.collect(),
        }
    }
}

impl News {
    /// Whether there is a change that no other list tells.
    pub fn is_changed(&self) -> bool {
        let told = [rules::ERROR_DEPRECATED, rules::ERROR_RETIRED];
        self.changes.iter().any(|it| !told.contains(&it.rule))
    }
}

/// What was known of the errors of a release.
fn before<'s>(
    new: &State<'s>,
    known: &HashMap<&'s Code<'s>, &'s ErrorEntry<'s>>,
) -> BTreeMap<&'s Code<'s>, &'s ErrorEntry<'s>> {
    let codes = new.errors.keys();
    let entries = codes.filter_map(|code| Some((*code, *known.get(code)?)));
    entries.collect()
}

/// Sets what a release has changed of the catalogue as a whole.
fn set_heads<'s>(state: &mut State<'s>, release: &'s ledger::Release) {
    for (head, _) in &release.heads {
        let key = (head.name.as_str(), head.of.as_deref());
        if head.value.is_null() {
            state.heads.remove(&key);
        } else {
            state.heads.insert(key, &head.value);
        }
    }
}
