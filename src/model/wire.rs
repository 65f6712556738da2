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
    map([
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
    map([
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
        if is_index(first) {
            self.kind = "array";
        }
        let place = Some(first.as_str());
        let at = self.members.iter().position(|member| member.place == place);
        let at = at.unwrap_or_else(|| {
            self.members.push(Self::new(place, "object"));
            self.members.len() - 1
        });
        self.members[at].insert(rest, kind, fixed);
    }

    fn value(&self) -> Value {
        let index = self
            .place
            .filter(|place| is_index(place))
            .and_then(|place| place.parse::<u64>().ok());
        let name = self.place.filter(|_| index.is_none());
        map([
            ("name", optional(name)),
            ("index", optional(index)),
            ("kind", self.kind.into()),
            ("json", optional(self.fixed.map(ToString::to_string))),
            ("members", list(self.members.iter().map(Self::value))),
        ])
    }
}

/// Whether a part of a pointer is a place in an array: nobody names a member `0`.
pub fn is_index(segment: &str) -> bool {
    segment
        .parse::<u32>()
        .is_ok_and(|index| index.to_string() == segment)
}
