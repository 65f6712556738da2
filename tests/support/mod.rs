//! What the tests share: they run the binary on files and look at what it says and leaves behind.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Set to rewrite the expected files, as `make bless` does.
pub const BLESS: &str = "ERRGEN_BLESS";

/// The folder of the targets that are the tests' own.
pub const TARGETS: &str = "tests/targets";

/// Two categories with an error each.
pub const CATALOG: &str = "
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
categories:
  - id: first
    title: { en: First }
    errors:
      - { code: 1, id: one, http: 404, message: One, description: { en: The one. } }
  - id: second
    title: { en: Second }
    errors:
      - { code: 2, id: two, http: 404, message: Two, description: { en: The two. } }
";

/// A file for each category, in a folder of its own, and a static one.
pub const TARGET: &str = r#"
description: A demonstration
files:
  - { template: category.txt.tera, path: "{{ category.id }}/category.txt", each: [category] }
"#;

pub const TEMPLATE: &str =
    "{{ notice }}\n{% for error in category.errors %}{{ error.message.value }}\n{% endfor %}";

/// A folder with a catalogue, a target of its own and nothing generated yet.
pub fn project() -> TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", CATALOG);
    write(project.path(), "templates/demo/target.yaml", TARGET);
    write(project.path(), "templates/demo/category.txt.tera", TEMPLATE);
    write(project.path(), "templates/demo/static.txt", "as it is\n");
    project
}

pub fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

/// How a run of errgen ended.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    /// Without the lines that sum up: the first of `check`, and the last of every command.
    pub stderr: String,
    /// The first line, `2 files are not up to date`, and the blank one after it. Empty if there is none.
    pub headline: String,
    /// The last line, `3 errors, 2 warnings`, and the blank one before it. Empty if there is none.
    pub totals: String,
}

/// Runs errgen in a folder.
pub fn errgen<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_errgen"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        // Paths in annotations are relative to it: to the folder, wherever the tests are checked out.
        .env("GITHUB_WORKSPACE", folder)
        .output()
        .expect("errgen starts");
    output.into()
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = output;
        let mut headline = String::from_utf8(stderr).expect("standard error is UTF-8");
        let mut stderr = headline.split_off(headline_of(&headline).len());
        let totals = stderr.split_off(without_totals(&stderr).len());
        Self {
            status: status.code().expect("errgen ends by itself"),
            stdout: String::from_utf8(stdout).expect("standard output is UTF-8"),
            stderr,
            headline,
            totals,
        }
    }
}

/// The first line of `check`, and the blank one after it.
fn headline_of(stderr: &str) -> &str {
    let line = stderr.lines().next().unwrap_or_default();
    let is_headline = [" file is not up to date: ", " files are not up to date: "]
        .iter()
        .any(|words| line.contains(words));
    if is_headline {
        &stderr[..line.len() + 2]
    } else {
        ""
    }
}

/// Standard error without the totals, such as `3 errors, 2 warnings`, and the blank line before them.
pub fn without_totals(stderr: &str) -> &str {
    let at = stderr.rfind("\n\n").map_or(0, |at| at + 1);
    let (before, last) = stderr.split_at(at);
    let mut words = last.trim_start().split([' ', ';', '\n']);
    let is_counted = words
        .next()
        .is_some_and(|word| word.replace(',', "").parse::<usize>().is_ok());
    let what = words.next().unwrap_or_default().trim_end_matches(',');
    if is_counted && ["error", "errors", "warning", "warnings"].contains(&what) {
        before
    } else {
        stderr
    }
}

impl Run {
    /// Asserts that all went well.
    #[track_caller]
    pub fn clean(self) -> Self {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (0, ""),
            "{}",
            self.stdout
        );
        self
    }
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of a folder, in a place of its own.
pub fn copy_of(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    copy_into(folder, copy.path());
    copy
}

pub fn copy_into(folder: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        let path = to.join(entry.path().strip_prefix(folder).expect("below the folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&path).expect("a folder");
        } else if let Ok(target) = fs::read_link(entry.path()) {
            link(&target, &path);
        } else {
            fs::copy(entry.path(), &path).expect("a copy");
        }
    }
}

#[cfg(unix)]
pub fn link(target: &Path, path: &Path) {
    std::os::unix::fs::symlink(target, path).expect("a link");
}

#[cfg(windows)]
pub fn link(target: &Path, path: &Path) {
    std::os::windows::fs::symlink_dir(target, path).expect("a link");
}

