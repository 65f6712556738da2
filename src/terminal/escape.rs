//! Texts with escapes in place of what a terminal, a log or a reader would take for something else.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

use super::invisible::{is_hidden, is_unsafe};

/// A value on one line. Every hidden character is an escape, line ends and tabs included: `\n`, `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |_, character| is_hidden(character), show)
}

/// A path, as [`visible`] shows it.
pub fn visible_path(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// A text of several lines, such as a diff. Its line ends and tabs remain; whatever moves the cursor or reorders a line is an
/// escape.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, moves_cursor, show)
}

/// The same for a text with colours.
pub(super) fn visible_styled(text: &str) -> Cow<'_, str> {
    let is_escaped = |rest: &str, character| moves_cursor(rest, character) && !is_style(rest);
    escaped(text, is_escaped, show)
}

/// Whether the character that a text starts with must not reach a terminal.
fn moves_cursor(rest: &str, character: char) -> bool {
    // A carriage return before a line feed changes nothing.
    is_unsafe(character) && !matches!(character, '\n' | '\t') && !rest.starts_with("\r\n")
}

/// Whether a text starts with the command for a colour or bold letters: `ESC [ 1 m`.
fn is_style(text: &str) -> bool {
    text.strip_prefix("\u{1b}[").is_some_and(|text| {
        let is_number = |character: char| character.is_ascii_digit() || character == ';';
        text.trim_start_matches(is_number).starts_with('m')
    })
}

/// JSON with the same values, in which every unsafe character is an escape of JSON.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    // JSON has line ends between its values, and no other unsafe character outside of strings.
    let is_chosen = |_: &str, character| is_unsafe(character) && !matches!(character, '\n' | '\t');
    escaped(json, is_chosen, |_, character, output| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(output, "\\u{unit:04x}");
        }
    })
}

/// Lines of a source, without their carriage returns, with every hidden character but tabs and line ends as an escape. Also
/// returns where both texts continue after each difference: the offset in the source, and the one in what is shown.
pub fn visible_source(source: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let mut differences = Vec::new();
    let is_chosen = |_: &str, character| is_hidden(character) && !matches!(character, '\n' | '\t');
    let text = escaped(source, is_chosen, |at, character, output| {
        let end = at + character.len_utf8();
        let rest = &source[end..];
        let ends_line = rest.is_empty() || rest.starts_with('\n');
        if character != '\r' || !ends_line {
            show(at, character, output);
        }
        differences.push((end, output.len()));
    });
    (text, differences)
}

/// Writes the character at some offset as an escape of Rust.
fn show(_: usize, character: char, output: &mut String) {
    match character {
        '\n' | '\r' | '\t' => output.extend(character.escape_default()),
        _ => output.extend(character.escape_unicode()),
    }
}

/// Escapes the characters that are chosen by the text from them on, and the first of each `##[` or `##name[`: CI systems look
/// for such commands anywhere in a line.
fn escaped(
    text: &str,
    is_chosen: impl Fn(&str, char) -> bool,
    mut escape: impl FnMut(usize, char, &mut String),
) -> Cow<'_, str> {
    let mut output = String::new();
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        let rest = &text[at..];
        if is_chosen(rest, character) || character == '#' && starts_command(rest) {
            output.push_str(&text[plain..at]);
            escape(at, character, &mut output);
            plain = at + character.len_utf8();
        }
    }
    if plain == 0 {
        return Cow::Borrowed(text);
    }
    output.push_str(&text[plain..]);
    Cow::Owned(output)
}

/// Whether a text starts with a command of a CI system: `##[group]`, `##vso[task.setvariable]`, `##teamcity[message]`.
fn starts_command(text: &str) -> bool {
    let name = text.strip_prefix("##");
    name.is_some_and(|name| {
        let rest = name.trim_start_matches(|character: char| character.is_ascii_alphabetic());
        rest.starts_with('[')
    })
}
