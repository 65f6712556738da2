//! Brackets that are not closed, and what is wrong between two of them.

use granit_parser::{ErrorKind, Event, Parser};

use super::Mistake;
use super::failure::{Failure, key_at};

/// What the parser says of something between brackets.
const IN_BRACKETS: &[ErrorKind] = &[
    ErrorKind::InvalidColonPlacement,
    ErrorKind::ExpectedFlowMappingSeparator,
    ErrorKind::ExpectedFlowSequenceSeparator,
    ErrorKind::BlockEntryInFlowCollection,
    ErrorKind::InvalidFlowScalarIndent,
    ErrorKind::UnexpectedEofFlowSequence,
    ErrorKind::UnexpectedEofFlowMapping,
    ErrorKind::UnexpectedEofImplicitFlowMapping,
    ErrorKind::PlainScalarStartsWithDashFlowIndicator,
    ErrorKind::SimpleKeyExpected,
    ErrorKind::InvalidIndentation,
];

/// The brackets that are open at a place up to where the parser stopped, the outermost first.
pub fn open_brackets(failure: &Failure, end: usize) -> Vec<usize> {
    let mut open = Vec::new();
    let mut read = 0;
    let mut parser = Parser::new_from_str(failure.text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => open.push(range.start),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            _ => {}
        }
        read = range.end.max(read);
    }
    open.retain(|at| failure.text[*at..].starts_with(['{', '[']));
    let unread = failure.text.get(read..end).unwrap_or_default();
    add_unread(&mut open, unread, read);
    open.retain(|at| *at < end);
    open
}

/// Adds the brackets that the parser has passed, but not told of: it looks ahead for the end of a key.
fn add_unread(open: &mut Vec<usize>, unread: &str, start: usize) {
    let mut quote = None;
    for (at, character) in unread.char_indices() {
        match (character, quote) {
            ('"' | '\'', None) => quote = Some(character),
            (_, Some(mark)) if mark == character => quote = None,
            ('{' | '[', None) => open.push(start + at),
            ('}' | ']', None) => {
                open.pop();
            }
            _ => {}
        }
    }
}

/// A bracket that is still open where another entry starts, or at the end of the file.
pub fn unclosed(failure: &Failure) -> Option<Mistake> {
    let open = if matches!(failure.kind, ErrorKind::UnclosedFlowCollection { .. }) {
        failure.at
    } else if failure.is(IN_BRACKETS) {
        let open = open_brackets(failure, failure.line().start).pop()?;
        let above = failure.line_at(open);
        // A key in front of the bracket starts a mapping, of which the line below is another entry.
        let is_first = above.start + above.content() == open;
        let limit = if is_first {
            above.indent()
        } else {
            above.content()
        };
        (failure.line().indent() <= limit).then_some(open)?
    } else {
        return None;
    };
    let opening = failure.text[open..].chars().next()?;
    let closing = closing(opening)?;
    let message = format!("this `{opening}` is not closed");
    let help = format!(
        "close it with `{closing}`; if it is part of a text, put the text in quotation marks"
    );
    Some(Mistake::new(open..open + 1, message, help))
}

/// The bracket that closes another.
fn closing(opening: char) -> Option<char> {
    match opening {
        '{' => Some('}'),
        '[' => Some(']'),
        _ => None,
    }
}

/// `[- en, - de]`
pub fn dashes(failure: &Failure) -> Option<Mistake> {
    if *failure.kind != ErrorKind::BlockEntryInFlowCollection {
        return None;
    }
    let message = "a list in brackets has no dashes";
    let help = "separate its items with commas, as in `[en, de]`";
    Some(Mistake::new(failure.at..failure.at + 1, message, help))
}

/// A colon where a comma is missing, or within a text.
pub fn colon(failure: &Failure) -> Option<Mistake> {
    if !failure.is(IN_BRACKETS) || open_brackets(failure, failure.at).is_empty() {
        return None;
    }
    let start = failure.at;
    let rest = failure.rest();
    if let Some(key) = key_at(rest) {
        let message = format!("there is no comma before `{key}`");
        let help = "put a comma between two entries in brackets";
        return Some(Mistake::new(start..start + key.len(), message, help));
    }
    if !rest.starts_with(':') {
        return None;
    }
    let message = "this colon is in the middle of a value";
    let help = "put a text that contains it in quotation marks; put a comma before a new key";
    Some(Mistake::new(start..start + 1, message, help))
}
