//! Adds an error to those of a category or a group.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Refusal, codes};
use crate::catalog::{Catalog, CodeRange, Codes, Text};
use crate::diagnostic::{Edit, Fix, Source, Span};
use crate::parse::NEXT;
use crate::parse::raw;
use crate::terminal::is_hidden;

/// An error to be.
pub struct NewError<'a> {
    /// The id of a category or a group, or both with a slash between them.
    pub place: &'a str,
    /// `None`: the next free code of the range.
    pub code: Option<&'a str>,
    pub id: Option<&'a str>,
    pub http: Option<u16>,
    pub message: &'a str,
    /// In the fallback locale.
    pub description: Option<&'a str>,
}

/// The list of errors that a place names, and the codes that are reserved for them.
struct Errors<'b, 'a> {
    errors: &'b [raw::Error<'a>],
    range: Option<CodeRange>,
}

/// Adds an error after the last one of a category or a group, as new in the coming release, and says its code.
///
/// # Errors
///
/// If there is no such place, it has no error yet, or no code is free.
pub fn add(
    source: &Source,
    raw: &raw::Catalog,
    catalog: &Catalog,
    new: &NewError,
) -> Result<(Fix, String), Refusal> {
    let list = find_list(raw, catalog, new.place)?;
    let Some(before) = list.errors.last() else {
        let message = format!("`{}` has no error yet", new.place);
        return Err(Refusal::at(None, message, "write the first one by hand"));
    };
    let code = match new.code {
        Some(code) => code.to_owned(),
        None => next_code(raw, &list)?.to_string(),
    };
    let lines = lines(new, &code, catalog.fallback);
    let place = before.code.as_ref().map(|code| code.span);
    let edit = place.and_then(|place| append(source, place, &[lines]));
    let edit = edit.ok_or_else(|| {
        Refusal::at(
            place,
            "errgen can add errors only to a list with an item a line",
            "write it by hand",
        )
    })?;
    let fix = Fix {
        description: format!("add error {code}"),
        edits: vec![edit],
    };
    Ok((fix, code))
}

/// Adds items to a list, after the one that a value is in. `None` if that item does not begin on a line of its own.
pub fn append(source: &Source, inside: Span, items: &[Vec<String>]) -> Option<Edit> {
    let last = Item::around(source, inside)?;
    let edits = items.iter().map(|lines| last.followed_by(source, lines));
    edits.reduce(|first, next| Edit {
        text: first.text + &next.text,
        ..first
    })
}

fn find_list<'b, 'a>(
    raw: &'b raw::Catalog<'a>,
    catalog: &Catalog,
    place: &str,
) -> Result<Errors<'b, 'a>, Refusal> {
    let (wanted, group_id) = match place.split_once('/') {
        Some((category, group)) => (Some(category), group),
        None => (None, place),
    };
    let range = |codes: &Option<Codes>| match codes {
        Some(Codes::Range(range)) => Some(*range),
        _ => None,
    };
    let mut found = Vec::new();
    // A valid catalogue has the same categories and groups as its text, in the same order.
    for (written, category) in raw.categories.iter().zip(&catalog.categories) {
        let own = range(&category.codes);
        if wanted.is_none() && category.id == place {
            found.push(Errors {
                errors: &written.errors,
                range: own,
            });
        }
        if wanted.is_none_or(|wanted| category.id == wanted) {
            let groups = written.groups.iter().zip(&category.groups);
            let groups = groups.filter(|(_, group)| group.id == group_id);
            found.extend(groups.map(|(written, group)| Errors {
                errors: &written.errors,
                range: range(&group.codes).or(own),
            }));
        }
    }
    let count = found.len();
    match found.pop() {
        Some(list) if count == 1 => Ok(list),
        Some(_) => Err(Refusal::at(
            None,
            format!("several categories and groups are called `{place}`"),
            "name the category, too: `CATEGORY/GROUP`",
        )),
        None => Err(Refusal::at(
            None,
            format!("no category and no group is called `{place}`"),
            "name one by its id, or a group as `CATEGORY/GROUP`",
        )),
    }
}

/// The code after the last one of the list, or else the first that is free in its range.
fn next_code(catalog: &raw::Catalog, list: &Errors) -> Result<i64, Refusal> {
    let taken = codes(catalog);
    let is_free = |code: i64| !taken.contains(&raw::Code::Integer(code));
    let own = list
        .errors
        .iter()
        .filter_map(|error| match error.code.as_ref()?.value {
            raw::Code::Integer(code) => Some(code),
            raw::Code::Text(_) => None,
        });
    let next = own.max().map(|last| last + 1);
    let is_reserved = |code: &i64| list.range.is_none_or(|range| range.contains(*code));
    let next = next.filter(is_reserved).filter(|code| is_free(*code));
    let free = || {
        let range = list.range?;
        (range.first..=range.last).find(|code| is_free(*code))
    };
    next.or_else(free)
        .ok_or_else(|| Refusal::at(None, "there is no next code", "name it with `--code`"))
}

