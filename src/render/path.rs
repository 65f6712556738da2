//! Checks output paths: none leaves its folder, and no two are the same.

use std::collections::HashMap;

use super::file::RenderedFile;
use super::template_names::manifest_path;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::portable::{fold, is_portable};
use crate::target::Target;

/// errgen's own list of the files in an output folder.
pub const FILE_LIST: &str = ".errgen-files";

/// The longest path, in bytes: more than any system takes.
const MAX_PATH: usize = 4096;

/// The prefix of the names that errgen reserves for itself.
const OWN: &str = ".errgen-";

/// Everything that is wrong with the paths of a target's files.
pub fn check_paths(target: &Target, files: &[RenderedFile]) -> Diagnostics {
    let manifest = manifest_path(target);
    let mut seen: HashMap<String, &str> = HashMap::new();
    let mut diagnostics = Vec::new();
    for file in files {
        if !is_safe(&file.path) {
            let message = format!("the output path {:?} is unsafe", file.path);
            diagnostics.push(
                Diagnostic::file(rules::UNSAFE_OUTPUT_PATH, &manifest, message)
                    .help("use a relative path that stays in its folder and is valid on every operating system"),
            );
        // On many machines, names that differ only in case or normalisation are the same file.
        } else if let Some(other) = seen.insert(fold(&file.path), &file.path) {
            let message = format!(
                "two files would be written to the same path: `{}` and `{other}`",
                file.path
            );
            diagnostics.push(
                Diagnostic::file(rules::DUPLICATE_OUTPUT_PATH, &manifest, message)
                    .help("give each file a different path, ignoring case"),
            );
        }
    }
    diagnostics.extend(files_as_folders(&manifest, files, &seen));
    diagnostics
}

/// Files in the place of other files' folders. The files are sorted, so those in one folder follow each other.
fn files_as_folders(
    manifest: &str,
    files: &[RenderedFile],
    seen: &HashMap<String, &str>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut previous = "";
    for RenderedFile { path, .. } in files {
        let is_new = |at: &usize| previous.get(..=*at) != path.get(..=*at);
        let folders = path.match_indices('/').map(|(at, _)| at).filter(is_new);
        for other in folders.filter_map(|at| seen.get(&fold(&path[..at]))) {
            let message = format!("`{other}` would be both a file and a folder of `{path}`");
            diagnostics.push(
                Diagnostic::file(rules::DUPLICATE_OUTPUT_PATH, manifest, message)
                    .help("give each file a different path, ignoring case"),
            );
        }
        previous = path;
    }
    diagnostics
}

/// Whether a path stays in its folder, is not in a `.git` folder, and is valid on every operating system.
pub fn is_safe(path: &str) -> bool {
    let is_own = |part: &str| {
        part.get(..OWN.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(OWN))
    };
    path.len() <= MAX_PATH
        && path
            .split('/')
            .all(|part| is_portable(part) && !is_own(part))
}
