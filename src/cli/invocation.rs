//! Commands of errgen for a user to run, as a shell reads them.

use std::ffi::OsStr;
use std::fmt::Write;

use super::arguments::Common;
use crate::terminal::visible;

/// A command with the options that decide what it works on, as they were given.
pub fn invocation(common: &Common, command: &str, targets: &[String]) -> String {
    let mut words = vec!["errgen".to_owned(), command.to_owned()];
    let ids = targets.iter().map(|target| quoted(target.as_ref()));
    let may_be_options = targets.iter().any(|target| target.starts_with('-'));
    if !may_be_options {
        words.extend(ids.clone());
    }
    let options = [
        ("--catalog", &common.catalog),
        ("--templates", &common.templates),
        ("--out", &common.out),
    ];
    let given = options
        .iter()
        .filter_map(|(option, value)| Some((*option, value.as_ref()?)));
    let links = common.allow_links_to.iter();
    for (option, value) in given.chain(links.map(|value| ("--allow-links-to", value))) {
        let value = value.as_os_str();
        // A word of its own would be read as another option.
        let between = if value.as_encoded_bytes().starts_with(b"-") {
            '='
        } else {
            ' '
        };
        words.push(format!("{option}{between}{}", quoted(value)));
    }
    words.extend(common.budget_words());
    if may_be_options {
        words.push("--".to_owned());
        words.extend(ids);
    }
    words.join(" ")
}

/// A word as POSIX shells read it. One with hidden characters is written as `$'\x1b'`, which all but the oldest of them read.
pub fn quoted(word: &OsStr) -> String {
    match word.to_str() {
        Some(text) if visible(text) != text => with_escapes(word.as_encoded_bytes()),
        Some(text) if is_plain(text) => text.to_owned(),
        Some(text) => format!("'{}'", text.replace('\'', r"'\''")),
        None => with_escapes(word.as_encoded_bytes()),
    }
}

fn is_plain(text: &str) -> bool {
    let is_plain =
        |character: char| character.is_alphanumeric() || "_@%+=:,./-".contains(character);
    // zsh replaces a word such as `=ls` by a path.
    !text.is_empty() && !text.starts_with('=') && text.chars().all(is_plain)
}

fn with_escapes(bytes: &[u8]) -> String {
    let mut word = String::from("$'");
    for byte in bytes {
        match byte {
            b'\'' | b'\\' => word.extend(['\\', char::from(*byte)]),
            b' '..=b'~' if *byte != b'#' => word.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => _ = write!(word, "\\x{byte:02x}"),
        }
    }
    word + "'"
}
