//! Names that collide once a target has spelled them.

use std::collections::{BTreeMap, HashMap};

use super::Checker;
use super::errors::errors;
use crate::catalog::is_identifier;
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};
use crate::target::{Entity, Target};

/// Ids of one entity, of which the names must differ.
struct Ids<'a> {
    entity: Entity,
    /// Tells apart what may share names: the parameters of one error and those of another.
    scope: usize,
    /// The id to spell, qualified where a rule asks for it, and the place to complain of.
    entries: Vec<(&'a Scalar<'a>, Option<&'a Scalar<'a>>)>,
}

/// What has a name.
#[derive(Clone, Copy)]
struct Named<'a> {
    entity: Entity,
    id: &'a Scalar<'a>,
    qualifier: Option<&'a str>,
}

impl PartialEq for Named<'_> {
    /// Whether both have the same id, wherever it stands.
    fn eq(&self, other: &Self) -> bool {
        let key = |named: &Self| (named.entity, named.qualifier);
        key(self) == key(other) && self.id.value == other.id.value
    }
}

/// Two ids and how they come to share a name.
type Collisions = BTreeMap<(Span, Span), Vec<String>>;

pub fn check<'a>(checker: &mut Checker<'a, '_>, raw: &'a raw::Catalog<'a>, targets: &[Target]) {
    let all = collect(raw);
    let mut ids: HashMap<Span, &str> = HashMap::new();
    let mut collisions = Collisions::new();
    for target in targets {
        collide(target, &all, &mut ids, &mut collisions);
    }
    for ((first, second), names) in collisions {
        let message = format!(
            "`{}` and `{}` get the same name: {}",
            ids[&first],
            ids[&second],
            names.join(", ")
        );
        checker.report(
            checker
                .at(rules::IDENTIFIER_COLLISION, second, message)
                .related(first, "the other one")
                .help("choose ids that differ in more than underscores"),
        );
    }
}

fn collect<'a>(raw: &'a raw::Catalog<'a>) -> Vec<Ids<'a>> {
    let mut all = Vec::new();
    let mut add = |entity, mut entries: Vec<(&'a Scalar<'a>, _)>| {
        // What is no id has its own rule.
        entries.retain(|(id, _)| is_identifier(&id.value));
        let scope = match entity {
            Entity::Category | Entity::Error => 0,
            _ => all.len(),
        };
        all.push(Ids {
            entity,
            scope,
            entries,
        });
    };
    let plain = |id: Option<&'a Scalar<'a>>| id.map(|id| (id, None));
    add(
        Entity::Catalog,
        plain(raw.catalog.as_ref()).into_iter().collect(),
    );
    add(
        Entity::Category,
        raw.categories
            .iter()
            .filter_map(|category| plain(category.id.as_ref()))
            .collect(),
    );
    for category in &raw.categories {
        let groups = category.groups.iter().filter_map(|group| group.id.as_ref());
        add(
            Entity::Group,
            groups.map(|id| (id, category.id.as_ref())).collect(),
        );
    }
    add(
        Entity::Error,
        errors(raw)
            .filter_map(|error| plain(error.id.as_ref()))
            .collect(),
    );
    for error in errors(raw) {
        let cases = error.cases.iter().filter_map(|case| case.id.as_ref());
        let cases: Vec<_> = cases.map(|id| (id, error.id.as_ref())).collect();
        let own = std::iter::once(&error.params);
        let parameters = own.chain(error.cases.iter().map(|case| &case.params));
        for parameters in parameters.filter(|parameters| parameters.len() > 1) {
            add(
                Entity::Parameter,
                parameters.iter().map(|it| (&it.name, None)).collect(),
            );
        }
        if !cases.is_empty() {
            add(Entity::Case, cases);
        }
    }
    all
}

fn collide<'a>(
    target: &Target,
    all: &[Ids<'a>],
    ids: &mut HashMap<Span, &'a str>,
    collisions: &mut Collisions,
) {
    let mut taken: HashMap<(String, usize, String), Named> = HashMap::new();
    for Ids {
        entity,
        scope,
        entries,
    } in all
    {
        for (kind, rule) in target.manifest.names.get(entity).into_iter().flatten() {
            // Qualified names, and those in a common namespace, are compared over the whole catalogue.
            let scope = if rule.qualified || rule.namespace.is_some() {
                0
            } else {
                *scope
            };
            let namespace = rule.namespace.clone();
            let namespace = namespace.unwrap_or_else(|| format!("{entity:?}.{kind}"));
            for (id, qualifier) in entries {
                let qualifier = qualifier.map(|qualifier| qualifier.value.as_ref());
                let name = target.manifest.qualified_name(rule, &id.value, qualifier);
                let key = (namespace.clone(), scope, name);
                let named = Named {
                    entity: *entity,
                    id,
                    qualifier,
                };
                let Some(other) = taken.get(&key) else {
                    taken.insert(key, named);
                    continue;
                };
                // The same id twice has its own rule.
                if *other == named {
                    continue;
                }
                let other = other.id;
                ids.insert(other.span, other.value.as_ref());
                ids.insert(id.span, id.value.as_ref());
                let places = collisions.entry((other.span, id.span)).or_default();
                let place = format!("`{}` in {}", key.2, target.id);
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
    }
}
