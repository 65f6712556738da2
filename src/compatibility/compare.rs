//! Finds what has changed between two states of a catalogue.

use serde_json::Value;

use super::change::{Change, Named, Part, Subject};
use super::comparison::{Comparison, code_value, shown};
use super::errors::compare_errors;
use super::heads::compare_heads;
use crate::diagnostic::rules;
use crate::ledger::{Code, ErrorEntry, State};

/// All changes from one state to another, without their verdicts.
pub fn compare(old: &State, new: &State) -> Vec<Change> {
    let mut comparison = Comparison::of(old, new);
    compare_heads(&mut comparison);
    comparison.errors();
    comparison.changes
}

/// The changes of the errors alone.
pub fn compare_errors_alone(old: &State, new: &State) -> Vec<Change> {
    let mut comparison = Comparison::of(old, new);
    comparison.errors();
    comparison.changes
}

impl Comparison<'_> {
    fn errors(&mut self) {
        let (old, new) = (self.old, self.new);
        for (code, before) in &old.errors {
            match new.errors.get(code) {
                None if before.is_next() => self.withdrawn(code, before),
                None => self.removed(code, before),
                Some(now) if is_reused(before, now) && before.is_next() => {
                    self.withdrawn(code, before);
                    self.new_error(code, now);
                }
                Some(now) if is_reused(before, now) => self.reused(code, before, now),
                Some(now) => compare_errors(self, before, now),
            }
        }
        for (code, now) in &new.errors {
            if !old.errors.contains_key(code) {
                self.new_error(code, now);
            }
        }
    }

    fn new_error(&mut self, code: &Code, now: &ErrorEntry) {
        let message = format!("the error {} is new", shown(now));
        let subject = Subject::Error(code.clone().into_owned(), Part::Whole);
        let change = Change::new(rules::ERROR_ADDED, subject, message);
        self.add(change.named(Named::error(&now.id, code)));
    }

    /// An error that no release had.
    fn withdrawn(&mut self, code: &Code, before: &ErrorEntry) {
        let message = format!("the error {} is gone before its release", shown(before));
        let subject = Subject::Error(code.clone().into_owned(), Part::Whole);
        self.add(Change::new(rules::ERROR_WITHDRAWN, subject, message).gone());
    }

    fn removed(&mut self, code: &Code, before: &ErrorEntry) {
        let now = self.known_as(&before.id);
        let is = now.map_or(Value::Null, |now| code_value(&now.code));
        let message = now.map_or_else(
            || format!("the error {} is no longer in the catalogue", shown(before)),
            |now| {
                format!(
                    "the code of `{}` was {code}, and is now {}",
                    now.id, now.code
                )
            },
        );
        let subject = Subject::Error(code.clone().into_owned(), Part::Whole);
        let change = Change::new(rules::RELEASED_CODE_REMOVED, subject, message)
            .from_to(code_value(code), is)
            .gone()
            .wire(Some(
                "clients in the field know the code, and old servers still send it",
            ))
            .named(Named::error(&before.id, code))
            .help("bring it back; if servers no longer send it, with `retired: { since: next }`");
        self.add(change);
    }

    fn reused(&mut self, code: &Code, before: &ErrorEntry, now: &ErrorEntry) {
        let (old, new) = (&before.id, &now.id);
        let message = format!("the code {code} was that of `{old}`, and is now that of `{new}`");
        let subject = Subject::Error(code.clone().into_owned(), Part::Id);
        let change = Change::new(rules::RELEASED_CODE_REUSED, subject, message)
            .from_to(old.as_str(), new.as_str())
            .wire(Some("clients in the field take the new error for the old one"))
            .named(Named::error(old, code))
            .help(format!(
                "give a new error a code of its own, and bring `{old}` back; if it is the same error under a new id, add `renamed_from: [{old}]`"
            ));
        self.add(change);
    }
}

fn is_reused(before: &ErrorEntry, now: &ErrorEntry) -> bool {
    before.id != now.id && !now.renamed_from.contains(&before.id)
}
