//! A fault at each of errgen's system calls in turn.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nix::errno::Errno;

use super::support::{self, CATALOG, copy_of, errgen, expect_file, project, tree, write};
use super::tracer::{Call, Ended, Fate, traced};
use super::{CHECK, Case, GENERATE, OUTPUT, changed_catalog, is_temporary, outdated_project};

/// Runs errgen under the tracer. If tracing is not allowed, the test is skipped loudly, in CI as well, because no script can
/// change what a kernel or a container forbids.
fn run(project: &Path, fate: impl FnMut(&Call) -> Fate) -> Option<Ended> {
    run_with(project, &GENERATE, fate)
}

/// The same with other arguments.
fn run_with(project: &Path, words: &[&str], fate: impl FnMut(&Call) -> Fate) -> Option<Ended> {
    match traced(project, words, fate) {
        Ok(ended) => Some(ended),
        Err(error) => {
            eprintln!("SKIPPED: this system does not let a process trace its child: {error}");
            None
        }
    }
}

/// Injects a fault at each call that writes, with one run for each. Passes on the call, the outcome and the project.
fn at_every_write(case: &Case, fault: Fate, mut then: impl FnMut(&str, &Ended, &Path)) {
    for nth in 0.. {
        let project = copy_of(case.old.path());
        let mut count = 0;
        let mut met = String::new();
        let ended = run_with(project.path(), case.words, |call| {
            count += usize::from(call.writes);
            if call.writes && count == nth + 1 {
                met = shown(project.path(), call);
                return fault;
            }
            Fate::Made
        });
        let Some(ended) = ended else { return };
        if met.is_empty() {
            assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
            assert!(nth > 8, "only {nth} calls write");
            return;
        }
        case.assert_whole(project.path(), &met);
        then(&met, &ended, project.path());
        case.assert_mended(project.path(), &met);
    }
}

/// A call, without the random part of a temporary file's name.
fn shown(project: &Path, call: &Call) -> String {
    let project = project.canonicalize().expect("the project");
    let path = call.path.strip_prefix(project).unwrap_or(&call.path);
    let path = path.to_str().expect("a path in UTF-8");
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if is_temporary(path) {
        format!("{} {folder}/.errgen-*.tmp", call.name)
    } else {
        format!("{} {path}", call.name)
    }
}

#[test]
fn killed_at_any_write_of_a_first_run() {
    at_every_write(&Case::of(project()), Fate::Killed, |met, ended, _| {
        assert_eq!(ended.status, None, "{met}");
    });
}

#[test]
fn killed_at_any_write_of_a_later_run() {
    at_every_write(
        &Case::of(outdated_project()),
        Fate::Killed,
        |met, ended, _| {
            assert_eq!(ended.status, None, "{met}");
        },
    );
}

/// A target that writes to another folder from now on: its old folder is cleaned, and the record of folders follows.
#[test]
fn killed_or_out_of_space_at_any_write_of_a_move() {
    let project = outdated_project();
    let moved = changed_catalog() + "targets: { demo: { out: moved/demo } }\n";
    write(project.path(), "catalog.yaml", &moved);
    let case = Case::of(project);
    assert!(case.new.path().join("moved/demo/third").is_dir());
    at_every_write(&case, Fate::Killed, |met, ended, _| {
        assert_eq!(ended.status, None, "{met}");
    });
    at_every_write(&case, Fate::Failed(Errno::ENOSPC), |met, ended, _| {
        // Failing to remove an empty folder is no error.
        let expected = i32::from(!met.starts_with("rmdir")) * 2;
        assert_eq!(ended.status, Some(expected), "{met}: {}", ended.stderr);
    });
}

/// A catalogue in several files, with something to stamp in each, and the ledger of an earlier release.
fn unreleased_project() -> tempfile::TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    let included = |category: &str, code: u8| {
        format!(
            "categories:\n  - id: {category}\n    title: {{ en: More }}\n    errors:\n      - code: {code}\n        id: error_{code}\n        http: 404\n        message: Message {code}\n        description: {{ en: Description {code}. }}\n        since: next\n"
        )
    };
    write(project.path(), "catalog.yaml", CATALOG);
    errgen(project.path(), ["release", "--adopt"]).clean();
    let more = CATALOG.replace(
        "categories:",
        "include: [errors/*.yaml, more/*.yaml]\ncategories:",
    );
    write(project.path(), "catalog.yaml", &more);
    write(project.path(), "errors/third.yaml", &included("third", 3));
    write(project.path(), "errors/fourth.yaml", &included("fourth", 4));
    write(project.path(), "more/fifth.yaml", &included("fifth", 5));
    project
}

