//! The Rust module.

use std::io;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::catalogue::{Case, Catalogue, Codes, Error, Localised, Parameter};
use crate::text::{push_comment, push_list, push_replaced};
use crate::{NOTICE, Output};

/// The catalogue, with the names that it has here.
struct Module<'a> {
    catalogue: &'a Catalogue<'a>,
    code_enum: String,
    error_struct: String,
    /// What an error has of the catalogue.
    known_message: &'static str,
    /// Those of the errors, in their order.
    variants: Vec<String>,
    category_variants: Vec<String>,
    group_variants: Vec<String>,
}

/// The keywords that an id can be, which is never a word in capitals.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

pub fn write(catalogue: &Catalogue, output: &mut Output) -> io::Result<()> {
    let names = catalogue.id.to_upper_camel_case();
    let variants = catalogue.errors.iter().map(|error| variant(error.id));
    let categories = catalogue.categories.iter();
    let group_variants = catalogue.groups.iter().map(|group| {
        let category = catalogue.categories[group.category].id;
        variant(&format!("{category}_{}", group.id))
    });
    let module = Module {
        code_enum: format!("{names}ErrorCode"),
        error_struct: format!("{names}Error"),
        known_message: if catalogue.has_cases {
            "known_message()"
        } else {
            "known"
        },
        variants: variants.collect(),
        category_variants: categories.map(|category| variant(category.id)).collect(),
        group_variants: group_variants.collect(),
        catalogue,
    };
    let path = format!("{}_errors.rs", catalogue.id.to_snake_case());
    output.file(&path, |out| errors(out, &module))
}

fn errors(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        error_struct,
        catalogue,
        ..
    } = module;
    put!(
        out,
        "\
// {}

",
        NOTICE
    );
    doc(out, catalogue.title.default, "//! ");
    put!(
        out,
        "
//!
//! [`{code_enum}`] names the codes of version {} of the catalogue.
//! [`{error_struct}`] is the error that a response becomes; it keeps a code that this version
",
        catalogue.version
    );
    out.push_str(
        r#"//! does not know as it came.
#![allow(dead_code, reason = "a program need not use all of it")]
#![allow(
    clippy::doc_markdown,
    clippy::enum_variant_names,
    clippy::unicode_not_nfc,
    clippy::unreadable_literal,
    reason = "names, texts and codes are the catalogue's"
)]

extern crate alloc;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::ops::RangeInclusive;
use core::time::Duration;

"#,
    );
    code(out, module);
    out.push('\n');
    sections(out, module);
    if catalogue.has_cases {
        out.push('\n');
        case(out, module);
        out.push('\n');
        message(out, module);
    }
    out.push('\n');
    retry(out, module);
    out.push('\n');
    error(out, module);
    out.push('\n');
    error_reading(out, module);
    out.push('\n');
    error_display(out, module);
    out.push('\n');
    locale(out, module);
    out.push('\n');
    parameter(out, module);
    out.push('\n');
    messages(out, module);
    out.push('\n');
    helpers(out, module);
    out.push('\n');
    tables(out, module);
    out.push('\n');
    indices(out, module);
}

fn code(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        catalogue,
        variants,
        ..
    } = module;
    put!(
        out,
        "\
/// The codes that this version of the catalogue knows.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum {code_enum} {{"
    );
    for (error, variant) in catalogue.errors.iter().zip(variants) {
        let head = head(error);
        out.push('\n');
        doc(out, &head, "    /// ");
        out.push_str(
            "
    ///
",
        );
        doc(out, error.description.default, "    /// ");
        if let Some(resolution) = &error.resolution {
            out.push_str(
                "
    ///
",
            );
            doc(out, resolution.default, "    /// ");
        }
        parameter_docs(out, &error.parameters);
        put!(out, "\n    {variant},");
    }
    put!(
        out,
        "
}}

impl {code_enum} {{
"
    );
    out.push_str(
        r#"    /// All codes, in their order.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        BY_CODE
    }

    /// The error with this code, if this version knows it.
    #[allow(clippy::too_many_lines, reason = "there are as many codes")]
    #[must_use]
    pub const fn from_code(code: i64) -> Option<Self> {
        Some(match code {"#,
    );
    for (error, variant) in catalogue.errors.iter().zip(variants) {
        out.push_str("\n            ");
        arm(out, error.code, variant);
    }
    out.push_str(
        "
            _ => return None,
        })
    }

    /// The error with this id, which is its name in the catalogue.
    #[must_use]
    pub const fn from_id(id: &str) -> Option<Self> {
        let (mut low, mut high) = (0, BY_ID.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let candidate = BY_ID[middle];
            match compare(candidate.id(), id) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(candidate),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// What goes over the wire.
    #[must_use]
    pub const fn code(self) -> i64 {
        self.entry().code
    }

    /// The error's name in the catalogue.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.entry().id
    }

    /// The HTTP status of a response with this code.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        self.entry().http_status
    }

    /// The category that the code belongs to.
    #[must_use]
    pub const fn category(self) -> Category {
        self.entry().category
    }

