//! Third-party templates cannot read or write outside their folders, run forever or use up all memory. There is a target for each
//! danger, and `docs/confinement.md` has a table of them.
//!
//! A folder of `tests/confined` contains the target `demo`, with a default manifest of one file if it has none; `options`, if there
//! are any; and the exact `stderr`.

mod support;

#[cfg(unix)]
#[path = "confined/folders.rs"]
mod folders;

#[cfg(target_os = "linux")]
#[path = "confined/processes.rs"]
mod processes;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use support::{
    CATALOG, Run, assert_same_tree, copy_into, errgen, expect_file, folders_in, repository, tree,
    write,
};
use tempfile::TempDir;

const MANIFEST: &str = "description: A demonstration
files:
  - { template: demo.txt.tera, path: demo.txt }
";

const GENERATE: [&str; 4] = ["generate", "demo", "--templates", "templates"];

/// A project with the output of a harmless template.
fn project() -> TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", CATALOG);
    write(project.path(), "templates/demo/target.yaml", MANIFEST);
    write(
        project.path(),
        "templates/demo/demo.txt.tera",
        "{{ notice }}\n",
    );
    errgen(project.path(), GENERATE).clean();
    project
}

/// Generates, and asserts that this fails and writes nothing.
#[track_caller]
fn refused(project: &Path, options: &str) -> String {
    let before = tree(project);
    let run = errgen(
        project,
        GENERATE.into_iter().chain(options.split_whitespace()),
    );
    let Run {
        status,
        stdout,
        stderr,
        ..
    } = run;
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    assert!(tree(project) == before, "{stderr}");
    stderr
}

#[test]
fn every_danger_ends_with_an_error_that_names_it() {
    let cases: Vec<_> = folders_in(&repository().join("tests/confined"));
    assert!(cases.len() > 20);
    for case in cases {
        let project = project();
        copy_into(&case.join("demo"), &project.path().join("templates/demo"));
        let options = fs::read_to_string(case.join("options")).unwrap_or_default();
        let stderr = refused(project.path(), &options);
        assert!(stderr.contains("demo"), "{stderr}");
        expect_file(&case.join("stderr"), &stderr);
    }
}

#[test]
fn the_table_has_every_case() {
    let table = fs::read_to_string(repository().join("docs/confinement.md")).expect("the table");
    for case in folders_in(&repository().join("tests/confined")) {
        let name = case
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        assert!(table.contains(&format!("`{name}`")), "{name}");
    }
}

/// Too large for a case in a folder: each `elif` is in the one before.
#[test]
fn conditions_of_many_branches() {
    let project = project();
    let template = format!(
        "{{% if false %}}{}{{% endif %}}",
        "{% elif false %}".repeat(100_000)
    );
    write(project.path(), "templates/demo/demo.txt.tera", &template);
    assert_eq!(
        refused(project.path(), ""),
        "templates/demo: error[E509]: the target `demo` ran out of stack while parsing the templates\n  = help: look for templates, blocks or values that contain themselves without end\n"
    );
}

#[test]
fn a_manifest_that_is_too_large() {
    let project = project();
    let manifest = format!("{MANIFEST}data: {}\n", "x".repeat(256 << 10));
    write(project.path(), "templates/demo/target.yaml", &manifest);
    assert_eq!(
        refused(project.path(), ""),
        "templates/demo/target.yaml: error[E505]: the manifest is larger than 256 KiB\n  = help: move long texts into templates\n"
    );
}

/// The targets `one` to `ten`, each with the template, and a catalogue that names them.
fn ten_targets(template: &str) -> TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    let ids = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let named = format!("targets: {{ {}: {{}} }}\ncategories:", ids.join(": {}, "));
    write(
        project.path(),
        "catalog.yaml",
        &CATALOG.replace("categories:", &named),
    );
    for id in ids {
        let folder = project.path().join("templates").join(id);
        write(&folder, "target.yaml", MANIFEST);
        write(&folder, "demo.txt.tera", template);
    }
    project
}

