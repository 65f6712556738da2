//! Java's files of properties: `key=text`, with lines that go on after a backslash.

use super::row::{Cell, Faults, KeyedText, Sheet};
use crate::diagnostic::{SourceFile, Span};

pub fn read(file: SourceFile, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let start = file.start_of_text() as usize;
    let text = &file.text[start - file.start as usize..];
    let mut at = 0;
    while at < text.len() {
        let from = at;
        let mut logical = String::new();
        loop {
            let line = text[at..].split('\n').next().unwrap_or_default();
            at = (at + line.len() + 1).min(text.len().max(at + line.len()));
            let line = line.trim_end_matches('\r');
            // The lines that a text goes on in may be indented.
            let line = if logical.is_empty() {
                line
            } else {
                line.trim_start_matches([' ', '\t'])
            };
            let is_comment = logical.is_empty() && line.trim_start().starts_with(['#', '!']);
            let slashes = line.len() - line.trim_end_matches('\\').len();
            if !is_comment && slashes % 2 == 1 && at < text.len() {
                logical.push_str(&line[..line.len() - 1]);
                continue;
            }
            logical.push_str(line);
            break;
        }
        if at == from {
            at += 1;
        }
        let line = logical.trim_start();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let first = text[from..].lines().next().unwrap_or_default();
        let span = Span::new(start + from..start + from + first.len());
        let (key, value) = split(line);
        match (unescape(key), unescape(value)) {
            (Some(key), Some(value)) => sheet.keyed.push(KeyedText {
                key: Cell { value: key, span },
                text: Cell { value, span },
            }),
            _ => faults.report(
                span,
                "this line has an escape that is no character",
                "write `\\u` with four hexadecimal digits",
            ),
        }
    }
    sheet
}

/// The key and the value of a line: between them is `=`, `:` or a space.
fn split(line: &str) -> (&str, &str) {
    let mut is_escaped = false;
    let end = line.char_indices().find(|(_, it)| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        is_escaped = *it == '\\';
        matches!(it, '=' | ':' | ' ' | '\t')
    });
    let end = end.map_or(line.len(), |(at, _)| at);
    let (key, rest) = line.split_at(end);
    let rest = rest.trim_start_matches([' ', '\t']);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
    (key, rest.trim_start_matches([' ', '\t']))
}

/// `None` if an escape is no character.
fn unescape(text: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut buffer = [0; 2];
    let mut characters = text.chars();
    while let Some(it) = characters.next() {
        if it != '\\' {
            units.extend_from_slice(it.encode_utf16(&mut buffer));
            continue;
        }
        let unescaped = match characters.next() {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('f') => '\u{c}',
            Some('u') => {
                let digits: String = characters.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).ok()?);
                continue;
            }
            Some(other) => other,
            None => continue,
        };
        units.extend_from_slice(unescaped.encode_utf16(&mut buffer));
    }
    String::from_utf16(&units).ok()
}
