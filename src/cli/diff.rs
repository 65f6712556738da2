//! `errgen diff`

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use semver::Version;

use super::arguments::{ChangeFormat, Common, Gate};
use super::inputs::{catalog_path, library};
use super::{CommandResult, Conclusion, Report};
use crate::catalog::Catalog;
use crate::compatibility::{
    Change, Former, OldPlace, Places, Sources, Subject, Verdict, assess, comment, diagnostic,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Source, rules};
use crate::ledger::Record;
use crate::parse::raw;
use crate::pipeline::{Analysis, Draft, with_draft};
use crate::read::ledger_of;
use crate::revision::with_draft_at;
use crate::target::Library;
use crate::terminal::visible;

/// What to compare, and what to do with the result.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// A file or a git revision. Otherwise, the ledger.
    pub against: Option<&'a OsStr>,
    pub gate: Option<Gate>,
    pub format: ChangeFormat,
}

/// The catalogue as it is.
struct Current<'a> {
    source: &'a Arc<Source>,
    raw: &'a raw::Catalog<'a>,
    analysis: &'a Analysis<'a>,
    record: Record<'a>,
}

pub fn run(common: &Common, request: Request) -> CommandResult {
    let path = catalog_path(common)?;
    let library = library(common)?;
    with_draft(&path, &common.allow_links_to, |draft| {
        let analysis = draft.analyse(&library, &[]);
        let (raw, catalog) = match comparable(&analysis) {
            Ok(parts) => parts,
            Err(diagnostics) => return Ok(unfit(diagnostics)),
        };
        let current = Current {
            source: draft.source,
            raw,
            record: Record::of(catalog, &analysis.targets),
            analysis: &analysis,
        };
        match request.against {
            Some(old) => {
                let compare = |draft: &Draft| Ok(against_draft(&library, draft, &current, request));
                let file = Path::new(old);
                match old.to_str() {
                    Some(revision) if !file.exists() => with_draft_at(&path, revision, compare),
                    _ => with_draft(file, &common.allow_links_to, compare),
                }
            }
            None => against_ledger(&path, &current, request),
        }
    })
}

/// Whether it is a change as well, or what a release mends.
fn is_of_ledger(diagnostic: &Diagnostic) -> bool {
    [
        rules::RELEASED_CODE_REMOVED,
        rules::RELEASED_CODE_REUSED,
        rules::UNRELEASED_VERSION,
    ]
    .contains(&diagnostic.rule)
}

/// A catalogue that has no errors but those, as it was written and as it is valid.
///
/// # Errors
///
/// What has to be mended first.
fn comparable<'c, 'a>(
    analysis: &'c Analysis<'a>,
) -> Result<(&'a raw::Catalog<'a>, &'c Catalog<'a>), Diagnostics> {
    let open = analysis.errors.iter().filter(|it| !is_of_ledger(it));
    let open: Diagnostics = open.cloned().collect();
    match (analysis.raw, &analysis.catalog) {
        (Some(raw), Some(catalog)) if open.is_empty() => Ok((raw, catalog)),
        _ => Err(open),
    }
}

fn unfit(diagnostics: Diagnostics) -> Report {
    Report {
        headline: Some("nothing was compared: mend the catalogue first".to_owned()),
        ..Report::of(diagnostics)
    }
}

fn against_ledger(path: &Path, current: &Current, request: Request) -> CommandResult {
    let Some(ledger) = &current.analysis.ledger else {
        let ledger = ledger_of(path).display().to_string();
        let diagnostic = Diagnostic::file(
            rules::NOTHING_TO_COMPARE,
            ledger,
            "there is no ledger: nothing was released yet",
        );
        let help = "name what to compare with, as in `errgen diff --against main`, or start a ledger with `errgen release --adopt`";
        return Err(diagnostic.help(help).into());
    };
    let place = |subject: &Subject| match subject {
        Subject::Error(code, _) => ledger.place_of_error(code),
        _ => None,
    };
    Ok(report(current, &Former::of_ledger(ledger), &place, request))
}

fn against_draft(library: &Library, draft: &Draft, current: &Current, request: Request) -> Report {
    let analysis = draft.analyse(library, &[]);
    let (raw, catalog) = match comparable(&analysis) {
        Ok(parts) => parts,
        Err(diagnostics) => return unfit(diagnostics),
    };
    let record = Record::of(catalog, &analysis.targets);
    let places = Places::new(raw);
    let place = |subject: &Subject| Some((Arc::clone(draft.source), places.of(subject)?));
    let name = request.against.unwrap_or_default();
    let former = Former {
        name: visible(&name.to_string_lossy()).into_owned(),
        // Validation has made sure that it is one.
        version: Version::parse(catalog.version).unwrap_or_else(|_| Version::new(0, 0, 0)),
        state: record.state(),
    };
    report(current, &former, &place, request)
}

fn report(current: &Current, former: &Former, old: OldPlace, request: Request) -> Report {
    let targets = &current.analysis.targets;
    let (changes, summary) = assess(former, &current.record, targets, current.raw);
    let places = Places::new(current.raw);
    let sources = Sources {
        new: current.source,
        places: &places,
        old,
    };
    let fails = |change: &Change| match request.gate {
        None => false,
        Some(Gate::Breaking) => change.verdict >= Verdict::Breaking,
        Some(Gate::Forbidden) => change.verdict == Verdict::Forbidden,
    };
    let shown = changes
        .iter()
        .map(|change| diagnostic(change, &sources, fails(change)));
    let diagnostics: Diagnostics = shown.collect();
    if request.format == ChangeFormat::Comment {
        let pairs: Vec<_> = changes.iter().zip(&diagnostics).collect();
        let failed = diagnostics.iter().any(|it| it.severity == Severity::Error);
        return Report {
            patch: comment(&summary, &pairs),
            fails: failed,
            ..Report::clean(String::new())
        };
    }
    Report {
        conclusion: Some(Conclusion {
            text: summary.text(),
            line: format!("{}; {}", summary.tally(), summary.need()),
            data: summary.value(),
        }),
        diagnostics,
        ..Report::clean(String::new())
    }
}
