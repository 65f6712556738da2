//! Reads a body with the JSON reader alone.

use serde_json::Value;

fn main() {
    let body = std::env::args().nth(1).unwrap_or_default();
    let json: Value = serde_json::from_str(&body).unwrap_or_default();
    let message = json.pointer("/message").and_then(Value::as_str);
    println!("{}", message.unwrap_or_default());
}
