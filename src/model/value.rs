//! Values for templates. A map or a list is shared by all who hold it: to stand in several places costs nothing.

use std::sync::LazyLock;

use tera::{Map, Value};

/// The keys of a map, for all maps that have them: they are hashed once, not for each map.
pub struct Shape(Map);

impl Shape {
    /// A shape with these keys, in this order.
    pub fn new(keys: impl IntoIterator<Item = &'static str>) -> Self {
        Self(
            keys.into_iter()
                .map(|key| (key.into(), Value::none()))
                .collect(),
        )
    }

    /// A shape with keys that are not known beforehand, such as those of locales.
    pub fn of_names<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let keys = keys
            .into_iter()
            .map(|key| (key.to_owned().into(), Value::none()));
        Self(keys.collect())
    }

    /// A map of this shape; `values` come in the order of the keys.
    pub fn map(&self, values: impl IntoIterator<Item = Value>) -> Value {
        let mut map = self.0.clone();
        for (place, value) in map.values_mut().zip(values) {
            *place = value;
        }
        Value::from(map)
    }
}

/// A map with these fields, in this order.
macro_rules! map {
    ([$(($name:literal, $value:expr $(,)?)),* $(,)?]) => {{
        static SHAPE: std::sync::LazyLock<$crate::model::value::Shape> =
            std::sync::LazyLock::new(|| $crate::model::value::Shape::new([$($name),*]));
        SHAPE.map([$($value),*])
    }};
}
pub(super) use map;

/// A map with further fields.
pub fn with<const N: usize>(map: &Value, fields: [(&'static str, Value); N]) -> Value {
    let mut map = map.as_map().cloned().unwrap_or_default();
    map.extend(fields.map(|(name, value)| (name.into(), value)));
    Value::from(map)
}

pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    static EMPTY: LazyLock<Value> = LazyLock::new(|| Value::from(Vec::<Value>::new()));
    let values: Vec<_> = values.into_iter().collect();
    if values.is_empty() {
        return EMPTY.clone();
    }
    Value::from(values)
}

/// Null where there is nothing.
pub fn optional<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or_else(Value::none, Into::into)
}

/// Free data.
pub fn data(value: &serde_json::Value) -> Value {
    Value::from_serializable(value)
}
