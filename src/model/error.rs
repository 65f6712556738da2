//! Errors as templates see them.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::names::{Names, Speller};
use super::text::{LocalisedModel, TextModel};
use crate::catalog::{
    Case, Catalog, Category, Code, Error, Group, Messages, Meta, Parameter, ParameterType, Retry,
    Text,
};
use crate::target::Entity;

/// One error.
#[derive(Debug, Serialize)]
pub struct ErrorModel<'a> {
    /// An integer or a string.
    pub code: CodeModel<'a>,
    /// The code as a string, whatever it is.
    pub code_text: Cow<'a, str>,
    pub id: &'a str,
    pub names: Names<'a>,
    pub category: SectionReference<'a>,
    pub group: Option<SectionReference<'a>>,
    pub http: u16,
    pub retry: Retry,
    /// Null where the error has cases.
    pub message: Option<TextModel<'a>>,
    /// Empty where the error has a message of its own.
    pub cases: Vec<CaseModel<'a>>,
    pub parameters: Vec<ParameterModel<'a>>,
    /// Whether any parameter is sensitive.
    pub sensitive: bool,
    pub description: LocalisedModel<'a>,
    pub resolution: Option<LocalisedModel<'a>>,
    pub since: Option<&'a str>,
    pub deprecated: Option<DeprecatedModel<'a>>,
    pub retired: Option<RetiredModel<'a>>,
    pub docs_url: Option<String>,
    pub meta: &'a Meta,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum CodeModel<'a> {
    Integer(i64),
    Text(&'a str),
}

/// One of several messages that share a code.
#[derive(Debug, Serialize)]
pub struct CaseModel<'a> {
    pub id: &'a str,
    pub names: Names<'a>,
    pub message: TextModel<'a>,
    pub parameters: Vec<ParameterModel<'a>>,
    pub description: LocalisedModel<'a>,
    pub meta: &'a Meta,
}

/// A category or a group, as an error names it.
#[derive(Debug, Serialize)]
pub struct SectionReference<'a> {
    pub id: &'a str,
    pub names: Names<'a>,
    pub title: LocalisedModel<'a>,
}

#[derive(Debug, Serialize)]
pub struct ParameterModel<'a> {
    pub name: &'a str,
    pub names: Names<'a>,
    pub r#type: ParameterType,
    pub example: &'a serde_json::Value,
    pub description: Option<LocalisedModel<'a>>,
    pub sensitive: bool,
}

#[derive(Debug, Serialize)]
pub struct DeprecatedModel<'a> {
    pub since: &'a str,
    /// The successor.
    pub r#use: Option<ErrorReference<'a>>,
    pub note: Option<LocalisedModel<'a>>,
}

#[derive(Debug, Serialize)]
pub struct RetiredModel<'a> {
    pub since: &'a str,
    pub note: Option<LocalisedModel<'a>>,
}

/// An error, as another names it.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorReference<'a> {
    pub code: CodeModel<'a>,
    pub code_text: Cow<'a, str>,
    pub id: &'a str,
    pub names: Names<'a>,
}

/// What errors are built from.
pub struct Builder<'a, 's> {
    pub catalog: &'a Catalog<'a>,
    pub speller: &'s Speller<'a>,
    pub successors: &'s HashMap<&'a str, ErrorReference<'a>>,
}