/// Runs git in a folder, as somebody.
#[track_caller]
pub fn git(folder: &Path, words: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    let status = Command::new("git")
        .args(identity)
        .args(words)
        .current_dir(folder)
        .status()
        .expect("git starts");
    assert!(status.success(), "git {words:?}");
}

/// The folders in a folder, sorted.
pub fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Every file below a folder, by its path in it.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().filter_map(|entry| {
        let entry = entry.ok()?;
        let path = entry.path().strip_prefix(folder).ok()?.to_str()?.to_owned();
        let content = entry
            .file_type()
            .is_file()
            .then(|| fs::read(entry.path()).ok())??;
        Some((path, content))
    });
    files.collect()
}

/// Asserts that two folders hold the same files, and names those that differ.
#[track_caller]
pub fn assert_same_tree(actual: &Path, expected: &Path) {
    let (actual, wanted) = (tree(actual), tree(expected));
    let paths: BTreeSet<_> = actual.keys().chain(wanted.keys()).collect();
    let differ: Vec<_> = paths
        .into_iter()
        .filter(|path| actual.get(*path) != wanted.get(*path))
        .collect();
    assert!(
        differ.is_empty(),
        "{} differs in {differ:#?}: run `make bless` and read the diff",
        expected.display()
    );
}

/// The names of the standard targets: the folders under `templates/`.
pub fn standard_targets() -> Vec<String> {
    let targets = folders_in(&repository().join("templates"));
    targets.iter().filter_map(|folder| name(folder)).collect()
}

fn name(folder: &Path) -> Option<String> {
    folder.file_name()?.to_str().map(str::to_owned)
}

/// The catalogue of a case for the languages that only the tests have, which no catalogue can name: where the vectors leave out
/// retired errors, so do their modules.
fn catalog_of_further_languages(case: &Path) -> String {
    const VECTORS: &str = "  conformance: { retired: drop }\n";
    let catalog = fs::read_to_string(case.join("catalog.yaml")).expect("a catalogue");
    let Some((head, rest)) = catalog.split_once(VECTORS) else {
        return catalog;
    };
    let languages = further_languages().into_iter();
    let settings = languages.map(|it| format!("  {it}: {{ retired: drop }}\n"));
    format!("{head}{VECTORS}{}{rest}", settings.collect::<String>())
}

/// The folder of a case for the languages that only the tests have: its catalogue, and the files which that includes.
pub fn project_of_further_languages(case: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for part in folders_in(case) {
        if !part.ends_with("expected") {
            copy_into(
                &part,
                &folder.path().join(part.file_name().expect("a name")),
            );
        }
    }
    let catalog = catalog_of_further_languages(case);
    write(folder.path(), "catalog.yaml", &catalog);
    folder
}

/// The languages that the tests have beside the standard ones: targets in [`TARGETS`] whose modules are checked under
/// `tests/sdk`, as those of a standard language are.
pub fn further_languages() -> Vec<String> {
    let is_checked = |id: &String| repository().join("tests/sdk").join(id).is_dir();
    let targets = folders_in(&repository().join(TARGETS));
    targets
        .iter()
        .filter_map(|folder| name(folder))
        .filter(is_checked)
        .collect()
}

/// Compares a text with an expected file, or rewrites that where we bless.
#[track_caller]
pub fn expect_file(path: &Path, actual: &str) {
    if !rewritten(path, actual.as_bytes()) {
        let expected = fs::read_to_string(path).unwrap_or_default();
        assert_eq!(actual, expected, "{}", differs(path));
    }
}

/// The same of bytes, which are too many to show.
#[track_caller]
pub fn expect_bytes(path: &Path, actual: &[u8]) {
    if !rewritten(path, actual) {
        let expected = fs::read(path).unwrap_or_default();
        assert!(actual == expected, "{}", differs(path));
    }
}

fn rewritten(path: &Path, content: &[u8]) -> bool {
    let bless = std::env::var_os(BLESS).is_some();
    if bless {
        fs::write(path, content).expect("the expected file can be written");
    }
    bless
}

fn differs(path: &Path) -> String {
    format!(
        "{} differs: run `make bless` and read the diff",
        path.display()
    )
}

/// A page with the part that is made from the sources, between its two marks, replaced.
pub fn with_part(page: &str, part: &str) -> String {
    let start = " by `make bless`, from here -->\n";
    let end = "<!-- to here -->";
    let (before, rest) = page.split_once(start).expect("where the part starts");
    let (_, after) = rest.split_once(end).expect("where the part ends");
    format!("{before}{start}\n{part}\n{end}{after}")
}
