//! Lines that are indented too much or too little.

use granit_parser::ErrorKind;

use super::Mistake;
use super::failure::{Failure, Line};

/// What the parser says of a line that fits none of those above it.
const MISFITS: &[ErrorKind] = &[
    ErrorKind::ExpectedBlockMappingKey,
    ErrorKind::ExpectedBlockSequenceEntry,
    ErrorKind::InvalidIndentation,
    ErrorKind::BlockSequenceEntryNotAllowed,
    ErrorKind::InvalidQuotedScalarIndent,
    ErrorKind::InvalidFlowScalarIndent,
    ErrorKind::SimpleKeyExpected,
    ErrorKind::CommentInterceptedScalar,
];

/// A line of a text that is indented less than the first line of it, or than its key.
pub fn text(failure: &Failure) -> Option<Mistake> {
    let line = failure.line();
    if !failure.is(MISFITS) || is_entry(line) {
        return None;
    }
    let deeper = |above: &Line| above.indent() > line.indent() && !above.starts_block();
    let head = failure.above(line).find(|above| !deeper(above))?;
    head.starts_block().then(|| {
        let message = "this line is indented less than the text that it belongs to";
        let key = head.key().map_or("its key", |key| key.text);
        let help = format!("indent all lines of the text alike, and more than `{key}:`");
        Mistake::new(content(line), message, help)
    })
}

/// Whether a line starts an entry of a catalogue. Prose starts with a capital.
fn is_entry(line: Line) -> bool {
    let is_key = line
        .key()
        .is_some_and(|key| !key.text.starts_with(char::is_uppercase));
    line.starts_item() || is_key
}

/// A key that is indented more than those above it, so that it is taken for a part of the text there.
pub fn continues_text(failure: &Failure) -> Option<Mistake> {
    if *failure.kind != ErrorKind::MappingValueNotAllowed {
        return None;
    }
    let line = failure.line();
    let above = failure.above(line).next()?;
    line.key()?;
    let key = above.key().filter(|key| key.start < line.content())?;
    let message = "this key is taken for a part of the text above it";
    let help = format!("indent it like `{}:` in the line above", key.text);
    Some(Mistake::new(content(line), message, help))
}

/// A comment within a text that has no quotation marks.
pub fn after_comment(failure: &Failure) -> Option<Mistake> {
    let line = failure.line();
    if !failure.is(MISFITS) || is_entry(line) {
        return None;
    }
    let above = failure.line_at(line.start.checked_sub(1)?);
    above.is_comment().then(|| {
        let message = "this comment ends the text above it";
        let help = "move the comment above the key of the text";
        Mistake::new(content(above), message, help)
    })
}

/// Any other line whose indentation does not fit.
pub fn other(failure: &Failure) -> Option<Mistake> {
    let line = failure.line();
    if !failure.is(MISFITS) || !failure.is_at_start_of_line() {
        return None;
    }
    if *failure.kind == ErrorKind::SimpleKeyExpected && line.key().is_some() {
        return None; // The key is too long.
    }
    if !is_entry(line) {
        let message = "this line is neither a key with a value nor a part of the text above";
        let help = "write `key: value`; indent a line that continues a text more than its key";
        return Some(Mistake::new(content(line), message, help));
    }
    let message = "this line is not indented like those that it belongs to";
    let help = sibling(failure, line).unwrap_or_else(|| "correct its indentation".to_owned());
    Some(Mistake::new(content(line), message, help))
}

/// Names the line above whose indentation is closest.
fn sibling(failure: &Failure, line: Line) -> Option<String> {
    let column = |it: Line| {
        if line.starts_item() {
            it.indent()
        } else {
            it.content()
        }
    };
    let is_alike = |it: &Line| {
        if line.starts_item() {
            it.starts_item()
        } else {
            it.key().is_some()
        }
    };
    let above = failure.above(line).filter(is_alike);
    let nearest = above.min_by_key(|it| column(*it).abs_diff(line.indent()))?;
    let name = match nearest.key().filter(|_| !line.starts_item()) {
        Some(key) => format!("{}:", key.text),
        None => "-".to_owned(),
    };
    Some(format!(
        "indent it like `{name}` in line {}",
        failure.number(nearest)
    ))
}

/// What a line holds beside its indentation.
fn content(line: Line) -> std::ops::Range<usize> {
    let text = line.text.trim_end();
    line.start + line.indent().min(text.len())..line.start + text.len()
}
