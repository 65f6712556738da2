//! What the entries of a ledger say. They are written and read by these declarations alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalog;
use crate::parse::NEXT;

/// The format of ledgers that this errgen reads and writes.
pub const FORMAT: u32 = 1;

/// What a line holds.
pub trait Entry: Serialize {
    /// How its line starts.
    const KIND: &'static str;
}

impl Entry for Start<'_> {
    const KIND: &'static str = "ledger";
}

impl Entry for Head<'_> {
    const KIND: &'static str = "head";
}

impl Entry for ErrorEntry<'_> {
    const KIND: &'static str = "error";
}

impl Entry for End<'_> {
    const KIND: &'static str = "release";
}

/// A text that stays where it was read, if it stands there without escapes.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The first entry: whose ledger it is.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Start<'a> {
    pub format: u32,
    #[serde(borrow)]
    pub catalog: Text<'a>,
}

/// Something that holds for the whole catalogue.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Head<'a> {
    #[serde(borrow)]
    pub release: Text<'a>,
    /// What it is: `wire`.
    pub name: Text<'a>,
    /// The one of several that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Text<'a>>,
    /// Null if there is none any more.
    pub value: Value,
}

/// An error as it was released.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorEntry<'a> {
    #[serde(borrow)]
    pub release: Text<'a>,
    pub code: Code<'a>,
    pub id: Text<'a>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub renamed_from: Box<[Text<'a>]>,
    pub category: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<u16>,
    pub retry: Text<'a>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub no_error: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecated<'a>>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<Text<'a>, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message<'a>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub parameters: Box<[Parameter<'a>]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub cases: Box<[Case<'a>]>,
    /// Whether it, or a case of it, has no text for readers but its message.
    #[serde(default, skip_serializing_if = "is_false")]
    pub undescribed: bool,
    /// The digest of its texts for readers.
    pub texts: Text<'a>,
}

impl ErrorEntry<'_> {
    /// Whether it comes with the next release.
    pub fn is_next(&self) -> bool {
        self.since.as_deref() == Some(NEXT)
    }
}

/// As on the wire.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Code<'a> {
    Integer(i64),
    Text(#[serde(borrow)] Text<'a>),
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Deprecated<'a> {
    #[serde(borrow)]
    pub since: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#use: Option<Text<'a>>,
}

/// One text, or one for each locale.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Message<'a> {
    Text(#[serde(borrow)] Text<'a>),
    Localised(BTreeMap<Text<'a>, Text<'a>>),
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    pub r#type: Text<'a>,
    /// Its name on the wire, if that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire: Option<Text<'a>>,
    /// Its own place in the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Value>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Case<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code<'a>>,
    pub message: Message<'a>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub parameters: Box<[Parameter<'a>]>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<Text<'a>, Value>,
}

/// The end of a release.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct End<'a> {
    #[serde(borrow)]
    pub version: Text<'a>,
    /// The releases that it was made after, on all branches.
    pub after: Box<[Text<'a>]>,
    /// How many entries it has.
    pub count: usize,
    /// Of these entries, and of the releases before it.
    pub digest: Text<'a>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> From<&'a catalog::Code<'_>> for Code<'a> {
    fn from(code: &'a catalog::Code) -> Self {
        match code {
            catalog::Code::Integer(integer) => Self::Integer(*integer),
            catalog::Code::Text(text) => Self::Text(text.as_ref().into()),
        }
    }
}

impl Code<'_> {
    /// The same without what it was read from.
    pub fn into_owned(self) -> Code<'static> {
        match self {
            Self::Integer(integer) => Code::Integer(integer),
            Self::Text(Text(text)) => Code::Text(Text(text.into_owned().into())),
        }
    }
}

impl Display for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl Text<'_> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Text<'a> {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}
