//! Which folders are one, which are out of bounds, and what is in the way.

use std::fs;
use std::path::Path;

use super::support::{CATALOG, TARGET, copy_into, errgen, link, project, tree, write};
use super::{ALL, project_of_two, with_targets};

#[test]
fn folders_that_are_one_on_some_machine_are_refused() {
    let pairs = [
        ("gen", "Gen"),
        ("gen", "x/../gen"),
        ("caf\u{e9}", "cafe\u{301}"),
        ("caf\u{e9}/one", "CAFE\u{301}/ONE"),
    ];
    for (one, other) in pairs {
        let project = project_of_two();
        let here = project.path();
        let targets = format!("{{ demo: {{ out: {one} }}, more: {{ out: {other} }} }}");
        write(here, "catalog.yaml", &with_targets(&targets));
        let before = tree(here);
        for command in ["lint", "check", "generate"] {
            let run = errgen(here, [command, "--templates", "templates"]);
            assert_eq!(run.status, 1, "{one} {other}");
            assert!(run.stderr.starts_with("catalog.yaml:6:"), "{}", run.stderr);
            assert!(run.stderr.contains("error[E504]"), "{}", run.stderr);
            assert!(run.stderr.contains("the other target"), "{}", run.stderr);
        }
        assert!(tree(here) == before);
    }
}

