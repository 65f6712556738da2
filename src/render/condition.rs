//! Conditions: which of a manifest's files are wanted, by the target's options and by what the catalogue has.

use tera::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest, rules};
use crate::model::FIELDS;
use crate::target::{FileRule, Target};
use crate::validate::EnabledTarget;

/// What begins a condition on the catalogue: `catalog.docs_url`. Any other is the name of an option.
const CATALOG: &str = "catalog.";

/// Whether a file is wanted.
pub fn is_met(rule: &FileRule, enabled: &EnabledTarget, catalog: &Value) -> bool {
    let Some(condition) = &rule.when else {
        return true;
    };
    if let Some(path) = condition.strip_prefix(CATALOG) {
        return catalog.get_from_path(path).is_some_and(Value::is_truthy);
    }
    let value = enabled.options.get(condition);
    value.is_some_and(|value| !value.is_null() && *value != serde_json::Value::Bool(false))
}

/// The conditions that name neither an option nor a field that there is: they would never be met.
pub fn unknown(target: &Target, catalog: &Value) -> Diagnostics {
    let is_known = |condition: &str| match condition.strip_prefix(CATALOG) {
        // Every field is always there, null where it is absent.
        Some(path) => catalog.get_from_path(path).is_some(),
        None => target.manifest.options.contains_key(condition),
    };
    let rules = target.manifest.files.iter();
    let conditions = rules.filter_map(|rule| rule.when.as_deref());
    conditions
        .filter(|condition| !is_known(condition))
        .map(|condition| unknown_name(target, condition))
        .collect()
}

fn unknown_name(target: &Target, condition: &str) -> Diagnostic {
    let source = &target.manifest_source;
    let start = source.text.find(condition).unwrap_or_default();
    let span = Span::new(start..start + condition.len());
    let (what, name, known): (_, _, Vec<&str>) = match condition.rsplit_once('.') {
        Some((_, field)) => ("field", field, FIELDS.to_vec()),
        None => (
            "option",
            condition,
            target.manifest.options.keys().map(String::as_str).collect(),
        ),
    };
    let message = format!("there is no {what} `{condition}`");
    let mut diagnostic = Diagnostic::at(rules::BAD_MANIFEST, source, span, message);
    diagnostic.help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
    diagnostic
}
