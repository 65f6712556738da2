//! What mistakes cost: `errgen lint` on a large catalogue with many of them, as a multiple of the time for one without.
//!
//! Both take turns, so that a change in the machine's speed meets both alike. Nothing here is asserted.

mod synthetic;

use std::fs::File;
use std::io::BufWriter;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ERRORS: usize = 157_000;
const MISTAKES: usize = 1_000;
const RUNS: usize = 7;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let catalogs = [0, MISTAKES].map(|mistakes| {
        let path = folder.path().join(format!("{mistakes}.yaml"));
        let mut file = BufWriter::new(File::create(&path).expect("a catalogue"));
        synthetic::write(&mut file, ERRORS, mistakes).expect("a catalogue");
        path
    });
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (catalog, times) in catalogs.iter().zip(&mut times) {
            let start = Instant::now();
            Command::new(env!("CARGO_BIN_EXE_errgen"))
                .args(["lint", "--catalog"])
                .arg(catalog)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .expect("errgen starts");
            times.push(start.elapsed());
        }
    }
    let [clean, wrong] = times.map(median);
    println!("{ERRORS} errors, {RUNS} runs each, medians");
    println!("| lint | milliseconds | times without mistakes |");
    println!("| --- | ---: | ---: |");
    println!("| without mistakes | {:.0} | 1.00 |", milliseconds(clean));
    let ratio = wrong.as_secs_f64() / clean.as_secs_f64();
    println!(
        "| {MISTAKES} mistakes | {:.0} | {ratio:.2} |",
        milliseconds(wrong)
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
