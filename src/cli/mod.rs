//! The command line: arguments in, an exit status out.

mod arguments;
mod check;
mod compiled;
mod explain;
mod generate;
mod lint;
mod output;
mod rule;
mod schema;
mod targets;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::{self, Diagnostics, Severity};
use arguments::{Arguments, Command, ReportFormat};

/// How a command ended, by its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
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
    let (result, format) = match &arguments.command {
        Command::Generate { targets, report } => (generate::run(common, targets), report.format),
        Command::Check { targets, report } => (check::run(common, targets), report.format),
        Command::Lint {
            fix,
            diff,
            deny_warnings,
            report,
        } => {
            let mode = lint::Mode::new(*fix, *diff);
            (lint::run(common, mode, *deny_warnings), report.format)
        }
        Command::Rule { rule } => (rule::run(rule.as_deref()), ReportFormat::Human),
        Command::Explain { error, format } => {
            (explain::run(common, error, *format), ReportFormat::Human)
        }
        Command::Schema { document } => (schema::run(common, *document), ReportFormat::Human),
        Command::Targets => (targets::run(common), ReportFormat::Human),
    };
    let report = result.unwrap_or_else(Report::of);
    let outcome = match output::print(&report, format, common) {
        Ok(()) => report.outcome(),
        // Whoever reads our output has gone: there is nobody to tell.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(_) => Outcome::Failed,
    };
    ExitCode::from(outcome as u8)
}

/// What a command says.
pub struct Report {
    /// The result, for standard output.
    pub text: String,
    pub diagnostics: Diagnostics,
}

/// What a command ends with: a report, or what has kept it from its work.
pub type CommandResult = Result<Report, Diagnostics>;

impl Report {
    pub fn clean(text: String) -> Self {
        Self {
            text,
            diagnostics: Diagnostics::new(),
        }
    }

    /// A report of nothing but diagnostics, in the order of their places.
    pub fn of(mut diagnostics: Diagnostics) -> Self {
        diagnostic::sort(&mut diagnostics);
        Self {
            text: String::new(),
            diagnostics,
        }
    }

    fn outcome(&self) -> Outcome {
        let outcomes = self.diagnostics.iter().map(|diagnostic| {
            match (diagnostic.rule.stops_work, diagnostic.severity) {
                (true, _) => Outcome::Failed,
                (false, Severity::Error) => Outcome::Unfit,
                (false, Severity::Warning) => Outcome::Clean,
            }
        });
        outcomes.max().unwrap_or(Outcome::Clean)
    }
}
