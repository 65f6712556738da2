//! What was found, each kind of it once, with its count and its first place.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Value, json};

use super::suggest::{self, Nearest};
use crate::catalog::{
    Catalog, Error, Layout, Messages, Parameter, ParameterType, Reading, Source, Tried, plain,
    trial,
};
use crate::diagnostic::{Position, Rule, nearest, rules};
use crate::find::{Received, Response, json_of};

use super::record::Record;

/// How many findings are told apart: codes and messages come from others, and memory is bounded.
const MOST_FOUND: usize = 10_000;

/// How many messages of one error that fit no template are told apart.
const MOST_SHAPES: usize = 5;

/// How many characters of what came are shown.
const SHOWN: usize = 200;

/// Stands for what a sensitive parameter held.
const HIDDEN: &str = "•••";

/// Where something stands.
#[derive(Clone)]
pub struct Spot {
    pub path: Arc<str>,
    pub position: Position,
}

/// What was found, of one kind.
pub struct Found {
    pub rule: &'static Rule,
    /// The place of its error in the catalogue; none of a code that it lacks.
    pub index: Option<usize>,
    pub code: String,
    pub count: u64,
    pub spot: Spot,
    pub message: String,
    /// Labels and texts.
    pub facts: Vec<(&'static str, String)>,
    pub help: Option<String>,
    pub data: Value,
}

/// What tells one kind of finding from others.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    rule: &'static str,
    code: String,
    detail: String,
}

/// What was read.
#[derive(Default)]
pub struct Totals {
    pub responses: u64,
    /// Responses with an error.
    pub errors: u64,
    /// Responses with the status of an error, and no code.
    pub without_code: u64,
    /// Lines or entries that are no responses.
    pub others: u64,
    pub operations: u64,
    /// Operations that name an error.
    pub listing: u64,
    pub files: u64,
    /// Codes in sources.
    pub named: u64,
    /// Whether a kind of input was among those read.
    pub has_traffic: bool,
    pub has_document: bool,
    pub has_sources: bool,
}

/// The errors of a catalogue by their codes, with their places among all.
type Known<'c> = HashMap<String, (usize, &'c Error<'c>)>;

/// Holds what is read against a catalogue.
pub struct Auditor<'c> {
    pub catalog: &'c Catalog<'c>,
    known: Known<'c>,
    /// The statuses that errors of the catalogue have.
    statuses: HashSet<u16>,
    /// Whether texts that came are shown only where the catalogue tells what in them is sensitive.
    hides: bool,
    /// Whether a part of an error can be in a header.
    pub has_headers: bool,
    /// What came earlier does not make a code a seen one.
    pub since: Option<i64>,
    /// How often each error was seen, in the order of the catalogue.
    pub seen: Vec<u64>,
    found: HashMap<Key, Found>,
    shapes: HashMap<String, usize>,
    /// Findings that are not told apart any more.
    pub uncounted: u64,
    pub totals: Totals,
}

impl<'c> Auditor<'c> {
    pub fn new(catalog: &'c Catalog<'c>, since: Option<i64>) -> Self {
        let errors: Vec<_> = catalog.errors().map(|(_, _, error)| error).collect();
        let known = errors.iter().enumerate();
        let known = known.map(|(index, error)| (error.code.text().into_owned(), (index, *error)));
        Self {
            catalog,
            known: known.collect(),
            statuses: errors.iter().filter_map(|error| error.http).collect(),
            hides: catalog.has_secrets(),
            has_headers: has_headers(catalog, &errors),
            since,
            seen: vec![0; errors.len()],
            found: HashMap::new(),
            shapes: HashMap::new(),
            uncounted: 0,
            totals: Totals::default(),
        }
    }

    /// The error with a code.
    pub fn error(&self, code: &str) -> Option<(usize, &'c Error<'c>)> {
        self.known.get(code).copied()
    }

