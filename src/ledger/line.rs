//! The lines of a ledger: each holds one entry, as JSON, which is YAML as well.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use twox_hash::XxHash3_128;

/// A line with an entry.
pub fn line(kind: &str, entry: &impl Serialize) -> String {
    let mut json = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut json, OneLine);
    // Writing to memory cannot fail, and all keys are texts.
    let _ = entry.serialize(&mut serializer);
    format!("- {kind}: {}", String::from_utf8_lossy(&json))
}

/// The digest of the lines of a release, and of the digests of those before it. It need not withstand an attack.
pub fn digest<'a>(before: impl Iterator<Item = &'a str>, lines: &[&'a str]) -> String {
    let mut text = String::new();
    for part in before.chain(lines.iter().copied()) {
        text.push_str(part);
        text.push('\n');
    }
    digest_of(&text)
}

pub fn digest_of(text: &str) -> String {
    format!("{:032x}", XxHash3_128::oneshot(text.as_bytes()))
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
fn is_plain(character: char) -> bool {
    let is_special = matches!(
        character,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    );
    !character.is_control() && !is_special
}
