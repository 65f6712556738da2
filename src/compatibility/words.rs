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
