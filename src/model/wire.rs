//! The places in a response as templates see them.

use std::collections::HashSet;

use bumpalo::Bump;

use super::asked::asked;
use super::body::{self, Leaf, Node, Step, Tree};
use super::names::Speller;
use super::value::{Value, map};
use crate::catalog::{
    Catalog, CodeKind, CodePlace, Field, Items, Layout, Localised, Parameter, Place, Pointer,
    Source, plain,
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
        let list = items.map(|items| &items.list);
        let places = [
            in_response.map(|it| place(arena, it, None)),
            in_item.map(|it| place(arena, it, list)),
        ];
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
                ("steps", steps(arena, body::steps_of(at))),
                ("json", json(arena, value)),
            ]
        )
    });
    let [code, subcode, message, parameters] = places(arena, &wire.layout, None);
    let errors = wire.errors.as_ref().map(|it| items(arena, it));
    let schema = body(catalog, true).into_body();
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
            ("headers", headers(arena, catalog, fields)),
            ("asked", asked(arena, catalog)),
            (
                "body",
                body(catalog, false).into_body().value(arena, fields)
            ),
            ("schema", schema.value(arena, fields)),
            ("problem", problem_members(arena, catalog, &schema)),
        ]
    )
}

/// What is in headers, each once.
fn headers<'a>(arena: &'a Bump, catalog: &'a Catalog<'a>, fields: &'a [Value<'a>]) -> Value<'a> {
    let mut seen = HashSet::new();
    let mut headers = Vec::new();
    for (name, leaf) in body(catalog, false).headers {
        let (kind, field) = match leaf {
            Leaf::Kind { kind, .. } => (kind, Value::Null),
            Leaf::Field(number) => ("field", fields[number]),
            Leaf::Fixed(_) | Leaf::Parameter(_) | Leaf::List { .. } => continue,
        };
        seen.insert(name.to_ascii_lowercase());
        headers.push(header(arena, name, kind, field, None));
    }
    let messages = catalog
        .errors()
        .flat_map(|(_, _, error)| error.messages.all());
    for parameter in messages.flat_map(|(_, parameters)| parameters) {
        if let Some(Source::Header(name)) = parameter.at.as_ref().map(|at| &at.source)
            && seen.insert(name.to_ascii_lowercase())
        {
            headers.push(header(
                arena,
                name,
                "parameter",
                Value::Null,
                Some(parameter),
            ));
        }
    }
    Value::list(arena, headers)
}

/// The members that problem details have beside those of the body, or instead of a body that is no object. Those of the body come
/// first where they have the same names.
fn problem_members<'a>(arena: &'a Bump, catalog: &Catalog, schema: &Node) -> Value<'a> {
    let taken = schema.member_names();
    let code = taken.is_none().then_some("code");
    let (layout, _) = catalog.wire.errors_layout();
    let parameters = layout.parameters.is_none().then_some("parameters");
    let members = ["type", "title", "status", "detail"].into_iter();
    let members = members.chain(code).chain(parameters);
    let members = members.filter(|name| !taken.as_ref().is_some_and(|it| it.contains(name)));
    Value::list(arena, members.map(Value::from).collect::<Vec<_>>())
}

fn header<'a>(
    arena: &'a Bump,
    name: &'a str,
    kind: &'static str,
    field: Value<'a>,
    parameter: Option<&'a Parameter<'a>>,
) -> Value<'a> {
    let r#type = parameter.map_or("string", |it| it.r#type.name());
    let example = parameter.map(|it| Value::of_data(arena, &it.example));
    map!(
        arena,
        [
            ("name", name.into()),
            ("kind", kind.into()),
            ("type", r#type.into()),
            ("example", example.into()),
            ("field", field),
        ]
    )
}

fn items<'a>(arena: &'a Bump, items: &'a Items<'a>) -> Value<'a> {
    let [code, subcode, message, parameters] = places(arena, &items.layout, Some(&items.list));
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
fn places<'a>(arena: &'a Bump, layout: &'a Layout<'a>, list: Option<&Pointer>) -> [Value<'a>; 4] {
    let plain = |it: &'a Option<Place<'a>>| it.as_ref().map(|it| place(arena, it, list)).into();
    let code = layout.code.as_ref();
    [
        code.map(|it| code_place(arena, it, list)).into(),
        plain(&layout.subcode),
        plain(&layout.message),
        plain(&layout.parameters),
    ]
}

/// A place in the response, or in an item of a list. Of `pointer` and `header` one is null.
pub fn place<'a>(arena: &'a Bump, place: &'a Place<'a>, list: Option<&Pointer>) -> Value<'a> {
    with_marks(arena, place, list, (None, false))
}

fn code_place<'a>(arena: &'a Bump, code: &'a CodePlace<'a>, list: Option<&Pointer>) -> Value<'a> {
    with_marks(arena, &code.place, list, (code.separator, code.is_page))
}

fn with_marks<'a>(
    arena: &'a Bump,
    place: &'a Place<'a>,
    list: Option<&Pointer>,
    (separator, is_page): (Option<&'a str>, bool),
) -> Value<'a> {
    let (header, body, members, at) = match &place.source {
        Source::Header(name) => (Some(*name), None, &[][..], None),
        Source::Body(pointer) => (None, Some(pointer), &[][..], None),
        Source::Element { array, members, at } => (None, Some(array), &members[..], Some(at)),
    };
    map!(
        arena,
        [
            ("text", Value::Text(arena.alloc_str(&shown(place, list)))),
            ("header", header.into()),
            ("pointer", body.map(|it| it.pointer).into()),
            (
                "segments",
                body.map_or(Value::List(&[]), |it| segments(arena, it))
            ),
            ("where", found_by(arena, members)),
            ("at", at.map(|it| pointer(arena, it)).into()),
            ("steps", steps(arena, body::steps(place))),
            ("after", place.after.into()),
            ("before", place.before.into()),
            ("separator", separator.into()),
            ("is_page", is_page.into()),
        ]
    )
}

