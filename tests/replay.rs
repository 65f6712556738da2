//! A history of 165 commits, replayed: each commit that removes or reuses a released code is caught, in a full and in a shallow
//! clone, until it is undone, and no other one is.

mod support;

#[path = "changes/random.rs"]
mod random;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use random::Random;
use serde_json::Value;
use support::{Run, copy_into, errgen, git, repository, write};
use tempfile::TempDir;

const REMOVALS: usize = 34;
const REUSES: usize = 7;
const RELEASES: usize = 14;
const COMMITS: usize = 165;

/// Three groups in each of two categories.
const GROUPS: usize = 6;

/// Its files are small.
const TARGET: &str = "rows";

/// The rule and the code of what is wrong.
type Finding = (&'static str, u32);

#[derive(Clone)]
struct Error {
    code: u32,
    id: String,
    former: Vec<String>,
    group: usize,
    http: u16,
    message: String,
    description: String,
    since: Option<String>,
    deprecated: Option<(String, String)>,
    retired: Option<String>,
}

/// What no version allows, and how it is undone.
struct Breach {
    finding: Finding,
    /// The error as it was.
    before: Error,
    /// The id that the error has now, if it is still there.
    now: Option<String>,
    /// How many more events there are before it is undone.
    lasts: usize,
}

/// A catalogue in a repository.
struct History {
    folder: TempDir,
    random: Random,
    version: String,
    title: usize,
    errors: Vec<Error>,
    next_code: u32,
    breaches: Vec<Breach>,
    /// What is wrong at each commit.
    commits: Vec<BTreeSet<Finding>>,
}

/// What happens in a commit.
#[derive(Clone, Copy, PartialEq)]
enum Event {
    Remove,
    Reuse,
    Release,
    Other,
}

impl History {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path();
        git(path, &["init", "--quiet", "--initial-branch=main"]);
        let target = format!("{}/{TARGET}", support::TARGETS);
        copy_into(
            &repository().join(target),
            &path.join("templates").join(TARGET),
        );
        let mut history = Self {
            folder,
            random: Random::new(seed),
            version: "1.0.0".to_owned(),
            title: 0,
            errors: Vec::new(),
            next_code: 1000,
            breaches: Vec::new(),
            commits: Vec::new(),
        };
        for _ in 0..60 {
            history.add(Some("1.0.0"));
        }
        history.write();
        history.run(&["release", "--adopt"]).clean();
        history.commit();
        history
    }

    fn run(&self, words: &[&str]) -> Run {
        run(self.folder.path(), words)
    }

    fn write(&self) {
        write(self.folder.path(), "catalog.yaml", &self.text());
    }

    /// Commits what there is, under a tag with the number of the commit.
    fn commit(&mut self) {
        self.write();
        let (path, number) = (self.folder.path(), self.commits.len());
        git(path, &["add", "--all"]);
        let message = format!("Change {number}");
        git(
            path,
            &["commit", "--quiet", "--allow-empty", "--message", &message],
        );
        git(path, &["tag", &tag(number)]);
        let findings = self.breaches.iter().map(|breach| breach.finding);
        self.commits.push(findings.collect());
    }

    fn text(&self) -> String {
        let mut text = format!(
            "catalog: shop\nversion: {}\ntitle: {{ en: Errors of the shop {} }}\nlocales: [en]\ntargets: {{ {TARGET}: {{}} }}\ncategories:\n",
            self.version, self.title
        );
        for group in 0..GROUPS {
            if group % 3 == 0 {
                let number = group / 3;
                let _ = write!(
                    text,
                    "  - id: category_{number}\n    title: {{ en: Category {number} }}\n    groups:\n"
                );
            }
            let _ = write!(
                text,
                "      - id: group_{group}\n        title: {{ en: Group {group} }}\n        errors:\n"
            );
            for error in self.errors.iter().filter(|error| error.group == group) {
                error.write(&mut text);
            }
        }
        text
    }

    fn add(&mut self, since: Option<&str>) {
        let code = self.next_code;
        self.next_code += 1;
        let group = self.random.below(GROUPS);
        // Each group has errors from the start.
        let group = if since == Some("1.0.0") {
            code as usize % GROUPS
        } else {
            group
        };
        self.errors.push(Error {
            code,
            id: format!("error_{code}"),
            former: Vec::new(),
            group,
            http: self.random.pick(&[400, 404, 409, 422]),
            message: format!("Something is wrong with {code}"),
            description: format!("Number {code} is wrong."),
            since: since.map(str::to_owned),
            deprecated: None,
            retired: None,
        });
    }

    /// The place of an error that nothing is wrong with and that takes no other's place.
    fn any(&mut self, fits: impl Fn(&Error) -> bool) -> Option<usize> {
        let is_free = |error: &Error| {
            let named = |breach: &Breach| breach.now.as_ref() == Some(&error.id);
            let successors = self.errors.iter().filter_map(|it| it.deprecated.as_ref());
            !self.breaches.iter().any(named)
                && successors
                    .clone()
                    .all(|(_, successor)| *successor != error.id)
                && fits(error)
        };
        let places = (0..self.errors.len()).filter(|at| is_free(&self.errors[*at]));
        let places: Vec<_> = places.collect();
        (!places.is_empty()).then(|| self.random.pick(&places))
    }

    /// One that was released.
    fn released(&mut self) -> usize {
        let mut sizes = [0; GROUPS];
        self.errors.iter().for_each(|error| sizes[error.group] += 1);
        let found = self.any(|error| error.is_released() && sizes[error.group] > 3);
        found.expect("there are many")
    }

    fn breach(&mut self, finding: Finding, before: Error, now: Option<String>) {
        let lasts = self.random.below(4);
        self.breaches.push(Breach {
            finding,
            before,
            now,
            lasts,
        });
    }

    /// Takes a released error away, or gives it another code.
    fn remove(&mut self) {
        let at = self.released();
        let before = self.errors[at].clone();
        let now = if self.random.once_in(3) {
            self.errors[at].code = self.next_code;
            self.next_code += 1;
            Some(before.id.clone())
        } else {
            self.errors.remove(at);
            None
        };
        self.breach(("E801", before.code), before, now);
    }

    /// Gives a released code to another error, or changes the id alone.
    fn reuse(&mut self) {
        let at = self.released();
        let before = self.errors[at].clone();
        let number = self.commits.len();
        let error = &mut self.errors[at];
        error.id = format!("other_{}_{number}", error.code);
        error.former.clear();
        if self.random.once_in(2) {
            error.message = format!("Something else than {}", error.code);
            error.since = Some("next".to_owned());
            error.deprecated = None;
            error.retired = None;
        }
        let now = error.id.clone();
        self.breach(("E802", before.code), before, Some(now));
    }

    fn undo(&mut self, at: usize) {
        let Breach {
            finding: (rule, code),
            before,
            now,
            ..
        } = self.breaches.remove(at);
        let is_released = before.is_released();
        let place = now.and_then(|id| self.errors.iter().position(|error| error.id == id));
        match place {
            None => {
                let mut error = before;
                if error.deprecated.is_none() && error.retired.is_none() && self.random.once_in(3) {
                    error.retired = Some("next".to_owned());
                }
                self.errors.push(error);
            }
            Some(place) if rule == "E802" && self.random.once_in(2) => {
                // The new one gets a code of its own, or it was the same one.
                let error = &mut self.errors[place];
                if error.since.as_deref() == Some("next") && is_released {
                    error.code = self.next_code;
                    self.next_code += 1;
                    self.errors.push(before);
                } else {
                    error.former = before.former;
                    error.former.push(before.id);
                }
            }
            Some(place) => self.errors[place] = before,
        }
        assert!(self.errors.iter().any(|error| error.code == code));
    }

    /// Releases what there is, as the version that `errgen diff` asks for.
    fn release(&mut self) {
        self.write();
        let run = self.run(&["diff", "--format", "json"]);
        let last = run.stdout.lines().last().unwrap_or_default();
        let summary: Value = serde_json::from_str(last).expect("a summary");
        let lowest = summary["summary"]["lowest"].as_str();
        let lowest = lowest.unwrap_or_else(|| panic!("{}{}", run.stdout, run.stderr));
        let version = if lowest == self.version {
            "patch"
        } else {
            lowest
        };
        self.run(&["release", version]).clean();
        let path = self.folder.path().join("catalog.yaml");
        let written = std::fs::read_to_string(path).expect("the catalogue");
        let line = written.lines().nth(1).expect("the version");
        self.version = line.replace("version: ", "");
        for error in &mut self.errors {
            let deprecated = error.deprecated.as_mut().map(|(since, _)| since);
            let states = [
                Some(error.since.get_or_insert("next".to_owned())),
                deprecated,
                error.retired.as_mut(),
            ];
            for since in states.into_iter().flatten().filter(|it| *it == "next") {
                since.clone_from(&self.version);
            }
        }
        assert_eq!(written, self.text());
    }

    /// A change that a version allows.
    fn change(&mut self) {
        let kind = self.random.below(10);
        let number = self.commits.len();
        let free = self.any(|error| error.deprecated.is_none() && error.retired.is_none());
        let at = free.expect("there are many");
        let error = &mut self.errors[at];
        match kind {
            0 | 1 => {
                let since = self.random.once_in(2).then_some("next");
                self.add(since);
            }
            2 => {
                let id = format!("renamed_{}_{number}", error.code);
                error.former.push(std::mem::replace(&mut error.id, id));
            }
            3 => error.http = if error.http == 404 { 410 } else { 404 },
            4 => error.message = format!("Reworded {number} times"),
            5 => error.description = format!("It was described {number} times."),
            6 => {
                let other = self.any(|error| error.deprecated.is_none() && error.retired.is_none());
                let other = other.expect("there are many");
                if other != at {
                    let successor = self.errors[other].id.clone();
                    self.errors[at].deprecated = Some(("next".to_owned(), successor));
                }
            }
            7 => error.retired = Some("next".to_owned()),
            8 => self.title += 1,
            _ => {
                // What was not released may go.
                match self.any(|error| !error.is_released()) {
                    Some(at) if self.random.once_in(2) => drop(self.errors.remove(at)),
                    _ => {
                        let group = self.random.below(GROUPS);
                        self.errors[at].group = group;
                    }
                }
            }
        }
    }

    /// All events, in the order of chance.
    fn events(&mut self) -> Vec<Event> {
        let others = COMMITS - 1 - 2 * (REMOVALS + REUSES) - RELEASES;
        let counts = [
            (Event::Remove, REMOVALS),
            (Event::Reuse, REUSES),
            (Event::Release, RELEASES),
            (Event::Other, others),
        ];
        let mut rest: Vec<_> = counts
            .iter()
            .flat_map(|(event, count)| vec![*event; *count])
            .collect();
        let mut events = Vec::new();
        while !rest.is_empty() {
            events.push(rest.swap_remove(self.random.below(rest.len())));
        }
        events
    }

    fn play(&mut self) {
        for event in self.events() {
            let is_release = event == Event::Release;
            while let Some(at) = self
                .breaches
                .iter()
                .position(|it| it.lasts == 0 || is_release)
            {
                self.undo(at);
                self.commit();
            }
            self.breaches
                .iter_mut()
                .for_each(|breach| breach.lasts -= 1);
            match event {
                Event::Remove => self.remove(),
                Event::Reuse => self.reuse(),
                Event::Release => self.release(),
                Event::Other => self.change(),
            }
            self.commit();
        }
        while !self.breaches.is_empty() {
            self.undo(0);
            self.commit();
        }
    }
}

