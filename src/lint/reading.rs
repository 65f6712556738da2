//! Lints of messages that modules cannot read back.

use std::rc::Rc;

use super::{Entry, Linter};
use crate::catalog::{Piece, ReadBack, Text, Tried, Wire, read_back, trial};
use crate::diagnostic::rules;
use crate::parse::raw::{self, Scalar};

pub(super) fn message_not_read_back(linter: &mut Linter) {
    let Some(catalog) = linter.catalog else {
        return;
    };
    let entries = Rc::clone(&linter.entries);
    for (entry, (_, _, error)) in entries.iter().copied().zip(catalog.errors()) {
        // Servers no longer send retired errors.
        if error.retired.is_some() {
            continue;
        }
        let trial = trial(&error.messages);
        for text in &trial {
            check(linter, entry, text, &trial, &catalog.wire);
        }
    }
}

fn check<'a>(
    linter: &mut Linter<'a>,
    entry: Entry<'a>,
    text: &Tried,
    trial: &[Tried],
    wire: &Wire,
) {
    let read = read_back(text, trial, wire);
    if matches!(read, ReadBack::Same | ReadBack::Unknown) {
        return;
    }
    let Some(scalar) = written(entry.raw, text) else {
        return;
    };
    let at = |what: String| linter.at(rules::MESSAGE_NOT_READ_BACK, scalar.span, what);
    let diagnostic = match read {
        ReadBack::Same | ReadBack::Unknown => return,
        ReadBack::OtherCase(other) => {
            let id = other.case.map_or("", |case| case.id);
            let diagnostic = at(format!(
                "filled with its examples, this message is read as the case `{id}`"
            ))
            .help("use other words in one of them: the message with more literal text is tried first");
            match written(entry.raw, &other) {
                Some(other) => diagnostic.related(other.span, "this message is tried first"),
                None => diagnostic,
            }
        }
        ReadBack::OtherValues => match touching(text.text) {
            Some((first, second)) => at(format!(
                "nothing stands between the parameters `{first}` and `{second}`, so modules cannot tell their values apart"
            ))
            .help("put text between them, or make them one parameter"),
            None => at(
                "filled with its examples, this message is read back with other values".to_owned(),
            )
            .help("use an example that does not contain the text after its parameter, or other text between the parameters"),
        },
    };
    linter.report(Some(entry), diagnostic);
}

/// A text as it is written in the catalogue.
fn written<'a>(error: &'a raw::Error<'a>, text: &Tried) -> Option<&'a Scalar<'a>> {
    let message = match text.case {
        None => &error.message,
        Some(case) => {
            let id = |raw: &raw::Case| raw.id.as_ref().is_some_and(|id| id.value == case.id);
            &error.cases.iter().find(|raw| id(raw))?.message
        }
    };
    let mut texts = message.as_ref()?.texts();
    let is_own = |tag: Option<&Scalar>| tag.map(|tag| tag.value.as_ref()) == text.locale;
    let (_, text) = texts.find(|(tag, _)| is_own(*tag))?;
    Some(text)
}

/// The first two parameters with nothing between them.
fn touching<'t>(text: &'t Text) -> Option<(&'t str, &'t str)> {
    text.pieces.windows(2).find_map(|pair| match pair {
        [Piece::Parameter(first), Piece::Parameter(second)] => {
            Some((first.as_ref(), second.as_ref()))
        }
        _ => None,
    })
}
