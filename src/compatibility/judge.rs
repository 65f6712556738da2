//! What each change breaks, and which step it needs.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use super::change::{Change, Named, Part, Subject};
use super::names::{Names, each_named, have_same_ids};
use super::verdict::{Broken, Verdict};
use crate::catalog::{LEVELS, Level, meaning_of};
use crate::diagnostic::{Rule, rules};
use crate::ledger::{Code, State, Text};
use crate::parse::raw;
use crate::target::{Entity, Surface};
use crate::validate::{EnabledTarget, RETIRED, RETIRED_VALUES};

/// The rules of changes that documents and comments alone tell of, unless they break something.
const OF_DOCUMENTS: [&Rule; 9] = [
    rules::HISTORY_CHANGED,
    rules::TEXT_CHANGED,
    rules::MESSAGE_CHANGED,
    rules::PARAMETERS_REORDERED,
    rules::CASES_REORDERED,
    rules::TARGET_ADDED,
    rules::OPTION_CHANGED,
    rules::PACKAGE_CHANGED,
    rules::ADDRESS_CHANGED,
];

/// What a catalogue says of changes.
pub struct Levels<'a> {
    /// By the name of the rule.
    levels: HashMap<&'a str, Level>,
    /// The reasons, by the code of the error and the name of the rule.
    exemptions: HashMap<(Code<'a>, &'a str), &'a str>,
}

/// The levels that a catalogue sets, and its exemptions.
pub fn levels<'a>(raw: &'a raw::Catalog<'a>) -> Levels<'a> {
    let levels = raw
        .breaking
        .iter()
        .filter_map(|(name, level)| Some((name.value.as_ref(), meaning_of(LEVELS, &level.value)?)));
    let exemptions = raw.errors().flat_map(|error| {
        let code = error.code.as_ref().map(|code| Code::from(&code.value));
        error.allow.iter().filter_map(move |exemption| {
            let (rule, reason) = (exemption.rule.as_ref()?, exemption.reason.as_ref()?);
            Some(((code.clone()?, rule.value.as_ref()), reason.value.as_ref()))
        })
    });
    Levels {
        levels: levels.collect(),
        exemptions: exemptions.collect(),
    }
}

/// Judges changes from one state to another.
pub struct Judge<'a> {
    old: &'a State<'a>,
    new: &'a State<'a>,
    targets: Vec<Surfaced<'a>>,
    all: &'a [EnabledTarget],
    levels: Levels<'a>,
}

/// A target that programs use, with its names before and now.
struct Surfaced<'a> {
    target: &'a EnabledTarget,
    surface: &'a Surface,
    /// Whether it left out retired errors.
    dropped_retired: bool,
    before: Names<'a>,
    now: Names<'a>,
}

impl<'a> Judge<'a> {
    pub fn new(
        old: &'a State<'a>,
        new: &'a State<'a>,
        targets: &'a [EnabledTarget],
        levels: Levels<'a>,
    ) -> Self {
        let options = old.several("target");
        let surfaced = targets.iter().filter_map(|it| {
            let manifest = &it.target.manifest;
            let surface = manifest.surface.as_ref().filter(|_| it.belongs)?;
            let was = options.get(it.target.id.as_str())?;
            Some(Surfaced {
                target: it,
                surface,
                dropped_retired: was[RETIRED] == RETIRED_VALUES[1],
                before: Names::new(manifest, surface, old),
                now: Names::new(manifest, surface, new),
            })
        });
        Self {
            old,
            new,
            targets: surfaced.collect(),
            all: targets,
            levels,
        }
    }

    /// The targets that programs use, each with whether it tells what breaks programs that are compiled.
    pub fn targets(&self) -> impl Iterator<Item = (&str, bool)> {
        let targets = self.targets.iter();
        targets.map(|it| (it.target.target.id.as_str(), it.surface.binary.is_some()))
    }

    /// The changes with what they break, the most severe first, without those that the catalogue does not want to hear of.
    pub fn judge(&self, mut changes: Vec<Change>) -> Vec<Change> {
        self.find_other_names(&mut changes);
        for change in &mut changes {
            self.judge_one(change);
        }
        changes.retain(|change| {
            let level = self.levels.levels.get(change.rule.name);
            change.verdict == Verdict::Forbidden || level != Some(&Level::Allow)
        });
        changes.sort_by_key(|change| std::cmp::Reverse(change.verdict));
        changes
    }