/// Whatever is left, the next release finishes it; and until then, every other command says that it is not finished.
#[test]
fn killed_or_out_of_space_at_any_write_of_a_release() {
    let never_released = unreleased_project();
    fs::remove_file(never_released.path().join("catalog.ledger.yaml")).expect("removed");
    for (project, words) in [
        (unreleased_project(), &["release", "minor"][..]),
        (unreleased_project(), &["release", "1.1.0"]),
        // The version stays as it is, so that it tells nothing.
        (never_released, &["release"]),
    ] {
        let case = Case::of_run(project, words);
        let old = tree(case.old.path());
        let says_so = |met: &str, project: &Path| {
            let now = tree(project);
            let is_begun = now
                .iter()
                .any(|(path, content)| !is_temporary(path) && old.get(path) != Some(content));
            let lint = errgen(project, ["lint"]);
            assert_eq!(lint.status, i32::from(is_begun), "{met}: {}", lint.stderr);
            assert_eq!(lint.stderr.contains("error[E805]"), is_begun, "{met}");
        };
        at_every_write(&case, Fate::Killed, |met, ended, project| {
            assert_eq!(ended.status, None, "{met}");
            says_so(met, project);
        });
        at_every_write(&case, Fate::Failed(Errno::ENOSPC), |met, ended, project| {
            assert_eq!(ended.status, Some(2), "{met}: {}", ended.stderr);
            says_so(met, project);
        });
    }
}

/// Nobody's work is lost if the catalogue is edited between reading and writing.
#[test]
fn an_edit_between_plan_and_write_of_a_release() {
    let case = Case::of_run(unreleased_project(), &["release", "minor"]);
    let project = copy_of(case.old.path());
    let path = project.path().join("errors/third.yaml");
    let edited = fs::read_to_string(&path).expect("a file") + "# Edited meanwhile.\n";
    let mut done = false;
    let ended = run_with(project.path(), case.words, |call| {
        if !done && call.name == "lock" {
            done = true;
            fs::write(&path, &edited).expect("written");
        }
        Fate::Made
    });
    let Some(ended) = ended else { return };
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    let expected = edited.replace("since: next", "since: 1.1.0");
    assert_eq!(fs::read_to_string(&path).expect("a file"), expected);
}

/// The leftovers of a killed run are removed even if the catalogue has been changed back since.
#[test]
fn killed_and_the_catalogue_changed_back() {
    let case = Case::of(outdated_project());
    let back = copy_of(case.old.path());
    write(back.path(), "catalog.yaml", CATALOG);
    let back = Case::of(back);
    at_every_write(&case, Fate::Killed, |met, _, project| {
        write(project, "catalog.yaml", CATALOG);
        back.assert_mended(project, met);
        write(project, "catalog.yaml", &changed_catalog());
    });
}

#[test]
fn a_full_disk_at_any_write() {
    let mut log = String::new();
    at_every_write(
        &Case::of(outdated_project()),
        Fate::Failed(Errno::ENOSPC),
        |met, ended, project| {
            let status = ended.status.expect("errgen ends by itself");
            let _ = writeln!(log, "{met}\n  {status} {}", ended.stderr.trim_end());
            let left = tree(project).into_keys().find(|path| is_temporary(path));
            // If removing is what fails, the next run does it.
            assert!(
                left.is_none() || met.starts_with("unlink"),
                "{met}: {left:?}"
            );
        },
    );
    if !log.is_empty() {
        expect_file(
            &support::repository().join("tests/faults/full-disk.expected"),
            &log,
        );
    }
}

/// Runs errgen, and does something once, right before the first matching call.
fn meddle(
    project: &Path,
    is_the_one: impl Fn(&Call) -> bool,
    mut meddling: impl FnMut(),
) -> Option<Ended> {
    let mut done = false;
    let ended = run(project, |call| {
        if !done && is_the_one(call) {
            done = true;
            meddling();
        }
        Fate::Made
    })?;
    assert!(done, "errgen has made the call");
    Some(ended)
}

