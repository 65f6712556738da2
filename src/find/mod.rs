//! Finds an error by what a user has: its code, its id, the message from the server, the body of a response, or a line that a
//! program printed.

mod json;
mod nearest;
mod response;

pub use json::{LossyText, at, elements, members};
pub use nearest::{Nearest, nearest};
pub use response::{Headers, Received, Response, json_of};

use crate::catalog::{Catalog, Category, Error, Group, Quoted, Reading, Tried, places};

/// An error that was found.
pub struct Hit<'c> {
    pub category: &'c Category<'c>,
    pub group: Option<&'c Group<'c>>,
    pub error: &'c Error<'c>,
    pub found_by: FoundBy,
    /// The message as received, if there was one.
    pub message: Option<String>,
    /// The message's case and parameters, if it is one of the error's messages.
    pub reading: Option<Reading<'c>>,
}

/// How an error was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    Code,
    Id,
    Message,
}

/// The errors that match, in the order of the catalogue. There are several if more than one has a matching message. One whose
/// message fits everything is not among them: [`find_by_any_message`].
pub fn find<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    if let Some(responses) = Response::from_body(catalog, wanted) {
        return by_responses(catalog, &responses, tells_something);
    }
    let ways = [by_name, as_printed, by_message, by_spelled_id, in_line];
    let mut found = ways.iter().map(|way| way(catalog, wanted));
    found.find(|hits| !hits.is_empty()).unwrap_or_default()
}

/// The errors that have a message which fits everything, if the text is a message or a body without a code.
pub fn find_by_any_message<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    let responses = Response::from_body(catalog, wanted).unwrap_or_else(|| {
        let message = Some(wanted.to_owned());
        vec![Response {
            message,
            ..Response::default()
        }]
    });
    by_responses(catalog, &responses, |text| !tells_something(text))
}

/// Whether not every message fits.
fn tells_something(text: &Tried) -> bool {
    !text.fits_everything()
}

/// The errors of several responses, each once.
fn by_responses<'c>(
    catalog: &'c Catalog<'_>,
    responses: &[Response],
    is_tried: fn(&Tried) -> bool,
) -> Vec<Hit<'c>> {
    let mut hits: Vec<Hit> = Vec::new();
    for response in responses {
        for hit in by_response(catalog, response, is_tried) {
            let mut others = hits.iter();
            if !others.any(|other| std::ptr::eq(other.error, hit.error)) {
                hits.push(hit);
            }
        }
    }
    hits
}

fn by_name<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    hits(catalog, |error| {
        if error.code.text() == wanted {
            Some((FoundBy::Code, None))
        } else {
            let mut ids = ids(error);
            ids.any(|id| id == wanted).then_some((FoundBy::Id, None))
        }
    })
}

/// By the text with which a module displays an error: `4200: User emma exists`.
fn as_printed<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    let printed = wanted.split_once(": ").map(|(code, message)| Response {
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
        ..Response::default()
    });
    printed.map_or_else(Vec::new, |response| {
        by_response(catalog, &response, tells_something)
    })
}

fn by_message<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    let message = Some(wanted.to_owned());
    by_response(
        catalog,
        &Response {
            message,
            ..Response::default()
        },
        tells_something,
    )
}