    /// Holds a response against the catalogue.
    pub fn response(&mut self, record: &Record, spot: &dyn Fn() -> Spot) {
        self.totals.responses += 1;
        let received = Received {
            body: record.body.as_deref().and_then(json_of),
            headers: &record.headers,
        };
        let catalog = self.catalog;
        let errors = Response::all(catalog, received);
        let mut has_error = false;
        for (at, response) in errors.iter().enumerate() {
            let Some(code) = &response.code else { continue };
            let known = self.error(code);
            if !self.is_error(response, known, record.status) {
                continue;
            }
            match known {
                None => {
                    has_error = true;
                    self.undocumented(code, response.message.as_deref(), spot);
                }
                Some((index, error)) => {
                    has_error |= !error.no_error;
                    let is_early = matches!((self.since, record.time), (Some(since), Some(time)) if time < since);
                    self.seen[index] += u64::from(!is_early);
                    if !error.no_error {
                        // A response has one status, which is that of its first error.
                        let status = record.status.filter(|_| at == 0);
                        self.known_error(index, error, response, status, spot);
                    }
                }
            }
        }
        self.totals.errors += u64::from(has_error);
        let is_failure = record.status.is_some_and(|status| status >= 400);
        self.totals.without_code += u64::from(!has_error && is_failure);
    }

    /// Whether what has a code is an error, and no other resource that has one.
    fn is_error(
        &self,
        response: &Response,
        known: Option<(usize, &Error)>,
        status: Option<u16>,
    ) -> bool {
        let Some(status) = status.filter(|status| *status < 400) else {
            return true;
        };
        match known {
            Some((_, error)) => {
                error.http.is_none_or(|http| http == status) || response.message.is_some()
            }
            None => self.statuses.contains(&status) && response.message.is_some(),
        }
    }

    fn undocumented(&mut self, code: &str, message: Option<&str>, spot: &dyn Fn() -> Spot) {
        let (hides, catalog) = (self.hides, self.catalog);
        let key = Key {
            rule: rules::UNDOCUMENTED_CODE.code,
            code: cut(code, SHOWN),
            detail: String::new(),
        };
        self.note(rules::UNDOCUMENTED_CODE, None, key, spot, |known| {
            let received = message.filter(|_| !hides).map(|it| cut(it, SHOWN));
            let help = message.and_then(|message| same_message(catalog, message));
            let help = help.or_else(|| similar_code(code, known));
            let help = help.unwrap_or_else(|| {
                "add it to the catalogue with `errgen add`, or mend the server".to_owned()
            });
            let facts = received.iter().map(|it| ("received", it.clone()));
            Made {
                message: format!("the catalogue has no code `{}`", cut(code, SHOWN)),
                facts: facts.collect(),
                help: Some(help),
                data: json!({ "received": received }),
            }
        });
    }

    fn known_error(
        &mut self,
        index: usize,
        error: &'c Error<'c>,
        response: &Response,
        status: Option<u16>,
        spot: &dyn Fn() -> Spot,
    ) {
        let message = response.message.as_deref();
        let read = message.and_then(|message| Reading::text_of(error, message));
        let hides = self.hides;
        let received = || match (&read, message) {
            (Some((tried, values)), _) => Some(cut(&shown(tried, values), SHOWN)),
            (None, Some(message)) if !hides => Some(cut(message, SHOWN)),
            _ => None,
        };
        if error.retired.is_some() {
            self.retired(index, error, spot, received().as_deref());
        }
        if let (Some(http), Some(status)) = (error.http, status)
            && http != status
        {
            self.add(rules::OTHER_STATUS, index, error, status.to_string(), spot, || {
                let received = received();
                Made {
                    message: format!("{} came with the status {status}; the catalogue has {http}", name(error)),
                    facts: received.iter().map(|it| ("received", it.clone())).collect(),
                    help: Some(format!(
                        "have the server answer {http}, or write `http: {status}` in the catalogue"
                    )),
                    data: json!({ "status": status, "expected": http, "received": received }),
                }
            });
        }
        if let (Some(message), None) = (message, &read) {
            self.other_message(index, error, message, spot);
        }
        let case = response.reading(error).and_then(|reading| reading.case);
        let parameters = match (&error.messages, case) {
            (Messages::One { parameters, .. }, _) => &parameters[..],
            (Messages::Cases(_), Some(case)) => &case.parameters,
            (Messages::Cases(_), None) => &[],
        };
        for parameter in parameters {
            if let Some(kind) = response.other_type(parameter) {
                self.other_type(index, error, parameter, kind, spot);
            }
        }
    }

