//! What expressions are made of.

use super::renderer::{Place, Renderer};
use crate::model::{Key, Value};

/// A part of a list.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    Item(Value<'a>),
    /// All that another list has.
    All(Value<'a>),
}

/// What a component's parameter says of its values.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Any,
    Array,
    Bool,
    Float,
    Integer,
    Map,
    Number,
    String,
}

impl Kind {
    fn has(self, value: Value) -> bool {
        match self {
            Self::Any => true,
            Self::Array => matches!(value, Value::List(_)),
            Self::Bool => matches!(value, Value::Boolean(_)),
            Self::Float => matches!(value, Value::Float(_)),
            Self::Integer => matches!(value, Value::Integer(_) | Value::Wide(_)),
            Self::Map => matches!(value, Value::Map(_)),
            Self::Number => Self::Integer.has(value) || Self::Float.has(value),
            Self::String => matches!(value, Value::Text(_)),
        }
    }
}

/// The first value, unless it is undefined.
pub fn or<'a>(first: Value<'a>, second: Value<'a>) -> Value<'a> {
    match first {
        Value::Undefined => second,
        _ => first,
    }
}

pub fn count<'a>(number: usize) -> Value<'a> {
    i64::try_from(number).map_or(Value::Undefined, Value::Integer)
}

impl<'a> Renderer<'a> {
    /// What a component is given.
    pub fn argument(&self, value: Value<'a>, kind: Kind, place: Place) -> Value<'a> {
        if !kind.has(value) {
            let message = format!("a {} is given, not a {kind:?}", value.kind());
            self.fail(place, message.to_lowercase());
        }
        value
    }

    /// What a component finds around its call, or else its default.
    pub fn found(
        &self,
        value: Value<'a>,
        kind: Kind,
        default: Option<Value<'a>>,
        place: Place,
    ) -> Value<'a> {
        match (value, default) {
            (Value::Undefined, Some(default)) => default,
            (Value::Undefined, None) => self.fail_as_value(place, "an argument is missing"),
            (value, _) => self.argument(value, kind, place),
        }
    }

    pub fn field(&self, of: Value<'a>, name: Key, place: Place) -> Value<'a> {
        match of {
            Value::Map(map) => map.at(name).unwrap_or(Value::Undefined),
            Value::Undefined => {
                let message = format!("what has the field `{}` is undefined", name.name);
                self.fail_as_value(place, message)
            }
            _ => Value::Undefined,
        }
    }

    pub fn item(&self, of: Value<'a>, at: Value<'a>, place: Place) -> Value<'a> {
        let found = match (of, at) {
            (Value::Map(map), Value::Text(name)) => map.get(name),
            // A list is never so long, nor has a map other keys than texts.
            (Value::List(_) | Value::Text(_) | Value::Map(_), Value::Wide(_))
            | (Value::Map(_), Value::Integer(_) | Value::Boolean(_)) => None,
            (Value::List(list), Value::Integer(index)) => {
                let index = index_of(index, list.len());
                index.and_then(|index| list.get(index)).copied()
            }
            (Value::Text(text), Value::Integer(index)) => {
                let index = index_of(index, text.chars().count());
                let character = index.and_then(|index| text.chars().nth(index));
                character.map(|it| self.text(it.encode_utf8(&mut [0; 4])))
            }
            (Value::Undefined | Value::List(_) | Value::Text(_) | Value::Map(_), _)
            | (_, Value::Undefined) => {
                let message = format!("a {} has no item at a {}", of.kind(), at.kind());
                Some(self.fail_as_value(place, message))
            }
            _ => None,
        };
        found.unwrap_or(Value::Undefined)
    }

