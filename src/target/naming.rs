//! Spells ids as names of a target.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ptr;

use super::case::Case;
use super::manifest::{Acronyms, BARE, Entity, FileName, Manifest, NameRule, Origin, Reserved};
use crate::portable::{fold, is_portable};

/// An id with its spellings. Most targets use the same few, so each is made once.
pub struct Id<'a> {
    plain: Spellings<'a>,
    qualifier: Option<&'a str>,
    /// The id with its qualifier.
    qualified: OnceCell<Spellings<'static>>,
    /// The code of an error.
    code: Option<Spellings<'a>>,
    /// Of the catalogue's code, if the catalogue chooses it: `com.example.errors`.
    namespace: Option<&'a str>,
}

/// A text in the cases that have been used.
struct Spellings<'a> {
    text: Cow<'a, str>,
    cases: [OnceCell<String>; Case::COUNT],
}

/// Calls a function with every id of an entity in a catalogue.
pub type EachId<'a> = &'a dyn Fn(Entity, &mut dyn FnMut(&Id));

/// Spells the names of a target in one catalogue, where a kind of name can avoid those of others.
pub struct Namer<'a> {
    pub manifest: &'a Manifest,
    /// The acronyms that names have as the catalogue has them, by the word in an id.
    acronyms: HashMap<String, &'a str>,
    /// The names that a rule would give, and others have.
    taken: Vec<(&'a NameRule, HashSet<String>)>,
    /// The names without a second suffix that a rule would give, and others have with a first one.
    suffixed: Vec<(&'a NameRule, HashSet<String>)>,
}

impl<'a> Id<'a> {
    /// An id and the id of its parent, with which some rules qualify it.
    pub fn new(id: &'a str, qualifier: Option<&'a str>) -> Self {
        Self {
            plain: Spellings::new(id.into()),
            qualifier,
            qualified: OnceCell::new(),
            code: None,
            namespace: None,
        }
    }

    /// The id of a catalogue, with the namespace that it chooses.
    pub fn with_namespace(id: &'a str, namespace: Option<&'a str>) -> Self {
        Self {
            namespace,
            ..Self::new(id, None)
        }
    }

    /// The id of an error, with its code as text.
    pub fn with_code(id: &'a str, code: &'a str) -> Self {
        Self {
            code: Some(Spellings::new(code.into())),
            ..Self::new(id, None)
        }
    }

    /// What a rule spells.
    fn spellings(&self, rule: &NameRule) -> &Spellings<'_> {
        if let Some(code) = self.code.as_ref().filter(|_| rule.of == Origin::Code) {
            return code;
        }
        match self.qualifier.filter(|_| rule.qualified) {
            Some(qualifier) => self.qualified.get_or_init(|| {
                let text = format!("{qualifier}_{}", self.plain.text);
                Spellings::new(text.into())
            }),
            None => &self.plain,
        }
    }
}

impl<'a> Spellings<'a> {
    fn new(text: Cow<'a, str>) -> Self {
        Self {
            text,
            cases: Default::default(),
        }
    }

    fn in_case(&self, case: Case) -> &str {
        self.cases[case as usize].get_or_init(|| case.apply(&self.text))
    }
}

impl Manifest {
    /// The words of a namespace that a rule would write in another way.
    pub fn reserved_words<'a>(&self, rule: &NameRule, namespace: &'a str) -> Vec<&'a str> {
        let words = namespace.split('.').enumerate();
        let reserved =
            words.filter(|(at, word)| self.allowed(rule, (*word).into(), *at == 0) != *word);
        reserved.map(|(_, word)| word).collect()
    }

    /// A name as it may be written, or a word of one, which may be the first.
    fn allowed<'a>(&self, rule: &NameRule, name: Cow<'a, str>, is_first: bool) -> Cow<'a, str> {
        let mut reserved = rule.reserved.iter().chain(&self.reserved);
        let is_reserved = |reserved: &&Reserved| match &rule.file {
            _ if reserved.first && !is_first => false,
            None => reserved.words.contains(name.as_ref()),
            Some(_) => reserved.is_file(&name),
        };
        let name = match reserved.find(is_reserved) {
            Some(Reserved { format, .. }) => Cow::Owned(format.replace("{}", &name)),
            None => name,
        };
        match &rule.file {
            Some(FileName { device, .. }) if !is_portable(&name) => {
                Cow::Owned(device.replace("{}", &name))
            }
            _ => name,
        }
    }
}