/// A place for a reader: `X-Error-Code`, `/error/code`, `/error/details[@type="…"]/reason`, `/errors/*/code`.
pub fn shown(place: &Place, list: Option<&Pointer>) -> String {
    let list = list.map_or_else(String::new, |list| format!("{}/*", list.pointer));
    match &place.source {
        Source::Header(name) => (*name).to_owned(),
        Source::Body(pointer) if list.is_empty() && pointer.pointer.is_empty() => "/".to_owned(),
        Source::Body(pointer) => list + pointer.pointer,
        Source::Element { array, members, at } => {
            let members = members
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            let members: Vec<_> = members.collect();
            format!(
                "{list}{}[{}]{}",
                array.pointer,
                members.join(", "),
                at.pointer
            )
        }
    }
}

fn pointer<'a>(arena: &'a Bump, pointer: &'a Pointer) -> Value<'a> {
    map!(
        arena,
        [
            ("pointer", pointer.pointer.into()),
            ("segments", segments(arena, pointer)),
            ("steps", steps(arena, body::steps_of(pointer))),
        ]
    )
}

/// The members by which an element of an array is found.
fn found_by<'a>(arena: &'a Bump, members: &'a [(&'a str, &'a serde_json::Value)]) -> Value<'a> {
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
    Value::list(arena, members)
}

/// The way to a place, for one who writes it. Of `name`, `index` and `where` one says what a step leads to.
fn steps<'a>(arena: &'a Bump, steps: impl Iterator<Item = Step<'a>>) -> Value<'a> {
    let steps = steps.map(|step| {
        let (name, index, members) = match step {
            Step::Member(name) => (Some(name), None, &[][..]),
            Step::Index(index) => (None, Some(index), &[][..]),
            Step::Element(members) => (None, None, members),
        };
        map!(
            arena,
            [
                ("name", name.into()),
                ("index", index.into()),
                ("where", found_by(arena, members)),
            ]
        )
    });
    Value::list(arena, steps.collect::<Vec<_>>())
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

/// The body as a tree whose leaves say what stands there: as it is for any error, or with all parameters that some error has.
fn body<'a>(catalog: &'a Catalog<'a>, has_parameters: bool) -> Tree<'a> {
    let wire = &catalog.wire;
    let mut tree = Tree::default();
    // With a list, the response itself may have neither code nor message.
    let is_required = wire.errors.is_none();
    for (pointer, value) in &wire.fixed {
        tree.insert_at(pointer, Leaf::Fixed(value.to_string()));
    }
    let add_parameters = |tree: &mut Tree<'a>, layout| {
        if has_parameters {
            parameters(tree, catalog, layout);
        }
    };
    layout(&mut tree, &wire.layout, [is_required; 2]);
    if wire.layout.code.is_some() {
        add_parameters(&mut tree, &wire.layout);
    }
    if let Some(items) = &wire.errors {
        let mut item = Tree::default();
        layout(&mut item, &items.layout, [true, false]);
        add_parameters(&mut item, &items.layout);
        let leaf = Leaf::List {
            item: Box::new(item.into_body()),
            is_required: wire.layout.code.is_none(),
        };
        tree.insert_at(&items.list, leaf);
    }
    tree
}

/// Adds the parts of an error. Every response has the code or the message, if it is so.
fn layout<'a>(tree: &mut Tree<'a>, layout: &'a Layout<'a>, [has_code, has_message]: [bool; 2]) {
    if let Some(code) = &layout.code {
        let is_whole = code.separator.is_none()
            && !code.is_page
            && code.place.after.is_none()
            && code.place.before.is_none();
        let kind = if is_whole { "code" } else { "code_text" };
        tree.insert(&code.place, Leaf::kind(kind, has_code));
    }
    if let Some(message) = &layout.message {
        tree.insert(message, Leaf::kind("message", has_message));
    }
    if let Some(subcode) = &layout.subcode {
        tree.insert(subcode, Leaf::kind("subcode", false));
    }
    if let Some(parameters) = &layout.parameters {
        tree.insert(parameters, Leaf::kind("parameters", false));
    }
    for (number, place) in layout.fields.iter().enumerate() {
        if let Some(place) = place {
            tree.insert(place, Leaf::Field(number));
        }
    }
}

/// Adds the parameters of all messages that are at places of their own, or members of the body itself.
fn parameters<'a>(tree: &mut Tree<'a>, catalog: &'a Catalog<'a>, layout: &'a Layout<'a>) {
    let is_whole =
        |place: &&Place| matches!(&place.source, Source::Body(it) if it.segments.is_empty());
    let whole = layout.parameters.as_ref().filter(is_whole);
    let messages = catalog
        .errors()
        .flat_map(|(_, _, error)| error.messages.all());
    for parameter in messages.flat_map(|(_, parameters)| parameters) {
        let leaf = Leaf::Parameter(Some(parameter.r#type.name()));
        match (&parameter.at, whole) {
            (Some(place), _) if matches!(place.source, Source::Header(_)) => {}
            (Some(place), _) => tree.insert(place, leaf),
            (None, Some(object)) => tree.insert_in(object, parameter.wire, leaf),
            (None, None) => {}
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
