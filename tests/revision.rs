//! A catalogue as it was at a git revision, and the ledger that `errgen release --adopt --tags` makes of a repository's tags.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use errgen::diagnostic::{Diagnostics, Place};
use errgen::revision::with_draft_at;
use errgen::target::Library;
use support::{Run, errgen, git, tree, write};
use tempfile::TempDir;

const HEAD: &str = "\
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
targets: { markdown: {} }
categories:
  - id: order
    title: { en: Order }
    errors:
";

/// A catalogue with a version and errors, each with a code and an id.
fn catalog(version: &str, errors: &[(u32, &str)]) -> String {
    let head = HEAD.replace("1.0.0", version);
    let errors = errors.iter().map(|(code, id)| {
        format!(
            "      - {{ code: {code}, id: {id}, http: 404, message: Message {code}, description: {{ en: D {code}. }} }}\n"
        )
    });
    head + &errors.collect::<String>()
}

fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    folder
}

fn commit(folder: &Path, tag: &str) {
    git(folder, &["add", "--all"]);
    git(
        folder,
        &["commit", "--quiet", "--allow-empty", "--message", "x"],
    );
    git(folder, &["tag", "--", tag]);
}

/// A repository with a tag for each catalogue, the last of which is checked out.
fn tagged(catalogs: &[(&str, String)]) -> TempDir {
    let folder = repository();
    for (tag, text) in catalogs {
        write(folder.path(), "catalog.yaml", text);
        commit(folder.path(), tag);
    }
    folder
}

fn adopt(folder: &Path, words: &[&str]) -> Run {
    let all = ["release", "--adopt", "--tags"];
    errgen(folder, all.iter().chain(words).copied())
}

/// The kinds and the codes or versions of the ledger's lines, without its heads.
fn ledger(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("catalog.ledger.yaml")).expect("a ledger");
    let lines = text.lines().filter_map(|line| {
        if let Some(rest) = line.strip_prefix("- release: {\"version\": \"") {
            return Some(format!("= {}", rest.split('"').next()?));
        }
        let rest = line.strip_prefix("- error: {")?;
        let mut words = rest.split(", ");
        let code = words.nth(1)?.strip_prefix("\"code\": ")?;
        let id = words.next()?.strip_prefix("\"id\": ")?.trim_matches('"');
        Some(format!("{code} {id}"))
    });
    lines.collect()
}

/// The ids of a catalogue at a revision, once it is found to be valid.
fn ids_at(folder: &Path, revision: &str) -> Result<Vec<String>, Diagnostics> {
    let path = folder.join("catalog.yaml");
    with_draft_at(&path, revision, |draft| {
        let project = draft.analyse(&Library::standard(), &[]).into_project()?;
        let errors = project.catalog.errors();
        Ok(errors.map(|(_, _, error)| error.id.to_owned()).collect())
    })
}

/// The rule, the place and the message of the first finding, and its help.
fn said(found: Diagnostics) -> [String; 2] {
    let first = found.into_iter().next().expect("a finding");
    let place = match first.place {
        Place::File(path) => path,
        Place::Span(source, span) => {
            let position = source.position(span.start);
            let path = source.file_at(span.start).path;
            format!("{path}:{}:{}", position.line, position.column)
        }
    };
    let message = format!("{place}: {}: {}", first.rule.code, first.message);
    [message, first.help.unwrap_or_default()]
}

#[track_caller]
fn refused(folder: &Path, revision: &str) -> [String; 2] {
    let found = ids_at(folder, revision).expect_err("a refusal");
    said(found)
}

#[test]
fn a_ledger_has_what_each_tag_released() {
    let folder = tagged(&[
        ("v1.0.0", catalog("1.0.0", &[(1, "one"), (2, "two")])),
        // Not in the order of the tags' names, and not in that of their commits.
        (
            "v1.10.0",
            catalog("1.10.0", &[(1, "one"), (2, "two"), (4, "four")]),
        ),
        (
            "v1.9.0",
            catalog("1.9.0", &[(1, "one"), (2, "two"), (3, "three")]),
        ),
    ]);
    let today = catalog(
        "1.11.0",
        &[(1, "one"), (2, "two"), (3, "three"), (4, "four")],
    );
    write(folder.path(), "catalog.yaml", &today);
    let run = adopt(folder.path(), &[]).clean();
    assert_eq!(
        run.stdout,
        "recorded 4 releases, 1.0.0 to 1.11.0: 4 in all\nnext: run `errgen lint` to see whether released codes are missing, commit catalog.ledger.yaml, and write `since: next` at what is new from now on\n"
    );
    assert_eq!(
        ledger(folder.path()),
        [
            "1 one", "2 two", "= 1.0.0", "3 three", "= 1.9.0", "4 four", "= 1.10.0", "= 1.11.0"
        ]
    );
    // The ledger holds, and nothing else has changed.
    errgen(folder.path(), ["lint"]).clean();
    let now = fs::read_to_string(folder.path().join("catalog.yaml")).expect("a catalogue");
    assert_eq!(now, today);
    errgen(folder.path(), ["release", "minor"]).clean();
    errgen(folder.path(), ["lint"]).clean();
}

