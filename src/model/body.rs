//! A response body as a tree.

use bumpalo::Bump;

use super::value::{Value, map};
use crate::catalog::{Place, Pointer, Source};

/// A body, and what is in headers.
#[derive(Default)]
pub struct Tree<'a> {
    root: Node<'a>,
    pub headers: Vec<(&'a str, Leaf<'a>)>,
}

/// A place in a body.
#[derive(Default)]
pub struct Node<'a> {
    /// In an object, or of an element the members by which it is found.
    place: Option<Step<'a>>,
    kind: Kind,
    members: Vec<Node<'a>>,
    leaf: Option<Leaf<'a>>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    /// Nothing is known of it, unless it is a leaf.
    #[default]
    Any,
    Object,
    Array,
    /// An array in which elements are found by their members.
    Elements,
}

/// What stands at the end of a way.
pub enum Leaf<'a> {
    /// `code`, `code_text`, `subcode`, `message` or `parameters`.
    Kind {
        kind: &'static str,
        is_required: bool,
    },
    /// A value, as JSON.
    Fixed(String),
    /// A declared field, by its number.
    Field(usize),
    /// A parameter of some messages, with its type if it is the same in all of them.
    Parameter(Option<&'static str>),
    /// A list of such items. Where it is required, an error is one of them.
    List {
        item: Box<Node<'a>>,
        is_required: bool,
    },
}

/// From a value in a body to one in it.
#[derive(Clone, Copy, PartialEq)]
pub enum Step<'a> {
    Member(&'a str),
    Index(u16),
    /// The element of an array with these members.
    Element(&'a [(&'a str, &'a serde_json::Value)]),
}

impl Leaf<'_> {
    pub fn kind(kind: &'static str, is_required: bool) -> Self {
        Self::Kind { kind, is_required }
    }
}

impl<'a> Tree<'a> {
    /// Adds a leaf. Validation has checked that no two overlap.
    pub fn insert(&mut self, place: &'a Place<'a>, leaf: Leaf<'a>) {
        match &place.source {
            Source::Header(name) => self.headers.push((name, leaf)),
            _ => self.root.insert(steps(place), leaf),
        }
    }

    pub fn insert_at(&mut self, pointer: &'a Pointer<'a>, leaf: Leaf<'a>) {
        self.root.insert(steps_of(pointer), leaf);
    }

    /// Adds a member of the object at a place, which may be the body itself.
    pub fn insert_in(&mut self, place: &'a Place<'a>, member: &'a str, leaf: Leaf<'a>) {
        if !matches!(place.source, Source::Header(_)) {
            let last = [Step::Member(member)];
            self.root.insert(steps(place).chain(last), leaf);
        }
    }

    /// The body. One of which nothing is known is an empty object.
    pub fn into_body(mut self) -> Node<'a> {
        if self.root.kind == Kind::Any && self.root.leaf.is_none() {
            self.root.kind = Kind::Object;
        }
        self.root
    }
}

impl<'a> Node<'a> {
    fn insert(&mut self, steps: impl Iterator<Item = Step<'a>>, leaf: Leaf<'a>) {
        let node = steps.fold(self, Self::member);
        // Parameters may be in the body itself, beside everything else.
        let is_beside = node.place.is_none()
            && matches!(
                leaf,
                Leaf::Kind {
                    kind: "parameters",
                    ..
                }
            );
        node.leaf = match (node.leaf.take(), leaf) {
            (Some(Leaf::Parameter(one)), Leaf::Parameter(other)) => {
                Some(Leaf::Parameter(one.filter(|it| Some(*it) == other)))
            }
            (_, leaf) => Some(leaf).filter(|_| !is_beside),
        };
    }

    fn member(&mut self, step: Step<'a>) -> &mut Self {
        self.kind = match step {
            Step::Index(_) => Kind::Array,
            Step::Element(_) => Kind::Elements,
            Step::Member(_) if self.kind == Kind::Any => Kind::Object,
            Step::Member(_) => self.kind,
        };
        let at = if let Step::Index(index) = step {
            usize::from(index)
        } else {
            let mut members = self.members.iter();
            let found = members.position(|member| member.place == Some(step));
            found.unwrap_or(self.members.len())
        };
        if at == self.members.len()
            && let Step::Element(own) = step
        {
            // An element with more members may also be one that others choose, so it comes after theirs.
            let has_more = |it: &Self| matches!(it.place, Some(Step::Element(other)) if other.len() > own.len());
            let at = self.members.iter().position(has_more).unwrap_or(at);
            self.members.insert(at, Self::at(step));
            return &mut self.members[at];
        }
        while self.members.len() <= at {
            self.members.push(Self::default());
        }
        let member = &mut self.members[at];
        if member.place.is_none() {
            *member = Self::at(step);
        }
        member
    }

