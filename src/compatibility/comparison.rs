//! Two states of a catalogue, and what has been found.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::Value;

use super::change::Change;
use super::wire::Wire;
use crate::ledger::{Code, ErrorEntry, State};

/// What two states are, and what has been found.
pub struct Comparison<'a> {
    pub old: &'a State<'a>,
    pub new: &'a State<'a>,
    pub old_wire: Wire<'a>,
    pub new_wire: Wire<'a>,
    /// The errors that there are now, by their ids and the former ones.
    ids: OnceCell<HashMap<&'a str, &'a ErrorEntry<'a>>>,
    pub changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    pub fn of(old: &'a State<'a>, new: &'a State<'a>) -> Self {
        Self {
            old,
            new,
            old_wire: Wire::of(old),
            new_wire: Wire::of(new),
            ids: OnceCell::new(),
            changes: Vec::new(),
        }
    }

    pub fn add(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Whether a locale is no longer there, and all texts in it.
    pub fn has_lost_locale(&self) -> bool {
        let locales = |state: &State<'a>| state.head("locales").as_array();
        let new = locales(self.new);
        let mut old = locales(self.old).into_iter().flatten();
        old.any(|locale| new.is_none_or(|new| !new.contains(locale)))
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
