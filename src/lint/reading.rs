//! Lints of messages that modules cannot read back.

use std::rc::Rc;

use super::{Entry, Linter, messages};
use crate::catalog::{Case, Parameter, Piece, ReadBack, Text, Wire, read_back, trial};
use crate::diagnostic::rules;
use crate::parse::raw::Scalar;

/// A message as it is filled in and read, with its place among those of its error.
struct Message<'c> {
    place: usize,
    text: &'c Text<'c>,
    parameters: &'c [Parameter<'c>],
}

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
        let scalars: Vec<_> = messages(&entry).collect();
        let cases = error.messages.cases();
        let trial = trial(cases);
        for (place, (text, parameters)) in error.messages.all().enumerate() {
            let message = Message {
                place,
                text,
                parameters,
            };
            check(
                linter,
                entry,
                &scalars,
                &message,
                cases,
                &trial,
                &catalog.wire,
            );
        }
    }
}

fn check<'a>(
    linter: &mut Linter<'a>,
    entry: Entry<'a>,
    scalars: &[&Scalar],
    message: &Message,
    cases: &[Case],
    trial: &[&Case],
    wire: &Wire,
) {
    let Some(scalar) = scalars.get(message.place) else {
        return;
    };
    let at = |what: String| linter.at(rules::MESSAGE_NOT_READ_BACK, scalar.span, what);
    let diagnostic = match read_back(message.text, message.parameters, cases.get(message.place), trial, wire) {
        ReadBack::Same | ReadBack::Unknown => return,
        ReadBack::OtherCase(id) => {
            let other = cases.iter().position(|case| case.id == id);
            let other = other.and_then(|place| scalars.get(place));
            let diagnostic = at(format!(
                "filled with its examples, this message is read as the case `{id}`"
            ))
            .help("use other words in one of them: the message with more literal text is tried first");
            match other {
                Some(other) => diagnostic.related(other.span, "this message is tried first"),
                None => diagnostic,
            }
        }
        ReadBack::OtherValues => match touching(message.text) {
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

/// The first two parameters with nothing between them.
fn touching<'t>(text: &'t Text) -> Option<(&'t str, &'t str)> {
    text.pieces.windows(2).find_map(|pair| match pair {
        [Piece::Parameter(first), Piece::Parameter(second)] => {
            Some((first.as_ref(), second.as_ref()))
        }
        _ => None,
    })
}