    /// A new member. An element has those by which it is found.
    fn at(step: Step<'a>) -> Self {
        let mut node = Self {
            place: Some(step),
            ..Self::default()
        };
        if let Step::Element(members) = step {
            for (name, value) in members {
                let json = Leaf::Fixed(value.to_string());
                node.member(Step::Member(name)).leaf = Some(json);
            }
        }
        node
    }

    /// Whether every response has it.
    fn is_required(&self) -> bool {
        match &self.leaf {
            Some(Leaf::Kind { is_required, .. } | Leaf::List { is_required, .. }) => *is_required,
            Some(Leaf::Fixed(_)) => true,
            Some(Leaf::Field(_) | Leaf::Parameter(_)) => false,
            None => {
                let is_element = matches!(self.place, Some(Step::Element(_)));
                // What an element is found by does not make a response have it.
                let is_own = |it: &&Self| !is_element || !matches!(it.leaf, Some(Leaf::Fixed(_)));
                self.members.iter().filter(is_own).any(Self::is_required)
            }
        }
    }

    /// Whether it is the code, or on the way to it.
    fn holds_code(&self) -> bool {
        match &self.leaf {
            Some(Leaf::Kind { kind, .. }) => matches!(*kind, "code" | "code_text"),
            Some(Leaf::List { is_required, .. }) => *is_required,
            Some(_) => false,
            None => self.members.iter().any(Self::holds_code),
        }
    }

    /// The names of an object's members, or `None` for any other value.
    pub fn member_names(&self) -> Option<Vec<&'a str>> {
        let is_object = self.kind == Kind::Object && self.leaf.is_none();
        let names = self.members.iter().filter_map(|member| match member.place {
            Some(Step::Member(name)) => Some(name),
            _ => None,
        });
        is_object.then(|| names.collect())
    }

    /// The node as templates see it.
    pub fn value(&self, arena: &'a Bump, fields: &'a [Value<'a>]) -> Value<'a> {
        let mut members = self.members.as_slice();
        let (mut json, mut field, mut r#type) = (Value::Null, Value::Null, Value::Null);
        let kind = match (&self.leaf, self.kind) {
            (None, Kind::Any) => "any",
            (None, Kind::Object) => "object",
            (None, Kind::Array) => "array",
            (None, Kind::Elements) => "elements",
            (Some(Leaf::Kind { kind, .. }), _) => kind,
            (Some(Leaf::Fixed(text)), _) => {
                json = Value::Text(arena.alloc_str(text));
                r#type = type_of(text).into();
                "fixed"
            }
            (Some(Leaf::Field(number)), _) => {
                field = fields[*number];
                "field"
            }
            // Where some messages have a value, others have an object.
            (Some(Leaf::Parameter(_)), _) if !members.is_empty() => {
                members = &[];
                "any"
            }
            (Some(Leaf::Parameter(of)), _) => {
                r#type = (*of).into();
                "parameter"
            }
            (Some(Leaf::List { item, .. }), _) => {
                members = std::slice::from_ref(item);
                "list"
            }
        };
        let members = members.iter().map(|member| member.value(arena, fields));
        let name = match self.place {
            Some(Step::Member(name)) => Some(name),
            _ => None,
        };
        map!(
            arena,
            [
                ("name", name.into()),
                ("kind", kind.into()),
                ("required", self.is_required().into()),
                ("holds_code", self.holds_code().into()),
                ("json", json),
                ("field", field),
                ("type", r#type),
                ("members", Value::list(arena, members)),
            ]
        )
    }
}

/// The way to a place; that to a header is empty.
pub fn steps<'a>(place: &'a Place<'a>) -> impl Iterator<Item = Step<'a>> {
    let (start, element, end) = match &place.source {
        Source::Header(_) => (None, None, None),
        Source::Body(pointer) => (Some(pointer), None, None),
        Source::Element { array, members, at } => {
            (Some(array), Some(Step::Element(members)), Some(at))
        }
    };
    let [start, end] = [start, end].map(|it| it.into_iter().flat_map(steps_of));
    start.chain(element).chain(end)
}

pub fn steps_of<'a>(pointer: &'a Pointer<'a>) -> impl Iterator<Item = Step<'a>> {
    let segments = pointer.segments.iter();
    segments.map(|segment| index(segment).map_or(Step::Member(segment), Step::Index))
}

/// The index in an array that a part of a pointer names. Nobody calls a member `0`, and no body has an error's code at
/// index 100, so a longer number is a name.
fn index(segment: &str) -> Option<u16> {
    let index = segment.parse::<u16>().ok()?;
    (index < 100 && index.to_string() == segment).then_some(index)
}

/// What JSON Schema calls the type of a value that is written as JSON.
fn type_of(json: &str) -> &'static str {
    match json.as_bytes().first() {
        Some(b'"') => "string",
        Some(b'[') => "array",
        Some(b'{') => "object",
        Some(b'n') => "null",
        Some(b't' | b'f') => "boolean",
        _ if json.contains(['.', 'e', 'E']) => "number",
        _ => "integer",
    }
}
