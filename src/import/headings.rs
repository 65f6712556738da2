//! Tells from a heading what a column has.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::catalog::{is_language_tag, language};

/// What a column has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    Code,
    Id,
    Http,
    Category,
    Group,
    /// Texts have a locale if the heading names one.
    Message(Option<String>),
    Description(Option<String>),
    Resolution(Option<String>),
    /// Nothing that a catalogue has.
    Ignored,
}

/// The keys that columns are mapped to.
pub const KEYS: &str =
    "code, id, http, category, group, message, description, resolution, or - to leave it out";

/// Reads `COLUMN=KEY`.
///
/// # Errors
///
/// If there is no such key.
pub fn parse_column(text: &str) -> Result<(String, Column), String> {
    let (heading, key) = text.rsplit_once('=').ok_or("write COLUMN=KEY")?;
    let column = Column::parse(key).ok_or_else(|| format!("`{key}` is not one of {KEYS}"))?;
    Ok((heading.to_owned(), column))
}

/// What a heading means, and the language that it is in.
pub struct Meaning {
    pub column: Column,
    pub language: &'static str,
}

/// By heading: the key and the language.
static HEADINGS: LazyLock<HashMap<String, (String, &'static str)>> = LazyLock::new(|| {
    let text = include_str!("headings.yaml");
    let languages: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        serde_yaml::from_str(text).expect("the headings are valid");
    let mut headings = HashMap::new();
    // A word that several languages have is English, which most tables are in.
    let (english, others): (Vec<_>, Vec<_>) = languages
        .into_iter()
        .partition(|(language, _)| language == "en");
    for (language, keys) in english.into_iter().chain(others) {
        let language: &'static str = language.leak();
        for (key, words) in keys {
            for word in words {
                headings.entry(word).or_insert((key.clone(), language));
            }
        }
    }
    headings
});

impl Column {
    /// What `code`, `description.de` or `-` means.
    pub fn parse(key: &str) -> Option<Self> {
        let (key, locale) = match key.split_once('.') {
            Some((key, locale)) if is_language_tag(locale) => (key, Some(locale.to_owned())),
            Some(_) => return None,
            None => (key, None),
        };
        let column = match key {
            "message" => return Some(Self::Message(locale)),
            "description" => return Some(Self::Description(locale)),
            "resolution" => return Some(Self::Resolution(locale)),
            "code" => Self::Code,
            "id" => Self::Id,
            "http" => Self::Http,
            "category" => Self::Category,
            "group" => Self::Group,
            "-" => Self::Ignored,
            _ => return None,
        };
        locale.is_none().then_some(column)
    }

    /// What a heading means, if it is a known one.
    pub fn of_heading(heading: &str) -> Option<Meaning> {
        let find = |heading: &str, locale: Option<&str>| {
            let (key, language) = HEADINGS.get(&words_of(heading))?;
            let key = match locale {
                Some(locale) => format!("{key}.{locale}"),
                None => key.clone(),
            };
            let column = Self::parse(&key)?;
            Some(Meaning { column, language })
        };
        find(heading, None).or_else(|| {
            let (before, tag) = split_tag(heading)?;
            find(before, Some(tag))
        })
    }
}

/// A heading in small letters, with single spaces between its words: `http status` from `httpStatus` and `HTTP_Status`.
fn words_of(heading: &str) -> String {
    if heading.trim() == "#" {
        return "#".to_owned();
    }
    let mut spaced = String::new();
    let mut before = ' ';
    for it in heading.chars() {
        if it.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(if it.is_alphanumeric() { it } else { ' ' });
        before = it;
    }
    let words: Vec<_> = spaced.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// A heading and the language tag at its end: `Message (de)`, `message_de`, `message.zh-TW`, `Message [de]`.
fn split_tag(heading: &str) -> Option<(&str, &str)> {
    let heading = heading.trim_end_matches([')', ']']).trim_end();
    let at = heading.rfind(['(', '[', '.', '_', ':', '/', ' '])?;
    let (before, tag) = (&heading[..at], &heading[at + 1..]);
    // `message_type` is not in a language called `type`.
    (is_language_tag(tag) && language(tag).len() <= 3).then_some((before, tag))
}
