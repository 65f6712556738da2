//! Errors from rows: two rows with one code are two cases, and what the rows of several files say of one error is put together.

use std::collections::{HashMap, HashSet};

use super::identifiers::{self, Id, unique};
use super::parameters::{Template, literal, template};
use super::row::{Cell, Faults, Row};
use crate::catalog::is_safe_integer;
use crate::diagnostic::Span;

/// An error that a catalogue may have.
#[derive(Debug)]
pub struct NewError {
    /// Where it is first told of.
    pub span: Span,
    pub code: String,
    pub id: Id,
    pub http: Option<u16>,
    /// Its title.
    pub category: Option<String>,
    pub group: Option<String>,
    /// One, unless several messages have the code.
    pub cases: Vec<NewCase>,
}

/// A message with what belongs to it.
#[derive(Debug)]
pub struct NewCase {
    pub span: Span,
    pub id: Id,
    /// In a locale, if the server has several.
    pub messages: Vec<(Option<String>, Template)>,
    /// Whether the message is only what the error means, or its id in words.
    pub is_message_guessed: bool,
    pub descriptions: Vec<(String, String)>,
    pub resolutions: Vec<(String, String)>,
}

/// What the rows of all files come to.
#[derive(Debug, Default)]
pub struct Errors {
    pub list: Vec<NewError>,
    /// Whether all codes are integers.
    pub are_integers: bool,
    /// How many rows say only what others say, too.
    pub repeated: usize,
}

/// Puts rows together. `status` is that of rows that name none.
pub fn errors(rows: Vec<Row>, status: Option<u16>, faults: &mut Faults) -> Errors {
    let mut errors = Errors {
        are_integers: are_integers(&rows, faults),
        ..Errors::default()
    };
    let mut order: Vec<String> = Vec::new();
    let mut by_code: HashMap<String, Vec<Row>> = HashMap::new();
    for row in rows {
        let Some(code) = &row.code else { continue };
        let same = by_code.entry(code.value.clone()).or_default();
        if same.is_empty() {
            order.push(code.value.clone());
        }
        same.push(row);
    }
    let mut given: HashMap<String, Span> = HashMap::new();
    let mut taken = HashSet::new();
    for code in order {
        let rows = by_code.remove(&code).unwrap_or_default();
        let Some(error) = error(&code, rows, status, &mut errors.repeated, faults) else {
            continue;
        };
        if !error.id.is_guessed {
            if let Some(first) = given.get(&error.id.text) {
                let line = faults.source.position(first.start).line;
                let message = format!(
                    "`{}` is the id of the error in line {line}, too",
                    error.id.text
                );
                faults.report(error.span, message, "give one of the two another name");
                continue;
            }
            given.insert(error.id.text.clone(), error.span);
            taken.insert(error.id.text.clone());
        }
        errors.list.push(error);
    }
    for error in &mut errors.list {
        if error.id.is_guessed {
            let id = std::mem::replace(
                &mut error.id,
                Id {
                    text: String::new(),
                    is_guessed: true,
                },
            );
            error.id = unique(id, &error.code, &mut taken);
        }
    }
    errors
}

/// Whether all codes are integers. One that is not, among many that are, is a slip.
fn are_integers(rows: &[Row], faults: &mut Faults) -> bool {
    let codes: Vec<&Cell> = rows.iter().filter_map(|row| row.code.as_ref()).collect();
    let is_integer = |code: &&Cell| {
        let value: Option<i64> = code.value.parse().ok();
        // With a zero in front, it is a text.
        value.is_some_and(|it| it.to_string() == code.value && is_safe_integer(it))
    };
    let (integers, others): (Vec<&Cell>, Vec<&Cell>) = codes.iter().partition(|it| is_integer(it));
    let is_number = |code: &&Cell| code.value.bytes().all(|it| it.is_ascii_digit());
    let odd: Vec<_> = others.iter().filter(|it| !is_number(it)).collect();
    if integers.len() > others.len() && !odd.is_empty() {
        for code in odd {
            let message = format!(
                "`{}` is not an integer, as {} other codes are",
                code.value,
                integers.len()
            );
            faults.report(
                code.span,
                message,
                "write the code of one error in each row",
            );
        }
    }
    others.is_empty()
}

