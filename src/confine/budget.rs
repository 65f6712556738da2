//! The budget for rendering a target, and a thread that enforces it.

use std::process;
use std::thread;
use std::time::{Duration, Instant};

use memory_stats::memory_stats;

use super::message::{Message, Spent};

/// How often the budget is checked. Memory cannot grow by much more than 50 MB in this time.
const INTERVAL: Duration = Duration::from_millis(5);

/// A process tells how much memory it uses whenever that has changed by this much, in bytes.
const STEP: u64 = 4 << 20;

/// Limits for rendering.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Counted from when the templates of a target are parsed.
    pub time: Duration,
    /// In bytes, on top of the catalogue and the model.
    pub memory: u64,
}

impl Budget {
    /// Watches this process from now on, and sends messages about the memory that it uses. If it exceeds the budget, sends a
    /// message that says so, and ends the process.
    pub fn watch(self) {
        let start = Instant::now();
        let before = resident();
        // If nobody listens any more, this process is about to end.
        let _ = Message::Started.send();
        thread::spawn(move || {
            let mut told: u64 = 0;
            loop {
                thread::sleep(INTERVAL);
                let memory = resident().saturating_sub(before);
                let spent = if memory > self.memory {
                    Spent::Memory
                } else if start.elapsed() > self.time {
                    Spent::Time
                } else {
                    if memory.abs_diff(told) >= STEP {
                        told = memory;
                        let _ = Message::Uses(memory).send();
                    }
                    continue;
                };
                // If nobody listens any more, all that is left is to end.
                let _ = Message::Spent(spent).send();
                process::exit(0);
            }
        });
    }
}

/// The resident memory of this process, in bytes. 0 if the system does not tell.
fn resident() -> u64 {
    memory_stats().map_or(0, |stats| stats.physical_mem as u64)
}
