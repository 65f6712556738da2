//! `errgen audit`: what servers really send against a catalogue. `tests/audit/` has the inputs, with known faults, and
//! `tests/audit/expected/` what errgen says of them: all of the faults, and nothing else.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::{copy_of, errgen, expect_file, repository, write};
use tempfile::TempDir;

/// Each with its words, and the name of the file with what is expected.
const CASES: &[(&str, &str)] = &[
    ("log", "log.ndjson"),
    ("log-json", "log.ndjson --format json"),
    ("log-github", "log.ndjson --format github"),
    ("log-sarif", "log.ndjson --format sarif"),
    ("archive", "traffic.har"),
    ("archive-unseen", "traffic.har --unseen --since 2026-01-02"),
    ("proxy", "proxy.ndjson"),
    ("access", "access.ndjson --body /event"),
    ("api-yaml", "api.yaml"),
    ("api-json", "api.json"),
    ("sources", r"--pattern fail\(([0-9]+)\) server"),
    (
        "source",
        r"--pattern fail\((?P<code>[0-9]+)\) server/main.txt",
    ),
    (
        "all",
        "log.ndjson traffic.har proxy.ndjson api.yaml --unseen",
    ),
    ("secrets", "secrets.ndjson --catalog secrets.yaml"),
    ("places", "places.ndjson --catalog places.yaml"),
];

#[test]
fn each_input_is_held_against_the_catalogue() {
    let folder = repository().join("tests/audit");
    let copy = copy_of(&folder);
    for (name, words) in CASES {
        let run = audit(copy.path(), words);
        let said = format!(
            "{}{}{}exit status {}\n",
            run.stdout, run.stderr, run.totals, run.status
        );
        expect_file(&folder.join("expected").join(format!("{name}.txt")), &said);
    }
}

fn audit(folder: &Path, words: &str) -> support::Run {
    let words = words.split_whitespace();
    errgen(folder, ["audit"].into_iter().chain(words))
}

/// A folder with the catalogue, and a file.
fn with(name: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let catalog = repository().join("tests/audit/catalog.yaml");
    fs::copy(catalog, folder.path().join("catalog.yaml")).expect("a copy");
    write(folder.path(), name, text);
    folder
}

fn objects(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect()
}

/// The rules and codes of what was found, in order.
fn found(folder: &Path, words: &str) -> Vec<String> {
    let run = audit(folder, &format!("{words} --format json"));
    let objects = objects(&run.stdout);
    let found = objects.iter().filter_map(|it| {
        let code = it["finding"]["code"].as_str().unwrap_or_default();
        Some(format!("{} {code}", it["code"].as_str()?))
    });
    found.collect()
}

const GOOD: &str = r#"{"status":404,"body":{"code":1000,"message":"Not found"}}"#;

