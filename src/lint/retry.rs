//! Lints of what a catalogue says about retrying.

use std::rc::Rc;

use super::errors::status;
use super::{Entry, Linter};
use crate::catalog::{RETRIES, Retry, meaning_of};
use crate::diagnostic::rules;
use crate::parse::raw::Scalar;

/// Client errors for which a retry can succeed: request timeout, conflict, locked, too early, and too many requests
/// (RFC 9110, RFC 4918, RFC 8470, RFC 6585).
const TRANSIENT_CLIENT_ERRORS: &[u16] = &[408, 409, 423, 425, 429];

/// What texts say of a request that may succeed later, in small letters. "Log in and try again" is of another request.
const TRY_AGAIN: &[&str] = &[
    "try again later",
    "try again in a ",
    "try later",
    "retry later",
    "später erneut",
    "später noch einmal",
    "réessayez plus tard",
    "réessayer plus tard",
    "ultérieurement",
    "más tarde",
    "mais tarde",
    "più tardi",
    "稍後再試",
    "稍后再试",
    "稍後重試",
    "稍后重试",
    "後でもう一度",
    "しばらくして",
    "나중에 다시",
];

pub(super) fn retry_contradicts_status(linter: &mut Linter) {
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let Some(status) = status(&entry) else {
            continue;
        };
        let Some((written, label)) = retry_of(&entry) else {
            continue;
        };
        // Validation reports an unknown one.
        let Some(retry) = meaning_of(RETRIES, &written.value) else {
            continue;
        };
        let help = match (status.value, retry) {
            (429, Retry::Throttled) | (503, Retry::Transient | Retry::Throttled) => continue,
            (429, _) => "use `throttled`: 429 tells clients to slow down",
            (503, _) => "use `transient` or `throttled`: 503 tells clients to try again",
            (_, Retry::Throttled) => "use 429 or 503: they tell clients to slow down",
            (400..=499, Retry::Transient) if !TRANSIENT_CLIENT_ERRORS.contains(&status.value) => {
                "use `never`, or another status: this one says that the same request would fail again"
            }
            _ => continue,
        };
        let message = format!(
            "the status {} contradicts the retry class `{}`",
            status.value,
            retry.name()
        );
        let diagnostic = linter
            .at(rules::RETRY_CONTRADICTS_STATUS, status.span, message)
            .related(written.span, label)
            .help(help);
        linter.report(Some(entry), status.relate(diagnostic));
    }
}

pub(super) fn server_error_without_retry(linter: &mut Linter) {
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let Some(status) = status(&entry).filter(|it| (500..=599).contains(&it.value)) else {
            continue;
        };
        if entry.raw.retired.is_some() || retry_of(&entry).is_some() {
            continue;
        }
        let diagnostic = linter
            .at(
                rules::SERVER_ERROR_WITHOUT_RETRY,
                status.span,
                "the catalogue does not say whether this server error can be retried",
            )
            .help("add `retry:` to the error, its group or its category; without it, clients go by the status");
        linter.report(Some(entry), status.relate(diagnostic));
    }
}

pub(super) fn retry_contradicts_text(linter: &mut Linter) {
    for text in Rc::clone(&linter.texts).iter() {
        let Some(entry) = text.owner.filter(|entry| entry.raw.retired.is_none()) else {
            continue;
        };
        let written = retry_of(&entry);
        let status = status(&entry);
        let class = match written {
            Some((retry, _)) => meaning_of(RETRIES, &retry.value),
            None => status.map(|status| Retry::of_status(status.value)),
        };
        if class != Some(Retry::Never) {
            continue;
        }
        let lower = text.scalar.value.to_lowercase();
        let Some(words) = TRY_AGAIN.iter().find(|words| lower.contains(**words)) else {
            continue;
        };
        let words = words.trim_end();
        let message = format!("this text says \"{words}\", but the retry class is `never`");
        let mut diagnostic = linter
            .at(rules::RETRY_CONTRADICTS_TEXT, text.scalar.span, message)
            .help("use `retry: transient` or `throttled`, or say what to change first");
        let because = match (written, status) {
            (Some((retry, label)), _) => Some((retry.span, label)),
            (None, status) => status.map(|status| (status.place(), "the class of this status")),
        };
        if let Some((span, label)) = because {
            diagnostic = diagnostic.related(span, label);
        }
        linter.report(Some(entry), diagnostic);
    }
}

/// The retry class of an error, where it is set: on the error, its group or its category.
fn retry_of<'a>(entry: &Entry<'a>) -> Option<(&'a Scalar<'a>, &'static str)> {
    let group = entry.group.and_then(|group| group.retry.as_ref());
    let places = [
        (entry.raw.retry.as_ref(), "the retry class"),
        (group, "the group's retry class"),
        (entry.category.retry.as_ref(), "the category's retry class"),
    ];
    let mut written = places.into_iter();
    written.find_map(|(retry, label)| Some((retry?, label)))
}
