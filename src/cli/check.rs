//! `errgen check`

use std::path::PathBuf;

use super::arguments::Common;
use super::project::{Planned, READING, plan_all};
use super::{CommandResult, Report};
use crate::check::{check, check_record};
use crate::plan::Plan;
use crate::terminal::{visible, visible_path};

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let Planned { plans, record, .. } = plan_all(common, targets, READING)?;
    let command = generate_command(common, targets);
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

/// The command that makes this check pass: the same arguments, with `generate`.
fn generate_command(common: &Common, targets: &[String]) -> String {
    let mut words = vec!["errgen".to_owned(), "generate".to_owned()];
    words.extend_from_slice(targets);
    let given = |option, value: &Option<PathBuf>| value.clone().map(|value| (option, value));
    let options = [
        given("--catalog", &common.catalog),
        given("--templates", &common.templates),
        given("--out", &common.out),
    ];
    let links = common.allow_links_to.iter().cloned();
    let links = links.map(|value| ("--allow-links-to", value));
    for (option, value) in options.into_iter().flatten().chain(links) {
        words.push(option.to_owned());
        words.push(value.display().to_string());
    }
    words.extend(common.budget_words());
    words.join(" ")
}