    /// A code that is no longer sent, or named.
    pub fn retired(
        &mut self,
        index: usize,
        error: &Error,
        spot: &dyn Fn() -> Spot,
        received: Option<&str>,
    ) {
        let Some(retired) = &error.retired else {
            return;
        };
        let since = retired.since.written();
        self.add(
            rules::RETIRED_CODE_SENT,
            index,
            error,
            String::new(),
            spot,
            || Made {
                message: format!("{} is retired since {since}, and still in use", name(error)),
                facts: received
                    .iter()
                    .map(|it| ("received", (*it).to_owned()))
                    .collect(),
                help: Some("mend the server, or take `retired` out of the catalogue".to_owned()),
                data: json!({ "since": since, "received": received }),
            },
        );
    }

    fn other_message(
        &mut self,
        index: usize,
        error: &'c Error<'c>,
        message: &str,
        spot: &dyn Fn() -> Spot,
    ) {
        let trial = trial(&error.messages);
        let mut mistyped = trial.iter().filter_map(|tried| tried.mistyped(message));
        if let Some(values) = mistyped.next() {
            for (parameter, value) in values {
                let kind = kind_of(value);
                self.other_type(index, error, parameter, kind, spot);
            }
            return;
        }
        let code = error.code.text();
        let mut shape = if self.hides {
            String::new()
        } else {
            shape_of(message)
        };
        let key = Key {
            rule: rules::OTHER_MESSAGE.code,
            code: code.to_string(),
            detail: shape.clone(),
        };
        if !self.found.contains_key(&key) {
            let shapes = self.shapes.entry(code.into_owned()).or_default();
            if *shapes >= MOST_SHAPES {
                // The rest is counted together.
                "\0".clone_into(&mut shape);
            }
            *shapes += 1;
        }
        let is_rest = shape == "\0";
        let hides = self.hides;
        self.add(rules::OTHER_MESSAGE, index, error, shape, spot, || {
            let near = if hides {
                None
            } else {
                suggest::nearest(error, message)
            };
            let Nearest { template, edit } = near.unwrap_or_else(|| Nearest {
                template: trial
                    .first()
                    .map_or_else(String::new, |it| it.text.template.to_string()),
                edit: None,
            });
            let received = (!hides).then(|| cut(message, SHOWN));
            let what = if is_rest {
                "further messages of"
            } else {
                "a message of"
            };
            let verb = if is_rest { "fit" } else { "fits" };
            let help = match &edit {
                Some(edit) => format!(
                    "have the server send that, or write `message: {}` in the catalogue",
                    quoted(edit)
                ),
                None => "have the server send that, or add a case to the catalogue".to_owned(),
            };
            let received_fact = received.iter().map(|it| ("received", it.clone()));
            Made {
                message: format!(
                    "{what} {} {verb} no text that the catalogue has of it",
                    name(error)
                ),
                facts: received_fact
                    .chain([("nearest", template.clone())])
                    .collect(),
                help: Some(help),
                data: json!({ "received": received, "template": template, "suggestion": edit }),
            }
        });
    }

    fn other_type(
        &mut self,
        index: usize,
        error: &Error,
        parameter: &Parameter,
        kind: &str,
        spot: &dyn Fn() -> Spot,
    ) {
        let wanted = parameter.r#type.name();
        let detail = format!("{} {kind}", parameter.name);
        self.add(rules::OTHER_TYPE, index, error, detail, spot, || Made {
            message: format!(
                "the parameter `{}` of {} came as {kind}; the catalogue has the type `{wanted}`",
                parameter.name,
                name(error)
            ),
            facts: Vec::new(),
            help: Some("mend the server, or the type in the catalogue".to_owned()),
            data: json!({ "parameter": parameter.name, "type": wanted, "came_as": kind }),
        });
    }

