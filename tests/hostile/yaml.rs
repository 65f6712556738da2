//! Writes a catalogue as YAML without any of errgen's code: JSON, of which YAML is nearly a superset, with YAML's own escapes for
//! what YAML does not take as it is.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

/// A key at the top a line, so that line-wise tools find their way; every value in one line.
///
/// # Errors
///
/// Those of the output.
pub fn write(output: &mut impl Write, catalogue: &Value, targets: &str) -> io::Result<()> {
    let members = catalogue.as_object().expect("a catalogue is an object");
    for (key, value) in members {
        write!(output, "{key}: ")?;
        value.serialize(&mut Serializer::with_formatter(&mut *output, Yaml))?;
        writeln!(output)?;
    }
    write!(output, "{targets}")
}

struct Yaml;

impl Formatter for Yaml {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for character in fragment.chars() {
            let number = u32::from(character);
            if is_taken(character) {
                write!(writer, "{character}")?;
            } else if number < 0x100 {
                write!(writer, "\\x{number:02X}")?;
            } else if number < 0x1_0000 {
                write!(writer, "\\u{number:04X}")?;
            } else {
                write!(writer, "\\U{number:08X}")?;
            }
        }
        Ok(())
    }

    /// A key that is written on several lines, or is longer than 1,024 characters, is none without its mark.
    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"? " } else { b", ? " })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b" : ")
    }
}

/// YAML 1.2.2, production 2, `nb-json` and the line ends of YAML 1.1; a byte order mark is best not seen.
fn is_taken(character: char) -> bool {
    let is_printable = matches!(u32::from(character),
        0x20..=0x7E | 0xA0..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF);
    is_printable && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
}
