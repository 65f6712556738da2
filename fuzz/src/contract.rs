//! What a module must make of a response, by the contract (`templates/conformance/README.md`). It stands on the catalogue alone,
//! and has none of the modules' code.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use errgen::catalog::{
    Case, Catalog, Category, Codes, Error, Group, Localised, Lookup, Messages, Parameter,
    ParameterType, Pointer, Retry, Source, Text, Transport,
};
use errgen::pipeline::Draft;
use errgen::target::Library;
use serde_json::Value;

use crate::json::{Document, Json, Number};
use crate::retry_after::{Wait, date};
use crate::stages;
use crate::template::{MAX_SAFE, Template, integer};

/// Parameters by name.
type Values = BTreeMap<String, Value>;

/// The target whose module is tested.
const TARGET: &str = "rust";

/// A catalogue, for as long as the program runs.
pub struct Contract {
    pub catalog: &'static Catalog<'static>,
    lookup: Lookup<'static>,
    /// The errors that the module has, by code.
    known: HashMap<Cow<'static, str>, Known>,
    has_secrets: bool,
}

/// An error in its place.
#[derive(Clone, Copy)]
struct Known {
    category: &'static Category<'static>,
    group: Option<&'static Group<'static>>,
    error: &'static Error<'static>,
}

/// A response, of which the body has been read.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    pub status: u16,
    pub code: Option<&'a str>,
    pub message: Option<&'a str>,
    pub retry_after: Option<&'a [u8]>,
    pub date: Option<&'a [u8]>,
}

/// Code and message of a body.
#[derive(Debug, Default)]
pub struct Content {
    pub code: Option<String>,
    pub message: Option<String>,
    /// Whether the code is a number that a module may read as one next to it.
    pub is_vague: bool,
    /// Whether it is nested so deep that a module may read nothing.
    pub is_deep: bool,
}

/// What is made of a response.
#[derive(Debug, Default, PartialEq)]
pub struct Answers {
    pub code: Option<String>,
    pub id: Option<String>,
    pub case: Option<String>,
    pub category: Option<String>,
    pub group: Option<String>,
    pub retry: String,
    /// `None` if it depends on the clock.
    pub retry_after: Option<Option<u64>>,
    pub retry_after_at: Option<u64>,
    pub message: Option<String>,
    pub raw_message: Option<String>,
    pub parameters: Values,
    pub display: String,
    pub description: Option<String>,
    pub raw_description: Option<String>,
    pub resolution: Option<String>,
    pub raw_resolution: Option<String>,
}

/// A message that the catalogue has, and what it says.
#[derive(Default)]
struct Match {
    /// The text that fits.
    text: Option<&'static Text<'static>>,
    case: Option<&'static Case<'static>>,
    values: Values,
}

/// Whether a text shows the values of sensitive parameters.
#[derive(Clone, Copy, PartialEq)]
enum Secrets {
    Shown,
    Hidden,
}

impl Contract {
    /// Reads a valid catalogue.
    pub fn new(yaml: &'static str) -> Self {
        let source = stages::source(yaml.as_bytes()).expect("text is UTF-8");
        let source: &Arc<_> = Box::leak(Box::new(source));
        let draft: &Draft = Box::leak(Box::new(Draft::parse(source)));
        let project = draft.analyse(&Library::standard(), &[]).into_project();
        let project = Box::leak(Box::new(project.expect("a valid catalogue")));
        let mut targets = project.targets.iter();
        let target = targets.find(|it| it.target.id == TARGET);
        let drops_retired = target.expect("the module's target").drops_retired;
        let catalog = &project.catalog;
        let errors = catalog
            .errors()
            .filter(|(_, _, error)| !drops_retired || error.retired.is_none());
        let known = errors.map(|(category, group, error)| {
            let known = Known {
                category,
                group,
                error,
            };
            (error.code.text(), known)
        });
        let known = known.collect();
        let mut messages = catalog
            .errors()
            .flat_map(|(_, _, error)| error.messages.all());
        let has_secrets = messages.any(|(_, parameters)| parameters.iter().any(|it| it.sensitive));
        Self {
            catalog,
            lookup: catalog.lookup(),
            known,
            has_secrets,
        }
    }

