//! `.github/workflows/errors.yml`: what its steps run does what they say.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use support::{CATALOG, git, repository, write};
use tempfile::TempDir;

fn workflow() -> Value {
    let path = repository().join(".github/workflows/errors.yml");
    let text = fs::read_to_string(path).expect("a workflow");
    serde_yaml::from_str(&text).expect("YAML")
}

/// What a job runs, step by step.
fn scripts(job: &str) -> Vec<String> {
    let workflow = workflow();
    let steps = workflow["jobs"][job]["steps"].as_array().expect("steps");
    let scripts = steps.iter().filter_map(|step| step["run"].as_str());
    scripts.map(str::to_owned).collect()
}

/// A folder with programs that take the place of others.
struct Programs(TempDir);

impl Programs {
    fn new(programs: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, script) in programs {
            write(folder.path(), name, &format!("#!/bin/sh\n{script}\n"));
            let path = folder.path().join(name);
            let status = Command::new("chmod").arg("+x").arg(path).status();
            assert!(status.expect("chmod starts").success());
        }
        Self(folder)
    }

    /// Runs a step as the workflow's shell does.
    fn run(&self, script: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
        let path = std::env::var("PATH").expect("a PATH");
        Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(folder)
            .env("PATH", format!("{}:{path}", self.0.path().display()))
            .env("RUNNER_TEMP", folder)
            .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
            .envs(variables.iter().copied())
            .output()
            .expect("bash starts")
    }
}

/// A clone of a repository, in which a pull request has changed the catalogue, and the commit that it starts from.
fn pull_request(after: &str) -> (TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let origin = folder.path().join("origin");
    write(&origin, "catalog.yaml", CATALOG);
    let commit = |name: &str| {
        git(&origin, &["add", "."]);
        git(&origin, &["commit", "--quiet", "--message", name]);
    };
    git(&origin, &["init", "--quiet"]);
    // A commit by its hash is what the workflow fetches.
    git(
        &origin,
        &["config", "uploadpack.allowAnySHA1InWant", "true"],
    );
    commit("Before");
    let base = fs::read_to_string(origin.join(".git/HEAD")).expect("a branch");
    let branch = base.trim().trim_start_matches("ref: ").to_owned();
    let base = fs::read_to_string(origin.join(".git").join(branch)).expect("a commit");
    write(&origin, "catalog.yaml", after);
    commit("After");
    let url = format!("file://{}", origin.display());
    git(
        folder.path(),
        &["clone", "--quiet", "--depth", "1", &url, "clone"],
    );
    let clone = folder.path().join("clone");
    (folder, clone, base.trim().to_owned())
}

#[test]
fn a_pull_request_is_told_what_it_changes_and_held_back_if_that_breaks() {
    let errgen = format!("exec {} \"$@\"", env!("CARGO_BIN_EXE_errgen"));
    let programs = Programs::new(&[("errgen", &errgen)]);
    let breaking = CATALOG.replace("code: 1, id: one, http: 404", "code: 1, id: one, http: 410");
    let forbidden = CATALOG.replace("code: 1, id: one", "code: 3, id: one");
    let texts = CATALOG.replace("The one.", "That one.");
    let steps = scripts("check");
    let steps: Vec<_> = steps.iter().filter(|step| step.contains("BASE")).collect();
    let [fetch, comment, gate] = steps[..] else {
        panic!("{steps:?}");
    };
    for (after, gates, verdict) in [
        (&texts, [0, 0], "a patch release is needed"),
        (&breaking, [1, 0], "a major release is needed"),
        (&forbidden, [1, 1], "no version allows these changes"),
    ] {
        let (_folder, clone, base) = pull_request(after);
        let run = |step: &str, gate: &str| {
            let output = programs.run(step, &clone, &[("BASE", &base), ("GATE", gate)]);
            (output.status.code(), output)
        };
        assert_eq!(run(fetch, "").0, Some(0));
        assert_eq!(run(comment, "").0, Some(0));
        let body = fs::read_to_string(clone.join("comment/body.md")).expect("a comment");
        assert!(body.starts_with("<!-- errgen diff -->\n"), "{body}");
        assert!(body.contains(verdict), "{body}");
        let summary = fs::read_to_string(clone.join("summary.md")).expect("a summary");
        assert_eq!(summary, body);
        for (gate_on, expected) in ["breaking", "forbidden"].iter().zip(gates) {
            let (status, output) = run(gate, gate_on);
            assert_eq!(status, Some(expected), "{gate_on}: {output:?}");
        }
    }
}

/// The first comment is written, and later ones take its place.
#[test]
fn a_pull_request_has_one_comment() {
    // `gh` brings its own; a test on a user's machine does not ask for it.
    if Command::new("jq").arg("--version").output().is_err() {
        eprintln!("skipped: there is no jq");
        return;
    }
    let scripts = scripts("comment");
    let [script] = scripts.as_slice() else {
        panic!("{scripts:?}");
    };
    for (comments, expected) in [
        (
            "[]",
            "--method POST repos/a/b/issues/7/comments --field body=@body.md",
        ),
        (
            r#"[{"id": 1, "user": {"login": "emma"}, "body": "<!-- errgen diff --> mine"},
                {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "another"},
                {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- errgen diff -->\nold"}]"#,
            "--method PATCH repos/a/b/issues/comments/3 --field body=@body.md",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), "comments.json", comments);
        // Lists comments as `gh` does, with the filter that it is given, and notes what it is asked to write.
        let gh = r#"
            shift
            if [ "$1" = --paginate ]; then jq -r "$4" comments.json; else echo "$*" >>asked; fi"#;
        let programs = Programs::new(&[("gh", gh)]);
        let variables = [("REPOSITORY", "a/b"), ("NUMBER", "7")];
        let output = programs.run(script, folder.path(), &variables);
        assert!(output.status.success(), "{output:?}");
        let asked = fs::read_to_string(folder.path().join("asked")).expect("a request");
        assert_eq!(asked.trim(), expected);
    }
}

/// The job that may write runs nothing that the pull request brings.
#[test]
fn what_may_write_checks_nothing_out() {
    let workflow = workflow();
    assert_eq!(
        workflow["permissions"],
        serde_json::json!({ "contents": "read" })
    );
    for (name, job) in workflow["jobs"].as_object().expect("jobs") {
        let writes = job["permissions"].as_object();
        if writes.is_none_or(|it| !it.values().any(|access| access == "write")) {
            continue;
        }
        let steps = job["steps"].as_array().expect("steps");
        let checks_out = steps.iter().filter_map(|step| step["uses"].as_str());
        assert!(
            !checks_out.into_iter().any(|it| it.contains("checkout")),
            "{name}"
        );
    }
}
