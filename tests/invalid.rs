//! What errgen says of what is wrong: `tests/invalid/*` each hold an input and the exact standard error.
//!
//! A folder holds `catalog.yaml` and whatever else the case needs; `arguments`, the command line, where it is not
//! `check`; `sparse`, a line with the name and the length of a file too large to be kept here; and `stderr`. Where the
//! rule's page has no example that can be run, `mend` says how to make all well: files in `mended/` take the place of others, then
//! each of its lines removes a file or runs errgen.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::{copy_into, copy_of, errgen, expect_file, folders_in, repository};

const RULES: &[&errgen::diagnostic::Rule] = errgen::diagnostic::ALL;

#[test]
fn every_case_says_exactly_what_is_expected() {
    for case in folders_in(&repository().join("tests/invalid")) {
        let stderr = say(&case);
        expect_file(&case.join("stderr"), &stderr);
    }
}

#[test]
fn every_rule_has_a_case_of_its_own() {
    let cases = folders_in(&repository().join("tests/invalid"));
    let named: BTreeSet<String> = cases
        .iter()
        .map(|case| case.file_name().expect("a name").to_string_lossy()[..4].to_owned())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(
        named, rules,
        "a case's name starts with the rule that it breaks"
    );
    for case in &cases {
        let code = &case.file_name().expect("a name").to_string_lossy()[..4];
        let stderr = fs::read_to_string(case.join("stderr")).expect("an expected text");
        assert!(
            stderr.contains(&format!("error[{code}]"))
                || stderr.contains(&format!("warning[{code}]")),
            "{}: no {code}",
            case.display()
        );
    }
}

#[test]
fn rules_have_codes_and_names_of_their_own() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!((codes.len(), names.len()), (RULES.len(), RULES.len()));
}

#[test]
fn what_is_mended_as_a_case_says_is_clean() {
    for case in folders_in(&repository().join("tests/invalid")) {
        let Ok(steps) = fs::read_to_string(case.join("mend")) else {
            continue;
        };
        let copy = copy_of(&case);
        let mended = case.join("mended");
        if mended.is_dir() {
            copy_into(&mended, copy.path());
        }
        for step in steps.lines() {
            match step.split_once(' ').expect("a step") {
                ("remove", path) => fs::remove_file(copy.path().join(path)).expect("a file"),
                ("errgen", words) => {
                    errgen(copy.path(), words.split_whitespace()).clean();
                }
                _ => panic!("{}: {step}", case.display()),
            }
        }
    }
}

#[test]
fn every_rule_has_a_case_that_keeps_it() {
    let cases = folders_in(&repository().join("tests/invalid"));
    let mended: BTreeSet<String> = cases
        .iter()
        .filter(|case| case.join("mend").exists())
        .map(|case| case.file_name().expect("a name").to_string_lossy()[..4].to_owned())
        .collect();
    for rule in RULES {
        // A good example that is YAML of a catalogue is run by `tests/rules.rs`.
        let (_, good) = rule.page.split_once("## Good").expect("a good example");
        let is_run = ["errors", "categories", "head", "catalog"]
            .iter()
            .any(|form| good.contains(&format!("```yaml {form}\n")));
        assert!(is_run || mended.contains(rule.code), "{}", rule.code);
    }
}

/// Runs a case in a copy of its folder and returns what it says; the tree must be left as it was.
fn say(case: &Path) -> String {
    let copy = copy_of(case);
    let read = |name: &str| fs::read_to_string(case.join(name)).ok();
    if let Some((name, length)) = read("sparse")
        .as_deref()
        .and_then(|line| line.trim().split_once(' '))
    {
        let file = fs::File::create(copy.path().join(name)).expect("a file");
        file.set_len(length.parse().expect("a length"))
            .expect("a sparse file");
    }
    let arguments = read("arguments").unwrap_or_else(|| "check".to_owned());
    let run = errgen(copy.path(), arguments.split_whitespace());
    let name = case.display();
    assert_eq!(run.stdout, "", "{name}");
    let stops_work = RULES
        .iter()
        .any(|rule| rule.stops_work && run.stderr.contains(&format!("error[{}]", rule.code)));
    let status = match () {
        () if stops_work => 2,
        () if run.stderr.contains(": error[") => 1,
        () => 0,
    };
    assert_eq!(run.status, status, "{name}");
    run.stderr
}
