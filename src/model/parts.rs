//! The parts from which the models of all targets are assembled.

use std::collections::BTreeMap;

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use super::error::Builder;
use super::heading::{Heading, Held};
use super::history::History;
use super::problem::reason;
use super::samples::samples;
use super::uses::Uses;
use super::value::{Value, map};
use super::{Selection, TargetModel};
use crate::catalog::{Catalog, Error, language};
use crate::target::{Entity, Target};

/// Parts that are made once and shared by the models.
pub struct Parts<'a> {
    arena: &'a Bump,
    catalog: &'a Catalog<'a>,
    names: Value<'a>,
    title: Value<'a>,
    properties: Value<'a>,
    wire: Value<'a>,
    publish: Value<'a>,
    meta: Value<'a>,
    locales: &'a [Value<'a>],
    lookup: Value<'a>,
    samples: Value<'a>,
    history: History<'a>,
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

impl<'a> Parts<'a> {
    pub fn new(builder: &Builder<'a>, history: History<'a>, targets: &[&'a Target]) -> Self {
        let Builder { arena, catalog, .. } = *builder;
        let mut errors = ArenaVec::with_capacity_in(catalog.errors().count(), arena);
        let mut categories = Vec::with_capacity(catalog.categories.len());
        for category in &catalog.categories {
            let heading = Heading::new(builder, category, None);
            let reference = heading.reference(arena);
            for error in &category.errors {
                let history = history.of_error(errors.len());
                errors.push(builder.error(error, reference, None, history));
            }
            let groups = category.groups.iter().map(|group| {
                let heading = Heading::new(builder, category, Some(group));
                let own = Some(heading.reference(arena));
                for error in &group.errors {
                    let history = history.of_error(errors.len());
                    errors.push(builder.error(error, reference, own, history));
                }
                heading
            });
            categories.push(CategoryParts {
                groups: groups.collect(),
                heading,
                reference,
            });
        }
        let names = builder.speller.names_of_catalog(catalog);
        let locales = catalog.locales.iter().enumerate().map(|(index, tag)| {
            let index = Value::integer(arena, index as i128);
            let names = builder.speller.names(Entity::Locale, tag, None);
            let (script, is_right_to_left) = crate::catalog::script(tag);
            let script = script.map(|script| &*arena.alloc_str(&script));
            map!(
                arena,
                [
                    ("tag", (*tag).into()),
                    ("names", names),
                    ("index", index),
                    ("language", language(tag).into()),
                    ("script", script.into()),
                    ("is_right_to_left", is_right_to_left.into()),
                ]
            )
        });
        let locales = &*arena.alloc_slice_fill_iter(locales);
        Self {
            arena,
            catalog,
            names,
            title: builder.localised(&catalog.title),
            properties: Value::list(arena, builder.properties.iter().map(|it| it.value)),
            wire: super::wire::wire(arena, catalog, builder.fields),
            publish: super::publish::publish(arena, &catalog.publish),
            meta: Value::of_data(arena, catalog.meta),
            lookup: lookup(arena, catalog, locales),
            locales,
            samples: samples(arena, targets, names),
            history,
            categories,
            errors: errors.into_bump_slice(),
        }
    }

    /// A model with what is selected.
    pub fn model(&self, selection: Selection) -> TargetModel<'a> {
        let errors = self.selected(selection);
        let (categories, groups) = self.sections(errors, selection);
        let statuses = self.statuses(errors, selection);
        let docs_url = self.catalog.docs_url.as_ref();
        let catalog = map!(
            self.arena,
            [
                ("id", self.catalog.id.into()),
                ("names", self.names),
                ("version", self.catalog.version.into()),
                ("title", self.title),
                ("fallback", self.catalog.fallback.into()),
                ("transport", self.catalog.transport.name().into()),
                ("docs_url", docs_url.map(|url| url.template.as_ref()).into()),
                ("code_kind", self.catalog.code_kind.name().into()),
                ("properties", self.properties),
                ("wire", self.wire),
                ("publish", self.publish),
                ("meta", self.meta),
                ("categories", Value::List(categories)),
                ("groups", Value::List(groups)),
                ("errors", Value::List(errors)),
                ("locales", Value::List(self.locales)),
                ("lookup", self.lookup),
                ("statuses", Value::List(statuses)),
                ("samples", self.samples),
                ("releases", self.releases(selection)),
                ("uses", self.uses(selection).value(self.arena)),
            ]
        );
        TargetModel {
            catalog,
            categories,
            groups,
            errors,
            locales: self.locales,
            statuses,
        }
    }

