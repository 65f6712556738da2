//! What the functions of compiled templates run in.

use std::cell::{Cell, RefCell};

use bumpalo::Bump;

use crate::model::Value;
use crate::target::Escape;

/// A target's escapes by context, sorted.
pub type Escapes = [(String, Escape)];

/// What a function needs beside its values.
pub struct Renderer<'a> {
    pub arena: &'a Bump,
    pub escapes: &'a Escapes,
    failure: RefCell<Option<Failure>>,
    /// Texts that are empty now, whose memory serves again.
    spare: RefCell<Vec<String>>,
    /// How many components are being run, where they could be too many.
    depth: Cell<usize>,
}

/// What is wrong in a template.
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub place: Place,
}

/// Where an operation stands: in which of a target's templates, in which line and column, from 1.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub template: u16,
    pub line: u16,
    pub column: u16,
}

pub const fn at(template: u16, line: u16, column: u16) -> Place {
    Place {
        template,
        line,
        column,
    }
}

impl<'a> Renderer<'a> {
    pub fn new(arena: &'a Bump, escapes: &'a Escapes) -> Self {
        Self {
            arena,
            escapes,
            failure: RefCell::default(),
            spare: RefCell::default(),
            depth: Cell::default(),
        }
    }

    /// The first thing that went wrong.
    pub fn into_failure(self) -> Option<Failure> {
        self.failure.into_inner()
    }

    /// Records what went wrong, unless something did before. Rendering goes on to its end.
    pub fn fail(&self, place: Place, message: impl Into<String>) {
        let failure = || Failure {
            message: message.into(),
            place,
        };
        self.failure.borrow_mut().get_or_insert_with(failure);
    }

    /// Fails where a value is needed: there is none.
    pub fn fail_as_value(&self, place: Place, message: impl Into<String>) -> Value<'a> {
        self.fail(place, message);
        Value::Undefined
    }

    /// Whether one more component can be run, if so many can; `has_called` comes after it.
    pub fn can_call(&self, deepest: usize, place: Place) -> bool {
        let can_call = self.depth.get() < deepest;
        if can_call {
            self.depth.update(|depth| depth + 1);
        } else {
            self.fail(place, "components call each other too deep");
        }
        can_call
    }

    pub fn has_called(&self) {
        self.depth.update(|depth| depth - 1);
    }

    pub fn text(&self, text: &str) -> Value<'a> {
        Value::Text(self.arena.alloc_str(text))
    }

    /// The text that is written.
    pub fn capture(&self, write: impl FnOnce(&mut String)) -> Value<'a> {
        let mut text = self.spare.borrow_mut().pop().unwrap_or_default();
        write(&mut text);
        let value = self.text(&text);
        text.clear();
        self.spare.borrow_mut().push(text);
        value
    }
}
