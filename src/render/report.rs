//! Turns Tera's errors into diagnostics with their places.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use tera::ErrorKind;

use super::template_names::{path_rules, path_template, template_name};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};
use crate::target::Target;

/// Tera's errors, at their places in the templates.
pub fn locate(target: &Target, error: &tera::Error) -> Diagnostics {
    let of_file =
        |path: &str, message: String| Diagnostic::file(rules::TEMPLATE_ERROR, path, message);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            diagnostic_at(target, report.filename(), report.message(), |_| range).into()
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let chain = include_chain.join(" → ");
            of_file(tpl, format!("circular `include`: {chain}")).into()
        }
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => {
            let chain = inheritance_chain.join(" → ");
            of_file(tpl, format!("circular `extends`: {chain}")).into()
        }
        ErrorKind::MissingParent { current, parent } => of_file(
            current,
            format!("the template `{parent}` to extend does not exist"),
        )
        .into(),
        ErrorKind::Msg(text) => {
            let reports = reports(target, text);
            if reports.is_empty() {
                return of_file(&target.folder, text.clone()).into();
            }
            reports
        }
        other => of_file(&target.folder, other.to_string()).into(),
    }
}

/// Unknown filters, tests, functions, components and templates, which Tera hands over as nothing but one text of reports: each
/// begins `error: MESSAGE` and goes on ` --> FILE:LINE:COLUMN`. If Tera changes this, `tests/invalid/E506-unknown-filter` fails.
fn reports(target: &Target, text: &str) -> Diagnostics {
    let mut lines = text.lines();
    let mut diagnostics = Diagnostics::new();
    while let Some(line) = lines.next() {
        let message = line.strip_prefix("error: ");
        let place = message.and_then(|_| lines.next()?.trim_start().strip_prefix("--> "));
        let (Some(message), Some(place)) = (message, place) else {
            continue;
        };
        let mut parts = place.rsplitn(3, ':');
        let mut number = || parts.next()?.parse::<usize>().ok();
        let (column, line) = (number().unwrap_or(1), number().unwrap_or(1));
        let name = parts.next().unwrap_or_default();
        diagnostics.push(at_column(target, name, message, line, column));
    }
    diagnostics
}

/// A diagnostic at a line and a column of a template, both from 1.
pub fn at_column(
    target: &Target,
    name: &str,
    message: &str,
    line: usize,
    column: usize,
) -> Diagnostic {
    diagnostic_at(target, name, message, |text| {
        let lines = text.split_inclusive('\n').take(line - 1);
        let start = lines.map(str::len).sum::<usize>();
        let before = text[start..].chars().take(column - 1);
        let at = start + before.map(char::len_utf8).sum::<usize>();
        at..at + 1
    })
}

/// A diagnostic in a template, or in the manifest if the template is a path there.
fn diagnostic_at(
    target: &Target,
    name: &str,
    message: &str,
    range: impl FnOnce(&str) -> Range<usize>,
) -> Diagnostic {
    let files = target.manifest.files.iter().enumerate();
    let mut paths = files.flat_map(|(index, rule)| {
        path_rules(rule).filter(move |(key, _)| path_template(target, index, key) == name)
    });
    if let Some((_, path)) = paths.next() {
        let manifest = &target.manifest_source;
        let range = range(path);
        let start = manifest.text.find(path).unwrap_or_default();
        let span = Span::new(start + range.start..start + range.end);
        return Diagnostic::at(rules::TEMPLATE_ERROR, manifest, span, message);
    }
    let file = target
        .files
        .iter()
        .find(|file| template_name(target, &file.path) == name);
    let text = file.map_or(Cow::Borrowed(""), |file| {
        String::from_utf8_lossy(&file.content)
    });
    let span = Span::new(range(&text));
    let source = Arc::new(Source::new(name, text));
    Diagnostic::at(rules::TEMPLATE_ERROR, &source, span, message)
}
