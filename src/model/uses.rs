//! Which features of the format a catalogue uses. Modules have no code for the others.

use std::collections::BTreeSet;

use bumpalo::Bump;

use super::Selection;
use super::value::{Value, map};
use crate::catalog::{Catalog, Codes, Error, Localised, Messages, PropertyType};

#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "templates ask for each on its own"
)]
pub struct Uses {
    /// The types of all parameters.
    parameters: BTreeSet<&'static str>,
    /// Whether any parameter is sensitive, of errors that are not shown, too. The message of an unknown code may then be
    /// sensitive as well: servers of yesterday still send what is retired.
    sensitive: bool,
    cases: bool,
    /// Whether any error or case has no description.
    undescribed: bool,
    resolutions: bool,
    /// Whether any description or resolution has parameters.
    templates: bool,
    since: bool,
    deprecated: bool,
    retired: bool,
    /// Whether any error had another id.
    renamed: bool,
    groups: bool,
    /// Whether modules have any property.
    properties: bool,
    /// Whether any of these is an enum.
    enums: bool,
    ranges: bool,
    prefixes: bool,
}

impl Uses {
    /// The features that the headings use, and what holds for the catalogue as a whole.
    pub fn of_sections(catalog: &Catalog, selection: Selection) -> Self {
        let in_modules = || catalog.properties.iter().filter(|it| it.modules);
        let mut uses = Self {
            sensitive: catalog.has_secrets(),
            properties: in_modules().next().is_some(),
            enums: in_modules().any(|it| it.r#type == PropertyType::Enum),
            ..Self::default()
        };
        for category in &catalog.categories {
            let mut has_errors = selection.has_section(&category.errors);
            for group in &category.groups {
                if selection.has_section(&group.errors) {
                    has_errors = true;
                    uses.groups = true;
                    uses.add_codes(group.codes);
                }
            }
            if has_errors {
                uses.add_codes(category.codes);
            }
        }
        uses
    }

    fn add_codes(&mut self, codes: Option<Codes>) {
        self.ranges |= matches!(codes, Some(Codes::Range(_)));
        self.prefixes |= matches!(codes, Some(Codes::Prefix(_)));
    }

    pub fn add(&mut self, error: &Error) {
        for (_, parameters) in error.messages.all() {
            let types = parameters.iter().map(|parameter| parameter.r#type.name());
            self.parameters.extend(types);
        }
        self.cases |= matches!(error.messages, Messages::Cases(_));
        self.undescribed = self.undescribed || descriptions(error).any(|it| it.is_none());
        self.resolutions |= error.resolution.is_some();
        self.templates = self.templates || has_templates(error);
        self.since |= error.since.is_some();
        self.deprecated |= error.deprecated.is_some();
        self.retired |= error.retired.is_some();
        self.renamed |= !error.renamed_from.is_empty();
    }

    pub fn value<'a>(&self, arena: &'a Bump) -> Value<'a> {
        let parameters = self.parameters.iter().map(|name| (*name).into());
        map!(
            arena,
            [
                ("parameters", Value::list(arena, parameters)),
                ("sensitive", self.sensitive.into()),
                ("cases", self.cases.into()),
                ("undescribed", self.undescribed.into()),
                ("resolutions", self.resolutions.into()),
                ("templates", self.templates.into()),
                ("since", self.since.into()),
                ("deprecated", self.deprecated.into()),
                ("retired", self.retired.into()),
                ("renamed", self.renamed.into()),
                ("groups", self.groups.into()),
                ("properties", self.properties.into()),
                ("enums", self.enums.into()),
                ("ranges", self.ranges.into()),
                ("prefixes", self.prefixes.into()),
                ("codes", (self.ranges || self.prefixes).into()),
            ]
        )
    }
}

/// The description of an error, and those of its cases.
fn descriptions<'e>(error: &'e Error) -> impl Iterator<Item = Option<&'e Localised<'e>>> {
    let cases = error.messages.cases().iter();
    let own = std::iter::once(error.description.as_ref());
    own.chain(cases.map(|case| case.description.as_ref()))
}

fn has_templates(error: &Error) -> bool {
    // Every locale of a text has the same parameters.
    let mut texts = descriptions(error)
        .flatten()
        .chain(&error.resolution)
        .map(|text| &text.texts[text.fallback].1);
    texts.any(|text| text.parameters().next().is_some())
}
