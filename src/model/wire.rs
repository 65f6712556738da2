//! The response body as templates see it.

use tera::Value;

use super::value::{list, map, optional, with};
use crate::catalog::{Pointer, Wire};

pub fn wire(wire: &Wire) -> Value {
    let mut body = Node::new(None, "object");
    for (pointer, value) in &wire.fixed {
        body.insert(&pointer.segments, "fixed", Some(value));
    }
    body.insert(&wire.code.segments, "code", None);
    body.insert(&wire.message.segments, "message", None);
    let fixed = wire
        .fixed
        .iter()
        .map(|(at, value)| with(&pointer(at), [("json", value.to_string().into())]));
    map!([
        ("code", pointer(&wire.code)),
        ("code_type", wire.code_type.name().into()),
        ("message", pointer(&wire.message)),
        ("fixed", list(fixed)),
        ("body", body.value()),
    ])
}

fn pointer(pointer: &Pointer) -> Value {
    let segments = pointer
        .segments
        .iter()
        .map(|segment| segment.as_str().into());
    map!([
        ("pointer", pointer.pointer.into()),
        ("segments", list(segments)),
    ])
}

/// A place in the body; the pointers are the leaves.
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

    /// Adds a leaf; validation has seen to it that no leaf stands in the way of another.
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

    /// The place of a member of an object, or the one that it will have.
    fn member(&self, name: &str) -> usize {
        let found = self
            .members
            .iter()
            .position(|member| member.place == Some(name));
        found.unwrap_or(self.members.len())
    }

    fn value(&self) -> Value {
        let members = self.members.iter().map(Self::value);
        map!([
            (
                "name",
                optional(self.place.filter(|place| index(place).is_none())),
            ),
            ("kind", self.kind.into()),
            ("json", optional(self.fixed.map(ToString::to_string))),
            ("members", list(members)),
        ])
    }
}

/// The place in an array that a part of a pointer names. Nobody calls a member `0`, and no body has an error's code at
/// the hundredth place: a longer number is a name.
fn index(segment: &str) -> Option<usize> {
    let index = segment.parse::<usize>().ok()?;
    (index < 100 && index.to_string() == segment).then_some(index)
}
