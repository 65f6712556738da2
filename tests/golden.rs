//! What errgen writes: `tests/cases/*` hold a catalogue and the expected output of every standard target and of every further
//! language that the tests have: all of it, or the files that `tests/cases/parts.txt` names, and a list of all.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::{
    BLESS, TARGETS, assert_same_tree, copy_into, errgen, folders_in, further_languages,
    project_of_further_languages, repository, standard_targets, tree, write,
};

#[test]
fn every_case_yields_what_is_expected_of_every_target() {
    for case in folders_in(&repository().join("tests/cases")) {
        let output = tempfile::tempdir().expect("a temporary folder");
        let targets = standard_targets();
        let catalog = case.join("catalog.yaml");
        generate(&catalog, targets.iter().map(String::as_str), output.path());
        // In a run of their own: the site shows samples of what it is generated with.
        let further = further_languages();
        let words = further.iter().map(String::as_str);
        let words = words.chain(["--templates", TARGETS]);
        let folder = project_of_further_languages(&case);
        generate(&folder.path().join("catalog.yaml"), words, output.path());
        keep_parts(output.path());
        let expected = case.join("expected");
        if std::env::var_os(BLESS).is_some() {
            let _ = fs::remove_dir_all(&expected);
            copy_into(output.path(), &expected);
        }
        assert_same_tree(output.path(), &expected);
    }
}

/// `tests/shapes/*` hold a catalogue in the shape of a well-known API's errors, and what its documents and vectors are.
/// `tests/sdk/run` holds the modules against these vectors, and against `tests/vectors/shape_*.json`.
#[test]
fn every_shape_yields_what_is_expected_of_documents() {
    for shape in folders_in(&repository().join("tests/shapes")) {
        let output = tempfile::tempdir().expect("a temporary folder");
        let targets = ["conformance", "markdown", "openapi"];
        generate(&shape.join("catalog.yaml"), targets, output.path());
        let expected = shape.join("expected");
        if std::env::var_os(BLESS).is_some() {
            let _ = fs::remove_dir_all(&expected);
            copy_into(output.path(), &expected);
        }
        assert_same_tree(output.path(), &expected);
    }
}

/// `tests/sdk/run` holds the modules of these against their vectors, and with `ERRGEN_DEEP=1` the documents as well.
#[test]
fn every_example_of_a_catalogue_is_clean_and_goes_through_every_target() {
    let examples = folders_in(&repository().join("examples/catalogues"));
    assert_eq!(examples.len(), 5);
    for example in examples {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_into(&example, folder.path());
        let linted = errgen(folder.path(), ["lint", "--deny-warnings"]).clean();
        assert_eq!(linted.stdout, "catalog.yaml: no problems found\n");
        let targets = standard_targets();
        let words = || targets.iter().map(String::as_str);
        errgen(folder.path(), ["generate"].into_iter().chain(words())).clean();
        for target in &targets {
            assert!(folder.path().join("generated").join(target).is_dir());
        }
        errgen(folder.path(), ["check"].into_iter().chain(words())).clean();
    }
}

/// `tests/options/<target>` holds a catalogue, and a folder for each setting of the target's options.
#[test]
fn every_setting_of_an_option_yields_what_is_expected() {
    for folder in folders_in(&repository().join("tests/options")) {
        let name = folder.file_name().expect("a name");
        let target = name.to_str().expect("a name in UTF-8");
        let catalog = fs::read_to_string(folder.join("catalog.yaml")).expect("a catalogue");
        for case in folders_in(&folder) {
            let settings = fs::read_to_string(case.join("targets.yaml")).expect("the settings");
            let output = tempfile::tempdir().expect("a temporary folder");
            write(
                output.path(),
                "catalog.yaml",
                &(catalog.clone() + &settings),
            );
            errgen(output.path(), ["generate", target]).clean();
            let expected = case.join("expected");
            let written = output.path().join("generated").join(target);
            if std::env::var_os(BLESS).is_some() {
                let _ = fs::remove_dir_all(&expected);
                copy_into(&written, &expected);
            }
            assert_same_tree(&written, &expected);
        }
    }
}

#[test]
fn the_checked_in_output_is_that_of_the_catalogue() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let catalog = repository().join("catalog.yaml");
    fs::copy(catalog, project.path().join("catalog.yaml")).expect("a copy");
    errgen(project.path(), ["generate"]).clean();
    if std::env::var_os(BLESS).is_none() {
        let generated = project.path().join("generated");
        assert_same_tree(&generated, &repository().join("generated"));
    }
}

/// The standard targets are in the binary with their manifests as JSON, and known to name nothing that there is not. Their
/// own folder is read as anyone's is: as YAML, and by the guard.
#[test]
fn the_folder_of_the_standard_targets_yields_the_same_as_the_binary() {
    let targets = standard_targets();
    let targets = || targets.iter().map(String::as_str);
    for case in folders_in(&repository().join("tests/cases")) {
        let catalog = case.join("catalog.yaml");
        let embedded = tempfile::tempdir().expect("a temporary folder");
        generate(&catalog, targets(), embedded.path());
        let read = tempfile::tempdir().expect("a temporary folder");
        let words = targets().chain(["--templates", "templates"]);
        generate(&catalog, words, read.path());
        assert_same_tree(read.path(), embedded.path());
    }
}

/// Generates these targets, or those that the catalogue names.
fn generate<'a>(catalog: &'a Path, targets: impl IntoIterator<Item = &'a str>, output: &'a Path) {
    let catalog = catalog.to_str().expect("a path in UTF-8");
    let output = output.to_str().expect("a path in UTF-8");
    let options = ["--catalog", catalog, "--out", output];
    let words = ["generate"].into_iter().chain(targets);
    errgen(repository(), words.chain(options)).clean();
}

/// Leaves of targets that write many files alike some, and a list of all.
fn keep_parts(output: &Path) {
    let parts = fs::read_to_string(repository().join("tests/cases/parts.txt")).expect("the parts");
    let parts: BTreeSet<&str> = parts
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let folders: BTreeSet<&str> = parts
        .iter()
        .filter_map(|path| path.split('/').next())
        .collect();
    for folder in folders.into_iter().map(|folder| output.join(folder)) {
        let files: Vec<String> = tree(&folder).into_keys().collect();
        for file in &files {
            let path = folder.join(file);
            let name = path.strip_prefix(output).expect("below the folder");
            if !parts.contains(name.to_str().expect("a path in UTF-8")) {
                fs::remove_file(path).expect("a file");
            }
        }
        fs::write(folder.join("files.txt"), files.join("\n") + "\n").expect("the list");
    }
}
