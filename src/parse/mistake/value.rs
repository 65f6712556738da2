//! Texts without quotation marks that need them, and characters that no file may contain.

use granit_parser::ErrorKind;

use super::Mistake;
use super::failure::{Failure, key_at};

/// What a character means to YAML at the start of a value.
const STARTS: &[(char, &str)] = &[
    ('{', "`{` starts a mapping"),
    ('[', "`[` starts a list"),
    ('}', "`}` ends a mapping"),
    (']', "`]` ends a list"),
    (',', "`,` separates two values"),
    ('*', "`*` starts an alias"),
    ('&', "`&` starts an anchor"),
    ('!', "`!` starts a tag"),
    ('|', "`|` starts a text in the lines below"),
    ('>', "`>` starts a text in the lines below"),
    ('%', "`%` starts a directive"),
    ('@', "`@` is reserved"),
    ('`', "the backtick is reserved"),
    ('?', "`? ` starts a key"),
    ('-', "`- ` starts an item of a list"),
];

/// What the parser says where a value starts with such a character.
const AT_START: &[ErrorKind] = &[
    ErrorKind::ExpectedBlockMappingKey,
    ErrorKind::ExpectedBlockSequenceEntry,
    ErrorKind::ExpectedFlowMappingSeparator,
    ErrorKind::ExpectedFlowSequenceSeparator,
    ErrorKind::ExpectedNodeContent,
    ErrorKind::UnexpectedEofBlockMapping,
    ErrorKind::UnexpectedEofBlockSequence,
    ErrorKind::UnexpectedEof,
    ErrorKind::InvalidBlockScalarHeader,
    ErrorKind::ZeroBlockScalarIndent,
    ErrorKind::MissingAnchorOrAliasName,
    ErrorKind::MisplacedFlowCollectionEnd,
    ErrorKind::MappingKeyNotAllowed,
    ErrorKind::BlockSequenceEntryNotAllowed,
    ErrorKind::MissingTagUri,
    ErrorKind::UnclosedVerbatimTag,
    ErrorKind::InvalidTagTerminator,
    ErrorKind::InvalidTagEscape,
    ErrorKind::UndeclaredTagHandle,
    ErrorKind::ExpectedWhitespace,
    ErrorKind::UnknownAnchor,
    ErrorKind::SimpleKeyExpected,
];

/// What it says of `&` and `*` alone: no key starts with them.
const NAMELESS: &[ErrorKind] = &[ErrorKind::MissingAnchorOrAliasName];

/// `{user} is gone`: the parser reads a mapping, and stops after it.
pub fn bracketed_start(failure: &Failure) -> Option<Mistake> {
    let line = failure.line();
    let before = line.text[..failure.column()].trim_end();
    let rest = failure.rest();
    let goes_on = key_at(rest).is_none() && !rest.starts_with(['}', ']']);
    if !failure.is(AT_START) || !goes_on || !before.ends_with(['}', ']']) {
        return None;
    }
    let mut depth = 0;
    let opening = before.char_indices().rev().find(|(_, character)| {
        depth += i32::from(matches!(character, '}' | ']'));
        depth -= i32::from(matches!(character, '{' | '['));
        depth == 0
    });
    let (at, _) = opening?;
    is_start_of_value(&before[..at]).then(|| needs_marks(failure.text, line.start + at))?
}

/// Whether a value starts after a part of a line.
fn is_start_of_value(before: &str) -> bool {
    before.trim_end() != before && before.trim_end().ends_with([':', '-', ',', '{', '['])
}

/// `@user is gone`: a value that starts with a character that means something to YAML.
pub fn start(failure: &Failure) -> Option<Mistake> {
    let is_known = matches!(failure.kind, ErrorKind::UnexpectedCharacter { .. });
    if !is_known && !failure.is(AT_START) {
        return None;
    }
    let line = failure.line();
    let column = failure.column();
    let before = &line.text[..column];
    // Where the value starts that the parser stopped in.
    let at = if is_start_of_value(before) && !is_known {
        column
    } else {
        let colon = before.rfind(": ").map(|at| at + 2);
        let value = colon.unwrap_or_else(|| line.content().min(column));
        value + before[value..].len() - before[value..].trim_start().len()
    };
    let rest = &line.text[at..];
    let is_item = rest.starts_with('-') && !rest[1..].starts_with(' ') && rest.len() > 1;
    let is_first = failure.is_at_start_of_line() && !is_known && !failure.is(NAMELESS);
    (!is_item && !is_first).then(|| needs_marks(failure.text, line.start + at))?
}

fn needs_marks(text: &str, at: usize) -> Option<Mistake> {
    let first = text[at..].chars().next()?;
    let (_, meaning) = STARTS.iter().find(|(start, _)| *start == first)?;
    let message = match first {
        '`' => "a text that starts with a backtick needs quotation marks".to_owned(),
        _ => format!("a text that starts with `{first}` needs quotation marks"),
    };
    let help = format!("put the text in quotation marks: in YAML, {meaning}");
    Some(Mistake::new(at..at + first.len_utf8(), message, help))
}

/// `Not found: no such user`
pub fn colon(failure: &Failure) -> Option<Mistake> {
    if *failure.kind != ErrorKind::MappingValueNotAllowed {
        return None;
    }
    let key = failure.line().key()?;
    let is_second = key.start + key.text.len() < failure.column();
    is_second.then(|| {
        let message = match failure.rest().trim_end() {
            ":" => "a text that ends with a colon needs quotation marks",
            _ => "a text that contains a colon and a space needs quotation marks",
        };
        let help = "put the text in quotation marks";
        Mistake::new(failure.at..failure.at + 1, message, help)
    })
}

/// A character that YAML allows only as an escape, or nowhere.
pub fn character(failure: &Failure) -> Option<Mistake> {
    let wanted = match failure.kind {
        ErrorKind::UnexpectedCharacter { character } => *character,
        ErrorKind::BomInsideDocument => '\u{feff}',
        _ => return None,
    };
    if STARTS.iter().any(|(start, _)| *start == wanted) {
        return None;
    }
    // The parser points to the start of the text.
    let at = failure.at + failure.text[failure.at..].find(wanted)?;
    let code = u32::from(wanted);
    let message = format!("YAML does not allow the character U+{code:04X} here");
    let help = "remove it, or write it as an escape in double quotation marks";
    Some(Mistake::new(at..at + wanted.len_utf8(), message, help))
}

/// `%YAML 1.2`
pub fn directive(failure: &Failure) -> Option<Mistake> {
    let line = failure.line();
    let mut lines = std::iter::once(line).chain(failure.above(line).take(1));
    let line = lines.find(|line| line.text.starts_with('%'))?;
    let message = "a catalogue has no directives";
    let help = "remove this line";
    let range = line.start..line.start + line.text.trim_end().len();
    Some(Mistake::new(range, message, help))
}