/// Generates ten targets, and asserts that this fails and writes nothing. Each diagnostic without the name of its target.
fn refused_together(project: &Path, limit: &str) -> String {
    let before = tree(project);
    let run = errgen(project, ["generate", "--templates", "templates", limit]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(tree(project) == before);
    run.stderr
}

/// Each of them renders for about as long as the limit.
#[test]
fn ten_targets_have_the_time_of_one() {
    let loops =
        "{% for a in range(end=1000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let project = ten_targets(loops);
    let start = Instant::now();
    let stderr = refused_together(project.path(), "--template-seconds=4");
    // As many as the machine has processors start at once. The others come too late, or nearly so.
    let says = |text: &str| stderr.matches(text).count();
    let alone = says("exceeded its limit of 4 seconds while");
    let together = says("exceeded the limit of 4 seconds for all targets together while");
    let late = says(
        "the other targets left nothing of the limit of 4 seconds for all targets together, so `",
    );
    assert!(alone > 0 && alone + together + late == 10, "{stderr}");
    // One after another, two at a time, they would take 20 seconds.
    assert!(
        start.elapsed() < Duration::from_secs(15),
        "{:?}",
        start.elapsed()
    );
}

/// Each of them is within the limit, but what errgen would hold is not.
#[test]
fn ten_targets_have_the_memory_of_one() {
    // 6 MiB.
    let template = "{% set text = '0123456789abcdef' -%}
{% for turn in range(end=17) %}{% set_global text = text ~ text %}{% endfor -%}
{{ text }}{{ text }}{{ text }}";
    let project = ten_targets(template);
    errgen(
        project.path(),
        [
            "generate",
            "one",
            "--templates",
            "templates",
            "--quiet",
            "--template-memory=50",
        ],
    )
    .clean();
    fs::remove_dir_all(project.path().join("generated")).expect("removed");
    let stderr = refused_together(project.path(), "--template-memory=50");
    let message = "exceeded the limit of 50 MiB for all targets together while rendering `demo.txt`\n  = help: look for a text that grows without end, or raise the limit with `--template-memory`\n";
    assert!(stderr.contains(message), "{stderr}");
    errgen(
        project.path(),
        [
            "generate",
            "--templates",
            "templates",
            "--quiet",
            "--template-memory=1000",
        ],
    )
    .clean();
}

/// Each of them is within the limit, but not two at once.
#[test]
fn targets_that_are_rendered_at_once_have_the_memory_of_one() {
    if thread::available_parallelism().is_ok_and(|processors| processors.get() == 1) {
        return;
    }
    // 128 MiB, for some seconds.
    let template = "{% set text = '0123456789abcdef' -%}
{% for turn in range(end=20) %}{% set_global text = text ~ text %}{% endfor -%}
{% set b = text ~ 'b' %}{% set c = text ~ 'c' %}{% set d = text ~ 'd' %}{% set e = text ~ 'e' -%}
{% set f = text ~ 'f' %}{% set g = text ~ 'g' %}{% set h = text ~ 'h' -%}
{% for i in range(end=20) %}{% for j in range(end=100000) %}{% endfor %}{% endfor -%}
{{ text | length }}";
    let project = ten_targets(template);
    let limit = "--template-memory=190";
    let alone = ["generate", "one", "--templates", "templates", "--quiet"];
    errgen(project.path(), alone.into_iter().chain([limit])).clean();
    fs::remove_dir_all(project.path().join("generated")).expect("removed");
    let stderr = refused_together(project.path(), limit);
    let message =
        "exceeded the limit of 190 MiB for all targets together while rendering `demo.txt`\n";
    assert!(stderr.contains(message), "{stderr}");
}

/// The files that errgen reads for ten targets are limited, too.
#[test]
fn the_files_of_ten_targets_are_added_up() {
    let project = ten_targets("");
    for id in ["one", "two"] {
        let file = format!("templates/{id}/static.txt");
        write(project.path(), &file, &"x".repeat(600 << 10));
    }
    let stderr = refused_together(project.path(), "--template-memory=1");
    assert_eq!(
        stderr.matches("static.txt: error[E510").count(),
        1,
        "{stderr}"
    );
    assert!(
        stderr.contains("with this file, the targets are larger than 1 MiB together"),
        "{stderr}"
    );
}

/// A target that exceeds one budget is rendered with another.
#[test]
fn the_budget_is_adjustable() {
    let doubling = "{% set text = '0123456789abcdef' -%}
{% for turn in range(end=22) %}{% set_global text = text ~ text %}{% endfor -%}
{{ text | length }}
";
    let looping =
        "{% for a in range(end=20) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    for (template, small, large) in [
        (doubling, "--template-memory=32", "--template-memory=4096"),
        (looping, "--template-seconds=0.02", "--template-seconds=600"),
    ] {
        let project = project();
        write(project.path(), "templates/demo/demo.txt.tera", template);
        assert!(refused(project.path(), small).contains("error[E509]"));
        errgen(project.path(), GENERATE.into_iter().chain([large])).clean();
    }
}

