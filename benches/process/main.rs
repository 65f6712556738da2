//! What a run of errgen costs as a whole process: time, computing and memory, up to 1,000,000 entries, beside what does
//! nothing, what only copies, what only checks and writes, and what a team would write instead. The tables go to
//! `docs/performance.md`; with `--quick` only the real catalogue is measured, with `--audit` only an audit, and nothing is written.
//!
//! The runs of all rows of a table take turns, so that a change in the machine's speed meets all of them alike; what counts
//! are the ratios of one run, by their medians. Nothing here is asserted; the goals are printed as reached or missed.

mod audit;
mod change;
mod compared;
mod figure;
mod files;
mod goal;
mod machine;
mod measure;
mod page;
mod programs;
mod real;
mod released;
mod row;
mod scale;
mod script;
mod split;
#[path = "../synthetic/mod.rs"]
mod synthetic;

use std::process::ExitCode;

use programs::Programs;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some(programs::NOTHING) => ExitCode::SUCCESS,
        Some(measure::MEASURE) => match measure::report(arguments) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        Some("--audit") => audit_alone(),
        first => {
            let is_quick = first == Some("--quick") || arguments.any(|word| word == "--quick");
            bench(is_quick)
        }
    }
}

fn audit_alone() -> ExitCode {
    machine::warn_if_busy();
    let folder = tempfile::tempdir().expect("a temporary folder");
    match audit::measure(folder.path()) {
        Ok(section) => {
            println!("{}", page::figures(&[section]));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("an audit: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(is_quick: bool) -> ExitCode {
    machine::warn_if_busy();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let programs = Programs::find();
    let mut sections = vec![real::measure(&programs, folder.path())];
    if !is_quick {
        sections.extend(scale::measure(&programs, folder.path()));
        match split::measure(folder.path()) {
            Ok(section) => sections.push(section),
            Err(error) => eprintln!("in several files: {error}"),
        }
        match released::measure(folder.path()) {
            Ok(section) => sections.push(section),
            Err(error) => eprintln!("with a ledger: {error}"),
        }
        match compared::measure(folder.path()) {
            Ok(section) => sections.push(section),
            Err(error) => eprintln!("what has changed: {error}"),
        }
        match audit::measure(folder.path()) {
            Ok(section) => sections.push(section),
            Err(error) => eprintln!("an audit: {error}"),
        }
    }
    sections.push(script::measure(&programs, folder.path(), is_quick));
    let figures = page::figures(&sections);
    println!("{figures}");
    if is_quick {
        return ExitCode::SUCCESS;
    }
    match page::write(&figures) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("docs/performance.md: {error}");
            ExitCode::FAILURE
        }
    }
}
