//! The programs that are compared, as command lines.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use errgen::target::Library;

use crate::measure::{last_line, run};

/// The targets that yield a module: those that have a sample in their language.
pub static MODULES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let library = Library::standard();
    let is_module = |id: &&str| {
        let target = library.load(id).and_then(Result::ok);
        target.is_some_and(|target| target.sample.is_some())
    };
    library.ids().filter(is_module).map(str::to_owned).collect()
});

/// The argument with which this program is the process that does nothing.
pub const NOTHING: &str = "--do-nothing";

/// A command line, or why there is none.
pub type Program = Result<Vec<String>, String>;

/// What is measured beside errgen and the system's own programs.
pub struct Programs {
    floor: Program,
    /// The script, and the one target that it does the work of.
    script: Result<(Vec<String>, String), String>,
}

impl Programs {
    pub fn find() -> Self {
        let loud = |why| format!("not built here: {why}");
        Self {
            floor: floor().map_err(loud),
            script: script().map_err(loud),
        }
    }

    /// The floor on a catalogue, with what errgen has written to a folder for all modules: this records it.
    pub fn floor(&self, catalog: &Path, written: &Path, out: &Path) -> Program {
        let program = self.floor.clone()?;
        let recording = out.with_extension("recording");
        let mut record = program.clone();
        record.extend(["--record".to_owned(), text(written), text(&recording)]);
        record.extend(MODULES.iter().cloned());
        run(&record)?;
        Ok([program, [catalog, out, &recording].map(text).to_vec()].concat())
    }

    /// The script on a catalogue.
    pub fn script(&self, catalog: &Path, out: &Path) -> Program {
        let (program, _) = self.script.clone()?;
        Ok([program, [catalog, out].map(text).to_vec()].concat())
    }

    /// errgen doing the work of the script.
    pub fn instead_of_script(&self, catalog: &Path, out: &Path) -> Program {
        let (_, target) = self.script.clone()?;
        let mut words = errgen_on("generate", catalog, out);
        words.push(target);
        Ok(words)
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

/// The same for the modules alone.
pub fn errgen_modules(command: &str, catalog: &Path, out: &Path) -> Vec<String> {
    let mut words = errgen_on(command, catalog, out);
    words.extend(MODULES.iter().cloned());
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
fn floor() -> Program {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.current_dir(repository());
    cargo.args(["build", "--quiet", "--release", "--example", "floor"]);
    succeed(&mut cargo, first_error)?;
    let errgen = Path::new(env!("CARGO_BIN_EXE_errgen"));
    let beside = errgen.with_file_name("examples").join("floor");
    let program = beside.with_extension(std::env::consts::EXE_EXTENSION);
    Ok(vec![text(&program)])
}

/// Run by the Python that `install` has put where the tests' toolchains are. Its folder of templates is named after the target.
fn script() -> Result<(Vec<String>, String), String> {
    let folder = repository().join("benches/jinja2");
    let target = MODULES.iter().find(|id| folder.join(id).is_dir());
    let target = target.ok_or("benches/jinja2 has no folder that is named after a module")?;
    // As the scripts of the tests do, it says last what is missing.
    succeed(&mut Command::new(folder.join("install")), last_line)?;
    let python = toolchains()?.join("jinja2/venv/bin/python");
    let program = [python, folder.join("generate.py")];
    Ok((program.map(|path| text(&path)).to_vec(), target.clone()))
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
