//! Two states of a catalogue, and what has been found.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::change::Change;
use super::wire::Wire;
use super::words::texts_of;
use crate::ledger::{Code, ErrorEntry, State};

/// What two states are, and what has been found.
pub struct Comparison<'a> {
    pub old: &'a State<'a>,
    pub new: &'a State<'a>,
    pub old_wire: Wire<'a>,
    pub new_wire: Wire<'a>,
    /// The declared properties, by name.
    pub old_properties: BTreeMap<&'a str, &'a Value>,
    pub new_properties: BTreeMap<&'a str, &'a Value>,
    /// Whether errors reach clients in another way.
    pub has_other_transport: bool,
    /// Whether a locale is no longer there, and all texts in it.
    pub has_lost_locale: bool,
    /// The errors that there are now, by their ids and the former ones.
    ids: OnceCell<HashMap<&'a str, &'a ErrorEntry<'a>>>,
    pub changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    pub fn of(old: &'a State<'a>, new: &'a State<'a>) -> Self {
        let locales = |state: &State<'a>| texts_of(state.head("locales"));
        let now: HashSet<_> = locales(new).into_iter().collect();
        Self {
            old,
            new,
            old_wire: Wire::of(old),
            new_wire: Wire::of(new),
            old_properties: old.several("property"),
            new_properties: new.several("property"),
            has_other_transport: old.head("transport") != new.head("transport"),
            has_lost_locale: locales(old).iter().any(|locale| !now.contains(locale)),
            ids: OnceCell::new(),
            changes: Vec::new(),
        }
    }

    pub fn add(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// The error that has an id now, or had it.
    pub fn known_as(&self, id: &str) -> Option<&'a ErrorEntry<'a>> {
        let ids = self.ids.get_or_init(|| by_id(self.new));
        ids.get(id).copied()
    }
}

/// Errors by their ids and the former ones, of which those that are used today win.
fn by_id<'a>(state: &State<'a>) -> HashMap<&'a str, &'a ErrorEntry<'a>> {
    let errors = || state.errors.values();
    let former =
        errors().flat_map(|error| error.renamed_from.iter().map(|id| (id.as_str(), *error)));
    let own = errors().map(|error| (error.id.as_str(), *error));
    former.chain(own).collect()
}

/// An error, as a message names it: `user_not_found` (4109).
pub fn shown(error: &ErrorEntry) -> String {
    let code = error.code.to_string();
    if code == *error.id {
        format!("`{code}`")
    } else {
        format!("`{}` ({code})", error.id)
    }
}

pub fn code_value(code: &Code) -> Value {
    match code {
        Code::Integer(integer) => (*integer).into(),
        Code::Text(text) => text.as_str().into(),
    }
}