    pub fn slice(
        &self,
        of: Value<'a>,
        start: Option<Value<'a>>,
        end: Option<Value<'a>>,
        place: Place,
    ) -> Value<'a> {
        let bound = |bound: Option<Value>, length: usize, otherwise: usize| match bound {
            Some(Value::Integer(index)) => match usize::try_from(index) {
                Ok(index) => index.min(length),
                Err(_) => index_of(index, length).unwrap_or(0),
            },
            Some(Value::Wide(index)) => {
                if *index < 0 {
                    0
                } else {
                    length
                }
            }
            Some(Value::Null) | None => otherwise,
            Some(bound) => {
                self.fail(place, format!("a {} is not a bound", bound.kind()));
                otherwise
            }
        };
        match of {
            Value::List(list) => {
                let start = bound(start, list.len(), 0);
                let end = bound(end, list.len(), list.len());
                Value::List(list.get(start..end).unwrap_or_default())
            }
            Value::Text(text) => {
                let length = text.chars().count();
                let start = bound(start, length, 0);
                let end = bound(end, length, length);
                let offset = |index| {
                    let mut offsets = text.char_indices().map(|(offset, _)| offset);
                    offsets.nth(index).unwrap_or(text.len())
                };
                Value::Text(text.get(offset(start)..offset(end)).unwrap_or_default())
            }
            _ => self.fail_as_value(place, format!("a {} has no parts", of.kind())),
        }
    }

    /// What a loop goes through: items, characters, or the values of a map.
    pub fn items(&self, of: Value<'a>, place: Place) -> &'a [Value<'a>] {
        match of {
            Value::List(list) => list,
            Value::Map(map) => map.values,
            Value::Text(text) => {
                let characters: Vec<_> = text.char_indices().collect();
                let slice = |(at, character): &(usize, char)| {
                    Value::Text(&text[*at..*at + character.len_utf8()])
                };
                let arena = self.arena;
                arena.alloc_slice_fill_iter(characters.iter().map(slice))
            }
            _ => {
                self.fail(place, format!("a {} has no items", of.kind()));
                &[]
            }
        }
    }

    /// Keys and values of a map.
    pub fn entries(&self, of: Value<'a>, place: Place) -> &'a [(Value<'a>, Value<'a>)] {
        let Value::Map(map) = of else {
            self.fail(place, format!("a {} has no keys", of.kind()));
            return &[];
        };
        let entries: Vec<_> = map
            .entries()
            .map(|(key, value)| (Value::Text(key), value))
            .collect();
        self.arena.alloc_slice_copy(&entries)
    }

    pub fn list(&self, values: &[Value<'a>]) -> Value<'a> {
        Value::List(self.arena.alloc_slice_copy(values))
    }

    pub fn map(&self, keys: &'static [Key<'static>], values: &[Value<'a>]) -> Value<'a> {
        Value::of_kind(self.arena, keys, values)
    }

    /// A list of which some parts are lists.
    pub fn join_lists(&self, parts: &[Part<'a>], place: Place) -> Value<'a> {
        let mut values = Vec::new();
        for part in parts {
            match part {
                Part::Item(value) => values.push(*value),
                Part::All(value) => values.extend_from_slice(self.given_list(*value, place)),
            }
        }
        self.list(&values)
    }

    /// One map of several. Tera begins with the last, whose values count.
    pub fn join_maps(&self, maps: &[Value<'a>], place: Place) -> Value<'a> {
        let mut entries: Vec<(&'a str, Value<'a>)> = Vec::new();
        for map in maps.iter().rev() {
            let Value::Map(map) = map else {
                self.fail(place, format!("a {} is not a map", map.kind()));
                continue;
            };
            for (key, value) in map.entries() {
                if !entries.iter().any(|(known, _)| *known == key) {
                    entries.push((key, value));
                }
            }
        }
        Value::map(self.arena, entries)
    }

    /// The integers from `start`, or 0, up to `end`, without it, each `step` after the one before, or 1.
    pub fn range(
        &self,
        start: Option<Value<'a>>,
        end: Value<'a>,
        step: Option<Value<'a>>,
        place: Place,
    ) -> Value<'a> {
        let numbers = self.numbers(start, end, step, place);
        numbers.unwrap_or_else(|| self.fail_as_value(place, "not an integer range"))
    }

    fn numbers(
        &self,
        start: Option<Value<'a>>,
        end: Value<'a>,
        step: Option<Value<'a>>,
        place: Place,
    ) -> Option<Value<'a>> {
        /// The most that Tera makes.
        const MOST: i128 = 100_000;
        let integer = |value, otherwise| match value {
            Some(value) => self.given_integer(value, place),
            None => Some(otherwise),
        };
        let (start, step) = (integer(start, 0)?, integer(step, 1)?);
        let end = self.given_integer(end, place)?;
        // Away from the end, it goes down to nothing, but not up.
        if step == 0 || (start > end && step > 0) {
            return None;
        }
        let span = match step {
            1.. => end.checked_sub(start)?,
            _ if start <= end => 0,
            _ => start.checked_sub(end)?,
        };
        let length = match span {
            0 => 0,
            _ => span.checked_add(step.checked_abs()? - 1)? / step.abs(),
        };
        if length > MOST {
            return None;
        }
        let number = |index| Value::integer(self.arena, start + index * step);
        let numbers: Vec<_> = (0..length).map(number).collect();
        Some(self.list(&numbers))
    }

    /// Ends a template that cannot do with what it is given.
    pub fn throw(&self, message: Value<'a>, place: Place) -> Value<'a> {
        self.fail_as_value(place, message.as_text().unwrap_or_default())
    }
}

/// The place in a list that an index names; a negative one counts from its end.
fn index_of(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}
