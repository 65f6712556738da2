//! Names, spelled for every loaded target.

use std::collections::BTreeMap;

use crate::target::{Entity, Target};

/// By target, then by the kind of name: `names.rust.variant`.
pub type Names<'a> = BTreeMap<&'a str, BTreeMap<&'a str, String>>;

/// Spells names for a set of targets.
pub struct Speller<'a> {
    targets: &'a [Target],
}

impl<'a> Speller<'a> {
    pub fn new(targets: &'a [Target]) -> Self {
        Self { targets }
    }

    /// An id in every kind of name that the targets have for such an entity.
    pub fn names(&self, entity: Entity, id: &str, qualifier: Option<&str>) -> Names<'a> {
        let spelled = self.targets.iter().map(|target| {
            let rules = target.manifest.names.get(&entity).into_iter().flatten();
            let kinds = rules.map(|(kind, rule)| {
                let name = match qualifier.filter(|_| rule.qualified) {
                    Some(qualifier) => target.manifest.name(rule, &format!("{qualifier}_{id}")),
                    None => target.manifest.name(rule, id),
                };
                (kind.as_str(), name)
            });
            (target.id.as_str(), kinds.collect())
        });
        spelled.collect()
    }
}