    /// The group that the code belongs to, if its category has groups.
    #[must_use]
    pub const fn group(self) -> Option<Group> {
        self.entry().group
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub const fn retry(self) -> Retry {
        self.entry().retry
    }

    /// The message that the server sends, with its `{parameters}` if it has any. A code with
    /// several messages, its cases, has none of its own.",
    );
    if !catalogue.has_cases {
        out.push_str(
            "\n    #[allow(clippy::unnecessary_wraps, reason = \"a code may get cases\")]",
        );
    }
    put!(
        out,
        "
    #[must_use]
    pub const fn message(self) -> Option<&'static str> {{
        {}
",
        if catalogue.has_cases {
            "self.entry().message"
        } else {
            "Some(self.entry().message)"
        }
    );
    out.push_str(
        "    }

    /// The parameters of the message.
    #[must_use]
    pub const fn parameters(self) -> &'static [Parameter] {
        self.entry().parameters
    }",
    );
    if catalogue.has_cases {
        out.push_str(
            "

    /// The messages that share this code; none where it has one of its own.
    #[must_use]
    pub const fn cases(self) -> &'static [Case] {
        self.entry().cases
    }",
        );
    }
    out.push_str(
        "

    /// What the error means, in the locale that fits best.
    #[must_use]
    pub fn description(self, locale: &str) -> &'static str {
        self.description_texts().get(locale)
    }

    /// What the caller can do, in the locale that fits best.
    #[must_use]
    pub fn resolution(self, locale: &str) -> Option<&'static str> {
        Some(self.resolution_texts()?.get(locale))
    }

    /// The error with this code, written in decimal.
    fn from_text(code: &str) -> Option<Self> {
        canonical_integer(code).and_then(Self::from_code)
    }

    const fn description_texts(self) -> &'static Texts {
        &self.entry().description
    }

    const fn resolution_texts(self) -> Option<&'static Texts> {
        self.entry().resolution.as_ref()
    }

    const fn entry(self) -> &'static Entry {
        &ENTRIES[self as usize]
    }
}

/// Shows the code as it goes over the wire.
",
    );
    put!(out, "impl fmt::Display for {code_enum} {{\n");
    out.push_str(
        "    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code().fmt(f)
    }
}
",
    );
}

fn sections(out: &mut String, module: &Module) {
    let Module {
        catalogue,
        category_variants,
        group_variants,
        ..
    } = module;
    out.push_str(
        "\
/// What the errors are about, broadly.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {",
    );
    for (category, variant) in catalogue.categories.iter().zip(category_variants) {
        out.push('\n');
        section_doc(out, &category.title, category.codes);
        put!(out, "\n    {variant},");
    }
    out.push_str(
        "
}

impl Category {
    /// All categories, in the order of the catalogue.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        ALL_CATEGORIES
    }

    /// The category's name in the catalogue.
    #[must_use]
    pub const fn id(self) -> &'static str {
        CATEGORIES[self as usize].id
    }

    /// The category's title, in the locale that fits best.
    #[must_use]
    pub fn title(self, locale: &str) -> &'static str {
        CATEGORIES[self as usize].title.get(locale)
    }

    /// The category whose range a code falls in, or has a group that it falls in.
    fn of_range(code: i64) -> Option<Self> {
        let mut ranges = CATEGORY_RANGES.iter();
        let found = ranges.find(|(range, _)| range.contains(&code));
        let of_group = || Group::of_range(code).map(Group::category);
        found.map(|(_, category)| *category).or_else(of_group)
    }
}

/// What the errors are about, within a category.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {",
    );
    for (group, variant) in catalogue.groups.iter().zip(group_variants) {
        out.push('\n');
        section_doc(out, &group.title, group.codes);
        put!(out, "\n    {variant},");
    }
    out.push_str(
        "
}

impl Group {
    /// All groups, in the order of the catalogue.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        ALL_GROUPS
    }

    /// The group's name in the catalogue, unique within its category.
    #[must_use]
    pub const fn id(self) -> &'static str {
        GROUPS[self as usize].id
    }

    /// The category that the group is part of.
    #[must_use]
    pub const fn category(self) -> Category {
        GROUPS[self as usize].category
    }

    /// The group's title, in the locale that fits best.
    #[must_use]
    pub fn title(self, locale: &str) -> &'static str {
        GROUPS[self as usize].title.get(locale)
    }

    /// The group whose range a code falls in.
    fn of_range(code: i64) -> Option<Self> {
        let mut ranges = GROUP_RANGES.iter();
        let found = ranges.find(|(range, _)| range.contains(&code));
        found.map(|(_, group)| *group)
    }
}
",
    );
}

fn case(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        catalogue,
        ..
    } = module;
    out.push_str(
        "\
/// One of several messages that share a code.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {",
    );
    for error in &catalogue.errors {
        for case in &error.cases {
            out.push('\n');
            doc(
                out,
                &format!("{} (HTTP {}): {}", error.code, error.http, case.message),
                "    /// ",
            );
            out.push_str(
                "
    ///
",
            );
            doc(out, case.description.default, "    /// ");

            put!(out, "\n    {},", case_variant(error, case));
        }
    }
    out.push_str(
        "
}

impl Case {
    /// The case's name in the catalogue, unique within its error.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.entry().id
    }

    /// The code that the case is one of.
    #[must_use]
",
    );
    put!(out, "    pub const fn code(self) -> {code_enum} {{\n");
    out.push_str(
        "        self.entry().code
    }

    /// The message that the server sends, with its `{parameters}` if it has any.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.entry().message
    }

    /// The parameters of the message.
    #[must_use]
    pub const fn parameters(self) -> &'static [Parameter] {
        self.entry().parameters
    }

    /// What the case means, in the locale that fits best.
    #[must_use]
    pub fn description(self, locale: &str) -> &'static str {
        self.description_texts().get(locale)
    }

    const fn description_texts(self) -> &'static Texts {
        &self.entry().description
    }

    const fn entry(self) -> &'static CaseEntry {
        &CASES[self as usize]
    }
}
",
    );
}

