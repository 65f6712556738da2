//! One error before and after.

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::{Change, Named, Part, Subject};
use super::comparison::{Comparison, shown};
use super::words::plain;
use crate::diagnostic::{Rule, rules};
use crate::ledger::{ErrorEntry, Text};
use crate::target::Entity;

/// The variant of a change of messages that have parameters.
pub const WITH_PARAMETERS: &str = "with-parameters";

/// One error before and after.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    pub was: &'a ErrorEntry<'a>,
    pub is: &'a ErrorEntry<'a>,
}

impl Pair<'_> {
    /// A change of a part of the error, whose names it concerns.
    pub fn change(&self, rule: &'static Rule, part: Part, message: String) -> Change {
        let subject = Subject::Error(self.is.code.clone().into_owned(), part);
        Change::new(rule, subject, message)
    }

    /// The same, where the names of the error itself are concerned.
    pub fn of_error(&self, rule: &'static Rule, part: Part, message: String) -> Change {
        let named = Named::error(&self.was.id, &self.was.code);
        self.change(rule, part, message).named(named)
    }

    pub fn shown(&self) -> String {
        shown(self.is)
    }
}

/// The values of properties of the error, or of a case.
pub fn properties(
    comparison: &mut Comparison,
    pair: Pair,
    case: Option<&str>,
    was: &BTreeMap<Text, Value>,
    is: &BTreeMap<Text, Value>,
) {
    if was == is {
        return;
    }
    // A property that is new or gone is a change of its own.
    let (old, new) = (&comparison.old_properties, &comparison.new_properties);
    let mut changes = Vec::new();
    for name in old.keys().filter(|name| new.contains_key(*name)) {
        let key = Text::from(*name);
        let (before, now) = (was.get(&key), is.get(&key));
        let of_error = (pair.was.properties.get(&key), pair.is.properties.get(&key));
        if before == now || case.is_some() && of_error == (before, now) {
            continue;
        }
        // An error that states no value follows a change of the default, which is told once.
        let defaults = (default_of(old, name), default_of(new, name));
        if defaults.0 != defaults.1 && defaults == (before, now) {
            continue;
        }
        let value = |value: Option<&Value>| value.cloned().unwrap_or_default();
        let (before, now) = (value(before), value(now));
        let of = match case {
            Some(case) => format!("the case `{case}` of {}", pair.shown()),
            None => pair.shown(),
        };
        let message = format!(
            "`{name}` of {of} was {}, and is now {}",
            plain(&before),
            plain(&now)
        );
        let part = Part::Property(case.map(str::to_owned), (*name).to_owned());
        let change = pair
            .change(rules::PROPERTY_VALUE_CHANGED, part, message)
            .named(Named::new(Entity::Property, name));
        changes.push(change.from_to(before, now));
    }
    comparison.changes.extend(changes);
}

/// The declared default of a property.
fn default_of<'a>(properties: &BTreeMap<&str, &'a Value>, name: &str) -> Option<&'a Value> {
    let default = properties.get(name).map(|property| &property["default"]);
    default.filter(|default| !default.is_null())
}
