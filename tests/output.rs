//! Output folders: what errgen writes to, what it leaves alone, and what it says of the difference.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use support::{assert_same_tree, copy_into, errgen, repository, tree};
use tempfile::TempDir;

const CATALOG: &str = "
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
categories:
  - id: first
    title: { en: First }
    errors:
      - { code: 1, id: one, http: 404, message: One, description: { en: The one. } }
  - id: second
    title: { en: Second }
    errors:
      - { code: 2, id: two, http: 404, message: Two, description: { en: The two. } }
";

/// A file for each category, in a folder of its own, and a static one.
const TARGET: &str = r#"
description: A demonstration
files:
  - { template: category.txt.tera, path: "{{ category.id }}/category.txt", each: [category] }
"#;

const TEMPLATE: &str =
    "{{ notice }}\n{% for error in category.errors %}{{ error.message.value }}\n{% endfor %}";

/// A folder with a catalogue, a target of its own and nothing generated yet.
fn project() -> TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", CATALOG);
    write(project.path(), "templates/demo/target.yaml", TARGET);
    write(project.path(), "templates/demo/category.txt.tera", TEMPLATE);
    write(project.path(), "templates/demo/static.txt", "as it is\n");
    project
}

fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

const GENERATE: [&str; 4] = ["generate", "demo", "--templates", "templates"];
const CHECK: [&str; 4] = ["check", "demo", "--templates", "templates"];

fn generated(project: &TempDir) -> PathBuf {
    project.path().join("generated/demo")
}

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| {
        fs::metadata(folder.join(path))
            .and_then(|it| it.modified())
            .expect("a time")
    };
    tree(folder)
        .keys()
        .map(|path| (path.clone(), time(path)))
        .collect()
}

#[test]
fn the_second_run_writes_nothing() {
    let project = project();
    let first = errgen(project.path(), GENERATE).clean();
    assert_eq!(
        first.stdout,
        "demo: 3 written, 0 removed, 0 unchanged in generated/demo\n"
    );
    let before = times(project.path());
    let second = errgen(project.path(), GENERATE).clean();
    assert_eq!(
        second.stdout,
        "demo: 0 written, 0 removed, 3 unchanged in generated/demo\n"
    );
    assert_eq!(times(project.path()), before);
}

#[test]
fn the_real_catalogue_written_twice_is_written_once() {
    let project = tempfile::tempdir().expect("a temporary folder");
    fs::copy(
        repository().join("catalog.yaml"),
        project.path().join("catalog.yaml"),
    )
    .expect("a copy");
    errgen(project.path(), ["generate"]).clean();
    let before = times(project.path());
    errgen(project.path(), ["generate"]).clean();
    assert_eq!(times(project.path()), before);
    assert_same_tree(
        &project.path().join("generated"),
        &repository().join("generated"),
    );
}

#[test]
fn check_names_what_is_missing_edited_stale_and_left_over_and_generate_mends_it() {
    let project = project();
    errgen(project.path(), GENERATE).clean();
    let whole = tree(&generated(&project));
    write(project.path(), "generated/demo/first/mine.txt", "foreign\n");

    // Deleted, edited, and one category less than before.
    fs::remove_file(generated(&project).join("static.txt")).expect("removed");
    write(
        project.path(),
        "generated/demo/first/category.txt",
        "by hand\n",
    );
    let less = CATALOG
        .split("  - id: second")
        .next()
        .expect("the first category");
    write(project.path(), "catalog.yaml", less);

    let check = errgen(project.path(), CHECK);
    assert_eq!((check.status, check.stdout.as_str()), (1, ""));
    let findings: Vec<_> = check
        .stderr
        .lines()
        .filter(|line| line.contains("error["))
        .collect();
    assert_eq!(
        findings,
        [
            "generated/demo/first/category.txt: error[E603]: this file was edited after it was generated",
            "generated/demo/second/category.txt: error[E604]: this file is left over",
            "generated/demo/static.txt: error[E601]: this file is missing",
        ]
    );
    assert!(
        check
            .stderr
            .contains("run `errgen generate demo --templates templates`")
    );

    errgen(project.path(), GENERATE).clean();
    errgen(project.path(), CHECK).clean();
    let mended = tree(&generated(&project));
    assert!(
        !generated(&project).join("second").exists(),
        "an empty folder goes with its last file"
    );
    assert_eq!(mended["first/category.txt"], whole["first/category.txt"]);
    assert_eq!(mended["static.txt"], whole["static.txt"]);
    assert_eq!(mended["first/mine.txt"], b"foreign\n");
}

#[test]
fn a_changed_catalogue_makes_a_file_stale() {
    let project = project();
    errgen(project.path(), GENERATE).clean();
    write(
        project.path(),
        "catalog.yaml",
        &CATALOG.replace("message: One", "message: Another"),
    );
    let check = errgen(project.path(), CHECK);
    let expected = "\
generated/demo/first/category.txt: error[E602]: this file is stale
  = help: run `errgen generate demo --templates templates`
--- a/first/category.txt
+++ b/first/category.txt
@@ -1,2 +1,2 @@
 Code generated by errgen from catalog.yaml. DO NOT EDIT.
-One
+Another
";
    assert_eq!((check.status, check.stderr.as_str()), (1, expected));
}

