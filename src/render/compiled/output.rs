//! What is written, and how texts are escaped.

use std::fmt::Write as _;

use super::{Place, Renderer};
use crate::model::Value;

impl<'a> Renderer<'a> {
    pub(super) fn write(&self, output: &mut String, value: Value<'a>, place: Place) {
        if let Value::Undefined = value {
            self.fail(place, "what is to be written is undefined");
        }
        Self::write_piece(output, value);
    }

    pub(super) fn write_piece(output: &mut String, value: Value<'a>) {
        match value {
            Value::Text(text) => output.push_str(text),
            // A string takes whatever is written to it.
            _ => drop(write!(output, "{value}")),
        }
    }

    /// Which escape a context has.
    pub(super) fn context(&self, context: Value<'a>, place: Place) -> usize {
        let name = context.as_text().unwrap_or_default();
        let index = self.escapes.iter().position(|(known, _)| known == name);
        if index.is_none() {
            self.fail(place, format!("there is no escape context `{name}`"));
        }
        index.unwrap_or_default()
    }

    /// Writes a text as its place in the output asks for: on one line, or on several with a prefix.
    pub(super) fn write_escaped(
        &self,
        output: &mut String,
        context: usize,
        value: Value<'a>,
        prefix: Value<'a>,
        place: Place,
    ) {
        let owned;
        let text = match value {
            Value::Text(text) => text,
            Value::Boolean(_) | Value::Integer(_) | Value::Unsigned(_) | Value::Float(_) => {
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
            Value::Text(prefix) => escape.write_lines(output, text, prefix),
            _ => escape.write(output, text),
        }
    }

    pub(super) fn escaped(
        &self,
        context: usize,
        value: Value<'a>,
        prefix: Value<'a>,
        place: Place,
    ) -> Value<'a> {
        self.captured(|output| self.write_escaped(output, context, value, prefix, place))
    }
}
