//! How that changes which holds for a whole catalogue.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::change::{Change, Named, Subject};
use super::comparison::Comparison;
use super::responses::compare_responses;
use super::words::{movement, plain, texts_of, typed};
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
        let reason = is_page.then_some("clients in the field read the code from the address");
        head(rules::ADDRESS_CHANGED, "docs_url", message)
            .variant(Some(movement(was, is)))
            .wire(reason)
    });
    compare("publish", &|was, is| {
        let keys = ["name", "scope", "group", "namespace"];
        let changed = keys.into_iter().filter(|key| was[*key] != is[*key]);
        let changed: Vec<_> = changed.collect();
        let message = format!("the package has another {}", changed.join(" and "));
        let variant = changed.contains(&"namespace").then_some("namespace");
        head(rules::PACKAGE_CHANGED, "publish", message).variant(variant)
    });
}

/// The texts that belong to no category. Their digest is also of the examples of fields.
fn texts(comparison: &mut Comparison) {
    let (old, new) = (comparison.old, comparison.new);
    let is_told = old.head("wire")["fields"] != new.head("wire")["fields"];
    let is_told = is_told || comparison.has_lost_locale;
    if old.head("texts") != new.head("texts") && !is_told {
        let message = "texts of the catalogue have changed".to_owned();
        comparison.add(head(rules::TEXT_CHANGED, "texts", message));
    }
}

fn head(rule: &'static Rule, name: &'static str, message: String) -> Change {
    Change::new(rule, Subject::Head(name, None), message)
}

fn locales(comparison: &mut Comparison) {
    let (old, new) = (
        comparison.old.head("locales"),
        comparison.new.head("locales"),
    );
    listed(comparison, old, new, |locale, is_gone| {
        let (rule, message) = if is_gone {
            let message = format!("the locale `{locale}` is no longer in the catalogue");
            (rules::LOCALE_REMOVED, message)
        } else {
            (rules::LOCALE_ADDED, format!("the locale `{locale}` is new"))
        };
        let subject = Subject::Head("locales", Some(locale.to_owned()));
        Change::new(rule, subject, message).named(Named::new(Entity::Locale, locale))
    });
}

/// What only one of two lists has: first what is gone, then what is new. `change` makes the change of one, which is gone or not.
fn listed(
    comparison: &mut Comparison,
    old: &Value,
    new: &Value,
    change: impl Fn(&str, bool) -> Change,
) {
    let (old, new) = (texts_of(old), texts_of(new));
    let (before, now): (HashSet<_>, HashSet<_>) =
        (old.iter().copied().collect(), new.iter().copied().collect());
    for gone in old.into_iter().filter(|it| !now.contains(it)) {
        comparison.add(change(gone, true).from_to(gone, Value::Null).gone());
    }
    for added in new.into_iter().filter(|it| !before.contains(it)) {
        comparison.add(change(added, false).from_to(Value::Null, added));
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
        let category = Heading {
            what: format!("category `{id}`"),
            subject: Subject::Category(id.to_owned()),
            named: Named::new(Entity::Category, id),
            removed: rules::CATEGORY_REMOVED,
            added: rules::CATEGORY_ADDED,
        };
        category.compare(comparison, was, is);
        let (was, is) = (was.unwrap_or(&Value::Null), is.unwrap_or(&Value::Null));
        groups(comparison, id, &was["groups"], &is["groups"]);
    }
}

fn groups(comparison: &mut Comparison, category: &str, old: &Value, new: &Value) {
    for (id, was, is) in pairs(&members(old), &members(new)) {
        let group = Heading {
            what: format!("group `{id}`"),
            subject: Subject::Group {
                category: category.to_owned(),
                id: id.to_owned(),
            },
            named: Named::within(Entity::Group, id, category),
            removed: rules::GROUP_REMOVED,
            added: rules::GROUP_ADDED,
        };
        group.compare(comparison, was, is);
    }
}

/// A category or a group.
struct Heading {
    /// As messages name it.
    what: String,
    subject: Subject,
    named: Named,
    removed: &'static Rule,
    added: &'static Rule,
}

impl Heading {
    fn compare(self, comparison: &mut Comparison, was: Option<&Value>, is: Option<&Value>) {
        let what = &self.what;
        match (was, is) {
            (Some(was), Some(is)) => self.compare_content(comparison, was, is),
            (Some(_), None) => {
                let message = format!("the {what} is no longer in the catalogue");
                let change = Change::new(self.removed, self.subject, message);
                comparison.add(change.gone().named(self.named));
            }
            _ => {
                let message = format!("the {what} is new");
                let change = Change::new(self.added, self.subject, message);
                comparison.add(change.named(self.named));
            }
        }
    }

    /// What it says beside its errors.
    fn compare_content(&self, comparison: &mut Comparison, was: &Value, is: &Value) {
        let what = &self.what;
        let (old, new) = (&was["codes"], &is["codes"]);
        if old != new {
            let (from, to) = (range(old), range(new));
            let message = format!("the codes of the {what} were {from}, and are now {to}");
            let change = Change::new(rules::RANGE_CHANGED, self.subject.clone(), message);
            let change = change.variant(Some(movement(old, new)));
            comparison.add(change.from_to(old.clone(), new.clone()));
        }
        if was["texts"] != is["texts"] && !comparison.has_lost_locale {
            let message = format!("the title of the {what} has changed");
            comparison.add(Change::new(
                rules::TEXT_CHANGED,
                self.subject.clone(),
                message,
            ));
        }
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
    let all = pairs(&comparison.old_properties, &comparison.new_properties);
    let is_in_modules = |it: &&Value| it["modules"] != false;
    for (name, was, is) in all {
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
                if !old.is_null() && new.is_null() {
                    let message = format!("the property `{name}` has no default any more");
                    let change = change(rules::PROPERTY_RETYPED, message);
                    let change = change.variant(Some("default-withdrawn"));
                    comparison.add(change.from_to(old.clone(), Value::Null));
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
    listed(
        comparison,
        &was["values"],
        &is["values"],
        |value, is_gone| {
            let (rule, message) = if is_gone {
                let message =
                    format!("the property `{property}` no longer has the value `{value}`");
                (rules::ENUM_VALUE_REMOVED, message)
            } else {
                let message = format!("the property `{property}` can now be `{value}`");
                (rules::ENUM_VALUE_ADDED, message)
            };
            let subject = Subject::Head("property", Some(property.to_owned()));
            let named = Named::within(Entity::Value, value, property);
            Change::new(rule, subject, message).named(named)
        },
    );
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
