//! `include`: which files of a catalogue are read, what build tools learn of them, and what is mended in them.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Run, errgen, tree, write};
use tempfile::TempDir;

const HEAD: &str = "catalog: shop\nversion: 1.0.0\ntitle: { en: Shop errors }\nlocales: [en]\n";

/// A catalogue that includes these paths, and has no errors of its own.
fn catalog(paths: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{HEAD}include: {paths}\n");
    write(folder.path(), "catalog.yaml", &text);
    folder
}

/// A category with an error of this code.
fn category(code: u32) -> String {
    format!(
        "categories:\n  - id: c{code}\n    title: {{ en: C }}\n    errors: [{{ code: {code}, id: e{code}, http: 404, message: Message {code} }}]\n"
    )
}

/// The codes of the catalogue, in order.
fn codes(folder: &Path) -> Vec<String> {
    let run = errgen(folder, ["generate", "markdown", "--out", "out"]).clean();
    assert!(run.stdout.contains("markdown: "), "{}", run.stdout);
    let text = fs::read_to_string(folder.join("out/markdown/en/README.md")).expect("a document");
    let lines = text.lines().filter_map(|line| line.split_once("<a id=\""));
    lines
        .filter_map(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

fn lint(folder: &Path) -> Run {
    errgen(folder, ["lint"])
}

#[test]
fn files_come_in_the_order_of_their_paths_and_each_once() {
    let folder = catalog("[z.yaml, 'b*.yaml', 'b/*.yaml', '*/c*.yaml']");
    for (path, code) in [
        ("z.yaml", 1),
        ("b.yaml", 2),
        ("b1.yaml", 3),
        ("b/a.yaml", 4),
        ("b/c.yaml", 5),
        ("a/c1.yaml", 6),
    ] {
        write(folder.path(), path, &category(code));
    }
    // What `*` does not stand for.
    write(folder.path(), "b/.c.yaml", "not: [read");
    write(folder.path(), ".a/c1.yaml", "not: [read");
    write(folder.path(), "b/d.yaml/file", "not: [read");
    write(folder.path(), "b/d.yml", "not: [read");
    assert_eq!(codes(folder.path()), ["6", "4", "5", "2", "3", "1"]);
}

#[test]
fn a_pattern_leaves_out_the_catalogue_itself() {
    let folder = catalog("['*.yaml']");
    write(folder.path(), "errors.yaml", &category(1));
    assert_eq!(codes(folder.path()), ["1"]);
}

#[test]
fn a_pattern_leaves_out_the_ledger() {
    let folder = catalog("['*.yaml']");
    write(folder.path(), "errors.yaml", &category(1));
    errgen(folder.path(), ["release", "--adopt"]).clean();
    assert!(folder.path().join("catalog.ledger.yaml").exists());
    assert_eq!(codes(folder.path()), ["1"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_folder_and_to_allowed_ones() {
    let folder = catalog("['errors/*.yaml']");
    write(folder.path(), "shared/a.yaml", &category(1));
    fs::create_dir(folder.path().join("errors")).expect("a folder");
    let link = |target: &Path, path: &str| support::link(target, &folder.path().join(path));
    link(Path::new("../shared/a.yaml"), "errors/a.yaml");
    // The same file under another name, and a broken link, as an editor leaves one.
    link(Path::new("a.yaml"), "errors/b.yaml");
    link(Path::new("nobody@host"), "errors/c.yaml");
    assert_eq!(codes(folder.path()), ["1"]);
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    write(elsewhere.path(), "d.yaml", &category(2));
    link(&elsewhere.path().join("d.yaml"), "errors/d.yaml");
    let run = lint(folder.path());
    assert!(
        run.stderr
            .contains("`errors/d.yaml` leads out of the catalogue's folder")
    );
    let allowed = elsewhere.path().to_str().expect("a path in UTF-8");
    errgen(folder.path(), ["lint", "--allow-links-to", allowed]).clean();
}

/// They are not even listed.
#[cfg(unix)]
#[test]
fn folders_elsewhere_are_refused() {
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    write(elsewhere.path(), "d.yaml", &category(2));
    for paths in ["['errors/*.yaml']", "['*/*.yaml']", "[errors/d.yaml]"] {
        let folder = catalog(paths);
        support::link(elsewhere.path(), &folder.path().join("errors"));
        let run = lint(folder.path());
        assert_eq!(run.status, 1);
        let message = " leads out of the catalogue's folder\n";
        assert!(run.stderr.contains(message), "{}", run.stderr);
        let allowed = elsewhere.path().to_str().expect("a path in UTF-8");
        errgen(folder.path(), ["lint", "--allow-links-to", allowed]).clean();
    }
}

/// It is neither waited for nor read without end.
#[cfg(unix)]
#[test]
fn a_pipe_is_refused() {
    for paths in ["['errors/*.yaml']", "[errors/pipe.yaml]"] {
        let folder = catalog(paths);
        write(folder.path(), "errors/a.yaml", &category(1));
        let pipe = folder.path().join("errors/pipe.yaml");
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo starts").success());
        let run = lint(folder.path());
        assert_eq!(run.status, 1);
        let message = "error[E010]: `errors/pipe.yaml` is a pipe or a device\n";
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn there_is_a_limit_to_the_number_of_files() {
    let folder = catalog("['errors/*.yaml']");
    for number in 0..=10_000 {
        write(folder.path(), &format!("errors/{number}.yaml"), "");
    }
    let run = lint(folder.path());
    assert_eq!(run.status, 1);
    let message = "error[E010]: the catalogue includes more than 10000 files\n";
    assert!(run.stderr.contains(message), "{}", run.stderr);
}

#[test]
fn an_errgen_that_is_too_old_says_nothing_of_paths() {
    let folder = catalog("['errors/**']\nerrgen: { requires: '>=99' }");
    let run = lint(folder.path());
    assert!(run.stderr.contains("error[E210]"), "{}", run.stderr);
    assert!(!run.stderr.contains("error[E218]"), "{}", run.stderr);
}

#[test]
fn a_depfile_lists_the_files_and_the_folders_where_more_may_come() {
    let folder = catalog("['errors/*/*.yaml', more/own.yaml]");
    write(folder.path(), "errors/one/a.yaml", &category(1));
    write(folder.path(), "errors/two/b.yaml", &category(2));
    write(folder.path(), "more/own.yaml", &category(3));
    let words = ["generate", "markdown", "--depfile", "errgen.d"];
    errgen(folder.path(), words).clean();
    let text = fs::read_to_string(folder.path().join("errgen.d")).expect("a depfile");
    let inputs: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_suffix(':'))
        .collect();
    let expected = [
        "catalog.yaml",
        "errors/one/a.yaml",
        "errors/two/b.yaml",
        "more/own.yaml",
        "errors",
        "errors/one",
        "errors/two",
    ];
    assert_eq!(inputs[inputs.len() - 8..][..7], expected);
}

#[test]
fn paths_are_shown_as_seen_from_the_current_folder() {
    let folder = catalog("['errors/*.yaml']");
    write(
        folder.path(),
        "errors/a.yaml",
        &category(1).replace("404", "4040"),
    );
    let elsewhere = folder.path().join("errors");
    let run = errgen(&elsewhere, ["lint"]);
    let place = "../errors/a.yaml:4:39: error[E203]";
    assert!(run.stderr.starts_with(place), "{}", run.stderr);
}

#[test]
fn fixes_go_to_the_file_that_they_are_for() {
    let folder = catalog("['errors/*.yaml']");
    let wrong = category(1).replace("message", "mesage");
    write(folder.path(), "errors/a.yaml", &wrong);
    write(folder.path(), "errors/b.yaml", &category(2));
    write(folder.path(), "errors/c.yaml", &wrong.replace('1', "3"));
    let before = tree(folder.path());
    let patch = errgen(folder.path(), ["lint", "--diff"]).stdout;
    assert_eq!(tree(folder.path()), before);
    for path in ["errors/a.yaml", "errors/c.yaml"] {
        assert!(patch.contains(&format!("+++ b/{path}\n")), "{patch}");
    }
    assert_eq!(patch.matches("+++").count(), 2);
    let run = errgen(folder.path(), ["lint", "--fix"]).clean();
    assert_eq!(run.stdout, "catalog.yaml: 2 fixed, no problems found\n");
    let read = |path| fs::read_to_string(folder.path().join(path)).expect("a file");
    assert_eq!(read("errors/a.yaml"), category(1));
    assert_eq!(read("errors/c.yaml"), category(3));
}

/// Others' templates are rendered in a process of their own, which is sent all files.
#[test]
fn templates_of_ones_own_see_all_files() {
    let folder = support::project();
    let text = fs::read_to_string(folder.path().join("catalog.yaml")).expect("the catalogue");
    let text = text + "include: [errors/*.yaml]\n";
    write(folder.path(), "catalog.yaml", &text);
    write(folder.path(), "errors/a.yaml", &category(7));
    let words = ["generate", "demo", "--templates", "templates"];
    errgen(folder.path(), words).clean();
    let written = folder.path().join("generated/demo/c7/category.txt");
    let written = fs::read_to_string(written).expect("a file");
    assert!(written.ends_with("\nMessage 7\n"), "{written}");
}
