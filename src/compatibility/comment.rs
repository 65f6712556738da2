//! Shows changes as a comment on a pull request.

use std::fmt::Write;

use super::change::Change;
use super::report::{place, reasons};
use super::summary::{Summary, word};
use super::verdict::{Broken, Verdict};
use crate::diagnostic::{Diagnostic, count};
use crate::terminal::visible;

/// By which a workflow finds the comment again.
const MARK: &str = "<!-- errgen diff -->";

/// How long each part can be, in bytes: a comment has at most 65,536 characters.
const TABLE: usize = 30_000;
const REASONS: usize = 16_000;
const OTHERS: usize = 12_000;

/// The longest text in a cell, in characters.
const LONGEST: usize = 400;

/// A comment that says what a reviewer has to know, the most severe first. Each change comes with its diagnostic.
pub fn comment(summary: &Summary, changes: &[(&Change, &Diagnostic)]) -> String {
    let mut text = format!(
        "{MARK}\n### Error catalogue: {}\n\n{}.\n",
        plain(&summary.need()),
        plain(&summary.tally())
    );
    let (listed, told): (Vec<_>, Vec<_>) = changes
        .iter()
        .partition(|(change, _)| change.verdict >= Verdict::Breaking || change.exempt.is_some());
    if !listed.is_empty() {
        text.push_str("\n| Change | What it breaks |\n| --- | --- |\n");
        let rows = listed.iter().map(|(change, diagnostic)| {
            format!("| {} | {} |\n", named(change, diagnostic), affected(change))
        });
        fill(&mut text, rows, TABLE);
    }
    let broken = listed.iter().map(|(change, _)| change);
    let broken: Vec<_> = broken.filter(|change| !change.broken.is_empty()).collect();
    if !broken.is_empty() {
        text.push_str("\n<details><summary>What no longer compiles or runs</summary>\n\n");
        fill(
            &mut text,
            broken.into_iter().map(|change| why(change)),
            REASONS,
        );
        text.push_str("\n</details>\n");
    }
    if summary.verdict.is_some() && !summary.targets.is_empty() {
        text.push_str("\n| | Step | Source | Binary |\n| --- | --- | --- | --- |\n");
        for (id, target) in &summary.targets {
            let binary = target.breaks_binary.map_or("", word);
            let _ = writeln!(
                text,
                "| {} | {} | {} | {binary} |",
                plain(id),
                target.step.name(),
                word(target.breaks_source)
            );
        }
    }
    if !told.is_empty() {
        let number = count(told.len());
        let _ = write!(
            text,
            "\n<details><summary>{number} more that break nothing</summary>\n\n"
        );
        let lines = told.iter();
        let lines = lines.map(|(change, diagnostic)| format!("- {}\n", named(change, diagnostic)));
        fill(&mut text, lines, OTHERS);
        text.push_str("\n</details>\n");
    }
    text
}

/// Adds parts as long as there is room for them, and says how many more there are.
fn fill(text: &mut String, mut parts: impl ExactSizeIterator<Item = String>, most: usize) {
    let start = text.len();
    while let Some(part) = parts.next() {
        if text.len() - start + part.len() > most {
            let more = count(parts.len() + 1);
            // Writing to a string cannot fail.
            let _ = write!(text, "\n… and {more} more: `errgen diff` lists them all.\n");
            return;
        }
        text.push_str(&part);
    }
}

fn named(change: &Change, diagnostic: &Diagnostic) -> String {
    let verdict = if change.verdict >= Verdict::Breaking {
        format!("**{}:** ", change.verdict.name())
    } else {
        String::new()
    };
    let rule = format!("{} {}", change.rule.code, change.rule.name);
    format!(
        "{verdict}{} <sub>{} {}</sub>",
        plain(&change.message),
        plain(&rule),
        plain(&place(diagnostic))
    )
}

/// Who is affected by a change, and why the wire is.
fn affected(change: &Change) -> String {
    let forbidden =
        (change.verdict == Verdict::Forbidden).then(|| "no version allows it".to_owned());
    let wire = change.wire.iter();
    let wire = wire.map(|reason| format!("**wire:** {}", plain(reason)));
    let of = |has: fn(&Broken) -> bool| {
        let broken = change.broken.iter().filter(|broken| has(broken));
        let targets: Vec<_> = broken.map(|broken| plain(&broken.target)).collect();
        targets.join(", ")
    };
    let targets = [
        ("source", of(|broken| broken.source.is_some())),
        ("binary", of(|broken| broken.binary.is_some())),
    ];
    let targets = targets.into_iter().filter(|(_, list)| !list.is_empty());
    let targets = targets.map(|(audience, list)| format!("**{audience}:** {list}"));
    let exempt = change.exempt.iter();
    let exempt = exempt.map(|reason| format!("exempt: {}", plain(reason)));
    let parts = forbidden
        .into_iter()
        .chain(wire)
        .chain(targets)
        .chain(exempt);
    parts.collect::<Vec<_>>().join("<br>")
}

/// Why a change breaks each target.
fn why(change: &Change) -> String {
    let reasons = change.broken.iter().flat_map(|broken| {
        let target = plain(&broken.target);
        reasons(broken).map(move |reason| format!("  - {target}: {}\n", plain(&reason)))
    });
    let change = format!("- {}\n", plain(&change.message));
    std::iter::once(change).chain(reasons).collect()
}

/// A text in which only code between backticks is not shown as it is.
fn plain(text: &str) -> String {
    let text = visible(text);
    let text: String = if text.chars().count() > LONGEST {
        text.chars().take(LONGEST).chain(['…']).collect()
    } else {
        text.into_owned()
    };
    let parts: Vec<_> = text.split('`').collect();
    // With an odd number of backticks, one of them belongs to a text.
    if parts.len() % 2 == 0 {
        return escaped(&text);
    }
    let parts = parts
        .iter()
        .enumerate()
        .map(|(place, part)| match place % 2 {
            0 => escaped(part),
            // A code span is never empty, and a table takes a bar in it for the end of a cell.
            _ if part.trim().is_empty() => escaped(part),
            _ => format!("`{}`", part.replace('|', "\\|")),
        });
    parts.collect()
}

/// A text with all that the format, HTML or GitHub gives a meaning written otherwise.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            // A comment keeps GitHub from making a link of what follows: a mention, an issue, an address.
            '@' | '#' | '/' => {
                escaped.push(character);
                escaped.push_str("<!-- -->");
            }
            other => escaped.push(other),
        }
    }
    escaped.replace("www.", "www<!-- -->.")
}
