//! Prints the output of a command in the requested format.

use std::io;

use super::Report;
use super::arguments::{Common, ReportFormat};
use crate::diagnostic::{Color, Human, json_line, sarif_log, workflow_command};
use crate::terminal::{Content, Stream, print, visible};
use crate::write::Patience;

/// Results go to standard output, and diagnostics for people to standard error. Diagnostics for programs are the result.
pub fn print_report(report: &Report, format: ReportFormat, common: &Common) -> io::Result<()> {
    let diagnostics = &report.diagnostics;
    match format {
        ReportFormat::Human => {
            if !common.quiet {
                print(Stream::Output, Content::Text, &report.text)?;
            }
            let color = common.color();
            let human = Human::new(color);
            let texts: Vec<_> = diagnostics.iter().map(|it| human.render(it)).collect();
            let content = match color {
                Color::Always => Content::Styled,
                Color::Never => Content::Text,
            };
            print(Stream::Error, content, &texts.join("\n"))
        }
        ReportFormat::Json => {
            let lines: String = diagnostics.iter().map(json_line).collect();
            print(Stream::Output, Content::Text, &lines)
        }
        ReportFormat::Sarif => print(Stream::Output, Content::Text, &sarif_log(diagnostics)),
        ReportFormat::Github => {
            let commands: String = diagnostics.iter().map(workflow_command).collect();
            print(Stream::Output, Content::Commands, &commands)
        }
    }
}

/// How to wait for another errgen: the user learns of it.
pub fn patience(common: &Common) -> Patience<'static> {
    Patience {
        limit: common.wait_seconds,
        say: &note,
    }
}

/// Tells the user what errgen is doing, while it is at it.
fn note(text: &str) {
    let line = format!("errgen: {}\n", visible(text));
    // If nobody reads it, nobody needs to know.
    let _ = print(Stream::Error, Content::Text, &line);
}
