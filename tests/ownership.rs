//! Which files errgen takes for its own: what a list claims, what git has merged, and what a checkout has changed.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{CATALOG, errgen, git, project, tree, write};

const GENERATE: [&str; 4] = ["generate", "demo", "--templates", "templates"];
const CHECK: [&str; 4] = ["check", "demo", "--templates", "templates"];

/// What somebody may keep beside a catalogue.
const PRECIOUS: [(&str, &str); 3] = [
    (".env", "SECRET=1\n"),
    ("src/main.rs", "fn main() {}\n"),
    (".gitignore", "/target\n"),
];

/// A list that claims files, as a pull request may bring one.
fn claim(folder: &Path, paths: &[&str]) {
    let lines = paths
        .iter()
        .map(|path| format!("0000000000000000  {path}\n"));
    write(folder, ".errgen-files", &lines.collect::<String>());
}

#[test]
fn a_list_that_claims_the_files_of_others_deletes_none() {
    let project = project();
    let here = project.path();
    let catalog = format!("{CATALOG}targets: {{ demo: {{ out: . }} }}\n");
    write(here, "catalog.yaml", &catalog);
    for (path, content) in PRECIOUS {
        write(here, path, content);
    }
    claim(here, &PRECIOUS.map(|(path, _)| path));
    let run = errgen(here, GENERATE);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (1, "demo: 3 written, 0 removed, 0 unchanged in .\n"),
        "{}",
        run.stderr
    );
    for (path, content) in PRECIOUS {
        let kept = fs::read_to_string(here.join(path)).expect("the file is there");
        assert_eq!(kept, content);
        let finding =
            format!("{path}: error[E603]: errgen no longer writes this file, and it was edited");
        assert!(run.stderr.contains(&finding), "{}", run.stderr);
        // What is in a file that errgen did not write is nobody's business in a log.
        assert!(!run.stderr.contains(content.trim()), "{}", run.stderr);
    }
    assert_eq!(errgen(here, CHECK).status, 1, "it stays a finding");
    // Whoever knows better says so in the list.
    let list = fs::read_to_string(here.join(".errgen-files")).expect("the list");
    let own = |line: &&str| PRECIOUS.iter().all(|(path, _)| !line.contains(path));
    let list: String = list.split_inclusive('\n').filter(own).collect();
    write(here, ".errgen-files", &list);
    errgen(here, CHECK).clean();
}

#[test]
fn a_list_names_nothing_of_git_and_nothing_behind_a_link() {
    for path in [".git/config", "sub/.GIT/hooks/post-checkout"] {
        let project = project();
        claim(&project.path().join("generated/demo"), &[path]);
        let run = errgen(project.path(), GENERATE);
        assert_eq!(run.status, 1);
        assert!(run.stderr.contains("error[E607]"), "{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_link_into_git_is_not_followed() {
    let project = project();
    let here = project.path();
    let catalog = format!("{CATALOG}targets: {{ demo: {{ out: . }} }}\n");
    write(here, "catalog.yaml", &catalog);
    write(here, ".git/config", "[core]\n");
    std::os::unix::fs::symlink(".git", here.join("sub")).expect("a link");
    claim(here, &["sub/config"]);
    let run = errgen(here, GENERATE);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("sub: error[E606]"), "{}", run.stderr);
    assert!(here.join(".git/config").is_file());
}

#[test]
fn an_edited_file_that_is_left_over_stays_until_somebody_deletes_it() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    write(here, "generated/demo/second/category.txt", "by hand\n");
    let less = CATALOG.split("  - id: second").next();
    write(here, "catalog.yaml", less.expect("the first category"));

    let expected = "\
generated/demo/second/category.txt: error[E603]: errgen no longer writes this file, and it was edited after it was generated
  = help: copy what is worth keeping and delete the file, or, if it is not errgen's, delete its line in `.errgen-files`
";
    let check = errgen(here, CHECK);
    assert!(check.stderr.contains(expected), "{}", check.stderr);
    for _ in 0..2 {
        let run = errgen(here, GENERATE);
        assert_eq!((run.status, run.stderr.as_str()), (1, expected));
        assert_eq!(errgen(here, CHECK).stderr, expected);
    }
    fs::remove_file(here.join("generated/demo/second/category.txt")).expect("removed");
    errgen(here, GENERATE).clean();
    errgen(here, CHECK).clean();
    let list = fs::read_to_string(here.join("generated/demo/.errgen-files")).expect("the list");
    assert!(!list.contains("second"), "{list}");
}

#[test]
fn generate_says_which_edits_it_overwrites() {
    let project = project();
    errgen(project.path(), GENERATE).clean();
    write(project.path(), "generated/demo/static.txt", "by hand\n");
    let run = errgen(project.path(), GENERATE).clean();
    assert_eq!(
        run.stdout,
        "\
demo: 1 written, 0 removed, 2 unchanged in generated/demo
  overwrote edits in generated/demo/static.txt
"
    );
}

