//! Reports how output folders differ from what they should be. It writes nothing.

use std::fmt::Write;
use std::path::Path;

use similar::TextDiff;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, rules};
use crate::plan::{Finding, Plan, RecordChange, Step};
use crate::render::FILE_LIST;

/// How many lines of a diff to show for one file.
const SHOWN_LINES: usize = 100;

/// A diagnostic for each file that is not up to date, with a diff and `command`, which updates it.
pub fn check(plan: &Plan, command: &str) -> Diagnostics {
    if plan.is_abandoned {
        return abandoned(plan, command).chain(kept(plan)).collect();
    }
    // The list of files follows from the files, so it is only reported if nothing else is.
    let alone = plan.steps.len() == 1;
    let steps = plan
        .steps
        .iter()
        .filter(|step| alone || step.path != FILE_LIST);
    let findings = steps.map(|step| finding(&plan.root, step, command));
    findings.chain(kept(plan)).collect()
}

/// A diagnostic for the record of output folders, if it is not up to date.
pub fn check_record(change: &RecordChange, command: &str) -> Diagnostic {
    finding(&change.base, &change.step, command)
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

fn finding(root: &Path, step: &Step, command: &str) -> Diagnostic {
    let (rule, message): (&'static Rule, _) = match step.finding {
        Finding::Missing => (rules::MISSING_FILE, "this file is missing"),
        Finding::Stale => (rules::STALE_FILE, "this file is stale"),
        Finding::Edited => (
            rules::EDITED_FILE,
            "this file was edited after it was generated",
        ),
        Finding::LeftOver => (rules::LEFT_OVER_FILE, "this file is left over"),
    };
    let path = root.join(&step.path).display().to_string();
    Diagnostic::file(rule, path, message)
        .help(format!("run `{command}`"))
        .details(diff(step))
}

fn diff(step: &Step) -> String {
    let before = String::from_utf8_lossy(&step.before);
    let after = String::from_utf8_lossy(step.after.as_deref().unwrap_or_default());
    let diff = TextDiff::from_lines(&before, &after);
    let mut unified = diff.unified_diff();
    let (old, new) = (format!("a/{}", step.path), format!("b/{}", step.path));
    let old = if step.before.is_empty() {
        "/dev/null"
    } else {
        &old
    };
    let new = if step.after.is_none() {
        "/dev/null"
    } else {
        &new
    };
    let text = unified.context_radius(3).header(old, new).to_string();
    let lines = text.lines().count();
    let mut shown: String = text.split_inclusive('\n').take(SHOWN_LINES).collect();
    if lines > SHOWN_LINES {
        let _ = writeln!(shown, "… and {} more lines", lines - SHOWN_LINES);
    }
    shown
}
