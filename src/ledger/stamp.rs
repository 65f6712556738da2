//! Writes the version of a release into a catalogue, and leaves everything else in it as it is.

use super::Ledger;
use crate::diagnostic::{Edit, Fix, Source, Span};
use crate::parse::NEXT;
use crate::parse::raw::{self, Scalar};

/// The version in place of the catalogue's and of every `next`, and as `since` of the errors that are new to the ledger and state
/// none.
pub fn stamps(source: &Source, raw: &raw::Catalog, ledger: Option<&Ledger>, version: &str) -> Fix {
    let mut edits = Vec::new();
    if let Some(own) = &raw.version {
        edits.push(replace(source, own, version));
    }
    for error in raw.errors() {
        let next = sinces(error).filter(|since| since.value == NEXT);
        edits.extend(next.map(|since| replace(source, since, version)));
        if is_unstamped(error, ledger, version) {
            edits.extend(insert(source, error, version));
        }
    }
    Fix {
        description: format!("release {version}"),
        edits,
    }
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
    error.since.is_none() && code.is_some_and(|code| is_new(&code.value))
}

fn sinces<'a, 'b>(error: &'b raw::Error<'a>) -> impl Iterator<Item = &'b Scalar<'a>> {
    let deprecated = error.deprecated.as_ref().and_then(|it| it.since.as_ref());
    let retired = error.retired.as_ref().and_then(|it| it.since.as_ref());
    error.since.iter().chain(deprecated).chain(retired)
}

/// Replaces a value, but not its quotation marks.
fn replace(source: &Source, scalar: &Scalar, text: &str) -> Edit {
    Edit {
        span: scalar.part(source, 0, scalar.value.len()),
        text: text.to_owned(),
    }
}

/// Adds `since` after the code and the id of an error: on a line of its own, or in braces after a comma.
fn insert(source: &Source, error: &raw::Error, version: &str) -> Option<Edit> {
    let code = error.code.as_ref()?.span;
    let id = error.id.as_ref().map_or(code, |id| id.span);
    let last = code.max(id);
    let in_braces = || Edit {
        span: Span {
            start: last.end,
            end: last.end,
        },
        text: format!(", since: {version}"),
    };
    let indents = [code, id].map(|span| indent(source, span));
    let [Some(_), Some(_)] = indents else {
        return Some(in_braces());
    };
    let indent = " ".repeat(indent(source, last)?);
    let line = line_after(source, last);
    let (line, line_end) = match line.strip_suffix('\r') {
        Some(line) => (line, "\r\n"),
        None => (line, "\n"),
    };
    let end = last.end as usize + line.len();
    Some(Edit {
        span: Span::new(end..end),
        text: format!("{line_end}{indent}since: {version}"),
    })
}

/// How far the key of a value is indented, if both have a line of their own.
fn indent(source: &Source, span: Span) -> Option<usize> {
    let after = line_after(source, span).trim();
    if !(after.is_empty() || after.starts_with('#')) {
        return None;
    }
    let before = &source.text[..span.start as usize];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let key = line.trim_start_matches(['-', ' ']);
    let name = key.trim_end().strip_suffix(':')?;
    let name = name.trim_matches(['"', '\'']);
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_name.then_some(line.len() - key.len())
}

/// The rest of the line after a value, without its line break.
fn line_after(source: &Source, span: Span) -> &str {
    let rest = &source.text[span.end as usize..];
    rest.split('\n').next().unwrap_or_default()
}
