//! How responses change.

use serde_json::Value;

use super::change::{Change, Named, Subject};
use super::comparison::Comparison;
use super::wire::Wire;
use super::words::{movement, typed};
use crate::diagnostic::rules;
use crate::target::Entity;

/// The parts of a layout, as messages name them.
const PARTS: [(&str, &str); 4] = [
    ("code", "the code"),
    ("subcode", "the code of a case"),
    ("message", "the message"),
    ("parameters", "the parameters as data"),
];

/// Finds how responses have changed.
pub fn compare_responses(comparison: &mut Comparison) {
    let (old, new) = (comparison.old_wire.head, comparison.new_wire.head);
    if old == new {
        return;
    }
    if old["code_type"] != new["code_type"] {
        let message = format!(
            "a response had the code as {}, and now has it as {}",
            kind(&old["code_type"]),
            kind(&new["code_type"])
        );
        let change = response(message, &old["code_type"], &new["code_type"]);
        comparison.add(change.wire(Some("clients in the field expect another type")));
    }
    for (name, what) in PARTS {
        let (was, is) = (&old["response"][name], &new["response"][name]);
        comparison
            .changes
            .extend(moved(what, "a response", was, is));
    }
    let (was, is) = (&old["errors"], &new["errors"]);
    if was.is_null() || is.is_null() {
        comparison
            .changes
            .extend(moved("a list of errors", "a response", was, is));
    } else {
        let (was_at, is_at) = (&was["list"], &is["list"]);
        comparison
            .changes
            .extend(moved("the list of errors", "a response", was_at, is_at));
        for (name, what) in PARTS {
            let (was, is) = (&was["item"][name], &is["item"][name]);
            comparison
                .changes
                .extend(moved(what, "an item of the list", was, is));
        }
    }
    fixed(comparison, &old["fixed"], &new["fixed"]);
    fields(comparison);
}

fn kind(value: &Value) -> &'static str {
    if value == "integer" {
        "a number"
    } else {
        "a text"
    }
}

fn response(message: String, was: &Value, is: &Value) -> Change {
    let subject = Subject::Head("wire", None);
    Change::new(rules::RESPONSE_CHANGED, subject, message).from_to(was.clone(), is.clone())
}

/// A part that is at another place, or is there no longer, or only now.
fn moved(what: &str, of: &str, was: &Value, is: &Value) -> Option<Change> {
    if was == is {
        return None;
    }
    let message = if was.is_null() {
        format!("{of} now has {what}")
    } else if is.is_null() {
        format!("{of} no longer has {what}")
    } else {
        format!("{of} has {what} at another place")
    };
    let reason = "clients in the field look for it where it was";
    let change = response(message, was, is).variant(Some(movement(was, is)));
    Some(change.wire((!was.is_null()).then_some(reason)))
}

/// What is in every response, whatever it is about.
fn fixed(comparison: &mut Comparison, old: &Value, new: &Value) {
    let empty = serde_json::Map::new();
    let (old, new) = (
        old.as_object().unwrap_or(&empty),
        new.as_object().unwrap_or(&empty),
    );
    for (pointer, was) in old {
        let is = new.get(pointer).unwrap_or(&Value::Null);
        if was != is {
            let message = format!("every response had {was} at `{pointer}`, and now has not");
            let change = response(message, was, is).variant(Some("fixed"));
            comparison.add(change.wire(Some("clients in the field may go by it")));
        }
    }
    for (pointer, is) in new
        .iter()
        .filter(|(pointer, _)| !old.contains_key(*pointer))
    {
        let message = format!("every response now has {is} at `{pointer}`");
        comparison.add(response(message, &Value::Null, is).variant(Some("fixed")));
    }
}

fn fields(comparison: &mut Comparison) {
    let old: Vec<_> = comparison.old_wire.fields().collect();
    let new: Vec<_> = comparison.new_wire.fields().collect();
    let find = |all: &[(&String, &Value)], name: &str| {
        let found = all.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| (*value).clone())
    };
    let subject = |name: &str| Subject::Head("wire", Some(name.to_owned()));
    let reason = "clients in the field read it";
    for (name, was) in &old {
        let change = |rule, message| {
            Change::new(rule, subject(name), message).named(Named::new(Entity::Field, name))
        };
        let Some(is) = find(&new, name) else {
            let change = change(
                rules::FIELD_REMOVED,
                format!("the field `{name}` is no longer in the catalogue"),
            );
            comparison.add(
                change
                    .from_to((*was).clone(), Value::Null)
                    .gone()
                    .wire(Some(reason)),
            );
            continue;
        };
        if **was != is {
            let message = format!(
                "the field `{name}` was {}, and is now {}",
                typed(was),
                typed(&is)
            );
            let change = change(rules::FIELD_RETYPED, message).from_to((*was).clone(), is);
            comparison.add(change.wire(Some("clients in the field expect another type")));
        }
        let place = |wire: &Wire, layout: &str| {
            let layout = wire.head.pointer(layout).unwrap_or(&Value::Null);
            layout["fields"][name.as_str()].clone()
        };
        for (layout, of) in [
            ("/response", "a response"),
            ("/errors/item", "an item of the list"),
        ] {
            let was = place(&comparison.old_wire, layout);
            let is = place(&comparison.new_wire, layout);
            let what = format!("the field `{name}`");
            comparison.changes.extend(moved(&what, of, &was, &is));
        }
    }
    for (name, is) in &new {
        if find(&old, name).is_none() {
            let message = format!("the field `{name}` is new");
            let change = Change::new(rules::FIELD_ADDED, subject(name), message)
                .named(Named::new(Entity::Field, name));
            comparison.add(change.from_to(Value::Null, (*is).clone()));
        }
    }
}
