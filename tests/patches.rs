//! What `check` shows of a difference: a summary, the command that mends it, excerpts of diffs, and patches for `git apply`.

#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use support::{CATALOG, Run, errgen, project, tree, write};
use tempfile::TempDir;

const CHECK: [&str; 4] = ["check", "demo", "--templates", "templates"];
const GENERATE: [&str; 4] = ["generate", "demo", "--templates", "templates"];

/// Names with spaces, quotation marks, letters of other scripts and what shells take for their own.
const NAMES: [&str; 4] = ["a b", "it's", "日本 $HOME", "-x;y"];

fn git(folder: &Path, words: &[&str], input: &str) {
    let mut child = Command::new("git")
        .args(words)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("git starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut pipe, input.as_bytes()).expect("sent");
    drop(pipe);
    let output = child.wait_with_output().expect("git ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {said}\n{input}");
}

/// Applies what `check` prints as a patch; then all is well, as after `generate`.
fn assert_applies(folder: &Path, options: &[&str]) {
    let check = |more: &[&str]| errgen(folder, [&["check"], options, more].concat());
    let run = check(&["--diff=full", "--quiet"]);
    assert_eq!(run.status, 1);
    git(folder, &["apply", "-"], &run.stdout);
    check(&[]).clean();
}

/// A project in a repository of git, as generated, with files of many kinds.
fn committed() -> TempDir {
    let project = project();
    let folder = project.path();
    for name in NAMES {
        write(folder, &format!("templates/demo/{name}/file.txt"), "text\n");
    }
    write(folder, "templates/demo/empty.txt", "");
    write(folder, "templates/demo/no-end.txt", "one\ntwo");
    let numbers = (0..40).map(|number| number.to_string());
    let numbers = numbers.collect::<Vec<_>>().join("\n") + "\n";
    let commands = numbers.replace("8\n", " ::error::x\n::set-output name=a::b\n");
    write(folder, "templates/demo/commands.txt", &commands);
    git(folder, &["init", "--quiet"], "");
    errgen(folder, GENERATE).clean();
    project
}

fn out(project: &TempDir, path: &str) -> std::path::PathBuf {
    project.path().join("generated/demo").join(path)
}

/// Makes files missing, stale, edited and left over, and takes line ends away.
fn spoil(project: &TempDir) {
    let folder = project.path();
    for path in [
        "empty.txt",
        "a b/file.txt",
        "static.txt",
        "first/category.txt",
    ] {
        fs::remove_file(out(project, path)).expect("removed");
    }
    fs::write(out(project, "it's/file.txt"), "edited").expect("a file");
    fs::write(out(project, "日本 $HOME/file.txt"), "edited\r\n\r\ntext\n").expect("a file");
    let commands = out(project, "commands.txt");
    let text = fs::read_to_string(&commands).expect("a file");
    fs::write(&commands, text.replace("10\n", "ten\n")).expect("a file");
    fs::write(folder.join("templates/demo/no-end.txt"), "one\nthree").expect("a file");
    fs::remove_dir_all(folder.join("templates/demo/-x;y")).expect("removed");
    write(folder, "templates/demo/empty.new.txt", "");
    write(
        folder,
        "catalog.yaml",
        &CATALOG.replace("message: One", "message: Another"),
    );
}

#[test]
fn a_patch_makes_everything_up_to_date() {
    let project = committed();
    spoil(&project);
    let wanted = support::copy_of(project.path());
    errgen(wanted.path(), GENERATE).clean();
    assert_applies(project.path(), &CHECK[1..]);
    assert!(tree(&project.path().join("generated")) == tree(&wanted.path().join("generated")));
}

#[test]
fn a_patch_applies_from_the_folder_in_which_errgen_runs() {
    let project = committed();
    spoil(&project);
    // As if the project were a part of a larger repository.
    let root = tempfile::tempdir().expect("a temporary folder");
    let folder = root.path().join("apps/shop");
    support::copy_into(project.path(), &folder);
    fs::remove_dir_all(folder.join(".git")).expect("removed");
    git(root.path(), &["init", "--quiet"], "");
    assert_applies(&folder, &CHECK[1..]);
}

#[test]
fn a_patch_of_a_catalogue_elsewhere_names_real_paths() {
    let project = committed();
    let catalog = CATALOG.replace(
        "categories:",
        "targets: { demo: { out: ../out/demo } }\ncategories:",
    );
    write(project.path(), "shop/catalog.yaml", &catalog);
    let options = [
        "demo",
        "--catalog",
        "shop/catalog.yaml",
        "--templates",
        "templates",
    ];
    assert_applies(project.path(), &options);
    assert!(project.path().join("out/demo/static.txt").is_file());
}

#[test]
fn a_patch_names_any_folder() {
    for out in ["a \"b\"", "back\\slash", "tab\t", "é\u{200d}", "-x"] {
        let project = committed();
        let out = format!("--out={out}");
        assert_applies(project.path(), &[&CHECK[1..], &[&out]].concat());
    }
}

#[test]
fn fixes_can_be_applied_as_a_patch() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let before = CATALOG.replace("message: One", "mesage: One");
    write(folder.path(), "my errors/catalog.yaml", &before);
    git(folder.path(), &["init", "--quiet"], "");
    let words = ["lint", "--catalog", "my errors/catalog.yaml", "--diff"];
    let patch = errgen(folder.path(), words).clean().stdout;
    git(folder.path(), &["apply", "-"], &patch);
    let after = fs::read_to_string(folder.path().join("my errors/catalog.yaml"));
    assert_eq!(after.expect("a catalogue"), CATALOG);
}

