//! `errgen check`

use super::arguments::{Common, DiffLength, ReportFormat};
use super::invocation::invocation;
use super::project::{Planned, READING, plan_all};
use super::{CommandResult, Report};
use crate::check::{Diffs, Excerpts, check, check_record, headline, patches};
use crate::plan::Plan;
use crate::terminal::{visible, visible_path};

pub fn run(
    common: &Common,
    targets: &[String],
    diff: DiffLength,
    format: ReportFormat,
) -> CommandResult {
    let Planned { plans, record, .. } = plan_all(common, targets, READING)?;
    let command = invocation(common, "generate", targets);
    let mut diffs = match (diff, format) {
        (DiffLength::Short, _) => Diffs::Excerpts(Excerpts::default()),
        // People get a patch on standard output instead.
        (DiffLength::None, _) | (DiffLength::Full, ReportFormat::Human) => Diffs::Nothing,
        (DiffLength::Full, _) => Diffs::All,
    };
    let mut findings = Vec::new();
    for plan in &plans {
        findings.extend(check(plan, &command, &mut diffs));
    }
    // The record follows from the folders, so it is only reported if nothing else is.
    if findings.is_empty() {
        let record = record.as_ref();
        findings.extend(record.map(|record| check_record(record, &command, &mut diffs)));
    }
    if findings.is_empty() {
        return Ok(Report::clean(plans.iter().map(summary).collect()));
    }
    let patch = match diff {
        DiffLength::Full => patches(&plans, record.as_ref()),
        _ => String::new(),
    };
    let headline = headline(&plans, record.as_ref());
    Ok(Report {
        patch,
        headline: headline.map(|headline| format!("{headline}; run `{command}`")),
        ..Report::of(findings)
    })
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
