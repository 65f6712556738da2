//! `errgen release`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use semver::Version;

use super::arguments::{Common, Step};
use super::edits::{self, patches, real, replacements};
use super::history::{History, Tags, record};
use super::inputs::{catalog_path, library};
use super::invocation::{invocation, quoted};
use super::{CommandResult, Report};
use crate::catalog::Catalog;
use crate::compatibility::{self, Former, Summary, assess};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Source, apply, rules, unless_any};
use crate::diff::{FileChange, patch};
use crate::ledger::{Changes, Ledger, Record, Recording, is_stamped, release, stamps, unfinished};
use crate::locate::{Access, Locator};
use crate::pipeline::{Analysis, Draft};
use crate::read::ledger_of;
use crate::target::Library;
use crate::terminal::visible_path;
use crate::write::Replacement;

/// What to release.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub step: Option<&'a Step>,
    /// Whether to record the catalogue as it is, as the beginning of its ledger.
    pub adopts: bool,
    /// The tags that stand for releases before that one.
    pub tags: Option<Tags<'a>>,
    /// Whether to show what would change, and change nothing.
    pub shows: bool,
}

/// A release that can be written.
struct Planned {
    version: Version,
    /// Whether it is the beginning of the ledger.
    adopts: bool,
    /// What was released before there was a ledger.
    history: Option<History>,
    changes: Changes,
    /// The catalogue's files, before and after.
    before: Arc<Source>,
    after: Arc<Source>,
    ledger: FileText,
}

/// A file with its text before and after.
struct FileText {
    path: PathBuf,
    before: Option<String>,
    after: String,
}

pub fn run(common: &Common, request: Request) -> CommandResult {
    let path = catalog_path(common)?;
    let library = library(common)?;
    let plan = |draft: &Draft| plan(common, &path, &library, draft, request);
    edits::change(common, &path, request.shows, plan, refusal)
}

/// Why nothing was released.
fn refusal(diagnostics: Diagnostics) -> Report {
    let is_of_the_catalogue = diagnostics.iter().all(|it| !it.rule.stops_work);
    let headline =
        is_of_the_catalogue.then(|| "nothing was released: mend the catalogue first".to_owned());
    Report {
        headline,
        ..Report::of(diagnostics)
    }
}

