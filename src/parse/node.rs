//! Any document in YAML or JSON, with the place of each value.

use std::borrow::Cow;

use super::raw::Scalar;
use crate::diagnostic::Span;

/// A value where it stands.
#[derive(Clone, Debug, Default)]
pub struct Node<'a> {
    pub value: Value<'a>,
    pub span: Span,
}

#[derive(Clone, Debug, Default)]
pub enum Value<'a> {
    #[default]
    Null,
    /// As it is written, without its quotation marks.
    Scalar(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<(Scalar<'a>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let mut entries = self.entries().iter();
        entries.find_map(|(name, value)| (name.value == key).then_some(value))
    }

    /// What a path of keys and indices leads to.
    pub fn at<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<&Self> {
        path.into_iter()
            .try_fold(self, |node, key| match &node.value {
                Value::List(items) => items.get(key.parse::<usize>().ok()?),
                _ => node.get(key),
            })
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub fn entries(&self) -> &[(Scalar<'a>, Self)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}
