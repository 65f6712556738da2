//! A valid catalogue: later stages need not check it again.

mod explanation;
mod language;
mod locale;
mod page;
mod parameter;
mod place;
mod property;
mod reading;
mod since;
mod tag;
mod text;
mod wire;

pub use explanation::{Block, Container, Content, Explanation, Inline, Run, Style, Within};
pub use language::script;
pub use locale::Lookup;
pub use page::write_docs_url;
pub use parameter::{PARAMETER_TYPES, Parameter, ParameterType, is_safe_integer};
pub use place::{Place, Pointer, Source, is_header_value};
pub use property::{PROPERTY_TYPES, Property, PropertyType, PropertyValues};
pub use reading::{Quoted, ReadBack, Reading, Tried, places, plain, read_back, trial};
pub use since::Since;
pub use tag::{is_language_tag, language};
pub use text::{Brace, Piece, Pieces, Text, icu_argument};
pub use wire::{CodePlace, Field, Items, Layout, Wire};

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::Arc;

pub use crate::parse::raw::{Code, Meta};
pub use crate::parse::{are_words, is_identifier};

#[derive(Debug)]
pub struct Catalog<'a> {
    pub id: &'a str,
    pub version: &'a str,
    pub title: Localised<'a>,
    /// In the order of the docs.
    pub locales: Vec<&'a str>,
    pub fallback: &'a str,
    pub transport: Transport,
    /// As people write them.
    pub acronyms: Vec<&'a str>,
    pub properties: Arc<[Property<'a>]>,
    /// With `{code}` or `{id}` in it.
    pub docs_url: Option<Text<'a>>,
    pub code_kind: CodeKind,
    pub wire: Wire<'a>,
    pub publish: Publish<'a>,
    pub categories: Vec<Category<'a>>,
    pub meta: &'a Meta,
}

/// The level of a lint or of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is off.
    Allow,
    /// It gives warnings. A change is not breaking.
    Warn,
    /// It gives errors. A change is breaking.
    Deny,
}

/// The names of the levels in a catalogue.
pub const LEVELS: &[(&str, Level)] = &[
    ("allow", Level::Allow),
    ("warn", Level::Warn),
    ("deny", Level::Deny),
];

/// The names of the retry classes in a catalogue.
pub const RETRIES: &[(&str, Retry)] = &[
    ("never", Retry::Never),
    ("transient", Retry::Transient),
    ("throttled", Retry::Throttled),
];

/// How errors reach a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Http,
    /// In any other way: no error has an HTTP status.
    None,
}

/// The names of the transports in a catalogue.
pub const TRANSPORTS: &[(&str, Transport)] =
    &[("http", Transport::Http), ("none", Transport::None)];

/// The word of a closed list that has a meaning.
fn name_in<T: PartialEq>(words: &[(&'static str, T)], meaning: &T) -> &'static str {
    let found = words.iter().find(|(_, own)| own == meaning);
    found.map_or("", |(name, _)| name)
}

/// The meaning of a word, if it is in a closed list.
pub fn meaning_of<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, meaning)| *meaning)
}

/// The kind of all codes of a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    Integer,
    String,
}

/// The names of the kinds in a catalogue.
pub const CODE_KINDS: &[(&str, CodeKind)] =
    &[("integer", CodeKind::Integer), ("string", CodeKind::String)];

/// What package registries are told.
#[derive(Debug, Default)]
pub struct Publish<'a> {
    /// Of the package.
    pub name: Option<&'a str>,
    /// The owner of the package where names have owners: `@acme`.
    pub scope: Option<&'a str>,
    /// The same, in the registries that know them by domain: `com.acme`.
    pub group: Option<&'a str>,
    /// Of the code in the package: `com.acme.errors`.
    pub namespace: Option<&'a str>,
    /// An SPDX expression.
    pub license: Option<&'a str>,
    /// The `https` URL of the sources.
    pub repository: Option<&'a str>,
    pub authors: Vec<Author<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    pub name: &'a str,
    pub email: Option<&'a str>,
}

#[derive(Debug)]
pub struct Category<'a> {
    pub id: &'a str,
    pub title: Localised<'a>,
    pub codes: Option<Codes<'a>>,
    /// The class of its errors that name none.
    pub retry: Option<Retry>,
    /// The errors that are in no group.
    pub errors: Vec<Error<'a>>,
    pub groups: Vec<Group<'a>>,
    pub meta: &'a Meta,
}

