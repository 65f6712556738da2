//! Apple's files of strings: `"key" = "text";`, with comments as in C.

use super::row::{Cell, Faults, KeyedText, Sheet};
use crate::diagnostic::{SourceFile, Span};

/// Where reading stands in a file.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// Where the text starts in the source.
    start: usize,
}

pub fn read(file: SourceFile, faults: &mut Faults) -> Sheet {
    let start = file.start_of_text() as usize;
    let mut cursor = Cursor {
        text: &file.text[start - file.start as usize..],
        at: 0,
        start,
    };
    let mut sheet = Sheet::default();
    loop {
        match entry(&mut cursor) {
            Ok(Some(text)) => sheet.keyed.push(text),
            Ok(None) => return sheet,
            Err((span, message)) => {
                faults.report(span, message, "write `\"key\" = \"text\";`");
                return sheet;
            }
        }
    }
}

type Fault = (Span, &'static str);

fn entry(cursor: &mut Cursor) -> Result<Option<KeyedText>, Fault> {
    cursor.skip_blank()?;
    if cursor.rest().is_empty() {
        return Ok(None);
    }
    let key = cursor.word()?;
    cursor.expect('=', "there is no `=` after the key")?;
    let text = cursor.word()?;
    cursor.expect(';', "there is no `;` after the text")?;
    Ok(Some(KeyedText { key, text }))
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn here(&self) -> Span {
        let line = self.rest().lines().next().unwrap_or_default();
        Span::new(self.start + self.at..self.start + self.at + line.len())
    }

    /// Skips spaces and comments.
    fn skip_blank(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let Some(length) = rest.find("*/") else {
                    return Err((self.here(), "this comment is not closed"));
                };
                self.at += length + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn expect(&mut self, wanted: char, message: &'static str) -> Result<(), Fault> {
        let before = self.start + self.at;
        self.skip_blank()?;
        if !self.rest().starts_with(wanted) {
            return Err((Span::new(before..before), message));
        }
        self.at += wanted.len_utf8();
        Ok(())
    }

    /// A text in quotation marks, or a key without them.
    fn word(&mut self) -> Result<Cell, Fault> {
        self.skip_blank()?;
        let (from, here) = (self.at, self.here());
        let mut value = String::new();
        let Some(quoted) = self.rest().strip_prefix('"') else {
            let rest = self.rest();
            let is_part = |it: char| it.is_alphanumeric() || "._-".contains(it);
            let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            if length == 0 {
                return Err((here, "this is neither a key nor a text"));
            }
            value.push_str(&rest[..length]);
            self.at += length;
            return Ok(self.cell(from, value));
        };
        let mut characters = quoted.char_indices();
        while let Some((at, it)) = characters.next() {
            match it {
                '"' => {
                    self.at += at + 2;
                    return Ok(self.cell(from, value));
                }
                '\\' => match characters.next().map(|(_, it)| it) {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some('r') => value.push('\r'),
                    Some('U' | 'u') => {
                        let digits: String =
                            characters.by_ref().take(4).map(|(_, it)| it).collect();
                        let code = u32::from_str_radix(&digits, 16).ok();
                        match code.and_then(char::from_u32) {
                            Some(it) => value.push(it),
                            None => {
                                return Err((here, "this text has an escape that is no character"));
                            }
                        }
                    }
                    Some(other) => value.push(other),
                    None => break,
                },
                other => value.push(other),
            }
        }
        Err((here, "this text is not closed"))
    }

    fn cell(&self, from: usize, value: String) -> Cell {
        Cell {
            value,
            span: Span::new(self.start + from..self.start + self.at),
        }
    }
}
