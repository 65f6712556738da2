//! Compares a catalogue with what it was, and says what each change breaks.

mod assess;
mod change;
mod compare;
mod errors;
mod heads;
mod history;
mod markdown;
mod messages;
mod names;
mod places;
mod report;
mod step;
mod summary;
mod verdict;
mod wire;

pub use assess::{Former, assess, assess_former};
pub use change::{Change, Part, Subject};
pub use compare::compare;
pub use history::{History, News, Release};
pub use markdown::markdown;
pub use places::Places;
pub use report::{Sources, diagnostic};
pub use step::{Step, raised};
pub use summary::Summary;
pub use verdict::{Judge, Verdict, levels};