fn message(out: &mut String, module: &Module) {
    let Module { code_enum, .. } = module;
    put!(
        out,
        "\
/// A message of the catalogue: that of a code, or of a case of one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Message {{
    code: {code_enum},
"
    );
    out.push_str(
        "    case: Option<Case>,
}

impl Message {
    const fn message(self) -> Option<&'static str> {
        match self.case {
            Some(case) => Some(case.message()),
            None => self.code.message(),
        }
    }

    const fn parameters(self) -> &'static [Parameter] {
        match self.case {
            Some(case) => case.parameters(),
            None => self.code.parameters(),
        }
    }

    const fn description_texts(self) -> &'static Texts {
        match self.case {
            Some(case) => case.description_texts(),
            None => self.code.description_texts(),
        }
    }

    const fn resolution_texts(self) -> Option<&'static Texts> {
        self.code.resolution_texts()
    }
}
",
    );
}

fn retry(out: &mut String, _: &Module) {
    out.push_str(
        "\
/// Whether the same request may succeed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// It fails again.
    Never,
    /// It may succeed after a moment.
    Transient,
    /// It may succeed once fewer requests are made.
    Throttled,
}
",
    );
}

fn error(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        error_struct,
        ..
    } = module;
    out.push_str(
        "\
/// An error response of the API.
///
/// [`from_body`](Self::from_body) reads it from the body of a response; without one, it starts as
/// [`new`](Self::new) and gets what is at hand.
#[derive(Clone)]
",
    );
    put!(
        out,
        "\
pub struct {error_struct} {{
    status: u16,
    code: Option<String>,
    /// What `code` is, if this version knows it.
    known: Option<{code_enum}>,
"
    );
    out.push_str(
        "    message: Option<String>,
    retry_after: Option<u64>,
    body: Vec<u8>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

",
    );
    put!(out, "impl {error_struct} {{\n");
    out.push_str(r"    /// An error of which only the HTTP status is known.
    #[must_use]
    pub const fn new(status: u16) -> Self {
        Self {
            status,
            code: None,
            known: None,
            message: None,
            retry_after: None,
            body: Vec::new(),
            source: None,
        }
    }

    /// The error that a response body holds. A body that is not JSON, or has no code, gives an error
    /// without a code; it is kept in any case.
    #[must_use]
    pub fn from_body(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let mut error = Self::new(status).with_body(body);
        let text = String::from_utf8_lossy(&error.body);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let Ok(json) = serde_json::from_str::<serde_json::Value>(text) else {
            return error;
        };
        if let Some(code) = json.pointer(CODE).and_then(code_text) {
            error = error.with_code(code);
        }
        if let Some(message) = json.pointer(MESSAGE).and_then(serde_json::Value::as_str) {
            error = error.with_message(message);
        }
        error
    }

");
    put!(
        out,
        "    /// Adds the code that came over the wire, or a [`{code_enum}`].
    #[must_use]
    pub fn with_code(mut self, code: impl fmt::Display) -> Self {{
        let code = code.to_string();
        self.known = {code_enum}::from_text(&code);
"
    );
    out.push_str(
        r#"        self.code = Some(code);
        self
    }

    /// Adds the message of the server.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Adds what the headers of the response say of when to try again. The `HeaderMap` of the crate
    /// `http` will do.
    #[must_use]
    pub fn with_headers<N, V>(mut self, headers: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let is_retry_after = |name: &N| name.as_ref().eq_ignore_ascii_case("retry-after");
        let mut values = headers.into_iter().filter(|(name, _)| is_retry_after(name));
        self.retry_after = values.find_map(|(_, value)| seconds(value.as_ref()));
        self
    }

    /// Adds the body of the response, as it came.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Adds the error that led to this one.
    #[must_use]
    pub fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }
}
"#,
    );
}

fn error_reading(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        error_struct,
        known_message,
        catalogue,
        ..
    } = module;
    put!(out, "impl {error_struct} {{\n");
    out.push_str(
        "    /// The HTTP status of the response.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Which error it is, if there is a code and this version knows it.
    #[must_use]
",
    );
    put!(
        out,
        "    pub const fn code(&self) -> Option<{code_enum}> {{\n"
    );
    out.push_str(
        "        self.known
    }

    /// The code as it came, known or not.
    #[must_use]
    pub fn raw_code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message of the server.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The body of the response; empty where none was given.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// How long the server asks to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after.map(Duration::from_secs)
    }

    /// Whether the same request may succeed later. Where this version does not know the code, the
    /// status tells.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        match (self.known, self.status) {
            (Some(code), _) => code.retry(),
            (None, 429) => Retry::Throttled,
            (None, 503) => Retry::Transient,
            (None, _) => Retry::Never,
        }
    }

    /// The category of the code. One that this version does not know has the category whose range
    /// it falls in.
    #[must_use]
    pub fn category(&self) -> Option<Category> {
        match self.known {
            Some(code) => Some(code.category()),
            None => Category::of_range(canonical_integer(self.raw_code()?)?),
        }
    }

    /// The group of the code. One that this version does not know has the group whose range it
    /// falls in.
    #[must_use]
    pub fn group(&self) -> Option<Group> {
        match self.known {
            Some(code) => code.group(),
            None => Group::of_range(canonical_integer(self.raw_code()?)?),
        }
    }",
    );
    if catalogue.has_cases {
        out.push_str(
            "

    /// Which of the messages that share the code the server sent.
    #[must_use]
    pub fn case(&self) -> Option<Case> {
        let message = self.message()?;
        let mut cases = self.known?.cases().iter().copied();
        cases.find(|case| {
            let parameters = case.entry().parameters;
            read_parameters(case.message(), parameters, message).is_some()
        })
    }",
        );
    }
    out.push_str(
        "

    /// The parameters read back from the message; none where it is not as the catalogue says. The
    /// types in [`messages`] have them as fields.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, ParameterValue<'_>)> {
        self.read().unwrap_or_default()
    }

    /// A parameter read back from the message.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<ParameterValue<'_>> {
        let mut parameters = self.parameters().into_iter();
        parameters.find_map(|(own, value)| (own == name).then_some(value))
    }

    /// What the error means, in the locale that fits best, with the parameters filled in.
    #[must_use]
    pub fn description(&self, locale: &str) -> Option<Cow<'static, str>> {
