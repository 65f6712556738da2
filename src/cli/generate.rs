//! `errgen generate`

use super::arguments::Common;
use super::compiled::plans;
use super::{CommandResult, Report};
use crate::plan::{Finding, Plan};
use crate::write::{Written, write};

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let plans = loop {
        let plans = plans(common, targets)?;
        if write(&plans)? == Written::Done {
            break plans;
        }
    };
    Ok(Report::clean(plans.iter().map(summary).collect()))
}

/// A line on what has been done: `rust: 1 written, 0 removed, 3 unchanged in generated/rust`.
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
    format!(
        "{}: {} written, {removed} removed, {} unchanged in {}\n",
        plan.target,
        plan.steps.len() - removed - list,
        plan.unchanged,
        plan.root.display()
    )
}
