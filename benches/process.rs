//! What a run of errgen costs as a whole process, as multiples of a process that does nothing.
//!
//! The runs of all rows take turns, so that a change in the machine's speed meets all of them alike; what counts are the
//! ratios of one run, by their medians. Nothing here is asserted.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs of each row that count, after some that warm the caches.
const RUNS: usize = 101;
const WARM_UP: usize = 5;

/// The argument with which this program is the process that does nothing.
const NOTHING: &str = "--do-nothing";

/// What is measured.
struct Row {
    name: &'static str,
    command: Command,
    /// A folder to remove before each run, outside the time.
    reset: Option<&'static str>,
    times: Vec<Duration>,
}

fn main() {
    if std::env::args().any(|argument| argument == NOTHING) {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::env::set_current_dir(folder.path()).expect("the temporary folder");
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog.yaml");
    std::fs::copy(catalog, "catalog.yaml").expect("the real catalogue");
    let errgen = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errgen"));
        command.args(words);
        command
    };
    let mut nothing = Command::new(std::env::current_exe().expect("this program"));
    nothing.arg(NOTHING);
    let row = |name, command, reset| Row {
        name,
        command,
        reset,
        times: Vec::new(),
    };
    let mut rows = [
        row("a process that does nothing", nothing, None),
        row(
            "generate, all targets, from nothing",
            errgen(&["generate", "--out", "new"]),
            Some("new"),
        ),
        row(
            "generate, all targets, no change",
            errgen(&["generate", "--out", "same"]),
            None,
        ),
        row(
            "check, all targets, no change",
            errgen(&["check", "--out", "same"]),
            None,
        ),
        row("explain one error", errgen(&["explain", "4109"]), None),
    ];
    errgen(&["generate", "--out", "same"])
        .stdout(Stdio::null())
        .status()
        .expect("errgen starts");
    for run in 0..WARM_UP + RUNS {
        for row in &mut rows {
            let time = measure(row);
            if run >= WARM_UP {
                row.times.push(time);
            }
        }
    }
    report(&mut rows);
}

fn measure(row: &mut Row) -> Duration {
    if let Some(folder) = row.reset {
        let _ = std::fs::remove_dir_all(folder);
    }
    let start = Instant::now();
    let status = row
        .command
        .stdout(Stdio::null())
        .status()
        .expect("the command starts");
    let time = start.elapsed();
    assert!(status.success(), "{}", row.name);
    time
}

fn report(rows: &mut [Row]) {
    println!("real catalogue, {RUNS} runs each, medians");
    println!("| what | milliseconds | times nothing |");
    println!("| --- | ---: | ---: |");
    let mut nothing = None;
    for row in rows {
        row.times.sort();
        let median = row.times[row.times.len() / 2].as_secs_f64() * 1000.0;
        let base = *nothing.get_or_insert(median);
        println!("| {} | {median:.2} | {:.2} |", row.name, median / base);
    }
}
