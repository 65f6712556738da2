//! Decides what a terminal or a log may be shown, and is the only module that writes to one.
//!
//! A leaf: every stage may import it, and it imports none of them. What comes from a catalogue, a path or an argument is data,
//! so it must not move the cursor, reorder a line, end one, or be taken for a command by a CI system that reads the log.

mod escape;
mod invisible;
mod stream;

pub use escape::{visible, visible_json, visible_lines, visible_path, visible_source};
pub use invisible::{is_hidden, is_invisible, is_unsafe, may_begin_hidden};
pub use stream::{Content, Stream, print, report_panics, show_progress};
