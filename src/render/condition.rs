//! Conditions: which of a manifest's files are wanted, by the target's options and by what the catalogue makes use of.

use crate::diagnostic::{Diagnostic, Diagnostics, Span, did_you_mean, rules};
use crate::model::{TargetModel, Uses};
use crate::target::{FileRule, Target};
use crate::validate::EnabledTarget;

/// What begins a condition on the catalogue: `uses.parameters`. Any other is the name of an option.
const USES: &str = "uses.";

/// Whether a file is wanted.
pub fn is_met(rule: &FileRule, enabled: &EnabledTarget, variables: &TargetModel) -> bool {
    let Some(condition) = &rule.when else {
        return true;
    };
    if let Some(part) = condition.strip_prefix(USES) {
        return variables.uses.parts().contains(&(part, true));
    }
    let value = enabled.options.get(condition);
    value.is_some_and(|value| !value.is_null() && *value != serde_json::Value::Bool(false))
}

/// The conditions that name neither an option nor a part of the format.
pub fn unknown(target: &Target) -> Diagnostics {
    let options = target.manifest.options.keys().cloned();
    let parts = Uses::default().parts();
    let known: Vec<_> = options
        .chain(parts.iter().map(|(part, _)| format!("{USES}{part}")))
        .collect();
    let conditions = target
        .manifest
        .files
        .iter()
        .filter_map(|rule| rule.when.as_ref());
    conditions
        .filter(|condition| !known.contains(condition))
        .map(|condition| {
            let source = &target.manifest_source;
            let start = source.text.find(condition.as_str()).unwrap_or_default();
            let message =
                format!("`{condition}` is no option of the target and no part of the format");
            let help = did_you_mean(condition, known.iter().map(String::as_str), || {
                format!("it is one of {}", known.join(", "))
            });
            let span = Span::new(start..start + condition.len());
            Diagnostic::at(rules::BAD_MANIFEST, source, span, message).help(help)
        })
        .collect()
}
