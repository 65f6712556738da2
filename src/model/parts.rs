//! The parts from which the models of all targets are assembled.

use std::collections::BTreeMap;

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use super::error::Builder;
use super::heading::{Heading, Held};
use super::uses::Uses;
use super::value::{Value, map};
use super::{NOTICE, TargetModel};
use crate::catalog::{Catalog, Error};
use crate::target::Entity;

/// Parts that are made once and shared by the models.
pub struct Parts<'a> {
    arena: &'a Bump,
    catalog: &'a Catalog<'a>,
    names: Value<'a>,
    title: Value<'a>,
    wire: Value<'a>,
    meta: Value<'a>,
    locales: &'a [Value<'a>],
    samples: Value<'a>,
    /// As many as the catalogue has.
    categories: Vec<CategoryParts<'a>>,
    /// All of them, in the order of the catalogue.
    errors: &'a [Value<'a>],
}

struct CategoryParts<'a> {
    heading: Heading<'a>,
    reference: Value<'a>,
    groups: Vec<Heading<'a>>,
}

/// Which errors a model has.
pub type Keep = fn(&Error) -> bool;

impl<'a> Parts<'a> {
    pub fn new(builder: &Builder<'a>, samples: Value<'a>) -> Self {
        let Builder { arena, catalog, .. } = *builder;
        let mut errors = ArenaVec::with_capacity_in(catalog.errors().count(), arena);
        let mut categories = Vec::with_capacity(catalog.categories.len());
        for category in &catalog.categories {
            let heading = Heading::new(builder, category, None);
            let reference = heading.reference(arena);
            let own = category.errors.iter();
            errors.extend(own.map(|error| builder.error(error, reference, None)));
            let groups = category.groups.iter().map(|group| {
                let heading = Heading::new(builder, category, Some(group));
                let own = Some(heading.reference(arena));
                let of_group = group.errors.iter();
                errors.extend(of_group.map(|error| builder.error(error, reference, own)));
                heading
            });
            categories.push(CategoryParts {
                groups: groups.collect(),
                heading,
                reference,
            });
        }
        let names = |entity, id| builder.speller.names(entity, id, None);
        let locales = catalog.locales.iter().map(|tag| {
            let names = names(Entity::Locale, tag);
            map!(arena, [("tag", (*tag).into()), ("names", names)])
        });
        Self {
            arena,
            catalog,
            names: names(Entity::Catalog, catalog.id),
            title: builder.localised(&catalog.title),
            wire: super::wire::wire(arena, &catalog.wire),
            meta: Value::of_data(arena, catalog.meta),
            locales: arena.alloc_slice_fill_iter(locales),
            samples,
            categories,
            errors: errors.into_bump_slice(),
        }
    }

    /// A model with the errors that are kept.
    pub fn model(&self, keep: Keep) -> TargetModel<'a> {
        let errors = self.kept(keep);
        let (categories, groups) = self.sections(errors, keep);
        let statuses = self.statuses(errors, keep);
        let docs_url = self.catalog.docs_url.as_ref();
        let catalog = map!(
            self.arena,
            [
                ("id", self.catalog.id.into()),
                ("names", self.names),
                ("version", self.catalog.version.into()),
                ("title", self.title),
                ("fallback", self.catalog.fallback.into()),
                ("docs_url", docs_url.map(|url| url.template.as_ref()).into()),
                ("code_kind", self.catalog.code_kind.name().into()),
                ("wire", self.wire),
                ("meta", self.meta),
                ("categories", Value::List(categories)),
                ("groups", Value::List(groups)),
                ("errors", Value::List(errors)),
                ("locales", Value::List(self.locales)),
                ("statuses", Value::List(statuses)),
                ("samples", self.samples),
                ("uses", self.uses(keep).value(self.arena)),
            ]
        );
        TargetModel {
            catalog,
            categories,
            groups,
            errors,
            locales: self.locales,
            statuses,
            notice: NOTICE,
        }
    }

    /// The errors, in the order of the catalogue.
    fn catalog_errors(&self, keep: Keep) -> impl Iterator<Item = &'a Error<'a>> + use<'a> {
        let errors = self.catalog.errors().map(|(_, _, error)| error);
        errors.filter(move |error| keep(error))
    }

    fn kept(&self, keep: Keep) -> &'a [Value<'a>] {
        let count = self.catalog_errors(keep).count();
        if count == self.errors.len() {
            return self.errors;
        }
        let both = self.catalog.errors().zip(self.errors);
        let mut kept = both.filter(|((_, _, error), _)| keep(error));
        let next = |_| kept.next().map(|(_, value)| *value).into();
        self.arena.alloc_slice_fill_with(count, next)
    }

    /// The categories and all groups. The content of each is a slice of the list of errors.
    fn sections(&self, errors: &'a [Value<'a>], keep: Keep) -> (&'a [Value<'a>], &'a [Value<'a>]) {
        let mut rest = errors;
        let mut groups = ArenaVec::new_in(self.arena);
        let categories = self.catalog.categories.iter().zip(&self.categories);
        let categories = categories.map(|(category, parts)| {
            let from_here = rest;
            let ungrouped = take(&mut rest, &category.errors, keep);
            let own = category.groups.iter().zip(&parts.groups);
            let own = own.map(|(group, heading)| {
                let errors = take(&mut rest, &group.errors, keep);
                heading.group(self.arena, parts.reference, errors)
            });
            let own = &*self.arena.alloc_slice_fill_iter(own);
            groups.extend_from_slice(own);
            let held = Held {
                errors: &from_here[..from_here.len() - rest.len()],
                ungrouped,
                groups: own,
            };
            parts.heading.category(self.arena, &held)
        });
        let categories = self.arena.alloc_slice_fill_iter(categories);
        (categories, groups.into_bump_slice())
    }

    /// The HTTP statuses of the errors, sorted, each with its errors.
    fn statuses(&self, errors: &[Value<'a>], keep: Keep) -> &'a [Value<'a>] {
        let mut counts = BTreeMap::<u16, usize>::new();
        for error in self.catalog_errors(keep) {
            *counts.entry(error.http).or_default() += 1;
        }
        let mut lists: BTreeMap<u16, ArenaVec<Value>> = counts
            .into_iter()
            .map(|(http, count)| (http, ArenaVec::with_capacity_in(count, self.arena)))
            .collect();
        for (error, value) in self.catalog_errors(keep).zip(errors) {
            if let Some(list) = lists.get_mut(&error.http) {
                list.push(*value);
            }
        }
        let statuses = lists.into_iter().map(|(http, errors)| {
            let errors = Value::List(errors.into_bump_slice());
            map!(self.arena, [("http", http.into()), ("errors", errors)])
        });
        self.arena.alloc_slice_fill_iter(statuses)
    }

    /// The features that a model uses.
    fn uses(&self, keep: Keep) -> Uses {
        let mut uses = Uses::of_sections(self.catalog);
        for error in self.catalog_errors(keep) {
            uses.add(error);
        }
        uses
    }
}

/// Takes as many values from the front as errors are kept.
fn take<'a>(rest: &mut &'a [Value<'a>], errors: &[Error], keep: Keep) -> &'a [Value<'a>] {
    let count = errors.iter().filter(|error| keep(error)).count();
    rest.split_off(..count).unwrap_or_default()
}
