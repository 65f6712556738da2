//! The names of templates, in engines and in diagnostics.

use crate::target::{FileRule, Target};

/// The name of a template that is a file: its path in the target's folder.
pub fn template_name(target: &Target, path: &str) -> String {
    format!("{}/{path}", target.folder)
}

/// The path templates of a rule, each with its key in the manifest.
pub fn path_rules(rule: &FileRule) -> impl Iterator<Item = (&'static str, &str)> {
    let json = rule.json.iter().map(|path| ("json", path.as_str()));
    json.chain([("path", rule.path.as_str())])
}

/// The name of the template for a file's path, which is in the manifest.
pub fn path_template(target: &Target, index: usize, key: &str) -> String {
    format!("{}#files[{index}].{key}", manifest_path(target))
}

pub fn manifest_path(target: &Target) -> String {
    format!("{}/target.yaml", target.folder)
}
