//! Where a target has written before: `.errgen/folders`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::{CATALOG, TARGET, copy_into, errgen, git, link, project, tree, write};
use super::{
    ALL, CHECK, CHECK_ALL, GENERATE, RECORD, case, project_of_two, read, recorded, with_targets,
};

#[test]
fn a_target_that_moved_or_was_taken_out_is_found_and_cleaned() {
    let project = case("moved-target");
    let here = project.path();
    let use_catalog = |name: &str| {
        fs::copy(here.join(name), here.join("catalog.yaml")).expect("a copy");
    };
    use_catalog("before.yaml");
    errgen(here, ["generate"]).clean();
    assert_eq!(
        recorded(here),
        [
            "generated/markdown markdown catalog.yaml",
            "sdk/api openapi catalog.yaml"
        ]
    );
    write(here, "sdk/api/mine.txt", "mine\n");
    use_catalog("after.yaml");
    let run = errgen(here, ["check"]);
    let findings: Vec<_> = run
        .stderr
        .lines()
        .filter(|line| line.contains("error[E610]"))
        .collect();
    let count = tree(&here.join("sdk/api")).len() - 2;
    assert_eq!(
        findings,
        [
            "generated/markdown: error[E610]: `markdown` no longer writes to this folder; 3 files left over",
            &format!(
                "sdk/api: error[E610]: `openapi` no longer writes to this folder; {count} files left over"
            ),
        ]
    );
    assert!(run.stderr.contains("  = help: run `errgen generate`\n"));
    let run = errgen(here, ["generate"]).clean();
    let removed = format!("openapi: 0 written, {count} removed, 0 unchanged in sdk/api\n");
    assert!(run.stdout.contains(&removed), "{}", run.stdout);
    assert!(!here.join("generated").exists(), "an empty folder goes");
    assert_eq!(
        tree(&here.join("sdk/api")).into_keys().collect::<Vec<_>>(),
        ["mine.txt"]
    );
    assert_eq!(recorded(here), ["sdk/openapi openapi catalog.yaml"]);
    errgen(here, ["check"]).clean();
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_spelled_in_another_way_is_not_cleaned() {
    let project = project();
    let here = project.path();
    fs::create_dir(here.join("sub")).expect("a folder");
    link(Path::new("gen"), &here.join("link"));
    for out in ["gen", "sub/../gen", "link", "GEN/../gen"] {
        write(
            here,
            "catalog.yaml",
            &with_targets(&format!("{{ demo: {{ out: {out} }} }}")),
        );
        // The way back to the catalogue looks different from there, or does not.
        errgen(here, ALL.into_iter().chain(["--adopt"])).clean();
        errgen(here, CHECK_ALL).clean();
        assert!(here.join("gen/static.txt").is_file(), "{out}");
        assert_eq!(recorded(here), [format!("{out} demo catalog.yaml")]);
    }
}

#[test]
fn an_edited_file_in_a_folder_that_a_target_has_left_stays() {
    let project = project();
    let here = project.path();
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: old } }"),
    );
    errgen(here, ALL).clean();
    write(here, "old/static.txt", "by hand\n");
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: new } }"),
    );
    let expected = "\
old/static.txt: error[E603]: errgen no longer writes this file, and it was edited after it was generated
  = help: copy what is worth keeping and delete the file, or, if it is not errgen's, delete its line in `.errgen-files`
";
    for _ in 0..2 {
        let run = errgen(here, ALL);
        assert_eq!((run.status, run.stderr.as_str()), (1, expected));
        assert_eq!(recorded(here).len(), 2, "it is not forgotten");
        let check = errgen(here, CHECK_ALL);
        assert_eq!((check.status, check.stderr.as_str()), (1, expected));
    }
    assert_eq!(read(here, "old/static.txt"), "by hand\n");
    fs::remove_file(here.join("old/static.txt")).expect("removed");
    errgen(here, ALL).clean();
    errgen(here, CHECK_ALL).clean();
    assert!(!here.join("old").exists());
    assert_eq!(recorded(here), ["new demo catalog.yaml"]);
}

#[test]
fn a_run_for_one_target_neither_forgets_nor_cleans_the_others() {
    let project = project_of_two();
    let here = project.path();
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: a }, more: { out: b } }"),
    );
    errgen(here, ALL).clean();
    // Both have moved.
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: c }, more: { out: d } }"),
    );
    let run = errgen(here, GENERATE).clean();
    assert_eq!(
        run.stdout,
        "demo: 3 written, 0 removed, 0 unchanged in c\ndemo: 0 written, 3 removed, 0 unchanged in a\nin all: 3 written, 3 removed, 0 unchanged\n"
    );
    errgen(here, CHECK).clean();
    assert_eq!(
        recorded(here),
        ["b more catalog.yaml", "c demo catalog.yaml"]
    );
    assert!(here.join("b/static.txt").is_file());
    errgen(here, ALL).clean();
    assert_eq!(
        recorded(here),
        ["c demo catalog.yaml", "d more catalog.yaml"]
    );
    assert!(!here.join("b").exists());
}

