//! Writes the version of a release into a catalogue, and leaves everything else in it as it is.

use semver::Version;

use super::Ledger;
use super::entry::Code;
use crate::diagnostic::{Fix, Source, Span};
use crate::edit::{insert, replace};
use crate::parse::NEXT;
use crate::parse::raw::{self, Scalar};

/// The version in place of the catalogue's and of every `next`, and as `since` of the errors that are new to the ledger and state
/// none.
///
/// # Errors
///
/// The code of an error that has no line to write `since` after.
pub fn stamps(
    source: &Source,
    raw: &raw::Catalog,
    ledger: Option<&Ledger>,
    version: &str,
) -> Result<Fix, Span> {
    let mut edits = Vec::new();
    if let Some(own) = &raw.version {
        edits.push(replace(source, own, version));
    }
    for error in raw.errors() {
        let next = sinces(error).filter(|since| since.value == NEXT);
        edits.extend(next.map(|since| replace(source, since, version)));
        if let Some(code) = &error.code
            && is_unstamped(error, ledger, version)
        {
            edits.push(insert(source, error, "since", version).ok_or(code.span)?);
        }
    }
    Ok(Fix {
        description: format!("release {version}"),
        edits,
    })
}

/// Whether all errors of a release state a version.
pub fn is_stamped(raw: &raw::Catalog, ledger: Option<&Ledger>, version: &str) -> bool {
    let mut errors = raw.errors();
    errors.all(|error| {
        let mut sinces = sinces(error);
        sinces.all(|since| since.value != NEXT) && !is_unstamped(error, ledger, version)
    })
}

/// Whether an error is new in a release, and does not say so.
fn is_unstamped(error: &raw::Error, ledger: Option<&Ledger>, version: &str) -> bool {
    let is_new = |code| ledger.is_none_or(|ledger| ledger.is_new_in(code, version));
    let code = error.code.as_ref();
    error.since.is_none()
        && code.is_some_and(|code| is_new(&code.value))
        && !has_ended_before(error, version)
}

/// Whether an error was deprecated or retired before a release, and so was there before it.
fn has_ended_before(error: &raw::Error, version: &str) -> bool {
    let mut sinces = sinces(error).filter_map(|it| Version::parse(&it.value).ok());
    sinces.any(|since| Version::parse(version).is_ok_and(|version| since < version))
}

/// The first error that the last release has a version for, and that still says nothing or `next`: the release was interrupted.
pub fn unfinished<'b, 'a>(
    raw: &'b raw::Catalog<'a>,
    ledger: &Ledger,
) -> Option<&'b raw::Spanned<raw::Code<'a>>> {
    let last = ledger.releases.last()?.text();
    let is_next = |since: Option<&Scalar>| since.is_some_and(|it| it.value == NEXT);
    raw.errors().find_map(|error| {
        let code = error.code.as_ref()?;
        let released = ledger.error(&Code::from(&code.value))?.error;
        // Another error under its code is not what the release was to write to.
        error.id.as_ref().filter(|id| id.value == *released.id)?;
        let is_unfinished = is_unstamped(error, Some(ledger), last)
            || released.since.as_deref() == Some(last) && is_next(error.since.as_ref())
            || released
                .deprecated
                .as_ref()
                .is_some_and(|it| *it.since == *last)
                && is_next(error.deprecated.as_ref().and_then(|it| it.since.as_ref()))
            || released.retired.as_deref() == Some(last)
                && is_next(error.retired.as_ref().and_then(|it| it.since.as_ref()));
        is_unfinished.then_some(code)
    })
}

fn sinces<'a, 'b>(error: &'b raw::Error<'a>) -> impl Iterator<Item = &'b Scalar<'a>> {
    let deprecated = error.deprecated.as_ref().and_then(|it| it.since.as_ref());
    let retired = error.retired.as_ref().and_then(|it| it.since.as_ref());
    error.since.iter().chain(deprecated).chain(retired)
}
