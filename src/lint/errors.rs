//! Lints of everything but texts and versions: statuses, ids, messages that should differ, and missing successors.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Entry, Linter};
use crate::diagnostic::{Diagnostic, Span, rules};
use crate::parse::raw::{Message, Scalar};

/// How many errors of a group must have the same status for another one to stand out.
const AGREEING: usize = 3;

/// Statuses whose responses have no content, beside those below 200 (RFC 9110): no content, reset content, and not modified.
const WITHOUT_BODY: &[u16] = &[204, 205, 304];

pub(super) fn duplicate_message(linter: &mut Linter) {
    // The message that has a text first, with the place of that.
    let mut seen: HashMap<(usize, &str), (&Message, Span)> = HashMap::new();
    for entry in Rc::clone(&linter.entries).iter().copied() {
        // Servers no longer send retired errors.
        if entry.raw.retired.is_some() {
            continue;
        }
        let (category, _) = entry.heading;
        // Cases with codes are told apart by these.
        let cases = entry.raw.cases.iter().filter(|case| case.code.is_none());
        let cases = cases.filter_map(|case| case.message.as_ref());
        let messages = entry.raw.message.iter().chain(cases);
        let texts = messages.flat_map(|it| it.texts().map(move |(_, text)| (it, text)));
        for (message, text) in texts {
            let own = (message, text.span);
            let (other, first) = *seen.entry((category, &text.value)).or_insert(own);
            if std::ptr::eq(other, message) {
                continue;
            }
            let diagnostic = linter
                .at(
                    rules::DUPLICATE_MESSAGE,
                    text.span,
                    "another error in this category has the same message",
                )
                .related(first, "first used here")
                .help("say what is different about this error, or merge the two");
            linter.report(Some(entry), diagnostic);
        }
    }
}

/// An error's HTTP status.
#[derive(Clone, Copy)]
pub(super) struct Status {
    pub value: u16,
    /// Where the error sets it, or else its id.
    pub span: Span,
    /// Where its group or its category sets it.
    inherited: Option<(Span, &'static str)>,
}

impl Status {
    /// Names the place of an inherited status.
    pub fn relate(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.inherited {
            Some((span, label)) => diagnostic.related(span, label),
            None => diagnostic,
        }
    }

    /// Where it is set.
    pub fn place(&self) -> Span {
        self.inherited.map_or(self.span, |(span, _)| span)
    }
}

/// An error's own status, or that of its group or its category.
pub(super) fn status(entry: &Entry) -> Option<Status> {
    let no_error = entry.raw.no_error.as_ref();
    // A success has its own, and no error is like it.
    if no_error.is_some_and(|it| it.value == "true") {
        return None;
    }
    if entry.raw.has_http {
        let http = entry.raw.http.as_ref()?;
        return Some(Status {
            value: http.value.parse().ok()?,
            span: http.span,
            inherited: None,
        });
    }
    let group = entry.group.filter(|group| group.has_http);
    let (http, label) = match group {
        Some(group) => (group.http.as_ref()?, "the group's status"),
        None => (entry.category.http.as_ref()?, "the category's status"),
    };
    Some(Status {
        value: http.value.parse().ok()?,
        span: entry.raw.id.as_ref()?.span,
        inherited: Some((http.span, label)),
    })
}

pub(super) fn status_without_body(linter: &mut Linter) {
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let Some(status) = status(&entry) else {
            continue;
        };
        let number = status.value;
        if !matches!(number, 100..=199) && !WITHOUT_BODY.contains(&number) {
            continue;
        }
        let message = format!(
            "a response with the status {number} has no body, so clients cannot read this error from it"
        );
        let diagnostic = linter
            .at(rules::STATUS_WITHOUT_BODY, status.span, message)
            .help("use a status whose responses have a body");
        linter.report(Some(entry), status.relate(diagnostic));
    }
}

pub(super) fn lone_status(linter: &mut Linter) {
    let entries = Rc::clone(&linter.entries);
    let same_group = |a: &Entry, b: &Entry| a.group.is_some() && a.heading == b.heading;
    for group in entries.chunk_by(same_group) {
        let Some((lone, status, common)) = lone(group) else {
            continue;
        };
        let message = format!(
            "of the {} errors in this group, only this one has the status {}; all others have {common}",
            group.len(),
            status.value
        );
        let diagnostic = linter.at(rules::LONE_STATUS, status.span, message).help(
            "check whether the status is a mistake, or whether the error belongs in another group",
        );
        linter.report(Some(lone), status.relate(diagnostic));
    }
}

/// The only error of a group with a different status than all others, its status, and theirs.
fn lone<'a>(group: &[Entry<'a>]) -> Option<(Entry<'a>, Status, u16)> {
    if group.len() <= AGREEING {
        return None;
    }
    let statuses: Option<Vec<_>> = group.iter().map(status).collect();
    let statuses = statuses?;
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for status in &statuses {
        *counts.entry(status.value).or_default() += 1;
    }
    let with = |wanted: usize| {
        statuses
            .iter()
            .position(|status| counts[&status.value] == wanted)
    };
    let (lone, other) = (with(1)?, with(group.len() - 1)?);
    Some((group[lone], statuses[lone], statuses[other].value))
}

pub(super) fn id_repeats_parent(linter: &mut Linter) {
    for category in &linter.raw.categories {
        let Some(parent) = &category.id else { continue };
        for id in category.groups.iter().filter_map(|group| group.id.as_ref()) {
            repeats(linter, None, id, &parent.value, "the id of its category");
        }
    }
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let Some(id) = &entry.raw.id else { continue };
        let group = entry.group.filter(|_| entry.raw.has_id);
        let group = group.and_then(|group| group.id.as_ref());
        if let (Some(category), Some(group)) = (&entry.category.id, group) {
            let parents = format!("{}_{}", category.value, group.value);
            repeats(
                linter,
                Some(entry),
                id,
                &parents,
                "the ids of its category and its group",
            );
        }
        for case in entry.raw.cases.iter().filter_map(|case| case.id.as_ref()) {
            repeats(linter, Some(entry), case, &id.value, "the id of its error");
        }
    }
}

fn repeats<'a>(
    linter: &mut Linter<'a>,
    owner: Option<Entry<'a>>,
    id: &Scalar<'a>,
    parent: &str,
    what: &str,
) {
    let rest = id.value.strip_prefix(parent);
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix('_')) else {
        return;
    };
    let message = format!("the id `{}` repeats {what}", id.value);
    let diagnostic = linter
        .at(rules::ID_REPEATS_PARENT, id.span, message)
        .help(format!("use `{rest}`, which says the same"));
    linter.report(owner, diagnostic);
}

pub(super) fn deprecated_without_successor(linter: &mut Linter) {
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let Some(deprecated) = &entry.raw.deprecated else {
            continue;
        };
        if let (None, Some(since)) = (&deprecated.r#use, &deprecated.since) {
            let diagnostic = linter
                .at(
                    rules::DEPRECATED_WITHOUT_SUCCESSOR,
                    since.span,
                    "this deprecated error does not name its successor",
                )
                .help("name the successor with `use:`, or make the error `retired` if it is no longer sent");
            linter.report(Some(entry), diagnostic);
        }
    }
}
