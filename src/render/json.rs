//! Converts YAML to JSON, so that one template is enough for a document in both.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io;

use granit_parser::{Event, Parser, ScalarStyle, StrInput};
use serde::de::IgnoredAny;
use serde_json::ser::{Formatter, PrettyFormatter};

use crate::terminal::is_hidden;

/// The same values in the same order, as indented JSON. A plain scalar that is not valid JSON becomes a string.
///
/// # Errors
///
/// If the text is not YAML, with the place, or uses features that JSON does not have.
pub fn from_yaml(yaml: &str) -> io::Result<String> {
    let mut converter = Converter {
        events: Parser::new_from_str(yaml),
        formatter: PrettyFormatter::new(),
        // Indentation makes JSON longer than YAML.
        output: Vec::with_capacity(yaml.len() * 3 / 2),
    };
    while !matches!(converter.next()?, Event::DocumentStart(..)) {}
    let root = converter.next()?;
    converter.value(root)?;
    let json = String::from_utf8(converter.output).map_err(io::Error::other)?;
    Ok(show_invisible(&json))
}

struct Converter<'a> {
    events: Parser<'a, StrInput<'a>>,
    formatter: PrettyFormatter<'static>,
    output: Vec<u8>,
}

impl<'a> Converter<'a> {
    fn next(&mut self) -> io::Result<Event<'a>> {
        let event = self.events.next_event();
        let event = event.ok_or_else(|| io::Error::other("it contains no document"))?;
        let (event, _) = event.map_err(io::Error::other)?;
        Ok(event)
    }

    /// Writes the value that starts with this event. The parser limits how deeply values nest.
    fn value(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => self.plain(&text),
            Event::Scalar(text, ..) => self.text(&text),
            Event::SequenceStart(..) => self.sequence(),
            Event::MappingStart(..) => self.mapping(),
            _ => Err(io::Error::other("it contains an alias")),
        }
    }

    fn sequence(&mut self) -> io::Result<()> {
        self.formatter.begin_array(&mut self.output)?;
        let mut first = true;
        loop {
            let event = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return self.formatter.end_array(&mut self.output);
            }
            self.formatter.begin_array_value(&mut self.output, first)?;
            self.value(event)?;
            self.formatter.end_array_value(&mut self.output)?;
            first = false;
        }
    }

    fn mapping(&mut self) -> io::Result<()> {
        self.formatter.begin_object(&mut self.output)?;
        let mut keys: HashSet<Cow<str>> = HashSet::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return self.formatter.end_object(&mut self.output),
                Event::Scalar(key, ..) => key,
                _ => return Err(io::Error::other("it contains a key that is not a string")),
            };
            self.formatter
                .begin_object_key(&mut self.output, keys.is_empty())?;
            self.text(&key)?;
            self.formatter.end_object_key(&mut self.output)?;
            if let Some(key) = keys.replace(key) {
                return Err(io::Error::other(format!(
                    "it contains the duplicate key `{key}`"
                )));
            }
            self.formatter.begin_object_value(&mut self.output)?;
            let value = self.next()?;
            self.value(value)?;
            self.formatter.end_object_value(&mut self.output)?;
        }
    }

    fn plain(&mut self, text: &str) -> io::Result<()> {
        // The parser gives a `~` for a missing value.
        if text == "~" {
            self.output.extend_from_slice(b"null");
        } else if serde_json::from_str::<IgnoredAny>(text).is_ok() {
            self.output.extend_from_slice(text.as_bytes());
        } else {
            self.text(text)?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.output, text)?)
    }
}

/// Writes invisible characters as numbers. Those above U+FFFF stay as they are, because YAML parsers, which also read JSON,
/// do not know surrogates.
fn show_invisible(json: &str) -> String {
    let is_shown_by_number =
        |character| ('\u{7F}'..='\u{FFFF}').contains(&character) && is_hidden(character);
    let mut output = String::with_capacity(json.len() + 2);
    let mut plain = 0;
    for (at, hidden) in json.match_indices(is_shown_by_number) {
        output.push_str(&json[plain..at]);
        for character in hidden.chars() {
            // Writing to a string cannot fail.
            let _ = write!(output, "\\u{:04X}", u32::from(character));
        }
        plain = at + hidden.len();
    }
    output.push_str(&json[plain..]);
    // A blank line ends the document, as it did when a template wrote the line's end as well.
    output.push_str("\n\n");
    output
}
