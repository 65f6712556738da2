//! Names, spelled for every loaded target.

use std::collections::BTreeMap;

use tera::Value;

use super::value::Shape;
use crate::target::{Entity, Id, Manifest, NameRule, Target};

/// Spells names for a set of targets.
pub struct Speller<'a> {
    entities: BTreeMap<Entity, EntityNames<'a>>,
}

/// All names that an entity has.
struct EntityNames<'a> {
    /// By target.
    shape: Shape,
    targets: Vec<TargetNames<'a>>,
}

/// The names that an entity has in one target.
struct TargetNames<'a> {
    manifest: &'a Manifest,
    /// By kind.
    shape: Shape,
    rules: Vec<&'a NameRule>,
}

impl<'a> Speller<'a> {
    pub fn new(targets: &[&'a Target]) -> Self {
        let entities = Entity::ALL.map(|entity| (entity, EntityNames::new(entity, targets)));
        Self {
            entities: entities.into(),
        }
    }

    /// An id in every kind of name that the targets have for such an entity: by target, then by kind.
    pub fn names(&self, entity: Entity, id: &str, qualifier: Option<&str>) -> Value {
        let id = Id::new(id, qualifier);
        let names = &self.entities[&entity];
        names.shape.map(names.targets.iter().map(|target| {
            let spell = |rule: &&NameRule| target.manifest.name(rule, &id).as_ref().into();
            target.shape.map(target.rules.iter().map(spell))
        }))
    }
}

impl<'a> EntityNames<'a> {
    fn new(entity: Entity, targets: &[&'a Target]) -> Self {
        let names = |target: &&'a Target| {
            let rules = target.manifest.names.get(&entity).into_iter().flatten();
            let (kinds, rules): (Vec<_>, _) =
                rules.map(|(kind, rule)| (kind.as_str(), rule)).unzip();
            TargetNames {
                manifest: &target.manifest,
                shape: Shape::of_names(kinds),
                rules,
            }
        };
        Self {
            shape: Shape::of_names(targets.iter().map(|target| target.id.as_str())),
            targets: targets.iter().map(names).collect(),
        }
    }
}
