//! Writes a catalogue of about as many hostile texts as asked for, always the same from one seed, into a folder: `catalog.yaml`, the
//! same as `catalog.json`, and `counts`, how many texts stand in which field.
//! `cargo run --example hostile_catalog -- 1 1500 FOLDER`.

mod catalogue;
mod languages;
mod messages;
mod texts;
mod yaml;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [seed, texts, folder] = arguments.as_slice() else {
        return usage();
    };
    let (Ok(seed), Ok(texts)) = (seed.parse(), texts.parse()) else {
        return usage();
    };
    match write(seed, texts, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hostile_catalog: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: hostile_catalog SEED TEXTS FOLDER");
    ExitCode::from(2)
}

fn write(seed: u64, texts: usize, folder: &Path) -> io::Result<()> {
    let catalogue = catalogue::catalogue(seed, texts);
    fs::create_dir_all(folder)?;
    let mut output = BufWriter::new(File::create(folder.join("catalog.yaml"))?);
    yaml::write(&mut output, &catalogue.value, &languages::targets())?;
    output.flush()?;
    fs::write(folder.join("catalog.json"), catalogue.value.to_string())?;
    let counts = catalogue.counts.iter();
    let counts: Vec<_> = counts
        .map(|(field, texts)| format!("{field} {texts}\n"))
        .collect();
    fs::write(folder.join("counts"), counts.concat())
}
