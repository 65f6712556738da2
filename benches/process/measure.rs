//! One process: how long it runs, what it computes, and how much memory it holds at most.
//!
//! Each is started by a small process of its own, which is this program again: the kernel tells the peak of all children of
//! a process together, and counts for a child what its parent held when it was started.

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The argument with which this program starts another and says what that took.
pub const MEASURE: &str = "--measure";

/// What a run took.
#[derive(Clone, Copy)]
pub struct Sample {
    pub wall: Duration,
    /// In user and in system mode, of all its threads; nothing where this system is not asked.
    pub cpu: Option<Duration>,
    /// The largest resident set, in bytes; nothing where this system is not asked.
    pub peak: Option<u64>,
}

/// Runs a command, without its standard output.
///
/// # Errors
///
/// What its last line of standard error says, where it fails.
pub fn run(command: &[String]) -> Result<Sample, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(this)
        .arg(MEASURE)
        .args(command)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(last_line(&output.stderr));
    }
    parse(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| "no figures".to_owned())
}

/// The last line of a program's output that is not blank.
pub fn last_line(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    last.unwrap_or("it failed and said nothing")
        .trim()
        .to_owned()
}

/// What the process between does: starts the command, and prints nanoseconds, microseconds and bytes; `-` for what it
/// does not know.
pub fn report(mut command: impl Iterator<Item = String>) -> io::Result<bool> {
    let program = command.next().unwrap_or_default();
    let mut command = {
        let mut it = Command::new(program);
        it.args(command).stdout(Stdio::null());
        it
    };
    let start = Instant::now();
    let status = command.status()?;
    let wall = start.elapsed().as_nanos();
    let or_dash = |number: Option<u64>| number.map_or("-".to_owned(), |it| it.to_string());
    let (cpu, peak) = of_children();
    println!("{wall} {} {}", or_dash(cpu), or_dash(peak));
    Ok(status.success())
}

fn parse(line: &str) -> Option<Sample> {
    let mut numbers = line.split_whitespace();
    let wall = numbers.next()?.parse().ok()?;
    let mut number = || numbers.next()?.parse().ok();
    Some(Sample {
        wall: Duration::from_nanos(wall),
        cpu: number().map(Duration::from_micros),
        peak: number(),
    })
}

/// Microseconds of the processors, and the peak in bytes.
#[cfg(target_os = "linux")]
fn of_children() -> (Option<u64>, Option<u64>) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else {
        return (None, None);
    };
    let cpu = usage.user_time() + usage.system_time();
    (
        u64::try_from(cpu.num_microseconds()).ok(),
        // Linux counts in units of 1024 bytes.
        u64::try_from(usage.max_rss()).ok().map(|peak| peak * 1024),
    )
}

#[cfg(not(target_os = "linux"))]
fn of_children() -> (Option<u64>, Option<u64>) {
    (None, None)
}
