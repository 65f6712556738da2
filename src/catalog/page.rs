//! The URLs of errors' pages.

use std::fmt::{Result, Write};

use super::{Error, Piece, Text};
use crate::portable::file_name;

/// Writes the URL of an error's page, made from the catalogue's pattern. `code` is the error's code as a string. What stands for the
/// error is the name of a folder, as the site has it, so that files can be served there.
///
/// # Errors
///
/// Only those of `output`.
pub fn write_docs_url(
    output: &mut impl Write,
    pattern: &Text,
    error: &Error,
    code: &str,
) -> Result {
    for piece in pattern.pieces.iter() {
        match piece {
            Piece::Literal(text) => output.write_str(text)?,
            Piece::Parameter(name) if name == "code" => percent_encode(&file_name(code), output)?,
            Piece::Parameter(_) => percent_encode(&file_name(error.id), output)?,
        }
    }
    Ok(())
}

/// All characters except the unreserved ones of RFC 3986, section 2.3.
fn percent_encode(text: &str, encoded: &mut impl Write) -> Result {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.write_char(char::from(byte))?;
            }
            _ => write!(encoded, "%{byte:02X}")?,
        }
    }
    Ok(())
}
