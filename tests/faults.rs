//! Faults in the middle of a run: whatever happens, each file is wholly old or wholly new, nothing foreign has changed, and
//! the next run mends all. `docs/faults.md` has them in a table.

#![cfg(unix)]

mod support;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[path = "support/tracer.rs"]
mod tracer;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[path = "faults/at_calls.rs"]
mod at_calls;

#[path = "faults/around.rs"]
mod around;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use support::{CATALOG, errgen, project, tree, write};
use tempfile::TempDir;
use walkdir::WalkDir;

const GENERATE: [&str; 4] = ["generate", "demo", "--templates", "templates"];
const CHECK: [&str; 4] = ["check", "demo", "--templates", "templates"];

/// Below the project's folder.
const OUTPUT: &str = "generated/demo";

/// The second category goes, a third comes, and the first says something else.
fn changed_catalog() -> String {
    CATALOG
        .replace("message: One", "message: Another")
        .replace("id: second", "id: third")
}

/// A project with output of an older catalogue, and files that are not errgen's beside it.
fn outdated_project() -> TempDir {
    let project = project();
    errgen(project.path(), GENERATE).clean();
    write(project.path(), "catalog.yaml", &changed_catalog());
    for path in [
        "mine.txt",
        ".errgen-notes.tmp",
        "first/.errgen-0123456789abcdef.txt",
    ] {
        write(&project.path().join(OUTPUT), path, "not errgen's\n");
    }
    project
}

/// Every file and folder below a folder.
fn shape(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = WalkDir::new(folder).into_iter();
    let path = |entry: walkdir::DirEntry| entry.path().strip_prefix(folder).map(Path::to_owned);
    entries
        .map(|entry| path(entry.expect("an entry")).expect("below the folder"))
        .collect()
}

fn is_temporary(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let random = name
        .strip_prefix(".errgen-")
        .and_then(|it| it.strip_suffix(".tmp"));
    random.is_some_and(|it| it.len() == 16)
}

/// A project before a run, and as that run leaves it.
struct Case {
    old: TempDir,
    new: TempDir,
    words: &'static [&'static str],
}

impl Case {
    fn of(old: TempDir) -> Self {
        Self::of_run(old, &GENERATE)
    }

    fn of_run(old: TempDir, words: &'static [&'static str]) -> Self {
        let new = support::copy_of(old.path());
        errgen(new.path(), words.iter().copied()).clean();
        Self { old, new, words }
    }

    /// Asserts that each file is wholly old or wholly new, and that nothing foreign has changed.
    #[track_caller]
    fn assert_whole(&self, project: &Path, what: &str) {
        let (old, new, now) = (tree(self.old.path()), tree(self.new.path()), tree(project));
        for (path, content) in &now {
            let is_whole = [old.get(path), new.get(path)].contains(&Some(content));
            // errgen's own lists name more for a while.
            let is_list = path.ends_with(".errgen-files") || path.ends_with(".errgen/folders");
            assert!(is_whole || is_list || is_temporary(path), "{what}: {path}");
        }
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            assert!(now.contains_key(path), "{what}: {path} has gone");
        }
    }

    /// Asserts that the next run leaves all as if nothing had happened.
    #[track_caller]
    fn assert_mended(&self, project: &Path, what: &str) {
        let run = errgen(project, self.words.iter().copied());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{what}");
        assert!(tree(project) == tree(self.new.path()), "{what}");
        assert_eq!(shape(project), shape(self.new.path()), "{what}");
    }
}
