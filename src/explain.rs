//! Explain: one error for the terminal, from what templates see.

use std::fmt::Write;

use crate::model::{ErrorModel, LocalisedModel};

/// The error as a page of text.
pub fn page(error: &ErrorModel) -> String {
    let mut page = Page::default();
    page.line(&format!(
        "{}  {}  HTTP {}",
        error.code_text, error.id, error.http
    ));
    page.line(&place(error));
    if let Some(message) = &error.message {
        page.field("message", message.value);
    }
    page.localised("description", &error.description);
    if let Some(resolution) = &error.resolution {
        page.localised("resolution", resolution);
    }
    for case in &error.cases {
        page.field("case", case.id);
        page.field("  message", case.message.value);
        page.localised("  description", &case.description);
    }
    let own = error.parameters.iter();
    for parameter in own.chain(error.cases.iter().flat_map(|case| &case.parameters)) {
        let sensitive = if parameter.sensitive {
            ", sensitive"
        } else {
            ""
        };
        let r#type = parameter.r#type.name();
        page.field(
            "parameter",
            &format!(
                "{} ({type}{sensitive}), as {}",
                parameter.name, parameter.example
            ),
        );
    }
    page.field("retry", error.retry.name());
    if let Some(since) = error.since {
        page.field("since", since);
    }
    if let Some(deprecated) = &error.deprecated {
        let successor = deprecated
            .r#use
            .as_ref()
            .map(|it| format!(", use {} ({})", it.id, it.code_text));
        page.field(
            "deprecated",
            &format!(
                "since {}{}",
                deprecated.since,
                successor.unwrap_or_default()
            ),
        );
    }
    if let Some(retired) = &error.retired {
        page.field("retired", &format!("since {}", retired.since));
    }
    if let Some(url) = &error.docs_url {
        page.field("docs", url);
    }
    page.text
}

/// The error as templates see it.
pub fn json(error: &ErrorModel) -> String {
    let text = serde_json::to_string_pretty(error).unwrap_or_default();
    format!("{text}\n")
}

/// Category and group, in the fallback locale.
fn place(error: &ErrorModel) -> String {
    let category = error.category.title.default.value;
    match &error.group {
        Some(group) => format!("{category} / {}", group.title.default.value),
        None => category.to_owned(),
    }
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(&visible(line));
        self.text.push('\n');
    }

    /// A name and its value, of which further lines stand under the first.
    fn field(&mut self, name: &str, value: &str) {
        let indent = format!("\n{:15}", "");
        let value = visible(value).replace('\n', &indent);
        let _ = writeln!(self.text, "  {name:13}{value}");
    }

    fn localised(&mut self, name: &str, localised: &LocalisedModel) {
        for (index, text) in localised.texts.iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            self.field(name, &format!("[{}] {}", text.locale, text.text.value));
        }
    }
}

/// A text without what a terminal would take for a command.
fn visible(text: &str) -> String {
    let show = |character: char| match character {
        '\n' | '\t' => character.to_string(),
        _ if character.is_control() || crate::target::is_invisible(character) => {
            character.escape_unicode().to_string()
        }
        _ => character.to_string(),
    };
    text.chars().map(show).collect()
}
