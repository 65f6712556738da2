//! Goes through the tokens of a template.

use super::syntax::{Compiled, Place, Problem};
use super::tokens::{Kind, Token, tokens};

pub struct Cursor<'a> {
    template: &'a str,
    tokens: Vec<Token<'a>>,
    position: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(template: &'a str) -> Self {
        Self {
            template,
            tokens: tokens(template),
            position: 0,
        }
    }

    pub fn peek(&self) -> Option<&Kind<'a>> {
        self.peek_at(0)
    }

    pub fn peek_at(&self, distance: usize) -> Option<&Kind<'a>> {
        let token = self.tokens.get(self.position + distance)?;
        Some(&token.kind)
    }

    /// Where the next token stands.
    pub fn place(&self) -> Place {
        self.place_of(self.position)
    }

    fn place_of(&self, position: usize) -> Place {
        let token = self.tokens.get(position).or(self.tokens.last());
        let before = &self.template[..token.map_or(0, |token| token.range.start)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// What is wrong with the token that was taken last.
    pub fn unknown(&self) -> Problem {
        let position = self.position.saturating_sub(1);
        let what = self.tokens.get(position);
        let what = what.map_or("", |token| &self.template[token.range.clone()]);
        Problem {
            place: self.place_of(position),
            message: format!("`{what}` cannot be compiled here"),
        }
    }

    pub fn next(&mut self) -> Compiled<Kind<'a>> {
        let kind = self.peek().cloned();
        self.position += 1;
        kind.ok_or_else(|| self.unknown())
    }

    pub fn is(&self, kind: &Kind) -> bool {
        self.peek() == Some(kind)
    }

    /// Takes the token, if it is the next.
    pub fn has_taken(&mut self, kind: &Kind) -> bool {
        let is_next = self.is(kind);
        self.position += usize::from(is_next);
        is_next
    }

    pub fn take(&mut self, kind: &Kind) -> Compiled<()> {
        if self.next()? == *kind {
            return Ok(());
        }
        Err(self.unknown())
    }

    pub fn name(&mut self) -> Compiled<String> {
        match self.next()? {
            Kind::Name(name) => Ok(name.to_owned()),
            _ => Err(self.unknown()),
        }
    }

    pub fn text(&mut self) -> Compiled<String> {
        match self.next()? {
            Kind::Text(text) => Ok(text),
            _ => Err(self.unknown()),
        }
    }
}