#[test]
fn the_diff_is_what_is_written() {
    let folder = tagged(&[("v1.0.0", catalog("1.0.0", &[(1, "one")]))]);
    let patch = adopt(folder.path(), &["--diff"]).clean().stdout;
    assert!(!folder.path().join("catalog.ledger.yaml").exists());
    write(folder.path(), ".git/a.patch", &patch);
    git(folder.path(), &["apply", ".git/a.patch"]);
    let applied = fs::read(folder.path().join("catalog.ledger.yaml")).expect("a ledger");
    fs::remove_file(folder.path().join("catalog.ledger.yaml")).expect("removed");
    let run = adopt(folder.path(), &[]).clean();
    assert!(
        run.stdout.starts_with("recorded 1.0.0: 1 in all\n"),
        "{}",
        run.stdout
    );
    let written = fs::read(folder.path().join("catalog.ledger.yaml")).expect("a ledger");
    assert!(written == applied);
}

/// Removed and reused codes are facts, and lint asks for them from then on.
#[test]
fn what_the_history_has_removed_and_reused_is_recorded() {
    let folder = tagged(&[
        (
            "v1.0.0",
            catalog("1.0.0", &[(1, "one"), (2, "two"), (3, "three")]),
        ),
        ("v2.0.0", catalog("2.0.0", &[(1, "one"), (3, "other")])),
        ("v3.0.0", catalog("3.0.0", &[(1, "another"), (3, "other")])),
    ]);
    write(
        folder.path(),
        "catalog.yaml",
        &catalog("3.1.0", &[(1, "one"), (3, "other")]),
    );
    adopt(folder.path(), &[]).clean();
    assert_eq!(
        ledger(folder.path()),
        [
            "1 one",
            "2 two",
            "3 three",
            "= 1.0.0",
            "3 other",
            "= 2.0.0",
            "1 another",
            "= 3.0.0",
            "1 one",
            "= 3.1.0"
        ]
    );
    let run = errgen(folder.path(), ["lint"]);
    assert_eq!(run.status, 1);
    let message = "error[E801]: the code 2 (`two`) was released in 1.0.0, and is no longer";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert!(!run.stderr.contains("E802"), "{}", run.stderr);
}

#[test]
fn since_is_recorded_as_it_was_and_next_is_left_out() {
    let text = catalog("1.0.0", &[(1, "one"), (2, "two"), (3, "three")])
        .replace("id: one,", "id: one, since: 0.3.0,")
        .replace("id: three,", "id: three, since: next,");
    let folder = tagged(&[("v1.0.0", text)]);
    adopt(folder.path(), &[]).clean();
    assert_eq!(ledger(folder.path()), ["1 one", "2 two", "= 1.0.0"]);
    let text = fs::read_to_string(folder.path().join("catalog.ledger.yaml")).expect("a ledger");
    assert_eq!(text.matches("\"since\": \"0.3.0\"").count(), 1);
    errgen(folder.path(), ["lint"]).clean();
}

