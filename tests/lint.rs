//! `errgen lint`: what it says in each format, and what it mends.

mod support;

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use support::{Run, copy_of, errgen, expect_bytes, expect_file, folders_in, repository};

const FORMATS: [&str; 4] = ["human", "json", "sarif", "github"];

#[test]
fn each_format_says_exactly_what_is_expected() {
    let folder = repository().join("tests/report-formats");
    for format in FORMATS {
        let run = errgen(&folder, ["lint", "--format", format]);
        assert_eq!(run.status, 1, "{format}");
        let (said, silent) = match format {
            "human" => (run.stderr + &run.totals, run.stdout),
            _ => (run.stdout, run.stderr),
        };
        assert_eq!(silent, "", "{format}");
        expect_file(&folder.join(format!("expected.{format}")), &said);
    }
}

#[test]
fn generate_and_check_report_in_the_same_formats() {
    let folder = repository().join("tests/report-formats");
    let output = tempfile::tempdir().expect("a temporary folder");
    let out = output.path().to_str().expect("a path in UTF-8");
    let json = |arguments: &[&str]| {
        let options = ["--format", "json", "--out", out];
        let run = errgen(&folder, arguments.iter().chain(&options).copied());
        assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{arguments:?}");
        run
    };
    // Both stop at what is wrong with the catalogue; lints are for `lint`.
    let wrong = codes(&json(&["generate"]));
    assert_eq!(wrong, ["E101", "E301", "E301", "E101"]);
    assert_eq!(codes(&json(&["check"])), wrong);
    // What `check` finds out of date has codes, too.
    let minimal = repository().join("tests/cases/minimal/catalog.yaml");
    let minimal = minimal.to_str().expect("a path in UTF-8");
    let missing = codes(&json(&["check", "rust", "--catalog", minimal]));
    assert!(!missing.is_empty());
    assert!(missing.iter().all(|code| code == "E601"), "{missing:?}");
}

/// The code of each diagnostic, in order.
fn codes(run: &Run) -> Vec<String> {
    let code = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object a line");
        object["code"].as_str().expect("a code").to_owned()
    };
    run.stdout.lines().map(code).collect()
}

#[test]
fn a_clean_catalogue_gives_a_whole_log_without_results() {
    let run = errgen(repository(), ["lint", "--format", "sarif"]).clean();
    let log: serde_json::Value = serde_json::from_str(&run.stdout).expect("a log");
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(
        errgen(repository(), ["lint", "--format", "json"])
            .clean()
            .stdout,
        ""
    );
}

#[test]
fn fixes_change_what_they_mend_and_no_other_byte() {
    for case in folders_in(&repository().join("tests/fixes")) {
        let before = fs::read(case.join("before.yaml")).expect("a catalogue");
        let copy = copy_of(&case);
        let catalog = copy.path().join("before.yaml");

        let diff = lint(copy.path(), &["--diff"]);
        expect_file(&case.join("diff"), &diff.stdout);
        assert_eq!(
            fs::read(&catalog).expect("a catalogue"),
            before,
            "--diff writes nothing"
        );

        let run = lint(copy.path(), &["--fix"]);
        let after = fs::read(&catalog).expect("a catalogue");
        expect_bytes(&case.join("after.yaml"), &after);
        for path in included_in(&case) {
            let after = fs::read(copy.path().join("errors").join(&path)).expect("a file");
            expect_bytes(&case.join("after").join(&path), &after);
        }
        expect_file(&case.join("stderr"), &(run.stderr + &run.totals));

        // What is mended is mended: nothing is left for a second time.
        let again = lint(copy.path(), &["--diff"]);
        assert_eq!(again.stdout, "", "{}", case.display());
    }
}

/// The files that the catalogue of a case includes.
fn included_in(case: &Path) -> Vec<OsString> {
    let entries = fs::read_dir(case.join("errors")).into_iter().flatten();
    entries
        .map(|entry| entry.expect("a file").file_name())
        .collect()
}

fn lint(folder: &Path, options: &[&str]) -> Run {
    let words = ["lint", "--catalog", "before.yaml"];
    errgen(folder, words.into_iter().chain(options.iter().copied()))
}

/// A catalogue with two warnings, and after them more errors than are shown.
fn many_mistakes(errors: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let error = "{ code: 1, id: one, http: 404, message: '50 %s', description: { en: a b b } }";
    let catalog = format!(
        "catalog: a\nversion: 1.0.0\ntitle: {{ en: T }}\nlocales: [en]\ncategories:\n  - id: c\n    title: {{ en: C }}\n    errors: [{error}]\n{}",
        "unknown: 1\n".repeat(errors)
    );
    fs::write(folder.path().join("catalog.yaml"), catalog).expect("a catalogue");
    folder
}

#[test]
fn at_most_so_many_findings_are_shown_in_each_format() {
    let folder = many_mistakes(1005);
    let lint = |options: &[&str]| {
        let run = errgen(folder.path(), ["lint"].iter().chain(options).copied());
        assert_eq!(run.status, 1);
        run
    };
    let shown = |run: &Run| run.stderr.matches("error[").count();
    let human = lint(&[]);
    let rest = "\n… and 7 more: `--max-findings` sets how many are shown\n";
    assert!(human.stderr.ends_with(rest), "{}", human.stderr);
    assert_eq!(shown(&human), 1000);
    let totals = "\n1,005 errors, 2 warnings; 1 can be fixed with `errgen lint --fix`\n";
    assert_eq!(human.totals, totals);
    // Errors come before warnings, wherever they are.
    let few = lint(&["--max-findings", "3"]);
    assert_eq!(shown(&few), 3);
    assert!(few.stderr.contains("\n… and 1,004 more: "));
    let all = lint(&["--max-findings", "0"]);
    assert_eq!(shown(&all), 1005);
    assert!(!all.stderr.contains("more: "));

    let json = lint(&["--format", "json"]).stdout;
    let lines: Vec<_> = json.lines().collect();
    assert_eq!((lines.len(), lines[1000]), (1001, "{\"more\":7}"));

    let sarif = lint(&["--format", "sarif"]).stdout;
    let log: serde_json::Value = serde_json::from_str(&sarif).expect("a log");
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(1000));
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = "and 7 more: `--max-findings` sets how many are shown";
    assert_eq!(notification["message"]["text"], text);

    let github = lint(&["--format", "github"]).stdout;
    let lines: Vec<_> = github.lines().collect();
    let last = format!("::notice title=errgen::{text}");
    assert_eq!((lines.len(), lines[1000]), (1001, last.as_str()));
}

#[test]
fn forty_mistakes_are_forty_diagnostics() {
    let folder = repository().join("tests/forty-mistakes");
    let catalog = fs::read_to_string(folder.join("catalog.yaml")).expect("a catalogue");
    let run = errgen(&folder, ["lint", "--format", "json"]);
    let found: Vec<_> = run.stdout.lines().map(line_of).collect();
    let marked: Vec<_> = catalog
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.starts_with('#'))
        .flat_map(|(line, number)| vec![number; marks(line)])
        .collect();
    assert_eq!(marked.len(), 40);
    assert_eq!(found, marked);
}

/// How many mistakes a line says that it has: `# !` one, `# !2` two.
fn marks(line: &str) -> usize {
    line.split_once("# !")
        .map_or(0, |(_, mark)| mark.trim().parse().unwrap_or(1))
}

/// The line that a diagnostic points to.
fn line_of(line: &str) -> u64 {
    let object: serde_json::Value = serde_json::from_str(line).expect("an object a line");
    object["span"]["start"]["line"].as_u64().expect("a line")
}