    /// A code that a document or a source names.
    pub fn named(&mut self, code: &str, spot: &dyn Fn() -> Spot) {
        match self.error(code) {
            None => self.undocumented(code, None, spot),
            Some((index, error)) => {
                self.seen[index] += 1;
                self.retired(index, error, spot, None);
            }
        }
    }

    /// The status under which a document lists an error.
    pub fn listed(&mut self, code: &str, status: &str, spot: &dyn Fn() -> Spot) {
        let Some((index, error)) = self.error(code) else {
            return;
        };
        let Some(http) = error.http.filter(|_| !error.no_error) else {
            return;
        };
        let own = http.to_string();
        let is_same = status.len() == own.len()
            && status
                .bytes()
                .zip(own.bytes())
                .all(|(a, b)| a == b || a.eq_ignore_ascii_case(&b'x'));
        if is_same || status == "default" {
            return;
        }
        let detail = status.to_owned();
        self.add(rules::OTHER_STATUS, index, error, detail, spot, || Made {
            message: format!(
                "{} is listed under the status {status}; the catalogue has {http}",
                name(error)
            ),
            facts: Vec::new(),
            help: Some(format!("list it under {http}, or mend the catalogue")),
            data: json!({ "status": status, "expected": http, "received": Value::Null }),
        });
    }

    fn add(
        &mut self,
        rule: &'static Rule,
        index: usize,
        error: &Error,
        detail: String,
        spot: &dyn Fn() -> Spot,
        make: impl FnOnce() -> Made,
    ) {
        let key = Key {
            rule: rule.code,
            code: error.code.text().into_owned(),
            detail,
        };
        self.note(rule, Some(index), key, spot, |_| {
            let mut said = make();
            said.data["id"] = error.id.into();
            said
        });
    }

