//! Shows the errors that were found, to people and to programs.

mod data;
mod page;

pub use data::json;
pub use page::pages;

use serde::Serialize;

use crate::catalog::{Case, Localised};
use crate::find::Hit;

/// A text in one locale, with the parameters of the message filled in.
#[derive(Serialize)]
struct LocaleText<'a> {
    locale: &'a str,
    value: String,
}

/// The case that the message is.
fn case_of<'a>(hit: &'a Hit) -> Option<&'a Case<'a>> {
    hit.reading.as_ref()?.case
}

/// A text with what the message says of the parameters.
fn fill<'a>(hit: &Hit, text: &'a Localised, locales: &[&str]) -> Vec<LocaleText<'a>> {
    let texts = text.within(locales).iter();
    let filled = texts.map(|(locale, text)| LocaleText {
        locale,
        value: match &hit.reading {
            Some(reading) => reading.fill(text),
            None => text.value().to_owned(),
        },
    });
    filled.collect()
}

/// What an error means: the description of the case that the message is, else the error's own. `None` if it has none.
fn describe<'a>(hit: &'a Hit, locales: &[&str]) -> Option<Vec<LocaleText<'a>>> {
    let description = match case_of(hit) {
        Some(case) => case.description.as_ref(),
        None => hit.error.description.as_ref(),
    };
    description.map(|text| fill(hit, text, locales))
}

/// The long text about an error, with a line for each of its lines. `None` if it has none.
fn explain_at_length<'a>(hit: &Hit<'a>, locales: &[&str]) -> Option<Vec<LocaleText<'a>>> {
    let explanation = hit.error.explanation.as_ref()?;
    let texts = explanation.within(locales).iter();
    let plain = texts.map(|(locale, text)| LocaleText {
        locale,
        value: text.lines().join("\n"),
    });
    Some(plain.collect())
}
