//! The architecture, as far as the sources themselves can tell.

mod support;

use std::fs;

use support::{repository, standard_targets};
use walkdir::WalkDir;

/// A line of code, with the file that it stands in, by its path below `src/`.
struct Line {
    file: String,
    text: String,
}

impl Line {
    /// The module at the top of the tree that the line belongs to.
    fn module(&self) -> &str {
        let first = self.file.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

/// All lines of Rust but comments.
fn code() -> Vec<Line> {
    let root = repository().join("src");
    let mut lines = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("the sources can be read");
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let file = path
            .strip_prefix(&root)
            .expect("below src")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(path).expect("a source");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.extend(code.map(|line| Line {
            file: file.clone(),
            text: line.to_owned(),
        }));
    }
    assert!(lines.len() > 1000);
    lines
}

/// The modules at the top of the tree, in the order of the data's way.
fn stages() -> Vec<String> {
    let text = fs::read_to_string(repository().join("src/lib.rs")).expect("the crate's root");
    let module = |line: &str| {
        let name = line
            .strip_prefix("pub ")
            .unwrap_or(line)
            .strip_prefix("mod ")?;
        Some(name.strip_suffix(';')?.to_owned())
    };
    text.lines().filter_map(module).collect()
}

#[test]
fn a_stage_imports_earlier_stages_alone() {
    let stages = stages();
    let place = |module: &str| stages.iter().position(|stage| stage == module);
    let mut imports = 0;
    for line in code() {
        let Some(own) = place(line.module()) else {
            continue;
        };
        for rest in line.text.split("crate::").skip(1) {
            let module: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let Some(other) = place(&module) else {
                continue;
            };
            imports += 1;
            assert!(
                other <= own,
                "{}: {} comes later than {}",
                line.file,
                module,
                line.module()
            );
        }
    }
    assert!(imports > 50);
}

#[test]
fn one_module_writes() {
    let writes = [
        "fs::write",
        "File::create",
        "create_dir",
        "remove_file",
        "remove_dir",
        "rename(",
        "persist(",
        "tempfile",
    ];
    for line in code().iter().filter(|line| line.file != "write.rs") {
        let found = writes.iter().find(|write| line.text.contains(*write));
        assert_eq!(found, None, "{}: {}", line.file, line.text);
    }
}

#[test]
fn the_model_knows_no_template_engine() {
    let code = code();
    let model = code.iter().filter(|line| line.module() == "model");
    let mut lines = 0;
    for line in model {
        lines += 1;
        let is_named = line.text.to_lowercase().contains("tera::");
        assert!(!is_named, "{}: {}", line.file, line.text);
    }
    assert!(lines > 100);
}

#[test]
fn no_rust_source_names_a_language() {
    let targets = standard_targets();
    // Members of a format whose words are not ours.
    let foreign = [("diagnostic/sarif.rs", "markdown")];
    for line in code() {
        let mut words = line.text.split(|c: char| !c.is_alphanumeric());
        let named = words.find(|word| {
            targets.contains(&word.to_lowercase())
                && !foreign.contains(&(line.file.as_str(), *word))
        });
        assert_eq!(named, None, "{}: {}", line.file, line.text);
    }
}
