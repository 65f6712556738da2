//! Tables in Markdown, and the headings that they stand under.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::row::{Cell, Faults, Sheet};
use super::table::{Map, Table, report_nothing, within_title};
use crate::diagnostic::{SourceFile, Span};

/// What is being read.
#[derive(Default)]
struct Reading {
    text: String,
    /// Where the cell or the heading stands.
    span: Option<Range<usize>>,
    /// Where its words do.
    words: Option<Range<usize>>,
    sections: Vec<(u8, Cell)>,
    cells: Vec<Cell>,
    table: Table,
}

pub fn read(file: SourceFile, map: &Map, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let mut first = None;
    let count = faults.found.len();
    let mut reading = Reading::default();
    for (event, range) in Parser::new_ext(file.text, Options::ENABLE_TABLES).into_offset_iter() {
        let start = file.start as usize;
        let range = start + range.start..start + range.end;
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => reading.start(range),
            Event::End(TagEnd::Heading(level)) => {
                let cell = reading.cell();
                let level = level as u8;
                reading.sections.retain(|(other, _)| *other < level);
                reading.sections.push((level, cell));
            }
            Event::Start(Tag::Table(_)) => {
                reading.table.sections = within_title(&reading.sections);
            }
            Event::End(TagEnd::TableCell) => {
                let cell = reading.cell();
                reading.cells.push(cell);
            }
            Event::End(TagEnd::TableHead) => {
                reading.table.headings = std::mem::take(&mut reading.cells);
            }
            Event::End(TagEnd::TableRow) => {
                let cells = std::mem::take(&mut reading.cells);
                reading.table.rows.push(cells);
            }
            Event::End(TagEnd::Table) => {
                let table = std::mem::take(&mut reading.table);
                first.get_or_insert_with(|| table.headings.clone());
                table.read(map, &mut sheet, faults);
            }
            Event::Text(text) | Event::Code(text) => {
                reading.add(&text);
                reading.reach(range);
            }
            Event::SoftBreak => reading.add(" "),
            Event::HardBreak => reading.add("\n"),
            Event::InlineHtml(tag) if is_break(&tag) => reading.add("\n"),
            _ => {}
        }
    }
    if sheet.rows.is_empty() && faults.found.len() == count {
        let start = file.start as usize;
        report_nothing(first.as_deref(), Span::new(start..start), faults);
    }
    sheet
}

impl Reading {
    fn start(&mut self, range: Range<usize>) {
        self.text.clear();
        self.span = Some(range);
        self.words = None;
    }

    /// Notes where the words are.
    fn reach(&mut self, range: Range<usize>) {
        let start = self.words.as_ref().map_or(range.start, |words| words.start);
        self.words = Some(start..range.end);
    }

    fn add(&mut self, text: &str) {
        if self.span.is_some() {
            self.text.push_str(text);
        }
    }

    fn cell(&mut self) -> Cell {
        let lines = self.text.split('\n').map(str::trim);
        let words = self.words.take();
        let whole = self.span.take();
        Cell {
            value: lines.collect::<Vec<_>>().join("\n").trim().to_owned(),
            span: Span::new(words.or(whole).unwrap_or_default()),
        }
    }
}

/// The words of a text in Markdown. One that has more than paragraphs, such as a list, stays as it is written.
pub fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Paragraph) if !text.is_empty() => text.push_str("\n\n"),
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::InlineHtml(tag) if is_break(&tag) => text.push('\n'),
            Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Link { .. })
            | Event::End(_)
            | Event::InlineHtml(_) => {}
            _ => return markdown.to_owned(),
        }
    }
    text
}

/// Whether a piece of HTML breaks the line.
fn is_break(tag: &str) -> bool {
    let inner = tag.trim_matches(['<', '>', '/', ' ']);
    inner.eq_ignore_ascii_case("br")
}
