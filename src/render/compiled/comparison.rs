//! Compares as Tera does: by its own values, where it is not plain.

use std::cmp::Ordering;

use super::renderer::{Place, Renderer};
use crate::model::Value;
use crate::render::tera_values::tera_value;

pub fn equals(left: Value, right: Value) -> bool {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Integer(left), Value::Integer(right)) => left == right,
        (Value::Boolean(left), Value::Boolean(right)) => left == right,
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (
            Value::Integer(_) | Value::Wide(_) | Value::Float(_),
            Value::Integer(_) | Value::Wide(_) | Value::Float(_),
        )
        | (Value::List(_), Value::List(_))
        | (Value::Map(_), Value::Map(_)) => tera_value(left) == tera_value(right),
        _ => false,
    }
}

impl<'a> Renderer<'a> {
    /// Whether two values are in an order.
    pub fn compares(
        &self,
        left: Value<'a>,
        right: Value<'a>,
        is_met: fn(Ordering) -> bool,
        place: Place,
    ) -> bool {
        let order = match (left, right) {
            (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(&right)),
            (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
            _ => tera_value(left).partial_cmp(&tera_value(right)),
        };
        if order.is_none() {
            let message = format!("a {} cannot be compared to a {}", left.kind(), right.kind());
            self.fail(place, message);
        }
        order.is_some_and(is_met)
    }

    /// Whether one value is `in` another.
    pub fn contains(&self, of: Value<'a>, wanted: Value<'a>, place: Place) -> bool {
        match of {
            Value::List(list) => list.iter().any(|value| equals(*value, wanted)),
            Value::Text(text) => wanted.as_text().is_some_and(|wanted| text.contains(wanted)),
            Value::Map(map) => wanted.as_text().is_some_and(|key| map.get(key).is_some()),
            _ => {
                self.fail(place, format!("a {} contains nothing", of.kind()));
                false
            }
        }
    }

    /// The same as a test, for which only texts can be in a text.
    pub fn is_containing(&self, of: Value<'a>, wanted: Value<'a>, place: Place) -> bool {
        if let Value::Text(_) = of {
            self.given_text(wanted, place);
        }
        self.contains(of, wanted, place)
    }

    pub fn is_starting_with(&self, of: Value<'a>, start: Value<'a>, place: Place) -> bool {
        let start = self.given_text(start, place);
        self.given_text(of, place).starts_with(start)
    }

    pub fn is_ending_with(&self, of: Value<'a>, end: Value<'a>, place: Place) -> bool {
        let end = self.given_text(end, place);
        self.given_text(of, place).ends_with(end)
    }

    /// Each value once, in the order of the first.
    pub fn unique(&self, value: Value<'a>, place: Place) -> Value<'a> {
        let mut values: Vec<Value<'a>> = Vec::new();
        for value in self.given_list(value, place) {
            if !values.iter().any(|known| equals(*known, *value)) {
                values.push(*value);
            }
        }
        self.list(&values)
    }

    /// Values in the order of what stands at a path of fields. Nulls have no order, and come last.
    pub fn sort(&self, value: Value<'a>, path: &str, place: Place) -> Value<'a> {
        let mut values = Vec::new();
        for value in self.given_list(value, place) {
            let key = match value {
                Value::Null => Some(Value::Null),
                _ => value.at_path(path),
            };
            match key {
                Some(key) => values.push((tera_value(key), *value)),
                None => self.fail(place, format!("a {} has no `{path}`", value.kind())),
            }
        }
        values.sort_by(|(left, _), (right, _)| left.cmp(right));
        let mut pairs = values.iter().zip(values.iter().skip(1));
        let is_ordered = pairs.all(|((left, _), (right, _))| {
            left.is_none() || right.is_none() || left.partial_cmp(right).is_some()
        });
        if !is_ordered {
            self.fail(place, format!("what stands at `{path}` has no order"));
        }
        let values: Vec<_> = values.into_iter().map(|(_, value)| value).collect();
        self.list(&values)
    }
}
