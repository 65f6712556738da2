//! Names, spelled for every loaded target.

use tera::Value;

use super::value::named;
use crate::target::{Entity, Target};

/// Spells names for a set of targets.
pub struct Speller<'a> {
    pub targets: &'a [Target],
}

impl Speller<'_> {
    /// An id in every kind of name that the targets have for such an entity: by target, then by kind.
    pub fn names(&self, entity: Entity, id: &str, qualifier: Option<&str>) -> Value {
        named(self.targets.iter().map(|target| {
            let rules = target.manifest.names.get(&entity).into_iter().flatten();
            let kinds = rules.map(|(kind, rule)| {
                let name = target.manifest.qualified_name(rule, id, qualifier);
                (kind.as_str(), name.into())
            });
            (target.id.as_str(), named(kinds))
        }))
    }
}