#[test]
fn a_budget_is_more_than_nothing() {
    for option in [
        "--template-seconds=0",
        "--template-seconds=-1",
        "--template-seconds=soon",
        "--template-seconds=inf",
        "--template-memory=0",
        "--template-memory=9999999999999",
    ] {
        let run = errgen(repository(), ["targets", option]);
        let (name, value) = option.split_once('=').expect("a value");
        assert_eq!(run.status, 2);
        assert!(
            run.stderr
                .contains(&format!("invalid value '{value}' for '{name}")),
            "{}",
            run.stderr
        );
    }
}

/// The suggested command has the same budget.
#[test]
fn the_suggested_command_has_the_same_budget() {
    let project = project();
    write(project.path(), "templates/demo/demo.txt.tera", "changed\n");
    let check = ["check", "demo", "--templates", "templates"];
    let run = errgen(
        project.path(),
        check.into_iter().chain(["--template-seconds=90"]),
    );
    let command = "`errgen generate demo --templates templates --template-seconds 90`";
    assert!(run.stderr.contains(command), "{}", run.stderr);
}

#[test]
fn the_standard_targets_have_no_limits() {
    let output = tempfile::tempdir().expect("a temporary folder");
    let out = output.path().to_str().expect("a path in UTF-8");
    let budget = ["--template-seconds=0.000001", "--template-memory=1"];
    errgen(
        repository(),
        ["generate", "--out", out].into_iter().chain(budget),
    )
    .clean();
}

/// A separate process generates the same files as errgen itself. Diagnostics are compared case by case elsewhere.
#[test]
fn the_standard_targets_are_rendered_alike_in_a_process_of_their_own() {
    let (inside, outside) = (tempfile::tempdir(), tempfile::tempdir());
    let (inside, outside) = (inside.expect("a folder"), outside.expect("a folder"));
    for (output, templates) in [
        (&inside, &[][..]),
        (&outside, &["--templates", "templates"][..]),
    ] {
        let out = output.path().to_str().expect("a path in UTF-8");
        let catalog = ["--catalog", "tests/cases/full/catalog.yaml"];
        let words = ["generate", "--out", out].into_iter().chain(catalog);
        errgen(repository(), words.chain(templates.iter().copied())).clean();
    }
    assert_same_tree(outside.path(), inside.path());
}

#[test]
fn two_targets_cannot_write_one_file() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let targets = "targets: { outer: { out: all }, inner: { out: all/part } }\ncategories:";
    write(
        project.path(),
        "catalog.yaml",
        &CATALOG.replace("categories:", targets),
    );
    for (target, path) in [("outer", "part/demo.txt"), ("inner", "demo.txt")] {
        let folder = project.path().join("templates").join(target);
        write(
            &folder,
            "target.yaml",
            &MANIFEST.replace("path: demo.txt", &format!("path: {path}")),
        );
        write(&folder, "demo.txt.tera", target);
    }
    let run = errgen(project.path(), ["generate", "--templates", "templates"]);
    let message = "all/part/demo.txt: error[E508]: both `outer` and `inner` would write this file\n  = help: set a different `out` for one of them\n";
    assert_eq!((run.status, run.stderr.as_str()), (2, message));
    assert!(!project.path().join("all").exists());
}