#[test]
fn included_files_and_explanations_are_those_of_the_tag() {
    let folder = repository();
    let whole = |version, explanation| {
        catalog(version, &[(1, "one")])
            .replace("categories:", "include: [errors/*.yaml]\ncategories:")
            .replace(
                "id: one,",
                &format!("id: one, explanation: docs/{explanation}.md,"),
            )
    };
    let part = |code, id| {
        format!(
            "category: order\nerrors:\n  - {{ code: {code}, id: {id}, http: 404, message: M {code}, description: {{ en: D {code}. }} }}\n"
        )
    };
    write(folder.path(), "catalog.yaml", &whole("1.0.0", "one"));
    write(folder.path(), "docs/one.md", "Why.\n");
    write(folder.path(), "errors/a.yaml", &part(2, "two"));
    write(folder.path(), "unnamed.bin", "x");
    commit(folder.path(), "v1.0.0");
    write(folder.path(), "catalog.yaml", &whole("1.1.0", "other"));
    fs::rename(
        folder.path().join("docs/one.md"),
        folder.path().join("docs/other.md"),
    )
    .expect("renamed");
    fs::rename(
        folder.path().join("errors/a.yaml"),
        folder.path().join("errors/b.yaml"),
    )
    .expect("renamed");
    write(folder.path(), "errors/c.yaml", &part(3, "three"));
    commit(folder.path(), "v1.1.0");
    let before = tree(folder.path());
    assert_eq!(
        ids_at(folder.path(), "v1.0.0").expect("ids"),
        ["one", "two"]
    );
    assert_eq!(
        ids_at(folder.path(), "HEAD").expect("ids"),
        ["one", "two", "three"]
    );
    assert_eq!(
        ids_at(folder.path(), "HEAD~1").expect("ids"),
        ["one", "two"]
    );
    assert!(tree(folder.path()) == before);
    adopt(folder.path(), &[]).clean();
    assert_eq!(
        ledger(folder.path()),
        ["1 one", "2 two", "= 1.0.0", "3 three", "= 1.1.0"]
    );
    // An explanation that was moved is the same.
    errgen(folder.path(), ["lint"]).clean();
}

