//! A document in YAML or JSON as a tree, each value with its place.

use granit_parser::{Event, Parser, ScalarStyle, StrInput};
use serde_json::{Map, Value};

use crate::diagnostic::Position;

/// How deeply values nest at most.
const DEEPEST: usize = 100;

#[derive(Debug)]
pub struct Node {
    pub position: Position,
    pub content: Content,
}

#[derive(Debug)]
pub enum Content {
    /// `is_text` is whether it is a text, whatever it looks like.
    Scalar {
        text: String,
        is_text: bool,
    },
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Parses a document.
///
/// # Errors
///
/// Where it cannot be read, and why.
pub fn parse(text: &str) -> Result<Node, (Position, String)> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        position: Position { line: 1, column: 1 },
    };
    loop {
        if let Event::DocumentStart(..) = reader.next()? {
            let root = reader.next()?;
            return reader.value(root, 0);
        }
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    /// Of the last event.
    position: Position,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Event<'a>, (Position, String)> {
        match self.events.next_event() {
            Some(Ok((event, span))) => {
                self.position = Position {
                    line: span.start.line(),
                    column: span.start.col() + 1,
                };
                Ok(event)
            }
            Some(Err(error)) => {
                let marker = error.marker();
                let position = Position {
                    line: marker.line(),
                    column: marker.col() + 1,
                };
                Err((position, error.info().clone()))
            }
            None => Err((self.position, "it contains no document".to_owned())),
        }
    }

    fn value(&mut self, event: Event<'a>, depth: usize) -> Result<Node, (Position, String)> {
        let position = self.position;
        if depth > DEEPEST {
            return Err((position, "its values nest too deeply".to_owned()));
        }
        let content = match event {
            Event::Scalar(text, style, ..) => Content::Scalar {
                text: text.into_owned(),
                is_text: style != ScalarStyle::Plain,
            },
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => list.push(self.value(event, depth + 1)?),
                    }
                }
                Content::List(list)
            }
            Event::MappingStart(..) => {
                let mut members = Vec::new();
                loop {
                    let key = match self.next()? {
                        Event::MappingEnd => break,
                        event => self.value(event, depth + 1)?,
                    };
                    let event = self.next()?;
                    let value = self.value(event, depth + 1)?;
                    if let Content::Scalar { text, .. } = key.content {
                        members.push((text, value));
                    }
                }
                Content::Object(members)
            }
            // What an alias stands for is not looked at.
            _ => Content::Scalar {
                text: "null".to_owned(),
                is_text: false,
            },
        };
        Ok(Node { position, content })
    }
}

impl Node {
    /// The members of an object, with their names.
    pub fn members(&self) -> &[(String, Self)] {
        match &self.content {
            Content::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of a list.
    pub fn elements(&self) -> &[Self] {
        match &self.content {
            Content::List(list) => list,
            _ => &[],
        }
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let mut members = self.members().iter();
        members.find(|(own, _)| own == name).map(|(_, node)| node)
    }

    /// What stands at a path of members and indices.
    pub fn at(&self, segments: &[String]) -> Option<&Self> {
        segments
            .iter()
            .try_fold(self, |node, segment| match &node.content {
                Content::List(list) => list.get(segment.parse::<usize>().ok()?),
                _ => node.get(segment),
            })
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The same value in JSON.
    pub fn json(&self) -> Value {
        match &self.content {
            Content::Scalar {
                text,
                is_text: true,
            } => text.as_str().into(),
            Content::Scalar { text, .. } => {
                let value: Option<Value> = serde_json::from_str(text).ok();
                let is_nothing = ["", "~", "Null", "NULL"].contains(&text.as_str());
                value.unwrap_or_else(|| {
                    if is_nothing {
                        Value::Null
                    } else {
                        text.as_str().into()
                    }
                })
            }
            Content::List(list) => list.iter().map(Self::json).collect(),
            Content::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, node)| (name.clone(), node.json()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}
