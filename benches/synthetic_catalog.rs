//! Writes a catalogue of as many errors as asked for, with texts like real ones in two languages, to standard output:
//! `cargo run --release --example synthetic_catalog -- 5000 >catalog.yaml`.

mod synthetic;

use std::io::{self, BufWriter};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse().ok());
    let (Some(Some(errors)), mistakes) = (numbers.next(), numbers.next().unwrap_or(Some(0))) else {
        eprintln!("usage: synthetic_catalog ERRORS [MISTAKES]");
        return ExitCode::from(2);
    };
    let mut output = BufWriter::new(io::stdout().lock());
    match synthetic::write(&mut output, errors, mistakes.unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("synthetic_catalog: {error}");
            ExitCode::FAILURE
        }
    }
}