",
    );
    put!(
        out,
        "        let texts = self.{known_message}?.description_texts();\n"
    );
    out.push_str(
        "        Some(texts.fill(locale, &self.parameters()))
    }

    /// What the caller can do, in the locale that fits best, with the parameters filled in.
    #[must_use]
    pub fn resolution(&self, locale: &str) -> Option<Cow<'static, str>> {
        let texts = self.known?.resolution_texts()?;
        Some(texts.fill(locale, &self.parameters()))
    }

    /// The parameters, if the message is as the catalogue says.
    fn read(&self) -> Option<Vec<(&'static str, ParameterValue<'_>)>> {
",
    );
    put!(
        out,
        "        let message = self.{known_message}?;
        read_parameters(message.message()?, message.parameters(), self.message()?)
    }}"
    );
    if catalogue.has_cases {
        out.push_str(
            "

    /// What the message that came is in the catalogue.
    fn known_message(&self) -> Option<Message> {
        let (code, case) = (self.known?, self.case());
        Some(Message { code, case })
    }",
        );
    }
    out.push_str(
        "
}
",
    );
}

fn error_display(out: &mut String, module: &Module) {
    let Module { error_struct, .. } = module;
    put!(
        out,
        "\
/// Shows the code and the message.
impl fmt::Display for {error_struct} {{
"
    );
    out.push_str(
        r#"    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.raw_code(), self.message()) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}"),
            (Some(code), None) => write!(f, "{code}: HTTP {}", self.status),
            (None, Some(message)) => write!(f, "HTTP {}: {message}", self.status),
            (None, None) => write!(f, "HTTP {}", self.status),
        }
    }
}

"#,
    );
    put!(
        out,
        r#"impl fmt::Debug for {error_struct} {{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        f.debug_struct("{error_struct}")
"#
    );
    out.push_str(
        r#"            .field("status", &self.status)
            .field("code", &self.code)
            .field("known", &self.known)
            .field("message", &self.message())
            .field("retry_after", &self.retry_after())
            .finish_non_exhaustive()
    }
}

"#,
    );
    put!(out, "impl Error for {error_struct} {{\n");
    out.push_str(
        "    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
",
    );
}

fn locale(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    let array = format!("[Option<&'static str>; {}]", catalogue.locales.len());
    out.push_str(
        "\
/// The locales of the texts, in the order of the catalogue.
#[rustfmt::skip]
pub static LOCALES: &[&str] = &[",
    );
    for tag in &catalogue.locales {
        put!(out, "\n    \"{tag}\",");
    }
    out.push_str(
        "
];
",
    );
    put!(
        out,
        "
/// The place in [`LOCALES`] of the one that every text has.
const FALLBACK: usize = {};

/// A text in each of [`LOCALES`], where there is one.
enum Texts {{
    Plain({array}),
    /// In the catalogue's spelling, with `{{parameters}}`, and literal braces doubled.
    Templates({array}),
",
        catalogue.fallback
    );
    out.push_str(
        "\
}

impl Texts {
    /// The text in the locale that fits best.
    fn get(&self, locale: &str) -> &'static str {
        let (Self::Plain(texts) | Self::Templates(texts)) = self;
        let text = texts[locale_index(locale)].or(texts[FALLBACK]);
        text.unwrap_or_default()
    }

    /// The same with the values of parameters filled in; one without a value stays as it is.
    fn fill(&self, locale: &str, values: &[(&str, ParameterValue)]) -> Cow<'static, str> {
        let text = self.get(locale);
        match self {
            Self::Plain(_) => text.into(),
            Self::Templates(_) => Template::parse(text).fill(values).into(),
        }
    }
}

/// The place in [`LOCALES`] of the locale that serves a reader of `tag` best: the same; the same as
/// `tag` cut from its end, subtag by subtag; the first of the same language; the fallback.
fn locale_index(tag: &str) -> usize {
    let mut tag = tag;
    loop {
        if let Some(index) = LOCALES.iter().position(|locale| is_same_tag(locale, tag)) {
            return index;
        }
        match tag.rfind(['-', '_']) {
            Some(end) => tag = &tag[..end],
            None => break,
        }
    }
    let language = |locale: &'static str| locale.split('-').next().unwrap_or_default();
    let mut locales = LOCALES.iter();
    let index = locales.position(|locale| is_same_tag(language(locale), tag));
    index.unwrap_or(FALLBACK)
}

/// Whether two tags are the same, in any letter case and with `_` as `-`.
fn is_same_tag(a: &str, b: &str) -> bool {
    let normal = |byte: u8| match byte {
        b'_' => b'-',
        _ => byte.to_ascii_lowercase(),
    };
    a.bytes().map(normal).eq(b.bytes().map(normal))
}
",
    );
}