/// What a terminal would obey is an escape, so such a diff must not look like a patch.
#[test]
fn a_diff_with_hidden_characters_is_not_a_patch() {
    let project = committed();
    write(
        project.path(),
        "templates/demo/hidden.txt",
        "a\u{1b}[31m\u{202e}b\n",
    );
    let run = errgen(project.path(), [&CHECK[..], &["--diff=full"]].concat());
    let shown = "generated/demo/hidden.txt: not a patch, because hidden characters are shown as escapes\n\
        | --- /dev/null\n| +++ b/generated/demo/hidden.txt\n| @@ -0,0 +1,1 @@\n| +a\\u{1b}[31m\\u{202e}b\n";
    assert!(run.stdout.contains(shown), "{}", run.stdout);
}

#[test]
fn the_command_that_mends_is_quoted_for_a_shell() {
    for name in [
        "a b",
        "it's",
        "$HOME",
        "-x",
        "a;b",
        "~",
        "*",
        "=ls",
        "new\nline",
        "\u{1b}[31m",
        "漢字",
        "##[x]",
    ] {
        let project = project();
        let folder = project.path();
        fs::rename(folder.join("templates"), folder.join(name)).expect("a new name");
        write(folder, &format!("{name}.yaml"), CATALOG);
        let catalog = format!("--catalog={name}.yaml");
        let (templates, output) = (format!("--templates={name}"), format!("--out={name}/out"));
        let options = [catalog.as_str(), &templates, &output];
        let run = errgen(folder, [&["check"], &options[..], &["demo"]].concat());
        let (_, rest) = run.stderr.split_once("  = help: run `").expect("a command");
        // A name never has a backtick here.
        let command = rest.split('`').next().expect("a command");
        let path = Path::new(env!("CARGO_BIN_EXE_errgen"))
            .parent()
            .expect("a folder");
        let path = format!("{}:/usr/bin:/bin", path.display());
        let shell = Command::new("bash")
            .args(["-c", command])
            .current_dir(folder)
            .env("PATH", path)
            .output();
        let shell = Run::from(shell.expect("bash starts"));
        assert_eq!((shell.status, shell.stderr.as_str()), (0, ""), "{command}");
        errgen(folder, [&["check"], &options[..], &["demo"]].concat()).clean();
    }
}

#[test]
fn excerpts_are_short_and_say_how_much_is_left_out() {
    let project = project();
    let lines = |count: usize| "line\n".repeat(count);
    for index in 0..30 {
        write(
            project.path(),
            &format!("templates/demo/{index}.txt"),
            &lines(150),
        );
    }
    write(
        project.path(),
        "templates/demo/long.txt",
        &"é".repeat(100_000),
    );
    let check = |options: &[&str]| errgen(project.path(), [&CHECK[..], options].concat());
    let short = check(&[]);
    assert!(
        short
            .headline
            .starts_with("34 files are not up to date: 34 missing; run `errgen generate demo")
    );
    let first = format!(
        "@@ -0,0 +1,150 @@\n{}… and 53 more lines: `--diff=full` shows all\n",
        "+line\n".repeat(97)
    );
    assert!(short.stderr.contains(&first), "{}", short.stderr);
    let shown = short.stderr.matches("\n+line").count();
    assert!((900..1000).contains(&shown), "{shown}");
    assert!(short.stderr.len() < 80 << 10, "{}", short.stderr.len());
    assert_eq!(short.totals, "\n34 errors\n");
    let none = check(&["--diff=none"]);
    assert!(!none.stderr.contains("+line") && none.stdout.is_empty());
    let full = check(&["--diff=full"]);
    assert_eq!(full.stdout.matches("\n+line").count(), 30 * 150);
    assert!(!full.stderr.contains("+line"));
    // For programs, the diff is a member.
    let json = check(&["--diff=full", "--format=json"]).stdout;
    assert_eq!(json.matches("\\n+line").count(), 30 * 150);

    write(
        project.path(),
        "templates/demo/target.yaml",
        "description: d\nfiles:\n  - { template: category.txt.tera, path: one }\n",
    );
    for index in 0..30 {
        fs::remove_file(project.path().join(format!("templates/demo/{index}.txt")))
            .expect("removed");
    }
    write(project.path(), "templates/demo/category.txt.tera", "x");
    let long = check(&[]).stderr;
    assert!(
        long.contains("é…\n… and 1 more line: `--diff=full` shows all\n"),
        "{long}"
    );
    assert!(long.len() < 20_000);
}
