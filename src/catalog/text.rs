//! Splits texts with `{placeholders}` into pieces.

use std::borrow::Cow;
use std::ops::Deref;
use std::slice;

use super::is_identifier;

/// A text as it is written in the catalogue, and its pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// As in the catalogue, where `{{` stands for a brace.
    pub template: Cow<'a, str>,
    pub pieces: Pieces<'a>,
}

/// The pieces of a text. Most texts are a single literal, which needs no allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pieces<'a> {
    One(Piece<'a>),
    Some(Box<[Piece<'a>]>),
}

impl<'a> Deref for Pieces<'a> {
    type Target = [Piece<'a>];

    fn deref(&self) -> &[Piece<'a>] {
        match self {
            Self::One(piece) => slice::from_ref(piece),
            Self::Some(pieces) => pieces,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Literal(Cow<'a, str>),
    Parameter(Cow<'a, str>),
}

/// An invalid brace, with its offset in the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brace {
    /// A `{` without its `}`.
    Unclosed(usize),
    /// A `}` without its `{`.
    Unopened(usize),
    /// Braces around something other than a parameter's name.
    NotAName(usize),
}

impl<'a> Text<'a> {
    /// Splits a template.
    ///
    /// # Errors
    ///
    /// The first invalid brace.
    pub fn parse(template: Cow<'a, str>) -> Result<Self, Brace> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut offset = 0;
        while let Some(found) = template[offset..].find(['{', '}']) {
            literal.push_str(&template[offset..offset + found]);
            offset += found;
            let rest = &template[offset..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                literal.push_str(&rest[..1]);
                offset += 2;
                continue;
            }
            let name = placeholder(rest, offset)?;
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal).into()));
            }
            pieces.push(Piece::Parameter(name.to_owned().into()));
            offset += name.len() + 2;
        }
        let pieces = if pieces.is_empty() && literal.is_empty() {
            // The common case: nothing was unescaped, so a borrowed source needs no copy.
            Pieces::One(Piece::Literal(template.clone()))
        } else {
            literal.push_str(&template[offset..]);
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.into()));
            }
            Pieces::Some(pieces.into())
        };
        Ok(Self { template, pieces })
    }

    /// The names of its parameters, in order of use. One that is used twice is there twice.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Parameter(name) => Some(name.as_ref()),
            Piece::Literal(_) => None,
        })
    }

    /// The number of characters (Unicode scalar values) in its literals.
    pub fn literal_length(&self) -> usize {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.chars().count(),
            Piece::Parameter(_) => 0,
        });
        lengths.sum()
    }

    /// The text as modules have it: plain text if there are no parameters, otherwise the template.
    pub fn value(&self) -> &str {
        match &*self.pieces {
            [Piece::Literal(text)] => text,
            _ => &self.template,
        }
    }

    /// The text with every parameter filled in.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.to_string(),
                Piece::Parameter(name) => value(name),
            })
            .collect()
    }
}

/// The name in a placeholder, if `rest` starts with a single brace.
fn placeholder(rest: &str, offset: usize) -> Result<&str, Brace> {
    let Some(inner) = rest.strip_prefix('{') else {
        return Err(Brace::Unopened(offset));
    };
    let end = inner.find(['{', '}']).unwrap_or(inner.len());
    if !inner[end..].starts_with('}') {
        return Err(Brace::Unclosed(offset));
    }
    let name = &inner[..end];
    if is_identifier(name) {
        Ok(name)
    } else {
        Err(Brace::NotAName(offset))
    }
}

/// The kinds of arguments in ICU messages that no text has in braces otherwise.
const ICU: [&str; 6] = [
    "plural",
    "select",
    "selectordinal",
    "number",
    "date",
    "time",
];

/// The name of the argument, if a text goes on after a brace as in an ICU message: `count, plural, …`.
pub fn icu_argument(text: &str) -> Option<&str> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ' ';
    let (name, rest) = text.split_at(text.find(|c| !is_of_name(c))?);
    let kind = rest.strip_prefix(',')?.trim_start();
    let is_kind = |known: &&str| {
        let rest = kind.strip_prefix(*known);
        rest.is_some_and(|rest| rest.trim_start().starts_with([',', '}']))
    };
    (!name.trim().is_empty() && ICU.iter().any(is_kind)).then_some(name)
}
