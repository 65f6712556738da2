//! The architecture, as far as the sources themselves can tell.

mod support;

#[path = "architecture/imports.rs"]
mod imports;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use imports::Crate;
use support::{expect_file, repository, standard_targets, with_part};
use walkdir::WalkDir;

/// A line of code, with the file that it stands in, by its path below the folder that was read.
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

/// All lines of the crate's Rust but comments.
fn code() -> Vec<Line> {
    code_in("src")
}

/// The same of a folder of the repository.
fn code_in(folder: &str) -> Vec<Line> {
    let root = repository().join(folder);
    let mut lines = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("the sources can be read");
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let file = path
            .strip_prefix(&root)
            .expect("below the folder")
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

/// A place where a stage names another.
struct Import {
    file: String,
    from: usize,
    of: usize,
}

fn imports(stages: &[String]) -> Vec<Import> {
    let place = |module: &str| stages.iter().position(|stage| stage == module);
    let mut imports = Vec::new();
    for line in code() {
        let Some(from) = place(line.module()) else {
            continue;
        };
        for rest in line.text.split("crate::").skip(1) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(of) = place(&rest[..end.unwrap_or(rest.len())]) {
                let file = line.file.clone();
                imports.push(Import { file, from, of });
            }
        }
    }
    assert!(imports.len() > 50);
    imports
}

#[test]
fn a_stage_imports_earlier_stages_alone() {
    let stages = stages();
    for Import { file, from, of } in imports(&stages) {
        assert!(
            of <= from,
            "{file}: {} comes later than {}",
            stages[of],
            stages[from]
        );
    }
}

#[test]
fn no_modules_of_a_folder_import_each_other() {
    for (folder, imports) in [("src", 500), ("benches/process", 30), ("build", 30)] {
        let all = Crate::read(&repository().join(folder));
        assert!(all.count() > imports, "{folder}");
        assert_eq!(all.circles(), BTreeSet::new(), "{folder}");
    }
}

/// `Cargo.toml` keeps the library from being compiled a second time for tests of its own.
#[test]
fn no_module_has_tests_of_its_own() {
    for line in code() {
        let is_of_a_test = ["#[test]", "cfg(test)"]
            .iter()
            .any(|it| line.text.contains(it));
        assert!(!is_of_a_test, "{}: move the test to tests/", line.file);
    }
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
    for line in code().iter().filter(|line| line.module() != "write") {
        let found = writes.iter().find(|write| line.text.contains(*write));
        assert_eq!(found, None, "{}: {}", line.file, line.text);
    }
}

#[test]
fn one_module_writes_to_terminals() {
    let writes = [
        "print!",
        "println!",
        "dbg!",
        "::stdout",
        "::stderr",
        "{stdout",
        "{stderr",
        "Stdio::inherit",
        "set_hook",
        // The parser of the command line prints by itself, unless it is told not to.
        "::parse()",
        "::parse_from(",
        ".exit()",
        "print_help",
    ];
    // The pipe to the process that has started this one, in which nothing is shown.
    let pipes = "confine/message.rs";
    let of_terminal = |line: &&Line| line.module() == "terminal";
    for line in code().iter().filter(|line| !of_terminal(line)) {
        let found = writes.iter().find(|write| line.text.contains(*write));
        let is_pipe = line.file == pipes && found == Some(&"::stdout");
        assert!(found.is_none() || is_pipe, "{}: {}", line.file, line.text);
    }
    let code = code();
    let mut own = code.iter().filter(of_terminal);
    assert!(own.any(|line| line.text.contains("::stdout")));
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
    // Members of a format whose words are not ours, and the name of a format that is not a target.
    let foreign = [
        ("audit/input.rs", "openapi"),
        ("cli/arguments.rs", "markdown"),
        ("diagnostic/sarif.rs", "markdown"),
        ("serve/mod.rs", "Site"),
    ];
    // What can be imported, whoever wrote it.
    let read = ["markdown", "openapi"];
    for line in code().iter().chain(&code_in("build")) {
        let is_read = |word: &str| line.module() == "import" && read.contains(&word);
        let mut words = line.text.split(|c: char| !c.is_alphanumeric());
        let named = words.find(|word| {
            let lower = word.to_lowercase();
            targets.contains(&lower)
                && !is_read(&lower)
                && !foreign.contains(&(line.file.as_str(), *word))
        });
        assert_eq!(named, None, "{}: {}", line.file, line.text);
    }
}

#[test]
fn the_page_shows_the_stages_as_they_are() {
    let path = repository().join("docs/architecture.md");
    let page = fs::read_to_string(&path).expect("the page");
    let stages = stages();
    let part = format!("{}\n{}", picture(&stages), descriptions(&stages));
    expect_file(&path, &with_part(&page, &part));
}

/// A diagram in Mermaid: each stage with an arrow to those that import it. What other arrows imply is left out.
fn picture(stages: &[String]) -> String {
    let mut imported = vec![BTreeSet::new(); stages.len()];
    for Import { from, of, .. } in imports(stages) {
        if from != of {
            imported[from].insert(of);
        }
    }
    // Whatever a stage imports, it has by way of these.
    let mut reached: Vec<BTreeSet<usize>> = Vec::new();
    let mut picture = String::from("```mermaid\nflowchart TD\n");
    for (stage, direct) in imported.iter().enumerate() {
        let indirect: BTreeSet<_> = direct
            .iter()
            .flat_map(|of| &reached[*of])
            .copied()
            .collect();
        for of in direct.difference(&indirect) {
            let (of, stage) = (&stages[*of], &stages[stage]);
            writeln!(picture, "    {of} --> {stage}").expect("a text");
        }
        reached.push(&indirect | direct);
    }
    picture.push_str("```\n");
    picture
}

/// A table of the stages, each with the first sentence of its documentation.
fn descriptions(stages: &[String]) -> String {
    let mut table = String::from("| module | what it does |\n| --- | --- |\n");
    for stage in stages {
        let folder = repository().join("src");
        let text = fs::read_to_string(folder.join(stage).join("mod.rs"))
            .or_else(|_| fs::read_to_string(folder.join(stage).with_extension("rs")))
            .expect("a module");
        let paragraph = text.lines().map_while(|line| line.strip_prefix("//! "));
        let paragraph = paragraph.collect::<Vec<_>>().join(" ");
        let sentence = paragraph.split_inclusive(". ").next().unwrap_or_default();
        assert!(!sentence.is_empty(), "{stage} is not documented");
        writeln!(table, "| `{stage}` | {} |", sentence.trim_end()).expect("a text");
    }
    table
}