/// Which targets a run knows depends on its options.
#[test]
fn a_target_that_this_run_does_not_know_is_not_taken_for_one_that_was_taken_out() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    errgen(here, ["generate", "markdown"]).clean();
    errgen(here, ["generate", "--quiet"]).clean();
    assert!(here.join("generated/demo/static.txt").is_file());
    errgen(here, CHECK).clean();

    // What only the command line has named is its own affair.
    write(here, "catalog.yaml", &with_targets("{ openapi: {} }"));
    fs::remove_dir_all(here.join("generated")).expect("removed");
    errgen(here, GENERATE).clean();
    errgen(here, ["generate"]).clean();
    assert!(here.join("generated/demo/static.txt").is_file());
    assert_eq!(recorded(here), ["generated/openapi openapi catalog.yaml"]);
}

#[test]
fn out_of_the_command_line_is_not_recorded() {
    let project = project();
    errgen(project.path(), GENERATE.into_iter().chain(["--out", "out"])).clean();
    assert!(!project.path().join(RECORD).exists());
    errgen(project.path(), CHECK.into_iter().chain(["--out", "out"])).clean();
}

#[test]
fn a_record_that_is_missing_or_merged_is_stale() {
    let project = project();
    let here = project.path();
    errgen(here, GENERATE).clean();
    let whole = tree(here);
    let record = read(here, RECORD);
    fs::remove_file(here.join(RECORD)).expect("removed");
    let run = errgen(here, CHECK);
    assert!(
        run.stderr
            .starts_with(".errgen/folders: error[E601]: this file is missing\n"),
        "{}",
        run.stderr
    );
    errgen(here, GENERATE).clean();
    assert!(tree(here) == whole);

    let line = "generated/demo\tdemo\tcatalog.yaml\n";
    let conflict = format!(
        "<<<<<<< HEAD\n{line}||||||| base\nold\tdemo\tcatalog.yaml\n=======\nnew\tdemo\tcatalog.yaml\n>>>>>>> theirs\n"
    );
    write(here, RECORD, &record.replace(line, &conflict));
    let run = errgen(here, CHECK);
    assert!(
        run.stderr
            .starts_with(".errgen/folders: error[E602]: this file is stale\n"),
        "{}",
        run.stderr
    );
    errgen(here, GENERATE).clean();
    assert!(tree(here) == whole);

    // A checkout may have other line ends.
    write(here, RECORD, &record.replace('\n', "\r\n"));
    errgen(here, CHECK).clean();
    let run = errgen(here, GENERATE).clean();
    assert!(run.stdout.contains("0 written"));
    assert_eq!(read(here, RECORD), record.replace('\n', "\r\n"));
}

/// A target moves on one branch, and another one is added on the other.
#[test]
fn two_branches_come_together_by_generating_again() {
    let catalog = |demo: &str, more: &str| {
        let targets = format!("targets:\n  demo: {{ out: {demo} }}\n  # One.\n  # Two.\n{more}");
        CATALOG.replace("categories:", &format!("{targets}categories:"))
    };
    let more = "  more: { out: c }\n";
    for (theirs, ours) in [(("a", more), ("b", "")), (("b", ""), ("a", more))] {
        for join in ["merge", "rebase"] {
            let project = project_of_two();
            let here = project.path();
            git(here, &["init", "--quiet", "--initial-branch=main"]);
            for (branch, (demo, more)) in [("main", ("a", "")), ("theirs", theirs), ("ours", ours)]
            {
                if branch != "main" {
                    git(here, &["checkout", "--quiet", "-b", branch, "main"]);
                }
                write(here, "catalog.yaml", &catalog(demo, more));
                errgen(here, ALL).clean();
                git(here, &["add", "--all"]);
                git(here, &["commit", "--quiet", "--message", branch]);
            }
            let joined = Command::new("git")
                .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
                .args([join, "theirs"])
                .current_dir(here)
                .output()
                .expect("git starts");
            assert!(!joined.status.success(), "the records are in conflict");
            assert_eq!(read(here, "catalog.yaml"), catalog("b", more));
            assert!(read(here, RECORD).contains("<<<<<<< "));
            errgen(here, ALL).clean();
            errgen(here, CHECK_ALL).clean();
            assert_eq!(
                recorded(here),
                ["b demo catalog.yaml", "c more catalog.yaml"]
            );
            assert!(!here.join("a").exists(), "{join}");
        }
    }
}

