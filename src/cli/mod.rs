//! The command line: arguments in, an exit status out.

mod arguments;
mod check;
mod compiled;
mod explain;
mod generate;
mod manual;
mod targets;
mod watch;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Human};
use arguments::{Arguments, Command};

/// How a command ended, by its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 0: all is as it should be.
    Clean,
    /// 1: the catalogue or the output is not as it should be.
    Unfit,
    /// 2: errgen could not do its work.
    Failed,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let common = &arguments.common;
    let result = match &arguments.command {
        Command::Generate { targets } => generate::run(common, targets),
        Command::Check { targets } => check::run(common, targets),
        Command::Explain {
            words,
            locale,
            format,
        } => explain::run(common, words, locale.as_deref(), *format),
        Command::Targets => targets::run(common),
        Command::Watch { targets } => watch::run(common, targets),
        Command::Completions { shell } => Ok(manual::completions(*shell)),
        Command::Man => Ok(manual::page()),
    };
    let outcome = match say(result, common) {
        Ok(outcome) => outcome,
        // Whoever reads our output has gone: there is nobody to tell.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(_) => Outcome::Failed,
    };
    ExitCode::from(outcome as u8)
}

/// What a command says on standard output.
pub struct Report {
    pub text: String,
    pub outcome: Outcome,
}

/// What a command ends with: a report, or what is wrong.
pub type CommandResult = Result<Report, Diagnostics>;

impl Report {
    pub fn clean(text: String) -> Self {
        Self {
            text,
            outcome: Outcome::Clean,
        }
    }
}

/// Puts out what a command ends with.
fn say(result: CommandResult, common: &arguments::Common) -> io::Result<Outcome> {
    match result {
        Ok(report) if common.quiet => Ok(report.outcome),
        Ok(report) => print(&report.text).map(|()| report.outcome),
        Err(diagnostics) => report_all(diagnostics, common),
    }
}

fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

fn report_all(mut diagnostics: Vec<Diagnostic>, common: &arguments::Common) -> io::Result<Outcome> {
    diagnostic::sort(&mut diagnostics);
    let human = Human::new(common.color());
    let mut output = io::BufWriter::new(io::stderr().lock());
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            writeln!(output)?;
        }
        write!(output, "{}", human.render(diagnostic))?;
    }
    output.flush()?;
    let failed = diagnostics
        .iter()
        .any(|diagnostic| diagnostic.rule.stops_work);
    Ok(if failed {
        Outcome::Failed
    } else {
        Outcome::Unfit
    })
}
