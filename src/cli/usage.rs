//! Prints the help, the version, and what is wrong with the arguments.

use std::process::ExitCode;

use clap::Parser;
use clap::error::Error;

use super::arguments::Arguments;
use crate::terminal::{Content, Stream, print, visible};

/// Prints why there is nothing to run, and returns the exit status.
pub fn explain(error: Error) -> ExitCode {
    let status = u8::try_from(error.exit_code()).unwrap_or(2);
    let stream = if error.use_stderr() {
        Stream::Error
    } else {
        Stream::Output
    };
    // The same for arguments that can be shown, as the message quotes them.
    let words = std::env::args_os().map(|word| visible(&word.to_string_lossy()).into_owned());
    let text = Arguments::try_parse_from(words)
        .err()
        .unwrap_or(error)
        .render();
    let (content, text) = if stream.has_colors() {
        (Content::Styled, text.ansi().to_string())
    } else {
        (Content::Text, text.to_string())
    };
    // If nobody can be told, the status says it.
    let _ = print(stream, content, &text);
    ExitCode::from(status)
}
