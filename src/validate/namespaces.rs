//! Collects the ids whose names must differ.

use crate::catalog::is_identifier;
use crate::parse::raw::{self, Scalar};
use crate::target::{Entity, NameRule};

/// Ids of one entity whose names must differ.
pub struct Ids<'a> {
    pub entity: Entity,
    /// Ids in different scopes can share names, such as the parameters of two errors.
    pub scope: usize,
    /// The ids to spell, each with the qualifier that some rules add. Collisions are reported at the id.
    pub entries: Vec<(&'a Scalar<'a>, Option<&'a Scalar<'a>>)>,
}

/// All ids of a catalogue, by scope.
pub fn collect_ids<'a>(raw: &'a raw::Catalog<'a>) -> Vec<Ids<'a>> {
    let mut all = Vec::new();
    let mut add = |entity, mut entries: Vec<(&'a Scalar<'a>, _)>| {
        // An invalid id has its own rule.
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
        raw.errors()
            .filter_map(|error| plain(error.id.as_ref()))
            .collect(),
    );
    for error in raw.errors() {
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

/// The name of the namespace of a kind of names.
pub fn namespace_name(entity: Entity, kind: &str, rule: &NameRule) -> String {
    let own = || format!("{entity:?}.{kind}");
    rule.namespace.clone().unwrap_or_else(own)
}

/// Whether names are compared across the whole catalogue: qualified ones, and those in a named namespace.
pub fn is_common(rule: &NameRule) -> bool {
    rule.qualified || rule.namespace.is_some()
}
