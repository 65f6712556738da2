//! `errgen check`

use super::arguments::Common;
use super::invocation::invocation;
use super::project::{Planned, READING, plan_all};
use super::{CommandResult, Report};
use crate::check::{check, check_record};
use crate::plan::Plan;
use crate::terminal::{visible, visible_path};

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let Planned { plans, record, .. } = plan_all(common, targets, READING)?;
    let command = invocation(common, "generate", targets);
    let mut findings: Vec<_> = plans
        .iter()
        .flat_map(|plan| check(plan, &command))
        .collect();
    // The record follows from the folders, so it is only reported if nothing else is.
    if findings.is_empty() {
        findings.extend(record.map(|record| check_record(&record, &command)));
    }
    if findings.is_empty() {
        Ok(Report::clean(plans.iter().map(summary).collect()))
    } else {
        Ok(Report::of(findings))
    }
}

fn summary(plan: &Plan) -> String {
    let Plan {
        target,
        unchanged,
        root,
        ..
    } = plan;
    let (target, root) = (visible(target), visible_path(root));
    format!("{target}: {unchanged} up to date in {root}\n")
}
