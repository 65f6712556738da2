//! What the command line takes: several catalogues, standard input, and paths as they are shown beside the sources.

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use support::{CATALOG, errgen, repository, write};
use tempfile::TempDir;

/// A folder with two catalogues, the second of which has a warning.
fn two() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "pay.yaml", CATALOG);
    let doubtful = CATALOG.replace("{ en: The one. }", "{ en: 'The one. ' }");
    assert_ne!(doubtful, CATALOG);
    write(folder.path(), "ship/errors.yml", &doubtful);
    folder
}

#[test]
fn lint_takes_several_catalogues() {
    let folder = two();
    let run = errgen(folder.path(), ["lint", "pay.yaml", "ship/errors.yml"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "pay.yaml: no problems found\n");
    assert!(run.stderr.starts_with("ship/errors.yml:"), "{}", run.stderr);
    assert_eq!(
        run.totals,
        "\n1 warning; 1 can be fixed with `errgen lint --fix pay.yaml ship/errors.yml`\n"
    );
    let denied = ["lint", "--deny-warnings", "pay.yaml", "ship/errors.yml"];
    assert_eq!(errgen(folder.path(), denied).status, 1);
    let run = errgen(folder.path(), ["lint", "missing.yaml", "pay.yaml"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout, "pay.yaml: no problems found\n");
    assert!(run.stderr.contains("missing.yaml"), "{}", run.stderr);
}

#[test]
fn lint_fixes_several_catalogues() {
    let folder = two();
    let run = errgen(
        folder.path(),
        ["lint", "--fix", "pay.yaml", "ship/errors.yml"],
    );
    assert!(
        run.stdout.contains("ship/errors.yml: 1 fixed"),
        "{}",
        run.stdout
    );
    let text = fs::read_to_string(folder.path().join("ship/errors.yml")).expect("the catalogue");
    assert!(text.contains("{ en: 'The one.' }"), "{text}");
}

#[test]
fn a_catalogue_is_named_in_one_way() {
    let folder = two();
    let run = errgen(
        folder.path(),
        ["lint", "--catalog", "pay.yaml", "ship/errors.yml"],
    );
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "errgen: error[E701]: `--catalog pay.yaml` and `ship/errors.yml` both name a catalogue\n  \
         = help: leave out `--catalog`\n"
    );
}

#[test]
fn check_takes_several_catalogues_and_targets() {
    let folder = two();
    let check = ["check", "markdown", "pay.yaml", "ship/errors.yml"];
    let run = errgen(folder.path(), check);
    assert_eq!(run.status, 1);
    for catalog in ["pay.yaml", "ship/errors.yml"] {
        let command = format!("errgen generate markdown --catalog {catalog}");
        assert!(run.stderr.contains(&command), "{}", run.stderr);
        errgen(
            folder.path(),
            ["generate", "markdown", "--catalog", catalog],
        )
        .clean();
    }
    let run = errgen(folder.path(), check).clean();
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
}

#[test]
fn a_catalogue_in_place_of_a_target_is_told_from_it() {
    let folder = two();
    let run = errgen(folder.path(), ["generate", "pay.yaml"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("= help: a catalogue is named with `--catalog pay.yaml`"),
        "{}",
        run.stderr
    );
}

/// The path in the first annotation, and in the first result of code scanning.
fn shown_paths(folder: &Path, workspace: Option<&Path>) -> [String; 2] {
    let lint = |format| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errgen"));
        command.args(["lint", "errors.yml", "--format", format]);
        command.current_dir(folder).env_remove("GITHUB_WORKSPACE");
        command.envs(workspace.map(|folder| ("GITHUB_WORKSPACE", folder)));
        let output = command.output().expect("errgen starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let annotations = lint("github");
    let (_, rest) = annotations.split_once("file=").expect("an annotation");
    let (path, _) = rest.split_once(',').expect("a path");
    let log: Value = serde_json::from_str(&lint("sarif")).expect("JSON");
    let result = &log["runs"][0]["results"][0]["locations"][0];
    let uri = &result["physicalLocation"]["artifactLocation"]["uri"];
    [path.to_owned(), uri.as_str().expect("a path").to_owned()]
}

#[test]
fn annotations_name_files_as_the_repository_does() {
    let folder = two();
    let below = folder.path().join("ship");
    let (alone, whole) = (["errors.yml"; 2], ["ship/errors.yml"; 2]);
    assert_eq!(shown_paths(&below, None), alone);
    assert_eq!(shown_paths(&below, Some(folder.path())), whole);
    // What is elsewhere has the path that it was given.
    assert_eq!(shown_paths(&below, Some(repository())), alone);
    fs::create_dir(folder.path().join(".git")).expect("a repository");
    assert_eq!(shown_paths(&below, None), whole);
}

#[test]
fn explain_reads_standard_input() {
    let explain = |input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_errgen"))
            .args(["explain", "-", "--locale", "en"])
            .current_dir(repository())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("errgen starts");
        let mut stdin = child.stdin.take().expect("standard input");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        let output = child.wait_with_output().expect("errgen ends");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let body = explain("{\"error\":1,\n \"code\":\"4200\",\n \"message\":\"User emma exists\"}\n");
    assert!(body.starts_with("4200  user_already_exists"), "{body}");
    let log = explain("10:00 GET /blog\n10:01 failed: 4200: User emma exists\n\n10:02 code=2101\n");
    let found: Vec<_> = log
        .lines()
        .filter(|line| line.contains("  HTTP "))
        .collect();
    assert_eq!(found.len(), 2, "{log}");
    assert!(
        found[0].starts_with("4200 ") && found[1].starts_with("2101 "),
        "{log}"
    );
}
