//! The hand-written writer of `benches/handwritten` is the limit that errgen is measured against: it has to write the same.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{errgen, repository, tree};

const LANGUAGES: &[&str] = &["kotlin", "python", "rust", "swift", "typescript"];

#[test]
fn writes_what_errgen_writes_of_the_real_catalogue() {
    assert_same_output(&repository().join("catalog.yaml"));
}

#[test]
fn writes_what_errgen_writes_of_a_synthetic_catalogue() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let catalog = folder.path().join("catalog.yaml");
    let synthetic = Command::new(example("synthetic_catalog"))
        .arg("300")
        .output()
        .expect("the example starts");
    fs::write(&catalog, synthetic.stdout).expect("a catalogue");
    assert_same_output(&catalog);
}

fn assert_same_output(catalog: &Path) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = catalog.to_str().expect("a path in UTF-8");
    let options = ["--quiet", "--catalog", path, "--out", "errgen"];
    let words = ["generate"].iter().chain(LANGUAGES).chain(&options);
    errgen(folder.path(), words.copied()).clean();
    for language in LANGUAGES {
        let list = folder.path().join("errgen").join(language);
        fs::remove_file(list.join(".errgen-files")).expect("a list of files");
    }
    let status = Command::new(example("handwritten"))
        .arg(catalog)
        .arg("handwritten")
        .current_dir(folder.path())
        .status()
        .expect("the example starts");
    assert!(status.success());
    let written = tree(&folder.path().join("handwritten"));
    let expected = tree(&folder.path().join("errgen"));
    let mut paths: Vec<_> = written.keys().chain(expected.keys()).collect();
    paths.retain(|path| written.get(*path) != expected.get(*path));
    assert!(
        paths.is_empty(),
        "bring benches/handwritten into step with the templates: it differs from errgen in {paths:#?}"
    );
    assert!(expected.len() > LANGUAGES.len(), "errgen wrote files");
}

/// An example's program: `cargo test` builds it, `cargo test --test handwritten` does not.
fn example(name: &str) -> PathBuf {
    let errgen = Path::new(env!("CARGO_BIN_EXE_errgen"));
    let folder = errgen.parent().expect("a folder").join("examples");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is not built: run `cargo build --examples`",
        program.display()
    );
    program
}
