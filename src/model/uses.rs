//! Which features of the format a catalogue uses. Modules have no code for the others.

use std::collections::BTreeSet;

use bumpalo::Bump;

use super::value::{Value, map};
use crate::catalog::{Catalog, Category, Error, Messages};

#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "templates ask for each on its own"
)]
pub struct Uses {
    /// The types of all parameters.
    parameters: BTreeSet<&'static str>,
    /// Whether any parameter is sensitive. The message of an unknown code may then be sensitive too.
    sensitive: bool,
    cases: bool,
    resolutions: bool,
    /// Whether any description or resolution has parameters.
    templates: bool,
    since: bool,
    deprecated: bool,
    retired: bool,
    groups: bool,
    ranges: bool,
}

impl Uses {
    /// The features that the headings use.
    pub fn of_sections(catalog: &Catalog) -> Self {
        let mut groups = catalog
            .categories
            .iter()
            .flat_map(|category| &category.groups);
        let has_range = |category: &Category| category.codes.is_some();
        Self {
            groups: catalog
                .categories
                .iter()
                .any(|category| !category.groups.is_empty()),
            ranges: catalog.categories.iter().any(has_range)
                || groups.any(|group| group.codes.is_some()),
            ..Self::default()
        }
    }

    pub fn add(&mut self, error: &Error) {
        for (_, parameters) in error.messages.all() {
            for parameter in parameters {
                self.parameters.insert(parameter.r#type.name());
                self.sensitive |= parameter.sensitive;
            }
        }
        self.cases |= matches!(error.messages, Messages::Cases(_));
        self.resolutions |= error.resolution.is_some();
        self.templates = self.templates || has_templates(error);
        self.since |= error.since.is_some();
        self.deprecated |= error.deprecated.is_some();
        self.retired |= error.retired.is_some();
    }

    pub fn value<'a>(&self, arena: &'a Bump) -> Value<'a> {
        let parameters = self.parameters.iter().map(|name| (*name).into());
        map!(
            arena,
            [
                ("parameters", Value::list(arena, parameters)),
                ("sensitive", self.sensitive.into()),
                ("cases", self.cases.into()),
                ("resolutions", self.resolutions.into()),
                ("templates", self.templates.into()),
                ("since", self.since.into()),
                ("deprecated", self.deprecated.into()),
                ("retired", self.retired.into()),
                ("groups", self.groups.into()),
                ("ranges", self.ranges.into()),
            ]
        )
    }
}

fn has_templates(error: &Error) -> bool {
    let cases = match &error.messages {
        Messages::Cases(cases) => cases.as_slice(),
        Messages::One { .. } => &[],
    };
    let descriptions =
        std::iter::once(&error.description).chain(cases.iter().map(|case| &case.description));
    // Every locale of a text has the same parameters.
    let mut texts = descriptions
        .chain(&error.resolution)
        .map(|text| &text.texts[text.fallback].1);
    texts.any(|text| text.parameters().next().is_some())
}