    /// The errors, in the order of the catalogue.
    fn catalog_errors(
        &self,
        selection: Selection,
    ) -> impl Iterator<Item = &'a Error<'a>> + use<'a> {
        let errors = self.catalog.errors().map(|(_, _, error)| error);
        errors.filter(move |error| selection.has_error(error))
    }

    fn selected(&self, selection: Selection) -> &'a [Value<'a>] {
        let count = self.catalog_errors(selection).count();
        if count == self.errors.len() {
            return self.errors;
        }
        let both = self.catalog.errors().zip(self.errors);
        let mut selected = both.filter(|((_, _, error), _)| selection.has_error(error));
        let next = |_| selected.next().map(|(_, value)| *value).into();
        self.arena.alloc_slice_fill_with(count, next)
    }

    /// The categories and all groups. The content of each is a slice of the list of errors.
    fn sections(
        &self,
        errors: &'a [Value<'a>],
        selection: Selection,
    ) -> (&'a [Value<'a>], &'a [Value<'a>]) {
        let mut rest = errors;
        let mut groups = ArenaVec::new_in(self.arena);
        let mut categories = ArenaVec::with_capacity_in(self.categories.len(), self.arena);
        for (category, parts) in self.catalog.categories.iter().zip(&self.categories) {
            let from_here = rest;
            let ungrouped = take(&mut rest, &category.errors, selection);
            let first = groups.len();
            for (group, heading) in category.groups.iter().zip(&parts.groups) {
                let errors = take(&mut rest, &group.errors, selection);
                if selection.has_section(&group.errors) {
                    groups.push(heading.group(self.arena, parts.reference, errors));
                }
            }
            let errors = &from_here[..from_here.len() - rest.len()];
            if selection.omits_empty && errors.is_empty() {
                continue;
            }
            let held = Held {
                errors,
                ungrouped,
                groups: self.arena.alloc_slice_copy(&groups[first..]),
            };
            categories.push(parts.heading.category(self.arena, &held));
        }
        (categories.into_bump_slice(), groups.into_bump_slice())
    }

    /// The HTTP statuses of the errors, sorted, each with its errors.
    fn statuses(&self, errors: &[Value<'a>], selection: Selection) -> &'a [Value<'a>] {
        // No error has the status of a success.
        let status = |error: &Error| error.http.filter(|_| !error.no_error);
        let mut counts = BTreeMap::<u16, usize>::new();
        for error in self.catalog_errors(selection) {
            if let Some(http) = status(error) {
                *counts.entry(http).or_default() += 1;
            }
        }
        let mut lists: BTreeMap<u16, ArenaVec<Value>> = counts
            .into_iter()
            .map(|(http, count)| (http, ArenaVec::with_capacity_in(count, self.arena)))
            .collect();
        for (error, value) in self.catalog_errors(selection).zip(errors) {
            if let Some(list) = status(error).and_then(|http| lists.get_mut(&http)) {
                list.push(*value);
            }
        }
        let statuses = lists.into_iter().map(|(http, errors)| {
            let errors = Value::List(errors.into_bump_slice());
            let reason = reason(self.arena, http).into();
            map!(
                self.arena,
                [
                    ("http", http.into()),
                    ("reason", reason),
                    ("errors", errors)
                ]
            )
        });
        self.arena.alloc_slice_fill_iter(statuses)
    }

    /// What has become of the errors, version by version.
    fn releases(&self, selection: Selection) -> Value<'a> {
        if self.history.is_empty() {
            return Value::List(&[]);
        }
        let errors = self.catalog.errors().map(|(_, _, error)| error);
        let shown: Vec<_> = errors.map(|error| selection.has_error(error)).collect();
        let is_shown = |place: usize| shown[place];
        self.history.releases(self.arena, self.errors, is_shown)
    }

    /// The features that a model uses.
    fn uses(&self, selection: Selection) -> Uses {
        let mut uses = Uses::of_sections(self.catalog, selection);
        uses.history = !self.history.is_empty();
        for error in self.catalog_errors(selection) {
            uses.add(error);
        }
        uses
    }
}

/// How to find the locale for a reader, among these.
fn lookup<'a>(arena: &'a Bump, catalog: &Catalog, locales: &'a [Value<'a>]) -> Value<'a> {
    let lookup = catalog.lookup();
    let text = |text: &str| Value::Text(arena.alloc_str(text));
    let aliases = lookup
        .aliases
        .iter()
        .map(|(alias, tag)| map!(arena, [("alias", text(alias)), ("tag", text(tag))]));
    let tags = lookup
        .tags
        .iter()
        .map(|(tag, index)| map!(arena, [("tag", text(tag)), ("locale", locales[*index])]));
    map!(
        arena,
        [
            ("aliases", Value::list(arena, aliases)),
            ("tags", Value::list(arena, tags)),
        ]
    )
}

/// Takes as many values from the front as errors are selected.
fn take<'a>(rest: &mut &'a [Value<'a>], errors: &[Error], selection: Selection) -> &'a [Value<'a>] {
    let selected = errors.iter().filter(|error| selection.has_error(error));
    let count = selected.count();
    rest.split_off(..count).unwrap_or_default()
}
