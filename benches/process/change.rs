//! What a run costs after which little or nothing is new.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::figure::count;
use crate::files;
use crate::measure::run;
use crate::page::{self, Section};
use crate::programs::errgen_modules;
use crate::row::Row;

const UNCHANGED: &str = "`errgen generate`, no change";
const CHECK: &str = "`errgen check`, no change";
const CHANGED: &str = "`errgen generate`, one error changed";

const RUNS: usize = 2;

/// A catalogue, the same with one error changed, and the folder with what errgen has made of the first.
pub struct Change {
    catalog: PathBuf,
    changed: PathBuf,
    out: PathBuf,
}

impl Change {
    /// Writes the changed catalogue beside the other.
    pub fn new(catalog: &Path, out: &Path) -> io::Result<Self> {
        let changed = catalog.with_file_name("changed.yaml");
        fs::write(&changed, with_a_change(&fs::read_to_string(catalog)?)?)?;
        Ok(Self {
            catalog: catalog.to_owned(),
            changed,
            out: out.to_owned(),
        })
    }

    /// What is measured after a run from nothing; it leaves the folder as it was.
    pub fn rows(&self) -> Vec<Row> {
        let generate = |catalog| errgen_modules("generate", catalog, &self.out);
        let check = errgen_modules("check", &self.catalog, &self.out);
        let there_and_back = vec![generate(&self.changed), generate(&self.catalog)];
        vec![
            Row::new(UNCHANGED, generate(&self.catalog), RUNS),
            Row::new(CHECK, check, RUNS),
            Row::in_turn(CHANGED, there_and_back, 1),
        ]
    }

    /// The table, and how many files a change rewrites: the folder then is as the change leaves it.
    pub fn section(&self, entries: usize, from_nothing: &Row, rows: &[Row]) -> Section {
        let mut table = page::Table::new(from_nothing);
        for row in [from_nothing].into_iter().chain(rows) {
            table.add(row);
        }
        let text = match self.rewritten() {
            Ok((changed, all)) => format!(
                "All modules of {} entries. × is against a run from nothing. With one error's text changed, {changed} of {all}\n\
                 files are written; the others are left alone.\n\n{}",
                count(entries),
                table.text
            ),
            Err(why) => format!("**Error: {why}**\n"),
        };
        Section {
            title: "After a change",
            text,
            goals: Vec::new(),
        }
    }

    /// How many files are written after the change, and of how many.
    fn rewritten(&self) -> Result<(usize, usize), String> {
        let before = files::times(&self.out);
        run(&errgen_modules("generate", &self.changed, &self.out))?;
        let after = files::times(&self.out);
        let is_written = |(path, time): &(&PathBuf, _)| before.get(*path) != Some(*time);
        Ok((after.iter().filter(is_written).count(), after.len()))
    }
}

/// Changes a description in the middle of a catalogue.
fn with_a_change(catalog: &str) -> io::Result<String> {
    const KEY: &str = "              en: \"The ";
    let all: Vec<usize> = catalog.match_indices(KEY).map(|(place, _)| place).collect();
    let middle = all.get(all.len() / 2);
    let middle = middle.ok_or_else(|| io::Error::other("no description to change"))?;
    let place = middle + KEY.len();
    let (before, after) = catalog.split_at(place);
    Ok(format!("{before}very {after}"))
}
