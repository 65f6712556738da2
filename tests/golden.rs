//! What errgen writes: `tests/cases/*` hold a catalogue and the expected output of every standard target.

mod support;

use std::fs;
use std::path::Path;

use support::{
    BLESS, assert_same_tree, copy_into, errgen, folders_in, repository, standard_targets, write,
};

#[test]
fn every_case_yields_what_is_expected_of_every_target() {
    for case in folders_in(&repository().join("tests/cases")) {
        let output = tempfile::tempdir().expect("a temporary folder");
        generate(&case.join("catalog.yaml"), output.path());
        let expected = case.join("expected");
        if std::env::var_os(BLESS).is_some() {
            let _ = fs::remove_dir_all(&expected);
            copy_into(output.path(), &expected);
        }
        assert_same_tree(output.path(), &expected);
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
    let output = tempfile::tempdir().expect("a temporary folder");
    generate(&repository().join("catalog.yaml"), output.path());
    if std::env::var_os(BLESS).is_none() {
        assert_same_tree(output.path(), &repository().join("generated"));
    }
}

/// Generates every standard target, whichever of them the catalogue names.
fn generate(catalog: &Path, output: &Path) {
    let targets = standard_targets();
    let catalog = catalog.to_str().expect("a path in UTF-8");
    let output = output.to_str().expect("a path in UTF-8");
    let options = ["--catalog", catalog, "--out", output];
    let words = ["generate"]
        .into_iter()
        .chain(targets.iter().map(String::as_str));
    errgen(repository(), words.chain(options)).clean();
}
