//! Runs errgen with every catalogue from which fuzzing starts, and with every one that it broke errgen with.
//!
//! `fuzz/README.md` says where they come from.

// What the fuzz targets call: it compiles, and holds, wherever the tests run.
#[path = "../fuzz/src/ledger.rs"]
mod ledger;
#[path = "../fuzz/src/stages.rs"]
mod stages;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use support::{Run, errgen, repository};
use walkdir::WalkDir;

/// All files with catalogues under `fuzz/`.
fn catalogues() -> Vec<PathBuf> {
    let folders = ["fuzz/seeds/catalogues", "fuzz/regressions/catalogues"];
    let entries = folders
        .iter()
        .flat_map(|folder| WalkDir::new(repository().join(folder)).sort_by_file_name());
    let files: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    assert!(files.len() > 20, "{files:?}");
    files
}

/// Asserts that a run ended with an exit status of errgen's, and did not crash.
#[track_caller]
fn assert_ended(catalogue: &Path, run: &Run) {
    let Run { status, stderr, .. } = run;
    let name = catalogue.display();
    assert!((0..=2).contains(status), "{name}: {status}: {stderr}");
    assert!(!stderr.contains("panicked"), "{name}: {stderr}");
}

#[test]
fn every_catalogue_is_linted_in_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for catalogue in catalogues() {
        fs::copy(&catalogue, folder.path().join("catalog.yaml")).expect("a copy");
        for format in ["human", "json", "sarif", "github"] {
            let run = errgen(folder.path(), ["lint", "--format", format]);
            assert_ended(&catalogue, &run);
        }
        for option in ["--diff", "--fix"] {
            assert_ended(&catalogue, &errgen(folder.path(), ["lint", option]));
        }
        let again = errgen(folder.path(), ["lint", "--fix"]);
        assert!(
            !again.stdout.contains("fixed"),
            "{catalogue:?}: {}",
            again.stdout
        );
    }
}

#[test]
fn every_catalogue_is_generated_from_or_refused() {
    for catalogue in catalogues() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::copy(&catalogue, folder.path().join("catalog.yaml")).expect("a copy");
        let run = errgen(folder.path(), ["generate"]);
        assert_ended(&catalogue, &run);
        assert_eq!(
            run.status == 0,
            folder.path().join("generated").exists(),
            "{}",
            catalogue.display()
        );
    }
}

#[test]
fn every_catalogue_passes_through_the_fuzz_targets() {
    for catalogue in catalogues() {
        let bytes = fs::read(&catalogue).expect("the file can be read");
        let source = match stages::source(&bytes) {
            Ok(source) => source,
            Err(diagnostics) => {
                stages::assert_shown(&diagnostics);
                continue;
            }
        };
        stages::assert_shown(&stages::findings(&source));
        match stages::generate(&source, None) {
            Some(Ok(targets)) => stages::assert_sound(&targets),
            Some(Err(diagnostics)) => stages::assert_shown(&diagnostics),
            None => {}
        }
    }
}

/// Those that tests have, and each with a line that is lost, repeated or changed.
#[test]
fn every_ledger_passes_through_its_fuzz_target() {
    let folders = support::folders_in(&repository().join("tests/invalid"));
    let paths = folders
        .iter()
        .map(|folder| folder.join("catalog.ledger.yaml"));
    let texts: BTreeSet<_> = paths
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    assert!(texts.len() > 10);
    for text in texts {
        ledger::assert_withstood(&text);
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        for (at, line) in lines.iter().enumerate() {
            let [before, after] = [&lines[..at], &lines[at + 1..]].map(<[&str]>::concat);
            let changed = line.replacen("1.0.0", "2.0.0", 1).replace("404", "405");
            for line in ["", &line.repeat(2), &changed] {
                ledger::assert_withstood(&format!("{before}{line}{after}"));
            }
        }
    }
}
