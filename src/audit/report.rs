//! What an audit has found, as diagnostics, and what it comes to.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::findings::{Auditor, Found, name};
use crate::diagnostic::{Diagnostic, Diagnostics, Fact, Severity, Source, Span, count, rules};
use crate::parse::raw;
use crate::terminal::visible;

/// What an audit has come to.
pub struct Finished {
    pub diagnostics: Diagnostics,
    /// For people, in lines.
    pub text: String,
    /// The same in one line.
    pub line: String,
    /// The same for programs.
    pub data: Value,
}

/// Puts together what was found. Codes that were never seen are named if `names_unseen`; `since` is how the user wrote the date.
pub fn finish(
    auditor: Auditor,
    source: &Arc<Source>,
    raw: &raw::Catalog,
    names_unseen: bool,
    since: Option<&str>,
) -> Finished {
    let places: HashMap<_, _> = raw
        .errors()
        .filter_map(|error| {
            let code = error.code.as_ref()?;
            Some((code.value.text().into_owned(), code.span))
        })
        .collect();
    let errors: Vec<_> = auditor
        .catalog
        .errors()
        .map(|(_, _, error)| error)
        .collect();
    let documented: Vec<_> = errors
        .iter()
        .enumerate()
        .filter(|(_, error)| error.retired.is_none() && !error.no_error)
        .map(|(index, error)| (index, *error, auditor.seen[index]))
        .collect();
    let seen = documented.iter().filter(|(_, _, seen)| *seen > 0).count();
    let (all, uncounted) = (documented.len(), auditor.uncounted);
    let unseen = documented
        .into_iter()
        .filter(|(_, _, seen)| *seen == 0 && names_unseen);
    let unseen: Vec<_> = unseen
        .map(|(index, error, _)| {
            let span = places.get(&*error.code.text()).copied().unwrap_or_default();
            let when = since.map_or_else(String::new, |since| format!(" since {since}"));
            let message = format!("{} was never seen{when}", name(error));
            let mut diagnostic = Diagnostic::at(rules::CODE_NEVER_SEEN, source, span, message)
                .help("if servers no longer send it, `errgen retire` says so");
            diagnostic.severity = Severity::Warning;
            diagnostic.data = json!({ "code": error.code.text(), "id": error.id, "count": 0 });
            (index, diagnostic)
        })
        .collect();
    let totals = summary(&auditor, seen, all);
    let found = auditor.into_found().into_iter();
    let mut ranked: Vec<(usize, Diagnostic)> = found
        .map(|found| {
            let rank = found.index.unwrap_or(usize::MAX);
            (rank, diagnostic(found, source, &places))
        })
        .collect();
    ranked.extend(unseen);
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut diagnostics: Diagnostics = ranked.into_iter().map(|(_, it)| it).collect();
    if uncounted > 0 {
        let message = format!(
            "there are too many findings to tell apart: {} more were not",
            count(usize::try_from(uncounted).unwrap_or(usize::MAX))
        );
        let mut diagnostic = Diagnostic::file(rules::TOO_MANY_FINDINGS, &source.path, message);
        diagnostic.severity = Severity::Warning;
        diagnostics.push(diagnostic);
    }
    let (line, data) = totals;
    Finished {
        diagnostics,
        text: format!("{line}\n"),
        line,
        data,
    }
}

fn diagnostic(found: Found, source: &Source, places: &HashMap<String, Span>) -> Diagnostic {
    let Found {
        rule,
        code,
        count: times,
        spot,
        message,
        mut facts,
        help,
        mut data,
        ..
    } = found;
    let at = Arc::new(Source::unseen(&*spot.path, spot.position));
    let mut diagnostic = Diagnostic::at(rule, &at, Span::default(), message);
    if rule == rules::UNREADABLE_LINES {
        diagnostic.severity = Severity::Warning;
    }
    if let Some(span) = places.get(&code) {
        let position = source.position(span.start);
        let path = source.file_at(span.start).path;
        facts.push((
            "catalogue",
            format!("{path}:{}:{}", position.line, position.column),
        ));
    }
    if times > 1 && rule != rules::UNREADABLE_LINES {
        let times = count(usize::try_from(times).unwrap_or(usize::MAX));
        facts.push(("seen", format!("{times} times, here first")));
    }
    let facts = facts.into_iter().map(|(label, text)| Fact {
        label: label.to_owned(),
        text,
    });
    diagnostic.facts = facts.collect();
    diagnostic.help = help;
    data["count"] = times.into();
    if !code.is_empty() {
        data["code"] = code.into();
    }
    diagnostic.data = data;
    diagnostic
}

/// What was read, in a line and for programs.
fn summary(auditor: &Auditor, seen: usize, all: usize) -> (String, Value) {
    let totals = &auditor.totals;
    let shown = |number: u64| count(usize::try_from(number).unwrap_or(usize::MAX));
    let many = |number: u64, what: &str| {
        let end = if number == 1 { "" } else { "s" };
        format!("{} {what}{end}", shown(number))
    };
    let mut parts = Vec::new();
    if totals.has_traffic {
        let responses = many(totals.responses, "response");
        let mut part = format!("{responses}, {} with an error", shown(totals.errors));
        if totals.without_code > 0 {
            let number = shown(totals.without_code);
            part.extend([", ", &number, " with the status of an error and no code"]);
        }
        if totals.others > 0 {
            let others = many(totals.others, "record");
            part.extend(["; ", &others, " of something else"]);
        }
        parts.push(part);
    }
    if totals.has_document {
        let operations = many(totals.operations, "operation");
        parts.push(format!(
            "{operations}, {} with an error",
            shown(totals.listing)
        ));
    }
    if totals.has_sources {
        let files = many(totals.files, "file");
        parts.push(format!("{files}, {} found", many(totals.named, "code")));
    }
    parts.push(format!(
        "{} of {} documented codes seen",
        count(seen),
        count(all)
    ));
    let data = json!({ "audit": {
        "responses": totals.responses,
        "errors": totals.errors,
        "without_code": totals.without_code,
        "other_records": totals.others,
        "operations": totals.operations,
        "operations_with_errors": totals.listing,
        "files": totals.files,
        "codes_in_files": totals.named,
        "documented_codes": all,
        "seen_codes": seen,
    } });
    (visible(&parts.join("; ")).into_owned(), data)
}
