//! What `add`, `rename`, `retire` and `deprecate` change in the text of a catalogue: only what they are asked for.

mod support;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use support::{errgen, write};
use tempfile::TempDir;

/// A catalogue as a person may write it.
const BLOCK: &str = "\
# The errors of the shop.
catalog: shop
version: 1.2.0
title: { en: Shop errors }   # a title
locales:
  - en   # the fallback
  - de

targets: { markdown: {} }
categories:
  - id: request
    title: { en: Request }
    codes: 1000-1009
    errors:
      # The first of all.
      - code: 1000   # since ever
        id: page_not_found
        http: 404
        message: \"Page not found\"
        description:
          en: >-
            The page
            is not there.
          de: 'Die Seite fehlt'   # as ever

      - id: item_gone
        renamed_from:
          - item_lost   # in 1.1.0
        code: 1001
        http: 410
        deprecated: { since: 1.1.0, use: page_not_found }
        message: The item is gone
        description: { en: It was here once. }
        # The end of the item.

  # Payments, in one line each.
  - id: payment
    title: { en: Payment }
    groups:
      - id: card
        title: { en: Card }
        codes: 2000-2001
        http: 402
        errors:
          - { code: 2000, id: card_declined, message: Declined, description: { en: No. } }   # the bank says so
          - { code: 2001, id: card_expired, renamed_from: [expired], message: Expired, description: { en: Too old. } }
";

fn project(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "catalog.yaml", text);
    folder
}

fn text_of(folder: &Path) -> String {
    fs::read_to_string(folder.join("catalog.yaml")).expect("the catalogue")
}

/// The lines that a command adds and those that it takes away, if it changes nothing else.
fn changed(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let changes = similar::TextDiff::from_lines(before, after);
    let of = |tag| {
        let changes = changes.iter_all_changes();
        let own = changes.filter(|change| change.tag() == tag);
        own.map(|change| change.value().trim_end_matches('\n').to_owned())
            .collect()
    };
    (
        of(similar::ChangeTag::Insert),
        of(similar::ChangeTag::Delete),
    )
}

/// Runs a command, and holds what it changes against the lines that it is to add and to take away: in the text as it is, with
/// CRLF, and without a line break at its end. `--diff` shows the same, and changes nothing.
fn assert_changes(arguments: &[&str], added: &[&str], removed: &[&str]) {
    for (text, line_end) in [
        (BLOCK.to_owned(), ""),
        (BLOCK.replace('\n', "\r\n"), "\r"),
        (BLOCK.trim_end().to_owned(), ""),
    ] {
        let folder = project(&text);
        let shown = errgen(folder.path(), arguments.iter().copied().chain(["--diff"])).clean();
        assert_eq!(text_of(folder.path()), text, "--diff changes nothing");
        errgen(folder.path(), arguments.iter().copied()).clean();
        let after = text_of(folder.path());
        let (inserted, deleted) = changed(&text, &after);
        // Where the text ends without a line break, its last line gets one.
        let with = |lines: &[&str]| -> Vec<String> {
            lines
                .iter()
                .map(|line| format!("{line}{line_end}"))
                .collect()
        };
        let last = text.lines().last().expect("a line");
        let is_own = |line: &String| text.ends_with('\n') || line != last;
        let mut inserted: Vec<_> = inserted.into_iter().filter(is_own).collect();
        let deleted: Vec<_> = deleted.into_iter().filter(is_own).collect();
        let own =
            |lines: &[&str]| -> Vec<String> { with(lines).into_iter().filter(is_own).collect() };
        // Of two blank lines, either may be the new one.
        let mut expected = own(added);
        inserted.sort();
        expected.sort();
        assert_eq!(inserted, expected, "{arguments:?}\n{after}");
        assert_eq!(deleted, own(removed), "{arguments:?}\n{after}");
        for line in added {
            assert!(
                shown.stdout.contains(&format!("+{line}")),
                "{}",
                shown.stdout
            );
        }
        assert_eq!(errgen(folder.path(), ["lint"]).status, 0);
    }
}

