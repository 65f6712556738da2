//! What has become of the errors, version by version, as templates see it.

use std::collections::HashMap;

use bumpalo::Bump;
use serde_json::Value as Data;

use super::value::{Value, map};
use crate::compatibility::{self, Change, News, Part, Subject};
use crate::diagnostic::rules;

/// A history with the values that several lists have in common.
#[derive(Default)]
pub struct History<'a> {
    /// The newest first.
    releases: Vec<Release<'a>>,
    /// Of the errors that have changed, by their places in the catalogue.
    of_errors: HashMap<usize, Value<'a>>,
}

struct Release<'a> {
    version: Value<'a>,
    is_next: Value<'a>,
    /// The errors that it added, changed, deprecated and retired.
    lists: [Vec<Entry<'a>>; 4],
}

/// An error in a list.
#[derive(Clone, Copy)]
struct Entry<'a> {
    /// In the catalogue.
    place: usize,
    changes: Value<'a>,
}

impl<'a> History<'a> {
    /// `fallback` is the locale that a text is shown in that has several.
    pub fn new(arena: &'a Bump, history: &compatibility::History, fallback: &str) -> Self {
        let mut of_errors: HashMap<usize, Vec<Value>> = HashMap::new();
        let mut releases = Vec::with_capacity(history.releases.len());
        for release in &history.releases {
            let version = release.version.as_deref();
            let mut made = Release {
                version: version.map(|it| &*arena.alloc_str(it)).into(),
                is_next: version.is_none().into(),
                lists: Default::default(),
            };
            for (place, news) in &release.errors {
                let entry = made.add(arena, *place, news, fallback);
                if !news.changes.is_empty() {
                    let version = made.version_with(arena, entry.changes);
                    of_errors.entry(*place).or_default().push(version);
                }
            }
            releases.push(made);
        }
        let of_errors = of_errors.into_iter().map(|(place, versions)| {
            let newest_last = versions.into_iter().rev();
            (place, Value::list(arena, newest_last))
        });
        Self {
            releases,
            of_errors: of_errors.collect(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.releases.is_empty()
    }

    /// What has changed of an error at a place in the catalogue, the newest last.
    pub fn of_error(&self, place: usize) -> Value<'a> {
        self.of_errors
            .get(&place)
            .copied()
            .unwrap_or(Value::List(&[]))
    }

    /// The versions with their lists. `errors` are all errors of the catalogue; `is_shown` says which of them a target shows.
    pub fn releases(
        &self,
        arena: &'a Bump,
        errors: &[Value<'a>],
        is_shown: impl Fn(usize) -> bool,
    ) -> Value<'a> {
        let entry = |entry: &Entry<'a>| {
            map!(
                arena,
                [
                    ("error", errors[entry.place]),
                    ("is_shown", is_shown(entry.place).into()),
                    ("changes", entry.changes),
                ]
            )
        };
        let list = |entries: &[Entry<'a>]| Value::list(arena, entries.iter().map(entry));
        let releases = self.releases.iter().map(|release| {
            let [added, changed, deprecated, retired] = &release.lists;
            map!(
                arena,
                [
                    ("version", release.version),
                    ("is_next", release.is_next),
                    ("added", list(added)),
                    ("changed", list(changed)),
                    ("deprecated", list(deprecated)),
                    ("retired", list(retired)),
                ]
            )
        });
        Value::list(arena, releases)
    }
}

impl<'a> Release<'a> {
    /// Adds an error to the lists that it belongs to.
    fn add(&mut self, arena: &'a Bump, place: usize, news: &News, fallback: &str) -> Entry<'a> {
        let changes = news.changes.iter();
        let changes = changes.map(|it| change(arena, it, fallback));
        let entry = Entry {
            place,
            changes: Value::list(arena, changes),
        };
        let is_listed = [
            news.is_added,
            news.is_changed(),
            news.is_deprecated,
            news.is_retired,
        ];
        for (list, is_listed) in self.lists.iter_mut().zip(is_listed) {
            list.extend(is_listed.then_some(entry));
        }
        entry
    }

    /// The version with the changes of one error.
    fn version_with(&self, arena: &'a Bump, changes: Value<'a>) -> Value<'a> {
        map!(
            arena,
            [
                ("version", self.version),
                ("is_next", self.is_next),
                ("changes", changes),
            ]
        )
    }
}

fn change<'a>(arena: &'a Bump, change: &Change, fallback: &str) -> Value<'a> {
    let text = |text: Option<&str>| Value::from(text.map(|text| &*arena.alloc_str(text)));
    let shown = |data| match change.rule {
        rule if rule == rules::PARAMETER_MOVED => place(data),
        _ => shown(data, fallback),
    };
    let (was, now) = (shown(&change.was), shown(&change.is));
    // Only another locale's text has changed.
    let is_same = was == now;
    let [was, now] = [was, now].map(|it| it.filter(|_| !is_same));
    let (case, parameter, property) = match &change.subject {
        Subject::Error(_, part) => about(part),
        _ => (None, None, None),
    };
    map!(
        arena,
        [
            ("kind", change.rule.name.into()),
            ("case", text(case)),
            ("parameter", text(parameter)),
            ("property", text(property)),
            ("was", text(was.as_deref())),
            ("now", text(now.as_deref())),
        ]
    )
}

/// The case, the parameter and the property that a part of an error is, or belongs to.
fn about(part: &Part) -> (Option<&str>, Option<&str>, Option<&str>) {
    match part {
        Part::Message(case) => (case.as_deref(), None, None),
        Part::Parameter(case, name) => (case.as_deref(), Some(name), None),
        Part::Property(case, name) => (case.as_deref(), None, Some(name)),
        Part::Case(id) => (Some(id), None, None),
        _ => (None, None, None),
    }
}

/// What was or is, as a plain text. `None` if there is nothing.
fn shown(data: &Data, fallback: &str) -> Option<String> {
    match data {
        Data::Null => None,
        Data::String(text) => Some(text.clone()),
        Data::Bool(_) | Data::Number(_) => Some(data.to_string()),
        Data::Array(items) => {
            let items = items.iter().filter_map(|item| shown(item, fallback));
            Some(items.collect::<Vec<_>>().join(", "))
        }
        // By locale.
        Data::Object(texts) => {
            let own = texts.get(fallback).or_else(|| texts.values().next());
            own.and_then(|text| shown(text, fallback))
        }
    }
}

/// Where a parameter was or is: its own place, or its name on the wire.
fn place(data: &Data) -> Option<String> {
    let text = |data: &Data| data.as_str().map(str::to_owned);
    let at = &data["at"];
    let Some(pointer) = at["body"].as_str() else {
        return text(&at["header"]).or_else(|| text(&data["wire"]));
    };
    let Some(members) = at["where"].as_object() else {
        return Some(pointer.to_owned());
    };
    let members = members.iter();
    let members: Vec<_> = members
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let at = at["at"].as_str().unwrap_or_default();
    Some(format!("{pointer}[{}]{at}", members.join(", ")))
}
