//! What errgen prints can do nothing to a terminal or to the system that reads a CI log, wherever the text comes from.

#![cfg(unix)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use support::write;
use tempfile::TempDir;

/// Colours, a title, line ends, commands of CI systems, bidirectional controls, C1 controls, a line separator, a delete.
const HOSTILE: &str = "a\u{1b}[31mred\u{1b}]0;title\u{7}\r\n::error::x\n  ::set-output name=a::b\n##[error]y ##vso[task.complete]z\t\u{8}\u{202e}\u{2066}\u{200f}\u{9b}31m\u{2028}\u{7f}\u{85}b";

/// What a file name can hold of it.
const NAME: &str = "n\u{1b}[31m\u{7}\r\n::error::x\n##[error]y\u{202e}\u{9b}31m\u{2028}";

struct Case {
    folder: TempDir,
    colored: bool,
}

impl Case {
    fn new(colored: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder, colored }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errgen"));
        let when = if self.colored { "always" } else { "never" };
        command.current_dir(self.path()).args(["--color", when]);
        command.args(words);
        command
    }

    /// Runs errgen, and returns what it has printed on both streams.
    #[track_caller]
    fn run(&self, words: &[&str]) -> String {
        let output = self.command(words).output().expect("errgen starts");
        assert!(output.status.code().is_some(), "{words:?}");
        self.checked(words, &output)
    }

    /// Starts errgen, and ends it once it has said that it is at work.
    #[track_caller]
    fn start(&self, words: &[&str], said: &str) {
        let mut command = self.command(words);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut text = String::new();
        while !text.contains(said) && output.read_line(&mut text).expect("a line") > 0 {}
        child.kill().expect("it is at work");
        child.wait().expect("it has ended");
        assert_harmless(&text, self.colored, false, words);
    }

    #[track_caller]
    fn checked(&self, words: &[&str], output: &Output) -> String {
        let is_of_commands = words.contains(&"github");
        let mut both = String::new();
        for stream in [&output.stdout, &output.stderr] {
            let text = std::str::from_utf8(stream).expect("UTF-8");
            assert_harmless(text, self.colored, is_of_commands, words);
            both.push_str(text);
        }
        // There may be nothing to fix.
        assert!(!both.is_empty() || words.contains(&"--diff"), "{words:?}");
        both
    }
}

/// Asserts that a text is nothing but lines of printable characters.
#[track_caller]
fn assert_harmless(text: &str, colored: bool, is_of_commands: bool, words: &[&str]) {
    let plain = if colored {
        without_styles(text)
    } else {
        text.to_owned()
    };
    for line in plain.split('\n') {
        let bad = line.chars().find(|it| is_harmful(*it));
        assert_eq!(bad, None, "{words:?}: {line:?}");
        let is_command = line.trim_start().starts_with("::");
        assert!(is_of_commands || !is_command, "{words:?}: {line:?}");
        assert!(!is_of_commands || line.is_empty() || is_command);
        for command in ["##[", "##vso["] {
            assert!(!line.contains(command), "{words:?}: {line:?}");
        }
    }
}

/// A tab is harmless; a diff and the scripts for shells have some.
fn is_harmful(character: char) -> bool {
    character.is_control() && character != '\t'
        || "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
            .contains(character)
}

/// The text without the colours that errgen uses.
fn without_styles(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (style, rest) = part.split_once('m').expect("a style");
        // Never the one of the hostile texts.
        assert!(
            ["0", "1", "33", "91", "93", "94", "96"].contains(&style),
            "{style}"
        );
        plain.push_str(rest);
    }
    plain
}

