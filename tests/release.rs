//! `errgen release`: the version, what it is written at, the ledger, and what lint holds against it afterwards.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use support::{Run, copy_of, errgen, git, repository, tree, write};
use tempfile::TempDir;

const HEAD: &str = "\
# Errors of the shop.
catalog: shop
version: 1.0.0   # Only `errgen release` raises it.
title: { en: Shop errors }
locales: [en]
targets: { markdown: {} }
categories:
  - id: order
    title: { en: Order }
    errors:
";

/// An error, in the style that most write.
fn error(code: u32, more: &str) -> String {
    format!(
        "      - code: {code}\n        id: error_{code}\n        http: 404\n        message: Message {code}\n        description: {{ en: Description {code}. }}\n{more}"
    )
}

fn project(errors: &[String]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(
        folder.path(),
        "catalog.yaml",
        &(HEAD.to_owned() + &errors.concat()),
    );
    folder
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("a file")
}

fn release(folder: &Path, words: &[&str]) -> Run {
    errgen(folder, ["release"].iter().chain(words).copied())
}

/// The lines of the ledger, without the comment.
fn ledger(folder: &Path) -> Vec<String> {
    let text = text(folder, "catalog.ledger.yaml");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The codes that a release has added or changed, in the order of the ledger.
fn codes_of(folder: &Path, version: &str) -> Vec<String> {
    let start = format!("- error: {{\"release\": \"{version}\", \"code\": ");
    let lines = ledger(folder);
    let codes = lines.iter().filter_map(|line| line.strip_prefix(&start));
    codes
        .map(|rest| rest.split(',').next().expect("a code").to_owned())
        .collect()
}

#[test]
fn a_first_release_stamps_all_that_say_nothing() {
    let folder = project(&[error(2, ""), error(1, "        since: 0.5.0\n")]);
    let run = release(folder.path(), &[]).clean();
    assert_eq!(
        run.stdout,
        "released 1.0.0: 2 new, 0 changed, 2 in all\nnext: run `errgen generate`, then commit its output with the catalogue and catalog.ledger.yaml\n"
    );
    let expected = HEAD.to_owned()
        + &error(2, "").replace("id: error_2\n", "id: error_2\n        since: 1.0.0\n")
        + &error(1, "        since: 0.5.0\n");
    assert_eq!(text(folder.path(), "catalog.yaml"), expected);
    // In the order of their codes.
    assert_eq!(codes_of(folder.path(), "1.0.0"), ["1", "2"]);
    errgen(folder.path(), ["lint"]).clean();
    errgen(folder.path(), ["generate"]).clean();
    errgen(folder.path(), ["check"]).clean();
}

#[test]
fn next_becomes_the_version_wherever_it_stands() {
    let folder = project(&[
        error(1, ""),
        error(
            2,
            "        deprecated: { since: next, use: error_1 }  # Because.\n",
        ),
        error(3, "        retired:\n          since: 'next'\n"),
    ]);
    release(folder.path(), &["--adopt"]).clean();
    let before = text(folder.path(), "catalog.yaml") + &error(4, "        since: next\n");
    write(folder.path(), "catalog.yaml", &before);
    let run = release(folder.path(), &["minor"]).clean();
    assert!(
        run.stdout
            .starts_with("released 1.1.0: 1 new, 2 changed, 4 in all\n"),
        "{}",
        run.stdout
    );
    let after = before
        .replace("version: 1.0.0", "version: 1.1.0")
        .replace("since: next", "since: 1.1.0")
        .replace("'next'", "'1.1.0'");
    assert_eq!(text(folder.path(), "catalog.yaml"), after);
    assert_eq!(codes_of(folder.path(), "1.1.0"), ["2", "3", "4"]);
}

#[test]
fn adopting_changes_nothing_and_leaves_out_what_is_to_come() {
    let folder = project(&[error(1, ""), error(2, "        since: next\n")]);
    let before = text(folder.path(), "catalog.yaml");
    let run = release(folder.path(), &["--adopt"]).clean();
    assert_eq!(
        run.stdout,
        "recorded 1.0.0: 1 in all\nnext: commit catalog.ledger.yaml, and write `since: next` at what is new from now on\n"
    );
    assert_eq!(text(folder.path(), "catalog.yaml"), before);
    assert_eq!(codes_of(folder.path(), "1.0.0"), ["1"]);
    // What was adopted is not new, whatever it says of itself.
    release(folder.path(), &["minor"]).clean();
    let after = before
        .replace("version: 1.0.0", "version: 1.1.0")
        .replace("since: next", "since: 1.1.0");
    assert_eq!(text(folder.path(), "catalog.yaml"), after);
    assert_eq!(codes_of(folder.path(), "1.1.0"), ["2"]);
}

/// Every way to write an error keeps its style.
#[test]
fn errors_are_stamped_in_their_own_style() {
    let styles = [
        (
            "- code: 1\n  id: a # Why.\n",
            "- code: 1\n  id: a # Why.\n  since: 1.0.0\n",
        ),
        (
            "- id: a\n  http: 404\n  code: 1\n",
            "- id: a\n  http: 404\n  code: 1\n  since: 1.0.0\n",
        ),
        (
            "-   code:   1\n    id:     a\n",
            "-   code:   1\n    id:     a\n    since: 1.0.0\n",
        ),
        (
            "-\n  'code': 1\n  \"id\": \"a\"\n",
            "-\n  'code': 1\n  \"id\": \"a\"\n  since: 1.0.0\n",
        ),
        (
            "- { code: 1, id: a,\n    REST }\n",
            "- { code: 1, id: a, since: 1.0.0,\n    REST }\n",
        ),
        (
            "- {\n    code: 1,\n    id: a,\n    REST\n  }\n",
            "- {\n    code: 1,\n    id: a, since: 1.0.0,\n    REST\n  }\n",
        ),
        (
            "- {\n    REST,\n    code: 1,\n    id: a\n  }\n",
            "- {\n    REST,\n    code: 1,\n    id: a, since: 1.0.0\n  }\n",
        ),
        (
            "- code: 1\r\n  id: a\r\n",
            "- code: 1\r\n  id: a\r\n  since: 1.0.0\r\n",
        ),
    ];
    let flow = "http: 404, message: One, description: { en: The first. }";
    for (style, stamped) in styles {
        let indent = if style.starts_with("-   ") {
            "    "
        } else {
            "  "
        };
        let rest = [
            "http: 404",
            "message: One",
            "description: { en: The first. }",
        ];
        let whole = |item: &str| {
            let item = if item.contains("REST") {
                item.replace("REST", flow)
            } else {
                let rest = rest.iter().filter(|key| !item.contains(*key));
                rest.fold(item.to_owned(), |text, key| {
                    format!("{text}{indent}{key}\n")
                })
            };
            item.lines().fold(String::new(), |mut text, line| {
                writeln!(text, "      {line}").expect("a line");
                text
            })
        };
        let line_end = if style.contains('\r') { "\r\n" } else { "\n" };
        let file = |item: &str| (HEAD.to_owned() + &whole(item)).replace('\n', line_end);
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), "catalog.yaml", &file(style));
        release(folder.path(), &[]).clean();
        assert_eq!(text(folder.path(), "catalog.yaml"), file(stamped));
    }
}

