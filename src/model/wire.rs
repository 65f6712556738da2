//! The places in a response as templates see them.

use bumpalo::Bump;

use super::body::{Leaf, Tree};
use super::names::Speller;
use super::value::{Value, map};
use crate::catalog::{
    Catalog, CodeKind, CodePlace, Field, Items, Layout, Localised, Place, Pointer, Source, plain,
};
use crate::target::Entity;

/// The declared fields. `localised` makes the value of a text.
pub fn fields<'a>(
    arena: &'a Bump,
    speller: &Speller<'a>,
    catalog: &'a Catalog<'a>,
    localised: impl Fn(&'a Localised) -> Value<'a>,
) -> &'a [Value<'a>] {
    let wire = &catalog.wire;
    let values = wire.fields.iter().enumerate().map(|(number, field)| {
        let in_response = wire.layout.fields[number].as_ref();
        let items = wire.errors.as_ref();
        let in_item = items.and_then(|items| items.layout.fields[number].as_ref());
        let description = field.description.as_ref().map(&localised);
        let places = [in_response, in_item].map(|it| it.map(|it| place(arena, it)));
        self::field(arena, speller, field, description, places)
    });
    arena.alloc_slice_fill_iter(values)
}

fn field<'a>(
    arena: &'a Bump,
    speller: &Speller<'a>,
    field: &'a Field<'a>,
    description: Option<Value<'a>>,
    [in_response, in_item]: [Option<Value<'a>>; 2],
) -> Value<'a> {
    map!(
        arena,
        [
            ("name", field.name.into()),
            ("names", speller.names(Entity::Field, field.name, None)),
            ("type", field.r#type.name().into()),
            ("example", Value::of_data(arena, &field.example)),
            (
                "example_text",
                Value::Text(arena.alloc_str(&plain(&field.example)))
            ),
            ("description", description.into()),
            ("place", in_response.into()),
            ("item_place", in_item.into()),
        ]
    )
}

/// `fields` has the values of the declared fields.
pub fn wire<'a>(arena: &'a Bump, catalog: &'a Catalog<'a>, fields: &'a [Value<'a>]) -> Value<'a> {
    let wire = &catalog.wire;
    let fixed = wire.fixed.iter().map(|(at, value)| {
        map!(
            arena,
            [
                ("pointer", at.pointer.into()),
                ("segments", segments(arena, at)),
                ("json", json(arena, value)),
            ]
        )
    });
    let [code, subcode, message, parameters] = places(arena, &wire.layout);
    let errors = wire.errors.as_ref().map(|it| items(arena, it));
    map!(
        arena,
        [
            ("code", code),
            ("code_type", wire.code_type.name().into()),
            ("subcode", subcode),
            ("subcode_type", wire.subcode_type.name().into()),
            ("message", message),
            ("parameters", parameters),
            ("fields", Value::List(fields)),
            ("errors", errors.into()),
            ("fixed", Value::list(arena, fixed)),
            ("body", body(arena, catalog, fields)),
        ]
    )
}

fn items<'a>(arena: &'a Bump, items: &'a Items<'a>) -> Value<'a> {
    let [code, subcode, message, parameters] = places(arena, &items.layout);
    map!(
        arena,
        [
            ("list", pointer(arena, &items.list)),
            ("code", code),
            ("subcode", subcode),
            ("message", message),
            ("parameters", parameters),
        ]
    )
}

/// Where the code, that of the case, the message and the parameters are.
fn places<'a>(arena: &'a Bump, layout: &'a Layout<'a>) -> [Value<'a>; 4] {
    let plain = |it: &'a Option<Place<'a>>| it.as_ref().map(|it| place(arena, it)).into();
    [
        layout.code.as_ref().map(|it| code_place(arena, it)).into(),
        plain(&layout.subcode),
        plain(&layout.message),
        plain(&layout.parameters),
    ]
}

