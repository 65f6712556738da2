//! Targets that extend a standard one: what their folder has replaces that, and everything else stays.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::TargetFile;
use super::manifest::{Manifest, check_model, parse_yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, nearest, rules};

/// The keys of the files that a manifest generates, and of the template of one.
const FILES: &str = "files";
const TEMPLATE: &str = "template";

/// What is read of a manifest before all of it.
#[derive(Deserialize)]
struct Extending {
    #[serde(default)]
    extends: Option<String>,
}

/// The standard target that a manifest extends, if any. What is no manifest at all is reported when it is read.
pub fn base_of(source: &Source) -> Option<String> {
    serde_yaml::from_str::<Extending>(&source.text)
        .ok()?
        .extends
}

/// Reads a manifest that extends another, which is given as JSON: of two mappings with a key, both count, and of other values its
/// own. To the files that are generated it adds its own, in place of those from the same template.
///
/// # Errors
///
/// If it is not YAML, both together are no manifest, or it is one for a later errgen.
pub fn parse(source: &Arc<Source>, base: &[u8]) -> Result<Manifest, Diagnostics> {
    check_model(source)?;
    let mut own: Value = parse_yaml(source)?;
    let mut whole: Value = serde_json::from_slice(base).unwrap_or_default();
    if let (Some(Value::Array(own)), Some(Value::Array(rules))) =
        (own.get_mut(FILES), whole.get_mut(FILES))
    {
        rules.retain(|rule| own.iter().all(|it| it.get(TEMPLATE) != rule.get(TEMPLATE)));
        rules.append(own);
        *own = std::mem::take(rules);
    }
    merge(&mut whole, own);
    serde_json::from_value(whole).map_err(|error| {
        let message = error.to_string();
        // Only this manifest can be wrong. What is wrong in it is named between backquotes.
        let named = message.split('`').nth(1).unwrap_or_default();
        let at = source.text.find(named).unwrap_or_default();
        Diagnostic::at(
            rules::BAD_MANIFEST,
            source,
            Span::new(at..at + named.len()),
            message,
        )
        .into()
    })
}

/// Merges a value into another of the same place.
pub fn merge(value: &mut Value, own: Value) {
    match (value, own) {
        (Value::Object(map), Value::Object(own)) => {
            for (key, own) in own {
                merge(map.entry(key).or_insert(Value::Null), own);
            }
        }
        (value, own) => *value = own,
    }
}

/// The files of the target that is extended, except for those that the folder has itself.
pub fn add_files(files: &mut Vec<TargetFile>, base: Vec<TargetFile>) {
    let has = |path: &str| files.iter().any(|file| file.path == path);
    let inherited: Vec<_> = base.into_iter().filter(|file| !has(&file.path)).collect();
    files.extend(inherited);
}

/// Says that there is no such standard target.
pub fn unknown_base<'a>(
    source: &Arc<Source>,
    base: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostics {
    let at = source.text.find(base).unwrap_or_default();
    let span = Span::new(at..at + base.len());
    let message = format!("there is no standard target `{base}` to extend");
    let mut diagnostic = Diagnostic::at(rules::BAD_MANIFEST, source, span, message);
    let known: Vec<_> = known.collect();
    diagnostic.help = match nearest(base, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None => Some(format!("extend one of {}", known.join(", "))),
    };
    diagnostic.into()
}
