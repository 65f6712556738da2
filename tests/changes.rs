//! Properties of `errgen diff`: random catalogues, each changed in every way that there is a rule for.

mod support;

#[path = "changes/catalogue.rs"]
mod catalogue;
#[path = "changes/mutations.rs"]
mod mutations;
#[path = "changes/random.rs"]
mod random;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use catalogue::{DEMO, DEMO_TEMPLATE, catalogue, yaml};
use errgen::diagnostic;
use mutations::{ALL, Edit, Mutation, WITHOUT};
use random::Random;
use serde_json::Value;
use support::{Run, errgen, write};
use tempfile::TempDir;

/// How many catalogues each property is tried with. More are `ERRGEN_CATALOGUES=500 cargo test --test changes`.
fn seeds() -> std::ops::Range<u64> {
    let set = std::env::var("ERRGEN_CATALOGUES");
    0..set.map_or(6, |count| count.parse().expect("a number"))
}

/// What `errgen diff` has found.
#[derive(Debug)]
struct Found {
    /// Without the places, which a ledger and a catalogue have in different files.
    changes: Vec<Value>,
    summary: Value,
}

impl Found {
    fn rules(&self) -> BTreeSet<&str> {
        let changes = self.changes.iter();
        changes.map(|it| it["code"].as_str().expect("a code")).collect()
    }

    /// The changes, whatever their order.
    fn set(&self) -> BTreeSet<String> {
        self.changes.iter().map(Value::to_string).collect()
    }
}

/// A catalogue that was adopted, with a copy of it that has no ledger.
struct Project {
    seed: u64,
    folder: TempDir,
    catalogue: Value,
    random: Random,
}

impl Project {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut random = Random::new(seed);
        let catalogue = catalogue(&mut random);
        write(folder.path(), "templates/demo/target.yaml", DEMO);
        write(folder.path(), "templates/demo/demo.txt.tera", DEMO_TEMPLATE);
        for name in ["catalog.yaml", "before.yaml"] {
            write(folder.path(), name, &yaml(&catalogue));
        }
        let project = Self {
            seed,
            folder,
            catalogue,
            random,
        };
        let run = project.errgen(&["release", "--adopt"]);
        assert_eq!(run.status, 0, "catalogue {seed}: {}\n{}", run.stderr, yaml(&project.catalogue));
        project
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes another catalogue of it, and returns the codes of the errors that were changed. `None` if there is nothing to change.
    fn change(&mut self, mutations: &[&Mutation]) -> Option<Vec<Value>> {
        let mut catalogue = self.catalogue.clone();
        let mut edit = Edit {
            catalogue: &mut catalogue,
            random: &mut self.random,
            touched: Vec::new(),
        };
        for mutation in mutations {
            if !mutation.apply(&mut edit) {
                return None;
            }
        }
        let touched = edit.touched;
        write(self.path(), "catalog.yaml", &yaml(&catalogue));
        Some(touched)
    }

    fn diff(&self, words: &[&str]) -> Found {
        let run = self.errgen(&[&["diff", "--format", "json"], words].concat());
        let lines = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON"));
        let mut changes: Vec<Value> = lines.collect();
        let summary = changes.pop().unwrap_or_default()["summary"].take();
        assert!(!summary.is_null(), "{}: {run:#?}", self.what());
        for change in &mut changes {
            assert!(!change["change"].is_null(), "{}: {change:#}", self.what());
            for key in ["path", "span"] {
                change[key].take();
            }
        }
        Found { changes, summary }
    }

    fn against_ledger(&self) -> Found {
        self.diff(&[])
    }

    fn against_file(&self) -> Found {
        self.diff(&["--against", "before.yaml"])
    }

    fn release(&self, version: &str) -> Run {
        self.errgen(&["release", version, "--diff"])
    }

    fn errgen(&self, words: &[&str]) -> Run {
        let templates = ["--templates", "templates"];
        errgen(self.path(), words.iter().chain(&templates).copied())
    }

    /// The catalogue, by what is different.
    fn what(&self) -> String {
        let text = |name| fs::read_to_string(self.path().join(name)).expect("a file");
        let (before, now) = (text("before.yaml"), text("catalog.yaml"));
        let only = |mark: &str, text: &str, other: &str| {
            let other: BTreeSet<_> = other.lines().collect();
            let own = text.lines().filter(|line| !other.contains(line));
            own.map(|line| format!("{mark} {line}\n")).collect::<String>()
        };
        format!("catalogue {}\n{}{}", self.seed, only("-", &before, &now), only("+", &now, &before))
    }
}

#[test]
fn each_rule_has_a_mutation_or_a_reason() {
    let changes = diagnostic::ALL.iter().filter(|rule| rule.is_change());
    for rule in changes {
        let is_made = ALL.iter().any(|it| it.rule == rule.code);
        let reason = WITHOUT.iter().find(|(code, _)| *code == rule.code);
        assert!(
            is_made != reason.is_some(),
            "{} needs a mutation in tests/changes, or else a reason",
            rule.code
        );
    }
}

#[test]
fn nothing_has_changed_of_the_same_catalogue() {
    for seed in seeds() {
        let project = Project::new(seed);
        for found in [project.against_file(), project.against_ledger()] {
            assert!(found.changes.is_empty(), "{}: {found:#?}", project.what());
            assert_eq!(found.summary["step"], "none");
            assert_eq!(found.summary["lowest"], project.catalogue["version"]);
        }
    }
}

