//! Whose an output folder is, where a target has written before, and which two folders are one.

mod support;

#[path = "folders/owner.rs"]
mod owner;
#[path = "folders/place.rs"]
mod place;
#[path = "folders/record.rs"]
mod record;

use std::fs;
use std::path::Path;

use support::{CATALOG, copy_into, project, repository};
use tempfile::TempDir;

const GENERATE: [&str; 4] = ["generate", "demo", "--templates", "templates"];
const CHECK: [&str; 4] = ["check", "demo", "--templates", "templates"];
const ALL: [&str; 3] = ["generate", "--templates", "templates"];
const CHECK_ALL: [&str; 3] = ["check", "--templates", "templates"];

/// A copy of a folder in `tests/folders`.
fn case(name: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_into(
        &repository().join("tests/folders").join(name),
        folder.path(),
    );
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A catalogue whose targets have these settings.
fn with_targets(targets: &str) -> String {
    CATALOG.replace("categories:", &format!("targets: {targets}\ncategories:"))
}

/// A project with a second target, `more`, like the first.
fn project_of_two() -> TempDir {
    let project = project();
    copy_into(
        &project.path().join("templates/demo"),
        &project.path().join("templates/more"),
    );
    project
}

const RECORD: &str = ".errgen/folders";

/// The lines of the record without its head, with spaces for tabs.
fn recorded(folder: &Path) -> Vec<String> {
    let text = read(folder, RECORD);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.replace('\t', " ")).collect()
}
