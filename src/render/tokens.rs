//! Reads a template as tokens, as Tera reads it. Both the guard and the build script, which includes this file, expect a template
//! that Tera has accepted: what is wrong in one is not looked for.

use std::ops::Range;

#[derive(Debug)]
pub struct Token<'a> {
    pub kind: Kind<'a>,
    /// Where it is in the template, in bytes.
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// What is written as it is, without the white space that a tag asks to be cut off.
    Content(&'a str),
    /// `{{` and `}}`.
    ExpressionStart,
    ExpressionEnd,
    /// `{%` and `%}`.
    TagStart,
    TagEnd,
    Name(&'a str),
    /// A quoted text, without its quotation marks and escapes.
    Text(String),
    Number(&'a str),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// The longest first.
const SIGNS: &[&str] = &[
    "...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "+", "-", "*", "/", "%", "!", ".",
    ",", ":", "~", "|", "=", ">", "<", "(", ")", "[", "]", "{", "}", "@",
];

/// All tokens of a template, in order. Comments are none.
pub fn tokens(template: &str) -> Vec<Token<'_>> {
    let mut reader = Reader {
        template,
        at: 0,
        trims: false,
        tokens: Vec::new(),
    };
    while reader.at < template.len() {
        reader.content();
        match reader.rest().get(..2) {
            Some("{{") => reader.delimited(Kind::ExpressionStart, "}}", Kind::ExpressionEnd),
            Some("{#") => reader.comment(),
            Some(_) if !reader.raw() => reader.delimited(Kind::TagStart, "%}", Kind::TagEnd),
            _ => {}
        }
    }
    reader.tokens
}

struct Reader<'a> {
    template: &'a str,
    /// Up to where it is read.
    at: usize,
    /// Whether white space is cut off from the start of what comes next.
    trims: bool,
    tokens: Vec<Token<'a>>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.template[self.at..]
    }

    /// Goes on by as many bytes.
    fn advance(&mut self, length: usize) -> Range<usize> {
        let end = self.template.len().min(self.at + length);
        let range = self.at..end;
        self.at = end;
        range
    }

    fn push(&mut self, kind: Kind<'a>, length: usize) {
        let range = self.advance(length);
        self.tokens.push(Token { kind, range });
    }

    /// Reads what stands before the next tag.
    fn content(&mut self) {
        let rest = self.rest();
        let is_start = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#");
        let start = rest.as_bytes().windows(2).position(is_start);
        let length = start.unwrap_or(rest.len());
        if length > 0 {
            self.text(&rest[..length], length);
        }
    }

    /// Writes a text of this length as it is, but for white space that the tags around it cut off.
    fn text(&mut self, mut text: &'a str, length: usize) {
        let after = &self.rest()[length..];
        if std::mem::take(&mut self.trims) {
            text = text.trim_start();
        }
        if after.starts_with('{') && after.get(2..3) == Some("-") {
            text = text.trim_end();
        }
        self.push(Kind::Content(text), length);
        if text.is_empty() {
            self.tokens.pop();
        }
    }

    fn comment(&mut self) {
        self.opening();
        let length = self.rest().find("#}").unwrap_or(self.rest().len());
        self.trims |= self.rest()[..length].ends_with('-');
        self.advance(length + 2);
    }

    /// Goes past the start of a tag, and a `-` after it.
    fn opening(&mut self) -> Range<usize> {
        let trims = self.rest().as_bytes().get(2) == Some(&b'-');
        self.advance(2 + usize::from(trims))
    }

    /// Reads a `raw` block, if this is one.
    fn raw(&mut self) -> bool {
        let Some((head, trims_start, _)) = word_tag(self.rest(), "raw") else {
            return false;
        };
        let start = self.at + head;
        let starts = self.template[start..].match_indices("{%");
        let mut ends = starts.filter_map(|(at, _)| {
            let end = word_tag(&self.template[start + at..], "endraw")?;
            Some((start + at, end))
        });
        let Some((end, (tail, trims_next, trims_end))) = ends.next() else {
            return false;
        };
        let mut text = &self.template[start..end];
        if trims_start {
            text = text.trim_start();
        }
        if trims_end {
            text = text.trim_end();
        }
        self.text(text, end + tail - self.at);
        self.trims |= trims_next;
        true
    }

    /// Reads what stands between delimiters, and these.
    fn delimited(&mut self, start: Kind<'a>, close: &str, end: Kind<'a>) {
        self.trims = false;
        let range = self.opening();
        self.tokens.push(Token { kind: start, range });
        loop {
            let rest = self.rest();
            let inner = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            self.advance(rest.len() - inner.len());
            let trimming = inner.strip_prefix('-').unwrap_or(inner);
            if inner.is_empty() {
                return;
            }
            if trimming.starts_with(close) {
                self.trims = trimming.len() < inner.len();
                return self.push(end, close.len() + usize::from(self.trims));
            }
            match token(inner) {
                Some((kind, length)) => self.push(kind, length),
                None => return,
            }
        }
    }
}

/// The token that this begins with, and its length.
fn token(rest: &str) -> Option<(Kind<'_>, usize)> {
    let length_of = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    match rest.chars().next()? {
        quote @ ('"' | '\'' | '`') => text(rest, quote),
        '0'..='9' => {
            let whole = length_of(|c| c.is_ascii_digit());
            let fraction = rest[whole..].strip_prefix('.');
            let digits = |rest: &str| rest.find(|c: char| !c.is_ascii_digit());
            let length = whole
                + fraction.map_or(0, |fraction| 1 + digits(fraction).unwrap_or(fraction.len()));
            Some((Kind::Number(&rest[..length]), length))
        }
        'a'..='z' | 'A'..='Z' | '_' => {
            let length = length_of(|c| c.is_ascii_alphanumeric() || c == '_');
            Some((Kind::Name(&rest[..length]), length))
        }
        _ => {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            Some((Kind::Sign(sign), sign.len()))
        }
    }
}

/// A text in quotation marks, and its length with them.
fn text(rest: &str, quote: char) -> Option<(Kind<'_>, usize)> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => text.push(match characters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            _ if character == quote => return Some((Kind::Text(text), at + 1)),
            _ => text.push(character),
        }
    }
    None
}

/// If this begins with a tag of one word: its length, and whether it cuts off white space after it and before it.
fn word_tag(rest: &str, word: &str) -> Option<(usize, bool, bool)> {
    let space = |c: char| c.is_ascii_whitespace();
    let inner = rest.strip_prefix("{%")?;
    let trimming = inner.strip_prefix('-');
    let end = trimming.unwrap_or(inner).trim_start_matches(space);
    let end = end.strip_prefix(word)?.trim_start_matches(space);
    let trimming_end = end.strip_prefix('-');
    let after = trimming_end.unwrap_or(end).strip_prefix("%}")?;
    let length = rest.len() - after.len();
    Some((length, trimming_end.is_some(), trimming.is_some()))
}
