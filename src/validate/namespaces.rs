//! Collects the ids whose names must differ.

use std::collections::HashSet;

use super::publish::is_namespace;
use crate::catalog::is_identifier;
use crate::catalog::is_language_tag;
use crate::diagnostic::Span;
use crate::parse::raw::{self, Code, Scalar};
use crate::target::{Entity, FileName, Id, NameRule, Origin};

/// Ids of one entity whose names must differ.
pub struct Ids<'a> {
    pub entity: Entity,
    /// Ids in different scopes can share names, such as the parameters of two errors.
    pub scope: usize,
    pub entries: Vec<Entry<'a>>,
}

/// What names are made from.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub id: &'a Scalar<'a>,
    /// The id that some rules add.
    pub qualifier: Option<&'a Scalar<'a>>,
    /// The code of an error, if it is a string. Names of integers never collide.
    pub code: Option<(&'a str, Span)>,
    /// That of the catalogue, if it chooses one.
    pub namespace: Option<&'a Scalar<'a>>,
}

impl<'a> Entry<'a> {
    /// What a name is made from, and the text, with its place: collisions are reported there.
    pub fn origin(&self, rule: &NameRule) -> Option<(Origin, &'a str, Span)> {
        let (origin, scalar) = match (rule.of, self.namespace) {
            (Origin::Code, _) => return self.code.map(|(code, span)| (Origin::Code, code, span)),
            (Origin::Namespace, Some(namespace)) => (Origin::Namespace, namespace),
            (Origin::Namespace | Origin::Id, _) => (Origin::Id, self.id),
        };
        Some((origin, scalar.value.as_ref(), scalar.span))
    }

    /// What is spelled.
    pub fn spelled(&self) -> Id<'a> {
        let qualifier = self.qualifier.map(|qualifier| qualifier.value.as_ref());
        match (self.code, self.namespace) {
            (Some((code, _)), _) => Id::with_code(&self.id.value, code),
            (None, Some(namespace)) => Id::with_namespace(&self.id.value, Some(&namespace.value)),
            (None, None) => Id::new(&self.id.value, qualifier),
        }
    }
}

impl<'a> From<&'a Scalar<'a>> for Entry<'a> {
    fn from(id: &'a Scalar<'a>) -> Self {
        Self {
            id,
            qualifier: None,
            code: None,
            namespace: None,
        }
    }
}

/// All ids of a catalogue, by scope. Those that are invalid have their own rules.
pub fn collect_ids<'a>(raw: &'a raw::Catalog<'a>) -> Vec<Ids<'a>> {
    let mut all = vec![Ids {
        entity: Entity::Locale,
        scope: 0,
        entries: locales(raw),
    }];
    let mut add = |entity, mut entries: Vec<Entry<'a>>| {
        entries.retain(|entry| is_identifier(&entry.id.value));
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
    let plain = |id: Option<&'a Scalar<'a>>| id.map(Entry::from);
    let namespace = raw.publish.as_ref().and_then(|it| it.namespace.as_ref());
    let catalog = raw.catalog.as_ref().map(|id| Entry {
        namespace: namespace.filter(|it| is_namespace(&it.value)),
        ..Entry::from(id)
    });
    add(Entity::Catalog, catalog.into_iter().collect());
    add(
        Entity::Category,
        raw.categories
            .iter()
            .filter_map(|category| plain(category.id.as_ref()))
            .collect(),
    );
    for category in &raw.categories {
        let groups = category.groups.iter().filter_map(|group| group.id.as_ref());
        add(Entity::Group, within(groups, category.id.as_ref()));
    }
    add(Entity::Field, fields(raw));
    let properties = || raw.properties.iter().filter(|(_, it)| has_name(it));
    add(
        Entity::Property,
        properties().map(|(name, _)| Entry::from(name)).collect(),
    );
    for (name, property) in properties().filter(|(_, it)| !it.values.is_empty()) {
        add(Entity::Value, within(property.values.iter(), Some(name)));
    }
    let old = raw.errors().flat_map(|error| &error.renamed_from);
    let errors = raw.errors().filter_map(error).chain(old.map(Entry::from));
    add(Entity::Error, errors.collect());
    for error in raw.errors() {
        let own = std::iter::once(&error.params);
        let parameters = own.chain(error.cases.iter().map(|case| &case.params));
        // A single one can have the name of a property.
        let least = if raw.properties.is_empty() { 2 } else { 1 };
        for parameters in parameters.filter(|parameters| parameters.len() >= least) {
            add(
                Entity::Parameter,
                parameters.iter().map(|it| Entry::from(&it.name)).collect(),
            );
        }
        let old = error.renamed_from.iter().map(Some);
        for id in std::iter::once(error.id.as_ref()).chain(old) {
            let cases = error.cases.iter().filter_map(|case| case.id.as_ref());
            let cases = within(cases, id);
            if !cases.is_empty() {
                add(Entity::Case, cases);
            }
        }
    }
    all
}

