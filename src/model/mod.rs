//! Builds the model, which is all that templates see.
//!
//! Texts are split into parts, names are spelled for every loaded target, and every field always exists, and is null if it is
//! absent. `templates/README.md` describes it field by field; [`FIELDS`] lists what a template can use.

mod asked;
mod body;
mod error;
mod explanation;
mod fields;
mod heading;
mod history;
mod names;
mod parts;
mod problem;
mod properties;
mod publish;
mod response;
mod samples;
mod selection;
mod text;
mod uses;
mod value;
mod wire;

pub use fields::FIELDS;
pub use selection::Selection;
pub use value::{Key, Map, Value};

use std::collections::BTreeSet;

use bumpalo::Bump;

use crate::catalog::{Catalog, Category, Error, Group};
use crate::compatibility;
use crate::target::Target;
use error::Builder;
use heading::Heading;
use history::History;
use parts::Parts;

/// A catalogue, ready for templates. It borrows from the catalogue and from an arena.
#[derive(Debug)]
pub struct Model<'a> {
    /// With all errors.
    whole: TargetModel<'a>,
    /// The others that the targets need.
    parts: Vec<(Selection, TargetModel<'a>)>,
}

/// The model as the templates of one target see it.
#[derive(Clone, Copy, Debug)]
pub struct TargetModel<'a> {
    /// The variable `catalog`.
    pub catalog: Value<'a>,
    /// What a file can be generated for, by the name of the variable.
    pub categories: &'a [Value<'a>],
    pub groups: &'a [Value<'a>],
    pub errors: &'a [Value<'a>],
    pub locales: &'a [Value<'a>],
    pub statuses: &'a [Value<'a>],
}

impl<'a> Model<'a> {
    /// Builds the model of a catalogue with its history, with names for each of the targets, and with what the targets to be rendered show.
    pub fn new(
        arena: &'a Bump,
        catalog: &'a Catalog<'a>,
        history: &compatibility::History,
        targets: &[&'a Target],
        selections: impl IntoIterator<Item = Selection>,
    ) -> Self {
        let builder = Builder::new(arena, catalog, targets, &catalog.locales);
        let history = History::new(arena, history, catalog.fallback);
        let parts = Parts::new(&builder, history, targets);
        let mut errors = catalog.errors().map(|(_, _, error)| error);
        let has_retired = errors.any(|error| error.retired.is_some());
        let selections: BTreeSet<_> = selections
            .into_iter()
            .filter(|selection| has_retired && selection.drops_retired)
            .collect();
        let selected = |selection| (selection, parts.model(selection));
        Self {
            whole: parts.model(Selection::default()),
            parts: selections.into_iter().map(selected).collect(),
        }
    }

    /// The model as one target sees it. Its selection is one that [`Model::new`] was told of.
    pub fn for_target(&self, selection: Selection) -> &TargetModel<'a> {
        let mut parts = self.parts.iter();
        let own = parts.find(|(own, _)| *own == selection);
        own.map_or(&self.whole, |(_, model)| model)
    }
}

/// Some errors of a catalogue, given with their categories and groups, as templates see them, with texts in these locales.
pub fn errors<'a>(
    arena: &'a Bump,
    catalog: &'a Catalog<'a>,
    history: &compatibility::History,
    targets: &[&'a Target],
    locales: &[&'a str],
    errors: impl IntoIterator<Item = (&'a Category<'a>, Option<&'a Group<'a>>, &'a Error<'a>)>,
) -> Vec<Value<'a>> {
    let builder = Builder::new(arena, catalog, targets, arena.alloc_slice_copy(locales));
    let history = History::new(arena, history, catalog.fallback);
    let place = |error: &Error| {
        let mut all = catalog.errors();
        all.position(|(_, _, it)| std::ptr::eq(it, error))
    };
    let reference = |category, group| Heading::new(&builder, category, group).reference(arena);
    let value = |(category, group, error): (_, Option<_>, _)| {
        let group = group.map(|group| reference(category, Some(group)));
        let history = place(error).map_or(Value::List(&[]), |place| history.of_error(place));
        builder.error(error, reference(category, None), group, history)
    };
    errors.into_iter().map(value).collect()
}
