//! `errgen outputs`

use super::arguments::Common;
use super::compiled::plans;
use super::{CommandResult, Report};
use crate::plan::Plan;

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let plans = plans(common, targets)?.plans;
    let outputs = plans.iter().flat_map(Plan::outputs);
    let lines = outputs.map(|path| format!("{}\n", path.display()));
    Ok(Report::clean(lines.collect()))
}
