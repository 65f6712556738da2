//! Starts the process that renders a target, and follows it.

use std::io::{self, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use super::budget::Budget;
use super::message::{self, Message, Spent, Work};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::render::RenderedFile;
use crate::target::Target;

const MIB: u64 = 1 << 20;

/// How much of the standard error of a renderer to show, in bytes.
const MOST_SAID: u64 = 1 << 14;

/// Renders a target with a command that reads the catalogue from its standard input.
///
/// # Errors
///
/// Everything that is wrong with the target, or why its renderer stopped.
pub fn render(
    command: Command,
    catalog: &str,
    target: &Target,
    budget: Budget,
) -> Result<Vec<RenderedFile>, Diagnostics> {
    let mut process = Process::start(command)
        .map_err(|error| report_stop(target, None, start_failure(&error)))?;
    let mut begun = None;
    match process.follow(catalog, &mut begun) {
        Ok(End::Rendered(files)) => Ok(files),
        Ok(End::Unfit(diagnostics)) => Err(diagnostics),
        Ok(End::Spent(spent)) => Err(report_stop(target, begun, excess(spent, budget)).into()),
        Ok(End::Died(status, said)) => Err(report_stop(target, begun, death(status, &said)).into()),
        Err(error) => Err(report_stop(target, begun, start_failure(&error)).into()),
    }
}

/// How a renderer ended.
enum End {
    Rendered(Vec<RenderedFile>),
    Unfit(Diagnostics),
    Spent(Spent),
    /// With its status and its standard error.
    Died(ExitStatus, String),
}

/// A renderer, which is killed when this value is dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may already have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    fn start(mut command: Command) -> io::Result<Self> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        apart(&mut command);
        command.spawn().map(Self)
    }

    fn follow(&mut self, catalog: &str, begun: &mut Option<Work>) -> io::Result<End> {
        // Open until the end: when it closes, the renderer knows that this process has ended.
        let mut input = self.0.stdin.take();
        if let Some(input) = &mut input {
            // A renderer that has died is noticed below.
            let _ = message::send_catalog(input, catalog);
        }
        let mut output = self.0.stdout.take().map(BufReader::new);
        while let Some(output) = &mut output {
            match Message::receive(output)? {
                Some(Message::Begun(work)) => *begun = Some(work),
                Some(Message::Spent(spent)) => return Ok(End::Spent(spent)),
                Some(Message::Unfit(unfit)) => return Ok(End::Unfit(unfit.into_diagnostics())),
                Some(Message::Rendered(list)) => {
                    return message::receive_files(output, list).map(End::Rendered);
                }
                None => break,
            }
        }
        let mut said = Vec::new();
        if let Some(errors) = self.0.stderr.take() {
            errors.take(MOST_SAID).read_to_end(&mut said)?;
        }
        let said = String::from_utf8_lossy(&said).into_owned();
        Ok(End::Died(self.0.wait()?, said))
    }
}

/// Ctrl-C is for this process only. The renderer ends with it.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}

/// Why a renderer stopped, and what to do about it.
struct Cause {
    /// The words before what was being rendered.
    message: String,
    help: &'static str,
    details: Option<String>,
}

fn report_stop(target: &Target, begun: Option<Work>, cause: Cause) -> Diagnostic {
    let Cause {
        message,
        help,
        details,
    } = cause;
    let (place, what) = match begun {
        Some(Work {
            template,
            output: Some(output),
        }) => (template, format!("rendering `{output}`")),
        Some(Work {
            template,
            output: None,
        }) => (template, "rendering a path of `files:`".to_owned()),
        None => (target.folder.clone(), "parsing the templates".to_owned()),
    };
    let message = format!("the target `{}` {message} {what}", target.id);
    let mut diagnostic = Diagnostic::file(rules::RENDERER_STOPPED, place, message).help(help);
    diagnostic.details = details;
    diagnostic
}

fn start_failure(error: &io::Error) -> Cause {
    Cause {
        message: format!("could not start a process ({error}) for"),
        help: "allow errgen to start processes: it renders each target of `--templates` in a separate one",
        details: None,
    }
}

fn excess(spent: Spent, budget: Budget) -> Cause {
    let (message, help) = match spent {
        Spent::Time => {
            let seconds = budget.time.as_secs_f64();
            let unit = if budget.time == Duration::from_secs(1) {
                "second"
            } else {
                "seconds"
            };
            (
                format!("exceeded its limit of {seconds} {unit} while"),
                "look for a loop that is too long, or raise the limit with `--template-seconds`",
            )
        }
        Spent::Memory => (
            format!("exceeded its limit of {} MiB while", budget.memory / MIB),
            "look for a text that grows without end, or raise the limit with `--template-memory`",
        ),
    };
    Cause {
        message,
        help,
        details: None,
    }
}

/// The cause of a death. Where the stack or the memory has run out, Rust aborts the process: only what it says before that
/// tells the one from the other. If it says something else one day, `tests/confined.rs` fails.
fn death(status: ExitStatus, said: &str) -> Cause {
    if said.contains("has overflowed its stack") {
        return Cause {
            message: "ran out of stack while".to_owned(),
            help: "look for templates, blocks or values that contain themselves without end",
            details: None,
        };
    }
    if said.contains("memory allocation of") {
        return Cause {
            message: "ran out of memory while".to_owned(),
            help: "look for a text that grows without end",
            details: None,
        };
    }
    Cause {
        message: format!("stopped unexpectedly ({status}) while"),
        help: "if nothing on this machine killed its process, please report this with the following output",
        details: (!said.is_empty()).then(|| said.to_owned()),
    }
}