#[test]
fn a_catalogue_is_read_at_its_path_or_at_another() {
    let folder = repository();
    write(
        folder.path(),
        "old/errors.yaml",
        &catalog("1.0.0", &[(1, "one")]),
    );
    commit(folder.path(), "v1.0.0");
    fs::remove_dir_all(folder.path().join("old")).expect("removed");
    write(
        folder.path(),
        "sdk/catalog.yaml",
        &catalog("1.1.0", &[(1, "uno")]),
    );
    commit(folder.path(), "v1.1.0");
    let below = folder.path().join("sdk");
    assert_eq!(ids_at(&below, "v1.1.0").expect("ids"), ["uno"]);
    assert_eq!(
        ids_at(&below, "v1.0.0:old/errors.yaml").expect("ids"),
        ["one"]
    );
    assert_eq!(
        ids_at(&below, "HEAD^{/x}:sdk/catalog.yaml").expect("ids"),
        ["uno"]
    );
    assert_eq!(
        refused(&below, "v1.0.0"),
        [
            "v1.0.0:sdk/catalog.yaml: E708: there is no such file at this revision",
            "if the catalogue had another path then, name that: `main:errors/catalog.yaml`"
        ]
    );
    let [message, _] = refused(&below, "v1.0.0:old");
    assert_eq!(message, "v1.0.0:old: E708: it is a folder");
    let [message, _] = refused(&below, "v1.0.0:../../x.yaml");
    assert!(
        message.contains("E708: `../../x.yaml` leads out of"),
        "{message}"
    );
    // The tag that had another path is left out.
    let run = adopt(&below, &[]).clean();
    assert!(
        run.stdout.starts_with(
            "recorded 1.1.0: 1 in all\nleft out, as they have no such catalogue: v1.0.0\n"
        ),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_wrong_is_said_at_its_place_in_the_revision() {
    let wrong = catalog("1.0.0", &[(1, "one")]).replace("http: 404", "http: 40");
    let folder = tagged(&[
        ("v1.0.0", wrong),
        ("v1.1.0", catalog("1.1.0", &[(1, "one")])),
    ]);
    let [message, _] = refused(folder.path(), "v1.0.0");
    assert!(
        message.starts_with("v1.0.0:catalog.yaml:10:35: E203: "),
        "{message}"
    );
    let before = tree(folder.path());
    let run = adopt(folder.path(), &[]);
    assert_eq!(run.status, 2);
    for part in [
        "v1.0.0:catalog.yaml:10:35: error[E203]: ",
        "v1.0.0:catalog.yaml: error[E707]: the catalogue at the tag `v1.0.0` is not valid\n  = help: leave the tag out with `--without v1.0.0`\n",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert!(tree(folder.path()) == before);
    adopt(folder.path(), &["--without", "v1.0.0"]).clean();
    assert_eq!(ledger(folder.path()), ["1 one", "= 1.1.0"]);
}

#[test]
fn refusals_say_what_to_do() {
    let one = catalog("1.0.0", &[(1, "one")]);
    let other = catalog("1.0.0", &[(1, "other")]);
    let later = catalog("1.1.0", &[(1, "one")]);
    let cases = [
        // Two tags of one version.
        (
            vec![
                ("v1.0.0", &one),
                ("v1.0.0-again", &other),
                ("v1.1.0", &later),
            ],
            &later,
            &[][..],
            "v1.0.0-again:catalog.yaml: error[E707]: the tags `v1.0.0` and `v1.0.0-again` both state 1.0.0, and their catalogues differ\n  = help: leave out the one that was not released, as in `--without v1.0.0-again`\n",
        ),
        // Today's catalogue has a lower version.
        (
            vec![("v1.1.0", &later)],
            &one,
            &[],
            "catalog.yaml: error[E707]: the version is 1.0.0, but that of the tag `v1.1.0` is 1.1.0\n  = help: write `version: 1.1.0`, or a higher one; if 1.1.0 was never released, leave the tag out with `--without v1.1.0`\n",
        ),
        // Names that match nothing.
        (
            vec![("v1.0.0", &one)],
            &one,
            &["release-*"],
            "catalog.yaml: error[E707]: no tag that matches `release-*` has this catalogue\n  = help: name other tags, as in `--tags 'errors-*'`, or leave out `--tags` to start with the catalogue as it is\n",
        ),
        (
            vec![("v1.0.0", &one)],
            &one,
            &["--without", "v0.9.0"],
            "catalog.yaml: error[E707]: there is no tag `v0.9.0` that matches `v*`\n  = help: correct the name after `--without`, or remove it\n",
        ),
    ];
    for (tags, today, words, message) in cases {
        let tags: Vec<_> = tags
            .into_iter()
            .map(|(tag, text)| (tag, text.clone()))
            .collect();
        let folder = tagged(&tags);
        write(folder.path(), "catalog.yaml", today);
        let before = tree(folder.path());
        let run = adopt(folder.path(), words);
        assert_eq!((run.status, run.stderr.as_str()), (2, message));
        assert!(tree(folder.path()) == before);
    }
}

#[test]
fn tags_of_one_version_with_the_same_content_are_one_release() {
    let one = catalog("1.0.0", &[(1, "one")]);
    let folder = tagged(&[
        ("v1.0.0", one.clone()),
        (
            "v1.0.0-docs",
            one.replace("Shop errors }", "Shop errors } # More."),
        ),
    ]);
    adopt(folder.path(), &[]).clean();
    assert_eq!(ledger(folder.path()), ["1 one", "= 1.0.0"]);
}

/// git has to tell them apart from its options, a shell from its own words, and a terminal from its commands.
#[cfg(unix)]
#[test]
fn hostile_names_are_names() {
    let folder = repository();
    let wrong = catalog("1.0.0", &[(1, "one")]).replace("http: 404", "http: 40");
    write(folder.path(), "catalog.yaml", &wrong);
    for name in ["v1;$(touch${IFS}x)'\"", "v\u{202e}1", "v--upload-pack=x"] {
        commit(folder.path(), name);
    }
    // As no command of git would make it.
    git(folder.path(), &["update-ref", "refs/tags/-v", "HEAD"]);
    write(
        folder.path(),
        "catalog.yaml",
        &catalog("1.0.0", &[(1, "one")]),
    );
    let run = adopt(folder.path(), &[]);
    assert!(
        run.stderr
            .contains("leave the tag out with `--without 'v1;$(touch${IFS}x)'\\''\"'`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("the tag `v\\u{202e}1`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("--without v--upload-pack=x"),
        "{}",
        run.stderr
    );
    let words = ["release", "--adopt", "--tags=-*"];
    let run = errgen(folder.path(), words);
    assert!(run.stderr.contains("-v:catalog.yaml:"), "{}", run.stderr);
    for revision in [
        "--output=x",
        "v1.0.0\nHEAD",
        "",
        "@{",
        "HEAD^{tree",
        "a..b",
        ":catalog.yaml",
    ] {
        let [message, _] = refused(folder.path(), revision);
        assert!(
            message.contains("E708: git does not know the revision"),
            "{revision:?}: {message}"
        );
    }
    for revision in ["-v", "refs/tags/-v"] {
        let [message, _] = refused(folder.path(), revision);
        let start = format!("{revision}:catalog.yaml:10:35: E203");
        assert!(message.starts_with(&start), "{message}");
    }
    assert!(!folder.path().join("x").exists());
}

#[cfg(unix)]
#[test]
fn links_are_followed_in_the_revision_alone() {
    let folder = repository();
    let outside = tempfile::tempdir().expect("a temporary folder");
    let part = "category: order\nerrors:\n  - { code: 2, id: two, http: 404, message: Two, description: { en: D2. } }\n";
    write(outside.path(), "secret.yaml", part);
    let whole = catalog("1.0.0", &[(1, "one")])
        .replace("categories:", "include: [errors/*.yaml]\ncategories:");
    write(folder.path(), "sdk/real.yaml", &whole);
    write(folder.path(), "sdk/parts/\u{1b}[31m.yaml", part);
    support::link(
        Path::new("real.yaml"),
        &folder.path().join("sdk/catalog.yaml"),
    );
    support::link(Path::new("parts"), &folder.path().join("sdk/errors"));
    commit(folder.path(), "v1");
    let below = folder.path().join("sdk");
    assert_eq!(ids_at(&below, "v1").expect("ids"), ["one", "two"]);
    let targets = [
        outside.path().join("secret.yaml"),
        "../../../../../../../etc/passwd".into(),
        "../../other.yaml".into(),
        "../.hidden.yaml".into(),
        "a.yaml".into(),
    ];
    write(folder.path(), "other.yaml", part);
    write(folder.path(), "sdk/.hidden.yaml", part);
    fs::remove_file(below.join("errors")).expect("removed");
    fs::create_dir(below.join("errors")).expect("a folder");
    for target in targets {
        let path = below.join("errors/a.yaml");
        let _ = fs::remove_file(&path);
        support::link(&target, &path);
        git(folder.path(), &["tag", "--force", "v2"]);
        git(folder.path(), &["tag", "--delete", "v2"]);
        commit(folder.path(), "v2");
        let [message, _] = refused(&below, "v2");
        let words = [
            "leads out of the catalogue's folder",
            "leads to a hidden file",
            "there is no file",
        ];
        assert!(
            message.starts_with("v2:sdk/catalog.yaml:6:11: E")
                && words.iter().any(|it| message.contains(it)),
            "{}: {message}",
            target.display()
        );
    }
    fs::remove_file(below.join("catalog.yaml")).expect("removed");
    support::link(Path::new("../../x.yaml"), &below.join("catalog.yaml"));
    commit(folder.path(), "v3");
    let [message, _] = refused(&below, "v3");
    assert_eq!(
        message,
        "v3:sdk/catalog.yaml: E708: it is a link that leads out of the repository"
    );
}

#[test]
fn a_catalogue_outside_of_a_repository_has_no_revisions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(
        folder.path(),
        "catalog.yaml",
        &catalog("1.0.0", &[(1, "one")]),
    );
    let run = adopt(folder.path(), &[]);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (
            2,
            "catalog.yaml: error[E708]: the catalogue is not in a git repository\n  = help: run errgen in a clone of its repository\n"
        )
    );
}

fn run(folder: &Path, change: impl FnOnce(&mut Command)) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errgen"));
    command
        .args(["release", "--adopt", "--tags"])
        .current_dir(folder);
    change(&mut command);
    command.output().expect("errgen starts").into()
}

#[test]
fn without_git_the_refusal_says_so() {
    let folder = tagged(&[("v1.0.0", catalog("1.0.0", &[(1, "one")]))]);
    let empty = tempfile::tempdir().expect("a temporary folder");
    let run = run(folder.path(), |command| {
        command.env("PATH", empty.path());
    });
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (
            2,
            "catalog.yaml: error[E708]: git is not installed\n  = help: install git, or add its folder to `PATH`\n"
        )
    );
}

