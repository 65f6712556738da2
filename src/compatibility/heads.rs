//! How that changes which holds for a whole catalogue.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::change::{Change, Named, Subject};
use super::comparison::Comparison;
use super::responses::compare_responses;
use super::words::{plain, typed};
use crate::diagnostic::{Rule, few, rules};
use crate::ledger::State;
use crate::target::Entity;

/// How many of several a message names.
const MOST_NAMED: usize = 5;

/// Finds all changes but those of errors.
pub fn compare_heads(comparison: &mut Comparison) {
    single(comparison);
    locales(comparison);
    compare_responses(comparison);
    texts(comparison);
    categories(comparison);
    properties(comparison);
    whole(comparison);
    targets(comparison);
}

/// What a catalogue has one of, and is compared as a whole.
fn single(comparison: &mut Comparison) {
    let (old, new) = (comparison.old, comparison.new);
    let is_page = comparison.old_wire.has_page();
    let mut compare = |name: &'static str, make: &dyn Fn(&Value, &Value) -> Change| {
        let (was, is) = (old.head(name), new.head(name));
        if was != is {
            comparison
                .changes
                .push(make(was, is).from_to(was.clone(), is.clone()));
        }
    };
    compare("contract", &|was, is| {
        let message =
            format!("errgen now makes modules of the contract {is}, and made those of {was}");
        head(rules::CONTRACT_CHANGED, "contract", message)
            .help("`docs/upgrade.md` of errgen says what is different")
    });
    compare("transport", &|was, is| {
        let message = format!("the transport was {}, and is now {}", plain(was), plain(is));
        head(rules::TRANSPORT_CHANGED, "transport", message)
            .wire(Some("clients in the field expect errors in another way"))
    });
    compare("fallback", &|was, is| {
        let message = format!("the fallback was {}, and is now {}", plain(was), plain(is));
        head(rules::FALLBACK_CHANGED, "fallback", message)
    });
    compare("docs_url", &|was, is| {
        let message = if is.is_null() {
            "the pages of errors have no address any more".to_owned()
        } else if was.is_null() {
            "the pages of errors now have an address".to_owned()
        } else {
            "the pages of errors have another address".to_owned()
        };
        let variant = if is.is_null() {
            "removed"
        } else if was.is_null() {
            "added"
        } else {
            "moved"
        };
        let reason = is_page.then_some("clients in the field read the code from the address");
        head(rules::ADDRESS_CHANGED, "docs_url", message)
            .variant(Some(variant))
            .wire(reason)
    });
    compare("publish", &|was, is| {
        let keys = ["name", "scope", "group", "namespace"];
        let changed = keys.into_iter().filter(|key| was[*key] != is[*key]);
        let changed: Vec<_> = changed.collect();
        let message = format!("the package has another {}", changed.join(" and "));
        let variant = if changed.contains(&"namespace") {
            Some("namespace")
        } else {
            None
        };
        head(rules::PACKAGE_CHANGED, "publish", message).variant(variant)
    });
}

/// The texts that belong to no category. Their digest is also of the examples of fields.
fn texts(comparison: &mut Comparison) {
    let (old, new) = (comparison.old, comparison.new);
    let is_told = old.head("wire")["fields"] != new.head("wire")["fields"];
    let is_told = is_told || comparison.has_lost_locale();
    if old.head("texts") != new.head("texts") && !is_told {
        let message = "texts of the catalogue have changed".to_owned();
        comparison.add(head(rules::TEXT_CHANGED, "texts", message));
    }
}

fn head(rule: &'static Rule, name: &'static str, message: String) -> Change {
    Change::new(rule, Subject::Head(name, None), message)
}

fn texts_of(value: &Value) -> Vec<&str> {
    let values = value.as_array().map_or(&[][..], Vec::as_slice);
    values.iter().filter_map(Value::as_str).collect()
}

fn locales(comparison: &mut Comparison) {
    let old = texts_of(comparison.old.head("locales"));
    let new = texts_of(comparison.new.head("locales"));
    let change = |rule, locale: &str, message| {
        let subject = Subject::Head("locales", Some(locale.to_owned()));
        Change::new(rule, subject, message).named(Named::new(Entity::Locale, locale))
    };
    for locale in old.iter().filter(|it| !new.contains(it)) {
        let message = format!("the locale `{locale}` is no longer in the catalogue");
        let change = change(rules::LOCALE_REMOVED, locale, message);
        comparison.add(change.from_to(*locale, Value::Null).gone());
    }
    for locale in new.iter().filter(|it| !old.contains(it)) {
        let message = format!("the locale `{locale}` is new");
        comparison.add(change(rules::LOCALE_ADDED, locale, message).from_to(Value::Null, *locale));
    }
}

