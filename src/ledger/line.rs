//! The lines of a ledger: each holds one entry, as JSON, which is YAML as well.

use std::io::{self, Write};

use serde_json::ser::{Formatter, Serializer};
use twox_hash::XxHash3_128;

use super::entry::Entry;

/// What each line starts with.
pub const START: &str = "- ";

/// What stands between the kind of an entry and the entry.
pub const AFTER_KIND: &str = ": ";

/// A line with an entry.
pub fn line<T: Entry>(entry: &T) -> String {
    let mut json = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut json, OneLine);
    // Writing to memory cannot fail, and all keys are texts.
    let _ = entry.serialize(&mut serializer);
    let json = String::from_utf8_lossy(&json);
    format!("{START}{}{AFTER_KIND}{json}", T::KIND)
}

/// The digest of the lines of a release, and of the digests of those before it. It need not withstand an attack.
pub fn digest<'a>(before: impl Iterator<Item = &'a str>, lines: &[&'a str]) -> String {
    let mut hasher = XxHash3_128::new();
    for part in before.chain(lines.iter().copied()) {
        hasher.write(part.as_bytes());
        hasher.write(b"\n");
    }
    shown(hasher.finish_128())
}

pub fn digest_of(text: &str) -> String {
    shown(XxHash3_128::oneshot(text.as_bytes()))
}

fn shown(digest: u128) -> String {
    format!("{digest:032x}")
}

/// JSON in one line, with the spaces that a reader expects, and with escapes for what YAML does not take as it is.
struct OneLine;

impl Formatter for OneLine {
    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for character in fragment.chars() {
            if is_plain(character) {
                write!(writer, "{character}")?;
            } else {
                // All of them have four digits at most.
                write!(writer, "\\u{:04x}", u32::from(character))?;
            }
        }
        Ok(())
    }
}

/// Whether YAML takes a character in quotation marks as it is, and no reader for the end of a line.
pub fn is_plain(character: char) -> bool {
    let is_special = matches!(
        character,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    );
    !character.is_control() && !is_special
}
