//! What the text of a catalogue says of an error, a line for each key.

use super::errors::{NewCase, NewError};
use super::parameters::Template;
use super::place;
use crate::diagnostic::Source;
use crate::edit::{quoted, scalar};
use crate::parse::NEXT;

/// What stands after whatever errgen had to guess.
pub const GUESSED: &str = " # guessed";

/// How the catalogue writes an error.
pub struct Style<'s> {
    /// The files that were imported.
    pub source: &'s Source,
    pub has_integers: bool,
    /// Whether the error is new in the coming release.
    pub is_new: bool,
    /// Texts have to be in this one, or else are left out.
    pub fallback: &'s str,
}

/// The lines of an error, without their indentation.
pub fn lines(error: &NewError, style: &Style) -> Vec<String> {
    let code = if style.has_integers {
        error.code.clone()
    } else {
        scalar(&error.code)
    };
    let mut lines = vec![
        format!("code: {code} # {}", place(style.source, error.span)),
        format!(
            "id: {}{}",
            scalar(&error.id.text),
            mark(error.id.is_guessed)
        ),
    ];
    lines.extend(error.http.map(|http| format!("http: {http}")));
    if style.is_new {
        lines.push(format!("since: {NEXT}"));
    }
    match error.cases.as_slice() {
        [only] => {
            lines.extend(message(only));
            lines.extend(texts("description", &only.descriptions, style));
            lines.extend(texts("resolution", &only.resolutions, style));
        }
        cases => {
            let resolutions = cases.iter().find(|case| !case.resolutions.is_empty());
            if let Some(first) = resolutions {
                lines.extend(texts("resolution", &first.resolutions, style));
            }
            lines.push("cases:".to_owned());
            for case in cases {
                let id = format!("id: {}{}", scalar(&case.id.text), mark(case.id.is_guessed));
                let place = format!("# {}", place(style.source, case.span));
                lines.push(format!("  - {id}"));
                let own = message(case).into_iter();
                let own = own.chain(texts("description", &case.descriptions, style));
                lines.push(format!("    {place}"));
                lines.extend(own.map(|line| format!("    {line}")));
            }
        }
    }
    lines
}

/// A locale and its text, as an entry of a mapping.
pub fn text_entry(locale: &str, text: &str) -> String {
    format!("{locale}: {}", scalar(text))
}

fn message(case: &NewCase) -> Vec<String> {
    let mut lines = Vec::new();
    match case.messages.as_slice() {
        [] => return lines,
        [(_, only)] => {
            let mark = mark(case.is_message_guessed);
            lines.push(format!("message: {}{mark}", scalar(&only.text)));
        }
        several => {
            lines.push("message:".to_owned());
            let texts = several.iter();
            let texts =
                texts.filter_map(|(locale, it)| Some(text_entry(locale.as_ref()?, &it.text)));
            lines.extend(texts.map(|text| format!("  {text}")));
        }
    }
    let (_, first) = &case.messages[0];
    lines.extend(parameters(first));
    lines
}

fn parameters(template: &Template) -> Vec<String> {
    let mut lines = Vec::new();
    if !template.parameters.is_empty() {
        lines.push("params:".to_owned());
    }
    for parameter in &template.parameters {
        let example = parameter.example.as_ref();
        let example = example.map(|it| format!(", example: {}", quoted(it)));
        let mark = mark(parameter.is_named_by_guess || parameter.is_typed_by_guess);
        lines.push(format!(
            "  {}: {{ type: {}{} }}{mark}",
            scalar(&parameter.name),
            parameter.kind,
            example.unwrap_or_default()
        ));
    }
    lines
}

fn texts(key: &str, texts: &[(String, String)], style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    // What nobody could fall back on is no text of an error yet.
    if texts.iter().any(|(locale, _)| locale == style.fallback) {
        lines.push(format!("{key}:"));
        let is_fallback = |(locale, _): &&(String, String)| locale == style.fallback;
        let others = texts.iter().filter(|it| !is_fallback(it));
        let entries = texts.iter().filter(is_fallback).chain(others);
        lines.extend(entries.map(|(locale, text)| format!("  {}", text_entry(locale, text))));
    }
    lines
}

fn mark(is_guessed: bool) -> &'static str {
    if is_guessed { GUESSED } else { "" }
}
