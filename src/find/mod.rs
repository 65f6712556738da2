//! Finds an error by what a user has: its code, its id, the message from the server, the body of a response, or a line that a
//! program printed.

mod json;
mod nearest;
mod response;

pub use nearest::{Nearest, nearest};

use crate::catalog::{Catalog, Category, Error, Group, Reading};
use response::Response;

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

/// The errors that match, in the order of the catalogue. There are several if more than one has a matching message.
pub fn find<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    if let Some(responses) = Response::from_body(catalog, wanted) {
        let mut hits: Vec<Hit> = Vec::new();
        for response in responses {
            for hit in by_response(catalog, &response) {
                if !hits
                    .iter()
                    .any(|other| std::ptr::eq(other.error, hit.error))
                {
                    hits.push(hit);
                }
            }
        }
        return hits;
    }
    let ways = [by_name, as_printed, by_message, by_spelled_id];
    let mut found = ways.iter().map(|way| way(catalog, wanted));
    found.find(|hits| !hits.is_empty()).unwrap_or_default()
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
    printed.map_or_else(Vec::new, |response| by_response(catalog, &response))
}

fn by_message<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    let message = Some(wanted.to_owned());
    by_response(
        catalog,
        &Response {
            message,
            ..Response::default()
        },
    )
}

/// By an id as some target spells it: `USER_ALREADY_EXISTS`, `userAlreadyExists`, `InvalidURL`.
fn by_spelled_id<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Vec<Hit<'c>> {
    hits(catalog, |error| {
        let is_same = |id: &str| letters(id).eq(letters(wanted));
        ids(error).any(is_same).then_some((FoundBy::Id, None))
    })
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
fn by_response<'c>(catalog: &'c Catalog<'_>, response: &Response) -> Vec<Hit<'c>> {
    let reading = |error| response.reading(error);
    let by_message = |error| Reading::of(error, response.message.as_deref()?);
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
