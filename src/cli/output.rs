//! Prints the output of a command in the requested format.

use std::io::{self, BufWriter, Write};

use super::Report;
use super::arguments::{Common, ReportFormat};
use crate::diagnostic::{Human, json_line, sarif_log, workflow_command};

/// Results go to standard output, and diagnostics for people to standard error. Diagnostics for programs are the result.
pub fn print(report: &Report, format: ReportFormat, common: &Common) -> io::Result<()> {
    let diagnostics = &report.diagnostics;
    match format {
        ReportFormat::Human => {
            if !common.quiet {
                write(io::stdout().lock(), [report.text.as_str()])?;
            }
            let human = Human::new(common.color());
            let texts = diagnostics.iter().enumerate().map(|(index, diagnostic)| {
                let gap = if index > 0 { "\n" } else { "" };
                format!("{gap}{}", human.render(diagnostic))
            });
            write(io::stderr().lock(), texts)
        }
        ReportFormat::Json => write(io::stdout().lock(), diagnostics.iter().map(json_line)),
        ReportFormat::Sarif => write(io::stdout().lock(), [sarif_log(diagnostics)]),
        ReportFormat::Github => write(
            io::stdout().lock(),
            diagnostics.iter().map(workflow_command),
        ),
    }
}

fn write(output: impl Write, texts: impl IntoIterator<Item: AsRef<str>>) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    for text in texts {
        output.write_all(text.as_ref().as_bytes())?;
    }
    output.flush()
}
