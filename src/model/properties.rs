//! Properties as templates see them.

use std::collections::HashMap;

use bumpalo::Bump;

use super::names::Speller;
use super::value::{Value, map};
use crate::catalog::{Property, PropertyValues};
use crate::target::Entity;

/// A declared property.
pub struct Declared<'a> {
    pub value: Value<'a>,
    /// What an enum can be.
    values: HashMap<&'a str, Value<'a>>,
}

impl<'a> Declared<'a> {
    /// `description` is the value of its text, or null.
    pub fn new(
        arena: &'a Bump,
        speller: &Speller<'a>,
        property: &'a Property<'a>,
        description: Value<'a>,
    ) -> Self {
        let values = property.values.iter().map(|value| {
            let names = speller.names(Entity::Value, value, Some(property.name));
            map!(arena, [("value", (*value).into()), ("names", names)])
        });
        let values = &*arena.alloc_slice_fill_iter(values);
        let value = map!(
            arena,
            [
                ("name", property.name.into()),
                (
                    "names",
                    speller.names(Entity::Property, property.name, None)
                ),
                ("type", property.r#type.name().into()),
                ("values", Value::List(values)),
                (
                    "default",
                    property.default.map(|it| Value::of_data(arena, it)).into()
                ),
                ("optional", property.default.is_none().into()),
                ("multiple", property.multiple.into()),
                ("is_list", property.is_list().into()),
                ("description", description),
                ("modules", property.modules.into()),
            ]
        );
        let names = property.values.iter().copied();
        Self {
            value,
            values: names.zip(values.iter().copied()).collect(),
        }
    }

    /// The values of an enum that are written here.
    fn chosen(&self, arena: &'a Bump, written: Option<&serde_json::Value>) -> Value<'a> {
        let items = match written {
            Some(serde_json::Value::Array(items)) => items.as_slice(),
            Some(item) => std::slice::from_ref(item),
            None => &[],
        };
        let names = items.iter().filter_map(serde_json::Value::as_str);
        let chosen: Vec<_> = names.filter_map(|name| self.values.get(name)).collect();
        Value::list(arena, chosen.into_iter().copied())
    }
}

/// What an error or a case says of each declared property, and whether modules have it.
pub fn values<'a>(
    arena: &'a Bump,
    properties: &[Property],
    declared: &[Declared<'a>],
    values: &PropertyValues<'a>,
) -> Value<'a> {
    let all = properties.iter().zip(declared).zip(values.iter());
    let entries = all.map(|((property, declared), value)| {
        let in_modules = property.modules && value.is_some();
        let chosen = declared.chosen(arena, *value);
        let value = value.map(|it| Value::of_data(arena, it));
        map!(
            arena,
            [
                ("property", declared.value),
                ("value", value.into()),
                ("values", chosen),
                ("in_modules", in_modules.into()),
            ]
        )
    });
    Value::list(arena, entries)
}
