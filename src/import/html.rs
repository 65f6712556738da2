//! Tables in HTML, and the headings that they stand under.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::row::{Cell, Faults, Sheet};
use super::table::{Map, Table, report_nothing, within_title};
use crate::diagnostic::{SourceFile, Span};

/// How many rows a cell can span, and how many columns a table can have. More would only be a way to make this large.
const MOST_ROWS: usize = 1000;
const MOST_COLUMNS: usize = 200;

/// A cell that is being read, or that reaches into the rows below.
#[derive(Clone, Default)]
struct Open {
    text: String,
    span: Span,
    columns: usize,
    rows: usize,
    is_heading: bool,
}

/// What is being read. A cell, a row and a table end where the next one begins, as browsers have it.
#[derive(Default)]
struct Page {
    sections: Vec<(u8, Cell)>,
    heading: Option<(u8, Open)>,
    cell: Option<Open>,
    row: Vec<Open>,
    /// By column: a cell of a row above, and how many more rows it is in.
    above: Vec<Option<Open>>,
    table: Option<Table>,
    /// In a script or a style, text is none.
    hidden: usize,
    tables: Vec<Table>,
}

pub fn read(file: SourceFile, map: &Map, faults: &mut Faults) -> Sheet {
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let start = file.start as usize;
    for token in Tokenizer::new_with_emitter(file.text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let span = Span::new(start + tag.span.start..start + tag.span.end);
                page.start(&tag, span);
            }
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(text) => page.add(&String::from_utf8_lossy(&text.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.end_table();
    let mut sheet = Sheet::default();
    let count = faults.found.len();
    let first = page.tables.first().map(|table| table.headings.clone());
    for table in page.tables {
        table.read(map, &mut sheet, faults);
    }
    if sheet.rows.is_empty() && faults.found.len() == count {
        report_nothing(first.as_deref(), Span::new(start..start), faults);
    }
    sheet
}

impl Page {
    fn start(&mut self, tag: &StartTag<usize>, span: Span) {
        match tag.name.as_slice() {
            b"table" => {
                self.end_table();
                self.table = Some(Table {
                    sections: within_title(&self.sections),
                    ..Table::default()
                });
            }
            b"tr" => self.end_row(),
            b"td" | b"th" => {
                self.end_cell();
                let count = |name: &[u8], most: usize| {
                    let value = tag.attributes.get(name)?;
                    let value = String::from_utf8_lossy(&value.value).trim().parse().ok()?;
                    Some(usize::clamp(value, 1, most))
                };
                self.cell = Some(Open {
                    span,
                    columns: count(b"colspan", MOST_COLUMNS).unwrap_or(1),
                    rows: count(b"rowspan", MOST_ROWS).unwrap_or(1),
                    is_heading: tag.name.as_slice() == b"th",
                    ..Open::default()
                });
            }
            b"br" => self.add_break(),
            b"p" | b"div" | b"li" => self.add(" "),
            b"script" | b"style" if !tag.self_closing => self.hidden += 1,
            name => {
                if let Some(level) = level_of(name) {
                    let open = Open {
                        span,
                        ..Open::default()
                    };
                    self.heading = Some((level, open));
                }
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"table" => self.end_table(),
            b"tr" | b"thead" | b"tbody" => self.end_row(),
            b"td" | b"th" => self.end_cell(),
            b"script" | b"style" => self.hidden = self.hidden.saturating_sub(1),
            name if level_of(name).is_some() => {
                if let Some((level, open)) = self.heading.take() {
                    self.sections.retain(|(other, _)| *other < level);
                    self.sections.push((level, cell_of(&open)));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        let heading = self.heading.as_mut().map(|(_, open)| open);
        if let Some(open) = self.cell.as_mut().or(heading) {
            // A line break in the text of a page is a space.
            open.text.push_str(&text.replace(['\n', '\r', '\t'], " "));
        }
    }

    fn add_break(&mut self) {
        if let Some(open) = self.cell.as_mut() {
            open.text.push('\n');
        }
    }

    fn end_cell(&mut self) {
        self.row.extend(self.cell.take());
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = &mut self.table else {
            self.row.clear();
            return;
        };
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            return;
        }
        let is_headings = row.iter().all(|cell| cell.is_heading);
        // A cell over the whole width heads the rows below it.
        if let [only] = row.as_slice()
            && !table.headings.is_empty()
            && only.columns >= table.headings.len()
        {
            let cell = cell_of(only);
            self.sections.retain(|(level, _)| *level < WITHIN_TABLE);
            self.sections.push((WITHIN_TABLE, cell));
            let next = Table {
                sections: within_title(&self.sections),
                headings: table.headings.clone(),
                rows: Vec::new(),
            };
            self.tables.push(std::mem::replace(table, next));
            return;
        }
        let width = match table.headings.len() {
            0 => MOST_COLUMNS,
            width => width,
        };
        let cells = spread(row, width, &mut self.above);
        if table.headings.is_empty() || (is_headings && table.rows.is_empty()) {
            table.headings = cells;
        } else {
            table.rows.push(cells);
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        self.above.clear();
        self.tables.extend(self.table.take());
        self.sections.retain(|(level, _)| *level < WITHIN_TABLE);
    }
}

/// The level of headings within a table: below all of a page's.
const WITHIN_TABLE: u8 = 7;

/// The cells of a row by column: each in all the columns and rows that it spans. What is beyond the width of a table is left out.
fn spread(row: Vec<Open>, width: usize, above: &mut Vec<Option<Open>>) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut own = row.into_iter();
    loop {
        let at = cells.len();
        if at >= width {
            return cells;
        }
        if let Some(Some(reaching)) = above.get_mut(at) {
            cells.push(cell_of(reaching));
            reaching.rows -= 1;
            if reaching.rows == 0 {
                above[at] = None;
            }
            continue;
        }
        let Some(cell) = own.next() else {
            // Behind a gap, others may reach into this row, too.
            if above.iter().skip(at).any(Option::is_some) {
                cells.push(Cell::default());
                continue;
            }
            return cells;
        };
        for column in at..width.min(at + cell.columns) {
            cells.push(cell_of(&cell));
            if cell.rows > 1 {
                if above.len() <= column {
                    above.resize(column + 1, None);
                }
                above[column] = Some(Open {
                    rows: cell.rows - 1,
                    ..cell.clone()
                });
            }
        }
    }
}

fn cell_of(open: &Open) -> Cell {
    let lines = open.text.split('\n');
    let words = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    Cell {
        value: words.collect::<Vec<_>>().join("\n").trim().to_owned(),
        span: open.span,
    }
}

/// 1 to 6 for `h1` to `h6`.
fn level_of(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
