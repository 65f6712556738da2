//! Errors as templates see them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use bumpalo::Bump;
use bumpalo::collections::String as ArenaString;

use super::explanation::{self, Made};
use super::names::Speller;
use super::problem::problem;
use super::properties::{self, Declared};
use super::response::{Said, response};
use super::text::{Locales, localised, text};
use super::value::{Value, map};
use super::wire::{place, shown};
use crate::catalog::{
    Case, Catalog, Code, Error, Localised, Message, Messages, Parameter, PropertyValues, ReadBack,
    Retry, Since, Text, Tried, plain, read_back, trial, write_docs_url,
};
use crate::target::{Entity, Target};

/// What the models of errors are built from.
pub struct Builder<'a> {
    pub arena: &'a Bump,
    pub catalog: &'a Catalog<'a>,
    pub speller: Speller<'a>,
    /// The locales of the texts.
    locales: Locales<'a>,
    /// The declared properties.
    pub properties: Vec<Declared<'a>>,
    /// The declared fields of responses.
    pub fields: &'a [Value<'a>],
    /// The errors that others refer to, by id.
    successors: HashMap<&'a str, Value<'a>>,
    explanations: RefCell<Made<'a>>,
}

impl<'a> Builder<'a> {
    pub fn new(
        arena: &'a Bump,
        catalog: &'a Catalog<'a>,
        targets: &[&'a Target],
        locales: &'a [&'a str],
    ) -> Self {
        let mut builder = Self {
            arena,
            catalog,
            speller: Speller::new(arena, catalog, targets),
            locales: Locales::new(arena, locales),
            properties: Vec::new(),
            fields: &[],
            successors: HashMap::new(),
            explanations: RefCell::default(),
        };
        let declared = catalog.properties.iter().map(|property| {
            let description = builder.optional(property.description.as_ref());
            Declared::new(arena, &builder.speller, property, description)
        });
        builder.properties = declared.collect();
        builder.fields =
            super::wire::fields(arena, &builder.speller, catalog, |it| builder.localised(it));
        builder.successors = builder.successors();
        builder
    }

