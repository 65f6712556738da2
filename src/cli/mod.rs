//! The command line: arguments in, an exit status out.

mod alone;
mod arguments;
mod audit;
mod candidates;
mod check;
mod diff;
mod each;
mod edit;
mod edits;
mod explain;
mod generate;
mod history;
mod import;
mod init;
mod inputs;
mod invocation;
mod lint;
mod manual;
mod output;
mod outputs;
mod paths;
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
use crate::edit::NewError;
use crate::terminal::report_panics;
use arguments::{Arguments, CatalogCommand, Command, Common, ReportFormat};
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
    manual::complete();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::explain(error),
    };
    let common = &arguments.common;
    let (result, format) = answer(&arguments.command, common);
    let outcome = match say(result, format, common) {
        Ok(outcome) => outcome,
        // Nobody reads the output any more, so nobody can be told.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(_) => Outcome::Failed,
    };
    ExitCode::from(outcome as u8)
}

/// Runs a command, and says how its report is to be printed.
fn answer(command: &Command, common: &Common) -> (CommandResult, ReportFormat) {
    match command {
        Command::Catalog(command) => (write_catalog(command, common), ReportFormat::Human),
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
            let (catalogs, targets): (Vec<_>, Vec<_>) =
                targets.iter().cloned().partition(|it| each::is_catalog(it));
            let catalogs: Vec<_> = catalogs.into_iter().map(Into::into).collect();
            let result = each::each(common, &catalogs, |common| {
                check::run(common, &targets, *diff, report.format)
            });
            (result, report.format)
        }
        Command::Lint {
            catalogs,
            fix,
            diff,
            deny_warnings,
            report,
        } => {
            let mode = lint::Mode::new(*fix, *diff);
            let result = each::each(common, catalogs, |common| {
                lint::run(common, mode, *deny_warnings)
            });
            (result, report.format)
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
        Command::Audit(audit) => (audit::run(common, audit), audit.report.format),
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
    }
}

/// Runs a command that writes the catalogue.
fn write_catalog(command: &CatalogCommand, common: &Common) -> CommandResult {
    match command {
        CatalogCommand::Init {
            targets,
            id,
            title,
            locales,
        } => {
            let request = init::Request {
                targets,
                id: id.as_deref(),
                title: title.as_deref(),
                locales,
            };
            init::run(common, &request)
        }
        CatalogCommand::Import {
            files,
            format,
            columns,
            locale,
            http,
            role,
            prefix,
            id,
            title,
            diff,
        } => {
            let request = import::Request {
                files,
                format: *format,
                columns,
                locale: locale.as_deref(),
                http: *http,
                role: *role,
                prefix,
                id: id.as_deref(),
                title: title.as_deref(),
                shows: *diff,
            };
            import::run(common, &request)
        }
        CatalogCommand::Add {
            place,
            code,
            id,
            http,
            message,
            description,
            locale,
            diff,
        } => {
            let change = match (locale, place) {
                (Some(tag), _) => edit::Change::AddLocale(tag),
                (None, place) => edit::Change::Add(NewError {
                    place: place.as_deref().unwrap_or_default(),
                    code: code.as_deref(),
                    id: id.as_deref(),
                    http: *http,
                    message: message.as_deref().unwrap_or_default(),
                    description: description.as_deref(),
                }),
            };
            edit::run(common, &change, *diff)
        }
        CatalogCommand::Rename { id, new, diff } => {
            let change = edit::Change::Rename { id, new };
            edit::run(common, &change, *diff)
        }
        CatalogCommand::Retire { id, diff } => {
            let change = edit::Change::Retire { id };
            edit::run(common, &change, *diff)
        }
        CatalogCommand::Deprecate { id, r#use, diff } => {
            let change = edit::Change::Deprecate {
                id,
                r#use: r#use.as_deref(),
            };
            edit::run(common, &change, *diff)
        }
    }
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
    /// What was looked at, if the diagnostics are not all that there is to say of it.
    pub summary: Option<Conclusion>,
    /// Whether it is a failure, whatever the diagnostics say.
    pub fails: bool,
    /// The catalogues that were named as arguments.
    pub catalogs: Vec<String>,
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
            summary: None,
            fails: false,
            catalogs: Vec::new(),
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