/// `core.autocrlf` has checked the files out with other line ends.
#[test]
fn a_checkout_with_windows_line_ends_is_clean() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    let folder = here.join("generated/demo");
    for (path, content) in tree(&folder) {
        let text = String::from_utf8(content).expect("text");
        fs::write(folder.join(path), text.replace('\n', "\r\n")).expect("a file");
    }
    let before = tree(here);
    errgen(here, CHECK).clean();
    let run = errgen(here, GENERATE).clean();
    assert_eq!(
        run.stdout,
        "demo: 0 written, 0 removed, 3 unchanged in generated/demo\n"
    );
    assert!(tree(here) == before, "nothing is written");

    // What such a checkout has left over is errgen's own as well.
    let less = CATALOG.split("  - id: second").next();
    write(here, "catalog.yaml", less.expect("the first category"));
    errgen(here, GENERATE).clean();
    assert!(!folder.join("second").exists());
}

/// How a team brings two branches together.
const JOINS: [&[&str]; 3] = [
    &["merge", "theirs"],
    &["merge", "-X", "patience", "theirs"],
    &["rebase", "theirs"],
];

/// Each of two branches adds an error and generates; git merges the catalogue, and not the lists.
#[test]
fn two_branches_come_together_by_generating_again() {
    for (first, second) in [("one", "two"), ("two", "one")] {
        for join in JOINS {
            let project = project();
            let here = project.path();
            git(here, &["init", "--quiet", "--initial-branch=main"]);
            commit(here, "base");
            for (branch, category) in [("theirs", first), ("ours", second)] {
                git(here, &["checkout", "--quiet", "-b", branch, "main"]);
                write(here, "catalog.yaml", &with_an_error_in(category));
                commit(here, branch);
            }
            let joined = Command::new("git")
                .args(join)
                .current_dir(here)
                .output()
                .expect("git starts");
            assert!(!joined.status.success(), "the lists are in conflict");
            let list = here.join("generated/demo/.errgen-files");
            let list = fs::read_to_string(list).expect("the list");
            assert!(list.contains("<<<<<<< "), "{list}");

            let check = errgen(here, CHECK);
            assert!(!check.stderr.contains("E603"), "{}", check.stderr);
            errgen(here, GENERATE).clean();
            errgen(here, CHECK).clean();
            let fresh = support::project();
            fs::copy(here.join("catalog.yaml"), fresh.path().join("catalog.yaml")).expect("a copy");
            errgen(fresh.path(), GENERATE).clean();
            assert!(
                tree(&here.join("generated")) == tree(&fresh.path().join("generated")),
                "{join:?}: as if it had been generated from nothing"
            );
        }
    }
}

/// Both branches have changed the same lines of a generated file.
#[test]
fn a_generated_file_with_conflict_markers_is_stale() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    let whole = tree(here);
    let conflict = "<<<<<<< HEAD\nOne\n=======\nAnother\n>>>>>>> theirs\n";
    write(here, "generated/demo/first/category.txt", conflict);
    let check = errgen(here, CHECK);
    assert!(
        check
            .stderr
            .starts_with("generated/demo/first/category.txt: error[E602]"),
        "{}",
        check.stderr
    );
    errgen(here, GENERATE).clean();
    assert!(tree(here) == whole);
}

#[test]
fn conflict_markers_in_a_catalogue_are_named_at_their_lines() {
    let project = project();
    let here = project.path();
    let one = "message: One, ";
    let conflict = format!("\n<<<<<<< HEAD\n{one}\n=======\nmessage: Eins,\n>>>>>>> theirs\n");
    write(here, "catalog.yaml", &CATALOG.replace(one, &conflict));
    let run = errgen(here, GENERATE);
    let line = |number: usize, text: &str| {
        format!(
            "\
catalog.yaml:{number}:1: error[E004]: this is a marker of a merge conflict
   |
{number} | {text}
   | {}
   = help: decide which lines to keep, delete the markers, then run errgen again
",
            "^".repeat(text.len())
        )
    };
    let expected = [
        line(11, "<<<<<<< HEAD"),
        line(13, "======="),
        line(15, ">>>>>>> theirs"),
    ];
    assert_eq!((run.status, run.stderr), (1, expected.join("\n")));
}

/// The catalogue, with an error more in one of its two categories.
fn with_an_error_in(category: &str) -> String {
    let (before, added) = match category {
        "one" => (
            "  - id: second",
            "      - { code: 3, id: three, http: 404, message: Three, description: { en: The three. } }\n",
        ),
        _ => (
            "",
            "      - { code: 4, id: four, http: 404, message: Four, description: { en: The four. } }\n",
        ),
    };
    match CATALOG.split_once(before).filter(|_| !before.is_empty()) {
        Some((head, rest)) => format!("{head}{added}{before}{rest}"),
        None => format!("{CATALOG}{added}"),
    }
}

fn commit(folder: &Path, message: &str) {
    errgen(folder, GENERATE).clean();
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}
