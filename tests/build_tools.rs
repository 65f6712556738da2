//! What build tools are told of inputs and outputs; `tests/ninja` has ninja and make read it.

mod support;

use std::fs;

use support::{CATALOG, copy_into, errgen, project, tree, write};

const BINARY: &str = env!("CARGO_BIN_EXE_errgen");

#[test]
fn a_depfile_names_every_output_and_every_input() {
    let project = project();
    write(project.path(), "templates/demo/parts/note.txt", "a note\n");
    let arguments = [
        "generate",
        "demo",
        "--templates",
        "templates",
        "--depfile",
        "build/errgen.d",
    ];
    errgen(project.path(), arguments).clean();
    let depfile = fs::read_to_string(project.path().join("build/errgen.d")).expect("a depfile");
    let inputs = [
        "catalog.yaml",
        "templates",
        "templates/demo",
        "templates/demo/category.txt.tera",
        "templates/demo/parts",
        "templates/demo/parts/note.txt",
        "templates/demo/static.txt",
        "templates/demo/target.yaml",
        BINARY,
    ];
    let rules = inputs.map(|input| format!("{input}:\n")).concat();
    let expected = format!(
        "\
generated/demo/first/category.txt \\
  generated/demo/parts/note.txt \\
  generated/demo/second/category.txt \\
  generated/demo/static.txt \\
  generated/demo/.errgen-files: \\
  {}
{rules}",
        inputs.join(" \\\n  ")
    );
    assert_eq!(depfile, expected);
}

#[test]
fn standard_targets_are_an_input_as_the_binary_alone() {
    let project = project();
    errgen(
        project.path(),
        ["generate", "markdown", "openapi", "--depfile", "errgen.d"],
    )
    .clean();
    let depfile = fs::read_to_string(project.path().join("errgen.d")).expect("a depfile");
    let (_, inputs) = depfile.split_once(':').expect("outputs and inputs");
    let expected = format!(" \\\n  catalog.yaml \\\n  {BINARY}\ncatalog.yaml:\n{BINARY}:\n");
    assert_eq!(inputs, expected);
}

/// The changelog is made from it.
#[test]
fn the_ledger_is_an_input() {
    let project = project();
    errgen(project.path(), ["release", "--adopt"]).clean();
    errgen(
        project.path(),
        ["generate", "changelog", "--depfile", "errgen.d"],
    )
    .clean();
    let depfile = fs::read_to_string(project.path().join("errgen.d")).expect("a depfile");
    assert!(depfile.contains("\ncatalog.ledger.yaml:\n"), "{depfile}");
}

#[test]
fn a_depfile_escapes_what_make_and_ninja_take_for_their_own() {
    let project = project();
    copy_into(
        &project.path().join("templates"),
        &project.path().join("my $templates #1"),
    );
    let arguments = [
        "generate",
        "demo",
        "--templates",
        "my $templates #1",
        "--out",
        "a: $b",
        "--depfile",
        "errgen.d",
    ];
    errgen(project.path(), arguments).clean();
    let depfile = fs::read_to_string(project.path().join("errgen.d")).expect("a depfile");
    assert!(
        depfile.starts_with("a\\:\\ $$b/demo/first/category.txt \\\n"),
        "{depfile}"
    );
    assert!(
        depfile.contains("\n  my\\ $$templates\\ \\#1/demo/static.txt \\\n"),
        "{depfile}"
    );
}

#[cfg(unix)]
#[test]
fn a_depfile_takes_the_place_of_no_pipe_and_no_folder() {
    let project = project();
    let pipe = project.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo starts").success());
    for path in ["pipe", "templates"] {
        let words = [
            "generate",
            "demo",
            "--templates",
            "templates",
            "--depfile",
            path,
        ];
        let run = errgen(project.path(), words);
        let expected = format!(
            "{path}: error[E704]: the depfile would take the place of what is not a file\n"
        );
        assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
        assert_eq!(run.status, 2);
        assert!(!project.path().join("generated").exists());
    }
    let kind = fs::symlink_metadata(&pipe).expect("the pipe").file_type();
    assert!(!kind.is_file());
}

/// `tests/ninja` shows what make or ninja would make of them.
#[cfg(unix)]
#[test]
fn a_path_that_make_or_ninja_cannot_read_is_refused() {
    for name in [
        "a=b",
        "=",
        "a%b",
        "%",
        "a*b",
        "a?b",
        "a[b]c",
        "a;b",
        "a|b",
        "a<b",
        "a>b",
        "a^b",
        "a`b",
        "a\"b",
        "a'b",
        "a&b",
        "ab&",
        "a\\b",
        "a\tb",
        "a\nb",
        "a\u{7f}b",
        "~",
        "~root",
        "ab ",
        "ab:",
        "a(b)",
        "ab)",
        "define",
        "undefine",
        ".SILENT",
        ".EXPORT_ALL_VARIABLES",
    ] {
        let project = project();
        write(project.path(), name, CATALOG);
        let before = tree(project.path());
        let catalog = format!("--catalog={name}");
        let arguments = [
            "generate",
            "demo",
            &catalog,
            "--templates",
            "templates",
            "--depfile",
            "errgen.d",
        ];
        let run = errgen(project.path(), arguments);
        assert_eq!(run.status, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains("error[E704"), "{name}: {}", run.stderr);
        assert!(tree(project.path()) == before, "{name}");
    }
}

#[test]
fn outputs_are_what_generate_writes() {
    let project = project();
    let words = ["--templates", "templates", "--out", "out"];
    let list = errgen(project.path(), [&["outputs"], &words[..]].concat()).clean();
    assert!(!project.path().join("out").exists(), "nothing is written");
    errgen(project.path(), [&["generate"], &words[..]].concat()).clean();
    let mut listed: Vec<_> = list.stdout.lines().map(str::to_owned).collect();
    listed.sort();
    let written: Vec<_> = tree(&project.path().join("out"))
        .into_keys()
        .map(|path| format!("out/{path}"))
        .collect();
    assert!(written.contains(&"out/demo/.errgen-files".to_owned()));
    assert_eq!(listed, written);
}

#[test]
fn a_failure_writes_no_depfile() {
    let project = project();
    let broken = CATALOG.replace("code: 2", "code: 1");
    write(project.path(), "catalog.yaml", &broken);
    let run = errgen(project.path(), ["generate", "--depfile", "errgen.d"]);
    assert_eq!(run.status, 1);
    assert!(!project.path().join("errgen.d").exists());
}

#[cfg(unix)]
#[test]
fn a_depfile_takes_the_place_of_no_input_and_no_output() {
    let project = project();
    support::link(
        std::path::Path::new("catalog.yaml"),
        &project.path().join("link.d"),
    );
    let before = tree(project.path());
    let paths = [
        "templates/../catalog.yaml",
        "link.d",
        "templates/demo/static.txt",
        "generated/demo/static.txt",
        "./generated/demo/.errgen-files",
    ];
    for path in paths {
        let arguments = [
            "generate",
            "demo",
            "--templates",
            "templates",
            "--depfile",
            path,
        ];
        let run = errgen(project.path(), arguments);
        assert_eq!(run.status, 2, "{path}");
        let expected = format!("{path}: error[E704]: the depfile would overwrite");
        assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
        assert!(tree(project.path()) == before, "{path}");
    }
}