impl Error {
    fn is_released(&self) -> bool {
        self.since.as_ref().is_some_and(|since| since != "next")
    }

    fn write(&self, text: &mut String) {
        let Self {
            code,
            id,
            http,
            message,
            description,
            ..
        } = self;
        let _ = write!(text, "          - code: {code}\n            id: {id}\n");
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(text, "            {key}: {value}");
        };
        if let Some(since) = &self.since {
            line("since", since);
        }
        if !self.former.is_empty() {
            line("renamed_from", &format!("[{}]", self.former.join(", ")));
        }
        line("http", &http.to_string());
        line("message", message);
        line("description", &format!("{{ en: {description} }}"));
        if let Some((since, successor)) = &self.deprecated {
            line(
                "deprecated",
                &format!("{{ since: {since}, use: {successor} }}"),
            );
        }
        if let Some(since) = &self.retired {
            line("retired", &format!("{{ since: {since} }}"));
        }
    }
}

fn tag(number: usize) -> String {
    format!("commit-{number}")
}

fn run(folder: &Path, words: &[&str]) -> Run {
    errgen(
        folder,
        words.iter().copied().chain(["--templates", "templates"]),
    )
}

/// The errors that a command reports in a folder.
fn findings(folder: &Path, words: &[&str]) -> BTreeSet<(String, u32)> {
    let run = run(folder, &[words, &["--format", "json"]].concat());
    let lines = [
        run.stdout.as_str(),
        run.stderr.as_str(),
        run.totals.as_str(),
    ]
    .concat();
    let objects = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = objects.filter(|it| it["severity"] == "error");
    let found: BTreeSet<_> = errors
        .map(|error| {
            let text = |key: &str| error[key].as_str().expect("a text").to_owned();
            let message = text("message");
            let code = message
                .strip_prefix("the code ")
                .and_then(|rest| rest.split(' ').next());
            let code = code.and_then(|code| code.parse().ok());
            (text("code"), code.unwrap_or_else(|| panic!("{error:#}")))
        })
        .collect();
    assert_eq!(run.status, i32::from(!found.is_empty()), "{run:#?}");
    found
}