/// In a hook, git says which repository it is in, by a path from another folder.
#[test]
fn a_hook_changes_nothing() {
    let folder = tagged(&[("v1.0.0", catalog("1.0.0", &[(1, "one")]))]);
    let run = run(folder.path(), |command| {
        command
            .env("GIT_DIR", "nowhere")
            .env("GIT_WORK_TREE", "nowhere");
    });
    run.clean();
}

/// git itself says why, in a repository of somebody else.
#[cfg(unix)]
#[test]
fn what_git_says_is_shown() {
    let folder = tagged(&[("v1.0.0", catalog("1.0.0", &[(1, "one")]))]);
    let run = run(folder.path(), |command| {
        command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    });
    assert_eq!(run.status, 2);
    for part in [
        "catalog.yaml: error[E708]: git cannot read the repository: detected dubious ownership in repository at '",
        "= help: To add an exception for this directory, call: git config --global --add safe.directory ",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}

#[test]
fn a_shallow_clone_says_how_to_get_its_history() {
    let folder = tagged(&[
        ("v1.0.0", catalog("1.0.0", &[(1, "one")])),
        ("v1.1.0", catalog("1.1.0", &[(1, "one")])),
    ]);
    let clone = tempfile::tempdir().expect("a temporary folder");
    let from = format!("file://{}", folder.path().display());
    git(
        clone.path(),
        &["clone", "--quiet", "--depth", "1", &from, "."],
    );
    let help = "fetch its history with `git fetch --unshallow --tags`, or with `fetch-depth: 0` in the workflow";
    let [message, own] = refused(clone.path(), "v1.0.0");
    assert!(
        message
            .ends_with("E708: git does not know the revision `v1.0.0`, and this clone is shallow"),
        "{message}"
    );
    assert_eq!(own, help);
    let run = adopt(clone.path(), &[]);
    assert_eq!(
        (run.status, run.stderr),
        (
            2,
            format!(
                "catalog.yaml: error[E708]: this clone is shallow, and may lack tags and what they hold\n  = help: {help}\n"
            )
        )
    );
    git(clone.path(), &["fetch", "--quiet", "--unshallow", "--tags"]);
    adopt(clone.path(), &[]).clean();
}

/// Nothing is fetched: the server could be anybody's.
#[test]
fn a_partial_clone_is_not_completed() {
    let folder = tagged(&[
        ("v1.0.0", catalog("1.0.0", &[(1, "one")])),
        ("v1.1.0", catalog("1.1.0", &[(1, "one")])),
    ]);
    git(folder.path(), &["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", folder.path().display());
    for filter in ["blob:none", "tree:0"] {
        let clone = tempfile::tempdir().expect("a temporary folder");
        let filter = format!("--filter={filter}");
        git(clone.path(), &["clone", "--quiet", &filter, &from, "."]);
        let [message, _] = refused(clone.path(), "v1.0.0");
        assert!(
            message.contains("its content is not in this clone, which is partial or damaged: ")
                || message.contains("could not fetch"),
            "{filter}: {message}"
        );
        // What is there is read, also after git has given up on something else.
        assert_eq!(ids_at(clone.path(), "v1.1.0").expect("ids"), ["one"]);
    }
}

/// A repository's own settings run nothing.
#[cfg(unix)]
#[test]
fn settings_of_the_repository_start_no_programs() {
    let folder = tagged(&[
        ("v1.0.0", catalog("1.0.0", &[(1, "one")])),
        ("v1.1.0", catalog("1.1.0", &[(1, "one")])),
    ]);
    let mark = folder.path().join("mark");
    let program = format!("touch {} #", mark.display());
    write(folder.path(), ".gitattributes", "*.yaml filter=x diff=x\n");
    for (key, value) in [
        ("core.fsmonitor", program.as_str()),
        ("core.pager", &program),
        ("core.sshCommand", &program),
        ("filter.x.smudge", &program),
        ("diff.x.textconv", &program),
        ("pager.tag", "true"),
        ("alias.tag", &format!("!{program}")),
        ("alias.cat-file", &format!("!{program}")),
        ("column.ui", "always"),
        ("tag.sort", "-version:refname"),
    ] {
        git(folder.path(), &["config", key, value]);
    }
    adopt(folder.path(), &[]).clean();
    assert_eq!(ledger(folder.path()), ["1 one", "= 1.0.0", "= 1.1.0"]);
    assert!(!mark.exists());
}

/// A ledger that is there already is not made again, and options that mean nothing alone are refused.
#[test]
fn tags_are_for_a_catalogue_without_a_ledger() {
    let folder = tagged(&[("v1.0.0", catalog("1.0.0", &[(1, "one")]))]);
    adopt(folder.path(), &[]).clean();
    let run = adopt(folder.path(), &[]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("there is a ledger already"),
        "{}",
        run.stderr
    );
    for words in [
        &["release", "--tags"][..],
        &["release", "--adopt", "--without", "v1"],
    ] {
        let run = errgen(folder.path(), words.iter().copied());
        assert_eq!(run.status, 2, "{words:?}");
        assert!(run.stderr.contains("required arguments"), "{}", run.stderr);
    }
}