/// What one of two maps has more than the other, or both have.
fn pairs<'a>(
    old: &BTreeMap<&'a str, &'a Value>,
    new: &BTreeMap<&'a str, &'a Value>,
) -> Vec<(&'a str, Option<&'a Value>, Option<&'a Value>)> {
    let before = old
        .iter()
        .map(|(id, was)| (*id, Some(*was), new.get(id).copied()));
    let added = new.iter().filter(|(id, _)| !old.contains_key(*id));
    before
        .chain(added.map(|(id, is)| (*id, None, Some(*is))))
        .collect()
}

/// The members of an object.
fn members(value: &Value) -> BTreeMap<&str, &Value> {
    let members = value.as_object().into_iter().flatten();
    members
        .map(|(name, value)| (name.as_str(), value))
        .collect()
}

fn categories(comparison: &mut Comparison) {
    let old = comparison.old.several("category");
    let new = comparison.new.several("category");
    for (id, was, is) in pairs(&old, &new) {
        let subject = || Subject::Category(id.to_owned());
        let named = || Named::new(Entity::Category, id);
        let nothing = json!({});
        match (was, is) {
            (Some(was), Some(is)) => {
                heading(comparison, &subject, &format!("category `{id}`"), was, is);
            }
            (Some(_), None) => {
                let message = format!("the category `{id}` is no longer in the catalogue");
                let change = Change::new(rules::CATEGORY_REMOVED, subject(), message);
                comparison.add(change.gone().named(named()));
            }
            _ => {
                let message = format!("the category `{id}` is new");
                let change = Change::new(rules::CATEGORY_ADDED, subject(), message);
                comparison.add(change.named(named()));
            }
        }
        let (was, is) = (was.unwrap_or(&nothing), is.unwrap_or(&nothing));
        groups(comparison, id, &was["groups"], &is["groups"]);
    }
}

fn groups(comparison: &mut Comparison, category: &str, old: &Value, new: &Value) {
    for (id, was, is) in pairs(&members(old), &members(new)) {
        let subject = || Subject::Group {
            category: category.to_owned(),
            id: id.to_owned(),
        };
        let named = Named::within(Entity::Group, id, category);
        match (was, is) {
            (Some(was), Some(is)) => {
                heading(comparison, &subject, &format!("group `{id}`"), was, is);
            }
            (Some(_), None) => {
                let message = format!("the group `{id}` is no longer in the catalogue");
                let change = Change::new(rules::GROUP_REMOVED, subject(), message);
                comparison.add(change.gone().named(named));
            }
            _ => {
                let message = format!("the group `{id}` is new");
                let change = Change::new(rules::GROUP_ADDED, subject(), message);
                comparison.add(change.named(named));
            }
        }
    }
}

/// What a category or a group says beside its errors.
fn heading(
    comparison: &mut Comparison,
    subject: &dyn Fn() -> Subject,
    what: &str,
    was: &Value,
    is: &Value,
) {
    let (old, new) = (&was["codes"], &is["codes"]);
    if old != new {
        let (from, to) = (range(old), range(new));
        let message = format!("the codes of the {what} were {from}, and are now {to}");
        let variant = if new.is_null() {
            "removed"
        } else if old.is_null() {
            "added"
        } else {
            "moved"
        };
        let change = Change::new(rules::RANGE_CHANGED, subject(), message).variant(Some(variant));
        comparison.add(change.from_to(old.clone(), new.clone()));
    }
    if was["texts"] != is["texts"] && !comparison.has_lost_locale() {
        let message = format!("the title of the {what} has changed");
        comparison.add(Change::new(rules::TEXT_CHANGED, subject(), message));
    }
}

/// The codes of a heading, as a catalogue has them.
fn range(codes: &Value) -> String {
    match codes {
        Value::Array(ends) if ends.len() == 2 => format!("`{}..{}`", ends[0], ends[1]),
        Value::String(prefix) => format!("those that start with `{prefix}`"),
        _ => "not reserved".to_owned(),
    }
}

