//! Which features of the format a catalogue uses. Modules have no code for the others.

use std::collections::BTreeSet;

use bumpalo::Bump;

use super::Selection;
use super::body::{Step, steps, steps_of};
use super::value::{Value, map};
use crate::catalog::{
    Catalog, Codes, Error, Messages, Parameter, ParameterType, Place, PropertyType, Source, Wire,
};

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
    /// Whether any message has a text for each of several locales.
    translations: bool,
    /// Whether readers of any error or case get its message, as there is nothing else in their language.
    undescribed: bool,
    resolutions: bool,
    /// Whether any description or resolution has parameters.
    templates: bool,
    since: bool,
    deprecated: bool,
    retired: bool,
    /// Whether any error had another id.
    renamed: bool,
    /// Whether any version is known to have added, changed, deprecated or retired an error.
    pub history: bool,
    groups: bool,
    /// Whether modules have any property.
    properties: bool,
    /// Whether any of these is an enum.
    enums: bool,
    ranges: bool,
    prefixes: bool,
    /// Whether responses have anything but a code and a message, or have them elsewhere than at pointers into the body.
    wire: bool,
    /// Whether responses have the codes of cases.
    subcodes: bool,
    /// Whether responses have parameters beside the message.
    data: bool,
    /// Whether any parameter has a place of its own.
    own_places: bool,
    /// Whether anything is in a header.
    headers: bool,
    /// Whether anything is in an element of an array that is found by its members.
    elements: bool,
    /// Whether anything is in an element of an array at an index.
    indices: bool,
    /// Whether any parameter or field is a number.
    numbers: bool,
}

impl Uses {
    /// The features that the headings use, and what holds for the catalogue as a whole.
    pub fn of_sections(catalog: &Catalog, selection: Selection) -> Self {
        let in_modules = || catalog.properties.iter().filter(|it| it.modules);
        let mut uses = Self {
            sensitive: catalog.has_secrets(),
            properties: in_modules().next().is_some(),
            enums: in_modules().any(|it| it.r#type == PropertyType::Enum),
            ..Self::of_wire(&catalog.wire)
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

    fn of_wire(wire: &Wire) -> Self {
        let items = wire.errors.as_ref().map(|items| &items.layout);
        let mut uses = Self {
            wire: !wire.is_plain(),
            numbers: wire
                .fields
                .iter()
                .any(|it| it.r#type == ParameterType::Number),
            ..Self::default()
        };
        for layout in std::iter::once(&wire.layout).chain(items) {
            let separator = layout.code.as_ref().and_then(|code| code.separator);
            uses.subcodes |= layout.subcode.is_some() || separator.is_some();
            uses.data |= layout.parameters.is_some();
            for place in layout.places() {
                uses.add_place(place);
            }
        }
        let list = wire.errors.as_ref().map(|items| &items.list);
        for pointer in wire.fixed.iter().map(|(pointer, _)| pointer).chain(list) {
            uses.indices |= steps_of(pointer).any(is_index);
        }
        uses
    }

    fn add_place(&mut self, place: &Place) {
        self.headers |= matches!(place.source, Source::Header(_));
        self.elements |= matches!(place.source, Source::Element { .. });
        self.indices |= steps(place).any(is_index);
    }

    fn add_parameter(&mut self, parameter: &Parameter) {
        self.parameters.insert(parameter.r#type.name());
        self.numbers |= parameter.r#type == ParameterType::Number;
        if let Some(place) = &parameter.at {
            self.add_place(place);
            self.wire = true;
            self.data = true;
            self.own_places = true;
        }
    }

    fn add_codes(&mut self, codes: Option<Codes>) {
        self.ranges |= matches!(codes, Some(Codes::Range(_)));
        self.prefixes |= matches!(codes, Some(Codes::Prefix(_)));
    }

    pub fn add(&mut self, error: &Error) {
        for (_, parameters) in error.messages.all() {
            for parameter in parameters {
                self.add_parameter(parameter);
            }
        }
        self.cases |= matches!(error.messages, Messages::Cases(_));
        self.translations = self.translations
            || error
                .messages
                .all()
                .any(|(message, _)| message.localised.is_some());
        self.undescribed = self.undescribed || !error.is_described();
        self.resolutions |= error.resolution.is_some();
        self.templates = self.templates || has_templates(error);
        self.since |= error.since.is_some_and(|it| !it.is_next());
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
                ("translations", self.translations.into()),
                ("undescribed", self.undescribed.into()),
                ("resolutions", self.resolutions.into()),
                ("templates", self.templates.into()),
                ("since", self.since.into()),
                ("deprecated", self.deprecated.into()),
                ("retired", self.retired.into()),
                ("renamed", self.renamed.into()),
                ("history", self.history.into()),
                ("groups", self.groups.into()),
                ("properties", self.properties.into()),
                ("enums", self.enums.into()),
                ("ranges", self.ranges.into()),
                ("prefixes", self.prefixes.into()),
                ("codes", (self.ranges || self.prefixes).into()),
                ("wire", self.wire.into()),
                ("subcodes", self.subcodes.into()),
                ("data", self.data.into()),
                ("own_places", self.own_places.into()),
                ("headers", self.headers.into()),
                ("elements", self.elements.into()),
                ("indices", self.indices.into()),
                ("numbers", self.numbers.into()),
            ]
        )
    }
}

fn has_templates(error: &Error) -> bool {
    // Every locale of a text has the same parameters.
    let mut texts = error
        .meanings()
        .flatten()
        .chain(&error.resolution)
        .map(|text| &text.texts[text.fallback].1);
    texts.any(|text| text.parameters().next().is_some())
}

fn is_index(step: Step) -> bool {
    matches!(step, Step::Index(_))
}
