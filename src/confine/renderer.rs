//! Starts the process that renders a target, and follows it.

use std::io::{self, BufReader, ErrorKind, Read};
use std::mem;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::account::Account;
use super::budget::Budget;
use super::message::{self, Message, Sent, Spent, Work};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::render::RenderedFile;
use crate::target::Target;

const MIB: u64 = 1 << 20;

/// How much of the standard error of a renderer to show, in bytes.
const MOST_SAID: u64 = 1 << 14;

/// Renders a target with a command that reads the catalogue from its standard input, and takes its budget from its arguments.
///
/// # Errors
///
/// Everything that is wrong with the target, or why its renderer stopped.
pub fn render(
    command: impl FnOnce(Budget) -> Command,
    input: Sent,
    target: &Target,
    account: &Account,
) -> Result<Vec<RenderedFile>, Diagnostics> {
    let Some(budget) = account.left() else {
        return Err(report_unstarted(target, account.budget).into());
    };
    let process = Process::start(command(budget), account);
    let mut process = process.map_err(|error| report_stop(target, None, start_failure(&error)))?;
    let mut begun = None;
    let end = process.follow(input, &mut begun);
    let is_first = budget.time == account.budget.time;
    let stopped = |cause| Err(report_stop(target, begun, cause).into());
    match end {
        Ok(End::Rendered(files)) => Ok(files),
        Ok(End::Unfit(diagnostics)) => Err(diagnostics),
        Ok(End::Spent(Spent::Time)) => stopped(excess(Spent::Time, account.budget, is_first)),
        Ok(End::Spent(Spent::Memory)) => stopped(excess(Spent::Memory, account.budget, true)),
        Ok(End::SpentTogether) => stopped(excess(Spent::Memory, account.budget, false)),
        Ok(End::Died(status, said)) => stopped(death(status, &said)),
        Err(error) => stopped(start_failure(&error)),
    }
}

/// How a renderer ended.
enum End {
    Rendered(Vec<RenderedFile>),
    Unfit(Diagnostics),
    Spent(Spent),
    /// With this renderer, all of them used more memory than they may together.
    SpentTogether,
    /// With its status and its standard error.
    Died(ExitStatus, String),
}

/// A renderer, which is killed when this value is dropped.
struct Process<'a> {
    child: Child,
    account: &'a Account,
    started: Option<Instant>,
    /// The memory that it uses, in bytes.
    memory: u64,
}

impl Drop for Process<'_> {
    fn drop(&mut self) {
        // It may already have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(started) = self.started {
            self.account.add_time(started.elapsed());
        }
        self.account.replace_memory(self.memory, 0);
    }
}

impl<'a> Process<'a> {
    fn start(mut command: Command, account: &'a Account) -> io::Result<Self> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        apart(&mut command);
        Ok(Self {
            child: command.spawn()?,
            account,
            started: None,
            memory: 0,
        })
    }

    /// Takes note of the memory that the renderer uses. Returns whether all are within the budget.
    fn uses(&mut self, memory: u64) -> bool {
        let old = mem::replace(&mut self.memory, memory);
        self.account.replace_memory(old, memory)
    }

    fn follow(&mut self, input: Sent, begun: &mut Option<Work>) -> io::Result<End> {
        // Open until the end: when it closes, the renderer knows that this process has ended.
        let mut pipe = self.child.stdin.take();
        if let Some(pipe) = &mut pipe {
            // A renderer that has died is noticed below.
            let _ = message::send_catalog(pipe, input);
        }
        let mut output = self.child.stdout.take().map(BufReader::new);
        let limit = self.account.budget.memory;
        while let Some(output) = &mut output {
            match Message::receive(output, limit) {
                Ok(Some(Message::Started)) => self.started = Some(Instant::now()),
                Ok(Some(Message::Begun(work))) => *begun = Some(work),
                Ok(Some(Message::Uses(memory))) if self.uses(memory) => {}
                Ok(Some(Message::Uses(_))) => return Ok(End::SpentTogether),
                Ok(Some(Message::Spent(spent))) => return Ok(End::Spent(spent)),
                Ok(Some(Message::Unfit(unfit))) => return Ok(End::Unfit(unfit.into_diagnostics())),
                Ok(Some(Message::Rendered(list))) => {
                    // What is received stays in this process until all targets are rendered.
                    let total = list.iter().map(size).sum();
                    if !self.uses(total) {
                        return Ok(End::SpentTogether);
                    }
                    let files = message::receive_files(output, list)?;
                    self.memory = 0;
                    return Ok(End::Rendered(files));
                }
                Ok(None) => break,
                Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                    return Ok(End::SpentTogether);
                }
                Err(error) => return Err(error),
            }
        }
        let mut said = Vec::new();
        if let Some(errors) = self.child.stderr.take() {
            errors.take(MOST_SAID).read_to_end(&mut said)?;
        }
        let said = String::from_utf8_lossy(&said).into_owned();
        Ok(End::Died(self.child.wait()?, said))
    }
}

/// The memory that a file takes, in bytes.
fn size((path, length): &(String, usize)) -> u64 {
    (size_of::<RenderedFile>() + path.len() + length) as u64
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

/// The time that ran out before a target's turn came.
fn report_unstarted(target: &Target, budget: Budget) -> Diagnostic {
    let message = format!(
        "the other targets left nothing of the {} for all targets together, so `{}` was not rendered",
        limit(Spent::Time, budget),
        target.id
    );
    let help = "look for a loop that is too long, or raise the limit with `--template-seconds`";
    Diagnostic::file(rules::RENDERER_STOPPED, &target.folder, message).help(help)
}

/// A renderer that used up a budget: by itself, or together with others.
fn excess(spent: Spent, budget: Budget, by_itself: bool) -> Cause {
    let limit = limit(spent, budget);
    let message = if by_itself {
        format!("exceeded its {limit} while")
    } else {
        format!("exceeded the {limit} for all targets together while")
    };
    let help = match spent {
        Spent::Time => {
            "look for a loop that is too long, or raise the limit with `--template-seconds`"
        }
        Spent::Memory => {
            "look for a text that grows without end, or raise the limit with `--template-memory`"
        }
    };
    Cause {
        message,
        help,
        details: None,
    }
}

/// A limit in words.
fn limit(spent: Spent, budget: Budget) -> String {
    match spent {
        Spent::Time if budget.time == Duration::from_secs(1) => "limit of 1 second".to_owned(),
        Spent::Time => format!("limit of {} seconds", budget.time.as_secs_f64()),
        Spent::Memory => format!("limit of {} MiB", budget.memory / MIB),
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
