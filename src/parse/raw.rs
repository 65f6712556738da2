//! A catalogue as it was written: every value with its span, nothing checked yet.
//!
//! A field is `None` if it is absent, or if it is invalid and has already been reported: later stages
//! need not know which.

use std::borrow::Cow;

use crate::diagnostic::{Source, Span};

/// A value and its place.
#[derive(Clone, Debug, Default)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// A scalar as it was written.
pub type Scalar<'a> = Spanned<Cow<'a, str>>;

impl Scalar<'_> {
    /// The span of a part of the value, in bytes, if the source contains the value verbatim; otherwise that of the whole scalar.
    pub fn part(&self, source: &Source, at: usize, length: usize) -> Span {
        self.part_from(self.shown_at(source), at, length)
    }

    /// Where the source contains the value verbatim, if it does. Call it once if there are several parts.
    pub fn shown_at(&self, source: &Source) -> Option<usize> {
        let lead = source.text[self.span.range()].find(self.value.as_ref())?;
        Some(self.span.start as usize + lead)
    }

    /// The same as [`Self::part`], with the result of [`Self::shown_at`].
    pub fn part_from(&self, shown_at: Option<usize>, at: usize, length: usize) -> Span {
        shown_at.map_or(self.span, |start| {
            Span::new(start + at..start + at + length)
        })
    }
}

/// A text in several locales.
#[derive(Clone, Debug, Default)]
pub struct Localised<'a> {
    /// Pairs of tag and text, in the order of the file.
    pub value: Vec<(Scalar<'a>, Scalar<'a>)>,
    /// The tags of texts that are still to be written, and the null in place of each.
    pub missing: Vec<(Scalar<'a>, Span)>,
    pub span: Span,
    /// Whether a tag has no text, which has been reported.
    pub lacks_text: bool,
}

/// What a server says: one text, or one in each of several locales.
#[derive(Clone, Debug)]
pub enum Message<'a> {
    Text(Scalar<'a>),
    Localised(Localised<'a>),
}

impl<'a> Message<'a> {
    /// Each text, with the tag of its locale if there is one.
    pub fn texts(&self) -> impl Iterator<Item = (Option<&Scalar<'a>>, &Scalar<'a>)> {
        let (only, localised) = match self {
            Self::Text(text) => (Some(text), &[][..]),
            Self::Localised(texts) => (None, texts.value.as_slice()),
        };
        let only = only.into_iter().map(|text| (None, text));
        only.chain(localised.iter().map(|(tag, text)| (Some(tag), text)))
    }

    pub fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::Localised(texts) => texts.span,
        }
    }
}

/// Any data, for templates.
pub type Meta = serde_json::Value;

#[derive(Debug, Default)]
pub struct Catalog<'a> {
    pub errgen: Option<Requirement<'a>>,
    pub catalog: Option<Scalar<'a>>,
    pub version: Option<Scalar<'a>>,
    pub title: Option<Localised<'a>>,
    pub locales: Option<Vec<Scalar<'a>>>,
    pub fallback: Option<Scalar<'a>>,
    pub transport: Option<Scalar<'a>>,
    pub acronyms: Vec<Scalar<'a>>,
    /// Declared ones, by name.
    pub properties: Vec<(Scalar<'a>, Property<'a>)>,
    pub docs_url: Option<Scalar<'a>>,
    pub wire: Option<Wire<'a>>,
    pub publish: Option<Publish<'a>>,
    /// `None`: all standard targets.
    pub targets: Option<Vec<Target<'a>>>,
    /// Pairs of a lint's name and its level.
    pub lint: Vec<(Scalar<'a>, Scalar<'a>)>,
    /// Pairs of a change's name and its level.
    pub breaking: Vec<(Scalar<'a>, Scalar<'a>)>,
    /// Paths of further files.
    pub include: Vec<Scalar<'a>>,
    pub categories: Vec<Category<'a>>,
    /// Whether `categories` or `include` is present, valid or not.
    pub has_errors: bool,
    pub meta: Meta,
}