/// A double-quoted string of YAML.
fn quoted(text: &str) -> String {
    let escape = |character: char| match u32::from(character) {
        code if character.is_control() || code > 0x7e => format!("\\U{code:08x}"),
        _ if "\"\\".contains(character) => format!("\\{character}"),
        _ => character.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// A valid catalogue in which every text is hostile.
fn catalog(message: &str) -> String {
    let hostile = quoted(&HOSTILE.replace(['{', '}'], ""));
    let spaced = quoted(&format!("{HOSTILE} "));
    let message = quoted(message);
    format!(
        "catalog: shop
version: 1.0.0
title: {{ en: {hostile} }}
locales: [en, fr]
docs_url: \"https://example.com/\\u202e{{code}}\"
meta: {{ note: {hostile} }}
categories:
  - id: first
    title: {{ en: {hostile} }}
    errors:
      - code: \"::a\\u202eb##[c]\"
        id: one
        http: 404
        message: {message}
        params: {{ name: {{ type: string, example: {hostile}, description: {{ en: {hostile} }} }} }}
        description: {{ en: {hostile}, fr: {spaced} }}
        resolution: {{ en: {hostile} }}
        deprecated: {{ since: 1.0.0, note: {{ en: {hostile} }} }}
      - code: \"2\"
        id: two
        http: 404
        cases:
          - {{ id: case, message: {hostile}, description: {{ en: {hostile} }} }}
        description: {{ en: {hostile} }}
        retired: {{ since: 1.0.0, note: {{ en: {hostile} }} }}
"
    )
}

/// A project in a folder with a hostile name, with a target that has one, too.
fn project(case: &Case) -> (String, String) {
    let folder = case.path().join(NAME);
    write(
        &folder,
        "catalog.yaml",
        &catalog(&format!("{HOSTILE} {{name}}")),
    );
    let target = format!("templates/{NAME}");
    let manifest = format!(
        "description: {}\nfiles:\n  - {{ template: all.txt.tera, path: all.txt }}\n",
        quoted(HOSTILE)
    );
    write(&folder, &format!("{target}/target.yaml"), &manifest);
    let template = "one\n{{ catalog.title.default.value }}\n{{ catalog.version }}\ntwo\n";
    write(&folder, &format!("{target}/all.txt.tera"), template);
    let text = |path: PathBuf| path.to_str().expect("UTF-8").to_owned();
    (
        text(PathBuf::from(NAME).join("catalog.yaml")),
        text(PathBuf::from(NAME).join("templates")),
    )
}

#[test]
fn every_command_prints_only_what_is_harmless() {
    for colored in [false, true] {
        let case = Case::new(colored);
        let (catalog_path, templates) = project(&case);
        let here = ["--catalog", &catalog_path, "--templates", &templates];
        let run = |words: &[&str]| case.run(&[&here, words].concat());
        for words in [
            &["generate"][..],
            &["generate", "--out", NAME],
            &["generate", NAME, "--depfile", NAME],
            &["check"],
            &["outputs"],
            &["outputs", "--out", "::out"],
            &["targets"],
            &["targets", "--out", NAME],
            &["schema"],
            &["schema", "target"],
            &["rule"],
            &["rule", HOSTILE],
            &["explain", "one"],
            &["explain", HOSTILE],
            &["explain", "::a\u{202e}b##[c]"],
            &["explain", "--locale", NAME, "2"],
            &["explain", "--format", "json", "one", "two"],
            &["explain", "::c"],
            &["lint"],
            &["lint", "--diff"],
            &["man"],
            &["help"],
            &["help", "explain"],
            &["help", HOSTILE],
            &["--version"],
            &[HOSTILE],
            &["generate", "--depfile"],
            &["--template-seconds", HOSTILE, "generate"],
            &["--template-memory", HOSTILE, "generate"],
            &["lint", "--format", HOSTILE],
            &["lint", &format!("--{HOSTILE}")],
            &["serve", NAME],
            &["serve", "--port", HOSTILE],
        ] {
            run(words);
        }
        for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
            run(&["completions", shell]);
        }
        case.start(&[&here[..], &["watch"]].concat(), "Ctrl-C");
        case.start(&[&here[..], &["serve", "--port", "0"]].concat(), "serving");
        // A file that has to change has a diff of hostile lines.
        let text = fs::read_to_string(case.path().join(&catalog_path)).expect("the catalogue");
        let changed = text.replace("version: 1.0.0", "version: 2.0.0");
        fs::write(case.path().join(&catalog_path), changed).expect("a file");
        for format in ["human", "json", "sarif", "github"] {
            let stale = run(&["check", "--format", format]);
            assert!(stale.contains("E602"), "{stale}");
            run(&["check", "--diff=full", "--format", format]);
        }
    }
}

#[test]
fn what_is_wrong_is_shown_without_harm() {
    // Characters that YAML takes as they are.
    let raw: String = HOSTILE.chars().filter(|it| !it.is_control()).collect();
    let quoted = quoted(HOSTILE);
    let mistakes = [
        format!("{quoted}: 1\n"),
        format!("? \"{raw} ::x\"\n: 1\n? \"{raw} ::x\"\n: 1\n"),
        format!(
            "catalog: {quoted}\nversion: {quoted}\ntitle: {{ {quoted}: {quoted} }}\nlocales: [{quoted}, \"{raw}\"]\ncategories: []\n"
        ),
        format!(
            "catalog: \"{raw}\"\nlint: {{ {quoted}: \"{raw}\" }}\ntargets: {{ {quoted}: {{ {quoted}: {quoted} }}, rust: {{ out: {quoted} }} }}\n"
        ),
        catalog(&format!("{raw}漢字{raw} {{missing}}")),
        catalog(HOSTILE).replace("id: two", &format!("id: {quoted}")),
        format!("::error::x\n  ::set-output name=a::b\n{raw}: [\n"),
        format!("a: {HOSTILE}"),
        format!("katalog: shop\n  ::a: {raw}\n"),
        format!("katalog: shop\n\"::a\": {quoted}\n\"##[b] {raw}\": x\n"),
    ];
    for mistake in &mistakes {
        for colored in [false, true] {
            let case = Case::new(colored);
            write(case.path(), "catalog.yaml", mistake);
            for format in ["human", "json", "sarif", "github"] {
                case.run(&["lint", "--format", format]);
                case.run(&["generate", "--format", format]);
            }
            case.run(&["explain", "1"]);
            case.run(&["lint", "--diff"]);
        }
    }
}

#[test]
fn what_is_wrong_with_a_target_is_shown_without_harm() {
    let manifests = [
        format!("{}: 1\n", quoted(HOSTILE)),
        format!(
            "description: d\nfiles:\n  - {{ template: {}, path: x }}\n",
            quoted(HOSTILE)
        ),
        format!(
            "description: d\nfiles:\n  - {{ template: a.tera, path: {} }}\n",
            quoted(HOSTILE)
        ),
        "description: d\nfiles:\n  - { template: a.tera, path: x }\n".to_owned(),
    ];
    let template = format!("{HOSTILE}\n{{{{ \"{HOSTILE}\" | {} }}}}\n", "nothing");
    for colored in [false, true] {
        for manifest in &manifests {
            let case = Case::new(colored);
            write(case.path(), "catalog.yaml", support::CATALOG);
            let target = format!("templates/{NAME}");
            write(case.path(), &format!("{target}/target.yaml"), manifest);
            write(case.path(), &format!("{target}/a.tera"), &template);
            case.run(&["generate", NAME, "--templates", "templates"]);
        }
    }
}
