//! Errors that were found, as pages of text for a terminal.

use std::fmt::Display;

use super::{LocaleText, case_of, describe, explain_at_length, fill};
use crate::catalog::{
    Catalog, Error, Localised, Message, Messages, Parameter, Since, plain, write_docs_url,
};
use crate::find::Hit;
use crate::terminal::visible;

/// The width of a row's label. Two spaces stand before it, and the value behind it.
const LABEL: usize = 14;

/// A page for each hit, with texts in these locales.
pub fn pages(catalog: &Catalog, hits: &[Hit], locales: &[&str]) -> String {
    let page = |hit| {
        let mut page = Page {
            catalog,
            hit,
            locales,
            text: String::new(),
        };
        page.heading();
        page.message();
        page.meaning();
        page.life();
        page.explanation();
        page.text
    };
    let pages: Vec<_> = hits.iter().map(page).collect();
    pages.join("\n")
}

struct Page<'a> {
    catalog: &'a Catalog<'a>,
    hit: &'a Hit<'a>,
    locales: &'a [&'a str],
    text: String,
}

impl Page<'_> {
    /// A line on which everything is visible, so that no value can pass for a line of its own.
    fn line(&mut self, line: impl Display) {
        self.text.push_str(&visible(&line.to_string()));
        self.text.push('\n');
    }

    /// A row with a label, or one that continues the row above.
    fn row(&mut self, label: &str, value: impl Display) {
        self.line(format_args!("  {label:LABEL$}{value}"));
    }

    fn heading(&mut self) {
        let Hit {
            category,
            group,
            error,
            ..
        } = self.hit;
        let status = error.http.map(|http| format!("  HTTP {http}"));
        let code = code(error);
        let id = Some(error.id).filter(|id| *id != code);
        let id = id.map(|id| format!("  {id}"));
        self.line(format_args!(
            "{code}{}{}",
            id.unwrap_or_default(),
            status.unwrap_or_default()
        ));
        let titles = [Some(&category.title), group.map(|group| &group.title)];
        let titles: Vec<_> = titles
            .into_iter()
            .flatten()
            .map(|it| self.title(it))
            .collect();
        self.line(titles.join(" / "));
    }

    /// What was received: the message, the case and the parameters.
    fn message(&mut self) {
        let Hit {
            message, reading, ..
        } = self.hit;
        let mut received: Vec<String> = message.clone().into_iter().collect();
        match (case_of(self.hit), reading) {
            (Some(case), _) => received.push(format!("case {}", case.id)),
            (None, None) if message.is_some() => {
                received.push("not a message of this error".to_owned());
            }
            (None, _) => {}
        }
        let parameters = reading.iter().flat_map(|reading| &reading.parameters);
        received.extend(parameters.map(|(name, value)| format!("{name} = {}", plain(value))));
        for (place, text) in received.iter().enumerate() {
            self.row(if place == 0 { "received" } else { "" }, text);
        }
    }

    /// What the error means, with all of its messages.
    fn meaning(&mut self) {
        let Hit { error, .. } = self.hit;
        let case = case_of(self.hit);
        if let Messages::One { message, .. } = &error.messages {
            self.said("message", message);
        }
        // That of the case stands there.
        if case.is_some() {
            self.plain_texts("description", error.description.as_ref());
        } else if let Some(texts) = describe(self.hit, self.locales) {
            self.texts("description", &texts);
        }
        if let Some(resolution) = &error.resolution {
            self.texts("resolution", &fill(self.hit, resolution, self.locales));
        }
        match &error.messages {
            Messages::One { parameters, .. } => self.parameters(parameters),
            Messages::Cases(cases) => {
                for one in cases {
                    match one.code {
                        Some(code) => {
                            self.row("case", format_args!("{} ({})", one.id, code.text()));
                        }
                        None => self.row("case", one.id),
                    }
                    self.said("  message", &one.message);
                    if case.is_some_and(|case| case.id == one.id)
                        && let Some(texts) = describe(self.hit, self.locales)
                    {
                        self.texts("  description", &texts);
                    } else {
                        self.plain_texts("  description", one.description.as_ref());
                    }
                    self.parameters(&one.parameters);
                }
            }
        }
    }

    /// The text that the server sends, or that for each locale.
    fn said(&mut self, label: &str, message: &Message) {
        match message.localised.as_deref() {
            Some(texts) => self.plain_texts(label, Some(texts)),
            None => self.row(label, message.text.value()),
        }
    }

    fn parameters(&mut self, parameters: &[Parameter]) {
        for parameter in parameters {
            let kind = parameter.r#type.name();
            let sensitive = if parameter.sensitive {
                ", sensitive"
            } else {
                ""
            };
            let example = plain(&parameter.example);
            let name = parameter.name;
            self.row(
                "parameter",
                format_args!("{name} ({kind}{sensitive}), e.g. {example}"),
            );
        }
    }

    /// Whether it can be sent again, since when there is such an error and until when, and where its page is.
    fn life(&mut self) {
        let Hit { error, .. } = self.hit;
        if let Some(retry) = error.declared_retry {
            self.row("retry", retry.name());
        }
        let said = case_of(self.hit).map_or(&error.properties, |case| &case.properties);
        for (property, value) in self.catalog.properties.iter().zip(said.iter()) {
            if let Some(value) = value {
                self.row(property.name, plain_value(value));
            }
        }
        if error.no_error {
            self.row("no error", "the code of a success");
        }
        if !error.renamed_from.is_empty() {
            self.row("renamed from", error.renamed_from.join(", "));
        }
        if let Some(since) = error.since {
            self.row("since", release(since));
        }
        if let Some(deprecated) = &error.deprecated {
            let successor = deprecated.r#use.and_then(|id| self.successor(id));
            let since = release(deprecated.since);
            self.row(
                "deprecated",
                format_args!("since {since}{}", successor.unwrap_or_default()),
            );
            self.plain_texts("", deprecated.note.as_ref());
        }
        if let Some(retired) = &error.retired {
            self.row("retired", format_args!("since {}", release(retired.since)));
            self.plain_texts("", retired.note.as_ref());
        }
        if let Some(pattern) = &self.catalog.docs_url {
            let mut url = String::new();
            // Writing to a string cannot fail.
            let _ = write_docs_url(&mut url, pattern, error, &error.code.text());
            self.row("docs", url);
        }
    }

    /// The long text. Its lines are indented further than the rows, so that none can pass for a row.
    fn explanation(&mut self) {
        for LocaleText { locale, value } in
            explain_at_length(self.hit, self.locales).unwrap_or_default()
        {
            self.text.push('\n');
            self.row("explanation", format_args!("[{locale}]"));
            for line in value.split('\n') {
                let line = format!("    {}", line.replace('\t', "    "));
                self.line(line.trim_end());
            }
        }
    }

    fn successor(&self, id: &str) -> Option<String> {
        let mut errors = self.catalog.errors().map(|(_, _, error)| error);
        let successor = errors.find(|error| error.id == id)?;
        let code = code(successor);
        let code = Some(code).filter(|code| code != id);
        let code = code.map(|code| format!(" ({code})"));
        Some(format!(", use {id}{}", code.unwrap_or_default()))
    }

    /// A row for each locale.
    fn texts(&mut self, label: &str, texts: &[LocaleText]) {
        let mut label = label;
        for LocaleText { locale, value } in texts {
            self.row(label, format_args!("[{locale}] {value}"));
            label = "";
        }
    }

    /// A row for each locale of a text, if there is one, with its placeholders.
    fn plain_texts(&mut self, label: &str, text: Option<&Localised>) {
        let texts = text.map_or(&[][..], |text| text.within(self.locales));
        let texts = texts.iter().map(|(locale, text)| LocaleText {
            locale,
            value: text.value().to_owned(),
        });
        self.texts(label, &texts.collect::<Vec<_>>());
    }

    /// A title in the only locale, or in the fallback.
    fn title(&self, title: &Localised) -> String {
        let locale = match self.locales {
            [only] => only,
            _ => self.catalog.fallback,
        };
        let (_, text) = title.get(locale);
        text.value().to_owned()
    }
}

/// The value of a property, or its values.
fn plain_value(value: &serde_json::Value) -> String {
    match value.as_array() {
        Some(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        None => plain(value),
    }
}

fn code(error: &Error) -> String {
    error.code.text().into_owned()
}

/// A version, or what stands for it until there is one.
fn release(since: Since<'_>) -> &str {
    since.version().unwrap_or("next release")
}