fn plan(
    common: &Common,
    path: &Path,
    library: &Library,
    draft: &Draft,
    request: Request,
) -> Result<Planned, Diagnostics> {
    let locator = Locator::new(path, common.out.as_deref(), Access::Read);
    let open_errors = |draft: &Draft, analysis: &Analysis| {
        let mut diagnostics = locator.check(draft.source, &analysis.targets);
        diagnostics.extend(analysis.lint());
        // A release is what mends a version that was not released.
        diagnostics
            .retain(|it| it.severity == Severity::Error && it.rule != rules::UNRELEASED_VERSION);
        diagnostics
    };
    let analysis = draft.analyse(library, &[]);
    unless_any(open_errors(draft, &analysis), ())?;
    let ledger = analysis.ledger.as_ref();
    let (Some(raw), Some(catalog)) = (analysis.raw, &analysis.catalog) else {
        return Err(analysis.errors);
    };
    let is_unfinished = ledger.is_some_and(|ledger| unfinished(raw, ledger).is_some());
    let version = match next_version(catalog.version, ledger, is_unfinished, request) {
        Ok(version) => version,
        Err((message, help)) => return Err(refuse(path, message, help).into()),
    };
    let text = version.to_string();
    let ledger_path = ledger_of(path);
    let file = |after: String| FileText {
        path: ledger_path,
        before: ledger.map(|it| it.text().to_owned()),
        after,
    };
    if request.adopts {
        let adopted = adopt(path, library, catalog, &analysis, &version, request.tags)?;
        let (history, changes, after) = adopted;
        return Ok(Planned {
            version,
            adopts: true,
            history,
            changes,
            before: Arc::clone(draft.source),
            after: Arc::clone(draft.source),
            ledger: file(after),
        });
    }
    let help = "write `since: next` at each new error";
    let fix = stamps(draft.source, raw, ledger, &text).map_err(|place| {
        let message = format!("errgen cannot write `since: {text}` at this error");
        let source = draft.source;
        Diagnostic::at(rules::REFUSED_RELEASE, source, place, message).help(help)
    })?;
    let (stamped, _) = apply(draft.source, [&fix]);
    let stamped = Arc::new(stamped);
    let written = Draft::parse(&stamped).with_files(path, &common.allow_links_to);
    let analysis = written.analyse(library, &[]);
    let is_whole = open_errors(&written, &analysis).is_empty()
        && analysis
            .raw
            .is_some_and(|raw| is_stamped(raw, ledger, &text));
    let Some(catalog) = analysis.catalog.as_ref().filter(|_| is_whole) else {
        let message = format!("errgen cannot write `since: {text}` at all new errors");
        return Err(refuse(path, message, help.to_owned()).into());
    };
    if let (Some(ledger), Some(raw)) = (ledger, analysis.raw) {
        let now = Record::of(catalog, &analysis.targets);
        let (_, summary) = assess(&Former::of_ledger(ledger), &now, &analysis.targets, raw);
        check_step(&summary, &version).map_err(|(message, help)| refuse(path, message, help))?;
    }
    let (after, changes) = release(ledger, catalog, &analysis.targets, &text);
    let is_recorded = ledger.and_then(Ledger::last) == Some(&version);
    if is_recorded && !changes.are_none() {
        let message = format!("{text} was released, and the catalogue has changed since");
        let help = format!(
            "if you have lowered the version by hand, write `version: {text}`, then run `errgen release` with a higher one"
        );
        return Err(refuse(path, message, help).into());
    }
    let after = match ledger {
        Some(ledger) if is_recorded => ledger.text().to_owned(),
        _ => after,
    };
    Ok(Planned {
        version,
        adopts: false,
        history: None,
        changes,
        before: Arc::clone(draft.source),
        after: Arc::clone(&stamped),
        ledger: file(after),
    })
}

/// What is adopted: the releases that tags stand for, what the last one changes, and the ledger's text.
type Adopted = (Option<History>, Changes, String);

/// Records what was released before there was a ledger.
fn adopt(
    path: &Path,
    library: &Library,
    catalog: &Catalog,
    analysis: &Analysis,
    version: &Version,
    tags: Option<Tags>,
) -> Result<Adopted, Diagnostics> {
    let mut recording = Recording::new(catalog);
    let history = tags.map(|tags| record(path, library, tags, &mut recording));
    let history = history.transpose()?;
    let last = history.as_ref().and_then(|it| it.releases.last());
    let is_recorded = last.is_some_and(|(_, last)| last == version);
    if let Some(last) = last {
        follow(last, version).map_err(|(message, help)| refuse(path, message, help))?;
    }
    let changes = if is_recorded {
        Changes {
            errors: recording.count(),
            ..Changes::default()
        }
    } else {
        recording.add(catalog, &analysis.targets, &version.to_string())
    };
    Ok((history, changes, recording.into_text()))
}

/// Whether a version is high enough for what has changed, or why not and what to do.
fn check_step(summary: &Summary, version: &Version) -> Result<(), (String, String)> {
    if summary.allows(version) {
        return Ok(());
    }
    let lowest = summary.lowest();
    Err((
        format!(
            "{version} is too low a step: the changes since {} need a {} release",
            summary.version,
            summary.step.name()
        ),
        format!("release {lowest} or higher; `errgen diff` says what needs it"),
    ))
}