fn error(
    code: &str,
    rows: Vec<Row>,
    status: Option<u16>,
    repeated: &mut usize,
    faults: &mut Faults,
) -> Option<NewError> {
    let http = status_of(code, &rows, faults).ok()?.or(status);
    let span = rows.first()?.span;
    let category = rows.iter().find_map(|row| row.category.as_ref());
    let category = category.map(|cell| cell.value.clone());
    let group = rows.iter().find_map(|row| row.group.as_ref());
    let group = group.map(|cell| cell.value.clone());
    let given = rows.iter().find_map(|row| row.id.as_ref());
    let id = match given {
        None => None,
        Some(cell) => {
            let id = identifiers::of_name(&cell.value);
            if id.is_none() {
                let message = format!("`{}` cannot be an id", cell.value);
                faults.report(cell.span, message, "name the error in words of a to z");
                return None;
            }
            id
        }
    };
    let mut drafts = Drafts::default();
    for row in rows {
        drafts.add(row, repeated, faults);
    }
    let mut drafts = drafts.list;
    take_out_lists(&mut drafts);
    let mut cases = Vec::new();
    for draft in drafts {
        cases.push(case(&draft, faults)?);
    }
    let id = match id {
        Some(text) => Id {
            text,
            is_guessed: false,
        },
        None => guess(code, &cases),
    };
    name_cases(&mut cases);
    for case in &mut cases {
        if case.messages.is_empty() {
            case.messages.push((None, in_words(&id.text)));
        }
    }
    Some(NewError {
        span,
        code: code.to_owned(),
        id,
        http,
        category,
        group,
        cases,
    })
}

/// The words of an id as a message: `Door blocked` from `door_blocked`.
fn in_words(id: &str) -> Template {
    let words = id.replace('_', " ");
    let mut rest = words.chars();
    let first = rest.next().map(|it| it.to_ascii_uppercase());
    Template {
        text: first.into_iter().chain(rest).collect(),
        ..Template::default()
    }
}

fn guess(code: &str, cases: &[NewCase]) -> Id {
    let message = cases.first().and_then(|case| case.messages.first());
    let of_message = || {
        let (_, template) = message.filter(|_| cases.len() == 1)?;
        identifiers::of_message(&template.text)
    };
    let text = identifiers::of_code(code).or_else(of_message);
    Id {
        text: text.unwrap_or_else(|| identifiers::numbered("error", code)),
        is_guessed: true,
    }
}

fn name_cases(cases: &mut [NewCase]) {
    let mut taken = HashSet::new();
    for (at, case) in cases.iter_mut().enumerate() {
        let number = (at + 1).to_string();
        let message = case.messages.first();
        let text = message.and_then(|(_, template)| identifiers::of_message(&template.text));
        let id = Id {
            text: text.unwrap_or_else(|| identifiers::numbered("case", &number)),
            is_guessed: true,
        };
        case.id = unique(id, &number, &mut taken);
    }
}

/// The messages of an error, each with what all rows say of it.
#[derive(Default)]
struct Drafts {
    list: Vec<Row>,
    by_messages: HashMap<Vec<(Option<String>, String)>, usize>,
}

impl Drafts {
    /// Adds a row to the message that it is about, or as another message.
    fn add(&mut self, row: Row, repeated: &mut usize, faults: &mut Faults) {
        let messages = row.messages.iter();
        let messages: Vec<_> = messages
            .map(|(locale, cell)| (locale.clone(), cell.value.clone()))
            .collect();
        // Only the first can have no message: any other without one is about the first, as is the first row that has one.
        let lacks_message = |first: &Row| first.messages.is_empty() || messages.is_empty();
        let same = match self.list.first() {
            Some(first) if lacks_message(first) => Some(0),
            _ => self.by_messages.get(&messages).copied(),
        };
        let at = same.unwrap_or(self.list.len());
        if !messages.is_empty() {
            self.by_messages.entry(messages).or_insert(at);
        }
        let Some(first) = self.list.get_mut(at) else {
            return self.list.push(row);
        };
        *repeated += 1;
        if first.messages.is_empty() {
            first.messages = row.messages;
            first.parameters = row.parameters;
        }
        add_texts(&mut first.descriptions, row.descriptions, faults);
        add_texts(&mut first.resolutions, row.resolutions, faults);
    }
}

/// Adds the texts of one more row, which must not say something else.
fn add_texts(texts: &mut Vec<(String, Cell)>, more: Vec<(String, Cell)>, faults: &mut Faults) {
    for (locale, cell) in more {
        let known = texts.iter().find(|(other, _)| *other == locale);
        match known {
            None => texts.push((locale, cell)),
            Some((_, known)) if known.value == cell.value => {}
            Some((_, known)) => {
                let line = faults.source.position(known.span.start).line;
                let message =
                    format!("this says something else than line {line} of the same error");
                faults.report(cell.span, message, "leave one of the two texts out");
            }
        }
    }
}

