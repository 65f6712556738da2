//! Compares a catalogue with what it was, and says what each change breaks.

mod assess;
mod change;
mod comment;
mod compare;
mod comparison;
mod errors;
mod heads;
mod history;
mod judge;
mod messages;
mod names;
mod pair;
mod places;
mod report;
mod responses;
mod step;
mod summary;
mod verdict;
mod wire;
mod words;

pub use assess::{Former, assess};
pub use change::{Change, Part, Subject};
pub use comment::comment;
pub use history::{History, News, Release};
pub use places::Places;
pub use report::{OldPlace, Sources, diagnostic};
pub use step::{Step, raised};
pub use summary::Summary;
pub use verdict::Verdict;