/// A place. Of `pointer` and `header` one is null.
pub fn place<'a>(arena: &'a Bump, place: &'a Place<'a>) -> Value<'a> {
    with_marks(arena, place, None, false)
}

fn code_place<'a>(arena: &'a Bump, code: &'a CodePlace<'a>) -> Value<'a> {
    with_marks(arena, &code.place, code.separator, code.is_page)
}

fn with_marks<'a>(
    arena: &'a Bump,
    place: &'a Place<'a>,
    separator: Option<&'a str>,
    is_page: bool,
) -> Value<'a> {
    let (header, body, members, at) = match &place.source {
        Source::Header(name) => (Some(*name), None, &[][..], None),
        Source::Body(pointer) => (None, Some(pointer), &[][..], None),
        Source::Element { array, members, at } => (None, Some(array), &members[..], Some(at)),
    };
    let members = members.iter().map(|(name, value)| {
        map!(
            arena,
            [
                ("name", (*name).into()),
                ("value", Value::of_data(arena, value)),
                ("json", json(arena, value)),
            ]
        )
    });
    map!(
        arena,
        [
            ("header", header.into()),
            ("pointer", body.map(|it| it.pointer).into()),
            (
                "segments",
                body.map_or(Value::List(&[]), |it| segments(arena, it))
            ),
            ("where", Value::list(arena, members)),
            ("at", at.map(|it| pointer(arena, it)).into()),
            ("after", place.after.into()),
            ("before", place.before.into()),
            ("separator", separator.into()),
            ("is_page", is_page.into()),
        ]
    )
}

fn pointer<'a>(arena: &'a Bump, pointer: &'a Pointer) -> Value<'a> {
    map!(
        arena,
        [
            ("pointer", pointer.pointer.into()),
            ("segments", segments(arena, pointer)),
        ]
    )
}

fn segments<'a>(arena: &'a Bump, pointer: &'a Pointer) -> Value<'a> {
    let segments = pointer
        .segments
        .iter()
        .map(|segment| segment.as_str().into());
    Value::list(arena, segments)
}

pub fn json<'a>(arena: &'a Bump, value: &serde_json::Value) -> Value<'a> {
    let text: &str = arena.alloc_str(&value.to_string());
    text.into()
}

/// The body as a tree whose leaves say what stands there.
fn body<'a>(arena: &'a Bump, catalog: &'a Catalog<'a>, fields: &'a [Value<'a>]) -> Value<'a> {
    let wire = &catalog.wire;
    let mut tree = Tree::default();
    for (pointer, value) in &wire.fixed {
        tree.insert_at(pointer, Leaf::Fixed(value.to_string()));
    }
    layout(&mut tree, &wire.layout);
    if let Some(items) = &wire.errors {
        let mut item = Tree::default();
        layout(&mut item, &items.layout);
        tree.insert_at(&items.list, Leaf::List(Box::new(item.into_body())));
    }
    tree.into_body().value(arena, fields)
}

fn layout<'a>(tree: &mut Tree<'a>, layout: &'a Layout<'a>) {
    if let Some(code) = &layout.code {
        let is_whole = code.separator.is_none()
            && !code.is_page
            && code.place.after.is_none()
            && code.place.before.is_none();
        let kind = if is_whole { "code" } else { "code_text" };
        tree.insert(&code.place, Leaf::Kind(kind));
    }
    let others = [
        (&layout.message, "message"),
        (&layout.subcode, "subcode"),
        (&layout.parameters, "parameters"),
    ];
    for (place, kind) in others {
        if let Some(place) = place {
            tree.insert(place, Leaf::Kind(kind));
        }
    }
    for (number, place) in layout.fields.iter().enumerate() {
        if let Some(place) = place {
            tree.insert(place, Leaf::Field(number));
        }
    }
}

/// How a code is written in JSON.
pub fn code_json(kind: CodeKind, text: &str) -> String {
    match kind {
        CodeKind::Integer => text.to_owned(),
        CodeKind::String => serde_json::Value::from(text).to_string(),
    }
}
