//! Suggests the closest errors if none matches.

use std::cmp::Reverse;

use heck::ToSnakeCase;

use super::response::Response;
use super::{ids, stands_out};
use crate::catalog::{Catalog, Error, Parameter, Text, plain};
use crate::diagnostic::distance;

/// How many errors to suggest.
const NAMED: usize = 5;

/// How many words of a text are compared with codes.
const CODES: usize = 16;

/// The errors that may have been meant.
pub struct Nearest<'c> {
    /// Closest first.
    pub errors: Vec<&'c Error<'c>>,
    /// How many more there are.
    pub more: usize,
}

/// The errors whose code, id or message is almost what was searched for, closest first, followed by those with the same words
/// in their texts.
pub fn nearest<'c>(catalog: &'c Catalog<'_>, wanted: &str) -> Nearest<'c> {
    let texts: Vec<_> = match Response::from_body(catalog, wanted) {
        Some(responses) => responses
            .into_iter()
            .flat_map(|response| response.code.into_iter().chain(response.message))
            .collect(),
        None => vec![wanted.to_owned()],
    };
    let texts: Vec<_> = texts.iter().map(|text| Sought::new(text)).collect();
    let near = catalog.errors().filter_map(|(_, _, error)| {
        let ranks = texts.iter().map(|text| text.rank(error));
        Some((ranks.flatten().min()?, error))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_by_key(|(rank, _)| *rank);
    Nearest {
        more: near.len().saturating_sub(NAMED),
        errors: near
            .into_iter()
            .take(NAMED)
            .map(|(_, error)| error)
            .collect(),
    }
}

/// A text, prepared for comparison.
struct Sought<'w> {
    text: &'w str,
    id: String,
    words: Vec<String>,
    /// The words that may be a code.
    codes: Vec<&'w str>,
}

/// How close an error is. The smallest is the closest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The number of different letters. On a tie, the error with the longer common prefix comes first.
    Slip(usize, Reverse<usize>),
    /// The number of words that are not in its texts.
    Words(usize),
}

impl<'w> Sought<'w> {
    fn new(text: &'w str) -> Self {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        Self {
            text,
            id: text.to_snake_case(),
            codes: text
                .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
                .filter(|word| stands_out(word))
                .take(CODES)
                .collect(),
            words: words
                .filter(|word| word.len() > 1)
                .map(str::to_owned)
                .collect(),
        }
    }

    fn rank(&self, error: &Error) -> Option<Rank> {
        let ids = ids(error).map(|id| rank(&self.id, id));
        let code = error.code.text();
        let codes = [self.text].into_iter().chain(self.codes.iter().copied());
        let names = ids.chain(codes.map(|word| rank(word, &code)));
        let messages = error.messages.all().flat_map(|(message, parameters)| {
            let texts = message.texts();
            texts.map(move |(_, text)| rank(self.text, &example(text, parameters)))
        });
        let slip = names.chain(messages).flatten().min();
        slip.or_else(|| self.words_within(error))
    }

    /// How many of the words are missing in the error's texts, if at most a third are.
    fn words_within(&self, error: &Error) -> Option<Rank> {
        let messages = error.messages.all();
        let messages = messages.flat_map(|(message, _)| message.texts());
        let messages = messages.map(|(_, text)| text);
        let descriptions = error
            .description
            .iter()
            .flat_map(|it| &it.texts)
            .map(|(_, text)| text);
        let texts = messages
            .chain(descriptions)
            .map(|text| text.template.as_ref());
        let texts: Vec<_> = texts.chain([error.id]).map(str::to_lowercase).collect();
        let lacks = |word: &&String| !texts.iter().any(|text| text.contains(*word));
        let lacking = self.words.iter().filter(lacks).count();
        (!self.words.is_empty() && lacking <= self.words.len() / 3).then_some(Rank::Words(lacking))
    }
}

/// A message with its examples filled in.
fn example(message: &Text, parameters: &[Parameter]) -> String {
    message.fill(|name| {
        let parameter = parameters.iter().find(|parameter| parameter.name == name);
        parameter.map_or_else(String::new, |parameter| plain(&parameter.example))
    })
}

/// How close a text is, if any of it is the same.
fn rank(sought: &str, text: &str) -> Option<Rank> {
    let same = sought
        .chars()
        .zip(text.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let distance = distance(sought, text).filter(|distance| *distance < text.chars().count())?;
    Some(Rank::Slip(distance, Reverse(same)))
}