#[test]
fn an_id_that_is_the_code_is_no_hindrance() {
    let folder = project(&["      - code: card_declined\n        http: 402\n        message: Declined\n        description: { en: The card was declined. }\n".to_owned()]);
    release(folder.path(), &[]).clean();
    let expected = "      - code: card_declined\n        since: 1.0.0\n        http: 402\n";
    assert!(text(folder.path(), "catalog.yaml").contains(expected));
}

#[test]
fn what_cannot_be_stamped_is_refused_as_a_whole() {
    let apart = "      - http:\n          404\n        code:\n          1\n        id:\n          a\n        message: One\n        description: { en: The first. }\n";
    let comma_first = "      - {\n        http: 404\n        , message: One, description: { en: The first. }\n        , code:\n          1\n        , id:\n          a\n        }\n";
    for (odd, place) in [(apart, "catalog.yaml:19:11"), (comma_first, "catalog.yaml")] {
        let folder = project(&[error(2, ""), odd.to_owned()]);
        let before = tree(folder.path());
        let run = release(folder.path(), &[]);
        assert_eq!(run.status, 2);
        let message = format!("{place}: error[E707]: errgen cannot write `since: 1.0.0` at ");
        assert!(run.stderr.starts_with(&message), "{}", run.stderr);
        assert!(tree(folder.path()) == before);
        // The help is right.
        let odd = odd.replace(
            "a\n        message",
            "a\n        since: next\n        message",
        );
        let odd = odd.replace(", message", ", since: next, message");
        let folder = project(&[error(2, ""), odd]);
        release(folder.path(), &[]).clean();
    }
}

