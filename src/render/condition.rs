//! Evaluates the conditions of files in a manifest, from the target's options and the catalogue.

use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest, rules};
use crate::model::{FIELDS, Value};
use crate::target::{Condition, FileRule, Target};
use crate::validate::EnabledTarget;

/// The prefix of a condition on the catalogue: `catalog.docs_url`. Any other condition is the name of an option.
const CATALOG: &str = "catalog.";

/// Whether to generate a file.
pub fn is_met(rule: &FileRule, enabled: &EnabledTarget, catalog: Value) -> bool {
    let option = |name: &str| enabled.options.get(name);
    match &rule.when {
        None => true,
        Some(Condition::Set(name)) => match name.strip_prefix(CATALOG) {
            Some(path) => catalog.at_path(path).is_some_and(Value::is_truthy),
            None => option(name)
                .is_some_and(|value| !value.is_null() && *value != serde_json::Value::Bool(false)),
        },
        Some(Condition::Values(values)) => values
            .iter()
            .all(|(name, value)| option(name) == Some(value)),
    }
}

/// The conditions and conflicts with an unknown option or field, which would never be met.
pub fn find_unknown(target: &Target, catalog: Value) -> Diagnostics {
    let is_known = |name: &str| match name.strip_prefix(CATALOG) {
        // Every field always exists, and is null if the catalogue does not set it.
        Some(path) => catalog.at_path(path).is_some(),
        None => target.manifest.options.contains_key(name),
    };
    let rules = target.manifest.files.iter();
    let names = rules.flat_map(|rule| match &rule.when {
        None => Vec::new(),
        Some(Condition::Set(name)) => vec![name.as_str()],
        Some(Condition::Values(values)) => values.keys().map(String::as_str).collect(),
    });
    let conflicts = target.manifest.conflicts.iter();
    let conflicting = conflicts.flat_map(|conflict| conflict.options.keys().map(String::as_str));
    names
        .chain(conflicting)
        .filter(|name| !is_known(name))
        .map(|name| unknown_name(target, name))
        .collect()
}

fn unknown_name(target: &Target, name: &str) -> Diagnostic {
    let source = &target.manifest_source;
    let start = source.text.find(name).unwrap_or_default();
    let span = Span::new(start..start + name.len());
    let (what, last, known): (_, _, Vec<&str>) = match name.rsplit_once('.') {
        Some((_, field)) => ("field", field, FIELDS.to_vec()),
        None => (
            "option",
            name,
            target.manifest.options.keys().map(String::as_str).collect(),
        ),
    };
    let message = format!("unknown {what} `{name}`");
    let mut diagnostic = Diagnostic::at(rules::BAD_MANIFEST, source, span, message);
    diagnostic.help = nearest(last, known).map(|near| format!("did you mean `{near}`?"));
    diagnostic
}
