//! What is written, and how texts are escaped.

use std::fmt::Write as _;

use super::renderer::{Place, Renderer};
use crate::model::{Key, Value};

/// Writes a value; one that is undefined is empty.
pub fn write_piece(output: &mut String, value: Value) {
    match value {
        Value::Text(text) => output.push_str(text),
        // A string takes whatever is written to it.
        _ => drop(write!(output, "{value}")),
    }
}

impl<'a> Renderer<'a> {
    pub fn write(&self, output: &mut String, value: Value<'a>, place: Place) {
        if let Value::Undefined = value {
            self.fail(place, "the value to write is undefined");
        }
        write_piece(output, value);
    }

    /// Writes a field of a variable. To Tera, one that is there may be undefined.
    pub fn write_field(&self, output: &mut String, of: Value<'a>, name: Key, place: Place) {
        let Value::Map(map) = of else {
            return self.fail(place, format!("a {} has no fields", of.kind()));
        };
        match map.at(name) {
            Some(value) => write_piece(output, value),
            None => self.fail(place, format!("there is no field `{}`", name.name)),
        }
    }

    pub fn concatenate(&self, values: &[Value<'a>]) -> Value<'a> {
        self.capture(|output| {
            for value in values {
                write_piece(output, *value);
            }
        })
    }

    /// Which escape a context has.
    pub fn context(&self, context: Value<'a>, place: Place) -> usize {
        let name = context.as_text().unwrap_or_default();
        let index = self.escapes.iter().position(|(known, _)| known == name);
        if index.is_none() {
            self.fail(place, format!("unknown escape context `{name}`"));
        }
        index.unwrap_or_default()
    }

    /// Writes a text as its place in the output asks for: on one line, or on several with a prefix.
    pub fn write_escaped(
        &self,
        output: &mut String,
        context: usize,
        value: Value<'a>,
        prefix: Option<Value<'a>>,
        place: Place,
    ) {
        let owned;
        let text = match value {
            Value::Text(text) => text,
            Value::Boolean(_) | Value::Integer(_) | Value::Wide(_) | Value::Float(_) => {
                owned = value.to_string();
                &owned
            }
            _ => {
                let message = format!("a {} cannot be escaped", value.kind());
                return self.fail(place, message);
            }
        };
        let Some((_, escape)) = self.escapes.get(context) else {
            return;
        };
        match prefix {
            Some(prefix) => escape.write_lines(output, text, self.given_text(prefix, place)),
            None => escape.write(output, text),
        }
    }

    pub fn escape(
        &self,
        context: usize,
        value: Value<'a>,
        prefix: Option<Value<'a>>,
        place: Place,
    ) -> Value<'a> {
        self.capture(|output| self.write_escaped(output, context, value, prefix, place))
    }
}