    /// Code and message of a body.
    pub fn read(&self, body: &[u8]) -> Content {
        let Some(document) = Document::read(body) else {
            return Content::default();
        };
        let [code, message] = places(self.catalog).map(|it| document.root.at(&it.segments));
        Content {
            code: code.and_then(Self::code_of),
            message: message.and_then(Json::text).map(str::to_owned),
            is_vague: matches!(code, Some(Json::Number(number)) if number.is_vague),
            is_deep: document.depth > 128,
        }
    }

    /// The code that a value in its place is.
    fn code_of(value: &Json) -> Option<String> {
        match value {
            Json::Text(text) => Some(text.clone()),
            Json::Number(Number { double, .. }) => {
                #[expect(clippy::cast_precision_loss, reason = "2^53 - 1 is held exactly")]
                let is_code = double.fract() == 0.0 && double.abs() <= MAX_SAFE as f64;
                // Zero has no sign.
                is_code.then(|| format!("{}", double + 0.0))
            }
            _ => None,
        }
    }

    /// What a module must make of a response. Texts are in the locale for a reader's `tag`, and `now` is in seconds since 1970.
    pub fn answers(&self, response: &Response, tag: &str, now: i64) -> Answers {
        let known = response.code.and_then(|code| self.known.get(code)).copied();
        let locale = self.locale(tag);
        let matched = known
            .zip(response.message)
            .and_then(|(known, message)| Match::of(known.error, message));
        let Match { text, case, values } = matched.unwrap_or_default();
        let said = known.and_then(|known| said(known.error, case, text));
        let raw_message = response.message.map(str::to_owned);
        let own = said.map(|(text, parameters)| filled(text, parameters, &values, Secrets::Hidden));
        let message = raw_message.clone().filter(|_| !self.has_secrets).or(own);
        let parameters = said.map(|(_, parameters)| parameters).unwrap_or_default();
        let text = |localised: &Localised, secrets| {
            filled(&localised.get(locale).1, parameters, &values, secrets)
        };
        let description = known.map(|known| match case {
            Some(case) => case.meaning(),
            None => known.error.meaning(),
        });
        let resolution = known.and_then(|known| known.error.resolution.as_ref());
        let (category, group) = self.place(response.code, known);
        let wait = response.retry_after.and_then(Wait::read);
        let sent = response.date.and_then(date);
        Answers {
            code: response.code.map(str::to_owned),
            id: known.map(|known| known.error.id.to_owned()),
            case: case.map(|case| case.id.to_owned()),
            category: category.map(|category| category.id.to_owned()),
            group: group.map(|group| group.id.to_owned()),
            retry: self
                .retry(response.status, known, category, group)
                .to_owned(),
            retry_after: match (wait, sent) {
                (Some(Wait::Until(_)), None) => None,
                (wait, sent) => Some(wait.map(|wait| wait.at(sent.unwrap_or_default()))),
            },
            retry_after_at: wait.map(|wait| wait.at(now)),
            display: self.display(response, message.as_deref()),
            description: description.and_then(|own| match own {
                Some(own) => Some(text(own, Secrets::Hidden)),
                None => message.clone(),
            }),
            raw_description: description.and_then(|own| match own {
                Some(own) => Some(text(own, Secrets::Shown)),
                None => raw_message.clone().or_else(|| message.clone()),
            }),
            resolution: resolution.map(|own| text(own, Secrets::Hidden)),
            raw_resolution: resolution.map(|own| text(own, Secrets::Shown)),
            message,
            raw_message,
            parameters: values,
        }
    }