    fn judge_one(&self, change: &mut Change) {
        if self.is_unreleased(change) {
            change.wire = None;
            change.verdict = Verdict::Compatible;
            return;
        }
        if change.rule != rules::NAME_CHANGED {
            change.broken = self.broken(change);
        }
        let breaks = change.wire.is_some() || !change.broken.is_empty();
        if !change.rule.is_change() {
            change.verdict = Verdict::Forbidden;
            return;
        }
        change.verdict = if breaks {
            Verdict::Breaking
        } else if OF_DOCUMENTS.contains(&change.rule) {
            Verdict::Documents
        } else {
            Verdict::Compatible
        };
        match self.levels.levels.get(change.rule.name) {
            Some(Level::Deny) => change.verdict = Verdict::Breaking,
            Some(Level::Warn) => change.verdict = change.verdict.min(Verdict::Compatible),
            Some(Level::Allow) | None => {}
        }
        if let Subject::Error(code, _) = &change.subject
            && let Some(reason) = self
                .levels
                .exemptions
                .get(&(code.clone(), change.rule.name))
        {
            change.verdict = change.verdict.min(Verdict::Compatible);
            change.exempt = Some((*reason).to_owned());
        }
    }

    /// Whether a change is of an error that no release had, so that nobody relies on it.
    fn is_unreleased(&self, change: &Change) -> bool {
        let Subject::Error(code, _) = &change.subject else {
            return false;
        };
        let error = self.old.errors.get(code);
        error.is_some_and(|error| error.is_next())
    }

    /// What a change breaks in each target.
    fn broken(&self, change: &Change) -> Vec<Broken> {
        if let Subject::Head("target", Some(id)) = &change.subject {
            return self.broken_target(change, id).into_iter().collect();
        }
        if change.rule == rules::RELEASED_CODE_REMOVED && !change.is.is_null() {
            // The names stay, for another code.
            return Vec::new();
        }
        let broken = self.targets.iter().filter_map(|it| {
            let rule = it.effective(self, change)?;
            let binary = it.surface.binary.as_ref();
            let (source, binary) = if rule == rules::CONTRACT_CHANGED {
                let all = || "the module has another interface".to_owned();
                (Some(all()), binary.map(|_| all()))
            } else {
                let source = reason(&it.surface.source, rule, change.variant);
                (
                    source,
                    binary.and_then(|binary| reason(binary, rule, change.variant)),
                )
            };
            (source.is_some() || binary.is_some()).then(|| {
                let names = change.named.iter();
                Broken {
                    target: it.target.target.id.clone(),
                    source,
                    binary,
                    names: names.flat_map(|named| it.before.of(named)).collect(),
                }
            })
        });
        broken.collect()
    }

    /// What a change of a target itself breaks.
    fn broken_target(&self, change: &Change, id: &str) -> Option<Broken> {
        let broken = |source: String| Broken {
            target: id.to_owned(),
            source: Some(source),
            binary: None,
            names: Vec::new(),
        };
        if change.rule == rules::TARGET_REMOVED {
            return Some(broken("it is no longer generated".to_owned()));
        }
        let target = self.all.iter().find(|it| it.target.id == id)?;
        let options = target.target.manifest.options.iter();
        let changed =
            options.filter(|(name, _)| change.was[name.as_str()] != change.is[name.as_str()]);
        let mut reasons = changed.filter_map(|(_, rule)| rule.breaks.clone());
        let reason = reasons.next()?;
        (change.rule == rules::OPTION_CHANGED).then(|| broken(reason))
    }

    /// Finds ids of which a target spells the names in another way, because of acronyms, or of what else is there.
    fn find_other_names(&self, changes: &mut Vec<Change>) {
        if have_same_ids(self.old, self.new) {
            return;
        }
        changes.extend(self.other_catalog());
        let differ: Vec<_> = self
            .targets
            .iter()
            .filter(|it| !it.before.spells_like(&it.now))
            .collect();
        if differ.is_empty() {
            return;
        }
        let errors = self.new.errors.values();
        let codes = errors.flat_map(|error| {
            let former = error.renamed_from.iter().map(Text::as_str);
            let ids = former.chain([error.id.as_str()]);
            ids.map(|id| (id, &error.code))
        });
        let codes: HashMap<_, _> = codes.collect();
        for entity in Entity::ALL {
            let mut now = HashSet::new();
            each_named(self.new, entity, &mut |named| {
                now.insert((named.id.clone(), named.qualifier.clone()));
            });
            let mut found: BTreeMap<(String, Option<String>), Change> = BTreeMap::new();
            each_named(self.old, entity, &mut |named| {
                let key = (named.id.clone(), named.qualifier.clone());
                if !now.contains(&key) || found.contains_key(&key) {
                    return;
                }
                let broken = differ.iter().filter_map(|it| it.respelled(named, named));
                let broken: Vec<_> = broken.collect();
                if !broken.is_empty() {
                    let change = Self::other_names(named, &codes, broken);
                    found.insert(key, change);
                }
            });
            changes.extend(found.into_values());
        }
    }

