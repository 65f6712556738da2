//! Writes to standard output and standard error.
//!
//! Texts come here with their values escaped. What was missed is escaped here, so that one place answers for all of it.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic;

use super::escape::{visible, visible_lines, visible_styled};

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Output,
    Error,
}

/// What a text may contain, apart from what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Text,
    /// Text with colours and bold letters.
    Styled,
    /// Workflow commands for GitHub Actions, one a line.
    Commands,
}

impl Stream {
    /// Whether a person's terminal is at its end that has not asked for plain text.
    pub fn has_colors(self) -> bool {
        let is_terminal = match self {
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
        };
        let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        is_terminal && !is_plain
    }
}

/// Writes a text, and nothing that it could do to a terminal or to a reader of the log.
///
/// # Errors
///
/// If the stream is closed or its disk is full.
pub fn print(stream: Stream, content: Content, text: &str) -> io::Result<()> {
    match stream {
        Stream::Output => write(io::stdout().lock(), content, text),
        Stream::Error => write(io::stderr().lock(), content, text),
    }
}

/// Shows on standard error how far something has come, in place of what it showed before; an empty text takes that away. Says
/// whether a terminal is at its end: nothing else is shown this.
pub fn show_progress(text: &str) -> bool {
    let mut error = io::stderr().lock();
    if !error.is_terminal() {
        return false;
    }
    // If it cannot be shown, nothing is lost.
    let _ = write!(error, "\r\u{1b}[K{}", visible(text));
    let _ = error.flush();
    true
}

fn write(output: impl Write, content: Content, text: &str) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    for line in text.split_inclusive('\n') {
        output.write_all(safe_line(line, content).as_bytes())?;
    }
    output.flush()
}

/// Shows a panic, whose message can contain anything, as a bug of errgen.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let backtrace = Backtrace::capture();
        let trace = match backtrace.status() {
            BacktraceStatus::Captured => format!("{backtrace}\n"),
            _ => String::new(),
        };
        let text = format!("errgen has a bug, please report it: {info}\n{trace}");
        // If nobody can be told, there is nothing else to do.
        let _ = print(Stream::Error, Content::Text, &visible_lines(&text));
    }));
}

fn safe_line(line: &str, content: Content) -> Cow<'_, str> {
    let line = match content {
        Content::Styled => visible_styled(line),
        Content::Text | Content::Commands => visible_lines(line),
    };
    // GitHub Actions ignores white space before a command.
    let command = line.trim_start();
    if content == Content::Commands || !command.starts_with("::") {
        return line;
    }
    let (indent, rest) = line.split_at(line.len() - command.len());
    Cow::Owned(format!("{indent}\\u{{3a}}{}", &rest[1..]))
}