#[test]
fn standard_input_is_read() {
    let folder = with("log.ndjson", "");
    for input in [
        "{\"status\":500,\"body\":{\"code\":1000,\"message\":\"Not found\"}}\n",
        r#"{"log":{"entries":[{"response":{"status":500,"content":{"text":"{\"code\":1000,\"message\":\"Not found\"}"}}}]}}"#,
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_errgen"))
            .args(["audit", "-"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("errgen starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(input.as_bytes()).expect("written");
        drop(pipe);
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("-:1:"), "{said}");
        assert!(said.contains("error[E902]"), "{said}");
    }
}

#[test]
fn what_is_right_is_not_reported() {
    let folder = with("log.ndjson", &format!("{GOOD}\n\n{GOOD}\r\n"));
    let run = audit(folder.path(), "log.ndjson").clean();
    assert_eq!(
        run.stdout,
        "2 responses, 2 with an error; 1 of 5 documented codes seen\n"
    );
    assert_eq!(
        audit(folder.path(), "log.ndjson --quiet").clean().stdout,
        ""
    );
    // Other resources have codes, too.
    for body in [
        json!({ "code": "EUR", "name": "Euro" }),
        json!({ "code": 1000, "name": "A thousand" }),
        json!([{ "code": 1000 }]),
        json!("code"),
    ] {
        let line = json!({ "status": 201, "body": body }).to_string();
        let folder = with("log.ndjson", &line);
        assert_eq!(found(folder.path(), "log.ndjson"), [""; 0], "{line}");
    }
}

#[test]
fn findings_fail_as_asked() {
    let bad = GOOD.replace("404", "500");
    let folder = with("log.ndjson", &format!("{bad}\n"));
    for (words, status) in [("", 1), ("--fail-on error", 1), ("--fail-on never", 0)] {
        let run = audit(folder.path(), &format!("log.ndjson {words}"));
        assert_eq!(run.status, status, "{words}");
    }
    let folder = with("log.ndjson", &format!("{GOOD}\n"));
    for (words, status) in [("", 0), ("--fail-on warning", 1), ("--fail-on never", 0)] {
        let run = audit(folder.path(), &format!("log.ndjson --unseen {words}"));
        assert_eq!(run.status, status, "{words}");
    }
}

#[test]
fn what_came_before_a_date_was_not_seen() {
    let at = |time: &str| {
        let line: Value = serde_json::from_str(GOOD).expect("JSON");
        let mut line = line;
        line["at"] = time.into();
        line.to_string()
    };
    let unseen = "log.ndjson --time /at --unseen --since 2026-02-01T00:00:00Z";
    for (time, was_seen) in [
        ("2026-01-31T23:59:59Z", false),
        ("2026-02-01T00:00:00.5Z", true),
        ("2026-02-01T00:30:00+01:00", false),
        ("2026-02-01 00:00:00", true),
        ("1769903999", false),
        ("1769904000", true),
        ("1769904000000", true),
        ("1769903999999", false),
        ("no time", true),
    ] {
        let folder = with("log.ndjson", &at(time));
        let is_unseen = found(folder.path(), unseen).contains(&"E906 1000".to_owned());
        assert_eq!(is_unseen, !was_seen, "{time}");
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused() {
    let folder = with("log.ndjson", GOOD);
    for (words, said) in [
        ("--pattern ( server", "`(` is no pattern: unclosed group"),
        ("log.ndjson --status status", "`status` is no JSON pointer"),
        (
            "log.ndjson --unseen --since yesterday",
            "`yesterday` is no date",
        ),
        ("missing.har", "missing.har: error[E001]: cannot be read"),
    ] {
        let run = audit(folder.path(), words);
        assert_eq!(run.status, 2, "{words}");
        assert!(run.stderr.contains(said), "{words}: {}", run.stderr);
    }
}

#[test]
fn nothing_in_an_input_ends_errgen() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_body = json!({ "status": 400, "body": deep }).to_string();
    let long = format!("{{\"status\":400,\"body\":\"{}\"}}", "x".repeat(9 << 20));
    let broken =
        "{\"status\":404,\"body\":\"{\\\"code\\\":1000,\\\"message\\\":\\\"\\ud800\\\"}\"}";
    for text in [
        &deep,
        &deep_body,
        &long,
        broken,
        "\0",
        "{",
        "{}",
        "[]",
        "null",
        "\u{feff}",
        "{\"log\":",
        "{\"log\":5}",
        "{\"log\":{\"entries\":5}}",
        "{\"log\":{\"entries\":[5]}}",
        "{\"openapi\":",
        "{\"openapi\":\"3.1.0\",\"paths\":[]}",
        "openapi: 3.1.0\npaths: &a { x: *a }\n",
        "openapi: 3.1.0\ncomponents: { responses: { a: { $ref: '#/components/responses/a' } } }\n",
        "openapi: [",
        "{\"a\\",
        "{\"a\":\"\\\"",
    ] {
        for name in ["input", "input.har"] {
            let folder = with(name, &format!("{text}\n{GOOD}\n"));
            let run = audit(folder.path(), name);
            let start: String = text.chars().take(40).collect();
            assert!(!run.stderr.contains("has a bug"), "{start}: {}", run.stderr);
            assert!(run.status <= 2, "{start}");
        }
    }
    let folder = with("log.ndjson", &format!("{GOOD}\n{long}\n{GOOD}\n"));
    let run = audit(folder.path(), "log.ndjson");
    assert!(
        run.stderr.starts_with(
            "log.ndjson:2:1: warning[E907]: a line cannot be read: it is longer than 8 MiB"
        ),
        "{}",
        run.stderr
    );
    assert!(run.stdout.starts_with("2 responses"), "{}", run.stdout);
}

#[test]
fn what_came_moves_no_cursor() {
    let message = "\u{1b}[2J\r\n::error::hello\u{202e}";
    let line = json!({ "status": 404, "body": { "code": 1000, "message": message } });
    let code = json!({ "status": 404, "body": { "code": message, "message": message } });
    let folder = with("log.ndjson", &format!("{line}\n{code}\n"));
    for format in ["human", "github"] {
        let run = audit(folder.path(), &format!("log.ndjson --format {format}"));
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.contains(['\u{1b}', '\u{202e}', '\r']), "{said}");
        assert!(!said.contains("\n::error::hello"), "{said}");
    }
}

#[test]
fn findings_are_counted_and_bounded() {
    let mut log = String::new();
    for number in 0..20_000 {
        let body = json!({ "code": 5000 + number, "message": "Unheard of" });
        writeln!(log, "{}", json!({ "status": 400, "body": body })).expect("a text");
    }
    for number in 0..100 {
        let message = format!("{} not here", char::from(b'a' + number % 26));
        let body = json!({ "code": 1000, "message": message });
        writeln!(log, "{}", json!({ "status": 404, "body": body })).expect("a text");
    }
    let folder = with("log.ndjson", &log);
    let run = audit(folder.path(), "log.ndjson --format json --max-findings 0");
    let objects = objects(&run.stdout);
    // The codes come first, so that nothing else is told apart.
    assert_eq!(objects.len(), 10_000 + 2);
    let (last, findings) = objects.split_last().expect("a summary");
    assert_eq!(last["audit"]["responses"], 20_100);
    let rest = findings.last().expect("a finding");
    assert_eq!(rest["code"], "E009");
    let shapes: String = log
        .lines()
        .rev()
        .take(100)
        .flat_map(|it| [it, "\n"])
        .collect();
    let folder = with("log.ndjson", &shapes);
    let found = found(folder.path(), "log.ndjson");
    assert_eq!(found, ["E903 1000"; 6]);
}

/// As long as the largest line may be, and no longer.
#[cfg(target_os = "linux")]
#[test]
fn a_long_log_takes_no_more_memory_than_a_short_one() {
    let peak = |lines: usize| {
        let folder = with("log.ndjson", "");
        let mut file = std::io::BufWriter::new(
            fs::File::create(folder.path().join("log.ndjson")).expect("a file"),
        );
        for number in 0..lines {
            let body = json!({ "code": 1001, "message": format!("Wait {number} seconds") });
            writeln!(
                file,
                "{}",
                json!({ "status": 429, "headers": {}, "body": body.to_string() })
            )
            .expect("written");
        }
        file.flush().expect("written");
        drop(file);
        let script = "ulimit -v 200000; exec \"$0\" audit log.ndjson";
        let output = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_errgen")])
            .current_dir(folder.path())
            .output()
            .expect("a shell starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(
        peak(100_000),
        "100,000 responses, 100,000 with an error; 1 of 5 documented codes seen\n"
    );
}