    /// Counts a finding; `make` says what a new one is.
    fn note(
        &mut self,
        rule: &'static Rule,
        index: Option<usize>,
        key: Key,
        spot: &dyn Fn() -> Spot,
        make: impl FnOnce(&Known<'c>) -> Made,
    ) {
        if let Some(found) = self.found.get_mut(&key) {
            found.count += 1;
            return;
        }
        if self.found.len() >= MOST_FOUND {
            self.uncounted += 1;
            return;
        }
        let said = make(&self.known);
        let found = Found {
            rule,
            index,
            code: key.code.clone(),
            count: 1,
            spot: spot(),
            message: said.message,
            facts: said.facts,
            help: said.help,
            data: said.data,
        };
        self.found.insert(key, found);
    }

    /// Lines of a file that could not be read, the first of them at a place.
    pub fn unreadable(&mut self, count: u64, reason: &str, spot: Spot) {
        let key = Key {
            rule: rules::UNREADABLE_LINES.code,
            code: String::new(),
            detail: spot.path.to_string(),
        };
        let lines = match count {
            1 => "a line".to_owned(),
            _ => format!("{count} lines, this one first,"),
        };
        let found = Found {
            rule: rules::UNREADABLE_LINES,
            index: None,
            code: String::new(),
            count,
            spot,
            message: format!("{lines} cannot be read: {reason}"),
            facts: Vec::new(),
            help: None,
            data: json!({}),
        };
        self.found.insert(key, found);
    }

    /// All that was found: by the order of the catalogue, then what it lacks, the most frequent first.
    pub fn into_found(self) -> Vec<Found> {
        let mut found: Vec<_> = self.found.into_values().collect();
        found.sort_by(|a, b| {
            let key = |it: &Found| (it.code.is_empty(), it.index.unwrap_or(usize::MAX));
            let by_index = key(a).cmp(&key(b));
            let by_count = || match a.index {
                None => b.count.cmp(&a.count),
                Some(_) => a.rule.code.cmp(b.rule.code).then(b.count.cmp(&a.count)),
            };
            let by_rest = || {
                (&a.code, &a.spot.path, a.spot.position.line, &a.message).cmp(&(
                    &b.code,
                    &b.spot.path,
                    b.spot.position.line,
                    &b.message,
                ))
            };
            by_index.then_with(by_count).then_with(by_rest)
        });
        found
    }
}

/// What a finding says.
struct Made {
    message: String,
    facts: Vec<(&'static str, String)>,
    help: Option<String>,
    data: Value,
}

/// An error as findings name it: `4001 (card_declined)`.
pub fn name(error: &Error) -> String {
    let code = error.code.text();
    if code == error.id {
        code.into_owned()
    } else {
        format!("{code} ({})", error.id)
    }
}

/// A message as generated modules show it.
fn shown(tried: &Tried, values: &[(&str, Value)]) -> String {
    tried.text.fill(|name| {
        let mut parameters = tried.parameters.iter();
        if parameters.any(|it| it.name == name && it.sensitive) {
            return HIDDEN.to_owned();
        }
        let value = values.iter().find(|(own, _)| *own == name);
        value.map_or_else(|| "…".to_owned(), |(_, value)| plain(value))
    })
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A message without what differs from one response to the next: numbers, and what stands in quotes.
fn shape_of(message: &str) -> String {
    let mut shape = String::new();
    let mut quote = None;
    for character in message.chars().take(SHOWN) {
        match quote {
            Some(end) if character == end => {
                quote = None;
                shape.push(character);
            }
            Some(_) => {}
            None if character.is_ascii_digit() => {
                if !shape.ends_with('0') {
                    shape.push('0');
                }
            }
            None => {
                quote = match character {
                    '"' | '`' => Some(character),
                    '“' => Some('”'),
                    '「' => Some('」'),
                    _ => None,
                };
                shape.push(character);
            }
        }
    }
    shape
}

/// What a value in a message looks like.
fn kind_of(value: &str) -> &'static str {
    match () {
        () if value.is_empty() => "an empty text",
        () if ParameterType::Integer.read(value).is_some() => "an integer",
        () if ParameterType::Number.read(value).is_some() => "a decimal number",
        () if ParameterType::Boolean.read(value).is_some() => "a boolean",
        () => "a text",
    }
}

/// A text as YAML has it between double quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if character.is_control() => _ = write!(quoted, "\\u{:04x}", u32::from(character)),
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}

/// The error whose message a text is, as a help.
fn same_message(catalog: &Catalog, message: &str) -> Option<String> {
    let mut errors = catalog.errors().map(|(_, _, error)| error);
    let error = errors.find(|error| {
        let read = Reading::text_of(error, message);
        read.is_some_and(|(tried, _)| !tried.fits_everything())
    })?;
    Some(format!("its message is that of {}", name(error)))
}

/// A code that was mistyped, as a help. Numbers that are near each other mean nothing.
fn similar_code(code: &str, known: &Known) -> Option<String> {
    let has_letters = code.chars().any(char::is_alphabetic);
    let codes = known.keys().map(String::as_str);
    let near = nearest(code, codes.filter(|_| has_letters))?;
    Some(format!("did you mean `{near}`?"))
}

fn has_headers(catalog: &Catalog, errors: &[&Error]) -> bool {
    let wire = &catalog.wire;
    let of_layout = |layout: &Layout| {
        layout
            .places()
            .any(|place| matches!(place.source, Source::Header(_)))
    };
    let mut parameters = errors
        .iter()
        .flat_map(|error| error.messages.all())
        .flat_map(|(_, parameters)| parameters);
    of_layout(&wire.layout)
        || parameters
            .any(|it| matches!(&it.at, Some(place) if matches!(place.source, Source::Header(_))))
}
