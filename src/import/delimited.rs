//! Tables in files of comma-separated or tab-separated values.

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::row::{Cell, Faults, Sheet};
use super::table::{Map, Table, report_nothing};
use crate::diagnostic::{SourceFile, Span};

/// Reads a file whose values stand between `delimiter`, or without one between whichever its headings have.
pub fn read(file: SourceFile, delimiter: Option<u8>, map: &Map, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let start = file.start_of_text() as usize;
    let text = &file.text[start - file.start as usize..];
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text));
    if let Some((at, message)) = odd_quote(text, delimiter) {
        let help =
            "put a value that has a quotation mark in it between two, and write that one twice";
        faults.report(Span::new(start + at..start + at + 1), message, help);
        return sheet;
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(false)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = StringRecord::new();
    let mut last = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error.position().map_or(last, |at| offset(at.byte()));
                let span = line_at(text, start, at);
                return refuse(&error, span, faults);
            }
        }
        last = record.position().map_or(last, |at| offset(at.byte()));
        let span = line_at(text, start, last);
        let cells = record.iter().map(|value| Cell {
            value: value.trim().replace("\r\n", "\n"),
            span,
        });
        if table.headings.is_empty() {
            table.headings = cells.collect();
        } else {
            table.rows.push(cells.collect());
        }
    }
    let headings = table.headings.clone();
    let count = faults.found.len();
    table.read(map, &mut sheet, faults);
    if sheet.other_tables > 0 && faults.found.len() == count {
        report_nothing(Some(&headings), Span::new(start..start), faults);
    }
    sheet
}

fn refuse(error: &csv::Error, span: Span, faults: &mut Faults) -> Sheet {
    match error.kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            let message = format!("this line has {len} values, and the first one {expected_len}");
            let help = if len > expected_len {
                "put values that have the delimiter in them between quotation marks"
            } else {
                "write a delimiter for each value that this line does not have"
            };
            faults.report(span, message, help);
        }
        _ => faults.report(span, format!("cannot be read: {error}"), "mend this line"),
    }
    Sheet::default()
}

/// The first quotation mark that does not hold a whole value together, and what is wrong with it.
fn odd_quote(text: &str, delimiter: u8) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    let ends = |at: usize| {
        let next = bytes.get(at);
        next.is_none_or(|it| *it == delimiter || matches!(it, b'\r' | b'\n'))
    };
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'"' {
            while !ends(at) {
                at += 1;
            }
            at += 1;
            continue;
        }
        let opening = at;
        loop {
            at += 1;
            at += bytes[at..]
                .iter()
                .position(|it| *it == b'"')
                .unwrap_or(bytes.len() - at);
            if at == bytes.len() {
                return Some((opening, "this quotation mark is not closed"));
            }
            if bytes.get(at + 1) != Some(&b'"') {
                break;
            }
            at += 1;
        }
        if !ends(at + 1) {
            return Some((
                at,
                "this quotation mark closes a value that goes on after it",
            ));
        }
        at += 2;
    }
    None
}

/// The one of comma, semicolon and tab that the line of headings has most of.
fn delimiter_of(text: &str) -> u8 {
    let headings = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| headings.bytes().filter(|it| it == delimiter).count();
    // Of equals, the last is taken.
    let delimiters = [b'\t', b';', b','];
    delimiters.into_iter().max_by_key(count).unwrap_or(b',')
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// The line at an offset of a text that starts at `start`, without its line break.
fn line_at(text: &str, start: usize, at: usize) -> Span {
    let at = at.min(text.len());
    let skipped = text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
    let line = text[at + skipped..].lines().next().unwrap_or_default();
    Span::new(start + at + skipped..start + at + skipped + line.len())
}
