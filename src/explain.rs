//! Shows the errors that were found, to people and to programs.

use bumpalo::Bump;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use crate::catalog::Localised;
use crate::find::{FoundBy, Hit};
use crate::model::Value;
use crate::target::is_hidden;

const PAGE: &str = include_str!("explain.txt.tera");

/// An error that was found, with what its message says.
#[derive(Serialize)]
pub struct Explanation<'a> {
    /// `code`, `id` or `message`.
    found_by: &'static str,
    /// The message as it came; null where none was given.
    message: Option<Message<'a>>,
    /// What it means, for each locale, with the parameters filled in: the case's, where the message is one.
    description: Vec<LocaleText<'a>>,
    /// What to do, in the same way; null where the error has none.
    resolution: Option<Vec<LocaleText<'a>>>,
    /// What templates see of the error.
    error: Value<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
    /// Whether it is a message of the error.
    matches: bool,
    /// The id of the case that it is, or null.
    case: Option<&'a str>,
    /// What stands in the message at each parameter, in the order of the message.
    parameters: Value<'a>,
}

#[derive(Serialize)]
struct LocaleText<'a> {
    locale: &'a str,
    value: String,
}

impl<'a> Explanation<'a> {
    /// Explains a hit; `error` is the model of its error, in the same locales.
    pub fn new(arena: &'a Bump, hit: &'a Hit, error: Value<'a>, locales: &[&str]) -> Self {
        let reading = hit.reading.as_ref();
        let case = reading.and_then(|reading| reading.case);
        let fill = |text: &'a Localised| {
            let texts = text
                .within(locales)
                .iter()
                .map(|(locale, text)| LocaleText {
                    locale,
                    value: reading.map_or_else(|| text.value().to_owned(), |it| it.fill(text)),
                });
            texts.collect()
        };
        let parameters = reading.map_or(&[][..], |reading| &reading.parameters);
        let parameters = parameters
            .iter()
            .map(|(name, value)| (*name, Value::of_data(arena, value)));
        Self {
            found_by: match hit.found_by {
                FoundBy::Code => "code",
                FoundBy::Id => "id",
                FoundBy::Message => "message",
            },
            message: hit.message.as_deref().map(|text| Message {
                text,
                matches: reading.is_some(),
                case: case.map(|case| case.id),
                parameters: Value::map(arena, parameters),
            }),
            description: fill(case.map_or(&hit.error.description, |case| &case.description)),
            resolution: hit.error.resolution.as_ref().map(fill),
            error,
        }
    }
}

/// A page of text for each.
///
/// # Errors
///
/// Where the page's own template is wrong.
pub fn pages(explanations: &[Explanation]) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    tera.register_filter("visible", |text: &str, _: Kwargs, _: &State| visible(text));
    tera.add_raw_template("explain.txt.tera", PAGE)?;
    let page = |explanation| {
        let context = Context::from_serialize(explanation)?;
        tera.render("explain.txt.tera", &context)
    };
    let pages: Result<Vec<_>, _> = explanations.iter().map(page).collect();
    Ok(pages?.join("\n"))
}

/// All of them as a list of data.
///
/// # Errors
///
/// Never: the model holds nothing that JSON does not.
pub fn json(explanations: &[Explanation]) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(explanations)? + "\n")
}

/// A text without what a terminal would take for a command; further lines stand under the first.
fn visible(text: &str) -> String {
    let show = |character: char| match character {
        '\n' => format!("\n{:16}", ""),
        '\t' => character.to_string(),
        _ if is_hidden(character) => character.escape_unicode().to_string(),
        _ => character.to_string(),
    };
    text.chars().map(show).collect()
}