    /// The locale for a reader's tag.
    fn locale(&self, tag: &str) -> &'static str {
        let tag = &tag.as_bytes()[..tag.len().min(255)];
        let tag = String::from_utf8_lossy(tag);
        let tag = tag.split(['@', '.']).next().unwrap_or_default();
        let tag = tag.replace('_', "-").to_ascii_lowercase();
        let (language, others) = tag.split_at(tag.find('-').unwrap_or(tag.len()));
        let alias = self.lookup.aliases.get(language);
        let mut tag = format!("{}{others}", alias.map_or(language, String::as_str));
        loop {
            if let Some(index) = self.lookup.tags.get(&tag) {
                return self.catalog.locales[*index];
            }
            let Some(end) = tag.rfind('-') else {
                return self.catalog.fallback;
            };
            tag.truncate(end);
        }
    }

    /// The category and the group of a code, known or not.
    fn place(
        &self,
        code: Option<&str>,
        known: Option<Known>,
    ) -> (
        Option<&'static Category<'static>>,
        Option<&'static Group<'static>>,
    ) {
        if let Some(Known {
            category, group, ..
        }) = known
        {
            return (Some(category), group);
        }
        let Some(code) = code else {
            return (None, None);
        };
        let categories = &self.catalog.categories;
        let mut groups = categories
            .iter()
            .flat_map(|it| it.groups.iter().map(move |group| (it, group)));
        if let Some((category, group)) = groups.find(|(_, group)| has(group.codes, code)) {
            return (Some(category), Some(group));
        }
        (categories.iter().find(|it| has(it.codes, code)), None)
    }

    fn retry(
        &self,
        status: u16,
        known: Option<Known>,
        category: Option<&Category>,
        group: Option<&Group>,
    ) -> &'static str {
        let declared = match known {
            Some(known) => known.error.declared_retry,
            None => group
                .and_then(|it| it.retry)
                .or(category.and_then(|it| it.retry)),
        };
        let status = match known {
            Some(known) => known.error.http,
            None => self.is_http().then_some(status),
        };
        match (declared, status) {
            (Some(Retry::Throttled), _) | (None, Some(429)) => "throttled",
            (Some(Retry::Transient), _) | (None, Some(408 | 425 | 500 | 502 | 503 | 504)) => {
                "transient"
            }
            (Some(Retry::Never) | None, _) => "never",
        }
    }

    fn display(&self, response: &Response, message: Option<&str>) -> String {
        let status = format!("HTTP {}", response.status);
        let status = Some(status.as_str()).filter(|_| self.is_http());
        let parts = [
            response.code.or(status),
            message.or(response.code.and(status)),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return "unknown error".to_owned();
        }
        parts.join(": ")
    }

    fn is_http(&self) -> bool {
        self.catalog.transport == Transport::Http
    }

    /// Another message of an error, from which it differs in nothing that is not secret.
    pub fn with_other_secrets(&self, code: Option<&str>, message: &str) -> Option<String> {
        let matched = |message| {
            let known = code.and_then(|code| self.known.get(code))?;
            let matched = Match::of(known.error, message)?;
            let (text, parameters) = said(known.error, matched.case, matched.text)?;
            let (secret, open) = matched
                .values
                .into_iter()
                .partition::<Values, _>(|(name, _)| is_sensitive(parameters, name));
            Some((text, matched.case.map(|case| case.id), secret, open))
        };
        if !self.has_secrets {
            return None;
        }
        let found = matched(message);
        let other = match &found {
            None => format!("{message}; another"),
            Some((text, _, secret, open)) => Template::new(&text.template).fill(|name| {
                match (secret.get(name), open.get(name)) {
                    (Some(Value::String(_)), _) => "another secret".to_owned(),
                    (Some(Value::Bool(boolean)), _) => (!boolean).to_string(),
                    (Some(_), _) => "-77001".to_owned(),
                    (None, value) => value.map(written).unwrap_or_default(),
                }
            }),
        };
        let what_shows = |found: Option<(&Text, Option<&str>, Values, Values)>| {
            found.map(|(_, case, _, open)| (case.map(str::to_owned), open))
        };
        (what_shows(found) == what_shows(matched(&other))).then_some(other)
    }
}

