//! The machine that the figures are of, without its name.

use std::fs;
use std::process::Command;

use crate::programs::repository;

/// The processor, its cores, the memory, the system, and errgen's version.
pub fn describe() -> String {
    let processor = field("/proc/cpuinfo", "model name");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = memory("MemTotal").map(|bytes| format!("{:.0} GB of memory", bytes / 1e9));
    let system = field("/etc/os-release", "PRETTY_NAME").map(|it| it.trim_matches('"').to_owned());
    let parts = [
        Some(processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned())),
        Some(format!("{cores} cores")),
        memory,
        system,
        Some(kernel()),
        Some(format!("errgen {} {}", env!("CARGO_PKG_VERSION"), commit())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Bytes that `/proc/meminfo` says, where there is one.
pub fn memory(name: &str) -> Option<f64> {
    let text = field("/proc/meminfo", name)?;
    let kilobytes: f64 = text.strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

/// Ratios hold where all rows meet the same machine; absolute times only where nothing else runs.
pub fn warn_if_busy() {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let last_minute = load.split(' ').next().and_then(|it| it.parse::<f64>().ok());
    if let Some(load) = last_minute.filter(|load| *load > 0.5) {
        eprintln!(
            "this machine is busy (load {load}): times will be too long, and ratios less certain"
        );
    }
}

/// What stands behind `name:` or `name=` in a file of such lines.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines = text.lines().filter_map(|line| line.split_once([':', '=']));
    let (_, value) = lines.find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}

/// The kernel's name and the first two numbers of its version.
fn kernel() -> String {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let version: Vec<_> = release.trim().splitn(3, '.').take(2).collect();
    format!("{} {}", std::env::consts::OS, version.join("."))
        .trim()
        .to_owned()
}

/// The commit that was measured, and whether its sources had been changed.
fn commit() -> String {
    let git = |words: &[&str]| {
        let output = Command::new("git")
            .current_dir(repository())
            .args(words)
            .output();
        let output = output.ok().filter(|it| it.status.success());
        output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return "of no commit".to_owned();
    };
    let sources = [
        "status",
        "--porcelain",
        "--",
        "src",
        "templates",
        "benches",
        "Cargo.lock",
        "Cargo.toml",
    ];
    match git(&sources) {
        Some(changes) if changes.is_empty() => format!("at {commit}"),
        _ => format!("at {commit} with changes"),
    }
}
