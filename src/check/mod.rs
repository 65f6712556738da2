//! Reports how output folders differ from what they should be. It writes nothing.

mod excerpt;

pub use excerpt::Excerpts;

use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, rules};
use crate::diff::{FileChange, patch, unified};
use crate::plan::{Finding, Plan, RecordChange, Step};
use crate::render::FILE_LIST;

/// How much of each diff a finding shows.
pub enum Diffs {
    Nothing,
    Excerpts(Excerpts),
    All,
}

/// A diagnostic for each file that is not up to date, with a diff and `command`, which updates it.
pub fn check(plan: &Plan, command: &str, diffs: &mut Diffs) -> Diagnostics {
    if plan.is_abandoned {
        return abandoned(plan, command).chain(kept(plan)).collect();
    }
    let steps = reported_steps(plan);
    let findings = steps.map(|step| finding(&plan.root, step, command, diffs));
    findings.chain(kept(plan)).collect()
}

/// The steps to report. The list of files follows from the files, so it is only reported if nothing else is.
fn reported_steps(plan: &Plan) -> impl Iterator<Item = &Step> {
    let alone = plan.steps.len() == 1;
    let steps = plan.steps.iter();
    steps.filter(move |step| alone || step.path != FILE_LIST)
}

/// A diagnostic for the record of output folders, if it is not up to date.
pub fn check_record(change: &RecordChange, command: &str, diffs: &mut Diffs) -> Diagnostic {
    finding(&change.base, &change.step, command, diffs)
}

/// A diagnostic for a folder that a target no longer writes to, if anything in it is to be removed.
fn abandoned(plan: &Plan, command: &str) -> impl Iterator<Item = Diagnostic> {
    let removed = plan.steps.iter().filter(|step| step.after.is_none());
    let count = removed.filter(|step| step.path != FILE_LIST).count();
    let diagnostic = (!plan.steps.is_empty()).then(|| {
        let root = plan.root.display().to_string();
        let files = if count == 1 { "file" } else { "files" };
        let message = format!(
            "`{}` no longer writes to this folder; {count} {files} left over",
            plan.target
        );
        Diagnostic::file(rules::LEFT_OVER_FOLDER, root, message).help(format!("run `{command}`"))
    });
    diagnostic.into_iter()
}

/// A diagnostic for each file that only somebody else can decide about. It shows no content: errgen may never have written it.
pub fn kept(plan: &Plan) -> impl Iterator<Item = Diagnostic> {
    plan.kept.iter().map(|path| {
        let path = plan.root.join(path).display().to_string();
        let message = "errgen no longer writes this file, and it was edited after it was generated";
        Diagnostic::file(rules::EDITED_FILE, path, message)
            .help("copy what is worth keeping and delete the file, or, if it is not errgen's, delete its line in `.errgen-files`")
    })
}

fn finding(root: &Path, step: &Step, command: &str, diffs: &mut Diffs) -> Diagnostic {
    let (rule, message): (&'static Rule, _) = match step.finding {
        Finding::Missing => (rules::MISSING_FILE, "this file is missing"),
        Finding::Stale => (rules::STALE_FILE, "this file is stale"),
        Finding::Edited => (
            rules::EDITED_FILE,
            "this file was edited after it was generated",
        ),
        Finding::LeftOver => (rules::LEFT_OVER_FILE, "this file is left over"),
    };
    let path = root.join(&step.path);
    let mut diagnostic = Diagnostic::file(rule, path.display().to_string(), message)
        .help(format!("run `{command}`"));
    let diff = || unified(&change(&path, step));
    diagnostic.details = match diffs {
        Diffs::Nothing => None,
        Diffs::Excerpts(excerpts) => Some(excerpts.of(&diff())),
        Diffs::All => Some(diff()),
    };
    diagnostic
}

/// A patch that makes everything up to date, the lists of files and the record included.
pub fn patches(plans: &[Plan], record: Option<&RecordChange>) -> String {
    let steps = plans
        .iter()
        .flat_map(|plan| plan.steps.iter().map(|step| (&*plan.root, step)));
    let record = record.map(|record| (&*record.base, &record.step));
    let patches = steps.chain(record).map(|(root, step)| {
        let path = root.join(&step.path);
        patch(&change(&path, step))
    });
    patches.collect()
}

fn change<'a>(path: &'a Path, step: &'a Step) -> FileChange<'a> {
    FileChange {
        path,
        before: (step.finding != Finding::Missing).then_some(&*step.before),
        after: step.after.as_deref(),
    }
}

/// What is not up to date, in a line: `3 files are not up to date: 2 stale, 1 missing`. `None` if errgen can change nothing.
pub fn headline(plans: &[Plan], record: Option<&RecordChange>) -> Option<String> {
    let steps = plans.iter().flat_map(reported_steps);
    let mut findings: Vec<_> = steps.map(|step| step.finding).collect();
    if findings.is_empty() {
        findings.extend(record.map(|record| record.step.finding));
    }
    let kinds = [
        (Finding::Missing, "missing"),
        (Finding::Stale, "stale"),
        (Finding::Edited, "edited"),
        (Finding::LeftOver, "left over"),
    ];
    let counts = kinds.map(|(kind, name)| {
        let count = findings.iter().filter(|it| **it == kind).count();
        (count > 0).then(|| format!("{count} {name}"))
    });
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    let files = match findings.len() {
        0 => return None,
        1 => "1 file is".to_owned(),
        count => format!("{count} files are"),
    };
    Some(format!("{files} not up to date: {}", counts.join(", ")))
}
