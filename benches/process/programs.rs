//! The programs that are compared, as command lines.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::last_line;

/// The targets that yield a module.
const MODULES: [&str; 5] = ["kotlin", "python", "rust", "swift", "typescript"];

/// The argument with which this program is the process that does nothing.
pub const NOTHING: &str = "--do-nothing";

/// A command line to which a catalogue and an output folder are to be added, or why there is none.
pub type Program = Result<Vec<String>, String>;

/// What does the work that errgen does for the modules.
pub struct Programs {
    pub handwritten: Program,
    pub jinja2: Program,
}

impl Programs {
    pub fn find() -> Self {
        let loud = |found: Program| found.map_err(|why| format!("not built here: {why}"));
        Self {
            handwritten: loud(handwritten()),
            jinja2: loud(jinja2()),
        }
    }
}

/// errgen with these words.
pub fn errgen(words: &[&str]) -> Vec<String> {
    let program = std::iter::once(env!("CARGO_BIN_EXE_errgen"));
    program
        .chain(words.iter().copied())
        .map(str::to_owned)
        .collect()
}

/// A command of errgen on a catalogue and a folder.
pub fn errgen_on(command: &str, catalog: &Path, out: &Path) -> Vec<String> {
    let [catalog, out] = [catalog, out].map(text);
    errgen(&[command, "--catalog", &catalog, "--out", &out])
}

/// The same for the five modules alone.
pub fn errgen_modules(command: &str, catalog: &Path, out: &Path) -> Vec<String> {
    let mut words = errgen_on(command, catalog, out);
    words.extend(MODULES.map(str::to_owned));
    words
}

/// One of the others, which take a catalogue and a folder.
pub fn other(program: &[String], catalog: &Path, out: &Path) -> Vec<String> {
    let mut words = program.to_vec();
    words.extend([text(catalog), text(out)]);
    words
}

pub fn nothing() -> Vec<String> {
    let this = std::env::current_exe().unwrap_or_default();
    vec![text(&this), NOTHING.to_owned()]
}

pub fn copy(from: &Path, to: &Path) -> Vec<String> {
    vec!["cp".to_owned(), "-r".to_owned(), text(from), text(to)]
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Built like errgen itself, and put beside it.
fn handwritten() -> Program {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.current_dir(repository());
    cargo.args(["build", "--quiet", "--release", "--example", "handwritten"]);
    succeed(&mut cargo, first_error)?;
    let errgen = Path::new(env!("CARGO_BIN_EXE_errgen"));
    let beside = errgen.with_file_name("examples").join("handwritten");
    let program = beside.with_extension(std::env::consts::EXE_EXTENSION);
    Ok(vec![text(&program)])
}

/// Run by the Python that `install` has put where the tests' toolchains are.
fn jinja2() -> Program {
    let folder = repository().join("benches/jinja2");
    let script = folder.join("generate.py");
    if !script.is_file() {
        return Err("there is no benches/jinja2/generate.py".to_owned());
    }
    // As the scripts of the tests do, it says last what is missing.
    succeed(&mut Command::new(folder.join("install")), last_line)?;
    let python = toolchains()?.join("jinja2/venv/bin/python");
    Ok(vec![text(&python), text(&script)])
}

/// As `tests/sdk/common.sh` has it.
fn toolchains() -> Result<PathBuf, String> {
    let folder = |name| {
        std::env::var_os(name)
            .filter(|it| !it.is_empty())
            .map(PathBuf::from)
    };
    if let Some(toolchains) = folder("ERRGEN_TOOLCHAINS") {
        return Ok(toolchains);
    }
    let cache = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
    let cache = cache.ok_or("there is no home folder for the cache")?;
    Ok(cache.join("errgen/toolchains"))
}

fn succeed(command: &mut Command, reason: impl Fn(&[u8]) -> String) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    let is_done = output.status.success();
    is_done.then_some(()).ok_or_else(|| reason(&output.stderr))
}

/// What cargo has to complain of; help and lists follow it.
fn first_error(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let error = text.lines().find(|line| line.starts_with("error"));
    error.map_or_else(|| last_line(output), str::to_owned)
}