fn parameter(out: &mut String, _: &Module) {
    out.push_str(
        "\
/// A parameter of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    name: &'static str,
    value_type: ParameterType,
}

impl Parameter {
    /// The parameter's name, as it stands in the braces of a message.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What its values are.
    #[must_use]
    pub const fn value_type(&self) -> ParameterType {
        self.value_type
    }
}

/// What the values of a parameter are.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterType {
    /// A text.
    String,
    /// An integer, of which the amount is at most 2^53 - 1.
    Integer,
    /// A truth value.
    Boolean,
}

impl ParameterType {
    fn read(self, text: &str) -> Option<ParameterValue<'_>> {
        match self {
            Self::String => Some(ParameterValue::String(text)),
            Self::Integer => canonical_integer(text).map(ParameterValue::Integer),
            Self::Boolean => text.parse().ok().map(ParameterValue::Boolean),
        }
    }
}

/// The value of a parameter.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterValue<'a> {
    /// A text.
    String(&'a str),
    /// An integer, of which the amount is at most 2^53 - 1.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
}

impl fmt::Display for ParameterValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => text.fmt(f),
            Self::Integer(integer) => integer.fmt(f),
            Self::Boolean(boolean) => boolean.fmt(f),
        }
    }
}",
    );
    out.push_str(
        "

impl<'a> From<&'a str> for ParameterValue<'a> {
    fn from(value: &'a str) -> Self {
        Self::String(value)
    }
}

/// Gives the value back where it is of another type.
impl<'a> TryFrom<ParameterValue<'a>> for &'a str {
    type Error = ParameterValue<'a>;

    fn try_from(value: ParameterValue<'a>) -> Result<Self, Self::Error> {
        match value {
            ParameterValue::String(own) => Ok(own),
            other => Err(other),
        }
    }
}",
    );
    out.push_str(
        r#"

/// Reads the parameters of a message back, if it is what the template says.
fn read_parameters<'a>(
    template: &'static str,
    parameters: &[Parameter],
    message: &'a str,
) -> Option<Vec<(&'static str, ParameterValue<'a>)>> {
    if parameters.is_empty() {
        return (message == template).then(Vec::new);
    }
    let texts = Template::parse(template).split(message)?;
    let read = |parameter: &Parameter| {
        let (_, text) = texts.iter().find(|(name, _)| *name == parameter.name)?;
        Some((parameter.name, parameter.value_type.read(text)?))
    };
    parameters.iter().map(read).collect()
}

/// A text with parameters.
struct Template {
    /// The parameters, each with the literal text before it.
    parameters: Vec<(String, &'static str)>,
    /// The literal text behind the last one.
    tail: String,
}

impl Template {
    /// Takes a template of the catalogue apart.
    fn parse(template: &'static str) -> Self {
        let mut parameters = Vec::new();
        let mut literal = String::new();
        let mut rest = template;
        while let Some((text, brace)) = rest.find(['{', '}']).map(|at| rest.split_at(at)) {
            literal.push_str(text);
            if brace.starts_with("{{") || brace.starts_with("}}") {
                literal.push_str(&brace[..1]);
                rest = &brace[2..];
            } else {
                let (name, after) = brace[1..].split_once('}').unwrap_or_default();
                parameters.push((core::mem::take(&mut literal), name));
                rest = after;
            }
        }
        let tail = literal + rest;
        Self { parameters, tail }
    }

    /// The parameters' names, each with its part of a message. Where it could be split in several
    /// ways, each parameter takes as little as it can, but for the last, which takes the rest.
    fn split<'a>(&self, message: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
        let ((literal, first), others) = self.parameters.split_first()?;
        let mut rest = message.strip_prefix(literal)?.strip_suffix(&self.tail)?;
        let mut values = Vec::with_capacity(self.parameters.len());
        let mut name = *first;
        for (literal, next) in others {
            let (value, after) = rest.split_once(literal)?;
            values.push((name, value));
            (name, rest) = (next, after);
        }
        values.push((name, rest));
        Some(values)
    }

    /// The text with values in the place of parameters, as far as there are any.
    fn fill(&self, values: &[(&str, ParameterValue)]) -> String {
        let mut filled = String::new();
        for (literal, name) in &self.parameters {
            filled.push_str(literal);
            match values.iter().find(|(own, _)| own == name) {
                Some((_, value)) => filled.push_str(&value.to_string()),
                None => filled.extend(["{", name, "}"]),
            }
        }
        filled + &self.tail
    }
}
"#,
    );
}

fn messages(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        error_struct,
        known_message,
        catalogue,
        variants,
        ..
    } = module;
    out.push_str(
        "\
pub mod messages {
    //! The messages that have parameters: a type for each, to build one, or to read one back.
    //!
    //! `Display` writes the message as the server sends it.",
    );
    for (error, variant) in catalogue.errors.iter().zip(variants) {
        if !error.parameters.is_empty() {
            message_type(out, error, variant);
        }
    }
    out.push_str(
        "
}