impl Match {
    /// The message of an error that a text is.
    fn of(error: &'static Error<'static>, message: &str) -> Option<Self> {
        let cases = error.messages.cases().iter().map(Some);
        let is_one = error.messages.cases().is_empty();
        let messages = error.messages.all();
        let messages = messages.zip(cases.chain(is_one.then_some(None)));
        let texts = messages.flat_map(|((message, parameters), case)| {
            let texts = message.texts();
            texts.map(move |(_, text)| (Template::new(&text.template), text, parameters, case))
        });
        let mut texts: Vec<_> = texts.collect();
        texts.sort_by_key(|(template, ..)| Reverse(template.weight()));
        let mut texts = texts.into_iter();
        texts.find_map(|(template, text, parameters, case)| {
            Some(Self {
                text: Some(text),
                case,
                values: read(&template, parameters, message)?,
            })
        })
    }
}

/// The message of an error, or of its case, with its parameters: the text that fits, or else that in the fallback locale.
fn said(
    error: &'static Error<'static>,
    case: Option<&'static Case<'static>>,
    text: Option<&'static Text<'static>>,
) -> Option<(&'static Text<'static>, &'static [Parameter<'static>])> {
    let (message, parameters) = match &error.messages {
        Messages::One {
            message,
            parameters,
        } => (message, parameters),
        Messages::Cases(_) => case.map(|case| (&case.message, &case.parameters))?,
    };
    Some((text.unwrap_or(&message.text), parameters))
}

/// The values in a message.
fn read(template: &Template, parameters: &[Parameter], message: &str) -> Option<Values> {
    let values = template.read(message)?.into_iter().map(|(name, value)| {
        let parameter = parameters.iter().find(|it| it.name == name);
        let value = match parameter.expect("it is declared").r#type {
            ParameterType::String => Value::from(value),
            ParameterType::Integer => integer(value)?.into(),
            ParameterType::Number => number(value)?.into(),
            ParameterType::Boolean if matches!(value, "true" | "false") => (value == "true").into(),
            ParameterType::Boolean => return None,
        };
        Some((name.to_owned(), value))
    });
    values.collect()
}

/// The number that plain digits are, with or without a fraction.
fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let is_plain =
        are_digits(whole) && are_digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    let number = is_plain.then(|| text.parse::<f64>().ok())??;
    // Zero has no sign.
    number.is_finite().then_some(number + 0.0)
}

/// A text with its parameters in it.
fn filled(text: &Text, parameters: &[Parameter], values: &Values, secrets: Secrets) -> String {
    Template::new(&text.template).fill(|name| match values.get(name) {
        _ if secrets == Secrets::Hidden && is_sensitive(parameters, name) => "•••".to_owned(),
        Some(value) => written(value),
        None => "…".to_owned(),
    })
}

fn is_sensitive(parameters: &[Parameter], name: &str) -> bool {
    parameters.iter().any(|it| it.name == name && it.sensitive)
}

fn written(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a code is among those that a category or a group reserves.
fn has(codes: Option<Codes>, code: &str) -> bool {
    match codes {
        Some(Codes::Range(range)) => {
            integer(code).is_some_and(|it| range.first <= it && it <= range.last)
        }
        Some(Codes::Prefix(prefix)) => code.starts_with(prefix),
        None => false,
    }
}

/// Where the code and the message are: in the body, in all catalogues that are fuzzed with.
pub fn places<'c>(catalog: &'c Catalog) -> [&'c Pointer<'c>; 2] {
    let layout = &catalog.wire.layout;
    let code = layout.code.as_ref().map(|code| &code.place);
    [code, layout.message.as_ref()].map(|place| match place.map(|it| &it.source) {
        Some(Source::Body(pointer)) => pointer,
        _ => panic!("code and message are in the body"),
    })
}