/// Takes out a message that is only a list of the other ones, as in an overview.
fn take_out_lists(drafts: &mut Vec<Row>) {
    // By text: the first message that it is, and whether it is another one, too.
    let mut messages: HashMap<&str, (usize, bool)> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        for (_, cell) in &draft.messages {
            let (first, is_several) = messages.entry(&cell.value).or_insert((at, false));
            *is_several |= *first != at;
        }
    }
    let is_list = |(at, draft): (usize, &Row)| {
        let is_other = |line: &str| {
            let message = messages.get(line.trim());
            message.is_some_and(|(first, is_several)| *first != at || *is_several)
        };
        let mut texts = draft.messages.iter().map(|(_, cell)| &cell.value);
        texts.any(|text| text.contains('\n') && text.split('\n').all(is_other))
    };
    let lists: Vec<bool> = drafts.iter().enumerate().map(is_list).collect();
    let mut lists = lists.into_iter();
    drafts.retain(|_| !lists.next().unwrap_or(false));
}

fn case(row: &Row, faults: &mut Faults) -> Option<NewCase> {
    let mut messages: Vec<(Option<String>, Template)> = Vec::new();
    let is_message_guessed = row.messages.is_empty();
    if is_message_guessed {
        messages.extend(meaning(row).map(|template| (None, template)));
    }
    for (locale, cell) in &row.messages {
        let earlier = messages.first().map(|(_, first)| first.parameters.clone());
        let earlier = earlier.unwrap_or_default();
        match template(&cell.value, &row.parameters, &earlier) {
            Ok(template) => messages.push((locale.clone(), template)),
            Err(message) => {
                let help = "write one text that fits every value, with `{name}` for the value";
                faults.report(cell.span, message, help);
                return None;
            }
        }
    }
    let parameters = messages.first().map(|(_, first)| first.parameters.clone());
    let parameters = parameters.unwrap_or_default();
    let explain = |texts: &[(String, Cell)]| {
        let texts = texts.iter().map(|(locale, cell)| {
            // A description may have the values of the message, and no others.
            let own = template(&cell.value, &row.parameters, &parameters);
            let own = own.ok().filter(|own| {
                let mut names = own.parameters.iter().map(|it| &it.name);
                names.all(|name| parameters.iter().any(|it| it.name == *name))
            });
            let text = own.map_or_else(|| literal(&cell.value), |own| own.text);
            (locale.clone(), text)
        });
        texts.collect()
    };
    Some(NewCase {
        span: row.span,
        id: Id {
            text: String::new(),
            is_guessed: true,
        },
        descriptions: explain(&row.descriptions),
        resolutions: explain(&row.resolutions),
        messages,
        is_message_guessed,
    })
}

/// What an error means, in a line that may be its message.
fn meaning(row: &Row) -> Option<Template> {
    let (_, description) = row.descriptions.first()?;
    let line = description.value.lines().next()?;
    let literally = || Template {
        text: literal(line),
        ..Template::default()
    };
    let template = template(line, &row.parameters, &[]);
    Some(template.unwrap_or_else(|_| literally()))
}

/// What has been reported already.
struct Reported;

/// The one status that all rows of a code have, if they name any.
fn status_of(code: &str, rows: &[Row], faults: &mut Faults) -> Result<Option<u16>, Reported> {
    let mut first: Option<(u16, Span)> = None;
    for cell in rows.iter().filter_map(|row| row.http.as_ref()) {
        let Some(status) = read_status(&cell.value) else {
            let message = format!("`{}` is not an HTTP status", cell.value);
            faults.report(cell.span, message, "write a number from 100 to 599");
            return Err(Reported);
        };
        match first {
            None => first = Some((status, cell.span)),
            Some((other, _)) if other == status => {}
            Some((other, span)) => {
                let line = faults.source.position(span.start).line;
                let message =
                    format!("{code} has the status {status} here, and {other} in line {line}");
                let help = "give an error one status; two errors have two codes";
                faults.report(cell.span, message, help);
                return Err(Reported);
            }
        }
    }
    Ok(first.map(|(status, _)| status))
}

/// `404`, also from `404 Not Found` and `HTTP 404`.
fn read_status(text: &str) -> Option<u16> {
    let numbers = text.split(|it: char| !it.is_ascii_digit());
    let mut numbers = numbers.filter(|it| !it.is_empty());
    let status: u16 = numbers.next()?.parse().ok()?;
    let is_only = numbers.next().is_none();
    (is_only && (100..600).contains(&status)).then_some(status)
}

/// Reports errors without a status among others that have one.
pub fn refuse_lone_statuses(list: &[NewError], faults: &mut Faults) {
    if list.iter().all(|error| error.http.is_none()) {
        return;
    }
    for error in list.iter().filter(|error| error.http.is_none()) {
        let message = format!("{} has no HTTP status", error.code);
        let help = "write it, or give that of all errors without one: `--http 400`";
        faults.report(error.span, message, help);
    }
}
