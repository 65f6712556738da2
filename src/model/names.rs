//! Spells names for every loaded target.

use std::collections::BTreeMap;

use bumpalo::Bump;

use super::value::{Key, Value};
use crate::catalog::Catalog;
use crate::target::{Entity, Id, NameRule, Namer, Target};

/// Spells names for a set of targets.
pub struct Speller<'a> {
    arena: &'a Bump,
    /// One for each target.
    namers: Vec<Namer<'a>>,
    entities: BTreeMap<Entity, EntityNames<'a>>,
}

/// All names of an entity.
struct EntityNames<'a> {
    /// The keys of a map by target.
    ids: &'a [Key<'a>],
    /// As many as there are targets.
    targets: Vec<TargetNames<'a>>,
}

/// The names of an entity in one target.
struct TargetNames<'a> {
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
    pub fn new(arena: &'a Bump, catalog: &Catalog<'a>, targets: &[&'a Target]) -> Self {
        let by_id = by_id(targets);
        let entities = Entity::ALL.map(|entity| (entity, EntityNames::new(arena, entity, &by_id)));
        let each_id = |entity, visit: &mut dyn FnMut(&Id)| each_id(catalog, entity, visit);
        let acronyms = &catalog.acronyms;
        let namer =
            |(_, target): &(&str, &'a Target)| Namer::new(&target.manifest, acronyms, &each_id);
        Self {
            arena,
            namers: by_id.iter().map(namer).collect(),
            entities: entities.into(),
        }
    }

    /// The names of an id: one for each kind of name that the targets have for its entity, by target, then by kind.
    pub fn names(&self, entity: Entity, id: &'a str, qualifier: Option<&str>) -> Value<'a> {
        self.spelled(entity, id, &Id::new(id, qualifier))
    }

    /// The names of the catalogue, some of which may be made from its namespace.
    pub fn names_of_catalog(&self, catalog: &Catalog<'a>) -> Value<'a> {
        self.spelled(Entity::Catalog, catalog.id, &id_of(catalog))
    }

    /// The names of an error, some of which may be made from its code.
    pub fn names_of_error(&self, id: &'a str, code: &str) -> Value<'a> {
        self.spelled(Entity::Error, id, &Id::with_code(id, code))
    }

    fn spelled(&self, entity: Entity, text: &'a str, id: &Id) -> Value<'a> {
        let mut spellings = Spellings::new(text);
        let names = &self.entities[&entity];
        let targets = names.targets.iter().zip(&self.namers);
        let by_target = targets.map(|(target, namer)| {
            let by_kind = target.rules.iter().map(|rule| {
                let name = namer.name(rule, id);
                spellings.get(self.arena, &name).into()
            });
            Value::of_keys(self.arena, target.kinds, by_kind)
        });
        Value::of_keys(self.arena, names.ids, by_target)
    }
}

/// The targets by the ids under which templates find their names: one that extends another also under that one's, unless that one
/// is there itself.
fn by_id<'a>(targets: &[&'a Target]) -> Vec<(&'a str, &'a Target)> {
    let mut named: Vec<_> = targets.iter().map(|it| (it.id.as_str(), *it)).collect();
    for target in targets {
        if let Some(base) = &target.manifest.extends
            && named.iter().all(|(id, _)| id != base)
        {
            named.push((base, target));
        }
    }
    named
}

fn id_of<'a>(catalog: &Catalog<'a>) -> Id<'a> {
    Id::with_namespace(catalog.id, catalog.publish.namespace)
}

/// Calls a function with every id of an entity.
fn each_id(catalog: &Catalog, entity: Entity, visit: &mut dyn FnMut(&Id)) {
    let categories = || catalog.categories.iter();
    match entity {
        Entity::Catalog => visit(&id_of(catalog)),
        Entity::Category => categories().for_each(|it| visit(&Id::new(it.id, None))),
        Entity::Group => {
            let groups =
                categories().flat_map(|it| it.groups.iter().map(|group| (it.id, group.id)));
            groups.for_each(|(category, group)| visit(&Id::new(group, Some(category))));
        }
        Entity::Error => {
            for (_, _, error) in catalog.errors() {
                visit(&Id::with_code(error.id, &error.code.text()));
                let old = error.renamed_from.iter();
                old.for_each(|id| visit(&Id::new(id, None)));
            }
        }
        Entity::Case => {
            let cases = catalog.errors().flat_map(|(_, _, error)| {
                let ids = std::iter::once(error.id).chain(error.renamed_from.iter().copied());
                ids.flat_map(|id| {
                    let cases = error.messages.cases().iter();
                    cases.map(move |case| (id, case.id))
                })
            });
            cases.for_each(|(error, case)| visit(&Id::new(case, Some(error))));
        }
        Entity::Parameter => {
            let messages = catalog.errors().flat_map(|(_, _, it)| it.messages.all());
            let parameters = messages.flat_map(|(_, parameters)| parameters);
            parameters.for_each(|it| visit(&Id::new(it.name, None)));
        }
        Entity::Field => {
            let fields = catalog.wire.fields.iter();
            fields.for_each(|it| visit(&Id::new(it.name, None)));
        }
        Entity::Property => {
            let properties = catalog.properties.iter().filter(|it| it.modules);
            properties.for_each(|it| visit(&Id::new(it.name, None)));
        }
        Entity::Value => {
            for property in catalog.properties.iter().filter(|it| it.modules) {
                let values = property.values.iter();
                values.for_each(|value| visit(&Id::new(value, Some(property.name))));
            }
        }
        Entity::Locale => {
            let tags = catalog.locales.iter();
            tags.for_each(|tag| visit(&Id::new(tag, None)));
        }
    }
}

impl<'a> EntityNames<'a> {
    fn new(arena: &'a Bump, entity: Entity, targets: &[(&'a str, &'a Target)]) -> Self {
        let names = |(_, target): &(&str, &'a Target)| {
            let rules = target.manifest.names.get(&entity).into_iter().flatten();
            let (kinds, rules): (Vec<_>, _) =
                rules.map(|(kind, rule)| (kind.as_str(), rule)).unzip();
            TargetNames {
                kinds: Key::all(arena, kinds),
                rules,
            }
        };
        let ids = targets.iter().map(|(id, _)| *id);
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