#[test]
fn in_a_split_catalogue_each_file_gets_its_own() {
    let folder = copy_of(&repository().join("tests/cases/included"));
    fs::remove_dir_all(folder.path().join("expected")).expect("removed");
    let before = tree(folder.path());
    release(folder.path(), &["minor"]).clean();
    let after = tree(folder.path());
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, content)| before.get(*path) != Some(content))
        .map(|(path, _)| path.as_str())
        .collect();
    assert!(changed.contains(&"catalog.ledger.yaml"), "{changed:?}");
    assert!(changed.contains(&"catalog.yaml"), "{changed:?}");
    assert!(
        changed
            .iter()
            .filter(|path| path.starts_with("errors/"))
            .count()
            > 2,
        "{changed:?}"
    );
    errgen(folder.path(), ["lint"]).clean();
    // Nothing but the lines with the version is different.
    for (path, content) in &after {
        let (Some(old), false) = (before.get(path), path.ends_with("catalog.yaml")) else {
            continue;
        };
        let kept = String::from_utf8_lossy(content);
        let kept: String = kept
            .split_inclusive('\n')
            .filter(|line| line.trim() != "since: 1.1.0")
            .collect();
        assert_eq!(kept.as_bytes(), old, "{path}");
    }
}

#[test]
fn the_diff_is_what_a_release_does() {
    let folder = project(&[error(1, "")]);
    release(folder.path(), &["--adopt"]).clean();
    let more = text(folder.path(), "catalog.yaml") + &error(2, "");
    write(folder.path(), "catalog.yaml", &more);
    let before = tree(folder.path());
    let patch = release(folder.path(), &["minor", "--diff"]).clean().stdout;
    assert!(tree(folder.path()) == before);
    git(folder.path(), &["init", "--quiet"]);
    write(folder.path(), ".git/release.patch", &patch);
    git(folder.path(), &["apply", ".git/release.patch"]);
    fs::remove_dir_all(folder.path().join(".git")).expect("removed");
    let applied = tree(folder.path());
    for (path, content) in before {
        fs::write(folder.path().join(path), content).expect("a file");
    }
    release(folder.path(), &["minor"]).clean();
    assert!(tree(folder.path()) == applied);
}

#[test]
fn steps_lead_to_the_versions_that_semver_says() {
    for (from, step, to) in [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.0.0", "patch", "0.0.1"),
        ("2.0.0-rc.1", "major", "2.0.0"),
        ("2.1.0-rc.1", "major", "3.0.0"),
        ("2.1.0-rc.1", "minor", "2.1.0"),
        ("2.1.1-rc.1", "minor", "2.2.0"),
        ("2.1.1-rc.1", "patch", "2.1.1"),
        ("2.1.1+build", "patch", "2.1.2"),
        ("1.0.0", "2.0.0-beta.1", "2.0.0-beta.1"),
    ] {
        let folder = project(&[error(1, "")]);
        let text = text(folder.path(), "catalog.yaml")
            .replace("version: 1.0.0", &format!("version: {from}"));
        write(folder.path(), "catalog.yaml", &text);
        release(folder.path(), &["--adopt"]).clean();
        let run = release(folder.path(), &[step]).clean();
        assert!(
            run.stdout.starts_with(&format!("released {to}: ")),
            "{from} {step}: {}",
            run.stdout
        );
    }
}

