//! The response body as templates see it.

use bumpalo::Bump;

use super::value::{Value, map};
use crate::catalog::{Pointer, Wire};

pub fn wire<'a>(arena: &'a Bump, wire: &'a Wire) -> Value<'a> {
    let mut body = Node::new(None, "object");
    for (pointer, value) in &wire.fixed {
        body.insert(&pointer.segments, "fixed", Some(value));
    }
    body.insert(&wire.code.segments, "code", None);
    body.insert(&wire.message.segments, "message", None);
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
    map!(
        arena,
        [
            ("code", pointer(arena, &wire.code)),
            ("code_type", wire.code_type.name().into()),
            ("message", pointer(arena, &wire.message)),
            ("fixed", Value::list(arena, fixed)),
            ("body", body.value(arena)),
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

fn json<'a>(arena: &'a Bump, value: &serde_json::Value) -> Value<'a> {
    let text: &str = arena.alloc_str(&value.to_string());
    text.into()
}

/// A place in the body. The pointers lead to the leaves.
struct Node<'a> {
    place: Option<&'a str>,
    kind: &'static str,
    /// The value of a fixed member.
    fixed: Option<&'a serde_json::Value>,
    members: Vec<Node<'a>>,
}

impl<'a> Node<'a> {
    fn new(place: Option<&'a str>, kind: &'static str) -> Self {
        Self {
            place,
            kind,
            fixed: None,
            members: Vec::new(),
        }
    }

    /// Adds a leaf. Validation has checked that no two overlap.
    fn insert(
        &mut self,
        segments: &'a [String],
        kind: &'static str,
        fixed: Option<&'a serde_json::Value>,
    ) {
        let Some((first, rest)) = segments.split_first() else {
            self.kind = kind;
            self.fixed = fixed;
            return;
        };
        if index(first).is_some() {
            self.kind = "array";
        }
        let at = index(first).unwrap_or_else(|| self.member(first));
        while self.members.len() <= at {
            self.members.push(Self::new(None, "any"));
        }
        let member = &mut self.members[at];
        if member.kind == "any" {
            *member = Self::new(Some(first), "object");
        }
        member.insert(rest, kind, fixed);
    }

    /// The place of a member of an object, which is added if it does not exist.
    fn member(&self, name: &str) -> usize {
        let found = self
            .members
            .iter()
            .position(|member| member.place == Some(name));
        found.unwrap_or(self.members.len())
    }

    fn value(&self, arena: &'a Bump) -> Value<'a> {
        let members = self.members.iter().map(|member| member.value(arena));
        map!(
            arena,
            [
                (
                    "name",
                    self.place.filter(|place| index(place).is_none()).into(),
                ),
                ("kind", self.kind.into()),
                ("json", self.fixed.map(|value| json(arena, value)).into()),
                ("members", Value::list(arena, members)),
            ]
        )
    }
}

/// The index in an array that a part of a pointer names. Nobody calls a member `0`, and no body has an error's code at
/// index 100, so a longer number is a name.
fn index(segment: &str) -> Option<usize> {
    let index = segment.parse::<usize>().ok()?;
    (index < 100 && index.to_string() == segment).then_some(index)
}