#[test]
fn an_error_is_retired() {
    assert_changes(
        &["retire", "item_gone"],
        &["        retired: { since: next }"],
        &["        deprecated: { since: 1.1.0, use: page_not_found }"],
    );
    assert_changes(
        &["retire", "2000"],
        &[
            "          - { code: 2000, id: card_declined, retired: { since: next }, message: Declined, description: { en: No. } }   # the bank says so",
        ],
        &[
            "          - { code: 2000, id: card_declined, message: Declined, description: { en: No. } }   # the bank says so",
        ],
    );
}

#[test]
fn an_error_is_deprecated() {
    assert_changes(
        &["deprecate", "page_not_found", "--use", "card_declined"],
        &["        deprecated: { since: next, use: card_declined }"],
        &[],
    );
    assert_changes(
        &["deprecate", "card_expired"],
        &[
            "          - { code: 2001, id: card_expired, deprecated: { since: next }, renamed_from: [expired], message: Expired, description: { en: Too old. } }",
        ],
        &[
            "          - { code: 2001, id: card_expired, renamed_from: [expired], message: Expired, description: { en: Too old. } }",
        ],
    );
}

#[test]
fn an_error_is_renamed_and_what_refers_to_it_follows() {
    assert_changes(
        &["rename", "page_not_found", "no_such_page"],
        &[
            "        id: no_such_page",
            "        renamed_from: [page_not_found]",
            "        deprecated: { since: 1.1.0, use: no_such_page }",
        ],
        &[
            "        id: page_not_found",
            "        deprecated: { since: 1.1.0, use: page_not_found }",
        ],
    );
    assert_changes(
        &["rename", "item_gone", "item_missing"],
        &["      - id: item_missing", "          - item_gone"],
        &["      - id: item_gone"],
    );
    assert_changes(
        &["rename", "card_expired", "card_too_old"],
        &[
            "          - { code: 2001, id: card_too_old, renamed_from: [expired, card_expired], message: Expired, description: { en: Too old. } }",
        ],
        &[
            "          - { code: 2001, id: card_expired, renamed_from: [expired], message: Expired, description: { en: Too old. } }",
        ],
    );
}

#[test]
fn an_error_gets_a_former_id_again() {
    assert_changes(
        &["rename", "item_gone", "item_lost"],
        &[
            "      - id: item_lost",
            "          - item_gone   # in 1.1.0",
        ],
        &[
            "      - id: item_gone",
            "          - item_lost   # in 1.1.0",
        ],
    );
    assert_changes(
        &["rename", "card_expired", "expired"],
        &[
            "          - { code: 2001, id: expired, renamed_from: [card_expired], message: Expired, description: { en: Too old. } }",
        ],
        &[
            "          - { code: 2001, id: card_expired, renamed_from: [expired], message: Expired, description: { en: Too old. } }",
        ],
    );
}

#[test]
fn a_code_that_is_an_id_stays_the_code() {
    let text = BLOCK.replace(
        "code: 1000   # since ever\n        id: page_not_found",
        "code: page_not_found",
    );
    let text = text
        .replace("codes: 1000-1009\n    ", "")
        .replace("codes: 2000-2001\n        ", "");
    let text = text
        .replace("code: 1001", "code: item_gone")
        .replace("- id: item_gone\n        renamed_from", "- renamed_from");
    let text = text
        .replace("code: 2000", "code: c1")
        .replace("code: 2001", "code: c2");
    let folder = project(&text);
    errgen(folder.path(), ["rename", "page_not_found", "no_such_page"]).clean();
    let (added, removed) = changed(&text, &text_of(folder.path()));
    assert_eq!(
        added,
        [
            "        id: no_such_page",
            "        renamed_from: [page_not_found]",
            "        deprecated: { since: 1.1.0, use: no_such_page }",
        ]
    );
    assert_eq!(
        removed,
        ["        deprecated: { since: 1.1.0, use: page_not_found }"]
    );
}