    /// One error, with references to its category and its group, and with what has changed of it.
    pub fn error(
        &self,
        error: &'a Error,
        category: Value<'a>,
        group: Option<Value<'a>>,
        history: Value<'a>,
    ) -> Value<'a> {
        let code_text = self.code_text(error.code);
        let page = self.page(error, code_text);
        let (message, parameters, cases) = match &error.messages {
            Messages::One {
                message,
                parameters,
            } => (Some(message), parameters.as_slice(), &[][..]),
            Messages::Cases(cases) => (None, &[][..], cases.as_slice()),
        };
        let trial = trial(&error.messages);
        let models = cases.iter().map(|case| self.case(case, error, &trial));
        let models = &*self.arena.alloc_slice_fill_iter(models);
        let places: HashMap<_, _> = cases.iter().map(std::ptr::from_ref).zip(models).collect();
        let model = |case| *places[&std::ptr::from_ref(case)];
        let mut seen = HashSet::new();
        let tried_cases = trial.iter().filter(|it| !it.is_only_by_code);
        let tried_cases = tried_cases.filter_map(|it| it.case);
        let tried_cases = tried_cases.filter(|case| seen.insert(std::ptr::from_ref(*case)));
        let tried_cases: Vec<_> = tried_cases.map(model).collect();
        map!(
            self.arena,
            [
                ("code", code(error.code)),
                ("code_text", code_text.into()),
                ("id", error.id.into()),
                ("named", (error.id != code_text).into()),
                ("names", self.speller.names_of_error(error.id, code_text)),
                ("renamed_from", self.renamed_from(error, code_text)),
                ("no_error", error.no_error.into()),
                ("category", category),
                ("group", group.into()),
                ("http", error.http.into()),
                ("retry", error.retry().name().into()),
                (
                    "declared_retry",
                    error.declared_retry.map(Retry::name).into()
                ),
                ("properties", self.property_values(&error.properties)),
                ("message", message.map(|it| self.message(it)).into()),
                (
                    "reads_back",
                    message
                        .map(|it| self.reads_back(&Tried::first(None, it, parameters), &trial))
                        .into()
                ),
                (
                    "response",
                    message
                        .map(|it| self.response(error, None, &it.text, parameters))
                        .into()
                ),
                ("cases", Value::List(models)),
                ("trial", Value::list(self.arena, tried_cases)),
                ("tried", self.tried(error, &trial, model)),
                ("parameters", self.parameters(parameters)),
                ("sensitive", error.messages.are_sensitive().into()),
                ("description", self.optional(error.meaning())),
                (
                    "described",
                    is_described(error.description.as_ref(), message).into()
                ),
                ("resolution", self.optional(error.resolution.as_ref())),
                ("explanation", self.explanation(error)),
                ("since", error.since.and_then(Since::version).into()),
                ("is_next", error.since.is_some_and(Since::is_next).into()),
                ("deprecated", self.deprecated(error)),
                ("retired", self.retired(error)),
                ("history", history),
                ("docs_url", page.into()),
                ("problem", problem(self.arena, self.catalog, error, page)),
                ("is_raised", error.is_raised().into()),
                ("meta", Value::of_data(self.arena, error.meta)),
            ]
        )
    }

    pub fn localised(&self, text: &'a Localised) -> Value<'a> {
        localised(self.arena, text, &self.locales)
    }

    fn optional(&self, text: Option<&'a Localised>) -> Value<'a> {
        text.map(|text| self.localised(text)).into()
    }

    fn explanation(&self, error: &'a Error) -> Value<'a> {
        let Some(localised) = &error.explanation else {
            return Value::Null;
        };
        let mut made = self.explanations.borrow_mut();
        explanation::explanation(self.arena, localised, &self.locales, &mut made)
    }

    fn property_values(&self, values: &PropertyValues<'a>) -> Value<'a> {
        let declared = &self.catalog.properties;
        properties::values(self.arena, declared, &self.properties, values)
    }

    fn case(&self, case: &'a Case, error: &'a Error, trial: &[Tried]) -> Value<'a> {
        let names = self.speller.names(Entity::Case, case.id, Some(error.id));
        let sent = Tried::first(Some(case), &case.message, &case.parameters);
        map!(
            self.arena,
            [
                ("id", case.id.into()),
                ("code", case.code.map(code).into()),
                ("code_text", case.code.map(|it| self.code_text(it)).into()),
                ("names", names),
                ("message", self.message(&case.message)),
                ("reads_back", self.reads_back(&sent, trial).into()),
                (
                    "response",
                    self.response(error, Some(case), &case.message.text, &case.parameters)
                ),
                ("parameters", self.parameters(&case.parameters)),
                ("description", self.optional(case.meaning())),
                (
                    "described",
                    is_described(case.description.as_ref(), Some(&case.message)).into()
                ),
                ("properties", self.property_values(&case.properties)),
                ("meta", Value::of_data(self.arena, case.meta)),
            ]
        )
    }

    /// A text, or the text in the fallback locale with those by locale.
    fn message(&self, message: &'a Message) -> Value<'a> {
        let localised = message.localised.as_deref();
        text(self.arena, &message.text, self.optional(localised))
    }

    /// Whether a text is read as itself.
    fn reads_back(&self, text: &Tried, trial: &[Tried]) -> bool {
        matches!(read_back(text, trial, &self.catalog.wire), ReadBack::Same)
    }

    /// All texts of an error in the order in which a message is compared with them, if there are several for one message.
    fn tried(
        &self,
        error: &'a Error,
        trial: &[Tried<'a>],
        model: impl Fn(&'a Case<'a>) -> Value<'a>,
    ) -> Value<'a> {
        let is_localised = trial.iter().any(|it| it.locale.is_some());
        let trial = if is_localised { trial } else { &[] };
        let texts = trial.iter().map(|it| {
            map!(
                self.arena,
                [
                    ("case", it.case.map(&model).into()),
                    ("locale", it.locale.into()),
                    ("message", text(self.arena, it.text, Value::Null)),
                    ("parameters", self.parameters(it.parameters)),
                    ("only_by_code", it.is_only_by_code.into()),
                    ("reads_back", self.reads_back(it, trial).into()),
                    (
                        "response",
                        self.response(error, it.case, it.text, it.parameters)
                    ),
                ]
            )
        });
        Value::list(self.arena, texts.collect::<Vec<_>>())
    }

    fn response(
        &self,
        error: &'a Error,
        case: Option<&'a Case>,
        message: &'a Text,
        parameters: &'a [Parameter],
    ) -> Value<'a> {
        let said = Said {
            error,
            case,
            message,
            parameters,
        };
        response(self.arena, self.catalog, &said)
    }

    /// The names that an error and its cases had.
    fn renamed_from(&self, error: &'a Error, code_text: &str) -> Value<'a> {
        let old = error.renamed_from.iter().map(|id| {
            let cases = error.messages.cases().iter().map(|case| {
                let names = self.speller.names(Entity::Case, case.id, Some(id));
                map!(self.arena, [("id", case.id.into()), ("names", names)])
            });
            map!(
                self.arena,
                [
                    ("id", (*id).into()),
                    ("names", self.speller.names_of_error(id, code_text)),
                    ("cases", Value::list(self.arena, cases)),
                ]
            )
        });
        Value::list(self.arena, old)
    }

    fn parameters(&self, parameters: &'a [Parameter]) -> Value<'a> {
        let values = parameters.iter().map(|it| self.parameter(it));
        Value::list(self.arena, values)
    }

    fn parameter(&self, parameter: &'a Parameter) -> Value<'a> {
        let names = self.speller.names(Entity::Parameter, parameter.name, None);
        map!(
            self.arena,
            [
                ("name", parameter.name.into()),
                ("names", names),
                ("type", parameter.r#type.name().into()),
                ("example", Value::of_data(self.arena, &parameter.example)),
                (
                    "example_text",
                    Value::Text(self.arena.alloc_str(&plain(&parameter.example)))
                ),
                ("wire", parameter.wire.into()),
                (
                    "at",
                    parameter
                        .at
                        .as_ref()
                        .map(|it| place(self.arena, it, None))
                        .into()
                ),
                ("place_text", self.place_text(parameter).into()),
                ("description", self.optional(parameter.description.as_ref())),
                ("sensitive", parameter.sensitive.into()),
            ]
        )
    }

    /// Where a parameter is beside the message, for a reader.
    fn place_text(&self, parameter: &Parameter) -> Option<&'a str> {
        let (layout, list) = self.catalog.wire.errors_layout();
        let text = match (&parameter.at, &layout.parameters) {
            (Some(at), _) => shown(at, list),
            (None, Some(object)) => {
                let object = shown(object, list);
                format!("{}/{}", object.trim_end_matches('/'), parameter.wire)
            }
            (None, None) => return None,
        };
        Some(self.arena.alloc_str(&text))
    }

    fn deprecated(&self, error: &'a Error) -> Value<'a> {
        let Some(deprecated) = &error.deprecated else {
            return Value::Null;
        };
        let successor = deprecated.r#use.and_then(|id| self.successors.get(id));
        map!(
            self.arena,
            [
                ("since", deprecated.since.written().into()),
                ("is_next", deprecated.since.is_next().into()),
                ("use", successor.copied().into()),
                ("note", self.optional(deprecated.note.as_ref())),
            ]
        )
    }

    fn retired(&self, error: &'a Error) -> Value<'a> {
        let Some(retired) = &error.retired else {
            return Value::Null;
        };
        map!(
            self.arena,
            [
                ("since", retired.since.written().into()),
                ("is_next", retired.since.is_next().into()),
                ("note", self.optional(retired.note.as_ref())),
            ]
        )
    }

    /// The URL of an error's page, if the catalogue has `docs_url`.
    fn page(&self, error: &Error, code_text: &str) -> Option<&'a str> {
        let pattern = self.catalog.docs_url.as_ref()?;
        let size = pattern.template.len() + error.id.len();
        let mut url = ArenaString::with_capacity_in(size, self.arena);
        // Writing to a string cannot fail.
        let _ = write_docs_url(&mut url, pattern, error, code_text);
        Some(url.into_bump_str())
    }

    fn code_text(&self, code: &'a Code) -> &'a str {
        match code {
            Code::Integer(integer) => {
                bumpalo::format!(in self.arena, "{}", integer).into_bump_str()
            }
            Code::Text(text) => text,
        }
    }

    fn successors(&self) -> HashMap<&'a str, Value<'a>> {
        let errors = || self.catalog.errors().map(|(_, _, error)| error);
        let deprecated = errors().filter_map(|error| error.deprecated.as_ref());
        let wanted: HashSet<_> = deprecated.filter_map(|it| it.r#use).collect();
        if wanted.is_empty() {
            return HashMap::new();
        }
        let reference = |error: &'a Error| {
            let code_text = self.code_text(error.code);
            map!(
                self.arena,
                [
                    ("code", code(error.code)),
                    ("code_text", code_text.into()),
                    ("id", error.id.into()),
                    ("named", (error.id != code_text).into()),
                    ("names", self.speller.names_of_error(error.id, code_text)),
                ]
            )
        };
        errors()
            .filter(|error| wanted.contains(error.id))
            .map(|error| (error.id, reference(error)))
            .collect()
    }
}

/// Whether there is a description that does not merely repeat the message.
fn is_described(description: Option<&Localised>, message: Option<&Message>) -> bool {
    let default = description.map(|it| &it.texts[it.fallback].1);
    default.is_some_and(|text| {
        message.is_none_or(|it| it.text.template.trim() != text.template.trim())
    })
}

fn code<'a>(code: &'a Code) -> Value<'a> {
    match code {
        Code::Integer(integer) => (*integer).into(),
        Code::Text(text) => text.as_ref().into(),
    }
}
