//! The URLs of errors' pages.

use std::fmt::Write;

use bumpalo::Bump;
use bumpalo::collections::String;

use crate::catalog::{Error, Piece, Text};

/// The URL of an error's page, made from the catalogue's pattern. `code` is the error's code as a string.
pub fn address<'a>(arena: &'a Bump, pattern: &Text, error: &Error, code: &str) -> &'a str {
    let mut address = String::with_capacity_in(pattern.template.len() + error.id.len(), arena);
    for piece in pattern.pieces.iter() {
        match piece {
            Piece::Literal(text) => address.push_str(text),
            Piece::Parameter(name) if name == "code" => percent_encode(code, &mut address),
            Piece::Parameter(_) => address.push_str(error.id),
        }
    }
    address.into_bump_str()
}

/// All characters except the unreserved ones of RFC 3986, section 2.3.
fn percent_encode(text: &str, encoded: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
}