#[cfg(unix)]
#[test]
fn folders_that_links_make_one_are_refused() {
    let project = project_of_two();
    let here = project.path();
    fs::create_dir(here.join("real")).expect("a folder");
    link(Path::new("real"), &here.join("link"));
    write(
        here,
        "catalog.yaml",
        &with_targets("{ demo: { out: real/sdk }, more: { out: link/sdk } }"),
    );
    let before = tree(here);
    let run = errgen(here, ALL);
    let expected = "\
catalog.yaml:6:50: error[E504]: `link/sdk` and `real/sdk` are the same folder
  |
6 | targets: { demo: { out: real/sdk }, more: { out: link/sdk } }
  |                         --------                 ^^^^^^^^
  |                         |
  |                         the other target
  = help: give each target its own folder
";
    assert_eq!((run.status, run.stderr.as_str()), (1, expected));
    assert!(tree(here) == before);
    // The user's own choice of a folder has no line in the catalogue.
    write(here, "catalog.yaml", CATALOG);
    fs::create_dir_all(here.join("out/demo")).expect("a folder");
    link(Path::new("demo"), &here.join("out/more"));
    let run = errgen(
        here,
        [
            "generate",
            "demo",
            "more",
            "--templates",
            "templates",
            "--out",
            "out",
        ],
    );
    assert!(
        run.stderr.starts_with("out/more: error[E504]"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_of_one_target_where_another_needs_a_folder_is_refused_before_anything_is_written() {
    for (outer, inner, place) in [
        // `static.txt` of `demo` would be the folder of `more`.
        ("all", "all/static.txt", "all/static.txt/.errgen-files"),
        ("all", "all/STATIC.TXT", "all/STATIC.TXT/.errgen-files"),
    ] {
        let project = project_of_two();
        let here = project.path();
        let targets = format!("{{ demo: {{ out: {outer} }}, more: {{ out: {inner} }} }}");
        write(here, "catalog.yaml", &with_targets(&targets));
        let before = tree(here);
        let run = errgen(here, ALL);
        assert_eq!(run.status, 2, "{}", run.stderr);
        let start = format!(
            "{place}: error[E508]: `demo` and `more` need a file and a folder of the same name here\n"
        );
        assert!(run.stderr.starts_with(&start), "{}", run.stderr);
        assert!(tree(here) == before);
    }
}

/// Puts something in the way.
#[cfg(unix)]
type Obstruct = &'static dyn Fn(&Path);

/// What planning can see must not fail when other targets are already written.
#[cfg(unix)]
#[test]
fn whatever_is_in_the_way_of_the_last_target_is_found_before_the_first_is_written() {
    let obstacles: [(&str, Obstruct); 4] = [
        ("generated/more", &|here| {
            link(Path::new("nowhere"), &here.join("generated/more"));
        }),
        ("generated", &|here| {
            link(Path::new("nowhere"), &here.join("generated"));
        }),
        ("generated/more/first", &|here| {
            fs::create_dir_all(here.join("generated/more")).expect("a folder");
            link(Path::new("nowhere"), &here.join("generated/more/first"));
        }),
        ("generated/more/first", &|here| {
            // Once a file of errgen's, which was edited, where a folder is needed now.
            let target = here.join("templates/more/target.yaml");
            fs::write(&target, TARGET.replace("/category.txt", "")).expect("a target");
            errgen(here, ["generate", "more", "--templates", "templates"]).clean();
            fs::write(here.join("generated/more/first"), "by hand\n").expect("a file");
            fs::write(&target, TARGET).expect("a target");
        }),
    ];
    for (place, obstruct) in obstacles {
        let project = project_of_two();
        let here = project.path();
        fs::create_dir_all(here.join(place).parent().expect("a folder")).expect("a folder");
        obstruct(here);
        let before = tree(here);
        let run = errgen(
            here,
            ["generate", "demo", "more", "--templates", "templates"],
        );
        assert_eq!(run.status, 1, "{place}: {}", run.stderr);
        assert!(
            run.stderr.starts_with(&format!("{place}: error[E605]")),
            "{place}: {}",
            run.stderr
        );
        assert!(tree(here) == before, "{place}");
        assert!(!here.join("generated/demo").exists(), "{place}");
    }
}

#[test]
fn a_folder_outside_the_repository_is_refused_at_its_line() {
    for is_file in [false, true] {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let here = &outer.path().join("repository/errors");
        copy_into(project().path(), here);
        if is_file {
            write(outer.path(), "repository/.git", "gitdir: elsewhere\n");
        } else {
            fs::create_dir(outer.path().join("repository/.git")).expect("a folder");
        }
        // The repository's own folders are all right.
        write(
            here,
            "catalog.yaml",
            &with_targets("{ demo: { out: ../sdk } }"),
        );
        errgen(here, ["lint", "--templates", "templates"]).clean();
        errgen(here, ALL).clean();
        write(
            here,
            "catalog.yaml",
            &with_targets("{ demo: { out: ../../sdk } }"),
        );
        let before = tree(outer.path());
        let expected = "\
catalog.yaml:6:25: error[E504]: `../../sdk` is outside the repository that the catalogue is in
  |
6 | targets: { demo: { out: ../../sdk } }
  |                         ^^^^^^^^^
  = help: choose a folder in the repository, or use `--out` to write elsewhere
";
        for command in ["lint", "check", "generate"] {
            let run = errgen(here, [command, "--templates", "templates"]);
            assert_eq!(
                (run.status, run.stderr.as_str()),
                (1, expected),
                "{command}"
            );
        }
        assert!(tree(outer.path()) == before);
        errgen(here, ALL.into_iter().chain(["--out", "../../sdk"])).clean();
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_or_into_git_is_refused() {
    for (to, message) in [
        (
            "../outside",
            "`link/sdk` is outside the repository that the catalogue is in",
        ),
        (".git", "`link/sdk` is in a `.git` folder"),
    ] {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let here = &outer.path().join("here");
        copy_into(project().path(), here);
        write(here, ".git/config", "[core]\n");
        write(outer.path(), "outside/mine.txt", "mine\n");
        link(Path::new(to), &here.join("link"));
        write(
            here,
            "catalog.yaml",
            &with_targets("{ demo: { out: link/sdk } }"),
        );
        let before = tree(outer.path());
        for command in ["lint", "generate"] {
            let run = errgen(here, [command, "--templates", "templates"]);
            let start = format!("catalog.yaml:6:25: error[E504]: {message}\n");
            assert!(run.stderr.starts_with(&start), "{}", run.stderr);
        }
        assert!(tree(outer.path()) == before);
    }
}
