//! Errors as templates see them.

use std::collections::{HashMap, HashSet};

use tera::Value;

use super::names::Speller;
use super::text::{Locales, localised, optional_localised, text};
use super::value::{data, list, map, optional};
use crate::catalog::{Case, Catalog, Category, Code, Error, Group, Messages, Parameter};
use crate::target::{Entity, Target};

/// What errors are built from.
pub struct Builder<'a> {
    pub catalog: &'a Catalog<'a>,
    pub speller: Speller<'a>,
    /// Those that texts are given in.
    pub locales: Locales<'a>,
    /// The errors that others name, by id.
    successors: HashMap<&'a str, Value>,
}

impl<'a> Builder<'a> {
    pub fn new(catalog: &'a Catalog<'a>, targets: &[&'a Target], locales: Vec<&'a str>) -> Self {
        let speller = Speller::new(targets);
        let successors = successors(catalog, &speller);
        Self {
            catalog,
            speller,
            locales: Locales::new(locales),
            successors,
        }
    }

    /// One error, with its category and its group as [`Builder::section`] gives them.
    pub fn error(&self, error: &Error, category: &Value, group: Option<&Value>) -> Value {
        let (message, parameters, cases) = match &error.messages {
            Messages::One {
                message,
                parameters,
            } => (Some(text(message)), parameters.as_slice(), &[][..]),
            Messages::Cases(cases) => (None, &[][..], cases.as_slice()),
        };
        map!([
            ("code", code(error.code)),
            ("code_text", error.code.text().into()),
            ("id", error.id.into()),
            ("names", self.speller.names(Entity::Error, error.id, None)),
            ("category", category.clone()),
            ("group", optional(group.cloned())),
            ("http", error.http.into()),
            ("retry", error.retry.name().into()),
            ("message", optional(message)),
            (
                "cases",
                list(cases.iter().map(|case| self.case(case, error.id))),
            ),
            (
                "parameters",
                list(parameters.iter().map(|it| self.parameter(it))),
            ),
            ("sensitive", error.messages.are_sensitive().into()),
            ("description", localised(&error.description, &self.locales)),
            (
                "resolution",
                optional_localised(error.resolution.as_ref(), &self.locales),
            ),
            ("since", optional(error.since)),
            ("deprecated", self.deprecated(error)),
            ("retired", self.retired(error)),
            ("docs_url", optional(self.catalog.page_of(error))),
            ("meta", data(error.meta)),
        ])
    }

    /// A category, or a group of it, as an error names it.
    pub fn section(&self, category: &Category, group: Option<&Group>) -> Value {
        let (entity, id, title, qualifier) = match group {
            Some(group) => (Entity::Group, group.id, &group.title, Some(category.id)),
            None => (Entity::Category, category.id, &category.title, None),
        };
        map!([
            ("id", id.into()),
            ("names", self.speller.names(entity, id, qualifier)),
            ("title", localised(title, &self.locales)),
        ])
    }

    fn case(&self, case: &Case, error_id: &str) -> Value {
        map!([
            ("id", case.id.into()),
            (
                "names",
                self.speller.names(Entity::Case, case.id, Some(error_id)),
            ),
            ("message", text(&case.message)),
            (
                "parameters",
                list(case.parameters.iter().map(|it| self.parameter(it))),
            ),
            ("description", localised(&case.description, &self.locales)),
            ("meta", data(case.meta)),
        ])
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        map!([
            ("name", parameter.name.into()),
            (
                "names",
                self.speller.names(Entity::Parameter, parameter.name, None),
            ),
            ("type", parameter.r#type.name().into()),
            ("example", data(&parameter.example)),
            (
                "description",
                optional_localised(parameter.description.as_ref(), &self.locales),
            ),
            ("sensitive", parameter.sensitive.into()),
        ])
    }

    fn deprecated(&self, error: &Error) -> Value {
        optional(error.deprecated.as_ref().map(|deprecated| {
            let successor = deprecated.r#use.and_then(|id| self.successors.get(id));
            map!([
                ("since", deprecated.since.into()),
                ("use", optional(successor.cloned())),
                (
                    "note",
                    optional_localised(deprecated.note.as_ref(), &self.locales),
                ),
            ])
        }))
    }

    fn retired(&self, error: &Error) -> Value {
        optional(error.retired.as_ref().map(|retired| {
            map!([
                ("since", retired.since.into()),
                (
                    "note",
                    optional_localised(retired.note.as_ref(), &self.locales),
                ),
            ])
        }))
    }
}

fn code(code: &Code) -> Value {
    match code {
        Code::Integer(integer) => (*integer).into(),
        Code::Text(text) => text.as_ref().into(),
    }
}

fn successors<'a>(catalog: &'a Catalog<'a>, speller: &Speller) -> HashMap<&'a str, Value> {
    let deprecated = catalog
        .errors()
        .filter_map(|(_, _, error)| error.deprecated.as_ref());
    let wanted: HashSet<_> = deprecated.filter_map(|it| it.r#use).collect();
    let named = catalog
        .errors()
        .filter(|(_, _, error)| wanted.contains(error.id));
    let reference = |error: &Error| {
        map!([
            ("code", code(error.code)),
            ("code_text", error.code.text().into()),
            ("id", error.id.into()),
            ("names", speller.names(Entity::Error, error.id, None)),
        ])
    };
    named
        .map(|(_, _, error)| (error.id, reference(error)))
        .collect()
}
