//! Filters: what a template makes of a value by name.

use super::arithmetic::Number;
use super::operations::count;
use super::output::write_piece;
use super::renderer::{Place, Renderer};
use crate::model::Value;

impl<'a> Renderer<'a> {
    /// The text that a filter is given.
    pub fn given_text(&self, value: Value<'a>, place: Place) -> &'a str {
        value.as_text().unwrap_or_else(|| {
            self.fail(place, format!("a {} is not a text", value.kind()));
            ""
        })
    }

    /// The list that a filter is given.
    pub fn given_list(&self, value: Value<'a>, place: Place) -> &'a [Value<'a>] {
        if let Value::List(list) = value {
            return list;
        }
        self.fail(place, format!("a {} is not a list", value.kind()));
        &[]
    }

    pub fn capitalize(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let mut characters = self.given_text(value, place).chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        let text: String = first.collect();
        self.text(&(text + &characters.as_str().to_lowercase()))
    }

    pub fn first(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let first = self.given_list(value, place).first();
        first.copied().unwrap_or(Value::Null)
    }

    pub fn last(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let last = self.given_list(value, place).last();
        last.copied().unwrap_or(Value::Null)
    }

    pub fn get(
        &self,
        value: Value<'a>,
        key: Value<'a>,
        default: Option<Value<'a>>,
        place: Place,
    ) -> Value<'a> {
        let key = self.given_text(key, place);
        let Value::Map(map) = value else {
            return self.fail_as_value(place, format!("a {} is not a map", value.kind()));
        };
        let found = map.get(key).or(default);
        found.unwrap_or_else(|| self.fail_as_value(place, format!("there is no key `{key}`")))
    }

    pub fn int(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let integer = match value {
            Value::Text(text) => {
                let text = text.trim();
                let float = || text.contains('.').then(|| text.parse().ok()).flatten();
                let integer = text.parse().ok();
                integer.or_else(|| Number::Float(float()?).to_integer())
            }
            _ => Number::of(value).and_then(Number::to_integer),
        };
        let value = integer.map(|integer| Value::integer(self.arena, integer));
        value.unwrap_or_else(|| self.fail_as_value(place, "this is not an integer"))
    }

    pub fn join(&self, value: Value<'a>, separator: Option<Value<'a>>, place: Place) -> Value<'a> {
        let list = self.given_list(value, place);
        let separator = separator.map_or("", |given| self.given_text(given, place));
        self.capture(|output| {
            for (index, value) in list.iter().enumerate() {
                if index > 0 {
                    output.push_str(separator);
                }
                write_piece(output, *value);
            }
        })
    }

    /// How many items, members or characters there are.
    pub fn length(&self, value: Value<'a>, place: Place) -> Value<'a> {
        match value {
            Value::Text(text) => count(text.chars().count()),
            Value::List(list) => count(list.len()),
            Value::Map(map) => count(map.keys.len()),
            _ => self.fail_as_value(place, format!("a {} has no length", value.kind())),
        }
    }

    pub fn lower(&self, value: Value<'a>, place: Place) -> Value<'a> {
        self.text(&self.given_text(value, place).to_lowercase())
    }

    pub fn upper(&self, value: Value<'a>, place: Place) -> Value<'a> {
        self.text(&self.given_text(value, place).to_uppercase())
    }

    /// Values as texts, in their order; numbers in them count by their value.
    pub fn natural_sort(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let list = self.given_list(value, place).iter();
        let texts = list.map(|value| self.str(*value, place).as_text());
        let mut texts: Vec<_> = texts.map(Option::unwrap_or_default).collect();
        alphanumeric_sort::sort_str_slice(&mut texts);
        let texts: Vec<_> = texts.into_iter().map(Value::Text).collect();
        self.list(&texts)
    }

    pub fn replace(
        &self,
        value: Value<'a>,
        from: Value<'a>,
        to: Value<'a>,
        place: Place,
    ) -> Value<'a> {
        let text = self.given_text(value, place);
        let (from, to) = (self.given_text(from, place), self.given_text(to, place));
        if text.contains(from) {
            self.text(&text.replace(from, to))
        } else {
            value
        }
    }

    pub fn split(&self, value: Value<'a>, at: Value<'a>, place: Place) -> Value<'a> {
        let at = self.given_text(at, place);
        let parts = self.given_text(value, place).split(at);
        let parts: Vec<_> = parts.map(Value::Text).collect();
        self.list(&parts)
    }

    /// A value as a text.
    pub fn str(&self, value: Value<'a>, _: Place) -> Value<'a> {
        match value {
            Value::Text(_) => value,
            _ => self.capture(|output| write_piece(output, value)),
        }
    }

    pub fn trim(&self, value: Value<'a>, place: Place) -> Value<'a> {
        Value::Text(self.given_text(value, place).trim())
    }

    pub fn trim_start(&self, value: Value<'a>, place: Place) -> Value<'a> {
        Value::Text(self.given_text(value, place).trim_start())
    }

    /// A text without white space, or without a text that is given, at its end.
    pub fn trim_end(&self, value: Value<'a>, end: Option<Value<'a>>, place: Place) -> Value<'a> {
        let text = self.given_text(value, place);
        Value::Text(match end {
            Some(end) => text.trim_end_matches(self.given_text(end, place)),
            None => text.trim_end(),
        })
    }

    /// A text of at most as many characters, with an ellipsis after it where there were more.
    pub fn truncate(&self, value: Value<'a>, length: Value<'a>, place: Place) -> Value<'a> {
        let text = self.given_text(value, place);
        let length = self.given_integer(length, place).unwrap_or_default();
        let Ok(length) = usize::try_from(length) else {
            return self.fail_as_value(place, format!("{length} is not a length"));
        };
        match text.char_indices().nth(length) {
            Some((end, _)) => self.text(&format!("{}…", &text[..end])),
            None => value,
        }
    }
}
