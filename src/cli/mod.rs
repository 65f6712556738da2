//! The command line: arguments in, an exit status out.

mod alone;
mod arguments;
mod check;
mod diff;
mod edits;
mod explain;
mod generate;
mod history;
mod inputs;
mod invocation;
mod lint;
mod manual;
mod output;
mod outputs;
mod project;
mod release;
mod rule;
mod schema;
mod serve;
mod targets;
mod usage;
mod watch;

use std::io;
use std::process::ExitCode;

use clap::Parser;
use serde_json::Value;

use crate::diagnostic::{self, Diagnostics, Severity};
use crate::terminal::report_panics;
use arguments::{Arguments, Command, Common, ReportFormat};
use history::Tags;

/// How a command ended, by its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// 0: success.
    Clean,
    /// 1: the catalogue has an error, or the output is not up to date.
    Unfit,
    /// 2: errgen could not do its work.
    Failed,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    report_panics();
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == alone::WORD)
    {
        return alone::run();
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::explain(error),
    };
    let common = &arguments.common;
    let (result, format) = match &arguments.command {
        Command::Generate {
            targets,
            depfile,
            adopt,
            report,
        } => {
            let extras = generate::Extras {
                depfile: depfile.as_deref(),
                adopts: *adopt,
            };
            let result = generate::run(common, targets, extras);
            (result, report.format)
        }
        Command::Check {
            targets,
            diff,
            report,
        } => {
            let result = check::run(common, targets, *diff, report.format);
            (result, report.format)
        }
        Command::Lint {
            fix,
            diff,
            deny_warnings,
            report,
        } => {
            let mode = lint::Mode::new(*fix, *diff);
            (lint::run(common, mode, *deny_warnings), report.format)
        }
        Command::Diff {
            against,
            fail_on,
            format,
        } => {
            let request = diff::Request {
                against: against.as_deref(),
                gate: *fail_on,
                format: *format,
            };
            (diff::run(common, request), format.of_reports())
        }
        Command::Release {
            step,
            adopt,
            tags,
            without,
            diff,
            report,
        } => {
            let request = release::Request {
                step: step.as_ref(),
                adopts: *adopt,
                tags: tags.as_deref().map(|pattern| Tags { pattern, without }),
                shows: *diff,
            };
            (release::run(common, request), report.format)
        }
        Command::Rule { rule } => (rule::run(rule.as_deref()), ReportFormat::Human),
        Command::Explain {
            words,
            locale,
            format,
        } => {
            let result = explain::run(common, words, locale.as_deref(), *format);
            (result, ReportFormat::Human)
        }
        Command::Outputs { targets } => (outputs::run(common, targets), ReportFormat::Human),
        Command::Schema { document } => (schema::run(common, *document), ReportFormat::Human),
        Command::Targets => (targets::run(common), ReportFormat::Human),
        Command::Watch { targets } => (watch::run(common, targets), ReportFormat::Human),
        Command::Serve { target, port } => {
            let result = serve::run(common, target.as_deref(), *port);
            (result, ReportFormat::Human)
        }
        Command::Completions { shell } => (Ok(manual::completions(*shell)), ReportFormat::Human),
        Command::Man => (Ok(manual::page()), ReportFormat::Human),
    };
    let outcome = match say(result, format, common) {
        Ok(outcome) => outcome,
        // Nobody reads the output any more, so nobody can be told.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(_) => Outcome::Failed,
    };
    ExitCode::from(outcome as u8)
}

/// Prints the result of a command.
fn say(result: CommandResult, format: ReportFormat, common: &Common) -> io::Result<Outcome> {
    let report = result.unwrap_or_else(Report::of);
    output::print_report(&report, format, common)?;
    Ok(report.outcome())
}

/// The output of a command.
pub struct Report {
    /// The result, for standard output.
    pub text: String,
    /// A patch that was asked for, for standard output.
    pub patch: String,
    /// What the diagnostics say, in a line.
    pub headline: Option<String>,
    pub diagnostics: Diagnostics,
    /// What the diagnostics come to, if they are the result itself.
    pub conclusion: Option<Conclusion>,
    /// Whether it is a failure, whatever the diagnostics say.
    pub fails: bool,
}

/// What diagnostics come to.
pub struct Conclusion {
    /// Lines for people.
    pub text: String,
    /// The same in one line.
    pub line: String,
    /// The same for programs.
    pub data: Value,
}

/// The result of a command: its report, or why it could not do its work.
pub type CommandResult = Result<Report, Diagnostics>;

impl Report {
    pub fn clean(text: String) -> Self {
        Self {
            text,
            ..Self::of(Diagnostics::new())
        }
    }

    /// A report with only diagnostics, sorted by place.
    pub fn of(mut diagnostics: Diagnostics) -> Self {
        diagnostic::sort(&mut diagnostics);
        Self {
            text: String::new(),
            patch: String::new(),
            headline: None,
            diagnostics,
            conclusion: None,
            fails: false,
        }
    }

    fn outcome(&self) -> Outcome {
        let outcomes = self.diagnostics.iter().map(|diagnostic| {
            match (diagnostic.rule.stops_work, diagnostic.severity) {
                (true, _) => Outcome::Failed,
                (false, Severity::Error) => Outcome::Unfit,
                (false, Severity::Warning | Severity::Note) => Outcome::Clean,
            }
        });
        let least = if self.fails {
            Outcome::Unfit
        } else {
            Outcome::Clean
        };
        outcomes.fold(least, Outcome::max)
    }
}