/// A file that a catalogue includes: categories, or more of a category that is elsewhere.
#[derive(Debug, Default)]
pub struct Included<'a> {
    pub categories: Vec<Category<'a>>,
    pub category: Option<Scalar<'a>>,
    /// Whether `category` is present, valid or not.
    pub has_category: bool,
    pub group: Option<Scalar<'a>>,
    pub errors: Vec<Error<'a>>,
    pub groups: Vec<Group<'a>>,
    /// Whether `categories`, `errors` or `groups` is present, valid or not.
    pub has_list: bool,
    /// Where its content starts.
    pub span: Span,
}

impl<'a> Catalog<'a> {
    /// All errors, in order.
    pub fn errors(&self) -> impl Iterator<Item = &Error<'a>> {
        self.categories.iter().flat_map(|category| {
            let grouped = category.groups.iter().flat_map(|group| &group.errors);
            category.errors.iter().chain(grouped)
        })
    }

    /// The texts by locale that are not an error's: headings, and what properties say.
    pub fn texts_by_locale(&self) -> impl Iterator<Item = &Localised<'a>> {
        let properties = self.properties.iter();
        let properties = properties.filter_map(|(_, it)| it.description.as_ref());
        let headings = self.categories.iter().flat_map(|category| {
            let groups = category.groups.iter();
            let groups = groups.filter_map(|group| group.title.as_ref());
            category.title.iter().chain(groups)
        });
        self.title.iter().chain(properties).chain(headings)
    }

    /// The paths of the files with explanations of errors, in order. One that several errors name is there several times.
    pub fn explanations(&self) -> impl Iterator<Item = &Scalar<'a>> {
        let explanations = self.errors().filter_map(|error| error.explanation.as_ref());
        explanations.flat_map(|explanation| explanation.paths())
    }

    /// All errors, in order, to be changed.
    pub fn errors_mut(&mut self) -> impl Iterator<Item = &mut Error<'a>> {
        self.categories.iter_mut().flat_map(|category| {
            let grouped = category.groups.iter_mut();
            let grouped = grouped.flat_map(|group| &mut group.errors);
            category.errors.iter_mut().chain(grouped)
        })
    }
}

/// What the catalogue requires of errgen itself.
#[derive(Debug, Default)]
pub struct Requirement<'a> {
    pub format: Option<Scalar<'a>>,
    pub requires: Option<Scalar<'a>>,
}

/// What package registries are told.
#[derive(Debug, Default)]
pub struct Publish<'a> {
    pub name: Option<Scalar<'a>>,
    pub scope: Option<Scalar<'a>>,
    pub group: Option<Scalar<'a>>,
    pub namespace: Option<Scalar<'a>>,
    pub license: Option<Scalar<'a>>,
    pub repository: Option<Scalar<'a>>,
    pub authors: Vec<Scalar<'a>>,
}

/// Where the parts of an error are in a response.
#[derive(Debug, Default)]
pub struct Wire<'a> {
    pub code: Option<Place<'a>>,
    pub code_type: Option<Scalar<'a>>,
    pub subcode: Option<Place<'a>>,
    pub message: Option<Place<'a>>,
    pub parameters: Option<Place<'a>>,
    pub fields: Vec<(Scalar<'a>, Place<'a>)>,
    pub errors: Option<Items<'a>>,
    pub fixed: Vec<(Scalar<'a>, serde_json::Value)>,
}

/// Where a response lists several errors, and where the parts of an error are in an item.
#[derive(Debug, Default)]
pub struct Items<'a> {
    pub list: Option<Scalar<'a>>,
    pub code: Option<Place<'a>>,
    pub subcode: Option<Place<'a>>,
    pub message: Option<Place<'a>>,
    pub parameters: Option<Place<'a>>,
    pub fields: Vec<(Scalar<'a>, Place<'a>)>,
}

