//! Where a change stands in a catalogue.

use std::collections::HashMap;

use super::change::{Part, Subject};
use crate::diagnostic::Span;
use crate::ledger::Code;
use crate::parse::raw::{self, Scalar};

/// Finds the places of what changes are about.
pub struct Places<'a> {
    raw: &'a raw::Catalog<'a>,
    errors: HashMap<Code<'a>, &'a raw::Error<'a>>,
}

impl<'a> Places<'a> {
    pub fn new(raw: &'a raw::Catalog<'a>) -> Self {
        let errors = raw.errors().filter_map(|error| {
            let code = error.code.as_ref()?;
            Some((Code::from(&code.value), error))
        });
        Self {
            raw,
            errors: errors.collect(),
        }
    }

    /// The place of a subject, or of the nearest that there is to it.
    pub fn of(&self, subject: &Subject) -> Option<Span> {
        let found = match subject {
            Subject::Error(code, part) => {
                self.errors.get(code).and_then(|error| part_of(error, part))
            }
            Subject::Category(id) => self.category(id).map(|(span, _)| span),
            Subject::Group { category, id } => self.category(category).map(|(span, category)| {
                let groups = category.groups.iter().filter_map(|group| group.id.as_ref());
                named(groups, id).map_or(span, |it| it.span)
            }),
            Subject::Head(name, of) => self.head(name, of.as_deref()),
        };
        found.or_else(|| Some(self.raw.catalog.as_ref()?.span))
    }

    fn category(&self, id: &str) -> Option<(Span, &'a raw::Category<'a>)> {
        let mut categories = self.raw.categories.iter();
        categories.find_map(|category| {
            let own = category.id.as_ref().filter(|own| own.value == id)?;
            Some((own.span, category))
        })
    }

    fn head(&self, name: &str, of: Option<&str>) -> Option<Span> {
        let raw = self.raw;
        let span = |scalar: &Option<Scalar<'_>>| scalar.as_ref().map(|it| it.span);
        match name {
            "contract" => raw.errgen.as_ref().and_then(|it| span(&it.requires)),
            "transport" => span(&raw.transport),
            "fallback" => span(&raw.fallback),
            "docs_url" => span(&raw.docs_url),
            "texts" => raw.title.as_ref().map(|it| it.span),
            "acronyms" => raw.acronyms.first().map(|it| it.span),
            "publish" => {
                let publish = raw.publish.as_ref()?;
                let all = [
                    &publish.namespace,
                    &publish.name,
                    &publish.scope,
                    &publish.group,
                ];
                all.into_iter().find_map(span)
            }
            "locales" => {
                let locales = raw.locales.as_ref()?;
                let own = of.and_then(|of| named(locales.iter(), of));
                own.or(locales.first()).map(|it| it.span)
            }
            "wire" => {
                let wire = raw.wire.as_ref()?;
                let fields = wire.fields.iter().map(|(name, _)| name);
                let own = of.and_then(|of| named(fields, of)).map(|it| it.span);
                let code = wire.code.as_ref().map(|it| it.span);
                own.or(code).or_else(|| Some(wire.message.as_ref()?.span))
            }
            "property" => {
                let names = raw.properties.iter().map(|(name, _)| name);
                named(names, of?).map(|it| it.span)
            }
            "target" => {
                let ids = raw.targets.iter().flatten().map(|target| &target.id);
                named(ids, of?).map(|it| it.span)
            }
            _ => None,
        }
    }
}

fn named<'b, 'a: 'b>(
    mut scalars: impl Iterator<Item = &'b Scalar<'a>>,
    wanted: &str,
) -> Option<&'b Scalar<'a>> {
    scalars.find(|it| it.value == wanted)
}

/// The place of a part of an error, or else of its code.
fn part_of(error: &raw::Error, part: &Part) -> Option<Span> {
    let span = |scalar: &Option<Scalar<'_>>| scalar.as_ref().map(|it| it.span);
    let case = |id: &str| {
        let is_it = |case: &&raw::Case| case.id.as_ref().is_some_and(|own| own.value == id);
        error.cases.iter().find(is_it)
    };
    let found = match part {
        Part::Whole => None,
        Part::Id => span(&error.id),
        Part::Http => span(&error.http),
        Part::Retry => span(&error.retry),
        Part::NoError => span(&error.no_error),
        Part::Since => span(&error.since),
        Part::Deprecated => error.deprecated.as_ref().and_then(|it| span(&it.since)),
        Part::Retired => error.retired.as_ref().and_then(|it| span(&it.since)),
        Part::Description => error.description.as_ref().map(|it| it.span),
        Part::Message(None) => error.message.as_ref().map(raw::Message::span),
        Part::Message(Some(id)) => case(id).and_then(|it| Some(it.message.as_ref()?.span())),
        Part::Parameter(of, name) => {
            let parameters = match of {
                None => Some(&error.params),
                Some(id) => case(id).map(|case| &case.params),
            };
            let names = parameters.into_iter().flatten().map(|it| &it.name);
            named(names, name).map(|it| it.span)
        }
        Part::Property(of, name) => {
            let values = match of {
                None => Some(&error.properties),
                Some(id) => case(id).map(|case| &case.properties),
            };
            let mut values = values.into_iter().flatten();
            let found = values.find(|(own, _)| own.value == name.as_str());
            found.map(|(_, value)| value.span)
        }
        Part::Cases => error.cases.first().and_then(|case| span(&case.id)),
        Part::Case(id) => case(id).and_then(|case| span(&case.id)),
    };
    found.or_else(|| error.code.as_ref().map(|it| it.span))
}
