//! Writes diagnostics as GitHub Actions workflow commands, which show them at their lines in a pull request.

use super::{Diagnostic, Place, Severity, ShowPath, Shown};
use crate::terminal::visible;

/// A command for each diagnostic, one a line, one that says how many more there are, and one for what they come to.
pub fn workflow_commands(shown: &Shown, conclusion: Option<&str>, show_path: ShowPath) -> String {
    let diagnostics = shown.diagnostics.iter();
    let commands = diagnostics.map(|it| workflow_command(it, show_path));
    let rest = shown
        .rest()
        .map(|rest| format!("::notice title=errgen::{rest}\n"));
    let conclusion =
        conclusion.map(|line| format!("::notice title=errgen::{}\n", data(&visible(line))));
    commands.chain(rest).chain(conclusion).collect()
}

fn workflow_command(diagnostic: &Diagnostic, show_path: ShowPath) -> String {
    let Diagnostic { rule, message, .. } = diagnostic;
    let place = match &diagnostic.place {
        Place::File(path) => format!("file={}", property(&show_path(path))),
        Place::Span(source, span) => {
            let (start, end) = (source.position(span.start), source.position(span.end));
            let file = property(&show_path(source.file_at(span.start).path));
            let (line, column) = (start.line, start.column);
            // GitHub ignores columns if the span ends on another line.
            if end.line == line {
                let end = end.column;
                format!("file={file},line={line},col={column},endLine={line},endColumn={end}")
            } else {
                format!("file={file},line={line},endLine={}", end.line)
            }
        }
    };
    let title = property(&format!("{} {}", rule.code, rule.name));
    let lines = diagnostic
        .notes()
        .map(|(label, said)| format!("\n{}: {}", visible(label), visible(said)));
    let text = data(&format!(
        "{}{}",
        visible(message),
        lines.collect::<String>()
    ));
    let severity = match diagnostic.severity {
        Severity::Note => "notice",
        other => other.name(),
    };
    format!("::{severity} {place},title={title}::{text}\n")
}

/// The text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    let text = data(&visible(text));
    text.replace(':', "%3A").replace(',', "%2C")
}
