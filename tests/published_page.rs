//! The catalogue against its source: the published tables of the PIXNET API, of which `tests/published-page` holds a copy.

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::{errgen, repository};

/// A row of the page's tables, and of the catalogue's errors as templates see them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    category: String,
    group: String,
    code: String,
    http: String,
    message: String,
    /// Empty where the page has none.
    description: String,
}

/// Facts of the page, counted by hand: rows by HTTP status.
const STATUSES: [(&str, usize); 6] = [
    ("400", 59),
    ("401", 12),
    ("402", 2),
    ("403", 26),
    ("404", 26),
    ("500", 34),
];

#[test]
fn the_page_is_the_one_that_was_counted() {
    let rows = published_rows();
    assert_eq!(rows.len(), 159);
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *statuses.entry(&row.http).or_default() += 1;
    }
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), STATUSES);
    let mut sections: Vec<_> = rows.iter().map(|row| (&row.category, &row.group)).collect();
    sections.dedup();
    assert_eq!(sections.len(), 29);
    assert_eq!(
        rows.iter().filter(|row| row.description.is_empty()).count(),
        104
    );
}

#[test]
fn the_catalogue_has_every_row_of_the_page_and_no_other() {
    assert_same(&published_rows(), catalogue_rows());
}

#[test]
fn the_markdown_tables_have_every_row_of_the_page_and_no_other() {
    let folder = repository().join("generated/markdown/zh-TW");
    let mut rows = Vec::new();
    for entry in fs::read_dir(folder).expect("the Chinese pages") {
        let text = fs::read_to_string(entry.expect("a page").path()).expect("a page in UTF-8");
        rows.extend(table_rows(&text).into_iter().map(|row| Row {
            code: without_links(&without_tags(&row.code)),
            ..row
        }));
    }
    assert_same(&published_rows(), rows);
}

/// Compares rows as sets: the order of pages is theirs. Where the page has no description, the catalogue has its own.
#[track_caller]
fn assert_same(published: &[Row], mut rows: Vec<Row>) {
    let mut published = published.to_vec();
    let key = |row: &Row| (row.code.clone(), row.message.clone());
    published.sort_by_key(key);
    rows.sort_by_key(key);
    assert_eq!(published.len(), rows.len());
    for (wanted, mut row) in published.into_iter().zip(rows) {
        assert_ne!(row.description, "", "{row:?}");
        if wanted.description.is_empty() {
            row.description.clear();
        }
        assert_eq!(row, wanted);
    }
}

fn published_rows() -> Vec<Row> {
    let text = fs::read_to_string(repository().join("tests/published-page/api-error-codes.md"))
        .expect("the page");
    table_rows(&text)
        .into_iter()
        .map(|row| Row {
            // The one link of the page is its own text.
            message: without_links(&row.message).replace("%s", "{}"),
            ..row
        })
        .collect()
}

/// The rows of all tables with six columns in a Markdown text.
fn table_rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let cells = cells(line);
        let Ok([category, group, code, http, message, description]) =
            <[String; 6]>::try_from(cells)
        else {
            continue;
        };
        let is_row = http.len() == 3 && http.bytes().all(|byte| byte.is_ascii_digit());
        if is_row {
            rows.push(Row {
                category,
                group,
                code,
                http,
                message: without_placeholders(&message),
                description,
            });
        }
    }
    rows
}

/// The cells of a row, without their backslash escapes and character references.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut characters = line.trim().trim_start_matches('|').chars().peekable();
    while let Some(character) = characters.next() {
        let last = cells.len() - 1;
        match character {
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => {
                cells[last].extend(characters.next());
            }
            '|' => cells.push(String::new()),
            _ => cells[last].push(character),
        }
    }
    cells.pop();
    let references = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#58;", ":"),
        ("&amp;", "&"),
    ];
    let plain = |cell: String| {
        let replaced = references
            .iter()
            .fold(cell, |cell, (from, to)| cell.replace(from, to));
        replaced.trim().to_owned()
    };
    cells.into_iter().map(plain).collect()
}

/// `[text](address)` as `text`.
fn without_links(text: &str) -> String {
    let Some((before, rest)) = text.split_once('[') else {
        return text.to_owned();
    };
    let (label, rest) = rest.split_once("](").expect("a link");
    let (_, after) = rest.split_once(')').expect("a link's end");
    format!("{before}{label}{after}")
}

fn without_tags(text: &str) -> String {
    let mut output = String::new();
    let mut in_tag = false;
    for character in text.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => output.push(character),
            _ => {}
        }
    }
    output
}

/// `{name}` as `{}`: the placeholders of the page have no names.
fn without_placeholders(text: &str) -> String {
    let mut output = String::new();
    let mut in_placeholder = false;
    for character in text.chars() {
        in_placeholder = (in_placeholder || character == '{') && character != '}';
        if !in_placeholder || character == '{' {
            output.push(character);
        }
    }
    output
}

/// The catalogue as errgen reads it: one error after another, as `explain` shows them to programs.
fn catalogue_rows() -> Vec<Row> {
    let mut codes: Vec<_> = published_rows().into_iter().map(|row| row.code).collect();
    codes.sort();
    codes.dedup();
    codes.iter().flat_map(|code| explained(code)).collect()
}

fn explained(code: &str) -> Vec<Row> {
    let run = errgen(repository(), ["explain", code, "--format", "json"]).clean();
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let error = &found[0]["error"];
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let title =
        |section: &serde_json::Value| text(&section["title"]["by_locale"]["zh-TW"]["value"]);
    let row = |message: &serde_json::Value| Row {
        category: title(&error["category"]),
        group: title(&error["group"]),
        code: text(&error["code_text"]),
        http: error["http"].to_string(),
        message: without_placeholders(&text(&message["message"]["value"])),
        description: text(&message["description"]["by_locale"]["zh-TW"]["value"]),
    };
    match error["cases"].as_array().expect("a list").as_slice() {
        [] => vec![row(error)],
        cases => cases.iter().map(row).collect(),
    }
}

#[test]
fn the_catalogue_has_as_many_errors_as_the_seed_has_codes() {
    let output = tempfile::tempdir().expect("a temporary folder");
    let folder = output.path().to_str().expect("a path in UTF-8");
    let arguments = [
        "generate",
        "rows",
        "--templates",
        "tests/targets",
        "--out",
        folder,
    ];
    errgen(repository(), arguments).clean();
    let text = fs::read_to_string(output.path().join("rows/rows.txt")).expect("the rows");
    let mut codes: Vec<_> = published_rows().into_iter().map(|row| row.code).collect();
    codes.dedup();
    assert_eq!(codes.len(), 158);
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        codes,
        "in the order of the page"
    );
}
