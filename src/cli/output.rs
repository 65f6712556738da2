//! Prints the output of a command in the requested format.

use std::io;

use super::Report;
use super::arguments::{Common, ReportFormat};
use super::invocation::invocation;
use super::paths::Paths;
use crate::diagnostic::{
    Color, Human, Severity, Shown, count, json_lines, sarif_log, workflow_commands,
};
use crate::terminal::{Content, Stream, print, visible, visible_json};
use crate::write::Patience;

/// Results go to standard output, and diagnostics for people to standard error. Diagnostics for programs are the result.
pub fn print_report(report: &Report, format: ReportFormat, common: &Common) -> io::Result<()> {
    let limit = match common.max_findings {
        0 => usize::MAX,
        limit => limit,
    };
    let shown = Shown::most(&report.diagnostics, limit);
    match format {
        ReportFormat::Human => {
            if !common.quiet {
                print(Stream::Output, Content::Text, &report.text)?;
            }
            print(Stream::Output, Content::Text, &report.patch)?;
            let color = common.color();
            let content = match color {
                Color::Always => Content::Styled,
                Color::Never => Content::Text,
            };
            let headline = report.headline.iter();
            let mut text: String = headline
                .flat_map(|it| [visible(it), "\n\n".into()])
                .collect();
            text.push_str(&Human::new(color).render_all(&shown));
            let Some(conclusion) = &report.conclusion else {
                text.extend(totals(report, common));
                print(Stream::Error, content, &text)?;
                let summary = report.summary.as_ref().filter(|_| !common.quiet);
                let summary = summary.map_or("", |it| it.text.as_str());
                return print(Stream::Output, Content::Text, summary);
            };
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&conclusion.text);
            print(Stream::Output, content, &text)
        }
        ReportFormat::Json => {
            let conclusion = report.conclusion.iter().chain(&report.summary);
            let conclusion =
                conclusion.map(|it| format!("{}\n", visible_json(&it.data.to_string())));
            let lines: String = std::iter::once(json_lines(&shown))
                .chain(conclusion)
                .collect();
            print(Stream::Output, Content::Text, &lines)
        }
        ReportFormat::Sarif => {
            let paths = Paths::of_process();
            let log = sarif_log(&shown, &|path| paths.shown(path));
            print(Stream::Output, Content::Text, &log)
        }
        ReportFormat::Github => {
            let paths = Paths::of_process();
            let conclusion = report.conclusion.as_ref().or(report.summary.as_ref());
            let conclusion = conclusion.map(|it| it.line.as_str());
            let commands = workflow_commands(&shown, conclusion, &|path| paths.shown(path));
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

/// A line that counts what was found: `3 errors, 2 warnings`.
fn totals(report: &Report, common: &Common) -> Option<String> {
    let diagnostics = &report.diagnostics;
    let total = |severity, name: &str| {
        let of_it = diagnostics.iter().filter(|it| it.severity == severity);
        match of_it.count() {
            0 => None,
            1 => Some(format!("1 {name}")),
            number => Some(format!("{} {name}s", count(number))),
        }
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = counts.map(|(severity, name)| total(severity, name));
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    let fixable = diagnostics.iter().filter(|it| it.fix.is_some()).count();
    let fixable = (fixable > 0).then(|| {
        let command = invocation(common, "lint --fix", &report.catalogs);
        let fixable = count(fixable);
        format!("; {fixable} can be fixed with `{command}`")
    });
    let fixable = fixable.unwrap_or_default();
    (!counts.is_empty()).then(|| format!("\n{}{fixable}\n", counts.join(", ")))
}