/// The version to release, or why there is none and what to do.
fn next_version(
    written: &str,
    ledger: Option<&Ledger>,
    is_unfinished: bool,
    request: Request,
) -> Result<Version, (String, String)> {
    // Validation has made sure that it is one.
    let current = Version::parse(written).map_err(|error| (error.to_string(), String::new()))?;
    let last = ledger.and_then(Ledger::last);
    if request.adopts {
        return match last {
            None => Ok(current),
            Some(last) => Err((
                format!("there is a ledger already, whose last release is {last}"),
                "run `errgen release` with `major`, `minor`, `patch` or a version".to_owned(),
            )),
        };
    }
    let Some(last) = last else {
        return Ok(request
            .step
            .map_or(current.clone(), |step| raised(step, &current)));
    };
    let is_interrupted = current < *last || current == *last && is_unfinished;
    let wanted = match request.step {
        Some(step) => raised(step, &current),
        None if is_interrupted => last.clone(),
        None => current.clone(),
    };
    if is_interrupted && wanted == *last {
        return Ok(wanted);
    }
    if is_interrupted {
        return Err((
            format!(
                "the release of {last} is not finished: the catalogue does not have it everywhere"
            ),
            "run `errgen release` to finish it, then release the next version".to_owned(),
        ));
    }
    if request.step.is_none() && current == *last {
        return Err((
            format!("{current} is released already"),
            "say what to raise, as in `errgen release minor`, or name the version".to_owned(),
        ));
    }
    if wanted <= *last {
        return Err((
            format!("{wanted} is not higher than {last}, which was released last"),
            format!("release a version higher than {last}"),
        ));
    }
    Ok(wanted)
}

/// Whether today's catalogue can come after the last tag, or why not and what to do. What has changed since that tag under its
/// version is for the next release.
fn follow((tag, last): &(String, Version), version: &Version) -> Result<(), (String, String)> {
    if version >= last {
        return Ok(());
    }
    Err((
        format!("the version is {version}, but that of the tag `{tag}` is {last}"),
        format!(
            "write `version: {last}`, or a higher one; if {last} was never released, leave the tag out with `--without {}`",
            quoted(tag.as_ref())
        ),
    ))
}

/// The version that a step leads to.
fn raised(step: &Step, from: &Version) -> Version {
    match step {
        Step::To(version) => version.clone(),
        Step::Raise(step) => compatibility::raised(*step, from),
    }
}

fn refuse(path: &Path, message: String, help: String) -> Diagnostic {
    let path = path.display().to_string();
    Diagnostic::file(rules::REFUSED_RELEASE, path, message).help(help)
}

impl edits::Planned for Planned {
    fn patch(&self) -> String {
        let FileText {
            path,
            before,
            after,
        } = &self.ledger;
        let mut text = patches(&self.before, &self.after);
        if before.as_ref() != Some(after) {
            text.push_str(&patch(&FileChange {
                path,
                before: before.as_deref().map(str::as_bytes),
                after: Some(after.as_bytes()),
            }));
        }
        text
    }

    /// What to write, in an order that tells how far a run that was interrupted has come: first the ledger, from which the rest
    /// follows, and last the file with the version.
    fn replacements(&self) -> Vec<Replacement> {
        let FileText {
            path,
            before,
            after,
        } = &self.ledger;
        let mut all = Vec::new();
        if before.as_ref() != Some(after) {
            all.push(Replacement {
                path: real(path),
                before: before.clone().map(String::into_bytes),
                after: after.clone().into_bytes(),
            });
        }
        all.extend(replacements(&self.before, &self.after).into_iter().rev());
        all
    }

    fn done(self, common: &Common) -> Report {
        Report::clean(self.summary(common))
    }
}

impl Planned {
    fn summary(&self, common: &Common) -> String {
        let Self {
            version, changes, ..
        } = self;
        let Changes {
            new,
            changed,
            errors,
            ..
        } = changes;
        let ledger = visible_path(&self.ledger.path);
        if let Some(history) = &self.history {
            return history.summary(version, *errors, &ledger);
        }
        if self.adopts {
            return format!(
                "recorded {version}: {errors} in all\nnext: commit {ledger}, and write `since: next` at what is new from now on\n"
            );
        }
        let generate = invocation(common, "generate", &[]);
        format!(
            "released {version}: {new} new, {changed} changed, {errors} in all\nnext: run `{generate}`, then commit its output with the catalogue and {ledger}\n"
        )
    }
}
