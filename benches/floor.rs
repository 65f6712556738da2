//! The floor: what a run of errgen costs without making anything. It reads, parses and validates a catalogue as errgen does,
//! then has errgen's own writer write files that errgen has made before: `floor CATALOGUE OUT RECORDING`.
//!
//! A recording is one file with the output of the targets that it names, so that getting at the bytes costs one file to open
//! and no folders to walk. `floor --record FOLDER RECORDING TARGET…` makes it from a folder that errgen has written to.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use errgen::diagnostic::{Color, Diagnostics, Human};
use errgen::locate::{Access, OutputFolder};
use errgen::pipeline::Draft;
use errgen::plan::{Purpose, plan};
use errgen::read::read;
use errgen::render::{FILE_LIST, RenderedFile, RenderedTarget};
use errgen::target::Library;
use errgen::write::{Patience, write};
use walkdir::WalkDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["--record", folder, recording, targets @ ..] => {
            record(Path::new(folder), Path::new(recording), targets)
        }
        [catalog, out, recording] => {
            replay(Path::new(catalog), Path::new(out), Path::new(recording))
        }
        _ => {
            Err("usage: floor [--record FOLDER RECORDING TARGET… | CATALOGUE OUT RECORDING]".into())
        }
    };
    result.map_or_else(
        |error| {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Every file after a line with its target, its length and its path.
fn record(folder: &Path, recording: &Path, targets: &[&str]) -> Result<()> {
    let mut output = BufWriter::new(File::create(recording)?);
    for target in targets {
        let root = folder.join(target);
        for entry in WalkDir::new(&root).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() && entry.file_name() != FILE_LIST {
                let path = entry.path().strip_prefix(&root)?;
                let path = path.to_str().ok_or("a path that is not UTF-8")?;
                let content = fs::read(entry.path())?;
                writeln!(output, "{target}\t{}\t{path}", content.len())?;
                output.write_all(&content)?;
            }
        }
    }
    Ok(output.flush()?)
}

fn replay(catalog: &Path, out: &Path, recording: &Path) -> Result<()> {
    let rendered = recorded(recording)?;
    let targets: Vec<String> = rendered.iter().map(|target| target.id.clone()).collect();
    check(catalog, &targets).map_err(|why| shown(&why))?;
    let purpose = Purpose {
        access: Access::Write,
        adopts: false,
    };
    let plans = rendered.into_iter().map(|target| {
        let folder = OutputFolder::new(out.join(&target.id), "floor", None, &target.id);
        plan(folder, &target.id, target.files, purpose)
    });
    let plans = plans.collect::<std::result::Result<Vec<_>, _>>();
    let plans = plans.map_err(|why| shown(&why))?;
    let patience = Patience {
        limit: Duration::MAX,
        say: &|_| {},
    };
    write(&plans, None, patience).map_err(|why| shown(&why))?;
    Ok(())
}

/// What errgen does before it renders.
fn check(catalog: &Path, targets: &[String]) -> std::result::Result<(), Diagnostics> {
    let source = read(catalog)?;
    let draft = Draft::parse(&source);
    let analysis = draft.analyse(&Library::standard(), targets);
    analysis.into_project().map(|_| ())
}

/// Each file is read into memory of its own, once, as errgen holds what it has rendered.
fn recorded(recording: &Path) -> Result<Vec<RenderedTarget>> {
    let mut input = BufReader::new(File::open(recording)?);
    let mut targets: Vec<RenderedTarget> = Vec::new();
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let mut fields = line.trim_end().splitn(3, '\t');
        let mut field = || fields.next().ok_or("not a recording");
        let (id, length, path) = (field()?, field()?.parse()?, field()?.to_owned());
        let mut content = vec![0; length];
        input.read_exact(&mut content)?;
        if targets.last().is_none_or(|last| last.id != id) {
            targets.push(RenderedTarget {
                id: id.to_owned(),
                files: Vec::new(),
            });
        }
        if let Some(target) = targets.last_mut() {
            target.files.push(RenderedFile { path, content });
        }
        line.clear();
    }
    Ok(targets)
}

fn shown(diagnostics: &Diagnostics) -> String {
    let human = Human::new(Color::Never);
    let all = diagnostics
        .iter()
        .map(|diagnostic| human.render(diagnostic));
    all.collect()
}
