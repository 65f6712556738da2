//! Responses that get further than any bytes would: code and message in their places, among what nobody asks for.

use std::fmt::Write as _;

use arbitrary::{Arbitrary, Unstructured};
use errgen::catalog::Catalog;
use serde_json::Value;

use crate::contract::places;
use crate::template::{MAX_SAFE, Template};

/// The body of a response.
#[derive(Arbitrary, Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    Parts(Sent, Said, Vec<Beside>),
}

/// What is sent in the place of the code.
#[derive(Arbitrary, Debug)]
pub enum Sent {
    /// A code of the catalogue, by its number.
    Known(u8),
    /// The same as a string.
    Quoted(u8),
    /// Next to one: an integer that is larger by so much, or a string that is cut after so many characters and goes on.
    Near(u8, i8, char),
    Text(String),
    Number(f64),
    Integer(i64),
    Token(u8),
}

/// What is sent in the place of the message.
#[derive(Arbitrary, Debug)]
pub enum Said {
    Text(String),
    /// A message of the code that is sent, or of the catalogue, with arguments in it.
    Filled(u8, Vec<Argument>),
    /// The same, with a part of it taken out.
    Cut(u8, Vec<Argument>, u8, u8),
    Token(u8),
}

#[derive(Arbitrary, Debug)]
pub enum Argument {
    Text(String),
    Integer(i64),
    Boolean(bool),
    /// What stands between the parameters of some message.
    Literal(u8),
}

/// What a body has beside code and message.
#[derive(Arbitrary, Debug)]
pub enum Beside {
    /// The code once more, before or after.
    Code(bool, Sent),
    /// The message once more.
    Message(bool, Said),
    /// Another member, first or last.
    Member(bool, u8, u8),
    /// As many arrays, one in the other, in another member.
    Nested(bool, u8),
    /// As many arrays around everything but code and message, which are left without place.
    Around(u8),
    /// Other bytes at an offset.
    Bytes(u16, u8),
    /// What comes before all.
    Start(u8),
}

const LITERALS: &[&str] = &[
    " was declined: ",
    ", final: ",
    ", set {limit}",
    " items, the limit is ",
    " exists",
    "User ",
    "{user}",
    "{",
    "}}",
    "",
    " is empty: ",
    "Not supported here: ",
    " with option ",
    "Not supported ☃☃☃☃☃",
    ".",
    " since ",
    " days",
    "•••",
    "…",
];

/// Values that are easy to get wrong, and what is none.
const TOKENS: &[&str] = &[
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "1e400",
    "-1e400",
    "1e-400",
    "-0",
    "\"-0\"",
    "-0.0",
    "0e9",
    "1000.0",
    "1e3",
    "10000E-1",
    "1000.00000000000000000000000001",
    "1000.5",
    "\"01000\"",
    "\"+1000\"",
    "\" 1000\"",
    "\"1e3\"",
    "\"\\u0031000\"",
    "9007199254740991",
    "9007199254740991.4",
    "9007199254740992",
    "9007199254740993",
    "\"9007199254740991\"",
    "\"9007199254740992\"",
    "-9007199254740991",
    "18446744073709551616",
    "123456789012345678901234567890123456789012345678901234567890",
    "0.1e1",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\\u0041\"",
    "\"\\ud83dA\"",
    "\"\\ud83d\\ud83d\\ude00\"",
    "\"\\ud800\\n\"",
    "\"\\u0000\"",
    "\"\\/\\b\\f\"",
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "--1",
    "NaN",
    "Infinity",
    "tru",
    "'a'",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\n\"",
    "[1,]",
    "{\"a\":1,}",
    "{a:1}",
    "[1 2]",
    "",
    "1/**/",
    "\u{a0}1",
    "[\"\\udfff\",{\"\\ud800\":1e999}]",
];

const NAMES: &[&str] = &[
    "\"x\"",
    "\"\\ud800\"",
    "\"\"",
    "\"code\"",
    "\"message\"",
    "\"error\"",
    "\"c\\u006fde\"",
    "\"detail\"",
    "x",
    "1",
];

const STARTS: &[&[u8]] = &[
    b"\xef\xbb\xbf",
    b"\xef\xbb\xbf\xef\xbb\xbf",
    b" \t\r\n",
    b" \xef\xbb\xbf",
    b"\x0c",
    b"\xef\xbb",
    b"\0",
];

/// Stand for code and message until they are in their places.
const MARKS: [&str; 2] = ["\"@code@\"", "\"@message@\""];