#[test]
fn every_change_is_found_in_a_file_and_in_a_ledger() {
    let mut never: BTreeSet<_> = (0..ALL.len()).collect();
    for seed in seeds() {
        let mut project = Project::new(seed);
        for (index, mutation) in ALL.iter().enumerate() {
            if project.change(&[mutation]).is_none() {
                continue;
            }
            never.remove(&index);
            let [file, ledger] = [project.against_file(), project.against_ledger()];
            let what = || format!("{} of {}: {file:#?}", mutation.rule, project.what());
            assert_eq!(file.changes, ledger.changes, "{}", what());
            let rules = file.rules();
            assert!(rules.contains(mutation.rule), "{}", what());
            let others = rules.iter().filter(|rule| !mutation.expects(rule));
            assert_eq!(others.count(), 0, "{}", what());
            for key in ["verdict", "step", "lowest", "counts", "wire", "targets"] {
                assert_eq!(file.summary[key], ledger.summary[key], "{key}: {}", what());
            }
        }
    }
    let never: Vec<_> = never.into_iter().map(|index| ALL[index].rule).collect();
    assert!(never.is_empty(), "no catalogue could be changed for {never:?}");
}

/// A verdict or a step, by how severe it is.
fn rank(word: &Value) -> usize {
    let words = ["documents", "compatible", "breaking", "forbidden", "none", "patch", "minor", "major"];
    let place = words.iter().position(|it| word == it);
    place.expect("a verdict or a step")
}

#[test]
fn two_changes_are_both_of_them() {
    for seed in seeds() {
        let mut project = Project::new(seed);
        let mut pairs = 0;
        for _ in 0..200 {
            let [first, second] = [0; 2].map(|_| project.random.below(ALL.len()));
            let [first, second] = [&ALL[first], &ALL[second]];
            // The same chance makes the same changes again.
            let start = project.random.clone();
            let Some(one) = project.change(&[first]) else { continue };
            if one.is_empty() {
                continue;
            }
            let alone = project.against_ledger();
            project.random = start;
            let Some(both) = project.change(&[first, second]) else { continue };
            if both.len() == one.len() || !both.starts_with(&one) {
                continue;
            }
            let together = project.against_ledger();
            let what = format!("{} and {} of {}", first.rule, second.rule, project.what());
            assert!(alone.set().is_subset(&together.set()), "{what}: {alone:#?} {together:#?}");
            let others = together.changes.iter().filter(|it| !alone.changes.contains(it));
            for other in others.clone() {
                let rule = other["code"].as_str().expect("a code");
                assert!(second.expects(rule), "{what}: {other:#}");
                let code = &other["change"]["code"];
                assert!(code.is_null() || both[one.len()..].contains(code), "{what}: {other:#}");
            }
            for key in ["verdict", "step"] {
                let all = others.clone().map(|it| rank(&it["change"][key]));
                let most = all.chain([rank(&alone.summary[key])]).max();
                assert_eq!(Some(rank(&together.summary[key])), most, "{what}");
            }
            pairs += 1;
            if pairs == 12 {
                break;
            }
        }
        assert!(pairs >= 6, "{pairs}");
    }
}

/// The version of the step below the one that leads to a version. `None` if there is none.
fn lower(from: &str, lowest: &str) -> Option<String> {
    let numbers = |version: &str| -> Vec<u64> {
        let numbers = version.split(['.', '-']).take(3);
        numbers.map(|it| it.parse().expect("a number")).collect()
    };
    let (from, lowest) = (numbers(from), numbers(lowest));
    if from[0] != lowest[0] {
        Some(format!("{}.{}.0", from[0], from[1] + 1))
    } else if from[1] != lowest[1] {
        Some(format!("{}.{}.{}", from[0], from[1], from[2] + 1))
    } else {
        None
    }
}

#[test]
fn a_release_needs_the_step_that_is_shown() {
    for seed in seeds() {
        let mut project = Project::new(seed);
        let version = project.catalogue["version"].as_str().expect("a version").to_owned();
        for mutation in ALL {
            if project.change(&[mutation]).is_none() {
                continue;
            }
            let found = project.against_ledger();
            let what = || format!("{} of {}: {found:#?}", mutation.rule, project.what());
            let Some(lowest) = found.summary["lowest"].as_str() else {
                assert_eq!(found.summary["verdict"], "forbidden", "{}", what());
                let run = project.release("major");
                assert_eq!(run.status, 1, "{}", what());
                assert!(run.stderr.contains(&format!("error[{}]", mutation.rule)), "{run:#?}");
                continue;
            };
            let run = project.release(lowest);
            assert_eq!(run.status, 0, "{}: {run:#?}", what());
            let lower = lower(&version, lowest).filter(|_| !version.contains('-'));
            for refused in [Some(version.clone()), lower].into_iter().flatten() {
                let run = project.release(&refused);
                assert_eq!(run.status, 2, "{refused}: {}: {run:#?}", what());
                assert!(run.stderr.contains("E707"), "{refused}: {}: {run:#?}", what());
            }
        }
    }
}
