//! Draws values at random, always the same from one seed.

#![allow(dead_code, reason = "each program uses its own part")]

use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

pub struct Draw {
    runner: TestRunner,
}

impl Draw {
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Self {
            runner: TestRunner::new_with_rng(Config::default(), random),
        }
    }

    pub fn of<T: std::fmt::Debug>(&mut self, strategy: &impl Strategy<Value = T>) -> T {
        let tree = strategy.new_tree(&mut self.runner);
        tree.expect("strategies give values").current()
    }

    pub fn pick<T: Clone + std::fmt::Debug + 'static>(&mut self, values: &'static [T]) -> T {
        self.of(&select(values))
    }

    /// Whether something happens that does so once in so many times.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.of(&(0..times)) == 0
    }
}