impl Body {
    /// The bytes, for a module of a catalogue.
    pub fn bytes(&self, catalog: &Catalog) -> Vec<u8> {
        let (code, message, beside) = match self {
            Self::Bytes(bytes) => return bytes.clone(),
            Self::Parts(code, message, beside) => (code, message, beside),
        };
        let mut root = Value::Null;
        for (pointer, value) in &catalog.wire.fixed {
            put(&mut root, &pointer.segments, (*value).clone());
        }
        let places = places(catalog);
        for (place, mark) in places.iter().zip(MARKS) {
            put(&mut root, &place.segments, mark.trim_matches('"').into());
        }
        let names = places.map(|place| place.segments.last().map_or("", String::as_str));
        let mut texts = [code.json(catalog), message.json(catalog, code)];
        let mut text = root.to_string();
        for one in beside {
            one.change(&mut text, &mut texts, names, catalog, code);
        }
        for (mark, part) in MARKS.iter().zip(&texts) {
            text = text.replacen(mark, part, 1);
        }
        let mut bytes = text.into_bytes();
        for one in beside {
            one.change_bytes(&mut bytes);
        }
        bytes
    }
}

impl Beside {
    fn change(
        &self,
        text: &mut String,
        [code, message]: &mut [String; 2],
        [code_name, message_name]: [&str; 2],
        catalog: &Catalog,
        sent: &Sent,
    ) {
        match self {
            Self::Code(first, other) => again(code, &other.json(catalog), code_name, *first),
            Self::Message(first, other) => {
                again(message, &other.json(catalog, sent), message_name, *first);
            }
            Self::Member(first, name, value) => {
                add(text, *first, pick(NAMES, *name), pick(TOKENS, *value));
            }
            Self::Nested(first, depth) => add(text, *first, "\"deep\"", &nested(*depth, "")),
            Self::Around(depth) => *text = nested(*depth, text),
            Self::Bytes(..) | Self::Start(_) => {}
        }
    }

    fn change_bytes(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Bytes(at, byte) => {
                let at = usize::from(*at) % (bytes.len() + 1);
                bytes.insert(at, *byte);
            }
            Self::Start(start) => {
                let start = STARTS[usize::from(*start) % STARTS.len()];
                bytes.splice(..0, start.iter().copied());
            }
            _ => {}
        }
    }
}

impl Sent {
    fn json(&self, catalog: &Catalog) -> String {
        match self {
            Self::Known(index) => match code(catalog, *index) {
                text if text.parse::<i64>().is_ok() => text,
                text => quoted(&text),
            },
            Self::Quoted(index) => quoted(&code(catalog, *index)),
            Self::Near(index, by, other) => near(&code(catalog, *index), *by, *other),
            Self::Text(text) => quoted(text),
            Self::Number(number) => Value::from(*number).to_string(),
            Self::Integer(integer) => integer.to_string(),
            Self::Token(token) => pick(TOKENS, *token).to_owned(),
        }
    }

    /// The code of the catalogue that it is.
    fn known(&self) -> u8 {
        match self {
            Self::Known(index) | Self::Quoted(index) => *index,
            _ => 0,
        }
    }
}

impl Said {
    fn json(&self, catalog: &Catalog, sent: &Sent) -> String {
        let filled = |case: &u8, arguments: &[Argument]| {
            let errors = catalog.errors().count();
            let (_, _, error) = catalog
                .errors()
                .nth(usize::from(sent.known()) % errors)
                .expect("an error");
            let messages = error.messages.all();
            let texts: Vec<_> = messages.flat_map(|(message, _)| message.texts()).collect();
            let (_, text) = texts[usize::from(*case) % texts.len()];
            let mut arguments = arguments.iter();
            Template::new(&text.template)
                .fill(|_| arguments.next().map_or_else(String::new, Argument::text))
        };
        match self {
            Self::Text(text) => quoted(text),
            Self::Filled(case, arguments) => quoted(&filled(case, arguments)),
            Self::Cut(case, arguments, at, length) => {
                let (at, length) = (usize::from(*at), usize::from(*length));
                let message = filled(case, arguments);
                let kept = message
                    .char_indices()
                    .filter(|(index, _)| !(at..at + length).contains(index));
                quoted(&kept.map(|(_, it)| it).collect::<String>())
            }
            Self::Token(token) => pick(TOKENS, *token).to_owned(),
        }
    }
}

impl Argument {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(integer) => (integer % (MAX_SAFE + 2)).to_string(),
            Self::Boolean(boolean) => boolean.to_string(),
            Self::Literal(index) => pick(LITERALS, *index).to_owned(),
        }
    }
}

