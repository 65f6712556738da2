//! A quick test whether any names can collide, which settles most catalogues.
//!
//! A target changes the case and the separators of an id, and adds to it, so two equal names have the same letters and digits.
//! If no two have, there is no need to compare names.

use std::collections::{BTreeMap, BTreeSet};

use twox_hash::XxHash3_64;

use super::namespaces::{Ids, folder_name, is_common, namespace_name};
use crate::portable::is_device;
use crate::target::{Entity, NameRule, Origin, Reserved, Target};

/// What an entity adds to a namespace: the letters of its ids, between these.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    entity: Entity,
    is_qualified: bool,
    is_common: bool,
    of: Origin,
    is_file: bool,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// Whether any two names may be equal. If not, none are.
pub fn may_collide(targets: &[&Target], all: &[Ids]) -> bool {
    let formats = targets
        .iter()
        .flat_map(|target| rules(target))
        .map(|(_, _, rule)| &rule.format);
    let reserved = targets.iter().flat_map(|target| reserved_words(target));
    let reserved_formats = reserved.map(|it| &it.format);
    let mut formats = formats.chain(reserved_formats);
    if formats.any(|format| format.matches("{}").count() != 1) {
        return true;
    }
    let words = reserved_hashes(targets);
    // The names of one id in a namespace do not collide with each other, whatever their case.
    let namespaces: BTreeSet<BTreeSet<Part>> = namespaces(targets).into_values().collect();
    let mut hashes = Vec::new();
    namespaces.iter().any(|parts| {
        // Reserved words within a namespace are not hashed.
        if parts.len() > 1 && parts.iter().any(|part| part.of == Origin::Namespace) {
            return true;
        }
        hashes.clear();
        for ids in all {
            for part in parts.iter().filter(|part| part.entity == ids.entity) {
                if hash(ids, part, &words, &mut hashes).is_none() {
                    return true;
                }
            }
        }
        hashes.sort_unstable();
        let (common, own) = hashes.split_at(hashes.partition_point(|(scope, _)| *scope == 0));
        hashes.windows(2).any(|pair| pair[0] == pair[1])
            || own
                .iter()
                .any(|(_, hash)| common.binary_search(&(0, *hash)).is_ok())
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

/// All reserved words of a target.
fn reserved_words(target: &Target) -> impl Iterator<Item = &Reserved> {
    let own = rules(target).flat_map(|(_, _, rule)| &rule.reserved);
    own.chain(&target.manifest.reserved)
}

/// The parts of each namespace of each target.
fn namespaces(targets: &[&Target]) -> BTreeMap<(usize, String), BTreeSet<Part>> {
    let mut namespaces: BTreeMap<_, BTreeSet<Part>> = BTreeMap::new();
    for (index, target) in targets.iter().enumerate() {
        for (entity, kind, rule) in rules(target) {
            let folder = folder_name(entity, kind, rule);
            for name in folder
                .into_iter()
                .chain([namespace_name(entity, kind, rule)])
            {
                let parts = namespaces.entry((index, name)).or_default();
                parts.insert(part(entity, rule));
            }
        }
    }
    namespaces
}

fn part(entity: Entity, rule: &NameRule) -> Part {
    let (before, after) = rule.format.split_once("{}").unwrap_or_default();
    Part {
        entity,
        is_qualified: rule.qualified,
        is_common: is_common(entity, rule),
        of: rule.of,
        is_file: rule.file.is_some(),
        before: letters(before).collect(),
        after: letters(after).collect(),
    }
}

/// The letters of reserved words, and of the names that replace them, as hashes, sorted.
fn reserved_hashes(targets: &[&Target]) -> Vec<(u64, u64)> {
    let mut words = Vec::new();
    let mut text = Vec::new();
    let mut hash_of = |parts: [&str; 3]| {
        text.clear();
        text.extend(parts.into_iter().flat_map(letters));
        XxHash3_64::oneshot(&text)
    };
    for target in targets {
        for reserved in reserved_words(target) {
            let (before, after) = reserved.format.split_once("{}").unwrap_or_default();
            for word in &reserved.words {
                let name = hash_of([before, word, after]);
                words.push((hash_of(["", word, ""]), name));
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Adds the hashes of the letters in the names of these ids. `None` if letters do not tell how an id is spelled.
fn hash(
    ids: &Ids,
    part: &Part,
    reserved: &[(u64, u64)],
    hashes: &mut Vec<(usize, u64)>,
) -> Option<()> {
    let scope = if part.is_common { 0 } else { ids.scope };
    let mut name = Vec::new();
    for entry in &ids.entries {
        let text = match entry.code {
            _ if part.of != Origin::Code => entry.id.value.as_ref(),
            // Another letter can be the same in lower case.
            Some((code, _)) if !code.is_ascii() => return None,
            Some((code, _)) => code,
            None => continue,
        };
        let qualifier = entry.qualifier.filter(|_| part.is_qualified);
        name.clear();
        name.extend_from_slice(&part.before);
        name.extend(
            qualifier
                .iter()
                .flat_map(|qualifier| letters(&qualifier.value)),
        );
        let start = name.len();
        name.extend(letters(text));
        let namespace = entry.namespace.filter(|_| part.of == Origin::Namespace);
        if part.is_file && namespace.is_some_and(|it| it.value.split('.').any(is_device)) {
            return None;
        }
        if part.is_file && std::str::from_utf8(&name[start..]).is_ok_and(is_device) {
            return None;
        }
        name.extend_from_slice(&part.after);
        let own = XxHash3_64::oneshot(&name);
        hashes.push((scope, own));
        let first = reserved.partition_point(|(word, _)| *word < own);
        let others = reserved[first..]
            .iter()
            .take_while(|(word, _)| *word == own);
        let others = others.filter(|(_, name)| *name != own);
        hashes.extend(others.map(|(_, name)| (scope, *name)));
    }
    Some(())
}

/// The letters and digits of a text, which neither case nor separators change.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase())
}