/// A place in a response, with all that any kind of place may say. One that is written as a pointer has only `body`.
#[derive(Debug, Default)]
pub struct Place<'a> {
    /// Of the whole.
    pub span: Span,
    pub header: Option<Scalar<'a>>,
    pub body: Option<Scalar<'a>>,
    pub r#where: Vec<(Scalar<'a>, Spanned<serde_json::Value>)>,
    /// Whether `where` is present, empty or not.
    pub has_where: bool,
    pub at: Option<Scalar<'a>>,
    pub after: Option<Scalar<'a>>,
    pub before: Option<Scalar<'a>>,
    pub separator: Option<Scalar<'a>>,
    pub template: Option<Scalar<'a>>,
    // What only fields have.
    pub r#type: Option<Scalar<'a>>,
    pub example: Option<Scalar<'a>>,
    pub description: Option<Localised<'a>>,
}

// The keys of each kind of place.
pub type AnyPlace<'a> = Place<'a>;
pub type SubcodePlace<'a> = Place<'a>;
pub type CodePlace<'a> = Place<'a>;
pub type Field<'a> = Place<'a>;

/// A target that the catalogue names, with its options.
#[derive(Debug)]
pub struct Target<'a> {
    pub id: Scalar<'a>,
    pub out: Option<Scalar<'a>>,
    pub options: Vec<(Scalar<'a>, Spanned<serde_json::Value>)>,
}

#[derive(Debug, Default)]
pub struct Category<'a> {
    pub id: Option<Scalar<'a>>,
    pub title: Option<Localised<'a>>,
    pub codes: Option<Codes<'a>>,
    pub http: Option<Scalar<'a>>,
    /// Whether `http` is present, valid or not.
    pub has_http: bool,
    pub retry: Option<Scalar<'a>>,
    pub properties: PropertyValues<'a>,
    pub errors: Vec<Error<'a>>,
    pub groups: Vec<Group<'a>>,
    /// Whether `errors` or `groups` is present, valid or not.
    pub has_list: bool,
    pub meta: Meta,
}

#[derive(Debug, Default)]
pub struct Group<'a> {
    pub id: Option<Scalar<'a>>,
    pub title: Option<Localised<'a>>,
    pub codes: Option<Codes<'a>>,
    pub http: Option<Scalar<'a>>,
    /// Whether `http` is present, valid or not.
    pub has_http: bool,
    pub retry: Option<Scalar<'a>>,
    pub properties: PropertyValues<'a>,
    pub errors: Vec<Error<'a>>,
    pub meta: Meta,
}

/// The codes that a category or a group reserves.
#[derive(Debug)]
pub enum Codes<'a> {
    /// The first and the last one.
    Range(Scalar<'a>),
    /// How they start.
    Prefix(Scalar<'a>),
}

/// `codes` as a mapping.
#[derive(Debug, Default)]
pub struct CodePrefix<'a> {
    pub prefix: Option<Scalar<'a>>,
}

#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "keys can be present and invalid"
)]
pub struct Error<'a> {
    pub code: Option<Spanned<Code<'a>>>,
    /// Its own, or else its code, if that can be an id.
    pub id: Option<Scalar<'a>>,
    /// Whether `id` is present, valid or not.
    pub has_id: bool,
    pub renamed_from: Vec<Scalar<'a>>,
    pub no_error: Option<Scalar<'a>>,
    pub http: Option<Scalar<'a>>,
    /// Whether `http` is present, valid or not.
    pub has_http: bool,
    pub message: Option<Message<'a>>,
    /// Whether `message` is present, valid or not.
    pub has_message: bool,
    pub cases: Vec<Case<'a>>,
    /// Whether `cases` is present, valid or not.
    pub has_cases: bool,
    pub params: Vec<Parameter<'a>>,
    pub description: Option<Localised<'a>>,
    pub resolution: Option<Localised<'a>>,
    // Few errors have one.
    pub explanation: Option<Box<Explanation<'a>>>,
    pub retry: Option<Scalar<'a>>,
    pub properties: PropertyValues<'a>,
    pub since: Option<Scalar<'a>>,
    // Few errors have them.
    pub deprecated: Option<Box<Deprecated<'a>>>,
    pub retired: Option<Box<Retired<'a>>>,
    pub allow: Vec<Exemption<'a>>,
    pub meta: Meta,
}

