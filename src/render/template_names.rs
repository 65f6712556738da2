//! What templates are called: by engines, and in diagnostics.

use crate::target::{FileRule, Target};

/// A template that is a file: its path, below the folder of the target.
pub fn template_name(target: &Target, path: &str) -> String {
    format!("{}/{path}", target.folder)
}

/// The paths that a rule gives, each with its key in the manifest.
pub fn path_rules(rule: &FileRule) -> impl Iterator<Item = (&'static str, &str)> {
    let json = rule.json.iter().map(|path| ("json", path.as_str()));
    json.chain([("path", rule.path.as_str())])
}

/// The template that gives a file's path; it stands in the manifest.
pub fn path_template(target: &Target, index: usize, key: &str) -> String {
    format!("{}#files[{index}].{key}", manifest_path(target))
}

pub fn manifest_path(target: &Target) -> String {
    format!("{}/target.yaml", target.folder)
}
