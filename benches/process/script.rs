//! A script that a team would write instead of using errgen, beside errgen doing that work: the module of one language. What
//! each writes is its own, so what is compared is the time for a byte of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::figure::{count, show, size, time};
use crate::files;
use crate::goal::Goal;
use crate::page::Section;
use crate::programs::{Programs, repository};
use crate::row::{Row, compared, ratio, take_turns};
use crate::scale::write_catalog;

const ERRGEN: &str = "errgen generate";
const SCRIPT: &str = "Python and Jinja2";

/// After which no size gets another round.
const BUDGET: Duration = Duration::from_secs(30);

/// Catalogues by how many entries they have, and how many runs each row gets there; the first is the real one.
const SIZES: [(usize, usize); 3] = [(158, 15), (1_570, 5), (15_700, 3)];

/// What was found of one size.
struct Found {
    entries: usize,
    rows: Vec<Row>,
    /// Bytes that each row has written.
    written: Vec<f64>,
}

impl Found {
    /// Seconds for a byte, of each row.
    fn per_byte(&self, figure: fn(&Row) -> Option<f64>) -> Vec<Option<f64>> {
        let rows = self.rows.iter().zip(&self.written);
        rows.map(|(row, written)| ratio(figure(row), Some(*written)))
            .collect()
    }

    /// How many times as long as errgen the script takes for a byte.
    fn versus(&self, figure: fn(&Row) -> Option<f64>) -> Option<f64> {
        let per_byte = self.per_byte(figure);
        ratio(per_byte[1], per_byte[0])
    }
}

pub fn measure(programs: &Programs, folder: &Path, is_quick: bool) -> Section {
    let sizes = if is_quick { &SIZES[..1] } else { &SIZES };
    let mut all = Vec::new();
    for (index, (entries, runs)) in sizes.iter().enumerate() {
        let place = folder.join(format!("script-{entries}"));
        let catalog = match index {
            0 => Ok(repository().join("catalog.yaml")),
            _ => synthetic(&place, *entries),
        };
        match catalog {
            Ok(catalog) => all.push(measure_size(programs, *entries, *runs, &place, &catalog)),
            Err(error) => eprintln!("{} entries: {error}", count(*entries)),
        }
        files::remove(&place);
    }
    Section {
        title: "A script instead",
        text: format!("{INTRODUCTION}\n\n{}", table(&all)),
        goals: goals(&all),
    }
}

const INTRODUCTION: &str = "\
The module of one language, from nothing: errgen's, and the smaller one of the script in `benches/jinja2`. × is the time for a
byte, against errgen's.";

fn synthetic(place: &Path, entries: usize) -> std::io::Result<PathBuf> {
    let catalog = place.join("catalog.yaml");
    write_catalog(&catalog, entries)?;
    Ok(catalog)
}

fn measure_size(
    programs: &Programs,
    entries: usize,
    runs: usize,
    place: &Path,
    catalog: &Path,
) -> Found {
    let outs = [ERRGEN, SCRIPT].map(|name| place.join(name));
    let errgen = programs.instead_of_script(catalog, &outs[0]);
    let script = programs.script(catalog, &outs[1]);
    let mut rows = vec![
        compared(ERRGEN, errgen, &outs[0], runs),
        compared(SCRIPT, script, &outs[1], runs),
    ];
    take_turns(&mut rows, 1, BUDGET);
    let written = outs.iter().map(|out| files::bytes(out)).collect();
    Found {
        entries,
        rows,
        written,
    }
}

fn table(all: &[Found]) -> String {
    let mut table = "\
| entries | what | written | time | per MB | × | CPU | peak memory | runs |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"
    .to_owned();
    for found in all {
        let per_byte = found.per_byte(Row::wall);
        for (index, row) in found.rows.iter().enumerate() {
            let head = format!("| {} | {} |", count(found.entries), row.name);
            let line = match &row.failure {
                Some(why) => format!("{head} **{why}** | | | | | | |\n"),
                None => format!(
                    "{head} {} | {} | {} | {} | {} | {} | {} |\n",
                    size(found.written[index]),
                    show(row.wall(), time),
                    show(per_byte[index], |it| time(it * 1e6)),
                    show(ratio(per_byte[index], per_byte[0]), |it| format!("{it:.2}")),
                    show(row.cpu(), time),
                    show(row.peak(), size),
                    row.counted()
                ),
            };
            table.push_str(&line);
        }
    }
    table
}

fn goals(all: &[Found]) -> Vec<Goal> {
    let goal = |found: &Found| {
        let what = format!(
            "{} entries, the script's time for a byte, × errgen's",
            count(found.entries)
        );
        Goal::at_least(&what, 20.0, found.versus(Row::wall)).computing(found.versus(Row::cpu))
    };
    all.iter().map(goal).collect()
}
