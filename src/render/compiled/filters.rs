//! Filters and tests: what a template makes of a value by name, or asks of it. An argument that is not given is undefined.

use super::operations::order;
use super::{Place, Renderer};
use crate::model::Value;

impl<'a> Renderer<'a> {
    /// The text that a filter is given.
    fn given_text(&self, value: Value<'a>, place: Place) -> &'a str {
        value.as_text().unwrap_or_else(|| {
            self.fail(place, format!("a {} is no text", value.kind()));
            ""
        })
    }

    /// The list that a filter is given.
    fn given_list(&self, value: Value<'a>, place: Place) -> &'a [Value<'a>] {
        if let Value::List(list) = value {
            return list;
        }
        self.fail(place, format!("a {} is no list", value.kind()));
        &[]
    }

    pub(super) fn capitalize(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let mut characters = self.given_text(value, place).chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        let text: String = first.collect();
        self.text(&(text + &characters.as_str().to_lowercase()))
    }

    pub(super) fn first(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let first = self.given_list(value, place).first();
        first.copied().unwrap_or(Value::Null)
    }

    pub(super) fn last(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let last = self.given_list(value, place).last();
        last.copied().unwrap_or(Value::Null)
    }

    pub(super) fn get(
        &self,
        value: Value<'a>,
        key: Value<'a>,
        default: Value<'a>,
        place: Place,
    ) -> Value<'a> {
        let key = self.given_text(key, place);
        match (value.get(key), default) {
            (Some(found), _) => found,
            (None, Value::Undefined) => self.failed(place, format!("there is no key `{key}`")),
            (None, default) => default,
        }
    }

    pub(super) fn int(&self, value: Value<'a>, place: Place) -> Value<'a> {
        if let Value::Integer(_) = value {
            return value;
        }
        let text = self.given_text(value, place).trim();
        match text.parse() {
            Ok(integer) => Value::Integer(integer),
            Err(_) => self.failed(place, format!("`{text}` is no integer of 64 bits")),
        }
    }

    pub(super) fn join(&self, value: Value<'a>, separator: Value<'a>, place: Place) -> Value<'a> {
        let list = self.given_list(value, place);
        self.captured(|output| {
            for (index, value) in list.iter().enumerate() {
                if index > 0 {
                    output.push_str(separator.as_text().unwrap_or_default());
                }
                Self::write_piece(output, *value);
            }
        })
    }

    /// How many items, members or characters there are.
    pub(super) fn length(&self, value: Value<'a>, place: Place) -> Value<'a> {
        match value {
            Value::Text(text) => Self::count(text.chars().count()),
            Value::List(list) => Self::count(list.len()),
            Value::Map(map) => Self::count(map.keys.len()),
            _ => self.failed(place, format!("a {} has no length", value.kind())),
        }
    }

    pub(super) fn lower(&self, value: Value<'a>, place: Place) -> Value<'a> {
        self.text(&self.given_text(value, place).to_lowercase())
    }

    pub(super) fn upper(&self, value: Value<'a>, place: Place) -> Value<'a> {
        self.text(&self.given_text(value, place).to_uppercase())
    }

    /// Texts in their order; numbers in them count by their value.
    pub(super) fn natural_sort(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let list = self.given_list(value, place);
        let mut texts: Vec<_> = list
            .iter()
            .map(|text| self.given_text(*text, place))
            .collect();
        alphanumeric_sort::sort_str_slice(&mut texts);
        let texts: Vec<_> = texts.into_iter().map(Value::Text).collect();
        self.list(&texts)
    }

    pub(super) fn replace(
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

    /// Values in the order of what stands at a path of fields.
    pub(super) fn sort(&self, value: Value<'a>, path: Value<'a>, place: Place) -> Value<'a> {
        let path = self.given_text(path, place);
        let mut values = Vec::new();
        for value in self.given_list(value, place) {
            match value.at_path(path) {
                Some(key) => values.push((key, *value)),
                None => self.fail(place, format!("a {} has no `{path}`", value.kind())),
            }
        }
        let first = values.first().map(|(key, _)| *key);
        if !values
            .iter()
            .all(|(key, _)| first.is_some_and(|first| order(first, *key).is_some()))
        {
            self.fail(place, format!("what stands at `{path}` has no order"));
        }
        values.sort_by(|(left, _), (right, _)| {
            order(*left, *right).unwrap_or(std::cmp::Ordering::Equal)
        });
        let values: Vec<_> = values.into_iter().map(|(_, value)| value).collect();
        self.list(&values)
    }

    pub(super) fn split(&self, value: Value<'a>, at: Value<'a>, place: Place) -> Value<'a> {
        let parts = self
            .given_text(value, place)
            .split(self.given_text(at, place));
        let parts: Vec<_> = parts.map(Value::Text).collect();
        self.list(&parts)
    }

    /// A value as a text.
    pub(super) fn str(&self, value: Value<'a>, _: Place) -> Value<'a> {
        match value {
            Value::Text(_) => value,
            _ => self.captured(|output| Self::write_piece(output, value)),
        }
    }

    pub(super) fn trim(&self, value: Value<'a>, place: Place) -> Value<'a> {
        Value::Text(self.given_text(value, place).trim())
    }

    pub(super) fn trim_start(&self, value: Value<'a>, place: Place) -> Value<'a> {
        Value::Text(self.given_text(value, place).trim_start())
    }

    /// A text without white space, or without a text that is given, at its end.
    pub(super) fn trim_end(&self, value: Value<'a>, end: Value<'a>, place: Place) -> Value<'a> {
        let text = self.given_text(value, place);
        Value::Text(match end {
            Value::Text(end) => text.trim_end_matches(end),
            _ => text.trim_end(),
        })
    }

    /// A text of at most as many characters, with an ellipsis after it where there were more.
    pub(super) fn truncate(&self, value: Value<'a>, length: Value<'a>, place: Place) -> Value<'a> {
        let text = self.given_text(value, place);
        let Value::Integer(length) = length else {
            return self.failed(place, "the length is no integer");
        };
        let length = usize::try_from(length).unwrap_or_default();
        match text.char_indices().nth(length) {
            Some((end, _)) => self.text(&format!("{}…", &text[..end])),
            None => value,
        }
    }

    /// Each value once, in the order of the first.
    pub(super) fn unique(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let mut values: Vec<Value<'a>> = Vec::new();
        for value in self.given_list(value, place) {
            if !values.iter().any(|known| Self::equals(*known, *value)) {
                values.push(*value);
            }
        }
        self.list(&values)
    }

    pub(super) fn is_starting_with(
        &self,
        value: Value<'a>,
        start: Value<'a>,
        place: Place,
    ) -> bool {
        let start = self.given_text(start, place);
        self.given_text(value, place).starts_with(start)
    }

    pub(super) fn is_ending_with(&self, value: Value<'a>, end: Value<'a>, place: Place) -> bool {
        let end = self.given_text(end, place);
        self.given_text(value, place).ends_with(end)
    }
}
