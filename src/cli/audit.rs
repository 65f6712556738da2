//! `errgen audit`

use std::path::Path;

use regex::RegexBuilder;

use super::arguments::{AuditArguments, AuditGate, Common};
use super::inputs::{catalog_path, library};
use super::{CommandResult, Conclusion, Report};
use crate::audit::{Auditor, Inputs, Pointers, finish, read_file, read_standard_input, seconds_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, rules, unless_any};
use crate::pipeline::with_draft;

/// The largest program that a pattern becomes, in bytes.
const LARGEST_PATTERN: usize = 8 << 20;

pub fn run(common: &Common, arguments: &AuditArguments) -> CommandResult {
    let pattern = arguments.pattern.as_deref().map(|pattern| {
        let built = RegexBuilder::new(pattern)
            .size_limit(LARGEST_PATTERN)
            .build();
        built.map_err(|error| {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            refused(format!("`{pattern}` is no pattern: {reason}"))
        })
    });
    let pattern = pattern.transpose()?;
    let pointers = Pointers::new(
        arguments.status.as_deref(),
        arguments.headers.as_deref(),
        arguments.body.as_deref(),
        arguments.time.as_deref(),
    )
    .map_err(|text| {
        refused(format!(
            "`{text}` is no JSON pointer, which is empty or begins with `/`"
        ))
    })?;
    let since = arguments.since.as_deref().map(|date| {
        seconds_of(date).ok_or_else(|| refused(format!("`{date}` is no date, such as 2026-01-31")))
    });
    let since = since.transpose()?;
    let path = catalog_path(common)?;
    let library = library(common)?;
    with_draft(&path, &common.allow_links_to, |draft| {
        let analysis = draft.analyse(&library, &[]);
        let (Some(raw), Some(catalog)) = (analysis.raw, &analysis.catalog) else {
            return Err(analysis.errors);
        };
        unless_any(analysis.errors.clone(), ())?;
        let inputs = Inputs {
            pattern: pattern.as_ref(),
            pointers: &pointers,
            shows_progress: !common.quiet,
        };
        let mut auditor = Auditor::new(catalog, since);
        for input in &arguments.inputs {
            if input == Path::new("-") {
                read_standard_input(&mut auditor, &inputs)?;
            } else {
                read_file(&mut auditor, &inputs, input)?;
            }
        }
        let finished = finish(
            auditor,
            draft.source,
            raw,
            arguments.unseen,
            arguments.since.as_deref(),
        );
        let mut diagnostics = finished.diagnostics;
        for diagnostic in &mut diagnostics {
            match arguments.fail_on {
                AuditGate::Error => {}
                AuditGate::Warning => diagnostic.severity = Severity::Error,
                AuditGate::Never => diagnostic.severity = Severity::Warning,
            }
        }
        Ok(Report {
            diagnostics,
            summary: Some(Conclusion {
                text: finished.text,
                line: finished.line,
                data: finished.data,
            }),
            ..Report::clean(String::new())
        })
    })
}

fn refused(message: String) -> Diagnostics {
    Diagnostic::file(rules::NO_SUCH_ARGUMENT, "errgen", message).into()
}
