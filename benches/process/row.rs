//! What is measured, in turns.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::files;
use crate::measure::{Sample, run};
use crate::programs::Program;

/// One line of a table.
pub struct Row {
    pub name: &'static str,
    /// All of them in a run, each with a sample of its own: what changes something and changes it back is two.
    commands: Vec<Vec<String>>,
    /// A folder to remove before each run, outside the time.
    reset: Option<PathBuf>,
    /// How many runs count.
    runs: usize,
    samples: Vec<Sample>,
    /// Why there are no figures.
    pub failure: Option<String>,
}

impl Row {
    pub fn new(name: &'static str, command: Vec<String>, runs: usize) -> Self {
        Self::in_turn(name, vec![command], runs)
    }

    pub fn in_turn(name: &'static str, commands: Vec<Vec<String>>, runs: usize) -> Self {
        Self {
            name,
            commands,
            reset: None,
            runs,
            samples: Vec::new(),
            failure: None,
        }
    }

    /// A row without figures, and why.
    pub fn absent(name: &'static str, why: String) -> Self {
        let mut row = Self::new(name, Vec::new(), 0);
        row.fail(why);
        row
    }

    pub fn emptying(mut self, folder: impl Into<PathBuf>) -> Self {
        self.reset = Some(folder.into());
        self
    }

    /// Takes the figures back: what does not do the work is not compared.
    pub fn fail(&mut self, why: String) {
        eprintln!("{}: {why}", self.name);
        self.samples.clear();
        self.failure = Some(why);
    }

    pub fn wall(&self) -> Option<f64> {
        self.median(|sample| Some(sample.wall.as_secs_f64()))
    }

    pub fn cpu(&self) -> Option<f64> {
        self.median(|sample| sample.cpu.as_ref().map(Duration::as_secs_f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "for a table")]
    pub fn peak(&self) -> Option<f64> {
        self.median(|sample| sample.peak.map(|bytes| bytes as f64))
    }

    pub fn counted(&self) -> usize {
        self.samples.len()
    }

    fn median(&self, figure: impl Fn(&Sample) -> Option<f64>) -> Option<f64> {
        let mut figures: Vec<f64> = self.samples.iter().filter_map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    }

    fn run_once(&mut self) -> Vec<Sample> {
        if let Some(folder) = &self.reset {
            files::remove(folder);
        }
        let samples: Result<_, _> = self.commands.iter().map(|command| run(command)).collect();
        samples.unwrap_or_else(|why| {
            self.fail(format!("error: {why}"));
            Vec::new()
        })
    }
}

/// A row of a program other than errgen that writes to a folder from nothing, or the reason why there is none.
pub fn compared(name: &'static str, command: Program, out: &Path, runs: usize) -> Row {
    match command {
        Ok(command) => Row::new(name, command, runs).emptying(out),
        Err(why) => Row::absent(name, why),
    }
}

/// Takes a row's figures back where the program has not written what errgen has.
pub fn refuse_unequal(rows: &mut [Row], name: &str, errgen: &Path, other: &Path) {
    let row = rows.iter_mut().find(|row| row.name == name);
    if let Some(row) = row.filter(|row| row.failure.is_none())
        && let Err(why) = files::equal(errgen, other)
    {
        row.fail(why);
    }
}

/// Runs all rows in turns, some rounds first to warm the caches; a row of fewer runs has them evenly among the others'.
/// After this much time no new round begins: a busy or a slow machine gives medians of fewer runs, and of each row one.
pub fn take_turns(rows: &mut [Row], warm_up: usize, budget: Duration) {
    let start = Instant::now();
    let rounds = rows.iter().map(|row| row.runs).max().unwrap_or_default();
    for _ in 0..warm_up {
        for row in rows.iter_mut().filter(|row| row.failure.is_none()) {
            row.run_once();
        }
    }
    for round in 0..rounds {
        if round > 0 && start.elapsed() > budget {
            break;
        }
        for row in rows.iter_mut().filter(|row| row.failure.is_none()) {
            let turns = |round: usize| (round * row.runs).div_ceil(rounds);
            if turns(round) != turns(round + 1) {
                let samples = row.run_once();
                row.samples.extend(samples);
            }
        }
    }
}

/// How many times another figure one is.
pub fn ratio(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    Some(one? / other?)
}
