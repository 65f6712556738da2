//! Logs with a JSON object in each line, read a line at a time.

use std::io::{self, BufRead};
use std::sync::Arc;

use serde_json::value::RawValue;

use super::findings::{Auditor, Spot};
use super::progress::Progress;
use super::record::{Pointers, Wants};
use crate::diagnostic::Position;

/// The longest line, in bytes.
const LONGEST: usize = 8 << 20;

/// What became of the lines of a log.
#[derive(Default)]
pub struct Outcome {
    pub responses: u64,
    /// JSON that is no response.
    pub others: u64,
    pub unreadable: u64,
    /// The first that cannot be read: where, and why.
    pub first: Option<(Position, String)>,
}

/// Reads a log.
pub fn read(
    auditor: &mut Auditor,
    path: &Arc<str>,
    mut input: impl BufRead,
    pointers: &Pointers,
    progress: &Progress,
) -> io::Result<Outcome> {
    let wants = Wants {
        headers: auditor.has_headers,
        time: auditor.since.is_some(),
    };
    let mut outcome = Outcome::default();
    let mut bytes = Vec::new();
    let mut line = 0;
    loop {
        let Some(is_whole) = next_line(&mut input, &mut bytes, progress)? else {
            return Ok(outcome);
        };
        line += 1;
        let mut text = String::from_utf8_lossy(&bytes);
        if line == 1 && text.starts_with('\u{feff}') {
            text = text.trim_start_matches('\u{feff}').to_owned().into();
        }
        let text = text.trim();
        if text.is_empty() && is_whole {
            continue;
        }
        let read: Result<&RawValue, (usize, String)> = if is_whole {
            serde_json::from_str(text).map_err(|error| {
                (
                    error.column().max(1),
                    format!("it is not JSON: {}", reason(&error)),
                )
            })
        } else {
            Err((1, format!("it is longer than {} MiB", LONGEST >> 20)))
        };
        let record = match read {
            Ok(value) if value.get().starts_with('{') => pointers.read(value, wants),
            Ok(_) => None,
            Err((column, reason)) => {
                outcome.unreadable += 1;
                outcome
                    .first
                    .get_or_insert((Position { line, column }, reason));
                continue;
            }
        };
        let Some(record) = record else {
            outcome.others += 1;
            continue;
        };
        outcome.responses += 1;
        auditor.response(&record, &|| Spot {
            path: Arc::clone(path),
            position: Position { line, column: 1 },
        });
    }
}

/// What a parser says, without the place that it has counted itself.
pub fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Reads a line, and says whether all of it was kept; `None` at the end.
fn next_line(
    input: &mut impl BufRead,
    line: &mut Vec<u8>,
    progress: &Progress,
) -> io::Result<Option<bool>> {
    line.clear();
    let mut is_whole = true;
    let mut any = false;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(any.then_some(is_whole));
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if line.len() + part.len() > LONGEST {
            is_whole = false;
            line.clear();
        } else if is_whole {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        progress.advance(used);
        input.consume(used);
        if end.is_some() {
            return Ok(Some(is_whole));
        }
    }
}
