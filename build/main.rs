//! The standard targets are part of the binary: a change in them makes a new one. Their manifests are read here, and their
//! templates compiled, so that a run need not read what never changes.

mod compiler;

use std::path::{Path, PathBuf};
use std::{env, fs};

use compiler::{SourceFile, SourceTarget, compile};
use serde_json::Value;

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=build");
    let output = PathBuf::from(variable("OUT_DIR"));
    let manifests = output.join("manifests");
    fs::create_dir_all(&manifests).expect("a folder for the manifests");
    let templates = Path::new(&variable("CARGO_MANIFEST_DIR")).join("templates");
    let mut targets = Vec::new();
    for entry in fs::read_dir(templates).expect("the folder of the standard targets") {
        let folder = entry.expect("a folder that can be read").path();
        let Ok(yaml) = fs::read_to_string(folder.join("target.yaml")) else {
            continue;
        };
        let options = serde_yaml::options! { strict_booleans: true };
        let manifest: Value = serde_yaml::from_str_with_options(&yaml, options)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let name = folder.file_name().expect("a folder's name");
        let file = manifests.join(name).with_extension("json");
        fs::write(file, manifest.to_string()).expect("the manifest as JSON");
        targets.push(target(&folder, &manifest));
    }
    targets.sort_by(|a, b| a.id.cmp(&b.id));
    let code = compile(&targets).unwrap_or_else(|message| panic!("{message}"));
    fs::write(output.join("templates.rs"), code).expect("the compiled templates");
}

/// What of a target is compiled: its templates, and those of the paths that its manifest gives.
fn target(folder: &Path, manifest: &Value) -> SourceTarget {
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

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}
