//! What expressions are made of.

use std::cmp::Ordering;

use super::{Part, Place, Renderer};
use crate::model::{Key, Value};

impl<'a> Renderer<'a> {
    pub(super) fn field(&self, of: Value<'a>, name: Key, place: Place) -> Value<'a> {
        match of {
            Value::Map(map) => map.at(name).unwrap_or(Value::Undefined),
            Value::Undefined => {
                let message = format!("what has the field `{}` is undefined", name.name);
                self.failed(place, message)
            }
            _ => Value::Undefined,
        }
    }

    pub(super) fn item(&self, of: Value<'a>, at: Value<'a>, place: Place) -> Value<'a> {
        match (of, at) {
            (Value::Map(map), Value::Text(name)) => map.get(name).unwrap_or(Value::Undefined),
            (Value::List(list), Value::Integer(index)) => {
                let item = index_of(index, list.len()).and_then(|index| list.get(index));
                item.copied().unwrap_or(Value::Undefined)
            }
            (Value::Text(text), Value::Integer(index)) => {
                let index = index_of(index, text.chars().count());
                let character = index.and_then(|index| text.chars().nth(index));
                character.map_or(Value::Undefined, |it| {
                    self.text(it.encode_utf8(&mut [0; 4]))
                })
            }
            _ => {
                let message = format!("a {} has no item at a {}", of.kind(), at.kind());
                self.failed(place, message)
            }
        }
    }

    pub(super) fn slice(
        &self,
        of: Value<'a>,
        start: Value<'a>,
        end: Value<'a>,
        place: Place,
    ) -> Value<'a> {
        let bound = |bound: Value, length: usize, otherwise: usize| match bound {
            Value::Integer(index) if index < 0 => {
                let back = usize::try_from(index.unsigned_abs()).unwrap_or(length);
                length.saturating_sub(back)
            }
            Value::Integer(index) => usize::try_from(index).unwrap_or(length).min(length),
            Value::Undefined | Value::Null => otherwise,
            _ => {
                self.fail(place, format!("a {} is no bound", bound.kind()));
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
            _ => self.failed(place, format!("a {} has no parts", of.kind())),
        }
    }

    /// What a loop goes through: items, characters, or the values of a map.
    pub(super) fn items(&self, of: Value<'a>, place: Place) -> &'a [Value<'a>] {
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
    pub(super) fn entries(&self, of: Value<'a>, place: Place) -> &'a [(Value<'a>, Value<'a>)] {
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

    pub(super) fn list(&self, values: &[Value<'a>]) -> Value<'a> {
        Value::List(self.arena.alloc_slice_copy(values))
    }

    pub(super) fn map(&self, keys: &'static [Key<'static>], values: &[Value<'a>]) -> Value<'a> {
        Value::of_kind(self.arena, keys, values)
    }

    /// A list of which some parts are lists.
    pub(super) fn joined_list(&self, parts: &[Part<'a>], place: Place) -> Value<'a> {
        let mut values = Vec::new();
        for part in parts {
            match part {
                Part::Item(value) => values.push(*value),
                Part::All(value) => values.extend_from_slice(self.items(*value, place)),
            }
        }
        self.list(&values)
    }

    /// One map of several; the last value of a key counts, at the place of the first.
    pub(super) fn joined_map(&self, maps: &[Value<'a>], place: Place) -> Value<'a> {
        let mut entries: Vec<(&'a str, Value<'a>)> = Vec::new();
        for map in maps {
            let Value::Map(map) = map else {
                self.fail(place, format!("a {} is no map", map.kind()));
                continue;
            };
            for (key, value) in map.entries() {
                match entries.iter_mut().find(|(known, _)| *known == key) {
                    Some(entry) => entry.1 = value,
                    None => entries.push((key, value)),
                }
            }
        }
        Value::map(self.arena, entries)
    }

    pub(super) fn concatenated(&self, values: &[Value<'a>]) -> Value<'a> {
        self.captured(|output| {
            for value in values {
                Self::write_piece(output, *value);
            }
        })
    }

    pub(super) fn equals(left: Value<'a>, right: Value<'a>) -> bool {
        match (left, right) {
            (Value::Text(left), Value::Text(right)) => left == right,
            (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
            (Value::Boolean(left), Value::Boolean(right)) => left == right,
            (Value::List(left), Value::List(right)) => {
                let mut pairs = left.iter().zip(right);
                left.len() == right.len() && pairs.all(|(left, right)| Self::equals(*left, *right))
            }
            (Value::Map(left), Value::Map(right)) => {
                let has = |(key, value)| {
                    let other = right.get(key);
                    other.is_some_and(|other| Self::equals(value, other))
                };
                left.keys.len() == right.keys.len() && left.entries().all(has)
            }
            _ => order(left, right) == Some(Ordering::Equal),
        }
    }

    pub(super) fn contains(&self, of: Value<'a>, wanted: Value<'a>, place: Place) -> bool {
        match of {
            Value::List(list) => list.iter().any(|value| Self::equals(*value, wanted)),
            Value::Text(text) => wanted.as_text().is_some_and(|wanted| text.contains(wanted)),
            Value::Map(map) => wanted.as_text().is_some_and(|key| map.get(key).is_some()),
            _ => {
                self.fail(place, format!("a {} contains nothing", of.kind()));
                false
            }
        }
    }

    pub(super) fn compares(
        &self,
        left: Value<'a>,
        right: Value<'a>,
        is_met: fn(Ordering) -> bool,
        place: Place,
    ) -> bool {
        let order = order(left, right);
        if order.is_none() {
            let message = format!("a {} cannot be compared to a {}", left.kind(), right.kind());
            self.fail(place, message);
        }
        order.is_some_and(is_met)
    }

    pub(super) fn count(number: usize) -> Value<'a> {
        i64::try_from(number).map_or(Value::Undefined, Value::Integer)
    }

    /// The integers from `start`, or 0, up to `end`, without it, each `step` after the one before, or 1.
    pub(super) fn range(
        &self,
        start: Value<'a>,
        end: Value<'a>,
        step: Value<'a>,
        place: Place,
    ) -> Value<'a> {
        let integer = |value: Value, otherwise| match value {
            Value::Integer(value) => Some(value),
            Value::Undefined => otherwise,
            _ => None,
        };
        let bounds = (integer(start, Some(0)), integer(end, None));
        let step = integer(step, Some(1)).and_then(|step| usize::try_from(step).ok());
        match (bounds, step) {
            ((Some(start), Some(end)), Some(step)) if start <= end && step > 0 => {
                let numbers: Vec<_> = (start..end).step_by(step).map(Value::Integer).collect();
                self.list(&numbers)
            }
            _ => self.failed(place, "there are no such integers"),
        }
    }

    /// Ends a template that cannot do with what it is given.
    pub(super) fn throw(&self, message: Value<'a>, place: Place) -> Value<'a> {
        self.failed(place, message.as_text().unwrap_or_default())
    }
}

/// The place in a list that an index names; a negative one counts from its end.
fn index_of(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The order of numbers and of texts.
pub(super) fn order(left: Value, right: Value) -> Option<Ordering> {
    let number = |value: Value| match value {
        Value::Integer(value) => Some(i128::from(value)),
        Value::Unsigned(value) => Some(i128::from(value)),
        _ => None,
    };
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Float(left), Value::Float(right)) => left.partial_cmp(&right),
        _ => Some(number(left)?.cmp(&number(right)?)),
    }
}
