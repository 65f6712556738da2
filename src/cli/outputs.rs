//! `errgen outputs`

use super::arguments::Common;
use super::project::plan_all;
use super::{CommandResult, Report};
use crate::plan::Plan;

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let plans = plan_all(common, targets)?.plans;
    let outputs = plans.iter().flat_map(Plan::outputs);
    let lines = outputs.map(|path| format!("{}\n", path.display()));
    Ok(Report::clean(lines.collect()))
}
