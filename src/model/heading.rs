//! Categories and groups, as headings of errors.

use bumpalo::Bump;

use super::error::Builder;
use super::value::{Value, map};
use crate::catalog::{Category, Codes, Group, Retry};
use crate::target::Entity;

/// The fields that categories and groups have in common.
#[derive(Clone, Copy)]
pub struct Heading<'a> {
    id: Value<'a>,
    names: Value<'a>,
    title: Value<'a>,
    codes: Value<'a>,
    retry: Value<'a>,
    meta: Value<'a>,
}

/// The content of a category, in the order of the catalogue.
pub struct Held<'a> {
    pub errors: &'a [Value<'a>],
    /// The errors that are in no group.
    pub ungrouped: &'a [Value<'a>],
    pub groups: &'a [Value<'a>],
}

impl<'a> Heading<'a> {
    /// The model of a category, or of one of its groups.
    pub fn new(
        builder: &Builder<'a>,
        category: &'a Category<'a>,
        group: Option<&'a Group<'a>>,
    ) -> Self {
        let (entity, id, title, qualifier) = match group {
            Some(group) => (Entity::Group, group.id, &group.title, Some(category.id)),
            None => (Entity::Category, category.id, &category.title, None),
        };
        let (codes, retry, meta) = match group {
            Some(group) => (group.codes, group.retry, group.meta),
            None => (category.codes, category.retry, category.meta),
        };
        let arena = builder.arena;
        Self {
            id: id.into(),
            names: builder.speller.names(entity, id, qualifier),
            title: builder.localised(title),
            codes: codes.map(|codes| reserved(arena, codes)).into(),
            retry: retry.map(Retry::name).into(),
            meta: Value::of_data(arena, meta),
        }
    }

    /// The heading as a reference from an error.
    pub fn reference(&self, arena: &'a Bump) -> Value<'a> {
        map!(
            arena,
            [
                ("id", self.id),
                ("names", self.names),
                ("title", self.title),
            ]
        )
    }

    /// The category with its content.
    pub fn category(&self, arena: &'a Bump, held: &Held<'a>) -> Value<'a> {
        map!(
            arena,
            [
                ("id", self.id),
                ("names", self.names),
                ("title", self.title),
                ("codes", self.codes),
                ("retry", self.retry),
                ("meta", self.meta),
                ("errors", Value::List(held.errors)),
                ("ungrouped", Value::List(held.ungrouped)),
                ("groups", Value::List(held.groups)),
            ]
        )
    }

    /// The group with its errors. `category` is a reference.
    pub fn group(
        &self,
        arena: &'a Bump,
        category: Value<'a>,
        errors: &'a [Value<'a>],
    ) -> Value<'a> {
        map!(
            arena,
            [
                ("id", self.id),
                ("names", self.names),
                ("title", self.title),
                ("codes", self.codes),
                ("retry", self.retry),
                ("meta", self.meta),
                ("category", category),
                ("errors", Value::List(errors)),
            ]
        )
    }
}

fn reserved<'a>(arena: &'a Bump, codes: Codes<'a>) -> Value<'a> {
    let (first, last, prefix) = match codes {
        Codes::Range(range) => (range.first.into(), range.last.into(), Value::Null),
        Codes::Prefix(prefix) => (Value::Null, Value::Null, prefix.into()),
    };
    map!(
        arena,
        [("first", first), ("last", last), ("prefix", prefix)]
    )
}
