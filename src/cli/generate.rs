//! `errgen generate`

use std::iter;
use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::project::{Planned, plan_all};
use super::{CommandResult, Report};
use crate::check::kept;
use crate::depfile;
use crate::diagnostic::Diagnostics;
use crate::plan::{Finding, Plan};
use crate::terminal::{visible, visible_path};
use crate::write::{Written, replace, write};

pub fn run(common: &Common, targets: &[String], depfile: Option<&Path>) -> CommandResult {
    let (planned, depfile) = loop {
        let planned = plan_all(common, targets)?;
        let depfile = match depfile {
            Some(path) => Some((path, dependencies(path, &planned)?)),
            None => None,
        };
        if write(&planned.plans)? == Written::Done {
            break (planned, depfile);
        }
    };
    // Written last: build tools take it as a sign that the outputs are up to date.
    if let Some((path, content)) = depfile {
        replace(path, &content)?;
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
    let outputs: Vec<PathBuf> = planned.plans.iter().flat_map(Plan::outputs).collect();
    let mut inputs = planned.inputs.clone();
    // errgen itself contains the standard targets.
    inputs.extend(std::env::current_exe().ok());
    depfile::render(path, &outputs, &inputs)
}

/// A line that says what was done, such as `docs: 1 written, 0 removed, 3 unchanged in generated/docs`, and one for each
/// edited file that was overwritten.
fn summary(plan: &Plan) -> String {
    let left_over = plan
        .steps
        .iter()
        .filter(|step| step.finding == Finding::LeftOver);
    let removed = left_over.count();
    let list = usize::from(
        plan.steps
            .iter()
            .any(|step| step.path == crate::render::FILE_LIST),
    );
    let summary = format!(
        "{}: {} written, {removed} removed, {} unchanged in {}\n",
        visible(&plan.target),
        plan.steps.len() - removed - list,
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
