//! How far a long reading has come, for somebody who waits at a terminal.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::terminal::{show_progress, visible};

/// What is not said before, and how often it is said.
const FIRST: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(100);

/// How often the clock is looked at, in bytes.
const STEP: u64 = 1 << 18;

/// Tells how much of an input was read.
pub struct Progress {
    is_wanted: bool,
    name: String,
    /// In bytes; unknown of a pipe.
    length: Option<u64>,
    read: Cell<u64>,
    looked: Cell<u64>,
    next: Cell<Instant>,
    is_shown: Cell<bool>,
}

impl Progress {
    /// `is_wanted` is whether anything is shown.
    pub fn new(name: &str, length: Option<u64>, is_wanted: bool) -> Self {
        Self {
            is_wanted,
            name: visible(name).into_owned(),
            length: length.filter(|length| *length > 0),
            read: Cell::new(0),
            looked: Cell::new(0),
            next: Cell::new(Instant::now() + FIRST),
            is_shown: Cell::new(false),
        }
    }

    /// So many more bytes were read.
    pub fn advance(&self, bytes: usize) {
        let read = self.read.get() + bytes as u64;
        self.read.set(read);
        if !self.is_wanted || read - self.looked.get() < STEP {
            return;
        }
        self.looked.set(read);
        let now = Instant::now();
        if now < self.next.get() {
            return;
        }
        self.next.set(now + PAUSE);
        let megabytes = read >> 20;
        let line = match self.length {
            Some(length) => {
                let percent = (read * 100 / length).min(100);
                let done = usize::try_from(percent / 5).unwrap_or_default();
                let bar = format!("{}{}", "#".repeat(done), ".".repeat(20 - done));
                format!("{} [{bar}] {percent} %, {megabytes} MiB", self.name)
            }
            None => format!("{}: {megabytes} MiB", self.name),
        };
        self.is_shown.set(show_progress(&line));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown.get() {
            show_progress("");
        }
    }
}
