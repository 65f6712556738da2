//! Values as messages have them.

use serde_json::Value;

/// A value as people write it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

/// The texts of a list.
pub fn texts_of(list: &Value) -> Vec<&str> {
    let values = list.as_array().map_or(&[][..], Vec::as_slice);
    values.iter().filter_map(Value::as_str).collect()
}

/// How something has come, gone or changed, as the variant of a change.
pub fn movement(was: &Value, is: &Value) -> &'static str {
    if was.is_null() {
        "added"
    } else if is.is_null() {
        "removed"
    } else {
        "moved"
    }
}

/// The name of a type, as a message has it.
pub fn typed(name: &Value) -> String {
    let name = name.as_str().unwrap_or_default();
    let article = if name.starts_with(['i', 'e']) {
        "an"
    } else {
        "a"
    };
    format!("{article} `{name}`")
}