#[derive(Debug)]
pub struct Group<'a> {
    pub id: &'a str,
    pub title: Localised<'a>,
    pub codes: Option<Codes<'a>>,
    /// Its own class, or the category's.
    pub retry: Option<Retry>,
    pub errors: Vec<Error<'a>>,
    pub meta: &'a Meta,
}

/// The codes that a category or a group reserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes<'a> {
    Range(CodeRange),
    /// All that start with this.
    Prefix(&'a str),
}

/// Codes from the first to the last, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRange {
    pub first: i64,
    pub last: i64,
}

#[derive(Debug)]
pub struct Error<'a> {
    pub code: &'a Code<'a>,
    pub id: &'a str,
    /// Ids that it had before.
    pub renamed_from: Vec<&'a str>,
    /// Whether the code is that of a success.
    pub no_error: bool,
    /// `None` where the transport is none.
    pub http: Option<u16>,
    pub messages: Messages<'a>,
    /// `None`: readers get the message.
    pub description: Option<Localised<'a>>,
    pub resolution: Option<Localised<'a>>,
    /// The same file of several errors is one value.
    pub explanation: Option<Localised<'a, Arc<Explanation<'a>>>>,
    /// Its own class, or else that of its group or category.
    pub declared_retry: Option<Retry>,
    /// Its own values, or else those of its group or category, or the defaults.
    pub properties: PropertyValues<'a>,
    pub since: Option<Since<'a>>,
    pub deprecated: Option<Box<Deprecated<'a>>>,
    pub retired: Option<Box<Retired<'a>>>,
    pub meta: &'a Meta,
}

/// The texts that a server sends with a code.
#[derive(Debug)]
pub enum Messages<'a> {
    One {
        message: Message<'a>,
        parameters: Vec<Parameter<'a>>,
    },
    Cases(Vec<Case<'a>>),
}

/// What a server says: one text, or one in each of several locales.
#[derive(Debug)]
pub struct Message<'a> {
    /// The only text, or that in the fallback locale.
    pub text: Text<'a>,
    /// All texts, if there is one for each locale.
    pub localised: Option<Box<Localised<'a>>>,
}

#[derive(Debug)]
pub struct Case<'a> {
    pub id: &'a str,
    /// What tells it apart on the wire, if anything but its message does.
    pub code: Option<&'a Code<'a>>,
    pub message: Message<'a>,
    pub parameters: Vec<Parameter<'a>>,
    /// `None`: readers get the message.
    pub description: Option<Localised<'a>>,
    /// Its own values, or else those of its error.
    pub properties: PropertyValues<'a>,
    pub meta: &'a Meta,
}

/// Whether a request can be retried as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It would fail again.
    Never,
    /// A retry may succeed.
    Transient,
    /// After a pause, and more slowly.
    Throttled,
}

#[derive(Debug)]
pub struct Deprecated<'a> {
    pub since: Since<'a>,
    /// The id of the successor.
    pub r#use: Option<&'a str>,
    pub note: Option<Localised<'a>>,
}

#[derive(Debug)]
pub struct Retired<'a> {
    pub since: Since<'a>,
    pub note: Option<Localised<'a>>,
}

/// A text in the locales that have it, which always include the fallback.
#[derive(Clone, Debug)]
pub struct Localised<'a, T = Text<'a>> {
    /// In the catalogue's order of locales.
    pub texts: Vec<(&'a str, T)>,
    /// The index of the fallback in `texts`.
    pub fallback: usize,
}

impl<'a, T> Localised<'a, T> {
    /// The text in a locale of the catalogue, or else in the fallback, with its locale.
    pub fn get(&self, locale: &str) -> &(&'a str, T) {
        self.texts
            .iter()
            .find(|(tag, _)| *tag == locale)
            .unwrap_or(&self.texts[self.fallback])
    }
}

impl<'a> Catalog<'a> {
    /// Whether any parameter of any error is sensitive, retired ones included.
    pub fn has_secrets(&self) -> bool {
        let mut errors = self.errors();
        errors.any(|(_, _, error)| error.messages.are_sensitive())
    }

    /// All errors, in the order of the catalogue, with their categories and groups.
    pub fn errors(&self) -> impl Iterator<Item = (&Category<'a>, Option<&Group<'a>>, &Error<'a>)> {
        self.categories.iter().flat_map(|category| {
            let direct = category
                .errors
                .iter()
                .map(move |error| (category, None, error));
            let grouped = category.groups.iter().flat_map(move |group| {
                group
                    .errors
                    .iter()
                    .map(move |error| (category, Some(group), error))
            });
            direct.chain(grouped)
        })
    }
}

impl CodeRange {
    pub fn contains(self, code: i64) -> bool {
        (self.first..=self.last).contains(&code)
    }
}

impl Display for CodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.first < 0 { ".." } else { "-" };
        write!(f, "{}{between}{}", self.first, self.last)
    }
}