#[test]
fn nobody_knows_the_old_id_of_what_was_never_released() {
    let text = BLOCK.replace(
        "        http: 404\n",
        "        http: 404\n        since: next\n",
    );
    let folder = project(&text);
    errgen(folder.path(), ["rename", "page_not_found", "no_such_page"]).clean();
    assert!(!text_of(folder.path()).contains("renamed_from: [page_not_found]"));
}

#[test]
fn an_error_is_added_with_the_next_code() {
    assert_changes(
        &[
            "add",
            "request",
            "--id",
            "name_taken",
            "--http",
            "409",
            "--message",
            "The name {name} is taken: try {other}",
            "--description",
            "Somebody has it.",
        ],
        &[
            "",
            "      - code: 1002",
            "        id: name_taken",
            "        http: 409",
            "        since: next",
            "        message: \"The name {name} is taken: try {other}\"",
            "        params:",
            "          name: { type: string, example: name }",
            "          other: { type: string, example: other }",
            "        description:",
            "          en: Somebody has it.",
        ],
        &[],
    );
}

#[test]
fn a_full_range_needs_a_code_and_a_flow_list_gets_an_item() {
    let folder = project(BLOCK);
    let add = [
        "add",
        "payment/card",
        "--id",
        "card_stolen",
        "--message",
        "Stolen",
    ];
    let run = errgen(folder.path(), add);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("there is no next code"),
        "{}",
        run.stderr
    );
    let text = BLOCK.replace("2000-2001", "2000-2009");
    let folder = project(&text);
    let run = errgen(folder.path(), add).clean();
    assert_eq!(run.stdout, "added 2002 to `payment/card`\n");
    let (added, removed) = changed(&text, &text_of(folder.path()));
    assert_eq!(
        added,
        [
            "          - code: 2002",
            "            id: card_stolen",
            "            since: next",
            "            message: Stolen",
        ]
    );
    assert!(removed.is_empty());
}

#[test]
fn texts_come_out_as_they_went_in() {
    for message in [
        "true",
        "- a",
        "a: b",
        "a # b",
        "\"quoted\"",
        "it's",
        "tab\tand\nline",
        "使用者 {user}",
        "{{braces}}",
        "ends with :",
        "0x10",
        "~",
    ] {
        let folder = project(BLOCK);
        errgen(
            folder.path(),
            [
                "add",
                "request",
                "--id",
                "odd_one",
                "--http",
                "400",
                "--message",
                message,
            ],
        )
        .clean();
        let explained = errgen(folder.path(), ["explain", "odd_one", "--format", "json"]).clean();
        let hits: Value = serde_json::from_str(&explained.stdout).expect("JSON");
        assert_eq!(
            hits[0]["error"]["message"]["value"],
            json!(message.replace("{{", "{").replace("}}", "}"))
        );
    }
}

#[test]
fn a_locale_is_added() {
    // Each text is marked as missing, for translators.
    assert_changes(
        &["add", "--locale", "fr"],
        &[
            "title: { en: Shop errors, fr: ~ }   # a title",
            "  - fr",
            "    title: { en: Request, fr: ~ }",
            "          fr: ~",
            "        description: { en: It was here once., fr: ~ }",
            "    title: { en: Payment, fr: ~ }",
            "        title: { en: Card, fr: ~ }",
            "          - { code: 2000, id: card_declined, message: Declined, description: { en: No., fr: ~ } }   # the bank says so",
            "          - { code: 2001, id: card_expired, renamed_from: [expired], message: Expired, description: { en: Too old., fr: ~ } }",
        ],
        &[
            "title: { en: Shop errors }   # a title",
            "    title: { en: Request }",
            "        description: { en: It was here once. }",
            "    title: { en: Payment }",
            "        title: { en: Card }",
            "          - { code: 2000, id: card_declined, message: Declined, description: { en: No. } }   # the bank says so",
            "          - { code: 2001, id: card_expired, renamed_from: [expired], message: Expired, description: { en: Too old. } }",
        ],
    );
    let folder = project(BLOCK);
    let said = errgen(folder.path(), ["add", "--locale", "fr"])
        .clean()
        .stdout;
    assert_eq!(
        said,
        "added the locale fr: write 8 texts in place of `~`, which `errgen lint` lists; until then readers get the fallback\n"
    );
    let found = errgen(folder.path(), ["lint"]).stderr;
    assert_eq!(
        found.matches("this text is missing in `fr`").count(),
        1,
        "{found}"
    );
    assert_eq!(
        found.matches("this text is missing in `de`, `fr`").count(),
        7,
        "{found}"
    );
    let text = BLOCK.replace(
        "locales:\n  - en   # the fallback\n  - de\n",
        "locales: [ en, de ] # two\n",
    );
    let folder = project(&text);
    errgen(folder.path(), ["add", "--locale", "zh-TW"]).clean();
    assert!(text_of(folder.path()).contains("locales: [ en, de, zh-TW ] # two\n"));
}

