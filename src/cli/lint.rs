//! `errgen lint`

use std::sync::Arc;

use super::arguments::Common;
use super::edits::{changed, patches};
use super::inputs::{catalog_path, library};
use super::output::patience;
use super::{CommandResult, Report};
use crate::diagnostic::{self, Diagnostics, Severity, Source};
use crate::locate::{Access, Locator};
use crate::pipeline::{Draft, with_draft};
use crate::terminal::visible;
use crate::write::{Patience, replace};

/// How many times to apply fixes: one can make another possible, but not without end.
const ROUNDS: usize = 10;

/// What to do with the fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only report what they would fix.
    Report,
    /// Show what they would change.
    Diff,
    /// Apply them.
    Fix,
}

impl Mode {
    /// If both are given, `--diff` wins, because it is safer.
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
    let library = library(common)?;
    let locator = Locator::new(&path, common.out.as_deref(), Access::Write);
    let find = |draft: &Draft| {
        let analysis = draft.analyse(&library, &[]);
        let mut diagnostics = locator.check(draft.source, &analysis.targets);
        diagnostics.extend(analysis.lint());
        diagnostics
    };
    with_draft(&path, &common.allow_links_to, |draft| {
        let written = draft.source;
        let mut source = Arc::clone(written);
        let mut diagnostics = find(draft);
        let mut applied = 0;
        if mode != Mode::Report {
            for _ in 0..ROUNDS {
                let fixes = diagnostics.iter().filter_map(|it| it.fix.as_ref());
                let (next, count) = diagnostic::apply(&source, fixes);
                if count == 0 {
                    break;
                }
                applied += count;
                source = Arc::new(next);
                diagnostics =
                    find(&Draft::parse(&source).with_files(&path, &common.allow_links_to));
            }
        }
        match mode {
            Mode::Report => {}
            Mode::Diff => {
                return Ok(Report {
                    patch: patches(written, &source),
                    ..Report::clean(String::new())
                });
            }
            Mode::Fix => write(written, &source, patience(common))?,
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
    })
}

/// Writes the files that fixes have changed.
fn write(before: &Source, after: &Source, patience: Patience) -> Result<(), Diagnostics> {
    for (path, _, text) in changed(before, after) {
        // A link remains a link to the fixed file.
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        replace(&real, text.as_bytes(), patience)?;
    }
    Ok(())
}

/// A line that says what was fixed and whether anything is left; empty if the diagnostics say it all.
fn summary(path: &str, applied: usize, diagnostics: &Diagnostics) -> String {
    let fixed = (applied > 0).then(|| format!("{applied} fixed"));
    let clean = diagnostics
        .is_empty()
        .then(|| "no problems found".to_owned());
    let parts: Vec<_> = fixed.into_iter().chain(clean).collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}: {}\n", visible(path), parts.join(", "))
}
