//! Whether any names can collide at all: a quick look, by which most catalogues are done.
//!
//! A target changes case and separators of an id, and adds to it: two names that are equal have the same letters and digits.
//! Where no two do, there is nothing to compare by name.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use twox_hash::XxHash3_64;

use super::names::{Ids, is_common, namespace_name};
use crate::target::{Entity, NameRule, Target};

/// What an entity adds to a namespace: the letters of its ids with these around them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    entity: Entity,
    is_qualified: bool,
    is_common: bool,
    before: String,
    after: String,
}

/// Whether two names may be equal. If not, none are.
pub fn may_collide(targets: &[Target], all: &[Ids]) -> bool {
    let mut rules = targets.iter().flat_map(rules);
    if rules.any(|(_, _, rule)| rule.format.matches("{}").count() != 1) {
        return true;
    }
    let words = reserved(targets);
    // What one id has in a namespace does not collide with itself, in whichever case.
    let namespaces: BTreeSet<BTreeSet<Part>> = namespaces(targets).into_values().collect();
    let mut hashes = Vec::new();
    namespaces.iter().any(|parts| {
        hashes.clear();
        for ids in all {
            for part in parts.iter().filter(|part| part.entity == ids.entity) {
                hash(ids, part, &words, &mut hashes);
            }
        }
        hashes.sort_unstable();
        hashes.windows(2).any(|pair| pair[0] == pair[1])
    })
}

/// All kinds of names that a target has, each with its entity.
fn rules(target: &Target) -> impl Iterator<Item = (Entity, &str, &NameRule)> {
    let names = target.manifest.names.iter();
    names.flat_map(|(entity, rules)| {
        let own = rules.iter();
        own.map(|(kind, rule)| (*entity, kind.as_str(), rule))
    })
}

/// What stands in each namespace of each target.
fn namespaces(targets: &[Target]) -> BTreeMap<(usize, String), BTreeSet<Part>> {
    let mut namespaces: BTreeMap<_, BTreeSet<Part>> = BTreeMap::new();
    for (index, target) in targets.iter().enumerate() {
        for (entity, kind, rule) in rules(target) {
            let namespace = (index, namespace_name(entity, kind, rule));
            let parts = namespaces.entry(namespace).or_default();
            parts.insert(part(entity, rule));
        }
    }
    namespaces
}

fn part(entity: Entity, rule: &NameRule) -> Part {
    let (before, after) = rule.format.split_once("{}").unwrap_or_default();
    Part {
        entity,
        is_qualified: rule.qualified,
        is_common: is_common(rule),
        before: letters(before).collect(),
        after: letters(after).collect(),
    }
}

/// The letters of reserved words, each with those of the names that are written in their place.
fn reserved(targets: &[Target]) -> BTreeMap<String, BTreeSet<String>> {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for target in targets {
        let own = rules(target).flat_map(|(_, _, rule)| &rule.reserved);
        for reserved in own.chain(&target.manifest.reserved) {
            for word in &reserved.words {
                let name = letters(&reserved.format.replace("{}", word)).collect();
                words
                    .entry(letters(word).collect())
                    .or_default()
                    .insert(name);
            }
        }
    }
    words
}

/// Adds the hashes of the letters that names of these ids have.
fn hash(
    ids: &Ids,
    part: &Part,
    reserved: &BTreeMap<String, BTreeSet<String>>,
    hashes: &mut Vec<u64>,
) {
    let scope = if part.is_common { 0 } else { ids.scope };
    let hash_of = |name: &str| {
        let mut state = XxHash3_64::with_seed(scope as u64);
        state.write(name.as_bytes());
        state.finish()
    };
    let mut name = String::new();
    for (id, qualifier) in &ids.entries {
        name.clear();
        name.push_str(&part.before);
        let qualifier = qualifier.filter(|_| part.is_qualified);
        name.extend(
            qualifier
                .iter()
                .flat_map(|qualifier| letters(&qualifier.value)),
        );
        name.extend(letters(&id.value));
        name.push_str(&part.after);
        hashes.push(hash_of(&name));
        let others = reserved.get(&name).into_iter().flatten();
        hashes.extend(
            others
                .filter(|other| **other != name)
                .map(|other| hash_of(other)),
        );
    }
}

/// What neither case nor separators change.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase())
}