#[test]
fn a_file_that_the_catalogue_includes_is_changed() {
    let (head, errors) = BLOCK.split_once("categories:\n").expect("categories");
    let folder = project(&format!("{head}include: [errors.yaml]\n"));
    let included = format!("categories:\n{errors}");
    write(folder.path(), "errors.yaml", &included);
    let before = text_of(folder.path());
    errgen(folder.path(), ["retire", "item_gone"]).clean();
    assert_eq!(text_of(folder.path()), before);
    let after = fs::read_to_string(folder.path().join("errors.yaml")).expect("the file");
    let (added, removed) = changed(&included, &after);
    assert_eq!(added, ["        retired: { since: next }"]);
    assert_eq!(
        removed,
        ["        deprecated: { since: 1.1.0, use: page_not_found }"]
    );
}

#[test]
fn a_deprecation_on_lines_of_its_own_gives_way_to_a_retirement() {
    let lines = "deprecated:   # for long\n          since: 1.1.0\n\n          use: page_not_found   # better\n";
    let text = BLOCK.replace("deprecated: { since: 1.1.0, use: page_not_found }\n", lines);
    assert_ne!(text, BLOCK);
    let folder = project(&text);
    errgen(folder.path(), ["retire", "1001"]).clean();
    let (added, removed) = changed(&text, &text_of(folder.path()));
    assert_eq!(added, ["        retired: { since: next }"]);
    assert_eq!(removed.len(), 4);
    let noted = BLOCK.replace(
        "use: page_not_found }",
        "use: page_not_found, note: { en: Why. } }",
    );
    let folder = project(&noted);
    let run = errgen(folder.path(), ["retire", "1001"]);
    assert_eq!(run.status, 1);
    assert_eq!(text_of(folder.path()), noted);
}

#[test]
fn what_makes_no_catalogue_is_not_written() {
    for (arguments, why) in [
        (
            vec!["retire", "page_not_fond"],
            "did you mean `page_not_found`?",
        ),
        (
            vec!["deprecate", "item_gone"],
            "this error is deprecated already",
        ),
        (
            vec!["deprecate", "page_not_found", "--use", "nothing"],
            "nothing",
        ),
        (
            vec!["rename", "page_not_found", "card_declined"],
            "card_declined",
        ),
        (vec!["rename", "page_not_found", "Not An Id"], "snake_case"),
        (
            vec!["add", "requests", "--id", "a", "--message", "b"],
            "no category and no group is called `requests`",
        ),
        (
            vec!["add", "request", "--id", "a_b", "--message", "b {"],
            "{",
        ),
        (
            vec!["add", "request", "--id", "a_b", "--message", "b"],
            "http",
        ),
        (
            vec![
                "add",
                "request",
                "--code",
                "5",
                "--http",
                "400",
                "--id",
                "a_b",
                "--message",
                "b",
            ],
            "1000-1009",
        ),
        (vec!["add", "--locale", "de"], "has the locale `de` already"),
        (vec!["add", "--locale", "not a tag"], "not a tag"),
    ] {
        let folder = project(BLOCK);
        let run = errgen(folder.path(), arguments.iter().copied());
        assert_eq!(run.status, 1, "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.starts_with("nothing was changed\n\n"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
        assert_eq!(text_of(folder.path()), BLOCK, "{arguments:?}");
    }
}
