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

/// How many catalogues there are, and with how many of them each change is tried.
const CATALOGUES: u64 = 12;
const TRIES: usize = 2;

/// Set to try every change with so many catalogues.
const MORE: &str = "ERRGEN_CATALOGUES";

fn more() -> Option<u64> {
    let set = std::env::var(MORE).ok()?;
    Some(set.parse().expect("a number"))
}

fn projects() -> Vec<Project> {
    let seeds = 0..more().unwrap_or(CATALOGUES);
    seeds.map(Project::new).collect()
}

/// Calls a function with every change, as often as it is tried.
fn each_change(mut visit: impl FnMut(&Mutation, &Project)) {
    let mut projects = projects();
    let most = more().map_or(TRIES, |_| usize::MAX);
    for (index, mutation) in ALL.iter().enumerate() {
        let at = index % projects.len();
        projects.rotate_left(at);
        let mut tried = 0;
        for project in &mut projects {
            if tried < most && project.change(&[mutation]).is_some() {
                visit(mutation, project);
                tried += 1;
            }
        }
        assert!(
            tried > 0,
            "no catalogue could be changed: {}",
            mutation.rule
        );
    }
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
        changes
            .map(|it| it["code"].as_str().expect("a code"))
            .collect()
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
        assert_eq!(
            run.status,
            0,
            "catalogue {seed}: {}\n{}",
            run.stderr,
            yaml(&project.catalogue)
        );
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
        let lines = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
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
            own.flat_map(|line| [mark, line, "\n"]).collect::<String>()
        };
        format!(
            "catalogue {}\n{}{}",
            self.seed,
            only("- ", &before, &now),
            only("+ ", &now, &before)
        )
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
    for project in projects() {
        for found in [project.against_file(), project.against_ledger()] {
            assert!(found.changes.is_empty(), "{}: {found:#?}", project.seed);
            assert_eq!(found.summary["step"], "none");
            assert_eq!(found.summary["lowest"], project.catalogue["version"]);
        }
    }
}

#[test]
fn every_change_is_found_in_a_file_and_in_a_ledger() {
    each_change(|mutation, project| {
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
    });
}

/// A verdict or a step, by how severe it is.
fn rank(word: &Value) -> usize {
    let words = [
        "documents",
        "compatible",
        "breaking",
        "forbidden",
        "none",
        "patch",
        "minor",
        "major",
    ];
    let place = words.iter().position(|it| word == it);
    place.expect("a verdict or a step")
}

#[test]
fn two_changes_are_both_of_them() {
    let mut pairs = 0;
    let mut projects = projects();
    let wanted = projects.len() * 5;
    while pairs < wanted {
        let at = pairs % projects.len();
        let project = &mut projects[at];
        let [first, second] = [0; 2].map(|_| &ALL[project.random.below(ALL.len())]);
        // The same chance makes the first change again.
        let start = project.random.clone();
        let Some(one) = project.change(&[first]).filter(|codes| !codes.is_empty()) else {
            continue;
        };
        let alone = project.against_ledger();
        project.random = start;
        let Some(both) = project.change(&[first, second]) else {
            continue;
        };
        // A second change that is of no error may be of anything.
        let Some(more) = both
            .strip_prefix(one.as_slice())
            .filter(|more| !more.is_empty())
        else {
            continue;
        };
        let together = project.against_ledger();
        let what = || format!("{} and {} of {}", first.rule, second.rule, project.what());
        let is_kept = |it: &&Value| together.changes.contains(it);
        let lost: Vec<_> = alone.changes.iter().filter(|it| !is_kept(it)).collect();
        assert!(lost.is_empty(), "{}: {lost:#?}", what());
        let others = together
            .changes
            .iter()
            .filter(|it| !alone.changes.contains(it));
        let others: Vec<_> = others.collect();
        for other in &others {
            let rule = other["code"].as_str().expect("a code");
            let code = &other["change"]["code"];
            let is_expected = second.expects(rule) && (code.is_null() || more.contains(code));
            assert!(is_expected, "{}: {other:#}", what());
        }
        for key in ["verdict", "step"] {
            let all = others.iter().map(|it| rank(&it["change"][key]));
            let most = all.chain([rank(&alone.summary[key])]).max();
            assert_eq!(Some(rank(&together.summary[key])), most, "{}", what());
        }
        pairs += 1;
    }
}

/// The version of the step below the one that leads to a version. `None` if there is none.
fn lower(from: &str, lowest: &str) -> Option<String> {
    // After a pre-release, any higher version will do.
    if from.contains('-') {
        return None;
    }
    let numbers = |version: &str| -> Vec<u64> {
        let numbers = version.split('.');
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
    each_change(|mutation, project| {
        let version = project.catalogue["version"].as_str().expect("a version");
        let found = project.against_ledger();
        let what = || format!("{} of {}: {found:#?}", mutation.rule, project.what());
        let Some(lowest) = found.summary["lowest"].as_str() else {
            assert_eq!(found.summary["verdict"], "forbidden", "{}", what());
            let run = project.release("major");
            assert_eq!(run.status, 1, "{}", what());
            let rule = format!("error[{}]", mutation.rule);
            assert!(run.stderr.contains(&rule), "{}: {run:#?}", what());
            return;
        };
        let run = project.release(lowest);
        assert_eq!(run.status, 0, "{}: {run:#?}", what());
        let lower = lower(version, lowest);
        for refused in lower.iter().map(String::as_str).chain([version]) {
            let run = project.release(refused);
            assert_eq!(run.status, 2, "{refused}: {}: {run:#?}", what());
            assert!(
                run.stderr.contains("E707"),
                "{refused}: {}: {run:#?}",
                what()
            );
        }
    });
}