    /// Finds that the catalogue itself has another id.
    fn other_catalog(&self) -> Option<Change> {
        let (was, is) = (self.old.catalog, self.new.catalog);
        if was == is {
            return None;
        }
        let before = Named::new(Entity::Catalog, was);
        let now = Named::new(Entity::Catalog, is);
        let targets = self.targets.iter();
        let broken = targets.filter_map(|it| it.respelled(&before, &now));
        let message = format!("the catalogue was `{was}`, and is now `{is}`");
        let subject = Subject::Head("catalog", None);
        let change = Change::new(rules::NAME_CHANGED, subject, message).from_to(was, is);
        Some(Change {
            broken: broken.collect(),
            ..change
        })
    }

    fn other_names(named: &Named, codes: &HashMap<&str, &Code>, broken: Vec<Broken>) -> Change {
        let message = format!(
            "`{}` has another name in code, though its id is the same",
            named.id
        );
        let code = codes.get(named.id.as_str());
        let subject = match (named.entity, code) {
            (Entity::Error, Some(code)) => {
                Some(Subject::Error((*code).clone().into_owned(), Part::Id))
            }
            (Entity::Category, _) => Some(Subject::Category(named.id.clone())),
            (Entity::Group, _) => named.qualifier.clone().map(|category| Subject::Group {
                category,
                id: named.id.clone(),
            }),
            _ => None,
        };
        let subject = subject.unwrap_or(Subject::Head("acronyms", None));
        let lost: Vec<_> = broken.iter().flat_map(|it| it.names.clone()).collect();
        let change =
            Change::new(rules::NAME_CHANGED, subject, message).from_to(json!(lost), json!(null));
        Change { broken, ..change }
    }
}

impl Surfaced<'_> {
    /// What it breaks that something has other names than before.
    fn respelled(&self, was: &Named, is: &Named) -> Option<Broken> {
        let (before, now) = (self.before.of(was), self.now.of(is));
        let only = |own: &[String], others: &[String]| -> Vec<String> {
            let own = own.iter().filter(|name| !others.contains(name));
            own.cloned().collect()
        };
        let (lost, gained) = (only(&before, &now), only(&now, &before));
        let pairs = lost.iter().zip(&gained);
        let pairs: Vec<_> = pairs
            .map(|(lost, gained)| format!("`{lost}` is now `{gained}`"))
            .collect();
        let reason = pairs.join(", ");
        (!lost.is_empty()).then(|| Broken {
            target: self.target.target.id.clone(),
            source: Some(reason.clone()),
            binary: self.surface.binary.as_ref().map(|_| reason),
            names: lost,
        })
    }

    /// The rule that a change comes under in the target. `None` if the target does not have what it is about.
    fn effective(&self, judge: &Judge, change: &Change) -> Option<&'static Rule> {
        let Subject::Error(code, _) = &change.subject else {
            return Some(change.rule);
        };
        let has = |state: &State, drops: bool| {
            let error = state.errors.get(code);
            error.is_some_and(|error| !(drops && error.retired.is_some()))
        };
        let before = has(judge.old, self.dropped_retired);
        let now = has(judge.new, self.target.drops_retired);
        match (before, now) {
            (true, true) => Some(change.rule),
            (true, false) => Some(rules::RELEASED_CODE_REMOVED),
            (false, true) => Some(rules::ERROR_ADDED),
            (false, false) => None,
        }
    }
}

/// Why a change breaks programs, by its rule, and by its variant if that has a reason of its own.
fn reason(
    reasons: &BTreeMap<String, String>,
    rule: &Rule,
    variant: Option<&str>,
) -> Option<String> {
    let own = variant.and_then(|variant| reasons.get(&format!("{}/{variant}", rule.name)));
    own.or_else(|| reasons.get(rule.name)).cloned()
}
