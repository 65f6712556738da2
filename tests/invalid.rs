//! What errgen says of what is wrong: `tests/invalid/*` each hold an input and the exact standard error.
//!
//! A folder holds `catalog.yaml` and whatever else the case needs; `arguments`, the command line, where it is not
//! `check`; `repeated`, a line with the name of a file, a number, and a line to add to it so many times; `sparse`, a line with the name and the length of a file too large to be kept here; `port`, one that is in use
//! meanwhile; `shell`, a command that sets a limit for errgen; and `stderr`. Where the rule's page has no example that can be run,
//! `mend` says how to make all well: files in `mended/` take the place of others, then each of its lines removes a file, runs
//! errgen, or starts it until it says something.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use support::{Run, copy_into, copy_of, errgen, expect_file, folders_in, repository};

const RULES: &[&errgen::diagnostic::Rule] = errgen::diagnostic::ALL;

#[test]
fn every_case_says_exactly_what_is_expected() {
    for case in folders_in(&repository().join("tests/invalid")) {
        let stderr = say(&case);
        expect_file(&case.join("stderr"), &stderr);
    }
}

/// A pipe would be waited for, and a device be read without end.
#[cfg(unix)]
#[test]
fn a_catalogue_that_is_a_pipe_or_a_device_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut made = Command::new("mkfifo");
    made.arg(folder.path().join("catalog.yaml"));
    assert!(made.status().expect("mkfifo starts").success());
    let message = |path: &str| {
        format!(
            "{path}: error[E001]: cannot be read: it is a pipe or a device, not a file\n  = help: save the catalogue as a file, and name that one\n"
        )
    };
    for words in [
        "generate",
        "generate --depfile errgen.d",
        "check",
        "lint",
        "lint --fix",
        "lint --format sarif",
        "outputs",
        "targets",
        "explain 1",
        "watch",
        "serve --port 0",
    ] {
        for catalog in ["catalog.yaml", "/dev/zero", "/dev/null"] {
            let named = ["--catalog", catalog];
            let named = if catalog == "catalog.yaml" {
                &[][..]
            } else {
                &named
            };
            let said = says_at_once(folder.path(), words.split(' ').chain(named.iter().copied()));
            if words.ends_with("sarif") {
                assert!(said.contains("it is a pipe or a device"), "{said}");
            } else {
                assert!(
                    said.starts_with(&message(catalog)),
                    "{words} {catalog}: {said}"
                );
            }
        }
    }
}

/// So would one in place of what errgen has written.
#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_an_output_is_reported_at_once() {
    for path in [
        ".errgen/folders",
        "generated/demo/.errgen-files",
        "generated/demo/static.txt",
    ] {
        let project = support::project();
        let words = ["generate", "demo", "--templates", "templates"];
        errgen(project.path(), words).clean();
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        if path.exists() {
            fs::remove_file(&path).expect("removed");
        }
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo starts").success());
        for command in ["generate", "check"] {
            let words = [command, "demo", "--templates", "templates"];
            let said = says_at_once(project.path(), words.into_iter());
            assert!(
                said.contains("error[E"),
                "{command} {}: {said}",
                path.display()
            );
        }
    }
}

/// What errgen says first. It is ended if it goes on, and the test fails if it says nothing.
#[cfg(unix)]
fn says_at_once<'a>(folder: &Path, words: impl Iterator<Item = &'a str>) -> String {
    let mut child = Command::new("sh")
        .args([
            "-c",
            "exec timeout 20 \"$0\" \"$@\" 2>&1",
            env!("CARGO_BIN_EXE_errgen"),
        ])
        .args(words)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("errgen starts");
    let mut said = String::new();
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    // `serve` first says where it serves.
    while !said.contains("help") && output.read_line(&mut said).expect("a line") > 0 {
        if said.contains("serving") {
            said.clear();
        }
    }
    // It may have ended already. `timeout` passes the signal on.
    let mut stop = Command::new("kill");
    stop.arg(child.id().to_string());
    stop.stderr(Stdio::null()).status().expect("kill starts");
    child.wait().expect("it has ended");
    said
}

/// The rules that something can break. Changes break none: `tests/compatibility.rs` has a case of each.
fn broken_rules() -> impl Iterator<Item = &'static errgen::diagnostic::Rule> {
    RULES.iter().copied().filter(|rule| !rule.is_change())
}

#[test]
fn every_rule_has_a_case_of_its_own() {
    let cases = folders_in(&repository().join("tests/invalid"));
    let named: BTreeSet<String> = cases
        .iter()
        .map(|case| case.file_name().expect("a name").to_string_lossy()[..4].to_owned())
        .collect();
    let rules = broken_rules().map(|rule| rule.code.to_owned());
    let rules: BTreeSet<String> = rules.collect();
    assert_eq!(
        named, rules,
        "a case's name starts with the rule that it breaks"
    );
    for case in &cases {
        let code = &case.file_name().expect("a name").to_string_lossy()[..4];
        let stderr = fs::read_to_string(case.join("stderr")).expect("an expected text");
        assert!(
            stderr.contains(&format!("error[{code}"))
                || stderr.contains(&format!("warning[{code}")),
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
                ("start", words) => assert_starts(copy.path(), words),
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
    for rule in broken_rules() {
        // A good example that is YAML of a catalogue is run by `tests/rules.rs`.
        let (_, good) = rule.page.split_once("## Good").expect("a good example");
        let is_run = ["errors", "categories", "head", "catalog"]
            .iter()
            .any(|form| good.contains(&format!("```yaml {form}\n")));
        assert!(is_run || mended.contains(rule.code), "{}", rule.code);
    }
}

/// Runs errgen in a shell that has set a limit.
fn limited(folder: &Path, limit: &str, arguments: &str) -> Run {
    let script = format!("{limit}exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_errgen")])
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output();
    output.expect("a shell starts").into()
}

/// Starts errgen, and ends it once it has said that it is at work.
fn assert_starts(folder: &Path, words: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_errgen"))
        .args(words.split_whitespace())
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("errgen starts");
    let mut line = String::new();
    let output = child.stdout.take().expect("a pipe");
    BufReader::new(output).read_line(&mut line).expect("a line");
    child.kill().expect("killed");
    child.wait().expect("it has ended");
    assert!(!line.is_empty(), "errgen {words}");
}

fn number(text: &str) -> u16 {
    text.trim().parse().expect("a number")
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
    if let Some(line) = read("repeated") {
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().expect("a name, a number and a line");
        let (name, count, line) = (part(), part().parse().expect("a number"), part());
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(copy.path().join(name))
            .expect("a file");
        file.write_all(line.repeat(count).as_bytes())
            .expect("written");
    }
    // If it is in use already, so much the better.
    let port = read("port").and_then(|port| TcpListener::bind(("127.0.0.1", number(&port))).ok());
    let arguments = read("arguments").unwrap_or_else(|| "check".to_owned());
    let run = match read("shell") {
        Some(limit) => limited(copy.path(), &limit, &arguments),
        None => errgen(copy.path(), arguments.split_whitespace()),
    };
    drop(port);
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
    run.headline + &run.stderr + &run.totals
}