/// The properties that modules have, and those that documents alone have.
fn properties(comparison: &mut Comparison) {
    let old = comparison.old.several("property");
    let new = comparison.new.several("property");
    let is_in_modules = |it: &&Value| it["modules"] != false;
    for (name, was, is) in pairs(&old, &new) {
        let change = |rule, message| {
            let subject = Subject::Head("property", Some(name.to_owned()));
            Change::new(rule, subject, message).named(Named::new(Entity::Property, name))
        };
        match (was.filter(is_in_modules), is.filter(is_in_modules)) {
            (Some(was), Some(is)) => {
                let (old, new) = (&was["default"], &is["default"]);
                if old != new && !old.is_null() && !new.is_null() {
                    let (from, to) = (plain(old), plain(new));
                    let message =
                        format!("the default of the property `{name}` was {from}, and is now {to}");
                    let change = change(rules::PROPERTY_VALUE_CHANGED, message);
                    comparison.add(change.from_to(old.clone(), new.clone()));
                }
                if !was["default"].is_null() && is["default"].is_null() {
                    let message = format!("the property `{name}` has no default any more");
                    let change = change(rules::PROPERTY_RETYPED, message);
                    let change = change.variant(Some("default-withdrawn"));
                    comparison.add(change.from_to(was["default"].clone(), Value::Null));
                }
                if was["type"] != is["type"] || was["multiple"] != is["multiple"] {
                    let message = format!(
                        "the property `{name}` was {}, and is now {}",
                        kind(was),
                        kind(is)
                    );
                    let change = change(rules::PROPERTY_RETYPED, message);
                    let change = change.variant(Some("type"));
                    comparison.add(change.from_to(kind(was), kind(is)));
                } else {
                    values(comparison, name, was, is);
                }
            }
            (Some(was), None) => {
                let message = format!("modules no longer have the property `{name}`");
                let change = change(rules::PROPERTY_REMOVED, message);
                comparison.add(change.from_to(was.clone(), Value::Null).gone());
            }
            (None, Some(is)) => {
                let message = format!("the property `{name}` is new");
                comparison
                    .add(change(rules::PROPERTY_ADDED, message).from_to(Value::Null, is.clone()));
            }
            (None, None) => {
                let message =
                    format!("the property `{name}`, which only documents have, has changed");
                if was != is {
                    comparison.add(change(rules::TEXT_CHANGED, message));
                }
            }
        }
    }
}

/// The type of a property, as a message has it.
fn kind(property: &Value) -> String {
    let kind = typed(&property["type"]);
    if property["multiple"] == true {
        format!("several of {kind}")
    } else {
        kind
    }
}

/// The declared values of an enum.
fn values(comparison: &mut Comparison, property: &str, was: &Value, is: &Value) {
    let (old, new) = (texts_of(&was["values"]), texts_of(&is["values"]));
    let change = |rule, value: &str, message| {
        let subject = Subject::Head("property", Some(property.to_owned()));
        let named = Named::within(Entity::Value, value, property);
        Change::new(rule, subject, message).named(named)
    };
    for value in old.iter().filter(|it| !new.contains(it)) {
        let message = format!("the property `{property}` no longer has the value `{value}`");
        let change = change(rules::ENUM_VALUE_REMOVED, value, message);
        comparison.add(change.from_to(*value, Value::Null).gone());
    }
    for value in new.iter().filter(|it| !old.contains(it)) {
        let message = format!("the property `{property}` can now be `{value}`");
        let change = change(rules::ENUM_VALUE_ADDED, value, message);
        comparison.add(change.from_to(Value::Null, *value));
    }
}

/// What follows from all errors together.
fn whole(comparison: &mut Comparison) {
    let (old, new) = (comparison.old, comparison.new);
    let undescribed = |state: &State| state.errors.values().any(|error| error.undescribed);
    if !undescribed(old) && undescribed(new) {
        let message = "not every error has a text for readers any more".to_owned();
        comparison.add(head(rules::DESCRIPTIONS_OPTIONAL, "texts", message));
    }
    let (was, is) = (&comparison.old_wire, &comparison.new_wire);
    if !was.carries_any(old) && is.carries_any(new) {
        let message = "responses now have parameters beside the message, and may leave them out";
        let change = head(rules::PARAMETERS_OPTIONAL, "wire", message.to_owned());
        comparison.add(change);
    }
}

fn targets(comparison: &mut Comparison) {
    let old = comparison.old.several("target");
    let new = comparison.new.several("target");
    for (id, was, is) in pairs(&old, &new) {
        let change = |rule, message| {
            Change::new(rule, Subject::Head("target", Some(id.to_owned())), message)
        };
        match (was, is) {
            (Some(was), Some(is)) if was == is => {}
            (Some(was), Some(is)) => {
                let changed = pairs(&members(was), &members(is));
                let changed = changed.iter().filter(|(_, was, is)| was != is);
                let names = few(
                    changed.map(|(name, ..)| format!("`{name}`")),
                    MOST_NAMED,
                    ", ",
                );
                let message = format!("the target `{id}` has other options: {names}");
                let change = change(rules::OPTION_CHANGED, message);
                comparison.add(change.from_to(was.clone(), is.clone()));
            }
            (Some(_), None) => {
                let message = format!("the target `{id}` is no longer generated");
                comparison.add(change(rules::TARGET_REMOVED, message).gone());
            }
            _ => {
                let message = format!("the target `{id}` is new");
                comparison.add(change(rules::TARGET_ADDED, message));
            }
        }
    }
}
