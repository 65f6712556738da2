//! The standard targets are part of the binary: a change in them makes a new one. Their manifests are read here, so that
//! a run need not read YAML for what never changes.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=templates");
    let output = PathBuf::from(variable("OUT_DIR")).join("manifests");
    fs::create_dir_all(&output).expect("a folder for the manifests");
    let templates = Path::new(&variable("CARGO_MANIFEST_DIR")).join("templates");
    for entry in fs::read_dir(templates).expect("the folder of the standard targets") {
        let folder = entry.expect("a folder that can be read").path();
        let Ok(yaml) = fs::read_to_string(folder.join("target.yaml")) else {
            continue;
        };
        let options = serde_yaml::options! { strict_booleans: true };
        let manifest: serde_json::Value = serde_yaml::from_str_with_options(&yaml, options)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let name = folder.file_name().expect("a folder's name");
        let file = output.join(name).with_extension("json");
        fs::write(file, manifest.to_string()).expect("the manifest as JSON");
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}
