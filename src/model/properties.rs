//! Properties as templates see them.

use bumpalo::Bump;

use super::names::Speller;
use super::value::{Value, map};
use crate::catalog::{Localised, Property, PropertyValues};
use crate::target::Entity;

/// The declared properties. `localised` makes the value of a text.
pub fn declared<'a>(
    arena: &'a Bump,
    speller: &Speller<'a>,
    properties: &'a [Property<'a>],
    localised: impl Fn(&'a Localised) -> Value<'a>,
) -> &'a [Value<'a>] {
    let description = |it: &'a Property<'a>| it.description.as_ref().map(&localised);
    let values = properties
        .iter()
        .map(|it| property(arena, speller, it, description(it)));
    arena.alloc_slice_fill_iter(values)
}

fn property<'a>(
    arena: &'a Bump,
    speller: &Speller<'a>,
    property: &'a Property<'a>,
    description: Option<Value<'a>>,
) -> Value<'a> {
    let values = property.values.iter().map(|value| {
        let names = speller.names(Entity::Value, value, Some(property.name));
        map!(arena, [("value", (*value).into()), ("names", names)])
    });
    map!(
        arena,
        [
            ("name", property.name.into()),
            (
                "names",
                speller.names(Entity::Property, property.name, None)
            ),
            ("type", property.r#type.name().into()),
            ("values", Value::list(arena, values)),
            (
                "default",
                property.default.map(|it| Value::of_data(arena, it)).into()
            ),
            ("multiple", property.multiple.into()),
            ("is_list", property.is_list().into()),
            ("description", description.into()),
            ("modules", property.modules.into()),
        ]
    )
}

/// What an error or a case says of each declared property, and whether modules have it.
pub fn values<'a>(
    arena: &'a Bump,
    properties: &[Property],
    declared: &'a [Value<'a>],
    values: &PropertyValues<'a>,
) -> Value<'a> {
    let all = properties.iter().zip(declared).zip(values.iter());
    let entries = all.map(|((property, declared), value)| {
        let in_modules = property.modules && value.is_some();
        let value = value.map(|it| Value::of_data(arena, it));
        map!(
            arena,
            [
                ("property", *declared),
                ("value", value.into()),
                ("in_modules", in_modules.into()),
            ]
        )
    });
    Value::list(arena, entries)
}
