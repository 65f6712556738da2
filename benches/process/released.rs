//! What it costs to hold a catalogue against its ledger.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use errgen::target::Library;

use crate::figure::count;
use crate::files;
use crate::goal::Goal;
use crate::measure::run;
use crate::page::{Section, Table};
use crate::programs::errgen;
use crate::row::{Row, ratio, take_turns};
use crate::synthetic;

const WITHOUT: &str = "without a ledger";
const WITH: &str = "with a ledger";

/// How many entries a catalogue has, and how many runs each row gets there.
const SIZES: [(usize, usize); 2] = [(5_000, 31), (50_000, 11)];

/// After which no size gets another round.
const BUDGET: Duration = Duration::from_secs(60);

/// # Errors
///
/// If the catalogues cannot be written, or cannot be released.
pub fn measure(folder: &Path) -> io::Result<Section> {
    let mut text = INTRODUCTION.to_owned();
    let mut goals = Vec::new();
    for (entries, runs) in SIZES {
        let place = folder.join(format!("released-{entries}"));
        let mut rows = rows(&place, entries, runs)?;
        measure_size(&mut rows, &place, entries, BUDGET, &mut text);
        let entries = count(entries);
        let versus = |figure: fn(&Row) -> Option<f64>| ratio(figure(&rows[1]), figure(&rows[0]));
        let what = format!("{entries} entries, lint, with a ledger × without");
        goals.push(Goal::at_most(&what, 1.2, versus(Row::wall)).computing(versus(Row::cpu)));
    }
    Ok(Section {
        title: "With a ledger",
        text,
        goals,
    })
}

const INTRODUCTION: &str = "\
`errgen lint` on synthetic catalogues, without a ledger and with one of a release that has all their errors. × is against the run
without one.
";

/// The same catalogue without a ledger and with one.
fn rows(place: &Path, entries: usize, runs: usize) -> io::Result<[Row; 2]> {
    let [without, with] = [WITHOUT, WITH].map(|name| place.join(name).join("catalog.yaml"));
    for catalog in [&without, &with] {
        write_catalog(catalog, entries)?;
    }
    run(&on(&with, &["release", "--adopt"])).map_err(io::Error::other)?;
    fs::metadata(with.with_extension("ledger.yaml"))?;
    Ok([(WITHOUT, without), (WITH, with)]
        .map(|(name, catalog)| Row::new(name, on(&catalog, &["lint"]), runs)))
}

/// Measures the rows of a size, whose catalogues are in a folder, and adds their table to a text.
pub fn measure_size(
    rows: &mut [Row],
    place: &Path,
    entries: usize,
    budget: Duration,
    text: &mut String,
) {
    take_turns(rows, 1, budget);
    files::remove(place);
    let mut table = Table::new(&rows[0]);
    for row in rows.iter() {
        table.add(row);
    }
    let entries = count(entries);
    // Writing to a string cannot fail.
    let _ = write!(text, "\n{entries} entries:\n\n{}", table.text);
}

/// errgen on a catalogue.
pub fn on(catalog: &Path, words: &[&str]) -> Vec<String> {
    let mut command = errgen(words);
    command.extend(["--catalog".to_owned(), catalog.display().to_string()]);
    command
}

/// A synthetic catalogue, for those of its targets that can hold so many errors.
pub fn write_catalog(path: &Path, entries: usize) -> io::Result<()> {
    let mut text = Vec::new();
    synthetic::write(&mut text, entries, 0)?;
    let library = Library::standard();
    let holds_all = |line: &&str| {
        let id = line.trim_start().split(':').next().unwrap_or_default();
        let target = library.load(id).and_then(Result::ok);
        let most = target.and_then(|target| target.manifest.limits.errors);
        most.is_none_or(|most| entries <= most as usize)
    };
    let text = String::from_utf8_lossy(&text);
    let lines = text.split_inclusive('\n').filter(holds_all);
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, lines.collect::<String>())
}
