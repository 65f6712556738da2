//! File names that are valid on every operating system, and names that are one file on some.

use std::fmt::Write;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::terminal::is_invisible;

/// The longest name, in bytes: the limit of most file systems.
const MAX_NAME: usize = 255;

/// Names that are devices on Windows, with any extension. The names below are devices if a digit follows.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// Whether a part of a path is a valid name on every operating system, and not that of a `.git` folder.
pub fn is_portable(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= MAX_NAME
        && part != "."
        && part != ".."
        && !is_of_git(part)
        && !part.ends_with(|last: char| last == '.' || last.is_whitespace())
        && !is_device(part)
        && !part.contains(|character: char| {
            character.is_control()
                || matches!(
                    character,
                    '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'
                )
        })
}

/// The spelling that two paths share if they are the same file on some machine: file systems differ in whether letter case and
/// Unicode normalisation distinguish names.
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.to_lowercase().nfc().collect()
    }
}

/// Whether a name is that of a `.git` folder, whose content decides which programs git runs. File systems of macOS ignore some
/// characters, and those of Windows give it a second, short name.
pub fn is_of_git(part: &str) -> bool {
    let seen: String = part.chars().filter(|it| !is_ignored(*it)).collect();
    [".git", "git~1"]
        .iter()
        .any(|name| seen.eq_ignore_ascii_case(name))
}

/// Whether HFS+ ignores a character in names. The list is git's own.
fn is_ignored(character: char) -> bool {
    matches!(
        character,
        '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
    )
}

/// Whether a name is that of a device on Windows.
pub fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let is_in = |names: &[&str], text: &str| names.iter().any(|it| it.eq_ignore_ascii_case(text));
    let is_digit = |last: char| last.is_ascii_digit() || matches!(last, '¹' | '²' | '³');
    let numbered = stem.strip_suffix(is_digit);
    is_in(DEVICES, stem) || numbered.is_some_and(|name| is_in(NUMBERED_DEVICES, name))
}

/// Any text as the name of a file or folder, which is the same in an address: each byte of what either cannot hold is `~` and two
/// hexadecimal digits. Different texts have different names, if letter case counts.
pub fn file_name(text: &str) -> String {
    let is_normal = is_nfc(text);
    let last = text.len() - text.chars().next_back().map_or(0, char::len_utf8);
    let is_kept = |at: usize, character: char| match character {
        '.' => at != 0 && at != last,
        '-' | '_' => true,
        _ if character.is_ascii() => {
            character.is_ascii_alphanumeric() && (at != 0 || !is_device(text))
        }
        _ => is_normal && !is_invisible(character) && !character.is_control(),
    };
    let mut name = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if is_kept(at, character) {
            name.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(name, "~{byte:02X}");
            }
        }
    }
    name
}
