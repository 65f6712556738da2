//! Changes what a catalogue says of an error, or its locales, and leaves everything else in its text as it is, comments and formatting included.

mod add;
mod place;

pub use add::{NewError, add, append, quoted, scalar};
pub use place::{add_entry, insert, insert_after, replace};

use place::entry_around;

use std::collections::BTreeSet;

use crate::diagnostic::{Edit, Fix, Source, Span};
use crate::parse::NEXT;
use crate::parse::raw::{self, Scalar};

/// Why a change cannot be made in the text, and what to do.
pub struct Refusal {
    /// Where. `None` if it is not about a place.
    pub place: Option<Span>,
    pub message: String,
    pub help: String,
}

impl Refusal {
    fn at(place: Option<Span>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// The error with an id, or with a code.
pub fn find<'b, 'a>(catalog: &'b raw::Catalog<'a>, wanted: &str) -> Option<&'b raw::Error<'a>> {
    let by_id = |error: &&raw::Error| error.id.as_ref().is_some_and(|id| id.value == wanted);
    let by_code = |error: &&raw::Error| {
        let code = error.code.as_ref();
        code.is_some_and(|code| match &code.value {
            raw::Code::Integer(code) => code.to_string() == wanted,
            raw::Code::Text(code) => *code == wanted,
        })
    };
    let mut errors = catalog.errors();
    errors
        .find(by_id)
        .or_else(|| catalog.errors().find(by_code))
}

/// Retires an error with the coming release. One that is deprecated says so no longer.
///
/// # Errors
///
/// If it is retired already, or has no line to write after, or if its deprecation says more than errgen can take over.
pub fn retire(source: &Source, error: &raw::Error) -> Result<Fix, Refusal> {
    if let Some(retired) = &error.retired {
        let place = retired.since.as_ref().map(|since| since.span);
        return Err(Refusal::at(
            place,
            "this error is retired already",
            "change what it says by hand",
        ));
    }
    let value = format!("{{ since: {NEXT} }}");
    let Some(deprecated) = &error.deprecated else {
        return added(source, error, "retired", &value);
    };
    let since = deprecated.since.as_ref().map(|since| since.span);
    let entry = since.filter(|_| deprecated.note.is_none());
    let entry = entry.and_then(|since| entry_around(source, "deprecated", since));
    let Some(span) = entry else {
        return Err(Refusal::at(
            since,
            "errgen cannot take over what the deprecation says",
            "write `retired` in place of `deprecated` by hand",
        ));
    };
    Ok(Fix::replace(span, format!("retired: {value}"), "retire it"))
}

/// Deprecates an error with the coming release, in favour of another one.
///
/// # Errors
///
/// If it is deprecated or retired already, or has no line to write after.
pub fn deprecate(source: &Source, error: &raw::Error, r#use: Option<&str>) -> Result<Fix, Refusal> {
    let before = error
        .deprecated
        .as_ref()
        .map(|it| (it.since.as_ref(), "deprecated"));
    let before = before.or_else(|| Some((error.retired.as_ref()?.since.as_ref(), "retired")));
    if let Some((since, how)) = before {
        return Err(Refusal::at(
            since.map(|since| since.span),
            format!("this error is {how} already"),
            "change what it says by hand",
        ));
    }
    let successor = r#use.map_or_else(String::new, |id| format!(", use: {id}"));
    let value = format!("{{ since: {NEXT}{successor} }}");
    added(source, error, "deprecated", &value)
}

/// Gives an error another id. The old one stays among those that it had, unless nobody can know it yet, and what refers to the
/// error refers to its new id.
///
/// # Errors
///
/// If it has no line to write after.
pub fn change_id(
    source: &Source,
    catalog: &raw::Catalog,
    error: &raw::Error,
    new: &str,
) -> Result<Fix, Refusal> {
    let Some(id) = &error.id else {
        return Err(no_place(error));
    };
    let mut edits = Vec::new();
    // An error without an id has its code for one: the value then stands at the code.
    let is_own = error.has_id;
    if is_own {
        edits.push(replace(source, id, new));
    }
    let is_released = error.since.as_ref().is_none_or(|since| since.value != NEXT);
    let mut values = Vec::new();
    if !is_own {
        values.push(("id", new.to_owned()));
    }
    if is_released {
        // What it is called again is none of its former names.
        let again = error.renamed_from.iter().find(|it| it.value == new);
        match again.map(|it| replace(source, it, &id.value)) {
            Some(edit) => edits.push(edit),
            None => match error.renamed_from.last() {
                Some(last) => edits.push(add_to_list(source, last, &id.value)),
                None => values.push(("renamed_from", format!("[{}]", id.value))),
            },
        }
    }
    if let Some((key, value)) = values.first() {
        let value = values[1..]
            .iter()
            .fold(value.clone(), |text, (key, value)| {
                joined(source, error, &text, key, value)
            });
        edits.push(insert(source, error, key, &value).ok_or_else(|| no_place(error))?);
    }
    let references = catalog
        .errors()
        .filter_map(|it| it.deprecated.as_ref()?.r#use.as_ref());
    let references = references.filter(|it| it.value == id.value);
    edits.extend(references.map(|it| replace(source, it, new)));
    Ok(Fix {
        description: format!("rename {} to {new}", id.value),
        edits,
    })
}

/// Marks each text for readers as missing in a locale that the catalogue has not had before, for translators to write it.
///
/// Returns how many there are.
pub fn mark_missing(source: &Source, catalog: &raw::Catalog, tag: &str) -> (Fix, usize) {
    let errors = catalog.errors().flat_map(raw::Error::texts_by_locale);
    let texts = catalog.texts_by_locale().chain(errors);
    let entry = format!("{tag}: ~");
    let edits: Vec<_> = texts
        .filter_map(|it| add_entry(source, it, &entry))
        .collect();
    let count = edits.len();
    let description = format!("mark what is missing in {tag}");
    (Fix { description, edits }, count)
}

/// Adds a locale to those of the catalogue.
///
/// # Errors
///
/// If the catalogue has it, or lists no locales.
pub fn add_locale(source: &Source, catalog: &raw::Catalog, tag: &str) -> Result<Fix, Refusal> {
    let locales = catalog.locales.as_deref().unwrap_or_default();
    if let Some(there) = locales.iter().find(|it| it.value == tag) {
        let message = format!("the catalogue has the locale `{tag}` already");
        return Err(Refusal::at(
            Some(there.span),
            message,
            "`errgen lint` lists the texts that it lacks",
        ));
    }
    let Some(last) = locales.last() else {
        return Err(Refusal::at(
            None,
            "the catalogue lists no locales",
            "write `locales: [en]` first",
        ));
    };
    Ok(Fix {
        description: format!("add the locale {tag}"),
        edits: vec![add_to_list(source, last, tag)],
    })
}

/// The codes that errors of a catalogue have.
fn codes<'a, 'b>(catalog: &'b raw::Catalog<'a>) -> BTreeSet<&'b raw::Code<'a>> {
    let codes = catalog.errors().filter_map(|error| error.code.as_ref());
    codes.map(|code| &code.value).collect()
}

fn added(source: &Source, error: &raw::Error, key: &str, value: &str) -> Result<Fix, Refusal> {
    let edit = insert(source, error, key, value).ok_or_else(|| no_place(error))?;
    Ok(Fix {
        description: format!("add `{key}`"),
        edits: vec![edit],
    })
}

fn no_place(error: &raw::Error) -> Refusal {
    Refusal::at(
        error.code.as_ref().map(|code| code.span),
        "errgen finds no line of this error to write after",
        "write it by hand",
    )
}

/// A second key after the first, in the same way.
fn joined(source: &Source, error: &raw::Error, text: &str, key: &str, value: &str) -> String {
    match insert(source, error, key, value) {
        Some(second) => format!("{text}{}", second.text),
        None => text.to_owned(),
    }
}

/// Another item after the last one of a list.
fn add_to_list(source: &Source, last: &Scalar, item: &str) -> Edit {
    let text = &source.text;
    let line_start = text[..last.span.start as usize]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let before = &text[line_start..last.span.start as usize];
    let dash = before.trim_end().strip_suffix('-');
    match dash.filter(|indent| indent.trim().is_empty()) {
        Some(indent) => {
            let rest = text[last.span.end as usize..]
                .split('\n')
                .next()
                .unwrap_or_default();
            let (rest, line_end) = match rest.strip_suffix('\r') {
                Some(rest) => (rest, "\r\n"),
                None => (rest, "\n"),
            };
            let end = last.span.end as usize + rest.len();
            Edit {
                span: Span::new(end..end),
                text: format!("{line_end}{indent}- {item}"),
            }
        }
        None => Edit {
            span: Span {
                start: last.span.end,
                end: last.span.end,
            },
            text: format!(", {item}"),
        },
    }
}
