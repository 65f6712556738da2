//! Tabs, characters that look like a space, and spaces that are missing.

use granit_parser::ErrorKind;

use super::Mistake;
use super::failure::{Failure, Line, name_at};

/// What the parser says of a tab, or of what follows one.
const TABS: &[ErrorKind] = &[
    ErrorKind::TabNotAllowed,
    ErrorKind::TabInBlockIndentation,
    ErrorKind::TabInIndentation,
    ErrorKind::TabInPlainScalar,
    ErrorKind::TabAtBlockScalarStart,
    ErrorKind::InvalidBlockEntryWhitespace,
    ErrorKind::InvalidMappingValueWhitespace,
];

/// What the parser says if a line does not fit those above it.
const MISFITS: &[ErrorKind] = &[
    ErrorKind::MappingValueNotAllowed,
    ErrorKind::ExpectedBlockSequenceEntry,
    ErrorKind::ExpectedBlockMappingKey,
    ErrorKind::SimpleKeyExpected,
    ErrorKind::InvalidSimpleKey,
];

/// A tab in front of a line.
pub fn tab(failure: &Failure) -> Option<Mistake> {
    let indentation = |line: Line| {
        let rest = line.text.trim_start_matches([' ', '\t']);
        let spaces = line.indent();
        let end = line.text.len() - rest.len();
        (end > spaces && !rest.is_empty()).then(|| line.start + spaces..line.start + end)
    };
    if failure.is(TABS) {
        // The parser reports the end of what stands above the line.
        if let Some(range) = failure.from(failure.line()).find_map(indentation) {
            return Some(tab_mistake(range));
        }
        let at = failure.at + failure.text[failure.at..].find('\t')?;
        let message = "YAML does not allow a tab here";
        return Some(Mistake::new(at..at + 1, message, "write spaces instead"));
    }
    indentation(failure.line()).map(tab_mistake)
}

fn tab_mistake(range: std::ops::Range<usize>) -> Mistake {
    let message = "this line is indented with a tab";
    let help = "indent with spaces: YAML does not allow tabs here";
    Mistake::new(range, message, help)
}

/// A character in front of a line, or after a colon, that looks like a space and is none.
pub fn look_alike(failure: &Failure) -> Option<Mistake> {
    let line = failure.line();
    // A line that starts so is part of the text above it, or a key to its left. The one below it no longer fits.
    let mut lines = std::iter::once(line).chain(failure.above(line).take(1));
    lines.find_map(in_indentation).or_else(|| {
        let rest = &line.text[line.content()..];
        let name = name_at(rest)?;
        let colon = line.start + line.content() + name.len();
        let after = rest[name.len()..].strip_prefix(':')?.chars().next()?;
        let is_look_alike = after.is_whitespace() && !after.is_ascii();
        is_look_alike.then(|| {
            let message = format!("this is {}, not a space", named(after));
            let start = colon + 1;
            let range = start..start + after.len_utf8();
            Mistake::new(range, message, "put a plain space after the colon")
        })
    })
}

fn in_indentation(line: Line) -> Option<Mistake> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let rest = line.text.trim_start_matches(is_blank);
    let indentation = &line.text[..line.text.len() - rest.len()];
    let (at, found) = indentation.char_indices().find(|(_, c)| !c.is_ascii())?;
    // The byte order mark of a file.
    let is_mark = found == '\u{feff}' && line.start + at == 0;
    (!rest.is_empty() && !is_mark).then(|| {
        let message = format!("this line is indented with {}", named(found));
        let start = line.start + at;
        let range = start..line.start + indentation.len();
        Mistake::new(
            range,
            message,
            "indent with plain spaces: YAML takes any others for a part of a text",
        )
    })
}

/// A character that cannot be seen.
fn named(character: char) -> String {
    let code = u32::from(character);
    match character {
        '\u{a0}' => "a no-break space (U+00A0)".to_owned(),
        '\u{3000}' => "an ideographic space (U+3000)".to_owned(),
        _ => format!("the character U+{code:04X}"),
    }
}

/// `-code: 1`
pub fn none_after_dash(failure: &Failure) -> Option<Mistake> {
    lines_that_misfit(failure).find_map(|line| {
        let start = line.indent();
        let rest = line.text[start..].strip_prefix('-')?;
        let name = name_at(rest).filter(|name| !name.starts_with('-'))?;
        rest[name.len()..].starts_with(':').then(|| {
            let at = line.start + start;
            let help = format!("write `- {name}:`");
            Mistake::new(at..at + 1, "there is no space after this dash", help)
        })
    })
}

/// `id:one`, or a colon as wide as a Chinese character.
pub fn none_after_colon(failure: &Failure) -> Option<Mistake> {
    lines_that_misfit(failure).find_map(|line| {
        let start = line.content();
        let rest = &line.text[start..];
        let name = name_at(rest)?;
        let at = line.start + start + name.len();
        let rest = &rest[name.len()..];
        let help = format!("write `{name}:`, and a space before the value");
        if rest.starts_with('：') {
            let message = "this is a full-width colon, which YAML takes for text";
            return Some(Mistake::new(at..at + '：'.len_utf8(), message, help));
        }
        let value = rest.strip_prefix(':')?;
        let is_missing = !value.is_empty() && !value.starts_with([' ', '\t', '/', ':']);
        let message = "there is no space after this colon";
        is_missing.then(|| Mistake::new(at..at + 1, message, help))
    })
}

/// The line where the parser stopped, and the one above it, of which that one may be taken for a part.
fn lines_that_misfit<'t>(failure: &Failure<'t>) -> impl Iterator<Item = Line<'t>> + use<'t> {
    let line = failure.line();
    let above = failure.above(line).take(1);
    let lines = std::iter::once(line).chain(above);
    let count = if failure.is(MISFITS) { 2 } else { 0 };
    lines.take(count)
}
