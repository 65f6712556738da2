//! The lines of a ledger, before it is known what each says.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use super::both::Both;
use super::line::{AFTER_KIND, START, is_plain};
use crate::diagnostic::{Diagnostics, Source, SourceFile, Span};
use crate::parse::parse_ledger;

/// A line with an entry.
pub struct Line<'s, D> {
    pub kind: Cow<'s, str>,
    pub data: D,
    /// All of it, without its end.
    pub text: &'s str,
    /// From its kind on.
    pub span: Span,
}

/// What an entry says, by its declaration.
pub trait Data<'a>: Clone {
    fn read<T: Deserialize<'a>>(self) -> serde_json::Result<T>;
}

/// As JSON, from which texts are borrowed.
impl<'a> Data<'a> for &'a str {
    fn read<T: Deserialize<'a>>(self) -> serde_json::Result<T> {
        serde_json::from_str(self)
    }
}

/// As YAML.
impl<'a> Data<'a> for Value {
    fn read<T: Deserialize<'a>>(self) -> serde_json::Result<T> {
        T::deserialize(self)
    }
}

/// All lines, if each has the form in which errgen writes it. Whether they are JSON, and whether errgen has written them, is still
/// to be seen.
pub fn written<'a>(both: &Both<'a>) -> Option<Vec<Line<'a, &'a str>>> {
    let mut next = both.start();
    let mut lines = Vec::new();
    for line in both.ledger.text.split_inclusive('\n') {
        let start = next;
        next += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let text = line.strip_suffix('\r').unwrap_or(line);
        let is_comment = text.starts_with('#') && text.chars().all(is_plain);
        if text.is_empty() || is_comment {
            continue;
        }
        let (kind, data) = text.strip_prefix(START)?.split_once(AFTER_KIND)?;
        lines.push(Line {
            kind: kind.into(),
            data,
            text,
            span: Span::new(start + START.len()..start + text.len()),
        });
    }
    Some(lines)
}

/// All lines, of any file that is a list in YAML.
///
/// # Errors
///
/// If it is none.
pub fn of_yaml<'s>(
    both: &'s Both,
    file: SourceFile<'s>,
) -> Result<Vec<Line<'s, Value>>, Diagnostics> {
    let source = both.source();
    let entries = parse_ledger(source, file)?;
    let lines = entries.into_iter().map(|entry| {
        let start = entry.kind.span.start;
        Line {
            kind: entry.kind.value,
            data: entry.value,
            text: source.line(start).trim_end(),
            span: rest_of_line(source, start),
        }
    });
    Ok(lines.collect())
}

/// The rest of a line, which starts with the sign of a list.
fn rest_of_line(source: &Source, start: u32) -> Span {
    let text = source.line(start);
    let whole = text.trim_end().len();
    let lead = text.len() - text.trim_start_matches(['-', ' ']).len();
    let start = start as usize;
    Span::new(start..start + whole.saturating_sub(lead))
}
