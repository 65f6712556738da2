//! Explain: one error for the terminal, from what templates see.

use tera::{Context, Kwargs, State, Tera, Value};

use crate::target::is_invisible;

const PAGE: &str = include_str!("explain.txt.tera");

/// The error as a page of text.
///
/// # Errors
///
/// Where the page's own template is wrong.
pub fn page(error: &Value) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    tera.register_filter("visible", |text: &str, _: Kwargs, _: &State| visible(text));
    tera.add_raw_template("explain.txt.tera", PAGE)?;
    let mut context = Context::new();
    context.insert_value("error", error.clone());
    tera.render("explain.txt.tera", &context)
}

/// The error as data.
///
/// # Errors
///
/// Never: the model holds nothing that JSON does not.
pub fn json(error: &Value) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(error)? + "\n")
}

/// A text without what a terminal would take for a command; further lines stand under the first.
fn visible(text: &str) -> String {
    let show = |character: char| match character {
        '\n' => format!("\n{:16}", ""),
        '\t' => character.to_string(),
        _ if character.is_control() || is_invisible(character) => {
            character.escape_unicode().to_string()
        }
        _ => character.to_string(),
    };
    text.chars().map(show).collect()
}
