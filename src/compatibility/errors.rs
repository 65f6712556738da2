//! How one error changes.

use serde_json::Value;

use super::change::{Named, Part};
use super::comparison::Comparison;
use super::messages::compare_messages;
use super::pair::{Pair, WITH_PARAMETERS, properties};
use crate::diagnostic::rules;
use crate::ledger::{ErrorEntry, Text};

/// Finds what has changed of an error that is still there under its code.
pub fn compare_errors(comparison: &mut Comparison, was: &ErrorEntry, is: &ErrorEntry) {
    let pair = Pair { was, is };
    identity(comparison, pair);
    place(comparison, pair);
    meaning(comparison, pair);
    properties(comparison, pair, None, &was.properties, &is.properties);
    let before = comparison.changes.len();
    history(comparison, pair);
    compare_messages(comparison, pair);
    // The digest is also of examples, of notes, of the texts of cases and parameters that have come or gone, and of those in a
    // locale that has gone.
    let is_told = comparison.changes.len() > before || comparison.has_lost_locale;
    if was.texts != is.texts && !is_told {
        let message = format!("texts of {} have changed", pair.shown());
        comparison.add(pair.change(rules::TEXT_CHANGED, Part::Description, message));
    }
}

fn identity(comparison: &mut Comparison, pair: Pair) {
    let Pair { was, is } = pair;
    if was.id != is.id {
        let message = format!("`{}` is now {}", was.id, pair.shown());
        let variant = was.has_parameters().then_some(WITH_PARAMETERS);
        let change = pair
            .of_error(rules::ERROR_RENAMED, Part::Id, message)
            .variant(variant);
        comparison.add(change.from_to(was.id.as_str(), is.id.as_str()));
    }
    let lost = was
        .renamed_from
        .iter()
        .filter(|old| !is.renamed_from.contains(old) && **old != is.id);
    for old in lost {
        let message = format!("{} is no longer known as `{old}`", pair.shown());
        let change = pair
            .change(rules::ALIAS_REMOVED, Part::Id, message)
            .named(Named::error(old, &was.code))
            .help(format!("keep `{old}` in `renamed_from`"));
        comparison.add(change.from_to(old.as_str(), Value::Null));
    }
}

fn place(comparison: &mut Comparison, pair: Pair) {
    let Pair { was, is } = pair;
    if was.category != is.category {
        let (old, new) = (&was.category, &is.category);
        let message = format!(
            "{} was in the category `{old}`, and is now in `{new}`",
            pair.shown()
        );
        let change = pair.of_error(rules::CATEGORY_CHANGED, Part::Whole, message);
        comparison.add(change.from_to(old.as_str(), new.as_str()));
    } else if was.group != is.group {
        let name = |group: &Option<Text>| {
            let name = group.as_ref().map(|group| format!("the group `{group}`"));
            name.unwrap_or_else(|| "no group".to_owned())
        };
        let (old, new) = (name(&was.group), name(&is.group));
        let message = format!("{} was in {old}, and is now in {new}", pair.shown());
        let variant = was.group.as_ref().map(|_| "left");
        let change = pair
            .of_error(rules::GROUP_CHANGED, Part::Whole, message)
            .variant(variant);
        comparison.add(change.from_to(was.group.as_deref(), is.group.as_deref()));
    }
}

fn meaning(comparison: &mut Comparison, pair: Pair) {
    let Pair { was, is } = pair;
    if was.no_error != is.no_error {
        let what = if is.no_error { "a success" } else { "an error" };
        let message = format!("{} is now {what}", pair.shown());
        let variant = if is.no_error {
            "to-success"
        } else {
            "to-error"
        };
        let change = pair
            .of_error(rules::SUCCESS_CHANGED, Part::NoError, message)
            .variant(Some(variant));
        let reason = "clients in the field go by the code, and take it for what it was";
        comparison.add(change.from_to(was.no_error, is.no_error).wire(Some(reason)));
    }
    if was.http != is.http && !comparison.has_other_transport {
        let status =
            |http: Option<u16>| http.map_or_else(|| "none".to_owned(), |it| it.to_string());
        let (old, new) = (status(was.http), status(is.http));
        let message = format!("the status of {} was {old}, and is now {new}", pair.shown());
        let change = pair.of_error(rules::STATUS_CHANGED, Part::Http, message);
        let reason = "clients in the field may decide by the status";
        comparison.add(change.from_to(was.http, is.http).wire(Some(reason)));
    }
    if was.retry != is.retry {
        let (old, new) = (&was.retry, &is.retry);
        let message = format!(
            "the retry class of {} was `{old}`, and is now `{new}`",
            pair.shown()
        );
        let change = pair.of_error(rules::RETRY_CHANGED, Part::Retry, message);
        comparison.add(change.from_to(old.as_str(), new.as_str()));
    }
}

fn history(comparison: &mut Comparison, pair: Pair) {
    let Pair { was, is } = pair;
    let name = pair.shown();
    let since = |it: &Option<Text>| it.as_deref().unwrap_or("none").to_owned();
    match (&was.deprecated, &is.deprecated) {
        (None, Some(now)) => {
            let message = format!("{name} is deprecated");
            let change = pair.of_error(rules::ERROR_DEPRECATED, Part::Deprecated, message);
            comparison.add(change.from_to(Value::Null, now.since.as_str()));
        }
        (Some(before), None) if is.retired.is_none() => {
            let message = format!("{name} is no longer deprecated");
            let change = pair.of_error(rules::DEPRECATION_WITHDRAWN, Part::Whole, message);
            comparison.add(change.from_to(before.since.as_str(), Value::Null));
        }
        (Some(before), Some(now)) if before.since != now.since => {
            let (old, new) = (&before.since, &now.since);
            let message = format!("{name} was deprecated since {old}, and now is since {new}");
            let change = pair.of_error(rules::HISTORY_CHANGED, Part::Deprecated, message);
            comparison.add(change.from_to(old.as_str(), new.as_str()));
        }
        (Some(before), Some(now)) if before.r#use != now.r#use => {
            let (old, new) = (since(&before.r#use), since(&now.r#use));
            let message = format!("the successor of {name} was `{old}`, and is now `{new}`");
            let change = pair.of_error(rules::HISTORY_CHANGED, Part::Deprecated, message);
            comparison.add(change.from_to(before.r#use.as_deref(), now.r#use.as_deref()));
        }
        _ => {}
    }
    match (&was.retired, &is.retired) {
        (None, Some(now)) => {
            let message = format!("{name} is retired");
            let change = pair.of_error(rules::ERROR_RETIRED, Part::Retired, message);
            comparison.add(change.from_to(Value::Null, now.as_str()));
        }
        (Some(before), None) => {
            let message = format!("{name} is no longer retired");
            let change = pair.of_error(rules::ERROR_RESTORED, Part::Whole, message);
            comparison.add(change.from_to(before.as_str(), Value::Null));
        }
        (Some(old), Some(new)) if old != new => {
            let message = format!("{name} was retired since {old}, and now is since {new}");
            let change = pair.of_error(rules::HISTORY_CHANGED, Part::Retired, message);
            comparison.add(change.from_to(old.as_str(), new.as_str()));
        }
        _ => {}
    }
    if was.since != is.since {
        let (old, new) = (since(&was.since), since(&is.since));
        let message = format!("{name} was there since {old}, and now is since {new}");
        let change = pair.of_error(rules::HISTORY_CHANGED, Part::Since, message);
        comparison.add(change.from_to(was.since.as_deref(), is.since.as_deref()));
    }
}
