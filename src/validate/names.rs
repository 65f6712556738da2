//! Reports names that collide once a target has spelled them, and those that no file can have.

use std::collections::{BTreeMap, HashMap};

use twox_hash::XxHash3_128;

use super::Checker;
use super::acronyms::is_acronym;
use super::letters::may_collide;
use super::namespaces::{Entry, Ids, collect_ids, folder_name, is_common, namespace_name};
use crate::diagnostic::{Diagnostic, Span, few, rules};
use crate::parse::raw;
use crate::portable::{fold, is_portable};
use crate::target::{Entity, Id, NameRule, Namer, Origin, Target};

/// How many names of a pair of ids a message tells.
const MOST_NAMED: usize = 10;

/// Names of one target that must differ.
#[derive(Default)]
struct Namespace<'a> {
    /// Who has each name, by scope and hash of the name.
    taken: HashMap<(usize, u128), Named<'a>>,
}

/// A kind of name, with the places of its namespaces.
struct Kind<'a> {
    rule: &'a NameRule,
    target: usize,
    /// That of its names as they are.
    namespace: usize,
    /// That of its names as file systems compare them, if they are those of files.
    folder: Option<usize>,
}

/// The owner of a name.
#[derive(Clone, Copy, Debug)]
struct Named<'a> {
    entity: Entity,
    /// What the name is made from.
    origin: Origin,
    text: &'a str,
    span: Span,
    qualifier: Option<&'a str>,
}

impl PartialEq for Named<'_> {
    /// Whether both have the same id, wherever it is written.
    fn eq(&self, other: &Self) -> bool {
        let key = |named: &Self| (named.entity, named.origin == Origin::Id, named.qualifier);
        key(self) == key(other) && self.text == other.text
    }
}

/// Two owners of the same names.
struct Collision<'a> {
    first: Named<'a>,
    second: Named<'a>,
    /// The names, each with its target.
    places: Vec<String>,
    /// Whether the names differ, but not as files.
    are_files: bool,
}

/// Everything that is wrong with the names.
#[derive(Default)]
struct Findings<'a> {
    collisions: BTreeMap<(Span, Span), Collision<'a>>,
    /// Names that no file can have, each with its target.
    unusable: BTreeMap<Span, (Named<'a>, Vec<String>)>,
}

pub fn check<'a>(checker: &mut Checker<'a, '_>, raw: &'a raw::Catalog<'a>, targets: &[&Target]) {
    let all = collect_ids(raw);
    if !may_collide(targets, &all) {
        return;
    }
    let acronyms = raw.acronyms.iter().map(|it| it.value.as_ref());
    let acronyms: Vec<_> = acronyms.filter(|it| is_acronym(it)).collect();
    let findings = find(targets, &acronyms, &all);
    for collision in findings.collisions.into_values() {
        checker.report(describe_collision(checker, &collision));
    }
    for (named, places) in findings.unusable.into_values() {
        let message = format!(
            "`{}` gives a name that no file can have: {}",
            named.text,
            few(places, MOST_NAMED, ", ")
        );
        let what = named.what();
        let diagnostic = checker.at(rules::UNUSABLE_FILE_NAME, named.span, message);
        checker.report(diagnostic.help(format!(
            "choose another {what}, or let the manifest of the target write such a name in another way: `file: {{ device: \"{{}}_\" }}`"
        )));
    }
}

fn describe_collision(checker: &Checker, collision: &Collision) -> Diagnostic {
    let Collision {
        first,
        second,
        places,
        are_files,
    } = collision;
    let (rule, same) = if *are_files {
        (
            rules::FILE_NAME_COLLISION,
            "are the same file on some systems",
        )
    } else {
        (rules::IDENTIFIER_COLLISION, "get the same name")
    };
    let message = format!(
        "`{}` and `{}` {same}: {}",
        first.text,
        second.text,
        few(places, MOST_NAMED, ", ")
    );
    let help = if first.entity == Entity::Catalog {
        "choose another id: it gives the same name as the catalogue's own".to_owned()
    } else if first.text == second.text {
        "choose another id for one of the two".to_owned()
    } else {
        let difference = match (are_files, second.what()) {
            (true, _) => "letter case and Unicode normalisation",
            (false, "locale") => "hyphens",
            (false, _) => "underscores",
        };
        format!(
            "choose {}s that differ in more than {difference}",
            second.what()
        )
    };
    let related = match first.entity {
        Entity::Catalog => "the catalogue's id".to_owned(),
        Entity::Property if second.entity != first.entity => "the property".to_owned(),
        _ => format!("the other {}", first.what()),
    };
    checker
        .at(rule, second.span, message)
        .related(first.span, related)
        .help(help)
}

