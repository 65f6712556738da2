//! Checks response fields.

use std::collections::HashMap;

use super::Written;
use super::place::Kind;
use crate::catalog::{Field, ParameterType, Place};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};
use crate::validate::texts::Placeholders;
use crate::validate::{Checker, all_or_none};

/// The fields that were found, each with all its declarations: of the response, of its items, or of both.
#[derive(Default)]
pub(super) struct Fields<'a> {
    declared: Vec<(&'a Scalar<'a>, Vec<&'a raw::Place<'a>>)>,
    by_name: HashMap<&'a str, usize>,
}

impl<'a> Fields<'a> {
    /// The number of a field.
    fn declare(&mut self, name: &'a Scalar<'a>, raw: &'a raw::Place<'a>) -> usize {
        let next = self.declared.len();
        let place = *self.by_name.entry(&name.value).or_insert(next);
        if place == next {
            self.declared.push((name, Vec::new()));
        }
        self.declared[place].1.push(raw);
        place
    }
}

impl<'a> Checker<'a, '_> {
    /// The places of a layout's fields, by their numbers.
    pub(super) fn field_places(
        &mut self,
        written: &Written<'a>,
        kind: Kind,
        fields: &mut Fields<'a>,
    ) -> Option<Vec<Option<Place<'a>>>> {
        let mut places = Vec::new();
        let mut are_valid = true;
        for (name, raw) in written.fields {
            let number = fields.declare(name, raw);
            let place = self.place(raw, kind);
            if let Some(place) = &place {
                self.check_header(place, raw.example.as_ref());
            }
            are_valid &= place.is_some();
            places.resize(places.len().max(number + 1), None);
            places[number] = place;
        }
        are_valid.then_some(places)
    }

    pub(super) fn fields(&mut self, fields: Fields<'a>) -> Option<Vec<Field<'a>>> {
        let fields = fields.declared.into_iter();
        let fields: Vec<_> = fields.map(|(name, raw)| self.field(name, &raw)).collect();
        fields.into_iter().collect()
    }

    /// A field whose declarations agree. Example and description are those of the first that has any.
    fn field(&mut self, name: &'a Scalar<'a>, raw: &[&'a raw::Place<'a>]) -> Option<Field<'a>> {
        let own = self.identifier(name);
        let types: Vec<_> = raw
            .iter()
            .map(|raw| match &raw.r#type {
                Some(scalar) => Some((self.parameter_type(scalar)?, scalar.span)),
                None => Some((ParameterType::String, raw.span)),
            })
            .collect();
        let types: Vec<(ParameterType, Span)> = types.into_iter().collect::<Option<_>>()?;
        let (first, place) = *types.first()?;
        if let Some((other, span)) = types.iter().find(|(other, _)| *other != first) {
            let message = format!(
                "the field `{}` has the type `{}` here, and `{}` elsewhere",
                name.value,
                other.name(),
                first.name()
            );
            let diagnostic = self.at(rules::BAD_FIELD, *span, message);
            self.report(
                diagnostic
                    .related(place, "the other declaration")
                    .help("use the same type in `wire.fields` and `wire.errors.fields`"),
            );
            return None;
        }
        let example = raw.iter().find_map(|raw| raw.example.as_ref());
        let example = self.example(name, example, first);
        let description = raw.iter().find_map(|raw| raw.description.as_ref());
        let description = description.map(|raw| self.localised(raw, Placeholders::AreText));
        Some(Field {
            name: own?,
            r#type: first,
            example: example?,
            description: all_or_none(description)?,
        })
    }
}
