//! The sandbox of a build, which hands every input over as a link.

#![cfg(unix)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{CATALOG, errgen, link, project, tree, write};
use tempfile::TempDir;

const OPTIONS: [&str; 3] = ["demo", "--templates", "templates"];

fn run(folder: &Path, command: &str, options: &[&str]) -> support::Run {
    let words = [command].into_iter().chain(OPTIONS);
    errgen(folder, words.chain(options.iter().copied()))
}

/// A folder with a link for each file of another one.
fn sandbox(source: &Path) -> TempDir {
    let sandbox = tempfile::tempdir().expect("a temporary folder");
    for path in tree(source).keys() {
        let place = sandbox.path().join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        link(&source.join(path), &place);
    }
    sandbox
}

/// The project that the links lead to, with its output.
fn source() -> (TempDir, PathBuf) {
    let project = project();
    write(project.path(), "templates/demo/parts/note.txt", "a note\n");
    run(project.path(), "generate", &[]).clean();
    let path = project.path().canonicalize().expect("the project");
    (project, path)
}

#[test]
fn an_allowed_folder_makes_links_out_of_the_folder_of_targets_work() {
    let (_project, source) = source();
    let sandbox = sandbox(&source);
    let here = sandbox.path();
    let run_it = |command: &str, allowed: &Path| {
        let allowed = allowed.to_str().expect("a path in UTF-8");
        run(
            here,
            command,
            &["--out", "out", "--allow-links-to", allowed],
        )
    };
    let refused = run(here, "generate", &["--out", "out"]);
    let expected = "\
templates/demo/category.txt.tera: error[E510]: this link leads out of the `--templates` folder
  = help: replace it with a copy of what it links to, or allow links there with `--allow-links-to DIR`
";
    assert_eq!((refused.status, refused.stderr.as_str()), (2, expected));
    let elsewhere = run_it("generate", Path::new("/dev"));
    assert_eq!((elsewhere.status, elsewhere.stderr.as_str()), (2, expected));
    run_it("generate", &source).clean();
    run_it("check", &source).clean();
    let mut written = tree(&here.join("out/demo"));
    let mut wanted = tree(&source.join("generated/demo"));
    for files in [&mut written, &mut wanted] {
        files.remove(".errgen-files");
    }
    assert!(written == wanted);
}

#[test]
fn whole_folders_may_be_links_too() {
    let (_project, source) = source();
    let allowed = source.to_str().expect("a path in UTF-8");
    for place in ["templates/demo/parts", "templates/demo", "templates"] {
        let sandbox = sandbox(&source);
        let here = sandbox.path();
        fs::remove_dir_all(here.join(place)).expect("removed");
        link(&source.join(place), &here.join(place));
        run(here, "check", &["--allow-links-to", allowed]).clean();
    }
}

#[test]
fn check_reads_through_links_and_says_only_what_is_wrong_with_the_content() {
    let (_project, source) = source();
    let allowed = source.to_str().expect("a path in UTF-8");
    let allow = ["--allow-links-to", allowed];
    for folder in [
        None,
        Some("generated"),
        Some("generated/demo"),
        Some(".errgen"),
    ] {
        // In a repository as well.
        for is_repository in [false, true] {
            let sandbox = sandbox(&source);
            let here = sandbox.path();
            if let Some(folder) = folder {
                fs::remove_dir_all(here.join(folder)).expect("removed");
                link(&source.join(folder), &here.join(folder));
            }
            if is_repository {
                fs::create_dir(here.join(".git")).expect("a folder");
            }
            let check = run(here, "check", &allow).clean();
            assert_eq!(check.stdout, "demo: 4 up to date in generated/demo\n");
            let outputs = run(here, "outputs", &allow).clean();
            assert_eq!(outputs.stdout.lines().count(), 5);
            // The catalogue has changed since.
            fs::remove_file(here.join("catalog.yaml")).expect("removed");
            write(
                here,
                "catalog.yaml",
                &CATALOG.replace("message: One", "message: Another"),
            );
            let check = run(here, "check", &allow);
            assert_eq!(check.status, 1);
            let start = "generated/demo/first/category.txt: error[E602]: this file is stale\n";
            assert!(check.stderr.contains(start), "{}", check.stderr);
            assert_eq!(
                check.stderr.matches("error[").count(),
                1,
                "{}",
                check.stderr
            );
        }
    }
}

/// Only reading is free: what is behind a link is never written.
#[test]
fn generate_writes_nothing_behind_a_link() {
    let (_project, source) = source();
    let allowed = source.to_str().expect("a path in UTF-8");
    let sandbox = sandbox(&source);
    let here = sandbox.path();
    let before = tree(&source);
    fs::remove_file(here.join("catalog.yaml")).expect("removed");
    write(
        here,
        "catalog.yaml",
        &CATALOG.replace("message: One", "message: Another"),
    );
    let run = run(here, "generate", &["--allow-links-to", allowed]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[E605]"), "{}", run.stderr);
    assert!(tree(&source) == before);
}
