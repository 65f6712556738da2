//! How responses change, from the description of the wire that a ledger keeps.

use serde_json::Value;

use super::change::{Change, Named, Subject};
use super::compare::Comparison;
use crate::diagnostic::rules;
use crate::ledger::{Parameter, State};
use crate::target::Entity;

/// Where the parts of an error are in a response, and which parts are read where.
pub struct Wire<'a> {
    head: &'a Value,
}

/// The parts of a layout, as messages name them.
const PARTS: [(&str, &str); 4] = [
    ("code", "the code"),
    ("subcode", "the code of a case"),
    ("message", "the message"),
    ("parameters", "the parameters"),
];

impl<'a> Wire<'a> {
    pub fn of(state: &State<'a>) -> Self {
        Self {
            head: state.head("wire"),
        }
    }

    /// The layout of the errors: that of the response, or if that has no code, that of an item of its list.
    fn layout(&self) -> &'a Value {
        let response = &self.head["response"];
        if response["code"].is_null() {
            &self.head["errors"]["item"]
        } else {
            response
        }
    }

    /// Whether a response has a parameter beside its message.
    pub fn carries(&self, parameter: &Parameter) -> bool {
        parameter.at.is_some() || !self.layout()["parameters"].is_null()
    }

    /// Whether a response has any parameter of a state beside its message.
    pub fn carries_any(&self, state: &State) -> bool {
        let mut errors = state.errors.values();
        errors.any(|error| {
            let cases = error.cases.iter().flat_map(|case| &case.parameters);
            let mut parameters = error.parameters.iter().chain(cases);
            parameters.any(|parameter| self.carries(parameter))
        })
    }

    pub fn has_message(&self) -> bool {
        !self.layout()["message"].is_null()
    }

    /// Whether the URL of an error's page stands in place of its code.
    pub fn has_page(&self) -> bool {
        self.layout()["code"]["is_page"] == true
    }

    fn fields(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.head["fields"].as_object().into_iter().flatten()
    }
}

/// Finds how responses have changed.
pub fn compare_wires(comparison: &mut Comparison) {
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
    let reason = "clients in the field look for it where it was";
    Some(if was.is_null() {
        response(format!("{of} now has {what}"), was, is).variant(Some("added"))
    } else if is.is_null() {
        let message = format!("{of} no longer has {what}");
        response(message, was, is)
            .variant(Some("removed"))
            .wire(Some(reason))
    } else {
        let message = format!("{of} has {what} at another place");
        response(message, was, is)
            .variant(Some("moved"))
            .wire(Some(reason))
    })
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

/// The name of a type, as a message has it.
pub fn typed(name: &Value) -> String {
    let name = name.as_str().unwrap_or_default();
    let article = if name.starts_with(['i', 'e']) {
        "an"
    } else {
        "a"
    };
    format!("{article} `{name}`")
}
