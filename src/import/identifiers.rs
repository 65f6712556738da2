//! Ids from what a file says.

use std::collections::HashSet;

use heck::ToSnakeCase;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::catalog::is_identifier;
use crate::parse::MAX_NAME;

/// How many words of a message make an id.
const MOST_WORDS: usize = 6;

/// Words that an id does without.
const SMALL_WORDS: &[&str] = &[
    "an", "are", "be", "been", "by", "error", "has", "have", "in", "is", "isn", "it", "its", "of",
    "on", "please", "the", "this", "to", "was", "were", "you", "your",
];

/// An id, and whether it was guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    pub text: String,
    pub is_guessed: bool,
}

/// The id that a name makes: `user_not_found` from `UserNotFound`, `USER_NOT_FOUND` and `user.not-found`.
pub fn of_name(name: &str) -> Option<String> {
    let snake = name.to_snake_case();
    (is_identifier(&snake) && snake.len() <= MAX_NAME).then_some(snake)
}

/// The id that the words of a message make. `None` if they are in another script, or too few.
pub fn of_message(template: &str) -> Option<String> {
    let outside = without_marks(&without_parameters(template))?;
    let ascii: String = outside
        .chars()
        .filter(|it| *it != '\'')
        .map(|it| if it.is_ascii_alphanumeric() { it } else { ' ' })
        .collect();
    let words = ascii.split_whitespace().map(split_camel_case);
    let words: Vec<_> = words
        .filter(|word| word.len() > 1 && !SMALL_WORDS.contains(&word.as_str()))
        .take(MOST_WORDS)
        .collect();
    of_name(&words.join("_"))
}

/// The id that the title of a category or a group makes. `None` if it is in another script.
pub fn of_title(title: &str) -> Option<String> {
    of_name(&without_marks(title)?)
}

/// A text without the marks on its letters: `Huespedes` from `Huéspedes`. `None` if some of them are in another script.
fn without_marks(text: &str) -> Option<String> {
    let plain: String = text.nfd().filter(|it| !is_combining_mark(*it)).collect();
    let is_foreign = |it: char| it.is_alphabetic() && !it.is_ascii();
    (!plain.contains(is_foreign)).then_some(plain)
}

/// A word in small letters: `access_token` from `AccessToken`, but `oauth` from `OAuth`.
fn split_camel_case(word: &str) -> String {
    let mut split = String::new();
    let mut small = 0;
    for it in word.chars() {
        if it.is_ascii_uppercase() && small > 1 {
            split.push('_');
        }
        small = if it.is_ascii_lowercase() {
            small + 1
        } else {
            0
        };
        split.push(it.to_ascii_lowercase());
    }
    split
}

/// The id that a string code makes, if it is made of words.
pub fn of_code(code: &str) -> Option<String> {
    let longest = code
        .split(|it: char| !it.is_ascii_alphabetic())
        .map(str::len)
        .max()?;
    (longest > 2).then(|| of_name(code)).flatten()
}

/// `error_1001`
pub fn numbered(what: &str, code: &str) -> String {
    of_name(&format!("{what}_{code}")).unwrap_or_else(|| what.to_owned())
}

/// An id that none has yet: with something at its end, if it is taken.
pub fn unique(id: Id, ending: &str, taken: &mut HashSet<String>) -> Id {
    if taken.insert(id.text.clone()) {
        return id;
    }
    let base = numbered(&id.text, ending);
    let mut candidates =
        std::iter::once(base.clone()).chain((2..).map(|it| format!("{base}_{it}")));
    let text = candidates.find(|it| taken.insert(it.clone()));
    Id {
        text: text.unwrap_or(base),
        is_guessed: true,
    }
}

fn without_parameters(template: &str) -> String {
    let mut outside = String::new();
    let mut depth = 0_usize;
    for it in template.chars() {
        match it {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            it if depth == 0 => outside.push(it),
            _ => {}
        }
    }
    outside
}
