//! Spells names for every loaded target.

use std::collections::BTreeMap;

use bumpalo::Bump;

use super::value::{Key, Value};
use crate::target::{Entity, Id, Manifest, NameRule, Target};

/// Spells names for a set of targets.
pub struct Speller<'a> {
    arena: &'a Bump,
    entities: BTreeMap<Entity, EntityNames<'a>>,
}

/// All names of an entity.
struct EntityNames<'a> {
    /// The keys of a map by target.
    ids: &'a [Key<'a>],
    targets: Vec<TargetNames<'a>>,
}

/// The names of an entity in one target.
struct TargetNames<'a> {
    manifest: &'a Manifest,
    /// The keys of a map by kind.
    kinds: &'a [Key<'a>],
    rules: Vec<&'a NameRule>,
}

/// How many spellings of an id to compare: more than the standard targets have of any id.
const KEPT: usize = 16;

/// The spellings of one id in the arena. Most targets have the same few.
struct Spellings<'a> {
    made: [&'a str; KEPT],
    count: usize,
}

impl<'a> Speller<'a> {
    pub fn new(arena: &'a Bump, targets: &[&'a Target]) -> Self {
        let entities = Entity::ALL.map(|entity| (entity, EntityNames::new(arena, entity, targets)));
        Self {
            arena,
            entities: entities.into(),
        }
    }

    /// The names of an id: one for each kind of name that the targets have for its entity, by target, then by kind.
    pub fn names(&self, entity: Entity, id: &'a str, qualifier: Option<&str>) -> Value<'a> {
        let mut spellings = Spellings::new(id);
        let id = Id::new(id, qualifier);
        let names = &self.entities[&entity];
        let by_target = names.targets.iter().map(|target| {
            let by_kind = target.rules.iter().map(|rule| {
                let name = target.manifest.name(rule, &id);
                spellings.get(self.arena, &name).into()
            });
            Value::of_keys(self.arena, target.kinds, by_kind)
        });
        Value::of_keys(self.arena, names.ids, by_target)
    }
}

impl<'a> EntityNames<'a> {
    fn new(arena: &'a Bump, entity: Entity, targets: &[&'a Target]) -> Self {
        let names = |target: &&'a Target| {
            let rules = target.manifest.names.get(&entity).into_iter().flatten();
            let (kinds, rules): (Vec<_>, _) =
                rules.map(|(kind, rule)| (kind.as_str(), rule)).unzip();
            TargetNames {
                manifest: &target.manifest,
                kinds: Key::all(arena, kinds),
                rules,
            }
        };
        let ids = targets.iter().map(|target| target.id.as_str());
        Self {
            ids: Key::all(arena, ids),
            targets: targets.iter().map(names).collect(),
        }
    }
}

impl<'a> Spellings<'a> {
    /// The id itself is the first.
    fn new(id: &'a str) -> Self {
        Self {
            made: [id; KEPT],
            count: 1,
        }
    }

    fn get(&mut self, arena: &'a Bump, name: &str) -> &'a str {
        let made = &self.made[..self.count];
        if let Some(found) = made.iter().find(|it| **it == name) {
            return found;
        }
        let name = arena.alloc_str(name);
        if let Some(place) = self.made.get_mut(self.count) {
            *place = name;
            self.count += 1;
        }
        name
    }
}
