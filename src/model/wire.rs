//! The response body as templates see it.

use serde::Serialize;

use crate::catalog::{CodeKind, Pointer, Wire};

#[derive(Debug, Serialize)]
pub struct WireModel<'a> {
    pub code: &'a Pointer<'a>,
    pub code_type: CodeKind,
    pub message: &'a Pointer<'a>,
    pub fixed: Vec<FixedModel<'a>>,
    /// The body as a tree, in which the pointers are the leaves.
    pub body: NodeModel,
}

/// A member of the body that always has the same value.
#[derive(Debug, Serialize)]
pub struct FixedModel<'a> {
    #[serde(flatten)]
    pub pointer: &'a Pointer<'a>,
    /// The value as JSON text.
    pub json: String,
}

/// A place in the body.
#[derive(Debug, Serialize)]
pub struct NodeModel {
    /// The member's name; null for the body itself and for what stands in an array.
    pub name: Option<String>,
    pub kind: NodeKind,
    /// The value of a fixed member, as JSON text.
    pub json: Option<String>,
    /// The members of an object; of an array, what its items are.
    pub members: Vec<NodeModel>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    Object,
    Array,
    Code,
    Message,
    Fixed,
}

impl<'a> WireModel<'a> {
    pub fn new(wire: &'a Wire<'a>) -> Self {
        let mut body = NodeModel::branch(None, NodeKind::Object);
        let fixed: Vec<_> = wire
            .fixed
            .iter()
            .map(|(pointer, value)| FixedModel {
                pointer,
                json: value.to_string(),
            })
            .collect();
        for FixedModel { pointer, json } in &fixed {
            body.insert(&pointer.segments, NodeKind::Fixed, Some(json.clone()));
        }
        body.insert(&wire.code.segments, NodeKind::Code, None);
        body.insert(&wire.message.segments, NodeKind::Message, None);
        Self {
            code: &wire.code,
            code_type: wire.code_type,
            message: &wire.message,
            fixed,
            body,
        }
    }
}

impl NodeModel {
    fn branch(name: Option<String>, kind: NodeKind) -> Self {
        Self {
            name,
            kind,
            json: None,
            members: Vec::new(),
        }
    }

    /// Adds a leaf; validation has seen to it that no leaf stands in the way of another.
    fn insert(&mut self, segments: &[String], kind: NodeKind, json: Option<String>) {
        let Some((first, rest)) = segments.split_first() else {
            self.kind = kind;
            self.json = json;
            return;
        };
        // A number in a pointer is a place in an array: nobody names a member `0`.
        let is_index = first.bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty();
        if is_index {
            self.kind = NodeKind::Array;
        }
        let name = (!is_index).then(|| first.clone());
        let at = self.members.iter().position(|member| member.name == name);
        let at = at.unwrap_or_else(|| {
            self.members.push(Self::branch(name, NodeKind::Object));
            self.members.len() - 1
        });
        self.members[at].insert(rest, kind, json);
    }
}
