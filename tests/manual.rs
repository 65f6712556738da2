//! What errgen tells shells and readers of its command line.

mod support;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use support::{errgen, repository};

/// The commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = errgen(repository(), ["--help"]).clean().stdout;
    let (_, rest) = help.split_once("Commands:\n").expect("a list of commands");
    let (list, _) = rest.split_once("\n\n").expect("its end");
    let names = list.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty() && name != "help").then(|| name.to_owned())
    });
    let names: Vec<_> = names.collect();
    assert!(names.len() > 5, "{names:?}");
    names
}

#[test]
fn the_man_page_describes_every_command() {
    let page = errgen(repository(), ["man"]).clean().stdout;
    for command in commands() {
        let heading = format!("\n.SS errgen {command}\n");
        assert_eq!(page.matches(&heading).count(), 1, "{command}");
    }
    assert!(page.contains("\n.SH \"EXIT STATUS\"\n"));
}

#[test]
fn every_shell_learns_every_command() {
    let help = errgen(repository(), ["completions", "-h"]).clean().stdout;
    let (_, rest) = help.split_once("<SHELL>  ").expect("the shells");
    let (_, rest) = rest.split_once("[possible values: ").expect("a list");
    let (shells, _) = rest.split_once(']').expect("its end");
    let shells: Vec<_> = shells.split(',').map(str::trim).collect();
    assert!(shells.len() > 3, "{shells:?}");
    for shell in shells {
        let script = errgen(repository(), ["completions", shell]).clean().stdout;
        // It asks errgen itself.
        assert!(script.contains("ERRGEN_COMPLETE"), "{shell}");
        let asked = Command::new(env!("CARGO_BIN_EXE_errgen"))
            .args(["--", "errgen", ""])
            .env("ERRGEN_COMPLETE", shell)
            .env("_CLAP_COMPLETE_INDEX", "1")
            .env("_CLAP_IFS", "\n")
            .output()
            .expect("errgen starts");
        let answer = String::from_utf8(asked.stdout).expect("words in UTF-8");
        let words: Vec<_> = answer
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .collect();
        for command in commands() {
            assert!(words.contains(&command.as_str()), "{shell}: {command}");
        }
    }
}

/// Bash completes the last of some words; nothing where there is no bash, which is a failure in CI.
fn completed(words: &[&str]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("errgen.bash");
    let script = errgen(repository(), ["completions", "bash"]).clean().stdout;
    fs::write(&path, script).expect("the script");
    // As bash does it when Tab is pressed: by the function that the script has registered.
    let press_tab = r#"
        source "$1" && shift
        function=$(complete -p errgen | sed 's/.*-F \([^ ]*\).*/\1/')
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        "$function" errgen "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" || exit
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let syntax = Command::new("bash").arg("-n").arg(&path).output();
    let output = match syntax {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            assert!(std::env::var_os("CI").is_none(), "there is no bash");
            eprintln!("SKIPPED: there is no bash to complete words in; install it");
            return None;
        }
        syntax => syntax.expect("bash starts"),
    };
    assert!(output.status.success(), "{output:?}");
    let own = Path::new(env!("CARGO_BIN_EXE_errgen")).parent();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let folders = own.map(Path::to_owned).into_iter();
    let folders = folders.chain(std::env::split_paths(&others));
    let output = Command::new("bash")
        .args(["--norc", "-c", press_tab, "bash"])
        .env("PATH", std::env::join_paths(folders).expect("a path"))
        .current_dir(repository())
        .arg(&path)
        .args(words)
        .output()
        .expect("bash starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""));
    let replies = String::from_utf8(output.stdout).expect("words in UTF-8");
    Some(replies.lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_commands_options_and_values() {
    let cases: [(&[&str], &[&str]); 12] = [
        (&["errgen", "gen"], &["generate"]),
        (&["errgen", "explain", "--loc"], &["--locale"]),
        (&["errgen", "explain", "--format", "j"], &["json"]),
        (&["errgen", "--color", "al"], &["always"]),
        (&["errgen", "completions", "z"], &["zsh"]),
        (&["errgen", "release", "m"], &["major", "minor"]),
        // What the targets, the rules and the catalogue have.
        (&["errgen", "generate", "ty"], &["typescript"]),
        (&["errgen", "rule", "E301"], &["E301"]),
        (&["errgen", "rule", "duplicate-c"], &["duplicate-code"]),
        (
            &["errgen", "explain", "user_al"],
            &["user_already_exists", "user_already_subscribed"],
        ),
        (&["errgen", "explain", "4109"], &["4109"]),
        (&["errgen", "add", "not_found/f"], &["not_found/friend"]),
    ];
    for (words, expected) in cases {
        if let Some(replies) = completed(words) {
            assert_eq!(replies, expected, "{words:?}");
        }
    }
}

#[test]
fn no_shell_is_told_a_word_that_it_could_run() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let catalog = r#"
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
categories:
  - id: request
    title: { en: Request }
    errors:
      - { code: SHOP-1, id: shop_closed, http: 400, message: The shop is closed }
      - { code: "$(touch x)", id: one, http: 400, message: One }
      - { code: "`touch x`", id: two, http: 400, message: Two }
      - { code: "*", id: three, http: 400, message: Three }
      - { code: "-x;y", id: four, http: 400, message: Four }
"#;
    fs::write(project.path().join("catalog.yaml"), catalog).expect("a catalogue");
    let asked = Command::new(env!("CARGO_BIN_EXE_errgen"))
        .args(["--", "errgen", "retire", ""])
        .env("ERRGEN_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", "2")
        .env("_CLAP_IFS", "\n")
        .current_dir(project.path())
        .output()
        .expect("errgen starts");
    let answer = String::from_utf8(asked.stdout).expect("words in UTF-8");
    let words: Vec<_> = answer.lines().filter(|it| !it.starts_with('-')).collect();
    let expected = ["shop_closed", "SHOP-1", "one", "two", "three", "four"];
    assert_eq!(words, expected);
}
