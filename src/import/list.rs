//! Lists of errors in JSON: an array of objects, or an object of objects by code or id.

use std::collections::HashMap;

use super::headings::Column;
use super::row::{Cell, Faults, Sheet};
use super::table::{Map, Table, report_nothing};
use crate::diagnostic::{SourceFile, Span};
use crate::parse::raw::Scalar;
use crate::parse::{Node, NodeValue, parse_node};

/// How many keys the objects of a list can have. Others are left out: they would only be a way to make this large.
const MOST_COLUMNS: usize = 200;

/// How deep a list may be.
const DEEPEST: usize = 4;

pub fn read(file: SourceFile, map: &Map, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let node = match parse_node(faults.source, file) {
        Ok(node) => node,
        Err(diagnostics) => {
            faults.found.extend(diagnostics);
            return sheet;
        }
    };
    let mut tables = Vec::new();
    collect(&node, Vec::new(), DEEPEST, &mut tables);
    let count = faults.found.len();
    let first = tables.first().map(|table| table.headings.clone());
    for table in tables {
        table.read(map, &mut sheet, faults);
    }
    if sheet.rows.is_empty() && faults.found.len() == count {
        let headings = first.unwrap_or_default();
        if headings.is_empty() {
            let help = "a list of errors is an array of objects, or an object of objects by code";
            faults.report(node.span, "there is no list of errors in this file", help);
        } else {
            let start = file.start as usize;
            report_nothing(Some(&headings), Span::new(start..start), faults);
        }
    }
    sheet
}

/// Every list of objects in a value.
fn collect(node: &Node, sections: Vec<Cell>, depth: usize, tables: &mut Vec<Table>) {
    match &node.value {
        NodeValue::List(items) => {
            let objects: Vec<_> = items.iter().filter(|item| is_object(item)).collect();
            if objects.len() == items.len() && !items.is_empty() {
                let rows = objects.into_iter().map(|item| (None, item));
                tables.push(table_of(rows.collect(), sections));
            }
        }
        NodeValue::Map(entries) => {
            let is_flat = |(_, value): &(Scalar, Node)| {
                let members = value.entries().iter();
                is_object(value) && members.clone().any(|(key, it)| is_text_of(&key.value, it))
            };
            // By code: each value is an object that has something which errors have.
            if !entries.is_empty() && entries.iter().all(is_flat) {
                let rows = entries.iter().map(|(key, value)| (Some(key), value));
                tables.push(table_of(rows.collect(), sections));
                return;
            }
            let texts = |(_, value): &(Scalar, Node)| value.text().is_some();
            if !entries.is_empty() && entries.iter().all(texts) && looks_like_codes(entries) {
                tables.push(messages_of(entries, sections));
                return;
            }
            for (key, value) in entries {
                if depth > 0 {
                    let mut within = sections.clone();
                    if is_object(value) {
                        within.push(cell_of(key));
                    }
                    collect(value, within, depth - 1, tables);
                }
            }
        }
        NodeValue::Null | NodeValue::Scalar(_) => {}
    }
}

fn is_object(node: &Node) -> bool {
    matches!(node.value, NodeValue::Map(_))
}

fn is_text_of(key: &str, value: &Node) -> bool {
    let meaning = Column::of_heading(key);
    meaning.is_some() && !matches!(value.value, NodeValue::List(_))
}

/// Whether all keys hold a digit, or are in capital letters.
fn looks_like_codes(entries: &[(Scalar, Node)]) -> bool {
    entries.iter().all(|(key, _)| {
        key.value.bytes().any(|it| it.is_ascii_digit())
            || key
                .value
                .bytes()
                .all(|it| it.is_ascii_uppercase() || it == b'_')
    })
}

/// A row for each object, and a column for each key that any of them has.
fn table_of(objects: Vec<(Option<&Scalar>, &Node)>, sections: Vec<Cell>) -> Table {
    let mut headings: Vec<Cell> = Vec::new();
    let mut by_heading: HashMap<String, usize> = HashMap::new();
    let mut filled = Vec::new();
    for (key, object) in objects {
        let mut cells: Vec<(usize, Cell)> = Vec::new();
        let mut put = |heading: Cell, cell: Cell| {
            let known = by_heading.get(&heading.value).copied();
            if known.is_none() && headings.len() == MOST_COLUMNS {
                return;
            }
            let column = known.unwrap_or(headings.len());
            if known.is_none() {
                by_heading.insert(heading.value.clone(), column);
                headings.push(heading);
            }
            cells.push((column, cell));
        };
        if let Some(key) = key {
            let heading = Cell {
                value: "id".to_owned(),
                span: key.span,
            };
            put(heading, cell_of(key));
        }
        for (name, value) in object.entries() {
            match &value.value {
                NodeValue::Scalar(text) => {
                    let cell = Cell {
                        value: text.trim().to_owned(),
                        span: value.span,
                    };
                    put(cell_of(name), cell);
                }
                // Texts by locale.
                NodeValue::Map(entries) => {
                    for (locale, text) in entries {
                        let heading = Cell {
                            value: format!("{}.{}", name.value, locale.value),
                            span: locale.span,
                        };
                        let value = text.text().unwrap_or_default().trim().to_owned();
                        let span = text.span;
                        put(heading, Cell { value, span });
                    }
                }
                NodeValue::Null | NodeValue::List(_) => {}
            }
        }
        filled.push((object.span, cells));
    }
    let rows = filled.into_iter().map(|(span, cells)| {
        let blank = Cell {
            value: String::new(),
            span,
        };
        let mut row = vec![blank; headings.len()];
        for (column, cell) in cells {
            row[column] = cell;
        }
        row
    });
    let rows = rows.collect();
    Table {
        sections,
        headings,
        rows,
    }
}

/// A row for each message by code.
fn messages_of(entries: &[(Scalar, Node)], sections: Vec<Cell>) -> Table {
    let heading = |value: &str| Cell {
        value: value.to_owned(),
        span: entries[0].0.span,
    };
    let rows = entries.iter().map(|(key, value)| {
        let text = Cell {
            value: value.text().unwrap_or_default().trim().to_owned(),
            span: value.span,
        };
        vec![cell_of(key), text]
    });
    Table {
        sections,
        headings: vec![heading("code"), heading("message")],
        rows: rows.collect(),
    }
}

fn cell_of(scalar: &Scalar) -> Cell {
    Cell {
        value: scalar.value.trim().to_owned(),
        span: scalar.span,
    }
}
