//! What people write in texts beside words: links, and placeholders of other systems.

mod links;
mod placeholders;

pub use links::links;
pub use placeholders::{Foreign, fix, in_single_braces, placeholders};
