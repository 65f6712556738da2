//! What rendering a target may take, and the watch over it.

use std::process;
use std::thread;
use std::time::{Duration, Instant};

use memory_stats::memory_stats;

use super::message::{Message, Spent};

/// How often the watch looks. Memory cannot grow by much more than 50 MB in this time.
const INTERVAL: Duration = Duration::from_millis(5);

/// What rendering one target may take.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// From when its templates are parsed.
    pub time: Duration,
    /// In bytes: beyond what the catalogue and the model take.
    pub memory: u64,
}

impl Budget {
    /// Watches this process from now on, and ends it, with a message of what has been spent, where that is more than may be.
    pub fn watch(self) {
        let start = Instant::now();
        let before = resident();
        thread::spawn(move || {
            loop {
                thread::sleep(INTERVAL);
                let memory = resident().saturating_sub(before);
                let spent = if memory > self.memory {
                    Spent::Memory
                } else if start.elapsed() > self.time {
                    Spent::Time
                } else {
                    continue;
                };
                // Where nobody listens any more, the end is what is left.
                let _ = Message::Spent(spent).send();
                process::exit(0);
            }
        });
    }
}

/// The bytes that this process has in memory; none where the system does not tell.
fn resident() -> u64 {
    memory_stats().map_or(0, |stats| stats.physical_mem as u64)
}