/// All kinds of names of an entity in the targets.
fn kinds<'a>(
    entity: Entity,
    targets: &[&'a Target],
    namespaces: &mut Vec<Namespace<'a>>,
    known: &mut HashMap<(usize, String), usize>,
) -> Vec<Kind<'a>> {
    let mut kinds = Vec::new();
    for (target, own) in targets.iter().enumerate() {
        let mut place = |name| {
            *known.entry((target, name)).or_insert_with(|| {
                namespaces.push(Namespace::default());
                namespaces.len() - 1
            })
        };
        let rules = own.manifest.names.get(&entity).into_iter().flatten();
        for (kind, rule) in rules.filter(|(_, rule)| !rule.unwritten) {
            let folder = folder_name(entity, kind, rule);
            kinds.push(Kind {
                rule,
                target,
                namespace: place(namespace_name(entity, kind, rule)),
                folder: folder.map(&mut place),
            });
        }
    }
    kinds
}

/// Finds the ids that get the same name, and those that give a name that no file can have.
fn find<'a>(targets: &[&'a Target], acronyms: &[&'a str], all: &[Ids<'a>]) -> Findings<'a> {
    let mut namespaces = Vec::new();
    let mut known = HashMap::new();
    let by_entity: BTreeMap<_, _> = Entity::ALL
        .map(|entity| (entity, kinds(entity, targets, &mut namespaces, &mut known)))
        .into();
    let each_id = |entity, visit: &mut dyn FnMut(&Id)| {
        let ids = all.iter().filter(|ids| ids.entity == entity);
        ids.flat_map(|ids| &ids.entries)
            .for_each(|entry| visit(&entry.spelled()));
    };
    let namers = targets.iter();
    let namers: Vec<_> = namers
        .map(|target| Namer::new(&target.manifest, acronyms, &each_id))
        .collect();
    let mut findings = Findings::default();
    let entries = all
        .iter()
        .flat_map(|ids| ids.entries.iter().map(move |entry| (ids, entry)));
    for (Ids { entity, scope, .. }, entry) in entries {
        let spelled = entry.spelled();
        for kind in &by_entity[entity] {
            let Some(named) = Named::new(*entity, entry, kind.rule) else {
                continue;
            };
            let scope = if is_common(*entity, kind.rule) {
                0
            } else {
                *scope
            };
            let name = namers[kind.target].name(kind.rule, &spelled);
            let target = &targets[kind.target].id;
            let other = namespaces[kind.namespace].claim(scope, &name, named);
            findings.collide(other, named, target, &name, false);
            if let Some(place) = kind.folder {
                let is_usable = match kind.rule.of {
                    Origin::Namespace => name.split('.').all(is_portable),
                    Origin::Id | Origin::Code => is_portable(&name),
                };
                if !is_usable {
                    let (_, places) = findings
                        .unusable
                        .entry(named.span)
                        .or_insert((named, vec![]));
                    places.push(format!("{name:?} in {target}"));
                }
                let other = namespaces[place].claim(scope, &fold(&name), named);
                findings.collide(other, named, target, &name, true);
            }
        }
    }
    findings
}

impl<'a> Namespace<'a> {
    /// Takes a name, unless it has an owner, here or in the whole catalogue. Returns its owner.
    fn claim(&mut self, scope: usize, name: &str, named: Named<'a>) -> Named<'a> {
        let name = XxHash3_128::oneshot(name.as_bytes());
        if let Some(owner) = self.taken.get(&(0, name)) {
            return *owner;
        }
        *self.taken.entry((scope, name)).or_insert(named)
    }
}

impl<'a> Findings<'a> {
    fn collide(
        &mut self,
        first: Named<'a>,
        second: Named<'a>,
        target: &str,
        name: &str,
        are_files: bool,
    ) {
        // A duplicate id has its own rule.
        if first == second {
            return;
        }
        let place = format!("`{name}` in {target}");
        let collision = self.collisions.entry((first.span, second.span));
        let collision = collision.or_insert_with(|| Collision {
            first,
            second,
            places: Vec::new(),
            are_files: true,
        });
        collision.are_files &= are_files;
        if !collision.places.contains(&place) {
            collision.places.push(place);
        }
    }
}

impl<'a> Named<'a> {
    fn new(entity: Entity, entry: &Entry<'a>, rule: &NameRule) -> Option<Self> {
        let (origin, text, span) = entry.origin(rule)?;
        let qualifier = entry.qualifier.map(|qualifier| qualifier.value.as_ref());
        Some(Self {
            entity,
            origin,
            text,
            span,
            qualifier,
        })
    }

    /// What the name is made from, for messages.
    fn what(&self) -> &'static str {
        match (self.origin, self.entity) {
            (Origin::Code, _) => "code",
            (Origin::Namespace, _) => "namespace",
            (Origin::Id, Entity::Locale) => "locale",
            (Origin::Id, _) => "id",
        }
    }
}