impl<'a> Error<'a> {
    /// Its texts by locale for readers, and those of its cases.
    pub fn texts_by_locale(&self) -> impl Iterator<Item = &Localised<'a>> {
        let cases = self.cases.iter();
        let params = cases.clone().flat_map(|it| &it.params);
        let params = self.params.iter().chain(params);
        let deprecated = self.deprecated.as_ref().and_then(|it| it.note.as_ref());
        let retired = self.retired.as_ref().and_then(|it| it.note.as_ref());
        let own = self.description.iter().chain(&self.resolution);
        own.chain(deprecated)
            .chain(retired)
            .chain(cases.filter_map(|case| case.description.as_ref()))
            .chain(params.filter_map(|parameter| parameter.description.as_ref()))
    }
}

/// The files with a long text about an error, by their paths.
#[derive(Debug)]
pub enum Explanation<'a> {
    /// The text in the fallback locale.
    Fallback(Scalar<'a>),
    /// A text in each of several locales.
    ByLocale(Localised<'a>),
}

impl<'a> Explanation<'a> {
    pub fn paths(&self) -> impl Iterator<Item = &Scalar<'a>> {
        let (one, several) = match self {
            Self::Fallback(path) => (Some(path), &[][..]),
            Self::ByLocale(paths) => (None, paths.value.as_slice()),
        };
        one.into_iter().chain(several.iter().map(|(_, path)| path))
    }
}

/// A lint, or a rule of changes, that an error is exempt from.
#[derive(Debug, Default)]
pub struct Exemption<'a> {
    pub rule: Option<Scalar<'a>>,
    pub reason: Option<Scalar<'a>>,
}

/// A code: an integer if it is written as a plain canonical integer, otherwise a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code<'a> {
    Integer(i64),
    Text(Cow<'a, str>),
}

#[derive(Debug, Default)]
pub struct Case<'a> {
    pub id: Option<Scalar<'a>>,
    pub code: Option<Spanned<Code<'a>>>,
    pub message: Option<Message<'a>>,
    pub params: Vec<Parameter<'a>>,
    pub description: Option<Localised<'a>>,
    pub properties: PropertyValues<'a>,
    pub meta: Meta,
}

/// The declaration of a property.
#[derive(Debug, Default)]
pub struct Property<'a> {
    pub r#type: Option<Scalar<'a>>,
    pub values: Vec<Scalar<'a>>,
    pub default: Option<Spanned<serde_json::Value>>,
    pub multiple: Option<Scalar<'a>>,
    pub description: Option<Localised<'a>>,
    pub modules: Option<Scalar<'a>>,
}

/// Values of properties, with their names.
pub type PropertyValues<'a> = Vec<(Scalar<'a>, Spanned<serde_json::Value>)>;

#[derive(Debug, Default)]
pub struct Parameter<'a> {
    pub name: Scalar<'a>,
    pub r#type: Option<Scalar<'a>>,
    pub example: Option<Scalar<'a>>,
    pub description: Option<Localised<'a>>,
    pub sensitive: Option<Scalar<'a>>,
    /// Its name on the wire.
    pub wire: Option<Scalar<'a>>,
    pub at: Option<Place<'a>>,
}

#[derive(Debug, Default)]
pub struct Deprecated<'a> {
    pub since: Option<Scalar<'a>>,
    pub r#use: Option<Scalar<'a>>,
    pub note: Option<Localised<'a>>,
}

#[derive(Debug, Default)]
pub struct Retired<'a> {
    pub since: Option<Scalar<'a>>,
    pub note: Option<Localised<'a>>,
}

/// An entry of a ledger.
#[derive(Debug)]
pub struct LedgerEntry<'a> {
    /// What it records.
    pub kind: Scalar<'a>,
    pub value: serde_json::Value,
}
