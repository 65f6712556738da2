//! An example of the response that has a message: every part of it in its place, so that modules read it back.

use bumpalo::Bump;
use serde_json::Value as Json;

use super::body::{Leaf, Tree};
use super::value::{Value, map};
use super::wire::code_json;
use crate::catalog::{
    Case, Catalog, CodeKind, Error, Layout, Parameter, Place, Source, Text, plain, write_docs_url,
};

/// A message of an error, with the examples of its parameters.
pub struct Said<'a> {
    pub error: &'a Error<'a>,
    pub case: Option<&'a Case<'a>>,
    pub message: &'a Text<'a>,
    pub parameters: &'a [Parameter<'a>],
}

/// The response, or null where it is no more than a code and a message in the catalogue's body.
pub fn response<'a>(arena: &'a Bump, catalog: &'a Catalog<'a>, said: &Said<'a>) -> Value<'a> {
    let wire = &catalog.wire;
    if wire.is_plain() && said.parameters.iter().all(|it| it.at.is_none()) {
        return Value::Null;
    }
    let mut tree = Tree::default();
    for (pointer, value) in &wire.fixed {
        tree.insert_at(pointer, Leaf::Fixed(value.to_string()));
    }
    // An error of its own, or else the first item of the list.
    let items = wire.errors.as_ref().filter(|_| wire.layout.code.is_none());
    match items {
        None => insert(&mut tree, catalog, &wire.layout, said),
        Some(items) => {
            insert_rest(&mut tree, catalog, &wire.layout, said);
            let mut item = Tree::default();
            insert(&mut item, catalog, &items.layout, said);
            tree.insert_at(
                &items.list,
                Leaf::List {
                    item: Box::new(item.into_body()),
                    is_required: true,
                },
            );
        }
    }
    let headers = std::mem::take(&mut tree.headers).into_iter();
    let headers: Vec<_> = headers
        .filter_map(|(name, leaf)| match leaf {
            Leaf::Fixed(text) => Some((name, text)),
            _ => None,
        })
        .collect();
    let headers = headers.into_iter().map(|(name, text)| {
        let value = Value::Text(arena.alloc_str(&text));
        map!(arena, [("name", name.into()), ("value", value)])
    });
    let headers: Vec<_> = headers.collect();
    map!(
        arena,
        [
            ("headers", Value::list(arena, headers)),
            ("body", tree.into_body().value(arena, &[])),
        ]
    )
}

/// Puts an error into a response or an item.
fn insert<'a>(tree: &mut Tree<'a>, catalog: &Catalog<'a>, layout: &'a Layout<'a>, said: &Said<'a>) {
    let wire = &catalog.wire;
    if let Some(code) = &layout.code {
        let text = said.error.code.text();
        let subcode = said.case.and_then(|case| case.code);
        let text = match (code.separator, subcode, &catalog.docs_url) {
            (Some(separator), Some(subcode), _) => format!("{text}{separator}{}", subcode.text()),
            (_, _, Some(pattern)) if code.is_page => {
                let mut url = String::new();
                // Writing to a string cannot fail.
                let _ = write_docs_url(&mut url, pattern, said.error, &text);
                url
            }
            _ => text.into_owned(),
        };
        let kind = if code.is_page {
            CodeKind::String
        } else {
            wire.code_type
        };
        put(tree, &code.place, &text, code_json(kind, &text));
    }
    if let (Some(place), Some(code)) = (&layout.subcode, said.case.and_then(|case| case.code)) {
        let text = code.text();
        put(tree, place, &text, code_json(code.kind(), &text));
    }
    insert_rest(tree, catalog, layout, said);
    for parameter in said.parameters {
        if let Some(place) = &parameter.at {
            put_value(tree, place, &parameter.example);
        } else if let Some(object) = &layout.parameters {
            let json = parameter.example.to_string();
            tree.insert_in(object, parameter.wire, Leaf::Fixed(json));
        }
    }
}

/// Puts the message and the fields into a response or an item.
fn insert_rest<'a>(
    tree: &mut Tree<'a>,
    catalog: &Catalog<'a>,
    layout: &'a Layout<'a>,
    said: &Said<'a>,
) {
    if let Some(place) = &layout.message {
        let example = |name: &str| {
            let mut parameters = said.parameters.iter();
            let parameter = parameters.find(|it| it.name == name);
            parameter.map_or_else(String::new, |it| plain(&it.example))
        };
        put_value(tree, place, &Json::from(said.message.fill(example)));
    }
    for (field, place) in catalog.wire.fields.iter().zip(&layout.fields) {
        if let Some(place) = place {
            put_value(tree, place, &field.example);
        }
    }
}

fn put_value<'a>(tree: &mut Tree<'a>, place: &'a Place<'a>, value: &Json) {
    put(tree, place, &plain(value), value.to_string());
}

/// Puts a value where it belongs: as text into a header, as JSON into the body.
fn put<'a>(tree: &mut Tree<'a>, place: &'a Place<'a>, text: &str, json: String) {
    let value = match place.source {
        Source::Header(_) => text.to_owned(),
        _ => json,
    };
    tree.insert(place, Leaf::Fixed(value));
}
