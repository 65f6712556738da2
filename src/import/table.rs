//! Rows from the cells of a table.

use super::headings::{Column, KEYS, Meaning};
use super::row::{Cell, Faults, Row, Sheet};
use crate::diagnostic::Span;

/// A table as it stands in a file.
#[derive(Debug, Default)]
pub struct Table {
    /// The headings of the sections that it stands in, the outermost first.
    pub sections: Vec<Cell>,
    pub headings: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

/// What the user says of columns, by heading.
pub type Map = Vec<(String, Column)>;

impl Table {
    /// Adds the rows to those of a file, if the table is about errors: it has a column of codes or of ids.
    pub fn read(self, map: &Map, sheet: &mut Sheet, faults: &mut Faults) {
        let mut columns = Vec::new();
        let mut left_out = Vec::new();
        let mut language = None;
        for heading in &self.headings {
            let Some(meaning) = column_of(&heading.value, map) else {
                left_out.push(heading.clone());
                columns.push(Column::Ignored);
                continue;
            };
            if meaning.language != "en" {
                language.get_or_insert_with(|| meaning.language.to_owned());
            }
            columns.push(meaning.column);
        }
        if !columns.contains(&Column::Code) {
            // The only name of an error is its code.
            let Some(id) = columns.iter().position(|it| *it == Column::Id) else {
                sheet.other_tables += 1;
                return;
            };
            // A name with a description alone may be that of anything, as of a parameter.
            let is_error = |it: &Column| matches!(it, Column::Http | Column::Message(_));
            if !columns.iter().any(is_error) {
                sheet.other_tables += 1;
                return;
            }
            columns[id] = Column::Code;
        } else if !tells_more(&columns) {
            sheet.other_tables += 1;
            return;
        }
        if !self.refuse_twins(&columns, faults) {
            return;
        }
        sheet.language = sheet.language.take().or(language);
        sheet
            .left_out
            .extend(left_out.into_iter().filter(|it| !it.value.is_empty()));
        let has_category = columns.contains(&Column::Category);
        for cells in &self.rows {
            if cells.iter().all(|cell| cell.value.is_empty()) {
                continue;
            }
            let mut row = read_row(cells, &columns);
            if row.code.is_none() {
                let help = "write its code, or take the row away";
                faults.report(row.span, "this row has no code", help);
                continue;
            }
            if !has_category && row.category.is_none() {
                let mut sections = self.sections.iter().cloned();
                row.category = sections.next();
                row.group = row.group.or_else(|| sections.next_back());
            }
            sheet.rows.push(row);
        }
    }

    /// Whether no two columns have the same.
    fn refuse_twins(&self, columns: &[Column], faults: &mut Faults) -> bool {
        for (at, column) in columns.iter().enumerate() {
            let first = columns[..at].iter().position(|it| it == column);
            let Some(first) = first.filter(|_| *column != Column::Ignored) else {
                continue;
            };
            let [one, other] = [first, at].map(|at| &self.headings[at]);
            let message = format!(
                "both `{}` and `{}` could be the {}",
                one.value,
                other.value,
                name_of(column)
            );
            let help = format!(
                "leave one out, or say what it is: `--map '{}=-'`",
                other.value
            );
            faults.report(other.span, message, help);
            return false;
        }
        true
    }
}

/// The headings of sections, of which each has its level. The title of a page is none, if there is another.
pub fn within_title(sections: &[(u8, Cell)]) -> Vec<Cell> {
    let mut named = sections.iter().filter(|(_, cell)| !cell.value.is_empty());
    let first = named.clone().next();
    if first.is_some_and(|(level, _)| *level == 1) && named.clone().count() > 1 {
        named.next();
    }
    named.map(|(_, cell)| cell.clone()).collect()
}

/// Whether there is anything of an error but its code.
fn tells_more(columns: &[Column]) -> bool {
    let is_told = |it: &Column| {
        matches!(
            it,
            Column::Http | Column::Message(_) | Column::Description(_) | Column::Resolution(_)
        )
    };
    columns.iter().any(is_told)
}

fn column_of(heading: &str, map: &Map) -> Option<Meaning> {
    let wanted = heading.trim();
    let given = map
        .iter()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
    match given {
        Some((_, column)) => Some(Meaning {
            column: column.clone(),
            language: "en",
        }),
        None => Column::of_heading(wanted),
    }
}

fn name_of(column: &Column) -> &'static str {
    match column {
        Column::Code => "code",
        Column::Id => "id",
        Column::Http => "HTTP status",
        Column::Category => "category",
        Column::Group => "group",
        Column::Message(_) => "message",
        Column::Description(_) => "description",
        Column::Resolution(_) => "resolution",
        Column::Ignored => "nothing",
    }
}

fn read_row(cells: &[Cell], columns: &[Column]) -> Row {
    let mut row = Row {
        span: cells.first().map(|cell| cell.span).unwrap_or_default(),
        ..Row::default()
    };
    for (cell, column) in cells.iter().zip(columns) {
        if cell.value.is_empty() {
            continue;
        }
        let cell = cell.clone();
        match column {
            Column::Code => {
                row.span = cell.span;
                row.code = Some(cell);
            }
            Column::Id => row.id = Some(cell),
            Column::Http => row.http = Some(cell),
            Column::Category => row.category = Some(cell),
            Column::Group => row.group = Some(cell),
            Column::Message(locale) => row.messages.push((locale.clone(), cell)),
            Column::Description(locale) => row
                .descriptions
                .push((locale.clone().unwrap_or_default(), cell)),
            Column::Resolution(locale) => row
                .resolutions
                .push((locale.clone().unwrap_or_default(), cell)),
            Column::Ignored => {}
        }
    }
    row
}

/// Reports that a file has nothing about errors, at the first of its tables.
pub fn report_nothing(headings: Option<&[Cell]>, start: Span, faults: &mut Faults) {
    let Some(headings) = headings.filter(|headings| !headings.is_empty()) else {
        let help = "`errgen import --help` lists what can be imported";
        return faults.report(start, "there is no table in this file", help);
    };
    let names: Vec<_> = headings
        .iter()
        .map(|heading| format!("`{}`", heading.value))
        .collect();
    let message = format!("no column has codes: there are {}", names.join(", "));
    let help = format!("say what a column has: `--map COLUMN=KEY`, with KEY one of {KEYS}");
    faults.report(headings[0].span, message, help);
}
