//! What all renderers have used of one budget together.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::budget::Budget;

/// The budget for all targets of a run, and what has been used of it.
pub struct Account {
    pub budget: Budget,
    used: Mutex<Used>,
}

#[derive(Default)]
struct Used {
    /// By renderers that have ended.
    time: Duration,
    /// By renderers that are running, and by the files that have been received, in bytes.
    memory: u64,
}

impl Account {
    pub fn new(budget: Budget) -> Self {
        Self {
            budget,
            used: Mutex::default(),
        }
    }

    /// The budget for the next renderer. `None` if there is no time left.
    pub fn left(&self) -> Option<Budget> {
        let time = self.budget.time.saturating_sub(self.used().time);
        (!time.is_zero()).then_some(Budget {
            time,
            ..self.budget
        })
    }

    /// Adds the time that a renderer has taken.
    pub fn add_time(&self, time: Duration) {
        self.used().time += time;
    }

    /// Replaces a part of the memory by another. Returns whether all parts are within the budget.
    pub fn replace_memory(&self, old: u64, new: u64) -> bool {
        let mut used = self.used();
        used.memory = used.memory.saturating_sub(old).saturating_add(new);
        used.memory <= self.budget.memory
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        // Each change is complete.
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
