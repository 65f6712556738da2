//! `errgen rule`

use super::{CommandResult, Report};
use crate::diagnostic::{ALL, Diagnostic, Rule, did_you_mean, rules};

pub fn run(wanted: Option<&str>) -> CommandResult {
    let Some(wanted) = wanted else {
        return Ok(Report::clean(ALL.iter().map(|rule| line(rule)).collect()));
    };
    if let Some(rule) = Rule::find(wanted) {
        return Ok(Report::clean(rule.page.to_owned()));
    }
    let names = ALL.iter().flat_map(|rule| [rule.code, rule.name]);
    let help = did_you_mean(wanted, names, || {
        "run `errgen rule` to list them".to_owned()
    });
    let message = format!("unknown rule `{wanted}`");
    Err(Diagnostic::file(rules::NO_SUCH_RULE, "errgen", message)
        .help(help)
        .into())
}

/// A line of the list: `E301  error    duplicate-code`.
fn line(rule: &Rule) -> String {
    format!(
        "{}  {:7}  {}\n",
        rule.code,
        rule.severity().name(),
        rule.name
    )
}
