//! Reports names that collide once a target has spelled them.

use std::collections::{BTreeMap, HashMap};

use twox_hash::XxHash3_128;

use super::Checker;
use super::letters::may_collide;
use super::namespaces::{Ids, collect_ids, is_common, namespace_name};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};
use crate::target::{Entity, Id, NameRule, Target};

/// Names of one target that must differ.
struct Namespace<'a> {
    target: &'a Target,
    /// Who has each name, by scope and hash of the name.
    taken: HashMap<(usize, u128), Named<'a>>,
}

/// A kind of name, with its namespace.
struct Kind<'a> {
    rule: &'a NameRule,
    namespace: usize,
}

/// The owner of a name.
#[derive(Clone, Copy)]
struct Named<'a> {
    entity: Entity,
    id: &'a Scalar<'a>,
    qualifier: Option<&'a str>,
}

impl PartialEq for Named<'_> {
    /// Whether both have the same id, wherever it is written.
    fn eq(&self, other: &Self) -> bool {
        let key = |named: &Self| (named.entity, named.qualifier);
        key(self) == key(other) && self.id.value == other.id.value
    }
}

/// Pairs of ids, and the names that they share.
type Collisions = BTreeMap<(Span, Span), Vec<String>>;

pub fn check<'a>(checker: &mut Checker<'a, '_>, raw: &'a raw::Catalog<'a>, targets: &[&Target]) {
    let all = collect_ids(raw);
    if !may_collide(targets, &all) {
        return;
    }
    let mut ids: HashMap<Span, &str> = HashMap::new();
    let mut collisions = Collisions::new();
    collide(targets, &all, &mut ids, &mut collisions);
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
                .related(first, "the other id")
                .help("choose ids that differ in more than underscores"),
        );
    }
}

/// All kinds of names of an entity in the targets.
fn kinds<'a>(
    entity: Entity,
    targets: &[&'a Target],
    namespaces: &mut Vec<Namespace<'a>>,
    known: &mut HashMap<(usize, String), usize>,
) -> Vec<Kind<'a>> {
    let mut kinds = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        for (kind, rule) in target.manifest.names.get(&entity).into_iter().flatten() {
            let name = namespace_name(entity, kind, rule);
            let namespace = *known.entry((index, name)).or_insert_with(|| {
                let taken = HashMap::new();
                namespaces.push(Namespace { target, taken });
                namespaces.len() - 1
            });
            kinds.push(Kind { rule, namespace });
        }
    }
    kinds
}

/// Finds the ids that get the same name.
fn collide<'a>(
    targets: &[&'a Target],
    all: &[Ids<'a>],
    ids: &mut HashMap<Span, &'a str>,
    collisions: &mut Collisions,
) {
    let mut namespaces = Vec::new();
    let mut known = HashMap::new();
    let by_entity: BTreeMap<_, _> = Entity::ALL
        .map(|entity| (entity, kinds(entity, targets, &mut namespaces, &mut known)))
        .into();
    let entries = all
        .iter()
        .flat_map(|ids| ids.entries.iter().map(move |entry| (ids, entry)));
    for (Ids { entity, scope, .. }, (id, qualifier)) in entries {
        let qualifier = qualifier.map(|qualifier| qualifier.value.as_ref());
        let spelled = Id::new(&id.value, qualifier);
        let named = Named {
            entity: *entity,
            id,
            qualifier,
        };
        for Kind { rule, namespace } in &by_entity[entity] {
            let scope = if is_common(rule) { 0 } else { *scope };
            let Namespace { target, taken } = &mut namespaces[*namespace];
            let name = target.manifest.name(rule, &spelled);
            let other = *taken
                .entry((scope, XxHash3_128::oneshot(name.as_bytes())))
                .or_insert(named);
            // A duplicate id has its own rule.
            if other == named {
                continue;
            }
            let other = other.id;
            ids.insert(other.span, other.value.as_ref());
            ids.insert(id.span, id.value.as_ref());
            let places = collisions.entry((other.span, id.span)).or_default();
            let place = format!("`{name}` in {}", target.id);
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
}
