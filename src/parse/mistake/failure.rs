//! A syntax error, and the lines around it.

use granit_parser::{ErrorKind, ScanError};

/// A syntax error and the text that it was found in.
pub struct Failure<'t> {
    /// The whole file.
    pub text: &'t str,
    /// Where the parser stopped, in bytes.
    pub at: usize,
    pub kind: &'t ErrorKind,
}

/// A line without its line break.
#[derive(Clone, Copy)]
pub struct Line<'t> {
    /// Where it starts in the file, in bytes.
    pub start: usize,
    pub text: &'t str,
}

/// A key with a colon after it.
pub struct Key<'t> {
    pub text: &'t str,
    /// Where it starts in the line, in bytes.
    pub start: usize,
}

impl<'t> Failure<'t> {
    pub fn new(text: &'t str, error: &'t ScanError) -> Self {
        let mut at = error.marker().byte_offset().unwrap_or(text.len());
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let kind = error.kind();
        Self { text, at, kind }
    }

    pub fn is(&self, kinds: &[ErrorKind]) -> bool {
        kinds.contains(self.kind)
    }

    /// The line at a byte of the file.
    pub fn line_at(&self, at: usize) -> Line<'t> {
        let start = self.text[..at].rfind('\n').map_or(0, |before| before + 1);
        let text = self.text[start..].lines().next().unwrap_or_default();
        Line { start, text }
    }

    /// The line where the parser stopped.
    pub fn line(&self) -> Line<'t> {
        self.line_at(self.at)
    }

    /// Where the parser stopped in its line, in bytes.
    pub fn column(&self) -> usize {
        let line = self.line();
        (self.at - line.start).min(line.text.len())
    }

    /// Whether nothing but dashes stands before the place where the parser stopped in its line.
    pub fn is_at_start_of_line(&self) -> bool {
        self.column() <= self.line().content()
    }

    /// What is left of the line where the parser stopped.
    pub fn rest(&self) -> &'t str {
        &self.line().text[self.column()..]
    }

    /// The lines above one that are neither empty nor comments, the nearest first.
    pub fn above(&self, line: Line<'t>) -> impl Iterator<Item = Line<'t>> + use<'t> {
        let mut end = line.start;
        let text = self.text;
        let lines = text[..line.start].split('\n').rev().skip(1);
        let lines = lines.map(move |line| {
            let start = end - 1 - line.len();
            end = start;
            let text = line.strip_suffix('\r').unwrap_or(line);
            Line { start, text }
        });
        lines.filter(|line| !line.is_empty() && !line.is_comment())
    }

    /// A line and those below it.
    pub fn from(&self, line: Line<'t>) -> impl Iterator<Item = Line<'t>> + use<'t> {
        let mut end = line.start;
        let lines = self.text[line.start..].split_inclusive('\n');
        lines.map(move |line| {
            let start = end;
            end += line.len();
            let text = line.trim_end_matches(['\n', '\r']);
            Line { start, text }
        })
    }

    /// The number of a line, from 1.
    pub fn number(&self, line: Line) -> usize {
        self.text[..line.start].matches('\n').count() + 1
    }
}

impl<'t> Line<'t> {
    /// How many spaces it starts with.
    pub fn indent(self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b' ').count()
    }

    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with('#')
    }

    /// Where its content starts in the line, after spaces and the dashes of lists.
    pub fn content(self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    pub fn starts_item(self) -> bool {
        self.content() > self.indent()
    }

    /// Its first key.
    pub fn key(self) -> Option<Key<'t>> {
        let start = self.content();
        let text = key_at(&self.text[start..])?;
        Some(Key { text, start })
    }

    /// Whether its value is a text in the lines below: `|` or `>`, maybe with digits and signs.
    pub fn starts_block(self) -> bool {
        let value = self.text.trim_end().rsplit(' ').next();
        value.is_some_and(|it| {
            it.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c)) == "|"
                || it.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c)) == ">"
        })
    }
}

/// The key that a text starts with: a name, maybe in quotation marks, and a colon that ends the line or has a space after it.
pub fn key_at(text: &str) -> Option<&str> {
    let name = name_at(text)?;
    let rest = text[name.len()..].strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(name)
}

/// The name that a text starts with, maybe in quotation marks.
pub fn name_at(text: &str) -> Option<&str> {
    let is_of_name = |c: char| c.is_alphanumeric() || "_-$<\"'".contains(c);
    let end = text.find(|c| !is_of_name(c)).unwrap_or(text.len());
    (end > 0).then_some(&text[..end])
}
