//! What is asked of a response body, as a tree: a module that reads a body in one pass keeps nothing else.

use std::collections::BTreeMap;

use bumpalo::Bump;

use super::value::{Value, map};
use crate::catalog::{Catalog, Layout, Place, Pointer, Source};

/// What is asked of a value.
#[derive(Clone, Default)]
struct Asked<'a> {
    /// Whether it is a part itself.
    is_part: bool,
    /// Whether its members are parameters.
    has_parameters: bool,
    /// Of its members, and of elements of an array by their index.
    members: BTreeMap<&'a str, Self>,
    /// Of each element of an array.
    elements: Option<Box<Self>>,
}

/// What is asked of a body.
pub fn asked<'a>(arena: &'a Bump, catalog: &'a Catalog<'a>) -> Value<'a> {
    let wire = &catalog.wire;
    let mut asked = Asked::default();
    asked.add(catalog, &wire.layout);
    if let Some(items) = &wire.errors {
        let mut item = Asked::default();
        item.add(catalog, &items.layout);
        let list = asked.at(&items.list).elements.get_or_insert_default();
        list.merge(&item);
    }
    asked.value(arena)
}

impl<'a> Asked<'a> {
    fn add(&mut self, catalog: &'a Catalog<'a>, layout: &'a Layout<'a>) {
        let code = layout.code.iter().map(|code| &code.place);
        let parts = [&layout.subcode, &layout.message];
        let parts = parts.into_iter().chain(&layout.fields).flatten();
        let messages = catalog
            .errors()
            .flat_map(|(_, _, error)| error.messages.all());
        let own = messages.flat_map(|(_, parameters)| parameters);
        let own = own.filter_map(|parameter| parameter.at.as_ref());
        for place in code.chain(parts).chain(own) {
            if let Some(asked) = self.at_place(place) {
                asked.is_part = true;
            }
        }
        if let Some(asked) = layout.parameters.as_ref().and_then(|it| self.at_place(it)) {
            asked.has_parameters = true;
        }
    }

    /// `None` for a header.
    fn at_place(&mut self, place: &'a Place<'a>) -> Option<&mut Self> {
        match &place.source {
            Source::Header(_) => None,
            Source::Body(pointer) => Some(self.at(pointer)),
            Source::Element { array, members, at } => {
                let element = self.at(array).elements.get_or_insert_default();
                for (name, _) in members {
                    element.members.entry(name).or_default().is_part = true;
                }
                Some(element.at(at))
            }
        }
    }

    fn at(&mut self, pointer: &'a Pointer<'a>) -> &mut Self {
        let segments = pointer.segments.iter();
        segments.fold(self, |asked, name| asked.members.entry(name).or_default())
    }

    fn merge(&mut self, other: &Self) {
        self.is_part |= other.is_part;
        self.has_parameters |= other.has_parameters;
        for (name, member) in &other.members {
            self.members.entry(name).or_default().merge(member);
        }
        if let Some(elements) = &other.elements {
            self.elements.get_or_insert_default().merge(elements);
        }
    }

    /// As templates see it. What is asked of each element is asked of one with an index, too.
    fn value(&self, arena: &'a Bump) -> Value<'a> {
        let elements = self.elements.as_deref();
        let members = self.members.iter().map(|(name, member)| {
            let mut member = member.clone();
            if let Some(elements) = elements.filter(|_| name.parse::<usize>().is_ok()) {
                member.merge(elements);
            }
            let node = member.value(arena);
            map!(arena, [("name", (*name).into()), ("value", node)])
        });
        let members: Vec<_> = members.collect();
        map!(
            arena,
            [
                ("is_part", self.is_part.into()),
                ("has_parameters", self.has_parameters.into()),
                ("members", Value::list(arena, members)),
                ("elements", elements.map(|it| it.value(arena)).into()),
            ]
        )
    }
}