/// By a code in the midst of a line, or else by a message there: `2026-11-30 WARN [E2304] The name 'foo' is unknown.`
fn in_line<'c>(catalog: &'c Catalog<'_>, line: &str) -> Vec<Hit<'c>> {
    let mut coded: Vec<(Hit, (usize, usize))> = Vec::new();
    for hit in hits(catalog, |error| {
        stands_out(&error.code.text()).then_some((FoundBy::Code, None))
    }) {
        let found = places(line, &hit.error.code.text()).next();
        coded.extend(found.map(|place| (hit, place)));
    }
    if !coded.is_empty() {
        // `E23` is not meant where `E23-1` stands.
        let all: Vec<_> = coded.iter().map(|(_, place)| *place).collect();
        let is_within = |(start, end): (usize, usize)| {
            let mut others = all.iter().filter(|other| **other != (start, end));
            others.any(|other| other.0 <= start && end <= other.1)
        };
        let told = coded.into_iter().filter(|(_, place)| !is_within(*place));
        return told.map(|(hit, _)| with_message_in(line, hit)).collect();
    }
    let mut said: Vec<(Hit, usize)> = Vec::new();
    for hit in hits(catalog, |_| Some((FoundBy::Message, None))) {
        if let Some(quoted) = Reading::within(hit.error, line) {
            let length = quoted.literal_length;
            said.push((with_message(hit, quoted), length));
        }
    }
    let most = said.iter().map(|(_, length)| *length).max();
    said.retain(|(_, length)| Some(*length) == most);
    said.into_iter().map(|(hit, _)| hit).collect()
}

/// Whether a code is no word that any line may have.
fn stands_out(code: &str) -> bool {
    code.chars().any(|it| it.is_ascii_digit())
        || code.contains(['_', '-', '.', '/', ':'])
        || code.chars().skip(1).any(char::is_uppercase)
}

fn with_message_in<'c>(line: &str, hit: Hit<'c>) -> Hit<'c> {
    match Reading::within(hit.error, line) {
        Some(quoted) => with_message(hit, quoted),
        None => hit,
    }
}

fn with_message<'c>(mut hit: Hit<'c>, quoted: Quoted<'c, '_>) -> Hit<'c> {
    hit.message = Some(quoted.message.to_owned());
    hit.reading = Some(quoted.reading);
    hit
}

/// By an id as some target spells it: `USER_ALREADY_EXISTS`, `userAlreadyExists`, `ErrorCode.InvalidURL`, `InvalidURLError`.
fn by_spelled_id<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    let last = wanted.rsplit([':', '.', '#']).next().unwrap_or(wanted);
    let mut meant: Vec<String> = [wanted, last].map(|it| letters(it).collect()).into();
    for suffix in ["error", "exception"] {
        let bare = letters(last).collect::<String>();
        meant.extend(bare.strip_suffix(suffix).map(str::to_owned));
    }
    let mut found = meant.iter().map(|name| {
        hits(catalog, |error| {
            let is_same = |id: &str| letters(id).eq(name.chars());
            ids(error).any(is_same).then_some((FoundBy::Id, None))
        })
    });
    found.find(|hits| !hits.is_empty()).unwrap_or_default()
}

/// The id of an error, and those that it had before.
fn ids<'c>(error: &'c Error<'c>) -> impl Iterator<Item = &'c str> {
    std::iter::once(error.id).chain(error.renamed_from.iter().copied())
}

/// The letters and digits of a name, which are the same however it is spelled.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.map(|it| it.to_ascii_lowercase())
}

/// By the code, as modules do. If there is none, by the message.
fn by_response<'c>(
    catalog: &'c Catalog<'_>,
    response: &Response,
    is_tried: fn(&Tried) -> bool,
) -> Vec<Hit<'c>> {
    let reading = |error| response.reading(error);
    let by_message = |error| Reading::by(error, response.message.as_deref()?, is_tried);
    let mut hits = hits(catalog, |error| match &response.code {
        Some(code) if error.code.text() == *code => Some((FoundBy::Code, reading(error))),
        Some(_) => None,
        None => by_message(error).map(|reading| (FoundBy::Message, Some(reading))),
    });
    for hit in &mut hits {
        hit.message.clone_from(&response.message);
    }
    hits
}

/// The errors for which `answer` returns something.
fn hits<'c>(
    catalog: &'c Catalog<'_>,
    answer: impl Fn(&'c Error<'c>) -> Option<(FoundBy, Option<Reading<'c>>)>,
) -> Vec<Hit<'c>> {
    let hit = |(category, group, error)| {
        let (found_by, reading) = answer(error)?;
        Some(Hit {
            category,
            group,
            error,
            found_by,
            message: None,
            reading,
        })
    };
    catalog.errors().filter_map(hit).collect()
}
