//! Renders third-party templates in a process of their own, within limits of time and memory.
//!
//! A thread cannot be stopped, and a stack overflow takes its whole process down. So the process that plans and writes
//! (`renderer`) starts another errgen (`budget`) for each target that is not in the binary, hands it the catalogue, and
//! receives files or diagnostics (`message`). All of them together have one budget (`account`). Whatever happens to that process, the first one carries on and reports it.

mod account;
mod budget;
mod message;
mod renderer;

pub use account::Account;
pub use budget::Budget;
pub use message::{Message, Received, Sent, Work, receive_catalog, wait_for_parent};
pub use renderer::render;
