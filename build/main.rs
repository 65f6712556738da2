//! The standard targets are part of the binary: a change in them makes a new one. Their manifests are read here, and their
//! templates compiled, so that a run need not read what never changes; nor need it ask for what follows from the Unicode CLDR.

#[cfg(feature = "compiled-templates")]
mod compiler;
mod languages;
#[cfg(feature = "compiled-templates")]
mod sources;

use std::path::{Path, PathBuf};
use std::{env, fs};

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
        let mut manifest: Value = serde_yaml::from_str_with_options(&yaml, options)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        add_data(&mut manifest, &folder);
        let name = folder.file_name().expect("a folder's name");
        let file = manifests.join(name).with_extension("json");
        fs::write(file, manifest.to_string()).expect("the manifest as JSON");
        targets.push((folder, manifest));
    }
    targets.sort_by(|(a, _), (b, _)| a.cmp(b));
    fs::write(output.join("languages.rs"), languages::aliases()).expect("the codes of languages");
    #[cfg(feature = "compiled-templates")]
    compile(&targets, &output.join("templates.rs"));
}

/// Adds what is in a manifest's data folders to its data: `words/de.yaml` is `words.de`.
fn add_data(manifest: &mut Value, folder: &Path) {
    let names = manifest["data_folders"].as_array().cloned();
    for name in names.iter().flatten() {
        let name = name.as_str().expect("the name of a folder");
        for entry in fs::read_dir(folder.join(name)).expect("a folder of data") {
            let file = entry.expect("a file of data").path();
            let yaml = fs::read_to_string(&file).expect("a file of data in UTF-8");
            let options = serde_yaml::options! { strict_booleans: true };
            let data: Value = serde_yaml::from_str_with_options(&yaml, options)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let key = file.file_stem().and_then(|stem| stem.to_str());
            manifest["data"][name][key.expect("a name in UTF-8")] = data;
        }
    }
}

/// Compiles the templates of targets, each given with its folder and its manifest; ends the build where that cannot be done.
#[cfg(feature = "compiled-templates")]
fn compile(targets: &[(PathBuf, Value)], file: &Path) {
    println!("cargo::rerun-if-changed=src/render/tokens.rs");
    println!("cargo::rerun-if-changed=src/render/variables.rs");
    let read = |(folder, manifest): &(PathBuf, Value)| sources::read(folder, manifest);
    let targets: Vec<_> = targets.iter().map(read).collect();
    match compiler::compile(&targets) {
        Ok(code) => fs::write(file, code).expect("the compiled templates"),
        Err(problems) => {
            for line in problems.lines() {
                println!("cargo::error={line}");
            }
        }
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}