/// What a pull request may bring along: lists that claim files, and a record that leads to them.
#[test]
fn a_hostile_record_harms_nothing() {
    let folders = [
        "precious",
        "sub/.git",
        ".git",
        "../outside",
        "link",
        "hidden",
        "..",
        ".",
        "../../../../tmp",
    ];
    for is_repository in [true, false] {
        for folder in folders {
            let outer = tempfile::tempdir().expect("a temporary folder");
            let project = project();
            let here = &outer.path().join("here");
            copy_into(project.path(), here);
            write(here, "catalog.yaml", &with_targets("{ demo: {} }"));
            errgen(here, ALL).clean();
            if is_repository {
                write(here, ".git/config", "[core]\n");
            }
            // The lists are as errgen writes them for this catalogue, where it may not write.
            let list = read(here, "generated/demo/.errgen-files");
            let places = [
                ("sub/.git", "../catalog.yaml"),
                ("../outside", "../here/catalog.yaml"),
                ("../linked", "../catalog.yaml"),
                ("..", "here/catalog.yaml"),
                ("precious", "../other.yaml"),
            ];
            for (place, catalog) in places {
                for file in ["first/category.txt", "second/category.txt", "static.txt"] {
                    let content = read(here, &format!("generated/demo/{file}"));
                    write(&here.join(place), file, &content);
                }
                let list = list.replace("../../catalog.yaml", catalog);
                write(&here.join(place), ".errgen-files", &list);
            }
            #[cfg(unix)]
            for (to, place) in [("../linked", "link"), ("sub/.git", "hidden")] {
                link(Path::new(to), &here.join(place));
            }
            write(
                here,
                RECORD,
                &format!("{}{folder}\tdemo\tcatalog.yaml\n", read(here, RECORD)),
            );
            let before = tree(outer.path());
            let run = errgen(here, ALL);
            let is_refused = ["sub/.git", ".git"].contains(&folder);
            let code = if is_refused { "error[E611]" } else { "" };
            assert_eq!(
                run.status,
                i32::from(is_refused),
                "{folder}: {}",
                run.stderr
            );
            assert!(run.stderr.contains(code), "{folder}: {}", run.stderr);
            let mut after = tree(outer.path());
            if !is_refused {
                after.insert(
                    "here/.errgen/folders".to_owned(),
                    before["here/.errgen/folders"].clone(),
                );
            }
            assert!(after == before, "{folder}, {is_repository}");
        }
    }
}

#[test]
fn a_bad_line_of_the_record_is_named() {
    for line in [
        "/tmp\tdemo\tcatalog.yaml",
        "C:\\x\tdemo\tcatalog.yaml",
        "a\\b\tdemo\tcatalog.yaml",
        "a/.git/b\tdemo\tcatalog.yaml",
        "a\tdemo\t../catalog.yaml",
        "a\tdemo",
        "a demo catalog.yaml",
        "a\tdemo\tcatalog.yaml\tmore",
        "a\t\tcatalog.yaml",
        "a\u{1b}[2J\tdemo\tcatalog.yaml",
    ] {
        let project = project();
        write(project.path(), RECORD, &format!("{line}\n"));
        let before = tree(project.path());
        let run = errgen(project.path(), GENERATE);
        assert_eq!(run.status, 1, "{line:?}");
        assert!(
            run.stderr.starts_with(".errgen/folders:1:1: error[E611]"),
            "{line:?}: {}",
            run.stderr
        );
        assert!(tree(project.path()) == before);
    }
}

#[cfg(unix)]
#[test]
fn a_record_behind_a_link_is_not_written() {
    for (place, to, code) in [
        (".errgen", "../outside", "error[E606]"),
        (".errgen", "nowhere", "error[E605]"),
        (".errgen/folders", "../../outside/mine.txt", "error[E605]"),
        (".errgen", ".git", "error[E606]"),
    ] {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let here = &outer.path().join("here");
        copy_into(project().path(), here);
        write(outer.path(), "outside/mine.txt", "# mine\n");
        write(here, ".git/config", "[core]\n");
        fs::create_dir_all(here.join(place).parent().expect("a folder")).expect("a folder");
        link(Path::new(to), &here.join(place));
        let before = tree(outer.path());
        let run = errgen(here, GENERATE);
        assert_eq!(run.status, 1);
        assert!(run.stderr.contains(code), "{place} to {to}: {}", run.stderr);
        assert!(tree(outer.path()) == before);
    }
}

/// The old folder's list may name what another target writes by now.
#[test]
fn what_another_target_writes_is_not_cleaned() {
    let project = project_of_two();
    let here = project.path();
    write(
        here,
        "templates/demo/target.yaml",
        &TARGET.replace("{{ category.id }}/", "sub/{{ category.id }}/"),
    );
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: all } }"),
    );
    errgen(here, ALL).clean();
    // The same files, but now another target's.
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: new }, more: { out: all/sub } }"),
    );
    let run = errgen(here, ALL).clean();
    assert!(
        run.stdout
            .contains("demo: 0 written, 1 removed, 0 unchanged in all\n"),
        "{}",
        run.stdout
    );
    assert!(here.join("all/sub/first/category.txt").is_file());
    errgen(here, CHECK_ALL).clean();
    // Also if the folder is still in use.
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: two } }"),
    );
    errgen(here, ALL).clean();
    write(
        here,
        "templates/demo/target.yaml",
        "description: Less\nfiles: []\n",
    );
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: two }, more: { out: two/sub } }"),
    );
    errgen(here, ALL).clean();
    assert!(here.join("two/sub/first/category.txt").is_file());
    errgen(here, CHECK_ALL).clean();
}
