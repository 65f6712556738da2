//! Holds what servers really send, what an API's document promises and what sources name against a catalogue.

mod api;
mod base64;
mod document;
mod findings;
mod har;
mod input;
mod lines;
mod progress;
mod record;
mod report;
mod sources;
mod suggest;
mod time;

pub use findings::Auditor;
pub use input::{Inputs, read_file, read_standard_input};
pub use record::Pointers;
pub use report::finish;
pub use time::seconds_of;
