//! `errgen import`: files of every format in `tests/import/`, each in its maker's own style, and the catalogues that come of them.
//!
//! A folder there holds what a user has: the files, perhaps a catalogue that is there already, and in `arguments` the words after
//! `errgen`. `expected/` holds what errgen says, and every file that it writes or changes. What a folder called `…-broken` has
//! cannot be imported.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{BLESS, Run, copy_into, errgen, expect_file, folders_in, repository, tree};
use tempfile::TempDir;

/// A project in a folder whose name is the same in every run: the catalogue is called after it.
struct Project {
    root: TempDir,
}

impl Project {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join("shop")).expect("a folder");
        Self { root }
    }

    fn of_case(case: &Path) -> Self {
        let project = Self::new();
        copy_into(case, &project.folder());
        let _ = fs::remove_dir_all(project.folder().join("expected"));
        project
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("shop")
    }

    fn text_of(&self, path: &str) -> String {
        fs::read_to_string(self.folder().join(path)).expect("a text")
    }

    fn run(&self, words: &str) -> Run {
        errgen(&self.folder(), words.split_whitespace())
    }
}

#[test]
fn each_file_gives_the_catalogue_that_is_expected() {
    for case in folders_in(&repository().join("tests/import")) {
        let project = Project::of_case(&case);
        let before = tree(&project.folder());
        let words = project.text_of("arguments");
        let run = project.run(&words);
        let after = tree(&project.folder());
        let is_new = |path: &String, content: &Vec<u8>| before.get(path) != Some(content);
        let changed: BTreeMap<_, _> = after
            .iter()
            .filter(|(path, content)| is_new(path, content))
            .collect();
        expect_all(&case.join("expected"), &run, &changed);

        let name = case.display();
        if case.to_string_lossy().ends_with("-broken") {
            assert_eq!(run.status, 1, "{name}: {}", run.stdout);
            assert!(changed.is_empty(), "{name}");
            continue;
        }
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        assert_usable(&project);
        if before.contains_key("catalog.yaml") {
            project.run(&words);
            assert!(
                after == tree(&project.folder()),
                "{name}: the second import"
            );
        }
    }
}

/// Holds what errgen said and wrote against the files of a folder, which has no others.
#[track_caller]
fn expect_all(expected: &Path, run: &Run, changed: &BTreeMap<&String, &Vec<u8>>) {
    fs::create_dir_all(expected).expect("a folder");
    let said = format!("{}exit status {}\n", run.stdout, run.status);
    expect_file(&expected.join("stdout"), &said);
    let said = format!("{}{}{}", run.headline, run.stderr, run.totals);
    expect_file(&expected.join("stderr"), &said);
    for (path, content) in changed {
        let path = expected.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        expect_file(&path, std::str::from_utf8(content).expect("a text"));
    }
    let is_said = |path: &String| path == "stdout" || path == "stderr";
    for path in tree(expected).keys() {
        if !is_said(path) && !changed.contains_key(path) {
            let is_blessed = std::env::var_os(BLESS).is_some();
            assert!(
                is_blessed,
                "{} has {path}, which is not written",
                expected.display()
            );
            fs::remove_file(expected.join(path)).expect("a file");
        }
    }
}

/// Asserts that a catalogue passes `lint`, and that something can be made of it.
#[track_caller]
fn assert_usable(project: &Project) {
    let run = project.run("lint");
    assert_eq!(
        run.status,
        0,
        "{}\n{}",
        run.stderr,
        project.text_of("catalog.yaml")
    );
    let output = project.root.path().join("output");
    let output = output.to_str().expect("a path in UTF-8");
    let folder = project.folder();
    let run = errgen(&folder, ["generate", "markdown", "--out", output]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

/// What a catalogue says of one message of an error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    code: String,
    id: String,
    http: String,
    category: String,
    group: String,
    message: String,
    description: String,
    resolution: String,
}

/// The rows of a catalogue in one file, with its texts in one locale.
fn rows_of(catalog: &str, locale: &str) -> Vec<Row> {
    let catalog: Value = serde_yaml::from_str(catalog).expect("YAML");
    let mut rows = Vec::new();
    for category in list(&catalog["categories"]) {
        let title = text_in(&category["title"], locale);
        for error in list(&category["errors"]) {
            add_rows(&mut rows, error, [&title, ""], locale);
        }
        for group in list(&category["groups"]) {
            let own = text_in(&group["title"], locale);
            for error in list(&group["errors"]) {
                add_rows(&mut rows, error, [&title, &own], locale);
            }
        }
    }
    rows
}

fn add_rows(rows: &mut Vec<Row>, error: &Value, [category, group]: [&str; 2], locale: &str) {
    let only = [error.clone()];
    let cases = match list(&error["cases"]) {
        [] => only.as_slice(),
        cases => cases,
    };
    rows.extend(cases.iter().map(|case| Row {
        code: text_in(&error["code"], locale),
        id: text_in(&error["id"], locale),
        http: text_in(&error["http"], locale),
        category: category.to_owned(),
        group: group.to_owned(),
        message: text_in(&case["message"], locale),
        description: text_in(&case["description"], locale),
        resolution: text_in(&error["resolution"], locale),
    }));
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A text in a locale, or one that is for all. Empty if there is none.
fn text_in(value: &Value, locale: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(texts) => texts
            .get(locale)
            .map(|it| text_in(it, locale))
            .unwrap_or_default(),
        other => other.to_string(),
    }
}

/// `{name}` as `{}`.
fn without_names(text: &str) -> String {
    let mut output = String::new();
    let mut is_name = false;
    for it in text.chars() {
        is_name = (is_name || it == '{') && it != '}';
        if !is_name || it == '{' {
            output.push(it);
        }
    }
    output
}

#[test]
fn the_published_page_gives_what_was_written_by_hand() {
    let project = Project::new();
    let page = repository().join("tests/published-page/api-error-codes.md");
    let page = page.to_str().expect("a path in UTF-8");
    let run = errgen(&project.folder(), ["import", page]).clean();
    assert_eq!(
        run.stdout.lines().next(),
        Some("159 rows: 158 errors, 1 with 2 cases, 2 parameters named by guess")
    );
    assert_usable(&project);
    let by_hand = fs::read_to_string(repository().join("catalog.yaml")).expect("the catalogue");
    let comparable = |text: &str| -> BTreeMap<(String, String), Row> {
        let rows = rows_of(text, "zh-TW").into_iter();
        let rows = rows.map(|row| Row {
            id: String::new(),
            resolution: String::new(),
            message: without_names(&row.message),
            ..row
        });
        rows.map(|row| ((row.code.clone(), row.message.clone()), row))
            .collect()
    };
    let imported = comparable(&project.text_of("catalog.yaml"));
    let mut by_hand = comparable(&by_hand);
    assert_eq!(imported.len(), 159);
    let mut without = 0;
    for (key, row) in &imported {
        // Where the page has no description, the hand-made catalogue has its own.
        if row.description.is_empty() {
            without += 1;
            by_hand
                .get_mut(key)
                .expect("the same row")
                .description
                .clear();
        }
    }
    assert_eq!(without, 104);
    assert_eq!(imported, by_hand);
}
