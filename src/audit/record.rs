//! A response in a log: a JSON object, whose shape pointers tell.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::base64;
use super::time::seconds_of;
use crate::catalog::Pointer;
use crate::find::{LossyText, at, elements, json_of, members};

/// A response as it was recorded.
#[derive(Default)]
pub struct Record {
    pub status: Option<u16>,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    /// In seconds since 1970-01-01T00:00:00Z.
    pub time: Option<i64>,
}

/// Where the parts of a response are in a line of a log: each at the first of its pointers that leads to something.
pub struct Pointers {
    status: Vec<Vec<String>>,
    headers: Vec<Vec<String>>,
    body: Vec<Vec<String>>,
    time: Vec<Vec<String>>,
}

/// Where loggers and proxies write them.
const STATUS: &[&str] = &[
    "/status",
    "/response/status_code",
    "/response/status",
    "/response/statusCode",
    "/status_code",
    "/statusCode",
    "/res/statusCode",
    "/http/response/status_code",
    "/resp_status",
];
const HEADERS: &[&str] = &[
    "/headers",
    "/response/headers",
    "/response_headers",
    "/resp_headers",
    "/res/headers",
];
const BODY: &[&str] = &[
    "/body",
    "/response/content",
    "/response/body",
    "/response/text",
    "/response_body",
    "/responseBody",
    "/res/body",
    "/http/response/body/content",
];
const TIME: &[&str] = &[
    "/time",
    "/timestamp",
    "/@timestamp",
    "/ts",
    "/startedDateTime",
    "/response/timestamp_start",
    "/request/timestamp_start",
    "/timestamp_created",
];

impl Pointers {
    /// Those that were given, and the usual ones in the place of others. `Err` is a text that is no pointer.
    pub fn new<'p>(
        status: Option<&'p str>,
        headers: Option<&'p str>,
        body: Option<&'p str>,
        time: Option<&'p str>,
    ) -> Result<Self, &'p str> {
        let parse =
            |given: Option<&'p str>, usual: &[&'static str]| -> Result<Vec<Vec<String>>, &'p str> {
                let Some(given) = given else {
                    let usual = usual.iter().filter_map(|it| Pointer::parse(it));
                    return Ok(usual.map(|it| it.segments).collect());
                };
                let pointer = Pointer::parse(given).ok_or(given)?;
                Ok(vec![pointer.segments])
            };
        Ok(Self {
            status: parse(status, STATUS)?,
            headers: parse(headers, HEADERS)?,
            body: parse(body, BODY)?,
            time: parse(time, TIME)?,
        })
    }

    /// The response in a line. `None` if it has neither a status nor a body.
    pub fn read(&self, line: &RawValue, wants: Wants) -> Option<Record> {
        let own = members(line)?;
        let find = |pointers: &[Vec<String>]| {
            let mut found = pointers.iter().filter_map(|it| find(line, &own, it));
            found.find(|value| value.get() != "null")
        };
        let status = find(&self.status).and_then(status_of);
        let body = find(&self.body).map(body_of);
        if status.is_none() && body.is_none() {
            return None;
        }
        let headers = find(&self.headers).filter(|_| wants.headers);
        let time = find(&self.time).filter(|_| wants.time);
        Some(Record {
            status,
            headers: headers.map(headers_of).unwrap_or_default(),
            body,
            time: time.and_then(|value| seconds_of(&plain(value))),
        })
    }
}

/// What else is looked at.
#[derive(Clone, Copy)]
pub struct Wants {
    pub headers: bool,
    pub time: bool,
}

fn find<'l>(
    line: &'l RawValue,
    own: &HashMap<LossyText, &'l RawValue>,
    segments: &[String],
) -> Option<&'l RawValue> {
    match segments.split_first() {
        None => Some(line),
        Some((first, rest)) => at(own.get(&LossyText(first.clone()))?, rest),
    }
}

/// The text of a string, or the digits of a number.
fn plain(value: &RawValue) -> String {
    let text: Option<LossyText> = serde_json::from_str(value.get()).ok();
    text.map_or_else(|| value.get().to_owned(), |text| text.0)
}

fn status_of(value: &RawValue) -> Option<u16> {
    let status = plain(value).parse().ok();
    status.filter(|status| (100..1000).contains(status))
}

/// A body as a text, whether it came as one, in base64 or as the JSON that it is.
fn body_of(value: &RawValue) -> String {
    if !value.get().starts_with('"') {
        return value.get().to_owned();
    }
    text_of(plain(value), false)
}

/// The text of a body that may be in base64.
pub fn text_of(text: String, is_base64: bool) -> String {
    if !is_base64 && (text.trim_start().starts_with(['{', '[']) || !may_be_base64(&text)) {
        return without_mark(text);
    }
    let Some(bytes) = base64::decode(&text) else {
        return text;
    };
    let decoded = String::from_utf8_lossy(&bytes).into_owned();
    let decoded = without_mark(decoded);
    if is_base64 || json_of(&decoded).is_some() {
        decoded
    } else {
        text
    }
}

fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Whether a text may be JSON in base64: it begins as `{"`, `[{` or white space before them would.
fn may_be_base64(text: &str) -> bool {
    text.starts_with(['e', 'W', 'C', 'D', 'I']) && text.len() >= 8
}

/// Headers as an object, as a list of pairs, or as a list of objects with `name` and `value`.
fn headers_of(value: &RawValue) -> Vec<(String, String)> {
    let text = value.get();
    if text.starts_with('{') {
        let mut headers = Vec::new();
        for (name, value) in members(value).unwrap_or_default() {
            let first: Option<Vec<&RawValue>> = serde_json::from_str(value.get()).ok();
            let first = first.map_or(Some(value), |all| all.first().copied());
            headers.extend(first.map(|value| (name.0, plain(value))));
        }
        // Two that differ in letter case alone come in one order.
        headers.sort();
        return headers;
    }
    let pairs: Option<Vec<(LossyText, LossyText)>> = serde_json::from_str(text).ok();
    if let Some(pairs) = pairs {
        return pairs
            .into_iter()
            .map(|(name, value)| (name.0, value.0))
            .collect();
    }
    let members = |element| {
        let part = |name: &str| at(element, &[name.to_owned()]).map(plain);
        Some((part("name")?, part("value")?))
    };
    elements(value).into_iter().filter_map(members).collect()
}
