//! Output paths: none leaves its folder, and none stands there twice.

use std::collections::HashMap;

use super::RenderedFile;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::target::Target;

/// errgen's own list of the files in an output folder.
pub const FILE_LIST: &str = ".errgen-files";

/// What is wrong with the paths of a target's files.
pub fn unfit(target: &Target, files: &[RenderedFile]) -> Diagnostics {
    let manifest = super::manifest_path(target);
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut diagnostics = Vec::new();
    for file in files {
        if !is_safe(&file.path) {
            let message = format!("a file would be written to {:?}", file.path);
            diagnostics.push(
                Diagnostic::file(rules::UNSAFE_OUTPUT_PATH, &manifest, message)
                    .help("a path is relative, stays in its folder, and any system can hold it"),
            );
        // Two names that differ in case alone are one file on many machines.
        } else if let Some(other) = seen.insert(file.path.to_lowercase(), &file.path) {
            let message = format!(
                "two files would be written to `{}` and `{other}`",
                file.path
            );
            diagnostics.push(
                Diagnostic::file(rules::DUPLICATE_OUTPUT_PATH, &manifest, message)
                    .help("give each file a path of its own, also where case does not count"),
            );
        }
    }
    diagnostics
}

/// Whether a path stays in its folder and is a path on every system.
pub fn is_safe(path: &str) -> bool {
    let fit = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && !part.ends_with(['.', ' '])
            && !part.contains(|character: char| {
                character.is_control()
                    || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            })
    };
    path.split('/').all(fit) && path.split('/').next_back() != Some(FILE_LIST)
}