/// The errors that others name as their successors, by id.
pub fn successors<'a>(
    catalog: &'a Catalog<'a>,
    speller: &Speller<'a>,
) -> HashMap<&'a str, ErrorReference<'a>> {
    let deprecated = catalog
        .errors()
        .filter_map(|(_, _, error)| error.deprecated.as_ref());
    let wanted: std::collections::HashSet<_> = deprecated.filter_map(|it| it.r#use).collect();
    let named = catalog
        .errors()
        .filter(|(_, _, error)| wanted.contains(error.id));
    named
        .map(|(_, _, error)| {
            let reference = ErrorReference {
                code: CodeModel::new(error.code),
                code_text: error.code.text(),
                id: error.id,
                names: speller.names(Entity::Error, error.id, None),
            };
            (error.id, reference)
        })
        .collect()
}

pub fn is_sensitive(error: &Error) -> bool {
    let mut parameters = error
        .messages
        .all()
        .into_iter()
        .flat_map(|(_, parameters)| parameters);
    parameters.any(|parameter| parameter.sensitive)
}

impl<'a> Builder<'a, '_> {
    pub fn error(
        &self,
        error: &'a Error<'a>,
        category: &'a Category<'a>,
        group: Option<&'a Group<'a>>,
    ) -> ErrorModel<'a> {
        let localised = |text| LocalisedModel::new(text, self.catalog);
        let (message, parameters, cases) = match &error.messages {
            Messages::One {
                message,
                parameters,
            } => (Some(message), parameters.as_slice(), &[][..]),
            Messages::Cases(cases) => (None, &[][..], cases.as_slice()),
        };
        ErrorModel {
            code: CodeModel::new(error.code),
            code_text: error.code.text(),
            id: error.id,
            names: self.speller.names(Entity::Error, error.id, None),
            category: self.section(category, None),
            group: group.map(|group| self.section(category, Some(group))),
            http: error.http,
            retry: error.retry,
            message: message.map(TextModel::new),
            cases: cases.iter().map(|case| self.case(case, error.id)).collect(),
            parameters: parameters.iter().map(|it| self.parameter(it)).collect(),
            sensitive: is_sensitive(error),
            description: localised(&error.description),
            resolution: error.resolution.as_ref().map(localised),
            since: error.since,
            deprecated: error.deprecated.as_ref().map(|deprecated| DeprecatedModel {
                since: deprecated.since,
                r#use: deprecated
                    .r#use
                    .and_then(|id| self.successors.get(id))
                    .cloned(),
                note: deprecated.note.as_ref().map(localised),
            }),
            retired: error.retired.as_ref().map(|retired| RetiredModel {
                since: retired.since,
                note: retired.note.as_ref().map(localised),
            }),
            docs_url: self
                .catalog
                .docs_url
                .as_ref()
                .map(|url| docs_url(url, error)),
            meta: error.meta,
        }
    }

    /// A category, or a group of it.
    pub fn section(
        &self,
        category: &'a Category<'a>,
        group: Option<&'a Group<'a>>,
    ) -> SectionReference<'a> {
        let (entity, id, title, qualifier) = match group {
            Some(group) => (Entity::Group, group.id, &group.title, Some(category.id)),
            None => (Entity::Category, category.id, &category.title, None),
        };
        SectionReference {
            id,
            names: self.speller.names(entity, id, qualifier),
            title: LocalisedModel::new(title, self.catalog),
        }
    }

    fn case(&self, case: &'a Case<'a>, error_id: &str) -> CaseModel<'a> {
        CaseModel {
            id: case.id,
            names: self.speller.names(Entity::Case, case.id, Some(error_id)),
            message: TextModel::new(&case.message),
            parameters: case
                .parameters
                .iter()
                .map(|it| self.parameter(it))
                .collect(),
            description: LocalisedModel::new(&case.description, self.catalog),
            meta: case.meta,
        }
    }

    fn parameter(&self, parameter: &'a Parameter<'a>) -> ParameterModel<'a> {
        let description = parameter.description.as_ref();
        ParameterModel {
            name: parameter.name,
            names: self.speller.names(Entity::Parameter, parameter.name, None),
            r#type: parameter.r#type,
            example: &parameter.example,
            description: description.map(|text| LocalisedModel::new(text, self.catalog)),
            sensitive: parameter.sensitive,
        }
    }
}

impl<'a> CodeModel<'a> {
    fn new(code: &'a Code<'a>) -> Self {
        match code {
            Code::Integer(integer) => Self::Integer(*integer),
            Code::Text(text) => Self::Text(text),
        }
    }
}

/// The address of an error's page.
fn docs_url(url: &Text, error: &Error) -> String {
    url.fill(|name| match name {
        "code" => percent_encode(&error.code.text()),
        _ => error.id.to_owned(),
    })
}

/// All but the unreserved characters of RFC 3986, section 2.3.
fn percent_encode(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