/// Whether something is named after a property: documents name none.
fn has_name(property: &raw::Property) -> bool {
    let modules = property.modules.as_ref();
    modules.is_none_or(|modules| modules.value != "false")
}

/// The locales, each once: they are equal whatever their letter case.
fn locales<'a>(raw: &'a raw::Catalog<'a>) -> Vec<Entry<'a>> {
    let mut seen = HashSet::new();
    let tags = raw.locales.iter().flatten();
    let tags = tags.filter(|tag| is_language_tag(&tag.value));
    let tags = tags.filter(|tag| seen.insert(tag.value.to_ascii_lowercase()));
    tags.map(Entry::from).collect()
}

/// The fields of the response and of the items in its list, each once.
fn fields<'a>(raw: &'a raw::Catalog<'a>) -> Vec<Entry<'a>> {
    let mut seen = HashSet::new();
    let wire = raw.wire.as_ref();
    let items = wire.and_then(|wire| wire.errors.as_ref());
    let own = wire.map_or(&[][..], |wire| &wire.fields);
    let names = own
        .iter()
        .chain(items.map_or(&[][..], |items| &items.fields));
    let names = names.map(|(name, _)| name);
    let names = names.filter(|name| seen.insert(name.value.as_ref()));
    names.map(Entry::from).collect()
}

fn within<'a>(
    ids: impl Iterator<Item = &'a Scalar<'a>>,
    parent: Option<&'a Scalar<'a>>,
) -> Vec<Entry<'a>> {
    let entry = |id| Entry {
        qualifier: parent,
        ..Entry::from(id)
    };
    ids.map(entry).collect()
}

fn error<'a>(error: &'a raw::Error<'a>) -> Option<Entry<'a>> {
    let code = error.code.as_ref().and_then(|code| match &code.value {
        Code::Text(text) if !text.is_empty() => Some((text.as_ref(), code.span)),
        _ => None,
    });
    let id = error.id.as_ref()?;
    Some(Entry {
        code,
        ..Entry::from(id)
    })
}

/// The name of the namespace of a kind of names.
pub fn namespace_name(entity: Entity, kind: &str, rule: &NameRule) -> String {
    let own = || format!("{entity:?}.{kind}");
    rule.namespace.clone().unwrap_or_else(own)
}

/// The name of the folder of a kind of names, if they are those of files. It is no namespace.
pub fn folder_name(entity: Entity, kind: &str, rule: &NameRule) -> Option<String> {
    let FileName { beside, .. } = rule.file.as_ref()?;
    let own = || format!("{entity:?}.{kind}");
    Some(beside.clone().unwrap_or_else(own) + "/")
}

/// Whether names are compared across the whole catalogue: qualified ones, and those in a named namespace. Those of parameters are
/// compared with these and, among themselves, within a message.
pub fn is_common(entity: Entity, rule: &NameRule) -> bool {
    entity != Entity::Parameter && (rule.qualified || rule.namespace.is_some())
}