/// What the types in [`messages`] do. Their fields stand in the order of the parameters.
macro_rules! impl_messages {
    ($($name:ident $(<$a:lifetime>)? { $($field:ident),+ } is $message:expr;)+) => {$(
        impl $(<$a>)? messages::$name $(<$a>)? {
",
    );
    let message = if catalogue.has_cases {
        "Message"
    } else {
        code_enum
    };
    put!(out, "            const MESSAGE: {message} = $message;\n");
    out.push_str(
        "
            /// The parameters of an error that has this message.
            #[inline]
            #[must_use]
",
    );
    put!(
        out,
        "            pub fn from_error(error: &$($a)? {error_struct}) -> Option<Self> {{
                if error.{known_message} != Some(Self::MESSAGE) {{
"
    );
    out.push_str(
        "                    return None;
                }
                let mut parameters = error.read()?.into_iter();
                Some(Self { $($field: take(&mut parameters)?),+ })
            }

            /// What the error means, in the locale that fits best, with the parameters filled in.
            #[inline]
            #[must_use]
            pub fn description(&self, locale: &str) -> Cow<'static, str> {
                Self::MESSAGE.description_texts().fill(locale, &self.parameters())
            }

            /// What the caller can do, in the locale that fits best, with the parameters filled in.
            #[inline]
            #[must_use]
            pub fn resolution(&self, locale: &str) -> Option<Cow<'static, str>> {
                Some(Self::MESSAGE.resolution_texts()?.fill(locale, &self.parameters()))
            }

            fn parameters(&self) -> Vec<(&'static str, ParameterValue<'_>)> {
                named(Self::MESSAGE.parameters(), &[$(self.$field.into()),+])
            }
        }

        impl $(<$a>)? fmt::Display for messages::$name $(<$a>)? {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let template = Template::parse(Self::MESSAGE.message().unwrap_or_default());
                f.write_str(&template.fill(&self.parameters()))
            }
        }
    )+};
}

impl_messages! {",
    );
    for (error, variant) in catalogue.errors.iter().zip(variants) {
        if !error.parameters.is_empty() {
            put!(out, "\n    {variant}<'a> {{ ");
            push_list(out, &error.parameters, |out, parameter| {
                out.push_str(&field(parameter));
            });
            if catalogue.has_cases {
                put!(
                    out,
                    " }} is Message {{ code: {code_enum}::{variant}, case: None }};"
                );
            } else {
                put!(out, " }} is {code_enum}::{variant};");
            }
        }
    }
    out.push_str(
        "
}

/// The value of the next parameter, as the type of its field.
fn take<'a, T: TryFrom<ParameterValue<'a>>>(
    parameters: &mut impl Iterator<Item = (&'static str, ParameterValue<'a>)>,
) -> Option<T> {
    let (_, value) = parameters.next()?;
    T::try_from(value).ok()
}

/// The values of the parameters, each with its name.
fn named<'a>(
    parameters: &[Parameter],
    values: &[ParameterValue<'a>],
) -> Vec<(&'static str, ParameterValue<'a>)> {
    let names = parameters.iter().map(Parameter::name);
    names.zip(values.iter().copied()).collect()
}
",
    );
}

fn helpers(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    out.push_str(
        r#"/// Compares as `str::cmp` does, which is not `const`.
const fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    if index == a.len() && index == b.len() {
        Ordering::Equal
    } else if index == a.len() || (index < b.len() && a[index] < b[index]) {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// An integer in its one spelling: no `+`, no leading zero, no `-0`, and of an amount that every
/// JSON parser holds exactly, which is at most 2^53 - 1.
fn canonical_integer(text: &str) -> Option<i64> {
    const MAX_SAFE: u64 = (1 << 53) - 1;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_canonical = text == "0" || digits.starts_with(|digit| matches!(digit, '1'..='9'));
    let integer: i64 = text.parse().ok()?;
    (is_canonical && integer.unsigned_abs() <= MAX_SAFE).then_some(integer)
}

/// The seconds of a `Retry-After` header that has no date, at most 2^31 - 1.
fn seconds(value: &[u8]) -> Option<u64> {
    const MAX: u64 = (1 << 31) - 1;
    let digits = core::str::from_utf8(value).ok()?.trim_matches(' ');
    let seconds: u64 = digits.parse().ok()?;
    (seconds <= MAX && !digits.starts_with('+')).then_some(seconds)
}

/// Where a body has the code: a JSON pointer.
#[rustfmt::skip]
"#,
    );
    put!(
        out,
        r#"const CODE: &str = "/{}";

/// Where a body has the message.
#[rustfmt::skip]
const MESSAGE: &str = "/{}";
"#,
        catalogue.wire.code,
        catalogue.wire.message
    );
    out.push_str(
        "
/// The code that stands there, as text.
fn code_text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => {
            // An integer may come as `1000.0`, and zero as `-0`, of which this makes 0.
            let float = number.as_f64()? + 0.0;
            Some(canonical_integer(&float.to_string())?.to_string())
        }
        _ => None,
    }
}
",
    );
}

fn tables(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        catalogue,
        variants,
        category_variants,
        group_variants,
        ..
    } = module;
    out.push_str(
        "\
struct Entry {
    code: i64,
    id: &'static str,
    http_status: u16,
    category: Category,
    group: Option<Group>,
    retry: Retry,
",
    );
    out.push_str(if catalogue.has_cases {
        "    message: Option<&'static str>,\n"
    } else {
        "    message: &'static str,\n"
    });
    out.push_str("    parameters: &'static [Parameter],");
    if catalogue.has_cases {
        out.push_str("\n    cases: &'static [Case],");
    }
    out.push_str(
        "
    description: Texts,
    resolution: Option<Texts>,
}

struct CategoryEntry {
    id: &'static str,
    title: Texts,
}

