//! The format of a file that a catalogue includes, and how its content becomes part of the catalogue.

use std::collections::HashMap;
use std::sync::Arc;

use super::catalog::{Category, Group};
use super::error::Error;
use super::kind::{Kind, shape};
use super::kinds::{ID, List};
use super::raw::{self, Scalar};
use super::shape::Constraint;
use crate::diagnostic::{Diagnostic, Rule, Source, Span, did_you_mean, push, rules, use_one_of};

shape! {
    /// A file that a catalogue includes: categories, or more errors of a category that is in another file.
    Included as "an included file",
    Constraint::AnyOf(&["categories", "category"]),
    Constraint::AnyOf(&["categories", "errors", "groups"]),
    Constraint::NotBoth(["categories", "category"]),
    Constraint::NotBoth(["categories", "group"]),
    Constraint::NotBoth(["categories", "errors"]),
    Constraint::NotBoth(["categories", "groups"]),
    Constraint::NotBoth(["group", "groups"]);

    /// Categories of the catalogue, after those of earlier files.
    optional "categories" => categories and has_list: List("categories", Category), [{
        "id": "request",
        "title": { "en": "Request" },
        "errors": [{
            "code": 1,
            "id": "not_found",
            "http": 404,
            "message": "Not found",
            "description": { "en": "There is nothing at this address." }
        }]
    }];
    /// Instead of `categories`: the id of the category, in any file, that `errors` and `groups` belong to.
    optional "category" => category and has_category: ID, "payment";
    /// The id of the group in that category that `errors` belong to.
    optional "group" => group: ID, "card";
    /// More errors of that category, or of that group, after its own.
    optional "errors" => errors and has_list: List("errors", Error), [{
        "code": 4001,
        "id": "card_expired",
        "http": 402,
        "message": "Card expired",
        "description": { "en": "The card has expired. Use another one." }
    }];
    /// More groups of that category, after its own.
    optional "groups" => groups and has_list: List("groups", Group), [{
        "id": "transfer",
        "title": { "en": "Bank transfer" },
        "errors": [{
            "code": 4100,
            "id": "account_unknown",
            "http": 402,
            "message": "Unknown account",
            "description": { "en": "The bank does not know the account." }
        }]
    }];
}

/// Adds the content of included files to a catalogue: first categories, then what belongs to a category or a group, so that a
/// file can add to a category of any other file.
pub fn add<'a>(
    source: &Arc<Source>,
    catalog: &mut raw::Catalog<'a>,
    mut files: Vec<raw::Included<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut report = |rule, span, message: String, help: String| {
        let diagnostic = Diagnostic::at(rule, source, span, message);
        push(diagnostics, diagnostic.help(help));
    };
    for file in &mut files {
        check_keys(file, &mut report);
        catalog.categories.append(&mut file.categories);
    }
    let places = places(catalog.categories.iter().map(|it| it.id.as_ref()));
    // Groups first: a file can add to one of another file.
    for file in &mut files {
        let Some(id) = &file.category else { continue };
        let Some(place) = places.get(id.value.as_ref()) else {
            let help = help(id, places.keys());
            let message = format!("no file has a category with the id `{}`", id.value);
            report(rules::UNKNOWN_CATEGORY, id.span, message, help);
            continue;
        };
        let category = &mut catalog.categories[*place];
        category.groups.append(&mut file.groups);
        if file.group.is_none() {
            category.errors.append(&mut file.errors);
        }
    }
    add_to_groups(&mut catalog.categories, &places, files, &mut report);
}

/// Adds the errors of the files that name a group.
fn add_to_groups<'a>(
    categories: &mut [raw::Category<'a>],
    places: &Places,
    files: Vec<raw::Included<'a>>,
    report: &mut impl FnMut(&'static Rule, Span, String, String),
) {
    let mut groups: HashMap<usize, Places> = HashMap::new();
    for mut file in files {
        let (Some(category), Some(id)) = (&file.category, &file.group) else {
            continue;
        };
        let Some(place) = places.get(category.value.as_ref()) else {
            continue;
        };
        let own = &mut categories[*place].groups;
        let known = groups
            .entry(*place)
            .or_insert_with(|| self::places(own.iter().map(|it| it.id.as_ref())));
        if let Some(place) = known.get(id.value.as_ref()) {
            own[*place].errors.append(&mut file.errors);
        } else {
            let help = help(id, known.keys());
            let message = format!(
                "the category `{}` has no group with the id `{}`",
                category.value, id.value
            );
            report(rules::UNKNOWN_CATEGORY, id.span, message, help);
        }
    }
}

/// The first place of each id in a list.
type Places = HashMap<String, usize>;

fn places<'a>(ids: impl Iterator<Item = Option<&'a Scalar<'a>>>) -> Places {
    let mut places = Places::new();
    for (place, id) in ids.enumerate() {
        if let Some(id) = id {
            places.entry(id.value.to_string()).or_insert(place);
        }
    }
    places
}

fn help<'a>(id: &Scalar, known: impl Iterator<Item = &'a String>) -> String {
    let mut known: Vec<_> = known.map(String::as_str).collect();
    if known.is_empty() {
        return "define it in this file or in another one".to_owned();
    }
    known.sort_unstable();
    let names = || known.iter().copied();
    did_you_mean(&id.value, names(), || use_one_of(names()))
}

/// Reports keys that do not go together, and those that are missing.
fn check_keys(file: &raw::Included, report: &mut impl FnMut(&'static Rule, Span, String, String)) {
    let mut conflict = |span: Span, key: &str, other: &str, help: &str| {
        let message = format!("an included file with `{other}` cannot have `{key}`");
        report(rules::KEY_CONFLICT, span, message, help.to_owned());
    };
    let groups = file.groups.first().map(|it| it.id.as_ref());
    let errors = file.errors.first().map(|it| it.id.as_ref());
    let span = |id: Option<&Scalar>| id.map_or(file.span, |id| id.span);
    if !file.categories.is_empty() {
        let keys = [
            ("category", file.category.as_ref().map(Some)),
            ("group", file.group.as_ref().map(Some)),
            ("errors", errors),
            ("groups", groups),
        ];
        for (key, id) in keys {
            if let Some(id) = id {
                let help = "use one file for each: `categories`, or what belongs to a category that is elsewhere";
                conflict(span(id), key, "categories", help);
            }
        }
        return;
    }
    if let (Some(_), Some(id)) = (&file.group, groups) {
        let help = "move the groups to a file of their own: a group has no groups";
        conflict(span(id), "groups", "group", help);
    }
    let is_of_category = file.has_category;
    if !is_of_category && (file.group.is_some() || errors.is_some() || groups.is_some()) {
        let message = "missing key `category` in an included file".to_owned();
        let help = "name the category that the errors belong to, or write `categories`";
        report(rules::MISSING_KEY, file.span, message, help.to_owned());
    } else if !file.has_list {
        let (keys, help) = if is_of_category {
            ("`errors` or `groups`", "add the errors, or remove the file")
        } else {
            (
                "`categories` or `category`",
                "add errors, or remove the file",
            )
        };
        let message = format!("missing key {keys} in an included file");
        report(rules::MISSING_KEY, file.span, message, help.to_owned());
    }
}