impl Reserved {
    /// Whether a name is the same file as one of the words.
    fn is_file(&self, name: &str) -> bool {
        let name = fold(name);
        self.words.iter().any(|word| fold(word) == name)
    }
}

impl<'a> Namer<'a> {
    /// Finds the names that kinds with `if_taken` have to avoid. The acronyms are those of the catalogue.
    pub fn new(manifest: &'a Manifest, acronyms: &[&'a str], each_id: EachId) -> Self {
        let kept = acronyms.iter().filter(|it| match manifest.acronyms {
            Acronyms::Words => false,
            Acronyms::Pairs => it.len() == 2,
            Acronyms::Capitals => true,
        });
        let mut namer = Self {
            manifest,
            acronyms: kept.map(|it| (it.to_ascii_lowercase(), *it)).collect(),
            taken: Vec::new(),
            suffixed: Vec::new(),
        };
        for (entity, rule) in namer.rules().filter(|(_, rule)| rule.suffix_once) {
            let suffixed = namer.suffixed(entity, rule, each_id);
            namer.suffixed.push((rule, suffixed));
        }
        for entity in Entity::ALL {
            let rules = manifest.names.get(&entity).into_iter().flatten();
            for (_, rule) in rules.filter(|(_, rule)| rule.if_taken.is_some()) {
                let taken = namer.taken(entity, rule, each_id);
                namer.taken.push((rule, taken));
            }
        }
        namer
    }

    /// Whether it spells every id as another of the same manifest does.
    pub fn spells_like(&self, other: &Self) -> bool {
        let is_same = |own: &[(&NameRule, HashSet<String>)],
                       others: &[(&NameRule, HashSet<String>)]| {
            let pairs = own.iter().zip(others);
            own.len() == others.len() && pairs.fold(true, |all, ((_, a), (_, b))| all && a == b)
        };
        self.acronyms == other.acronyms
            && is_same(&self.taken, &other.taken)
            && is_same(&self.suffixed, &other.suffixed)
    }

    /// All rules, each with its entity.
    fn rules(&self) -> impl Iterator<Item = (Entity, &'a NameRule)> + use<'a> {
        let all = self.manifest.names.iter();
        all.flat_map(|(entity, rules)| rules.values().map(|rule| (*entity, rule)))
    }

    /// The names without a second suffix that a rule would give, and others of its namespace have.
    fn suffixed(&self, entity: Entity, rule: &NameRule, each_id: EachId) -> HashSet<String> {
        let own_names = |visit: &mut dyn FnMut(&str)| {
            each_id(entity, &mut |id| {
                if self.has_suffix(rule, id) {
                    visit(&self.simple(rule, id));
                }
            });
        };
        let is_beside = |(_, other): &(Entity, &NameRule)| {
            ptr::eq(*other, rule) || rule.namespace.is_some() && other.namespace == rule.namespace
        };
        let beside: Vec<_> = self.rules().filter(is_beside).collect();
        let other_names = |visit: &mut dyn FnMut(&str)| {
            for (owner, other) in &beside {
                each_id(*owner, &mut |id| {
                    if !self.has_suffix(other, id) {
                        visit(&self.simple(other, id));
                    }
                });
            }
        };
        in_both(&own_names, &other_names)
    }

    /// The names of a rule that others have.
    fn taken(&self, entity: Entity, rule: &NameRule, each_id: EachId) -> HashSet<String> {
        let is_other = |(owner, other): &(Entity, &NameRule)| {
            let comes_first = other.if_taken.is_none() || *owner < entity;
            comes_first && other.namespace == rule.namespace && !ptr::eq(*other, rule)
        };
        let others: Vec<_> = self.rules().filter(is_other).collect();
        if rule.namespace.is_none() || others.is_empty() {
            return HashSet::new();
        }
        let own_names = |visit: &mut dyn FnMut(&str)| {
            each_id(entity, &mut |id| visit(&self.with_one_suffix(rule, id)));
        };
        let other_names = |visit: &mut dyn FnMut(&str)| {
            for (owner, other) in &others {
                each_id(*owner, &mut |id| visit(&self.name(other, id)));
            }
        };
        // Of the two, the one with fewer names is kept.
        let are_few = |entity: Entity| entity < Entity::Error;
        if others.iter().all(|(owner, _)| are_few(*owner)) {
            in_both(&other_names, &own_names)
        } else {
            in_both(&own_names, &other_names)
        }
    }

    /// Spells an id with a rule of the manifest.
    pub fn name<'i>(&self, rule: &NameRule, id: &'i Id) -> Cow<'i, str> {
        let name = self.with_one_suffix(rule, id);
        let Some(format) = &rule.if_taken else {
            return name;
        };
        if has(&self.taken, rule, &name) {
            return self.formatted(rule, format, id);
        }
        name
    }

    /// A name with no more than one suffix, unless another has it then; `if_taken` is not looked at.
    fn with_one_suffix<'i>(&self, rule: &NameRule, id: &'i Id) -> Cow<'i, str> {
        let name = self.simple(rule, id);
        if self.has_suffix(rule, id) && has(&self.suffixed, rule, &name) {
            return self.formatted(rule, &rule.format, id);
        }
        name
    }

    /// A name with no more than one suffix, whatever names others have.
    fn simple<'i>(&self, rule: &NameRule, id: &'i Id) -> Cow<'i, str> {
        let format = if self.has_suffix(rule, id) {
            BARE
        } else {
            &rule.format
        };
        self.formatted(rule, format, id)
    }

    fn formatted<'i>(&self, rule: &NameRule, format: &str, id: &'i Id) -> Cow<'i, str> {
        if rule.of == Origin::Namespace {
            let name = match id.namespace {
                Some(namespace) => Cow::Borrowed(namespace),
                None => self.filled(rule, format, id),
            };
            let words = name.split('.').enumerate();
            let words = words.map(|(at, word)| self.manifest.allowed(rule, word.into(), at == 0));
            return Cow::Owned(words.collect::<Vec<_>>().join("."));
        }
        let name = self.filled(rule, format, id);
        self.manifest.allowed(rule, name, true)
    }

    /// An id in the case of a rule and in a format.
    fn filled<'i>(&self, rule: &NameRule, format: &str, id: &'i Id) -> Cow<'i, str> {
        let spelled = self.spelled(rule, id);
        match format {
            BARE => spelled,
            format => Cow::Owned(format.replace("{}", &spelled)),
        }
    }

    /// An id in the case of a rule.
    fn spelled<'i>(&self, rule: &NameRule, id: &'i Id) -> Cow<'i, str> {
        let spellings = id.spellings(rule);
        if self.acronyms.is_empty() || rule.of == Origin::Code {
            return Cow::Borrowed(spellings.in_case(rule.case));
        }
        let acronym = |word: &str| self.acronyms.get(word).copied();
        Cow::Owned(rule.case.apply_with(&spellings.text, acronym))
    }

    /// Whether an id already ends with what the format adds, or with its plural.
    fn has_suffix(&self, rule: &NameRule, id: &Id) -> bool {
        let suffix = rule.format.strip_prefix("{}").unwrap_or_default();
        if !rule.suffix_once || suffix.is_empty() {
            return false;
        }
        let spelled = self.spelled(rule, id);
        let singular = spelled.strip_suffix('s').unwrap_or(&spelled);
        [&spelled, singular].iter().any(|name| {
            name.strip_suffix(suffix)
                .is_some_and(|rest| !rest.is_empty())
        })
    }
}

/// Whether a name is among those that are kept for a rule.
fn has(names: &[(&NameRule, HashSet<String>)], rule: &NameRule, name: &str) -> bool {
    let mut own = names.iter();
    own.any(|(owner, names)| ptr::eq(*owner, rule) && names.contains(name))
}

/// Calls a function with every name of some.
type EachName<'a> = &'a dyn Fn(&mut dyn FnMut(&str));

/// The names that both have.
fn in_both(few: EachName, many: EachName) -> HashSet<String> {
    let mut wanted = HashSet::new();
    few(&mut |name| {
        wanted.insert(name.to_owned());
    });
    let mut found = HashSet::new();
    if !wanted.is_empty() {
        many(&mut |name| {
            if wanted.contains(name) {
                found.insert(name.to_owned());
            }
        });
    }
    found
}
