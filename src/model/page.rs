//! The addresses of errors' pages.

use std::fmt::Write;

use bumpalo::Bump;
use bumpalo::collections::String;

use crate::catalog::{Error, Piece, Text};

/// The address of an error's page, by the catalogue's pattern; `code` is the error's as text.
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

/// All but the unreserved characters of RFC 3986, section 2.3.
fn percent_encode(text: &str, encoded: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                // A text takes whatever is written to it.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
}
