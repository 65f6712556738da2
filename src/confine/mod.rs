//! Confine: others' templates are rendered in a process of their own, errgen again, with a budget of time and memory.
//!
//! A thread cannot be stopped, and a stack that has run over takes its whole process with it. So the process that plans and
//! writes (`renderer`) starts another (`budget`) for each target that is not in the binary, hands it the catalogue, and takes
//! back files or what is wrong (`message`). Whatever becomes of that process, the first one goes on and says so.

mod budget;
mod message;
mod renderer;

pub use budget::Budget;
pub use message::{Message, Work, receive_catalog, wait_for_parent};
pub use renderer::rendered;