/// Sets a value at a pointer.
fn put(node: &mut Value, segments: &[String], value: Value) {
    let Some((segment, rest)) = segments.split_first() else {
        *node = value;
        return;
    };
    let inner = if let Ok(index) = segment.parse::<usize>() {
        let mut items = node.as_array().cloned().unwrap_or_default();
        items.resize(items.len().max(index + 1), Value::Null);
        *node = items.into();
        &mut node[index]
    } else {
        &mut node[segment]
    };
    put(inner, rest, value);
}

/// Lets a member occur again.
fn again(value: &mut String, other: &str, name: &str, first: bool) {
    let name = quoted(name);
    *value = if first {
        format!("{other},{name}:{value}")
    } else {
        format!("{value},{name}:{other}")
    };
}

/// Adds a member to the outermost object.
fn add(text: &mut String, first: bool, name: &str, value: &str) {
    if first {
        text.insert_str(1, &format!("{name}:{value},"));
    } else {
        text.insert_str(text.len() - 1, &format!(",{name}:{value}"));
    }
}

fn nested(depth: u8, inner: &str) -> String {
    let depth = usize::from(depth);
    format!("{}{inner}{}", "[".repeat(depth), "]".repeat(depth))
}

fn code(catalog: &Catalog, index: u8) -> String {
    let codes: Vec<_> = catalog
        .errors()
        .map(|(_, _, error)| error.code.text())
        .collect();
    codes[usize::from(index) % codes.len()].to_string()
}

fn near(code: &str, by: i8, other: char) -> String {
    if let Ok(integer) = code.parse::<i64>() {
        return (integer + i64::from(by)).to_string();
    }
    let kept = usize::from(by.unsigned_abs());
    let mut text: String = code.chars().take(kept).collect();
    let _ = write!(text, "{other}");
    quoted(&text)
}

fn pick<'t>(texts: &[&'t str], index: u8) -> &'t str {
    texts[usize::from(index) % texts.len()]
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The value of a header.
#[derive(Debug)]
pub enum Header {
    None,
    Bytes(Vec<u8>),
    /// A number of seconds, or a date.
    Text(String),
}

impl<'a> Arbitrary<'a> for Header {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let text = match u.int_in_range(0..=5)? {
            0 => return Ok(Self::None),
            1 => return Ok(Self::Bytes(u.arbitrary()?)),
            2 => u.arbitrary::<u64>()?.to_string(),
            3 => format!("{}.{}", u.arbitrary::<u32>()?, u.arbitrary::<u16>()?),
            _ => a_date(u)?,
        };
        let text = match u.int_in_range(0..=7)? {
            0 => text.to_uppercase(),
            1 => format!(" \t{text}\t "),
            2 => {
                let at = u.choose_index(text.len() + 1)?;
                format!("{}{}{}", &text[..at], u.arbitrary::<char>()?, &text[at..])
            }
            3 => text.replacen(*u.choose(&[" ", ":", "-", ",", "0", "GMT"])?, "", 1),
            _ => text,
        };
        Ok(Self::Text(text))
    }
}

impl Header {
    pub fn value(&self) -> Option<&[u8]> {
        match self {
            Self::None => None,
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(text) => Some(text.as_bytes()),
        }
    }
}

/// A date in one of the forms of HTTP, or almost.
fn a_date(u: &mut Unstructured) -> arbitrary::Result<String> {
    const DAYS: [&str; 8] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Someday",
    ];
    const MONTHS: [&str; 13] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Nil",
    ];
    let weekday = *u.choose(&DAYS)?;
    let short = &weekday[..3];
    let month = *u.choose(&MONTHS)?;
    let day = u.int_in_range(0..=32)?;
    let year = match u.int_in_range(0..=3)? {
        0 => u.int_in_range(0..=9999)?,
        1 => *u.choose(&[0, 1, 1900, 1970, 2000, 2100, 9999])?,
        _ => u.int_in_range(1960..=2040)?,
    };
    let (hour, minute, second) = (
        u.int_in_range(0..=24)?,
        u.int_in_range(0..=60)?,
        u.int_in_range(0..=60)?,
    );
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    Ok(match u.int_in_range(0..=2)? {
        0 => format!("{short}, {day:02} {month} {year:04} {time} GMT"),
        1 => format!("{weekday}, {day:02}-{month}-{:02} {time} GMT", year % 100),
        _ => format!("{short} {month} {day:2} {time} {year:04}"),
    })
}
