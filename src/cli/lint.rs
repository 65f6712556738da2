//! `errgen lint`

use std::sync::Arc;

use similar::TextDiff;

use super::arguments::Common;
use super::inputs::{catalog_path, library};
use super::{CommandResult, Report};
use crate::diagnostic::{self, Diagnostics, Severity, Source};
use crate::pipeline::Draft;
use crate::read::read;
use crate::write::replace;

/// How many times fixes are applied: one can make room for another, never without end.
const ROUNDS: usize = 10;

/// What to do about what can be mended for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Say so.
    Report,
    /// Show how.
    Diff,
    /// Mend it.
    Fix,
}

impl Mode {
    /// To show is the safer one, where both are asked for.
    pub fn new(fix: bool, diff: bool) -> Self {
        match (fix, diff) {
            (_, true) => Self::Diff,
            (true, false) => Self::Fix,
            (false, false) => Self::Report,
        }
    }
}

pub fn run(common: &Common, mode: Mode, deny_warnings: bool) -> CommandResult {
    let path = catalog_path(common)?;
    let written = read(&path)?;
    let library = library(common)?;
    let find = |source: &Arc<Source>| Draft::parse(source).analyse(&library, &[]).lint();
    let mut source = Arc::clone(&written);
    let mut diagnostics = find(&source);
    let mut applied = 0;
    if mode != Mode::Report {
        for _ in 0..ROUNDS {
            let fixes = diagnostics.iter().filter_map(|it| it.fix.as_ref());
            let (text, count) = diagnostic::apply(&source.text, fixes);
            if count == 0 {
                break;
            }
            applied += count;
            source = Arc::new(Source::new(source.path.clone(), text));
            diagnostics = find(&source);
        }
    }
    if mode == Mode::Diff {
        return Ok(Report::clean(diff(&written, &source)));
    }
    if applied > 0 {
        // A link stays a link to what is mended.
        let real = path.canonicalize().unwrap_or(path);
        replace(&real, source.text.as_bytes())?;
    }
    if deny_warnings {
        for diagnostic in &mut diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    Ok(Report {
        text: summary(&source.path, applied, &diagnostics),
        ..Report::of(diagnostics)
    })
}

fn diff(before: &Source, after: &Source) -> String {
    let diff = TextDiff::from_lines(&before.text, &after.text);
    let (old, new) = (format!("a/{}", before.path), format!("b/{}", before.path));
    let mut unified = diff.unified_diff();
    unified.context_radius(3).header(&old, &new).to_string()
}

/// A line on what was done and found, or nothing where there is nothing to add to the diagnostics.
fn summary(path: &str, applied: usize, diagnostics: &Diagnostics) -> String {
    let mended = (applied > 0).then(|| format!("{applied} mended"));
    let clean = diagnostics.is_empty().then(|| "nothing to mend".to_owned());
    let parts: Vec<_> = mended.into_iter().chain(clean).collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{path}: {}\n", parts.join(", "))
}
