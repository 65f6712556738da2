//! A guard against misspelt fields.
//!
//! Tera refuses an unknown field that is output or iterated, but takes one that is only tested for false. So the
//! fields that a target's templates name are looked up before they are rendered.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, nearest, rules};
use crate::model::FIELDS;
use crate::target::Target;

/// What a `for` loop offers.
const LOOP_FIELDS: &[&str] = &["index", "index0", "first", "last", "length"];

/// Refuses templates that name a field which neither the model nor the target has.
pub fn check(target: &Target) -> Result<(), Diagnostics> {
    let mut templates = Vec::new();
    for file in target.files.iter().filter(|file| file.is_template()) {
        let text = String::from_utf8_lossy(&file.content);
        let name = super::template_name(target, &file.path);
        templates.push((name, tokens(&text), text));
    }
    let mut known = known_fields(target);
    // A template may build maps of its own.
    for (_, tokens, text) in &templates {
        let keys = tokens.iter().filter(|token| token.kind == Kind::Text);
        known.extend(keys.map(|token| {
            text[token.range.clone()]
                .trim_matches(['"', '\'', '`'])
                .to_owned()
        }));
    }
    let mut diagnostics = Vec::new();
    for (name, tokens, text) in &templates {
        let fields = tokens.iter().filter(|token| token.kind == Kind::Field);
        let unknown = fields.filter(|token| !known.contains(&text[token.range.clone()]));
        for token in unknown {
            let field = &text[token.range.clone()];
            let source = Arc::new(Source::new(name.clone(), text.to_string()));
            let span = Span::new(token.range.clone());
            let message = format!("there is no field `{field}`");
            let mut diagnostic = Diagnostic::at(rules::TEMPLATE_ERROR, &source, span, message);
            diagnostic.help = nearest(field, known.iter().map(String::as_str))
                .map(|near| format!("did you mean `{near}`?"));
            diagnostics.push(diagnostic);
        }
    }
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(diagnostics)
    }
}

fn known_fields(target: &Target) -> HashSet<String> {
    let manifest = &target.manifest;
    let mut known: HashSet<String> = FIELDS
        .iter()
        .chain(LOOP_FIELDS)
        .map(ToString::to_string)
        .collect();
    known.extend(
        manifest
            .names
            .values()
            .flat_map(|kinds| kinds.keys().cloned()),
    );
    known.extend(manifest.options.keys().cloned());
    known.extend(manifest.types.keys().cloned());
    // Other targets' names, as docs show them, and the catalogue's own `meta` are not known here: they are written
    // as `names["rust"]`, `meta["owner"]`.
    known.insert(target.id.clone());
    data_keys(&manifest.data, &mut known);
    known
}

fn data_keys(data: &serde_json::Value, known: &mut HashSet<String>) {
    match data {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                known.insert(key.clone());
                data_keys(value, known);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| data_keys(item, known)),
        _ => {}
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A name after a dot.
    Field,
    /// A quoted text.
    Text,
}

struct Token {
    kind: Kind,
    range: std::ops::Range<usize>,
}

/// The fields and the quoted texts in the tags of a template.
fn tokens(template: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut offset = 0;
    while let Some(open) = template[offset..].find('{') {
        let start = offset + open;
        let close = match template.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                offset = start + 1;
                continue;
            }
        };
        offset = match close {
            "#}" => template[start..]
                .find(close)
                .map_or(template.len(), |at| start + at + 2),
            _ => tag(template, start + 2, close, &mut tokens),
        };
    }
    tokens
}

/// Reads one tag, and returns where it ends.
fn tag(template: &str, start: usize, close: &str, tokens: &mut Vec<Token>) -> usize {
    let bytes = template.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        if template[at..].starts_with(close) {
            return at + close.len();
        }
        let length = match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                let end = bytes[at + 1..].iter().position(|byte| *byte == quote);
                let length = end.map_or(bytes.len() - at, |end| end + 2);
                tokens.push(Token {
                    kind: Kind::Text,
                    range: at..at + length,
                });
                length
            }
            b'.' => {
                let is_spread = template[at..].starts_with("..");
                let name = bytes[at + 1..]
                    .iter()
                    .take_while(|byte| is_word(**byte))
                    .count();
                let is_field = name > 0 && !is_spread && !bytes[at + 1].is_ascii_digit();
                if is_field {
                    tokens.push(Token {
                        kind: Kind::Field,
                        range: at + 1..at + 1 + name,
                    });
                }
                // The three dots of a spread come before no field.
                let dots = bytes[at..].iter().take_while(|byte| **byte == b'.').count();
                dots + name
            }
            _ => template[at..].chars().next().map_or(1, char::len_utf8),
        };
        at += length;
    }
    bytes.len()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