struct GroupEntry {
    id: &'static str,
    category: Category,
    title: Texts,
}",
    );
    if catalogue.has_cases {
        out.push_str(
            "

struct CaseEntry {
    id: &'static str,
",
        );
        put!(out, "    code: {code_enum},\n");
        out.push_str(
            "    message: &'static str,
    parameters: &'static [Parameter],
    description: Texts,
}",
        );
    }
    put!(
        out,
        "

/// What is known of each code, in the order of [`{code_enum}`].
#[rustfmt::skip]
static ENTRIES: &[Entry] = &["
    );
    for error in &catalogue.errors {
        put!(
            out,
            r#"
    Entry {{
        code: {},
        id: "{}",
        http_status: {},
        category: Category::{},
        group: Some(Group::{}),
        retry: Retry::{},"#,
            error.code,
            error.id,
            error.http,
            category_variants[error.category],
            group_variants[error.group],
            retry_variant(error)
        );
        out.push_str("\n        message: ");
        match error.message {
            Some(message) if catalogue.has_cases => optional_string(out, message),
            Some(message) => string(out, message),
            None => out.push_str("None"),
        }
        out.push_str(",\n        parameters: ");
        parameters(out, &error.parameters);
        out.push(',');
        if catalogue.has_cases {
            out.push_str("\n        cases: &[");
            for case in &error.cases {
                put!(out, "\n            Case::{},", case_variant(error, case));
            }
            if !error.cases.is_empty() {
                out.push_str("\n        ");
            }
            out.push_str("],");
        }
        out.push_str("\n        description: ");
        texts(out, &error.description);
        out.push_str(",\n        resolution: ");
        if let Some(resolution) = &error.resolution {
            out.push_str("Some(");
            texts(out, resolution);
            out.push(')');
        } else {
            out.push_str("None");
        }
        out.push_str(",\n    },");
    }
    out.push_str(
        "
];

/// What is known of each category, in the order of [`Category`].
#[rustfmt::skip]
static CATEGORIES: &[CategoryEntry] = &[",
    );
    for category in &catalogue.categories {
        put!(
            out,
            r#"
    CategoryEntry {{
        id: "{}",
        title: "#,
            category.id
        );
        texts(out, &category.title);
        out.push_str(",\n    },");
    }
    out.push_str(
        "
];

/// What is known of each group, in the order of [`Group`].
#[rustfmt::skip]
static GROUPS: &[GroupEntry] = &[",
    );
    for group in &catalogue.groups {
        put!(
            out,
            r#"
    GroupEntry {{
        id: "{}",
        category: Category::{},
        title: "#,
            group.id,
            category_variants[group.category]
        );
        texts(out, &group.title);
        out.push_str(",\n    },");
    }
    out.push_str("\n];");
    if catalogue.has_cases {
        out.push_str(
            "

/// What is known of each case, in the order of [`Case`].
#[rustfmt::skip]
static CASES: &[CaseEntry] = &[",
        );
        for (error, variant) in catalogue.errors.iter().zip(variants) {
            for case in &error.cases {
                put!(
                    out,
                    r#"
    CaseEntry {{
        id: "{}",
        code: {code_enum}::{variant},
        message: "#,
                    case.id
                );
                string(out, case.message);
                out.push_str(",\n        parameters: &[],\n        description: ");
                texts(out, &case.description);
                out.push_str(",\n    },");
            }
        }
        out.push_str("\n];");
    }
    out.push('\n');
}

fn indices(out: &mut String, module: &Module) {
    let Module {
        code_enum,
        catalogue,
        variants,
        category_variants,
        group_variants,
        ..
    } = module;
    put!(
        out,
        "\
/// The codes, sorted.
#[rustfmt::skip]
static BY_CODE: &[{code_enum}] = &["
    );
    for variant in catalogue
        .sorted_by(|error| error.code)
        .into_iter()
        .map(|at| &variants[at])
    {
        put!(out, "\n    {code_enum}::{variant},");
    }
    out.push_str(
        "
];

/// The codes, sorted by their ids.
#[rustfmt::skip]
",
    );
    put!(out, "static BY_ID: &[{code_enum}] = &[");
    for variant in catalogue
        .sorted_by(|error| error.id)
        .into_iter()
        .map(|at| &variants[at])
    {
        put!(out, "\n    {code_enum}::{variant},");
    }
    out.push_str(
        "
];

#[rustfmt::skip]
static ALL_CATEGORIES: &[Category] = &[",
    );
    for variant in category_variants {
        put!(out, "\n    Category::{variant},");
    }
    out.push_str(
        "
];

#[rustfmt::skip]
static ALL_GROUPS: &[Group] = &[",
    );
    for variant in group_variants {
        put!(out, "\n    Group::{variant},");
    }
    out.push_str("\n];");
    out.push_str(
        "

/// The codes that a category is for.
#[rustfmt::skip]
static CATEGORY_RANGES: &[(RangeInclusive<i64>, Category)] = &[",
    );
    for (category, variant) in catalogue.categories.iter().zip(category_variants) {
        put!(
            out,
            "\n    ({}..={}, Category::{variant}),",
            category.codes.first,
            category.codes.last
        );
    }
    out.push_str("\n];");
    out.push_str(
        "

/// The codes that a group is for.
#[rustfmt::skip]
static GROUP_RANGES: &[(RangeInclusive<i64>, Group)] = &[",
    );
    for (group, variant) in catalogue.groups.iter().zip(group_variants) {
        put!(
            out,
            "\n    ({}..={}, Group::{variant}),",
            group.codes.first,
            group.codes.last
        );
    }
    out.push_str(
        "
];
",
    );
}

fn variant(id: &str) -> String {
    let name = id.to_upper_camel_case();
    if name == "Self" {
        "Self_".to_owned()
    } else {
        name
    }
}

fn case_variant(error: &Error, case: &Case) -> String {
    variant(&format!("{}_{}", error.id, case.id))
}

fn field(parameter: &Parameter) -> String {
    let name = parameter.name.to_snake_case();
    match name.as_str() {
        "self" | "super" | "crate" => name + "_",
        word if KEYWORDS.contains(&word) => format!("r#{name}"),
        _ => name,
    }
}

fn head(error: &Error) -> String {
    match error.message {
        Some(message) => format!("{} (HTTP {}): {message}", error.code, error.http),
        None => format!("{} (HTTP {})", error.code, error.http),
    }
}

fn retry_variant(error: &Error) -> &'static str {
    match error.retry {
        "transient" => "Transient",
        "throttled" => "Throttled",
        _ => "Never",
    }
}

/// An arm of a `match`: one that fills the line is broken off as rustfmt does.
fn arm(out: &mut String, code: i64, variant: &str) {
    let start = out.len();
    put!(out, "{code} => Self::{variant},");
    // Without the arrow and the comma.
    if out.len() - start - " => ,".len() >= 84 {
        out.truncate(start);
        put!(
            out,
            "{code} => {{\n                Self::{variant}\n            }}"
        );
    }
}

fn section_doc(out: &mut String, title: &Localised, codes: Codes) {
    let text = format!("{} ({} to {})", title.default, codes.first, codes.last);
    doc(out, &text, "    /// ");
}

fn parameter_docs(out: &mut String, parameters: &[Parameter]) {
    if parameters.is_empty() {
        return;
    }
    out.push_str("\n    ///");
    for parameter in parameters {
        put!(out, "\n    /// - `{}` (string)", parameter.name);
        if let Some(description) = &parameter.description {
            out.push_str(": ");
            comment(out, description.default, "    ///   ");
        }
    }
}

/// The type of a message with parameters.
fn message_type(out: &mut String, error: &Error, variant: &str) {
    out.push_str("\n\n");
    doc(out, &head(error), "    /// ");
    out.push_str("\n    ///\n");
    doc(out, error.description.default, "    /// ");
    out.push_str("\n    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n");
    // A name that fills the line is broken off as rustfmt does.
    if variant.len() < 82 {
        put!(out, "    pub struct {variant}<'a> {{");
    } else {
        put!(out, "    pub struct {variant}<\n        'a,\n    > {{");
    }
    for parameter in &error.parameters {
        out.push('\n');
        if let Some(description) = &parameter.description {
            doc(out, description.default, "        /// ");
        } else {
            put!(out, "        /// The parameter `{}`.", parameter.name);
        }
        put!(out, "\n        pub {}: &'a str,", field(parameter));
    }
    out.push_str("\n    }");
}

/// The parameters of a message.
fn parameters(out: &mut String, parameters: &[Parameter]) {
    out.push_str("&[");
    push_list(out, parameters, |out, parameter| {
        put!(
            out,
            r#"Parameter {{ name: "{}", value_type: ParameterType::String }}"#,
            parameter.name
        );
    });
    out.push(']');
}

/// A text in every locale, each on a line of its own.
fn texts(out: &mut String, localised: &Localised) {
    out.push_str(if localised.is_template {
        "Texts::Templates(["
    } else {
        "Texts::Plain(["
    });
    for text in &localised.texts {
        out.push_str("\n            ");
        optional_string(out, text);
        out.push(',');
    }
    out.push_str("\n        ])");
}

fn optional_string(out: &mut String, text: &str) {
    out.push_str("Some(");
    string(out, text);
    out.push(')');
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    push_replaced(out, text, |rest| match rest {
        [b'"', ..] => Some((1, "\\\"")),
        [b'\\', ..] => Some((1, "\\\\")),
        _ => None,
    });
    out.push('"');
}

/// A doc comment, with what stands before each line.
fn doc(out: &mut String, text: &str, prefix: &str) {
    out.push_str(prefix);
    comment(out, text, prefix);
}

fn comment(out: &mut String, text: &str, prefix: &str) {
    push_comment(out, text, prefix, 100, doc_line);
}

/// A line of a doc comment, which rustdoc reads as Markdown.
fn doc_line(out: &mut String, line: &str) {
    let length = match line.as_bytes() {
        [b'#' | b'+' | b'-' | b'=', ..] => 1,
        [b'0'..=b'9', b'.' | b')', ..] => 2,
        _ => 0,
    };
    let (start, rest) = line.split_at(length);
    if let Some(mark) = start.chars().next_back() {
        out.push_str(&start[..length - 1]);
        out.push('\\');
        out.push(mark);
    }
    push_replaced(out, rest, |rest| match rest {
        [b'-', b'-', ..] => Some((2, "-\\-")),
        [b':', b'/', b'/', ..] => Some((3, ":\\//")),
        [b'\\', ..] => Some((1, "\\\\")),
        [b'`', ..] => Some((1, "\\`")),
        [b'*', ..] => Some((1, "\\*")),
        [b'_', ..] => Some((1, "\\_")),
        [b'[', ..] => Some((1, "\\[")),
        [b']', ..] => Some((1, "\\]")),
        [b'<', ..] => Some((1, "\\<")),
        [b'>', ..] => Some((1, "\\>")),
        [b'&', ..] => Some((1, "\\&")),
        [b'~', ..] => Some((1, "\\~")),
        [b'|', ..] => Some((1, "\\|")),
        _ => None,
    });
}
