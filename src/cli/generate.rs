//! `errgen generate`

use std::iter;
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
    let text = planned.plans.iter().map(summary).collect();
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

/// A line that says what was done, such as `docs: 1 written, 0 removed, 3 unchanged in generated/docs`, and one for each
/// edited file that was overwritten.
fn summary(plan: &Plan) -> String {
    let files = plan.steps.iter().filter(|step| step.path != FILE_LIST);
    let (removed, written): (Vec<_>, Vec<_>) =
        files.partition(|step| step.finding == Finding::LeftOver);
    let summary = format!(
        "{}: {} written, {} removed, {} unchanged in {}\n",
        visible(&plan.target),
        written.len(),
        removed.len(),
        plan.unchanged,
        visible_path(&plan.root)
    );
    let edited = plan
        .steps
        .iter()
        .filter(|step| step.finding == Finding::Edited);
    let overwritten = edited.map(|step| {
        let path = visible_path(&plan.root.join(&step.path));
        format!("  overwrote edits in {path}\n")
    });
    iter::once(summary).chain(overwritten).collect()
}
