//! The templates of the standard targets, compiled into functions when errgen is built (`build/`), and what these functions call.
//!
//! They do what Tera would do: write the same, and fail where it fails. A failure does not end a function: the first is kept, and
//! what was written is thrown away.

#![allow(dead_code, reason = "what is called depends on the templates")]

mod arithmetic;
mod comparison;
mod filters;
mod operations;
mod output;
mod renderer;

use bumpalo::Bump;

use super::report::at_position;
use super::template_names::template_name;
use super::variables::Variables;
use crate::diagnostic::{Diagnostic, Diagnostics, Position, rules};
use crate::model::Value;
use crate::target::{Escape, Target};
use renderer::{Escapes, Failure, Place, Renderer};

#[allow(
    clippy::all,
    clippy::pedantic,
    non_snake_case,
    unused,
    reason = "made by the build script: what matters is how fast it compiles and runs"
)]
mod templates {
    use std::cmp::Ordering;

    use super::comparison::equals;
    use super::operations::{Kind, Part, count, or};
    use super::output::write_piece;
    use super::renderer::{Renderer, at};
    use super::{CompiledTarget, CompiledTemplate};
    use crate::model::{Key, Value};
    use crate::render::variables::Variables;

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
    shows_history: bool,
}

/// Writes what a template yields.
type CompiledTemplate = for<'a> fn(&Renderer<'a>, &mut String, &Variables<Value<'a>>);

/// A standard target, ready to be rendered.
pub struct Compiled {
    target: &'static CompiledTarget,
    escapes: Box<Escapes>,
}

/// The templates of a target; none where it is not a standard one.
fn find_compiled(target: &Target) -> Option<&'static CompiledTarget> {
    let mut targets = templates::TARGETS.iter().filter(|_| target.is_standard());
    targets.find(|compiled| compiled.id == target.id)
}

/// Whether the templates of a standard target show names of others.
pub fn shows_names_of_others(target: &Target) -> bool {
    find_compiled(target).is_some_and(|compiled| compiled.shows_names_of_others)
}

/// Whether the templates of a standard target show what has become of errors.
pub fn shows_history(target: &Target) -> bool {
    find_compiled(target).is_some_and(|compiled| compiled.shows_history)
}

impl Compiled {
    /// A standard target's; none of another one.
    pub fn new(target: &Target) -> Option<Self> {
        let compiled = find_compiled(target)?;
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
        variables: &Variables<Value<'a>>,
        arena: &'a Bump,
        size: usize,
    ) -> Result<String, Diagnostics> {
        let name = template.strip_prefix(&target.folder);
        let name = name.and_then(|name| name.strip_prefix('/'));
        let mut templates = self.target.templates.iter();
        let Some((_, render)) = templates.find(|(own, _)| name == Some(*own)) else {
            let message = "unknown template";
            return Err(Diagnostic::file(rules::TEMPLATE_ERROR, template, message).into());
        };
        let renderer = Renderer::new(arena, &self.escapes);
        // To grow step by step leaves gaps in memory that nothing fits into.
        let mut output = String::with_capacity(size);
        render(&renderer, &mut output, variables);
        output.shrink_to_fit();
        match renderer.into_failure() {
            None => Ok(output),
            Some(failure) => Err(self.locate(target, &failure).into()),
        }
    }

    fn locate(&self, target: &Target, failure: &Failure) -> Diagnostic {
        let Place {
            template,
            line,
            column,
        } = failure.place;
        let name = self.target.names.get(usize::from(template));
        let name = template_name(target, name.copied().unwrap_or_default());
        let position = Position {
            line: line.into(),
            column: column.into(),
        };
        at_position(target, &name, &failure.message, position)
    }
}
