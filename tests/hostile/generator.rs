//! Writes a catalogue of about as many hostile texts as asked for, always the same from one seed, into a folder: `catalog.yaml`, the
//! same as `catalog.json`, and `counts`, how many texts stand in which field. Instead of a number of texts, `random` asks for a
//! small catalogue with hostile names, and `swept` for the one with a part of all words; there is none if there are no more.
//! `cargo run --example hostile_catalog -- 1 1500 FOLDER`.

mod catalogue;
mod draw;
mod explanations;
mod languages;
mod messages;
mod properties;
mod random;
mod swept;
mod texts;
mod yaml;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use catalogue::Catalogue;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [seed, texts, folder] = arguments.as_slice() else {
        return usage();
    };
    let Ok(seed) = seed.parse() else {
        return usage();
    };
    let folder = Path::new(folder);
    let result = match (texts.as_str(), texts.parse()) {
        ("random", _) => {
            let random = random::random(seed, false);
            write(&random.value, &random.targets, &random.kept, folder)
        }
        ("swept", _) => {
            let part = usize::try_from(seed).unwrap_or(usize::MAX);
            let Some(swept) = swept::swept(part) else {
                return ExitCode::SUCCESS;
            };
            let kept = Catalogue {
                value: swept.value.clone(),
                counts: BTreeMap::new(),
                files: BTreeMap::new(),
            };
            write(&swept.value, &swept.targets, &kept, folder)
        }
        (_, Ok(texts)) => {
            let catalogue = catalogue::catalogue(seed, texts);
            write(&catalogue.value, &languages::targets(), &catalogue, folder)
        }
        _ => return usage(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hostile_catalog: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: hostile_catalog SEED TEXTS|random|swept FOLDER");
    ExitCode::from(2)
}

/// Writes a catalogue and its targets, and what the output has to hold of it.
fn write(value: &Value, targets: &str, kept: &Catalogue, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    kept.write_files(folder);
    let mut output = BufWriter::new(File::create(folder.join("catalog.yaml"))?);
    yaml::write(&mut output, value, targets)?;
    output.flush()?;
    fs::write(folder.join("catalog.json"), kept.value.to_string())?;
    let counts = kept.counts.iter();
    let counts: Vec<_> = counts
        .map(|(field, texts)| format!("{field} {texts}\n"))
        .collect();
    fs::write(folder.join("counts"), counts.concat())
}
