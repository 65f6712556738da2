//! Reads a body with a module, and shows what it says.

mod errors;
mod names;

use names::ApiError;

fn main() {
    let body = std::env::args().nth(1).unwrap_or_default();
    let error = ApiError::from_body(400, body);
    println!("{error}: {}", error.description("en").unwrap_or_default());
}
