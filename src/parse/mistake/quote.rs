//! Quotation marks that are missing, or that end a text too early, and what a backslash means between them.

use granit_parser::ErrorKind;

use super::Mistake;
use super::bracket::open_brackets;
use super::failure::{Failure, Line, key_at};

/// What the parser says of escapes.
const ESCAPES: &[ErrorKind] = &[
    ErrorKind::UnknownQuotedScalarEscape,
    ErrorKind::InvalidQuotedScalarHexEscape,
    ErrorKind::InvalidLowSurrogateHexEscape,
    ErrorKind::InvalidLowSurrogate,
    ErrorKind::MissingLowSurrogate,
    ErrorKind::UnpairedLowSurrogate,
    ErrorKind::InvalidUnicodeEscape,
];

/// What may follow a backslash.
const ESCAPED: &str = "0abt\tnvfre \"/\\N_LPxuU";

/// `"C:\dir"`: the parser points to the start of the text.
pub fn escape(failure: &Failure) -> Option<Mistake> {
    if !failure.is(ESCAPES) {
        return None;
    }
    if *failure.kind != ErrorKind::UnknownQuotedScalarEscape {
        let message = "this text contains an escape that stands for no character";
        let help = "write the character itself, or its code in hexadecimal digits: two after `\\x`, four after `\\u`, eight after `\\U`";
        let start = failure.at;
        return Some(Mistake::new(start..start, message, help));
    }
    let mut characters = failure.text[failure.at..].char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let Some((_, escaped)) = characters.next() else {
            let message = "this quotation mark is not closed";
            let help = "end the text with `\"`";
            return Some(Mistake::new(failure.at..failure.at + 1, message, help));
        };
        if !ESCAPED.contains(escaped) && !escaped.is_control() {
            let start = failure.at + at;
            let message = format!("`\\{escaped}` means nothing in double quotation marks");
            let help = "write `\\\\` for a backslash, or put the text in single quotation marks";
            let range = start..start + 1 + escaped.len_utf8();
            return Some(Mistake::new(range, message, help));
        }
    }
    None
}

/// A quotation mark that is closed by one that was meant to open another text, or never.
pub fn unclosed(failure: &Failure) -> Option<Mistake> {
    let open = match failure.kind {
        ErrorKind::UnclosedQuotedScalar => failure.at,
        _ => opened_above(failure)?,
    };
    let mark = &failure.text[open..=open];
    let message = "this quotation mark is not closed";
    let help = format!("end the text with `{mark}`");
    Some(Mistake::new(open..open + 1, message, help))
}

/// Where a quotation mark was opened in a line above, if the text in it goes on over other entries.
fn opened_above(failure: &Failure) -> Option<usize> {
    let mark = mark(failure)?;
    let line = failure.line();
    let column = failure.column();
    let ends = |end: usize| {
        line.text
            .get(end..column)
            .is_some_and(|it| it.trim().is_empty())
    };
    if quoted(line.text, mark)
        .iter()
        .any(|it| it.end.is_some_and(ends))
    {
        return None;
    }
    let mut below = vec![line];
    for above in failure.above(line) {
        let open = quoted(above.text, mark).pop().filter(|it| it.end.is_none());
        let Some(open) = open else {
            below.push(above);
            continue;
        };
        let indent = above.indent();
        let is_entry = |it: &Line| it.key().is_some() || it.starts_item() || it.indent() <= indent;
        return below
            .iter()
            .any(is_entry)
            .then_some(above.start + open.start);
    }
    None
}

/// The quotation mark that the parser has found something after.
fn mark(failure: &Failure) -> Option<char> {
    match failure.kind {
        ErrorKind::InvalidTrailingSingleQuotedScalar => Some('\''),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => Some('"'),
        _ => None,
    }
}

/// A text in quotation marks, in bytes of its line.
struct Quoted {
    start: usize,
    /// After the mark that closes it, if one does in this line.
    end: Option<usize>,
}

/// The texts of a line that are in such quotation marks, as if none began in a line above.
fn quoted(line: &str, mark: char) -> Vec<Quoted> {
    let mut found: Vec<Quoted> = Vec::new();
    let mut before = ':';
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let open = found.last_mut().filter(|it| it.end.is_none());
        match open {
            Some(_) if mark == '"' && character == '\\' => {
                characters.next();
            }
            Some(_) if character == mark && mark == '\'' && next_is(&mut characters, mark) => {
                characters.next();
            }
            Some(open) if character == mark => open.end = Some(at + 1),
            None if character == mark && ":-,[{".contains(before) => {
                let start = at;
                found.push(Quoted { start, end: None });
            }
            _ => {}
        }
        if !character.is_whitespace() {
            before = character;
        }
    }
    found
}

fn next_is(
    characters: &mut std::iter::Peekable<impl Iterator<Item = (usize, char)>>,
    wanted: char,
) -> bool {
    characters.peek().is_some_and(|(_, next)| *next == wanted)
}

/// `'It's gone'`, `"The "user" is gone"` and `"User" is gone`.
pub fn closed_early(failure: &Failure) -> Option<Mistake> {
    let mark = mark(failure)?;
    let before = failure.text[..failure.at].trim_end();
    let is_adjacent = before.len() == failure.at;
    let closing = before.len().checked_sub(1)?;
    if is_adjacent {
        let message = "this quotation mark ends the text";
        let help = match mark {
            '\'' => {
                "write two of them for an apostrophe, or put the text in double quotation marks"
            }
            _ => "write `\\\"` for one within the text, or put the text in single quotation marks",
        };
        return Some(Mistake::new(closing..failure.at, message, help));
    }
    let rest = failure.rest();
    let start = failure.at;
    let key = key_at(rest).filter(|_| !open_brackets(failure, failure.at).is_empty());
    if let Some(key) = key {
        let message = format!("there is no comma before `{key}`");
        let help = "put a comma between two entries in brackets";
        return Some(Mistake::new(start..start + key.len(), message, help));
    }
    let message = "the text goes on after its closing quotation mark";
    let help = match mark {
        '"' => "put the whole text in single quotation marks",
        _ => "put the whole text in double quotation marks",
    };
    let range = start..start + rest.trim_end().len();
    Some(Mistake::new(range, message, help))
}