/// What an error says, a line for each key.
fn lines(new: &NewError, code: &str, locale: &str) -> Vec<String> {
    let mut lines = vec![format!("code: {}", scalar_of_code(code))];
    let id = new.id.map(|id| format!("id: {id}"));
    let http = new.http.map(|http| format!("http: {http}"));
    lines.extend(id.into_iter().chain(http));
    lines.push(format!("since: {NEXT}"));
    lines.push(format!("message: {}", scalar(new.message)));
    let text = Text::parse(new.message.into()).ok();
    let names: BTreeSet<&str> = text.iter().flat_map(Text::parameters).collect();
    if !names.is_empty() {
        lines.push("params:".to_owned());
        let params = names
            .iter()
            .map(|name| format!("  {name}: {{ type: string, example: {name} }}"));
        lines.extend(params);
    }
    if let Some(description) = new.description {
        lines.push("description:".to_owned());
        lines.push(format!("  {locale}: {}", scalar(description)));
    }
    lines
}

/// An item of a list, in the lines that it takes.
struct Item {
    indent: usize,
    /// After its last line, without the line break.
    end: usize,
    /// Whether a blank line parts it from the one before.
    is_apart: bool,
}

impl Item {
    /// `None` if the item does not begin on a line of its own.
    fn around(source: &Source, inside: Span) -> Option<Self> {
        let at = inside.start as usize;
        let file = source.file_at(inside.start);
        let text = &source.text[..file.end() as usize];
        let begins_item = |start: usize| text[start..].trim_start_matches(' ').starts_with("- ");
        let mut start = line_start(text, at);
        // The value need not be of the first key, and what stands before it may be a list itself.
        let key = indent_of(&text[start..]);
        if !begins_item(start) {
            loop {
                start = line_start(text, start.checked_sub(1)?);
                if start < file.start as usize {
                    return None;
                }
                if begins_item(start) && indent_of(&text[start..]) < key {
                    break;
                }
            }
        }
        let indent = indent_of(&text[start..]);
        let before = text[..start].trim_end_matches(['\r', '\n']).len();
        let mut end = start + line(&text[start..]).len();
        let mut next = end + 1;
        while next < text.len() {
            let line = line(&text[next..]);
            if !line.trim().is_empty() {
                if indent_of(line) <= indent {
                    break;
                }
                end = next + line.len();
            }
            next += line.len() + 1;
        }
        let breaks = text[before..start].matches('\n').count();
        Some(Self {
            indent,
            end,
            is_apart: breaks > 1,
        })
    }

    /// Another item after it.
    fn followed_by(&self, source: &Source, lines: &[String]) -> Edit {
        let is_crlf = source.text[..self.end].ends_with('\r');
        let (end, line_end) = if is_crlf {
            (self.end - 1, "\r\n")
        } else {
            (self.end, "\n")
        };
        let mut text = String::new();
        if self.is_apart {
            text.push_str(line_end);
        }
        for (number, line) in lines.iter().enumerate() {
            let mark = if number == 0 { "- " } else { "  " };
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "{line_end}{:indent$}{mark}{line}",
                "",
                indent = self.indent
            );
        }
        Edit {
            span: Span::new(end..end),
            text,
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

fn line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

fn indent_of(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

fn scalar_of_code(code: &str) -> String {
    if code.parse::<i64>().is_ok() {
        code.to_owned()
    } else {
        scalar(code)
    }
}

/// A text as YAML: plain where no reader of YAML takes it for anything else, or else in double quotes.
pub fn scalar(text: &str) -> String {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let is_plain = text.starts_with(|it: char| it.is_alphabetic())
        && text
            .chars()
            .all(|it| is_word(it) || " .,'()/-".contains(it))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
    if is_plain {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A text in double quotes, with the characters that YAML does not take or that nobody sees by their numbers.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        // Writing to a string cannot fail.
        let _ = match it {
            '"' | '\\' => write!(quoted, "\\{it}"),
            '\n' => write!(quoted, "\\n"),
            '\r' => write!(quoted, "\\r"),
            '\t' => write!(quoted, "\\t"),
            _ if !it.is_control() && !is_hidden(it) => write!(quoted, "{it}"),
            _ if it <= '\u{ffff}' => write!(quoted, "\\u{:04X}", u32::from(it)),
            _ => write!(quoted, "\\U{:08X}", u32::from(it)),
        };
    }
    quoted.push('"');
    quoted
}