#[track_caller]
fn assert_found(folder: &Path, words: &[&str], number: usize, expected: &BTreeSet<Finding>) {
    let expected = expected
        .iter()
        .map(|(rule, code)| ((*rule).to_owned(), *code));
    let expected: BTreeSet<_> = expected.collect();
    assert_eq!(
        findings(folder, words),
        expected,
        "commit {number}: {words:?}"
    );
}

#[test]
fn a_removed_or_reused_code_is_caught_until_it_is_undone() {
    let mut history = History::new(1);
    history.play();
    let commits = &history.commits;
    assert_eq!(commits.len(), COMMITS);
    let none = BTreeSet::new();
    let before = std::iter::once(&none).chain(commits);
    let began = before
        .zip(commits)
        .map(|(before, now)| now.difference(before).count());
    let began: Vec<_> = began.collect();
    assert_eq!(began.iter().sum::<usize>(), REMOVALS + REUSES);
    let url = format!("file://{}", history.folder.path().display());

    let clones = tempfile::tempdir().expect("a temporary folder");
    git(clones.path(), &["clone", "--quiet", &url, "full"]);
    let full = clones.path().join("full");
    for (number, expected) in commits.iter().enumerate() {
        git(&full, &["checkout", "--quiet", "--detach", &tag(number)]);
        assert_found(&full, &["lint"], number, expected);
        if number % 8 == 0 {
            if expected.is_empty() {
                run(&full, &["generate", TARGET]).clean();
            }
            assert_found(&full, &["check", TARGET], number, expected);
        }
    }

    // Each commit that did it, and some others.
    for (number, expected) in commits.iter().enumerate() {
        if began[number] == 0 && number % 12 != 0 {
            continue;
        }
        let name = tag(number);
        let words = [
            "-c",
            "advice.detachedHead=false",
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--branch",
        ];
        git(
            clones.path(),
            &[&words[..], &[name.as_str(), &url, &name]].concat(),
        );
        let shallow = clones.path().join(&name);
        assert_found(&shallow, &["lint"], number, expected);
    }
}