#[test]
fn refusals_change_nothing() {
    let folder = project(&[error(1, "")]);
    release(folder.path(), &["--adopt"]).clean();
    let before = tree(folder.path());
    for (words, status) in [
        (&["0.9.0"][..], 2),
        (&["1.0.0"], 2),
        (&["1.0.0-rc.1"], 2),
        (&[], 2),
        (&["--adopt"], 2),
        (&["huge"], 2),
        (&["v1.1.0"], 2),
        (&["minor", "--adopt"], 2),
    ] {
        let run = release(folder.path(), words);
        assert_eq!(run.status, status, "{words:?}: {}", run.stderr);
        assert!(tree(folder.path()) == before, "{words:?}");
    }
    let wrong = text(folder.path(), "catalog.yaml").replace("http: 404", "http: 40");
    write(folder.path(), "catalog.yaml", &wrong);
    let before = tree(folder.path());
    let run = release(folder.path(), &["minor"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr
            .contains("nothing was released: mend the catalogue first"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("error[E203]"), "{}", run.stderr);
    assert!(tree(folder.path()) == before);
}

#[test]
fn a_lint_that_is_denied_is_an_open_error() {
    let folder = project(&[error(1, ""), error(2, "").replace("Message 2", "Message 1")]);
    let denied = text(folder.path(), "catalog.yaml")
        .replace("locales:", "lint: { duplicate-message: deny }\nlocales:");
    write(folder.path(), "catalog.yaml", &denied);
    let run = release(folder.path(), &[]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[L002"), "{}", run.stderr);
}

/// What git sees as unchanged, CRLF or not, errgen does as well.
#[test]
fn a_ledger_with_other_line_ends_is_the_same() {
    let folder = project(&[error(1, "")]);
    release(folder.path(), &["--adopt"]).clean();
    let ledger = text(folder.path(), "catalog.ledger.yaml").replace('\n', "\r\n");
    write(folder.path(), "catalog.ledger.yaml", &ledger);
    errgen(folder.path(), ["lint"]).clean();
    release(folder.path(), &["minor"]).clean();
    errgen(folder.path(), ["lint"]).clean();
    assert_eq!(
        text(folder.path(), "catalog.ledger.yaml")
            .matches('\n')
            .count(),
        text(folder.path(), "catalog.ledger.yaml")
            .matches("\r\n")
            .count()
    );
}

/// Every single change of a ledger is found: of each line, and of each line's content.
#[test]
fn every_change_by_hand_is_found() {
    let folder = project(&[error(1, ""), error(2, "")]);
    release(folder.path(), &["--adopt"]).clean();
    release(folder.path(), &["minor"]).clean();
    let ledger = text(folder.path(), "catalog.ledger.yaml");
    let lines: Vec<_> = ledger.split_inclusive('\n').collect();
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
    {
        let removed = [&lines[..at], &lines[at + 1..]].concat().concat();
        let twice = [&lines[..=at], &lines[at..]].concat().concat();
        let middle = line.len() / 2;
        let changed = format!("{}x{}", &line[..middle], &line[middle..]);
        let changed = [lines[..at].concat(), changed, lines[at + 1..].concat()].concat();
        let cut = lines[..at].concat();
        for (what, text) in [
            ("removed", removed),
            ("twice", twice),
            ("changed", changed),
            ("cut", cut),
        ] {
            write(folder.path(), "catalog.ledger.yaml", &text);
            let run = errgen(folder.path(), ["lint"]);
            assert_eq!(run.status, 1, "{what}: {line}");
            assert!(
                run.stderr.contains("error[E80"),
                "{what}: {line}: {}",
                run.stderr
            );
        }
    }
}

/// Texts that YAML or a line could not hold as they are.
#[test]
fn any_text_comes_back_from_a_ledger() {
    let odd = "\"Line\\n\\ttab \\e \\0 \\x85 \\u2028 \\uFEFF \\\\ \\\" 😀 {{ }} # : - é\"";
    let folder = project(&[error(1, "").replace("Message 1", odd)]);
    let run = release(folder.path(), &["--adopt"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = release(folder.path(), &["patch"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("0 new, 0 changed"), "{}", run.stdout);
}

/// A copy of a case, as if nothing was released of it.
fn without_ledger(case: &Path) -> TempDir {
    let folder = copy_of(case);
    let ledger = folder.path().join("catalog.ledger.yaml");
    if ledger.exists() {
        fs::remove_file(ledger).expect("the ledger can be removed");
    }
    folder
}

/// Everything that a change can concern comes back as it was written: what is released twice is not changed.
#[test]
fn nothing_is_changed_by_being_read_back() {
    for case in support::folders_in(&repository().join("tests/cases")) {
        let folder = without_ledger(&case);
        let run = release(folder.path(), &["--adopt"]);
        assert_eq!(run.status, 0, "{}: {}", case.display(), run.stderr);
        let before = ledger(folder.path()).len();
        let run = release(folder.path(), &["999.0.0"]);
        assert_eq!(run.status, 0, "{}: {}", case.display(), run.stderr);
        let is_to_come = text(&case, "catalog.yaml").contains("since: next");
        assert_eq!(
            run.stdout.contains(": 0 new, 0 changed"),
            !is_to_come,
            "{}: {}",
            case.display(),
            run.stdout
        );
        if !is_to_come {
            assert_eq!(
                ledger(folder.path()).len(),
                before + 1,
                "{}",
                case.display()
            );
        }
    }
}

/// A float is written with as few digits as tell it from its neighbours, and read as that very one.
#[test]
fn any_number_comes_back_from_a_ledger() {
    let numbers = "{ /a: 31.245270191439438, /b: 121.48791951161945, /c: 1e300, /d: -0.0, /e: -9007199254740993 }";
    let folder = project(&[error(1, "")]);
    let catalog = text(folder.path(), "catalog.yaml").replace(
        "locales:",
        &format!("wire: {{ fixed: {numbers} }}\nlocales:"),
    );
    write(folder.path(), "catalog.yaml", &catalog);
    release(folder.path(), &["--adopt"]).clean();
    let before = ledger(folder.path()).len();
    release(folder.path(), &["patch"]).clean();
    assert_eq!(ledger(folder.path()).len(), before + 1);
}

/// What is not as errgen writes it, and yet the same, is read as YAML.
#[test]
fn a_ledger_in_other_yaml_says_the_same() {
    for case in support::folders_in(&repository().join("tests/cases")) {
        let folder = without_ledger(&case);
        let run = release(folder.path(), &["--adopt"]);
        assert_eq!(run.status, 0, "{}: {}", case.display(), run.stderr);
        let written = text(folder.path(), "catalog.ledger.yaml");
        let quoted = written.replacen("- ledger: ", "- \"ledger\":  ", 1);
        for other in [
            format!("---\n{written}"),
            format!("\u{feff}{written}"),
            format!("{written}  # The end."),
            written.replace('\n', "  \n"),
            quoted,
        ] {
            write(folder.path(), "catalog.ledger.yaml", &other);
            let run = release(folder.path(), &["999.0.0", "--diff"]);
            assert_eq!(run.status, 0, "{}: {}", case.display(), run.stderr);
            let is_to_come = text(&case, "catalog.yaml").contains("since: next");
            let is_same =
                !run.stdout.contains("\n+- head: ") && !run.stdout.contains("\n+- error: ");
            assert!(is_same || is_to_come, "{}: {}", case.display(), run.stdout);
        }
    }
}

/// Tries to merge a branch. Returns whether git could.
fn merge(folder: &Path, branch: &str) -> bool {
    let merged = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "merge",
            "--quiet",
            "--no-edit",
            branch,
        ])
        .current_dir(folder)
        .output()
        .expect("git starts");
    merged.status.success()
}

/// Two branches that have each released what they added, in a file of their own.
fn branches(versions: [&str; 2]) -> TempDir {
    let folder = project(&[error(1, "")]);
    let whole = text(folder.path(), "catalog.yaml")
        .replace("categories:", "include: [errors/*.yaml]\ncategories:");
    write(folder.path(), "catalog.yaml", &whole);
    let file = |code| {
        format!(
            "category: order\nerrors:\n{}",
            error(code, "        since: next\n")
        )
    };
    write(
        folder.path(),
        "errors/a.yaml",
        &file(10).replace("since: next", "since: 1.0.0"),
    );
    release(folder.path(), &["--adopt"]).clean();
    git(
        folder.path(),
        &["init", "--quiet", "--initial-branch", "main"],
    );
    let commit = |message: &str| {
        git(folder.path(), &["add", "--all"]);
        git(folder.path(), &["commit", "--quiet", "--message", message]);
    };
    commit("first");
    for (branch, version, code) in [("one", versions[0], 11), ("two", versions[1], 12)] {
        git(
            folder.path(),
            &["checkout", "--quiet", "-b", branch, "main"],
        );
        write(folder.path(), &format!("errors/{branch}.yaml"), &file(code));
        release(folder.path(), &[version]).clean();
        commit(branch);
    }
    git(folder.path(), &["checkout", "--quiet", "one"]);
    folder
}

/// Removes the markers that git has left, and nothing else.
fn without_markers(text: &str) -> String {
    let is_marker = |line: &&str| {
        !["<<<<<<<", "=======", ">>>>>>>"]
            .iter()
            .any(|it| line.starts_with(it))
    };
    text.split_inclusive('\n').filter(is_marker).collect()
}

#[test]
fn two_branches_with_different_versions_keep_the_lines_of_both() {
    let folder = branches(["1.1.0", "1.2.0"]);
    assert!(!merge(folder.path(), "two"));
    let catalog = text(folder.path(), "catalog.yaml");
    let catalog = without_markers(&catalog)
        .replace("version: 1.1.0   # Only `errgen release` raises it.\n", "");
    write(folder.path(), "catalog.yaml", &catalog);
    let run = errgen(folder.path(), ["lint"]);
    assert!(
        run.stderr.contains(
            "error[E803]: this is a marker of a merge conflict: two branches have both released"
        ),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("keep the lines of both branches, and delete the markers alone"),
        "{}",
        run.stderr
    );
    let ledger = without_markers(&text(folder.path(), "catalog.ledger.yaml"));
    write(folder.path(), "catalog.ledger.yaml", &ledger);
    errgen(folder.path(), ["lint"]).clean();
    let run = release(folder.path(), &["minor"]).clean();
    assert!(
        run.stdout
            .starts_with("released 1.3.0: 0 new, 0 changed, 4 in all"),
        "{}",
        run.stdout
    );
    let last = text(folder.path(), "catalog.ledger.yaml");
    assert!(
        last.lines()
            .last()
            .expect("a line")
            .contains(r#""after": ["1.1.0", "1.2.0"]"#),
        "{last}"
    );
    errgen(folder.path(), ["lint"]).clean();
}

#[test]
fn two_branches_merge_by_themselves_if_git_is_told_to_keep_both() {
    let folder = branches(["1.1.0", "1.2.0"]);
    write(
        folder.path(),
        ".git/info/attributes",
        "catalog.ledger.yaml merge=union\n",
    );
    merge(folder.path(), "two");
    let ledger = text(folder.path(), "catalog.ledger.yaml");
    assert_eq!(without_markers(&ledger), ledger);
    let catalog = without_markers(&text(folder.path(), "catalog.yaml"));
    let catalog = catalog.replace("version: 1.1.0   # Only `errgen release` raises it.\n", "");
    write(folder.path(), "catalog.yaml", &catalog);
    errgen(folder.path(), ["lint"]).clean();
}

#[test]
fn two_branches_with_one_version_are_told_what_to_do() {
    let folder = branches(["1.1.0", "1.1.0"]);
    assert!(!merge(folder.path(), "two"));
    let run = errgen(folder.path(), ["lint"]);
    assert!(
        run.stderr
            .contains("both branches have released 1.1.0, which can be released once"),
        "{}",
        run.stderr
    );
    git(
        folder.path(),
        &["checkout", "--ours", "catalog.ledger.yaml"],
    );
    errgen(folder.path(), ["lint"]).clean();
    let run = release(folder.path(), &["minor"]).clean();
    assert!(
        run.stdout
            .starts_with("released 1.2.0: 1 new, 0 changed, 4 in all"),
        "{}",
        run.stdout
    );
    assert_eq!(codes_of(folder.path(), "1.2.0"), ["12"]);
}

/// All the same in a clone that has no history.
#[test]
fn a_shallow_clone_holds_the_catalogue_against_its_ledger() {
    let folder = branches(["1.1.0", "1.2.0"]);
    let clone = tempfile::tempdir().expect("a temporary folder");
    let from = format!("file://{}", folder.path().display());
    git(
        clone.path(),
        &["clone", "--quiet", "--depth", "1", &from, "."],
    );
    fs::remove_file(clone.path().join("errors/one.yaml")).expect("removed");
    fs::remove_dir_all(clone.path().join(".git")).expect("removed");
    for command in ["lint", "check", "generate"] {
        let run = errgen(clone.path(), [command]);
        assert_eq!(run.status, 1, "{command}");
        assert!(
            run.stderr
                .contains("error[E801]: the code 11 (`error_11`) was released in 1.1.0"),
            "{command}: {}",
            run.stderr
        );
    }
}

#[test]
fn the_ledger_has_the_name_of_its_catalogue() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["shop.yaml", "bank.yml"] {
        let id = name.split('.').next().expect("a name");
        let text =
            (HEAD.to_owned() + &error(1, "")).replace("catalog: shop", &format!("catalog: {id}"));
        write(folder.path(), name, &text);
        release(folder.path(), &["--catalog", name, "--adopt"]).clean();
        assert!(folder.path().join(format!("{id}.ledger.yaml")).exists());
        errgen(folder.path(), ["lint", "--catalog", name]).clean();
    }
}

#[test]
fn a_depfile_names_the_ledger() {
    let folder = project(&[error(1, "")]);
    let words = ["generate", "--depfile", "errgen.d"];
    errgen(folder.path(), words).clean();
    assert!(!text(folder.path(), "errgen.d").contains("catalog.ledger"));
    release(folder.path(), &["--adopt"]).clean();
    errgen(folder.path(), words).clean();
    assert!(text(folder.path(), "errgen.d").contains("catalog.ledger.yaml"));
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = project(&[error(1, "")]);
    fs::rename(
        folder.path().join("catalog.yaml"),
        folder.path().join("real.yaml"),
    )
    .expect("moved");
    support::link(Path::new("real.yaml"), &folder.path().join("catalog.yaml"));
    release(folder.path(), &["--adopt"]).clean();
    release(folder.path(), &["minor"]).clean();
    assert!(
        fs::symlink_metadata(folder.path().join("catalog.yaml"))
            .expect("there")
            .is_symlink()
    );
    assert!(text(folder.path(), "real.yaml").contains("version: 1.1.0"));
}

/// Ten times the errors take about ten times as long.
#[test]
fn the_cost_is_linear_in_the_errors() {
    let mut took = BTreeMap::new();
    for count in [2_000, 20_000] {
        let errors: Vec<_> = (1..=count).map(|code| error(code, "")).collect();
        let folder = project(&errors);
        let start = Instant::now();
        release(folder.path(), &[]).clean();
        errgen(folder.path(), ["lint"]).clean();
        release(folder.path(), &["minor"]).clean();
        // As many findings as there can be.
        let rest = text(folder.path(), "catalog.yaml");
        let end = rest.find("      - code: 2\n").expect("the second error");
        write(folder.path(), "catalog.yaml", &rest[..end]);
        let run = errgen(folder.path(), ["lint", "--max-findings", "1"]);
        assert_eq!(run.status, 1);
        took.insert(count, start.elapsed());
    }
    let (few, many) = (took[&2_000], took[&20_000]);
    // Far below the hundredfold of what is quadratic.
    assert!(many < few * 35 + Duration::from_secs(1), "{took:?}");
}
