//! Values for templates. A map or a list is shared by all who hold it: to stand in several places costs nothing.

use tera::{Map, Value};

/// A map with these fields, in this order.
pub fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity(N);
    map.extend(fields.map(|(name, value)| (name.into(), value)));
    Value::from(map)
}

/// A map by names that are not known beforehand, such as those of locales.
pub fn named<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned().into(), value));
    Value::from(fields.collect::<Map>())
}

/// A map with further fields.
pub fn with<const N: usize>(map: &Value, fields: [(&'static str, Value); N]) -> Value {
    let mut map = map.as_map().cloned().unwrap_or_default();
    map.extend(fields.map(|(name, value)| (name.into(), value)));
    Value::from(map)
}

pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<_>>())
}

/// Null where there is nothing.
pub fn optional<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or_else(Value::none, Into::into)
}

/// Free data.
pub fn data(value: &serde_json::Value) -> Value {
    Value::from_serializable(value)
}
