//! The names in a template's tags, as far as the guard needs to tell them apart.

use std::ops::Range;

/// What a word in a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name after a dot.
    Field,
    /// A name on its own that something is read from.
    Variable,
    /// A name that the template gives a value: of a loop, a component's argument, or in `set`, with `=` or a block.
    Definition,
    /// A quoted text, with its quotation marks.
    Text,
}

pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// Words of the language of templates.
const KEYWORDS: &[&str] = &[
    "and",
    "block",
    "body",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endraw",
    "endset",
    "extends",
    "false",
    "filter",
    "for",
    "if",
    "in",
    "include",
    "is",
    "loop",
    "none",
    "not",
    "or",
    "raw",
    "set",
    "set_global",
    "true",
];

/// All names and texts in the tags of a template, in order.
pub fn tokens(template: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut offset = 0;
    while let Some(open) = template[offset..].find('{') {
        let start = offset + open;
        let close = match template.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                offset = start + 1;
                continue;
            }
        };
        if close == "#}" {
            let end = template[start..].find(close);
            offset = end.map_or(template.len(), |at| start + at + close.len());
        } else {
            let mut tag = Tag::new(template, start + 2);
            tag.read(close, &mut tokens);
            offset = tag.at;
        }
    }
    tokens
}

/// A tag that is being read.
struct Tag<'a> {
    template: &'a str,
    at: usize,
    /// The last word or sign before this place; a quoted text counts as `"`.
    last: &'a str,
    /// Whether the words that come are definitions: after `for` and up to `in`, and all of a component's head.
    defines: bool,
}

impl<'a> Tag<'a> {
    fn new(template: &'a str, at: usize) -> Self {
        Self {
            template,
            at,
            last: "",
            defines: false,
        }
    }

    fn read(&mut self, close: &str, tokens: &mut Vec<Token>) {
        while let Some(first) = self.rest().chars().next() {
            if self.rest().starts_with(close) {
                self.at += close.len();
                return;
            }
            let length = match first {
                '"' | '\'' | '`' => {
                    let end = self.rest()[1..].find(first);
                    end.map_or(self.rest().len(), |end| end + 2)
                }
                _ if is_word(first) => {
                    let rest = self.rest();
                    rest.find(|c| !is_word(c)).unwrap_or(rest.len())
                }
                '.' => self.rest().find(|c| c != '.').unwrap_or(1),
                _ => first.len_utf8(),
            };
            let range = self.at..self.at + length;
            let text = &self.template[range.clone()];
            self.at += length;
            if let Some(kind) = self.kind(first, text) {
                tokens.push(Token { kind, range });
            }
            if !first.is_whitespace() {
                self.last = if matches!(first, '"' | '\'' | '`') {
                    "\""
                } else {
                    text
                };
            }
        }
    }

    fn kind(&mut self, first: char, text: &str) -> Option<Kind> {
        if matches!(first, '"' | '\'' | '`') {
            return Some(Kind::Text);
        }
        if !is_word(first) || first.is_ascii_digit() {
            return None;
        }
        if self.last == "." {
            return Some(Kind::Field);
        }
        match text {
            "for" | "component" => self.defines = true,
            "in" => self.defines = false,
            _ => {}
        }
        let next = self.rest().trim_start();
        let is_assigned = next.starts_with('=') && !next.starts_with("==");
        match self.last {
            _ if KEYWORDS.contains(&text) => None,
            _ if self.defines || is_assigned => Some(Kind::Definition),
            "set" | "set_global" => Some(Kind::Definition),
            // The names of filters, tests, components and blocks.
            "|" | "filter" | "is" | "<" | "/" | "block" | "endblock" => None,
            _ if next.starts_with('(') => None,
            _ => Some(Kind::Variable),
        }
    }

    fn rest(&self) -> &'a str {
        &self.template[self.at..]
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