#[test]
fn a_folder_that_becomes_a_link_between_plan_and_write() {
    let project = outdated_project();
    write(project.path(), "outside/category.txt", "not errgen's\n");
    let first = project.path().join(OUTPUT).join("first");
    let ended = meddle(
        project.path(),
        |call| call.writes,
        || {
            fs::rename(&first, project.path().join("away")).expect("moved");
            support::link(Path::new("../../outside"), &first);
        },
    );
    let Some(ended) = ended else { return };
    let message = "generated/demo/first: error[E606]: this link leads out of the output folder\n  = help: remove the link: errgen writes only inside the output folder\n";
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(1), message));
    let outside = tree(&project.path().join("outside"));
    assert_eq!(
        outside.into_iter().collect::<Vec<_>>(),
        [("category.txt".to_owned(), b"not errgen's\n".to_vec())]
    );
}

#[test]
fn a_foreign_file_that_comes_between_plan_and_write() {
    let project = outdated_project();
    let path = "generated/demo/third/category.txt";
    let ended = meddle(
        project.path(),
        |call| call.writes,
        || {
            write(project.path(), path, "not errgen's\n");
        },
    );
    let Some(ended) = ended else { return };
    let message = format!(
        "{path}: error[E605]: errgen needs to write here, but did not create what is already there\n  = help: move or delete it, then generate again\n"
    );
    assert_eq!((ended.status, ended.stderr), (Some(1), message));
    assert_eq!(tree(project.path())[path], b"not errgen's\n");
}

#[test]
fn another_errgen_that_comes_between_plan_and_write() {
    for old in [project(), outdated_project()] {
        let case = Case::of(old);
        let project = copy_of(case.old.path());
        let wanted = fs::read_to_string(project.path().join("catalog.yaml")).expect("a catalogue");
        let other = changed_catalog().replace("id: third", "id: fourth");
        // The other one has its own catalogue, and starts when this one has made its plan.
        let ended = meddle(
            project.path(),
            |call| call.name == "lock",
            || {
                write(project.path(), "catalog.yaml", &other);
            },
        );
        let Some(ended) = ended else { return };
        assert_eq!(ended.status, Some(0));
        let ended = meddle(
            project.path(),
            |call| call.name == "mkdir" || call.name == "lock",
            || {
                errgen(project.path(), GENERATE).clean();
                write(project.path(), "catalog.yaml", &wanted);
            },
        );
        let Some(ended) = ended else { return };
        assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
        case.assert_mended(project.path(), "two at once");
        errgen(project.path(), CHECK).clean();
    }
}

#[test]
fn a_catalogue_that_changes_while_it_is_read() {
    let case = Case::of(outdated_project());
    let project = copy_of(case.old.path());
    write(project.path(), "catalog.yaml", CATALOG);
    // After the old text has been read, but before the end of the file has been seen.
    let reads = Cell::new(0);
    let is_read = |call: &Call| {
        let is_catalog = call.name == "read" && call.path.ends_with("catalog.yaml");
        reads.set(reads.get() + usize::from(is_catalog));
        is_catalog && reads.get() == 2
    };
    let ended = meddle(project.path(), is_read, || {
        write(project.path(), "catalog.yaml", &changed_catalog());
    });
    let Some(ended) = ended else { return };
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    assert!(
        tree(project.path()) == tree(case.new.path()),
        "it is read again"
    );
}

#[test]
fn a_catalogue_that_never_stops_to_change() {
    let project = outdated_project();
    let before = tree(&project.path().join(OUTPUT));
    let mut text = CATALOG.to_owned();
    let mut is_opened = false;
    let ended = run(project.path(), |call| {
        let is_catalog = call.path.ends_with("catalog.yaml");
        is_opened |= is_catalog && call.name == "open";
        if is_catalog && call.name == "read" && is_opened {
            is_opened = false;
            text.push_str("# more\n");
            write(project.path(), "catalog.yaml", &text);
        }
        Fate::Made
    });
    let Some(ended) = ended else { return };
    let message = "catalog.yaml: error[E001]: cannot be read: it kept changing while it was read\n";
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(2), message));
    assert!(tree(&project.path().join(OUTPUT)) == before);
}
