//! Turns Tera's errors into diagnostics with their places.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tera::ErrorKind;

use super::template_names::{path_rules, path_template, template_name};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Source, Span, rules};
use crate::target::Target;

/// Tera's errors, at their places in the templates.
pub fn locate(target: &Target, error: &tera::Error) -> Diagnostics {
    let of_file =
        |path: &str, message: String| Diagnostic::file(rules::TEMPLATE_ERROR, path, message);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let place = TemplatePlace::find(target, report.filename());
            place.within(range, report.message()).into()
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
    let mut places: HashMap<&str, TemplatePlace> = HashMap::new();
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
        let place = places
            .entry(name)
            .or_insert_with(|| TemplatePlace::find(target, name));
        diagnostics.push(place.at(Position { line, column }, message));
    }
    diagnostics
}

/// A diagnostic at a line and a column of a template.
#[cfg(feature = "compiled-templates")]
pub fn at_position(target: &Target, name: &str, message: &str, position: Position) -> Diagnostic {
    TemplatePlace::find(target, name).at(position, message)
}

/// Where the text of a template is: in a file of its own, or in the manifest if the template is a path there.
struct TemplatePlace {
    /// The text alone.
    text: Arc<Source>,
    source: Arc<Source>,
    /// Where the text starts in the source.
    start: usize,
}

impl TemplatePlace {
    fn find(target: &Target, name: &str) -> Self {
        let files = target.manifest.files.iter().enumerate();
        let mut paths = files.flat_map(|(index, rule)| {
            path_rules(rule).filter(move |(key, _)| path_template(target, index, key) == name)
        });
        if let Some((_, path)) = paths.next() {
            let source = Arc::clone(&target.manifest_source);
            return Self {
                text: Arc::new(Source::new(name, path)),
                start: source.text.find(path).unwrap_or_default(),
                source,
            };
        }
        let mut files = target.files.iter();
        let file = files.find(|file| template_name(target, &file.path) == name);
        let text = file.map_or(Cow::Borrowed(""), |file| {
            String::from_utf8_lossy(&file.content)
        });
        let text = Arc::new(Source::new(name, text));
        Self {
            source: Arc::clone(&text),
            text,
            start: 0,
        }
    }

    fn at(&self, position: Position, message: &str) -> Diagnostic {
        let at = self.text.offset(position);
        self.within(at..at + 1, message)
    }

    fn within(&self, range: Range<usize>, message: &str) -> Diagnostic {
        let span = Span::new(self.start + range.start..self.start + range.end);
        Diagnostic::at(rules::TEMPLATE_ERROR, &self.source, span, message)
    }
}