#[test]
fn a_foreign_file_is_never_overwritten() {
    let project = project();
    write(
        project.path(),
        "generated/demo/first/category.txt",
        "mine\n",
    );
    let before = tree(project.path());
    let run = errgen(project.path(), GENERATE);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr
            .starts_with("generated/demo/first/category.txt: error[E605]"),
        "{}",
        run.stderr
    );
    assert!(
        tree(project.path()) == before,
        "nothing else is written either"
    );
}

#[test]
fn an_error_in_the_last_target_leaves_every_file_as_it_was() {
    let project = project();
    copy_into(
        &project.path().join("templates/demo"),
        &project.path().join("templates/zz_last"),
    );
    let both = ["generate", "demo", "zz_last", "--templates", "templates"];
    errgen(project.path(), both).clean();
    write(
        project.path(),
        "catalog.yaml",
        &CATALOG.replace("message: One", "message: Another"),
    );
    write(
        project.path(),
        "templates/zz_last/category.txt.tera",
        "fine\n  {{ category.titel }}\n",
    );
    let before = tree(project.path());
    let run = errgen(project.path(), both);
    assert_eq!(run.status, 2);
    let place = "templates/zz_last/category.txt.tera:2:15: error[E506]";
    assert!(run.stderr.starts_with(place), "{}", run.stderr);
    assert!(tree(project.path()) == before, "no file is touched");
}

#[test]
fn a_file_gives_way_to_a_folder_of_its_name() {
    let project = project();
    write(
        project.path(),
        "templates/demo/target.yaml",
        &TARGET.replace("/category.txt", ""),
    );
    errgen(project.path(), GENERATE).clean();
    assert!(generated(&project).join("first").is_file());
    write(project.path(), "templates/demo/target.yaml", TARGET);
    errgen(project.path(), GENERATE).clean();
    errgen(project.path(), CHECK).clean();
    assert!(generated(&project).join("first").is_dir());
}

#[test]
fn out_writes_anywhere_with_the_binary_alone() {
    let project = tempfile::tempdir().expect("a temporary folder");
    fs::copy(
        repository().join("catalog.yaml"),
        project.path().join("catalog.yaml"),
    )
    .expect("a copy");
    let deep = project.path().join("some/where");
    fs::create_dir_all(&deep).expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let out = elsewhere.path().to_str().expect("a path in UTF-8");
    // The catalogue is found in a folder above.
    errgen(&deep, ["generate", "--out", out]).clean();
    assert_same_tree(elsewhere.path(), &repository().join("generated"));
    assert!(!project.path().join("generated").exists());
    errgen(&deep, ["--out", out, "check", "--quiet"]).clean();
}

#[test]
fn options_stand_before_or_after_the_words_of_a_command() {
    let project = project();
    let before = errgen(
        project.path(),
        ["--templates", "templates", "--quiet", "generate", "demo"],
    )
    .clean();
    let after = errgen(
        project.path(),
        ["generate", "demo", "--quiet", "--templates", "templates"],
    )
    .clean();
    assert_eq!((before.stdout.as_str(), after.stdout.as_str()), ("", ""));
}

#[test]
fn a_catalogue_names_the_folder_of_a_target() {
    let project = project();
    let targets = "targets: { demo: { out: ../elsewhere } }\ncategories:";
    write(
        project.path(),
        "shop/catalog.yaml",
        &CATALOG.replace("categories:", targets),
    );
    let arguments = [
        "generate",
        "--catalog",
        "shop/catalog.yaml",
        "--templates",
        "templates",
    ];
    let run = errgen(project.path(), arguments).clean();
    assert_eq!(
        run.stdout,
        "demo: 3 written, 0 removed, 0 unchanged in shop/../elsewhere\n"
    );
    assert!(project.path().join("elsewhere/static.txt").is_file());
}

#[test]
fn a_target_can_write_beside_the_catalogue() {
    let project = project();
    let targets = "targets: { demo: { out: . } }\ncategories:";
    write(
        project.path(),
        "catalog.yaml",
        &CATALOG.replace("categories:", targets),
    );
    errgen(project.path(), GENERATE).clean();
    errgen(project.path(), CHECK).clean();
    assert!(project.path().join("static.txt").is_file());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_outside_is_not_followed() {
    let project = project();
    write(project.path(), "outside.txt", "not errgen's\n");
    fs::create_dir_all(generated(&project)).expect("a folder");
    support::link(
        Path::new("../../outside.txt"),
        &generated(&project).join("static.txt"),
    );
    let run = errgen(project.path(), GENERATE);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr
            .starts_with("generated/demo/static.txt: error[E605]"),
        "{}",
        run.stderr
    );
    let outside = fs::read_to_string(project.path().join("outside.txt")).expect("the file");
    assert_eq!(outside, "not errgen's\n");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    errgen(project.path(), GENERATE).clean();
    let path = generated(&project).join("first/category.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    write(
        project.path(),
        "catalog.yaml",
        &CATALOG.replace("message: One", "message: Another"),
    );
    errgen(project.path(), GENERATE).clean();
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let project = project();
    errgen(project.path(), GENERATE).clean();
    write(
        project.path(),
        "catalog.yaml",
        &format!("\u{feff}{}", CATALOG.replace('\n', "\r\n")),
    );
    errgen(project.path(), CHECK).clean();
}
