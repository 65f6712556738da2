//! Errors that were found, as a list of data.

use bumpalo::Bump;
use serde::Serialize;

use super::{LocaleText, case_of, describe, explain_at_length, fill};
use crate::find::{FoundBy, Hit};
use crate::model::Value;
use crate::terminal::visible_json;

/// An error that was found, with what its message says.
#[derive(Serialize)]
struct Item<'a> {
    /// `code`, `id` or `message`.
    found_by: &'static str,
    /// The message as received, and what is known from it and from data beside it; null where nothing was given.
    message: Option<Message<'a>>,
    /// What it means, in each locale, with the parameters filled in: the case's, if the message is one; null if it has none.
    description: Option<Vec<LocaleText<'a>>>,
    /// What to do, in the same way; null if the error has none.
    resolution: Option<Vec<LocaleText<'a>>>,
    /// The long text about the error, as plain text in each locale; null if it has none.
    explanation: Option<Vec<LocaleText<'a>>>,
    /// What templates see of the error.
    error: Value<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    /// Null where only data was given.
    text: Option<&'a str>,
    /// Whether anything of it is known: it is a message of the error, or there is a case or a parameter as data.
    matches: bool,
    /// The id of the case that it is, or null.
    case: Option<&'a str>,
    /// The values of the parameters.
    parameters: Value<'a>,
}

/// The hits as a list. `models` are their errors as templates see them, in the same locales.
///
/// # Errors
///
/// None: everything in a model can be JSON.
pub fn json(
    arena: &Bump,
    hits: &[Hit],
    models: Vec<Value>,
    locales: &[&str],
) -> Result<String, serde_json::Error> {
    let both = hits.iter().zip(models);
    let found = both.map(|(hit, error)| explain(arena, hit, error, locales));
    let found: Vec<_> = found.collect();
    let json = serde_json::to_string_pretty(&found)? + "\n";
    Ok(visible_json(&json).into_owned())
}

fn explain<'a>(arena: &'a Bump, hit: &'a Hit, error: Value<'a>, locales: &[&str]) -> Item<'a> {
    let parameters = hit.reading.iter().flat_map(|reading| &reading.parameters);
    let parameters = parameters.map(|(name, value)| (*name, Value::of_data(arena, value)));
    Item {
        found_by: match hit.found_by {
            FoundBy::Code => "code",
            FoundBy::Id => "id",
            FoundBy::Message => "message",
        },
        message: (hit.message.is_some() || hit.reading.is_some()).then(|| Message {
            text: hit.message.as_deref(),
            matches: hit.reading.is_some(),
            case: case_of(hit).map(|case| case.id),
            parameters: Value::map(arena, parameters),
        }),
        description: describe(hit, locales),
        resolution: hit
            .error
            .resolution
            .as_ref()
            .map(|text| fill(hit, text, locales)),
        explanation: explain_at_length(hit, locales),
        error,
    }
}
