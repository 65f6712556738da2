//! The names that a target has in a state of a catalogue.

use std::cell::OnceCell;

use crate::ledger::{Case, ErrorEntry, Parameter, State};
use crate::target::{Entity, Id, Manifest, Namer, Surface};

use super::change::Named;
use super::words::texts_of;
use serde_json::Value;

/// Spells the names of one target in one state of a catalogue.
pub struct Names<'a> {
    manifest: &'a Manifest,
    surface: &'a Surface,
    state: &'a State<'a>,
    /// Made for the first name, as it looks at all ids.
    namer: OnceCell<Namer<'a>>,
}

impl<'a> Names<'a> {
    pub fn new(manifest: &'a Manifest, surface: &'a Surface, state: &'a State<'a>) -> Self {
        Self {
            manifest,
            surface,
            state,
            namer: OnceCell::new(),
        }
    }

    fn namer(&self) -> &Namer<'a> {
        self.namer.get_or_init(|| {
            let state = self.state;
            let acronyms = texts_of(state.head("acronyms"));
            let each_id = |entity, visit: &mut dyn FnMut(&Id)| {
                each_named(state, entity, &mut |named| visit(&id_of(state, named)));
            };
            Namer::new(self.manifest, &acronyms, &each_id)
        })
    }

    /// The names that programs write of something, each once.
    pub fn of(&self, named: &Named) -> Vec<String> {
        let kinds = self.surface.names.get(&named.entity).into_iter().flatten();
        let rules = self.manifest.names.get(&named.entity);
        let rules = kinds.filter_map(|kind| rules?.get(kind));
        let id = id_of(self.state, named);
        let mut spelled: Vec<String> = Vec::new();
        for rule in rules {
            let name = self.namer().name(rule, &id).into_owned();
            if !spelled.contains(&name) {
                spelled.push(name);
            }
        }
        spelled
    }

    /// Whether it spells every id as another does.
    pub fn spells_like(&self, other: &Self) -> bool {
        self.namer().spells_like(other.namer())
    }
}

/// Whether two states have the same acronyms and the same ids, so that every target spells them in the same way.
pub fn have_same_ids(old: &State, new: &State) -> bool {
    let mut pairs = old.errors.values().zip(new.errors.values());
    ids_beside_errors(old) == ids_beside_errors(new)
        && old.errors.keys().eq(new.errors.keys())
        && pairs.all(|(was, is)| of_error(was).eq(of_error(is)))
}

/// The acronyms, the namespace, and all ids but those of errors and what belongs to them.
fn ids_beside_errors<'a>(state: &State<'a>) -> (&'a Value, &'a Value, Vec<Named>) {
    let mut ids = Vec::new();
    let entities = [
        Entity::Catalog,
        Entity::Category,
        Entity::Group,
        Entity::Field,
        Entity::Property,
        Entity::Value,
        Entity::Locale,
    ];
    for entity in entities {
        each_named(state, entity, &mut |named| ids.push(named.clone()));
    }
    (
        state.head("acronyms"),
        &state.head("publish")["namespace"],
        ids,
    )
}

/// The ids of an error and of what belongs to it, each with what it is.
fn of_error<'b>(error: &'b ErrorEntry) -> impl Iterator<Item = (Entity, &'b str)> {
    let parameters = |all: &'b [Parameter]| all.iter().map(|it| (Entity::Parameter, &*it.name));
    let former = error.renamed_from.iter();
    let cases = error.cases.iter();
    let cases = cases.flat_map(move |case: &Case| {
        std::iter::once((Entity::Case, &*case.id)).chain(parameters(&case.parameters))
    });
    std::iter::once((Entity::Error, &*error.id))
        .chain(former.map(|id| (Entity::Error, &**id)))
        .chain(parameters(&error.parameters))
        .chain(cases)
}

/// The id of something, with all that its names are made from.
fn id_of<'b>(state: &State<'b>, named: &'b Named) -> Id<'b> {
    match named.entity {
        Entity::Catalog => {
            Id::with_namespace(&named.id, state.head("publish")["namespace"].as_str())
        }
        _ => match &named.code {
            Some(code) => Id::with_code(&named.id, code),
            None => Id::new(&named.id, named.qualifier.as_deref()),
        },
    }
}

/// Calls a function with everything of a kind that has names in a state of a catalogue.
pub fn each_named(state: &State, entity: Entity, visit: &mut dyn FnMut(&Named)) {
    let errors = || state.errors.values();
    match entity {
        Entity::Catalog => visit(&Named::new(entity, state.catalog)),
        Entity::Category => {
            let ids = state.several("category").into_keys();
            ids.for_each(|id| visit(&Named::new(entity, id)));
        }
        Entity::Group => {
            for (category, value) in state.several("category") {
                let groups = value["groups"].as_object().into_iter().flatten();
                groups.for_each(|(id, _)| visit(&Named::within(entity, id, category)));
            }
        }
        Entity::Error => {
            for error in errors() {
                visit(&Named::error(&error.id, &error.code));
                let old = error.renamed_from.iter();
                old.for_each(|id| visit(&Named::new(entity, id)));
            }
        }
        Entity::Case => {
            for error in errors() {
                for id in std::iter::once(&error.id).chain(&error.renamed_from) {
                    let cases = error.cases.iter();
                    cases.for_each(|case| visit(&Named::within(entity, &case.id, id)));
                }
            }
        }
        Entity::Parameter => {
            for error in errors() {
                let of_cases = error.cases.iter().flat_map(|case| &case.parameters);
                let all = error.parameters.iter().chain(of_cases);
                all.for_each(|it| visit(&Named::new(entity, &it.name)));
            }
        }
        Entity::Field => {
            let fields = state.head("wire")["fields"].as_object();
            let names = fields.into_iter().flatten();
            names.for_each(|(name, _)| visit(&Named::new(entity, name)));
        }
        Entity::Property | Entity::Value => {
            for (name, value) in state.several("property") {
                if value["modules"] == false {
                    continue;
                }
                if entity == Entity::Property {
                    visit(&Named::new(entity, name));
                    continue;
                }
                let values = texts_of(&value["values"]).into_iter();
                values.for_each(|value| visit(&Named::within(entity, value, name)));
            }
        }
        Entity::Locale => {
            let tags = texts_of(state.head("locales")).into_iter();
            tags.for_each(|tag| visit(&Named::new(entity, tag)));
        }
    }
}