impl CodeKind {
    /// Its name in a catalogue.
    pub fn name(self) -> &'static str {
        name_in(CODE_KINDS, &self)
    }
}

impl Transport {
    /// Its name in a catalogue.
    pub fn name(self) -> &'static str {
        name_in(TRANSPORTS, &self)
    }
}

impl Code<'_> {
    /// The code as a string, as in a path or on a page.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Integer(integer) => integer.to_string().into(),
            Self::Text(text) => Cow::Borrowed(text),
        }
    }

    pub fn kind(&self) -> CodeKind {
        match self {
            Self::Integer(_) => CodeKind::Integer,
            Self::Text(_) => CodeKind::String,
        }
    }
}

impl<'a> Error<'a> {
    /// What readers are told that it means: the description, or else the message, if the server has that in their language.
    pub fn meaning(&self) -> Option<&Localised<'a>> {
        let localised = match &self.messages {
            Messages::One { message, .. } => message.localised.as_deref(),
            Messages::Cases(_) => None,
        };
        self.description.as_ref().or(localised)
    }

    /// What readers are told that it means, and that each case of it means.
    pub fn meanings(&self) -> impl Iterator<Item = Option<&Localised<'a>>> {
        let cases = self.messages.cases().iter();
        let own = std::iter::once(self.meaning());
        own.chain(cases.map(Case::meaning))
    }

    /// Whether readers are told what it means, and what each case of it means.
    pub fn is_described(&self) -> bool {
        self.meanings().all(|meaning| meaning.is_some())
    }

    /// The class that the catalogue names, or else that of the status. Without a status, it is `never`.
    pub fn retry(&self) -> Retry {
        if self.no_error {
            return Retry::Never;
        }
        let by_status = || self.http.map_or(Retry::Never, Retry::of_status);
        self.declared_retry.unwrap_or_else(by_status)
    }

    /// Whether servers raise it: an error that HTTP carries, and that is in use.
    pub fn is_raised(&self) -> bool {
        self.http.is_some() && !self.no_error && self.retired.is_none()
    }
}

impl<'a> Case<'a> {
    /// What readers are told that it means, as for an error.
    pub fn meaning(&self) -> Option<&Localised<'a>> {
        let localised = self.message.localised.as_deref();
        self.description.as_ref().or(localised)
    }
}

impl Retry {
    /// The class of an error of which nothing but the HTTP status is known (RFC 9110, RFC 6585, RFC 8470).
    pub fn of_status(status: u16) -> Self {
        match status {
            429 => Self::Throttled,
            408 | 425 | 500 | 502 | 503 | 504 => Self::Transient,
            _ => Self::Never,
        }
    }

    /// Its name in a catalogue.
    pub fn name(self) -> &'static str {
        name_in(RETRIES, &self)
    }
}

impl<'a> Message<'a> {
    /// Each text, with its locale if there are several: first that in the fallback.
    pub fn texts(&self) -> impl Iterator<Item = (Option<&'a str>, &Text<'a>)> {
        let localised = self.localised.as_deref();
        let fallback = localised.map(|it| it.texts[it.fallback].0);
        let all = localised.map_or(&[][..], |it| it.texts.as_slice()).iter();
        let others = all.filter(move |(locale, _)| Some(*locale) != fallback);
        let first = std::iter::once((fallback, &self.text));
        first.chain(others.map(|(locale, text)| (Some(*locale), text)))
    }
}

impl<'a> Messages<'a> {
    /// Whether any parameter is sensitive.
    pub fn are_sensitive(&self) -> bool {
        let mut parameters = self.all().flat_map(|(_, parameters)| parameters);
        parameters.any(|parameter| parameter.sensitive)
    }

    /// The cases, if the error has any.
    pub fn cases(&self) -> &[Case<'a>] {
        match self {
            Messages::One { .. } => &[],
            Messages::Cases(cases) => cases,
        }
    }

    /// Each message with its parameters. There are several if the error has cases.
    pub fn all(&self) -> impl Iterator<Item = (&Message<'_>, &[Parameter<'_>])> {
        let one = match self {
            Messages::One {
                message,
                parameters,
            } => Some((message, parameters.as_slice())),
            Messages::Cases(_) => None,
        };
        let cases = self.cases();
        let cases = cases
            .iter()
            .map(|case| (&case.message, case.parameters.as_slice()));
        one.into_iter().chain(cases)
    }
}
