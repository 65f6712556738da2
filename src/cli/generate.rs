//! `errgen generate`

use std::fmt::{self, Write};
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::output::patience;
use super::project::{Planned, plan_all};
use super::{CommandResult, Report};
use crate::check::kept;
use crate::depfile;
use crate::diagnostic::Diagnostics;
use crate::locate::Access;
use crate::plan::{Finding, Plan, Purpose};
use crate::render::FILE_LIST;
use crate::terminal::{visible, visible_path};
use crate::write::{Written, replace, write};

/// What `generate` is to do besides.
#[derive(Clone, Copy, Default)]
pub struct Extras<'a> {
    pub depfile: Option<&'a Path>,
    /// Whether to take over the folders of another catalogue or another target.
    pub adopts: bool,
}

pub fn run(common: &Common, targets: &[String], extras: Extras) -> CommandResult {
    let Extras { depfile, adopts } = extras;
    let purpose = Purpose {
        access: Access::Write,
        adopts,
    };
    let patience = patience(common);
    let (planned, depfile) = loop {
        let planned = plan_all(common, targets, purpose)?;
        let depfile = match depfile {
            Some(path) => Some((path, dependencies(path, &planned)?)),
            None => None,
        };
        if write(&planned.plans, planned.record.as_ref(), patience)? == Written::Done {
            break (planned, depfile);
        }
    };
    // Written last: build tools take it as a sign that the outputs are up to date.
    if let Some((path, content)) = depfile {
        replace(path, &content, patience)?;
    }
    let text = summarize(&planned.plans);
    let kept = planned.plans.iter().flat_map(kept).collect();
    Ok(Report {
        text,
        ..Report::of(kept)
    })
}

/// The content of the depfile.
fn dependencies(path: &Path, planned: &Planned) -> Result<Vec<u8>, Diagnostics> {
    let outputs: Vec<PathBuf> = planned.plans.iter().flat_map(Plan::output_paths).collect();
    let mut inputs = planned.inputs.clone();
    // errgen itself contains the standard targets.
    inputs.extend(std::env::current_exe().ok());
    depfile::render(path, &outputs, &inputs)
}

/// A line for each folder that says what was done, such as `docs: 1 written, 0 removed, 3 unchanged in generated/docs`, with the
/// edited files that were overwritten, and one for all folders if there are several.
fn summarize(plans: &[Plan]) -> String {
    let mut text = String::new();
    let mut all = Counts::default();
    for plan in plans {
        let counts = Counts::of(plan);
        all += counts;
        let target = visible(&plan.target);
        let _ = writeln!(text, "{target}: {counts} in {}", visible_path(&plan.root));
        let steps = plan.steps.iter();
        for step in steps.filter(|step| step.finding == Finding::Edited) {
            let path = visible_path(&plan.root.join(&step.path));
            let _ = writeln!(text, "  overwrote edits in {path}");
        }
    }
    if plans.len() > 1 {
        let _ = writeln!(text, "in all: {all}");
    }
    text
}

/// How many files something was done to, errgen's own lists apart.
#[derive(Clone, Copy, Default)]
struct Counts {
    written: usize,
    removed: usize,
    unchanged: usize,
}

impl Counts {
    fn of(plan: &Plan) -> Self {
        let files = plan.steps.iter().filter(|step| step.path != FILE_LIST);
        let (removed, written): (Vec<_>, Vec<_>) =
            files.partition(|step| step.finding == Finding::LeftOver);
        Self {
            written: written.len(),
            removed: removed.len(),
            unchanged: plan.unchanged,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.written += other.written;
        self.removed += other.removed;
        self.unchanged += other.unchanged;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            written,
            removed,
            unchanged,
        } = self;
        write!(
            formatter,
            "{written} written, {removed} removed, {unchanged} unchanged"
        )
    }
}
