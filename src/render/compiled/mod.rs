//! The templates of the standard targets, compiled into functions when errgen is built (`build/`), and what these functions call.
//!
//! They write what Tera would write; an operation that Tera refuses fails here as well. A failure does not end a function: the
//! first is kept, and what was written is thrown away.

mod arithmetic;
mod filters;
mod operations;
mod output;

use std::cell::RefCell;
use std::cmp::Ordering;

use bumpalo::Bump;

use super::report::at_column;
use super::{Variables, template_name};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::{Key, Value};
use crate::target::{Escape, Target};

#[allow(
    clippy::all,
    clippy::pedantic,
    non_snake_case,
    unused,
    reason = "made by the build script: what matters is how fast it compiles and runs"
)]
mod templates {
    use super::{
        CompiledTarget, CompiledTemplate, Key, Ordering, Part, Renderer, Value, Variables, at,
    };

    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

/// The templates of a standard target.
struct CompiledTarget {
    id: &'static str,
    /// What all its templates are called.
    names: &'static [&'static str],
    /// Those that files and paths are made by, by name.
    templates: &'static [(&'static str, CompiledTemplate)],
    shows_names_of_others: bool,
}

/// Writes what a template yields.
type CompiledTemplate = for<'a> fn(&Renderer<'a>, &mut String, &Variables<'a>);

/// A target's escapes by context, sorted.
pub type Escapes = [(String, Escape)];

/// What a function needs beside its values.
struct Renderer<'a> {
    arena: &'a Bump,
    escapes: &'a Escapes,
    failure: RefCell<Option<Failure>>,
    /// Texts that are empty now, whose memory serves again.
    spare: RefCell<Vec<String>>,
}

/// What is wrong in a template.
#[derive(Debug)]
struct Failure {
    message: String,
    place: Place,
}

/// Where an operation stands: in which of a target's templates, in which line and column, from 1.
#[derive(Clone, Copy, Debug)]
struct Place {
    template: u16,
    line: u16,
    column: u16,
}

/// A part of a list.
#[derive(Clone, Copy)]
enum Part<'a> {
    Item(Value<'a>),
    /// All that another list has.
    All(Value<'a>),
}

const fn at(template: u16, line: u16, column: u16) -> Place {
    Place {
        template,
        line,
        column,
    }
}

/// A standard target, ready to be rendered.
pub struct Compiled {
    target: &'static CompiledTarget,
    escapes: Box<Escapes>,
}

/// The templates of a target; none where it is not a standard one.
fn compiled(target: &Target) -> Option<&'static CompiledTarget> {
    let mut targets = templates::TARGETS.iter().filter(|_| target.is_standard());
    targets.find(|compiled| compiled.id == target.id)
}

/// Whether the templates of a standard target show names of others.
pub fn shows_names_of_others(target: &Target) -> bool {
    compiled(target).is_some_and(|compiled| compiled.shows_names_of_others)
}

impl Compiled {
    /// A standard target's; none of another one.
    pub fn new(target: &Target) -> Option<Self> {
        let compiled = compiled(target)?;
        let escapes = target.manifest.escapes.iter();
        let escapes = escapes.map(|(context, rule)| (context.clone(), Escape::new(rule)));
        Some(Self {
            target: compiled,
            escapes: escapes.collect(),
        })
    }

    /// What a template yields, of about `size` bytes; `arena` holds what is computed on the way.
    ///
    /// # Errors
    ///
    /// The first operation that cannot be done, with its place.
    pub(super) fn text<'a>(
        &'a self,
        target: &Target,
        template: &str,
        variables: &Variables<'a>,
        arena: &'a Bump,
        size: usize,
    ) -> Result<String, Diagnostics> {
        let name = template.strip_prefix(&target.folder);
        let name = name.and_then(|name| name.strip_prefix('/'));
        let mut templates = self.target.templates.iter();
        let Some((_, render)) = templates.find(|(own, _)| name == Some(*own)) else {
            let message = "there is no such template";
            return Err(Diagnostic::file(rules::TEMPLATE_ERROR, template, message).into());
        };
        let renderer = Renderer {
            arena,
            escapes: &self.escapes,
            failure: RefCell::default(),
            spare: RefCell::default(),
        };
        // To grow step by step leaves gaps in memory that nothing fits into.
        let mut output = String::with_capacity(size);
        render(&renderer, &mut output, variables);
        output.shrink_to_fit();
        match renderer.failure.into_inner() {
            None => Ok(output),
            Some(failure) => Err(self.located(target, &failure).into()),
        }
    }

    fn located(&self, target: &Target, failure: &Failure) -> Diagnostic {
        let Place {
            template,
            line,
            column,
        } = failure.place;
        let name = self.target.names.get(usize::from(template));
        let name = template_name(target, name.copied().unwrap_or_default());
        at_column(target, &name, &failure.message, line.into(), column.into())
    }
}

impl<'a> Renderer<'a> {
    fn fail(&self, place: Place, message: impl Into<String>) {
        let failure = || Failure {
            message: message.into(),
            place,
        };
        self.failure.borrow_mut().get_or_insert_with(failure);
    }

    /// The same, where a value is needed.
    fn failed(&self, place: Place, message: impl Into<String>) -> Value<'a> {
        self.fail(place, message);
        Value::Undefined
    }

    fn text(&self, text: &str) -> Value<'a> {
        Value::Text(self.arena.alloc_str(text))
    }

    fn captured(&self, write: impl FnOnce(&mut String)) -> Value<'a> {
        let mut text = self.spare.borrow_mut().pop().unwrap_or_default();
        write(&mut text);
        let value = self.text(&text);
        text.clear();
        self.spare.borrow_mut().push(text);
        value
    }
}
