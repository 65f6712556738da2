//! What is compiled of the folder of a target.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::compiler::{SourceFile, SourceTarget};

/// Its templates, and those of the paths that its manifest gives.
pub fn read(folder: &Path, manifest: &Value) -> SourceTarget {
    let empty = Vec::new();
    let rules = manifest["files"].as_array().unwrap_or(&empty);
    let mut templates = Vec::new();
    for path in template_files(folder) {
        let name = path.strip_prefix(folder).expect("a file of the folder");
        let name = name.to_str().expect("a name in UTF-8").replace('\\', "/");
        templates.push(SourceFile {
            is_whole: rules.iter().any(|rule| rule["template"] == name.as_str()),
            text: fs::read_to_string(&path).expect("a template in UTF-8"),
            name,
        });
    }
    for (index, rule) in rules.iter().enumerate() {
        for key in ["json", "path"] {
            if let Some(text) = rule[key].as_str() {
                templates.push(SourceFile {
                    name: format!("target.yaml#files[{index}].{key}"),
                    text: text.to_owned(),
                    is_whole: true,
                });
            }
        }
    }
    let escapes = manifest["escapes"].as_object();
    let mut escapes: Vec<_> = escapes
        .into_iter()
        .flat_map(|it| it.keys().cloned())
        .collect();
    escapes.sort();
    let id = folder.file_name().and_then(|name| name.to_str());
    SourceTarget {
        id: id.expect("a name in UTF-8").to_owned(),
        templates,
        escapes,
    }
}

/// The templates in a folder and those below it, sorted.
fn template_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry that can be read").path();
        if path.is_dir() {
            files.extend(template_files(&path));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "tera")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}
