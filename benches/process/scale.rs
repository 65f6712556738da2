//! Synthetic catalogues, from as large as the real one to a million entries.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use std::time::Duration;

use crate::change::Change;
use crate::figure::{count, show, size, time};
use crate::files;
use crate::goal::Goal;
use crate::machine;
use crate::measure::run;
use crate::page::Section;
use crate::programs::{Programs, errgen_modules};
use crate::row::{Row, compared, ratio, refuse_unequal, take_turns};
use crate::synthetic;

const ERRGEN: &str = "errgen generate";
const FLOOR: &str = "the floor";

/// How many entries a catalogue has, and how many runs each row gets there.
struct Size {
    entries: usize,
    runs: usize,
    warm_up: usize,
}

const SIZES: [Size; 4] = [
    Size {
        entries: 1_570,
        runs: 15,
        warm_up: 1,
    },
    Size {
        entries: 15_700,
        runs: 5,
        warm_up: 0,
    },
    Size {
        entries: 157_000,
        runs: 3,
        warm_up: 0,
    },
    Size {
        entries: 1_000_000,
        runs: 1,
        warm_up: 0,
    },
];

/// After which no size gets another round.
const BUDGET: Duration = Duration::from_secs(150);

/// The size that the goals are for, and at which changes are measured.
const LARGE: usize = 157_000;

/// What was found of one size.
struct Found {
    entries: usize,
    /// Bytes that errgen has written.
    written: f64,
    rows: Vec<Row>,
}

impl Found {
    fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    fn wall(&self, name: &str) -> Option<f64> {
        self.row(name)?.wall()
    }
}

pub fn measure(programs: &Programs, folder: &Path) -> Vec<Section> {
    let mut all: Vec<Found> = Vec::new();
    let mut changes = None;
    for size in &SIZES {
        eprintln!("{} entries", count(size.entries));
        let place = folder.join(size.entries.to_string());
        let found = measure_size(programs, size, &place, all.last());
        files::remove(&place);
        match found {
            Ok((found, section)) => {
                all.push(found);
                changes = changes.or(section);
            }
            Err(error) => eprintln!("{} entries: {error}", count(size.entries)),
        }
    }
    let text = format!("{INTRODUCTION}\n\n{}", table(&all));
    let growth = Section {
        title: "By entries",
        text,
        goals: goals(&all),
    };
    [growth].into_iter().chain(changes).collect()
}

const INTRODUCTION: &str = "\
All modules of synthetic catalogues, from nothing. × is against the floor; *per ten times* is how much longer it takes than
with a tenth of the entries (1,000,000 are 6.4 times as many as the line before: there it is what that growth comes to over
ten times).";

pub fn write_catalog(path: &Path, entries: usize) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let mut file = BufWriter::new(File::create(path)?);
    synthetic::write(&mut file, entries, 0)
}

/// Measures one size, and changes where it is the one for that.
fn measure_size(
    programs: &Programs,
    size: &Size,
    place: &Path,
    smaller: Option<&Found>,
) -> io::Result<(Found, Option<Section>)> {
    let out = |name: &str| place.join(name);
    let catalog = out("catalog.yaml");
    write_catalog(&catalog, size.entries)?;
    let mut rows = rows(programs, size, place, &catalog, smaller);
    let compared = rows.len();
    let change = match size.entries {
        LARGE => Some(Change::new(&catalog, &out(ERRGEN))?),
        _ => None,
    };
    rows.extend(change.iter().flat_map(Change::rows));
    take_turns(&mut rows, size.warm_up, BUDGET);
    refuse_unequal(&mut rows, FLOOR, &out(ERRGEN), &out(FLOOR));
    let written = files::bytes(&out(ERRGEN));
    let after = rows.split_off(compared);
    let section = change.map(|change| change.section(size.entries, &rows[0], &after));
    let found = Found {
        entries: size.entries,
        written,
        rows,
    };
    Ok((found, section))
}

/// errgen, and the floor with what errgen has written before.
fn rows(
    programs: &Programs,
    size: &Size,
    place: &Path,
    catalog: &Path,
    smaller: Option<&Found>,
) -> Vec<Row> {
    let [out, floor_out] = [ERRGEN, FLOOR].map(|name| place.join(name));
    let fits = |name| too_large(name, size.entries, smaller).map_or(Ok(()), Err);
    let errgen = fits(ERRGEN).map(|()| errgen_modules("generate", catalog, &out));
    let written = errgen.clone().and_then(|errgen| run(&errgen));
    let floor = written
        .and_then(|_| fits(FLOOR))
        .and_then(|()| programs.floor(catalog, &out, &floor_out));
    vec![
        compared(ERRGEN, errgen, &out, size.runs),
        compared(FLOOR, floor, &floor_out, size.runs),
    ]
}

/// Why a program is not run: by what fewer entries took, the machine has not the memory that is needed.
fn too_large(name: &str, entries: usize, smaller: Option<&Found>) -> Option<String> {
    let smaller = smaller?;
    let needed = smaller.row(name)?.peak()? * times(entries, smaller.entries);
    let free = machine::memory("MemAvailable")?;
    // The kernel and the files that are written need some, too.
    (needed * 1.2 > free).then(|| {
        let [needed, free] = [needed, free].map(size);
        format!("not run: it needs about {needed} of memory, and {free} are free")
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn times(entries: usize, fewer: usize) -> f64 {
    entries as f64 / fewer as f64
}

/// How many times as much ten times the entries take, by two sizes.
fn per_ten_times(
    found: &Found,
    smaller: &Found,
    figure: impl Fn(&Found) -> Option<f64>,
) -> Option<f64> {
    let growth = ratio(figure(found), figure(smaller))?;
    let tens = times(found.entries, smaller.entries).log10();
    Some(growth.powf(tens.recip()))
}

fn table(all: &[Found]) -> String {
    let mut table = "\
| entries | written | what | time | × | per ten times | CPU | peak memory | × written | runs |
| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"
    .to_owned();
    for (index, found) in all.iter().enumerate() {
        let smaller = index.checked_sub(1).map(|before| &all[before]);
        for row in &found.rows {
            table.push_str(&line(found, row, smaller));
        }
    }
    table
}

fn line(found: &Found, row: &Row, smaller: Option<&Found>) -> String {
    let name = row.name;
    let head = format!(
        "| {} | {} | {name} |",
        count(found.entries),
        show(Some(found.written), size)
    );
    if let Some(why) = &row.failure {
        return format!("{head} **{why}** | | | | | | |\n");
    }
    let two = |figure| show(figure, |it| format!("{it:.2}"));
    let growth = smaller.and_then(|smaller| per_ten_times(found, smaller, |it| it.wall(name)));
    format!(
        "{head} {} | {} | {} | {} | {} | {} | {} |\n",
        show(row.wall(), time),
        two(ratio(row.wall(), found.wall(FLOOR))),
        two(growth),
        show(row.cpu(), time),
        show(row.peak(), size),
        two(ratio(row.peak(), Some(found.written))),
        row.counted()
    )
}

fn goals(all: &[Found]) -> Vec<Goal> {
    let of = |entries| all.iter().find(|found| found.entries == entries);
    let large = of(LARGE);
    let row = |name| large?.row(name);
    let [errgen, floor] = [ERRGEN, FLOOR].map(row);
    let versus =
        |figure: fn(&Row) -> Option<f64>| ratio(errgen.and_then(figure), floor.and_then(figure));
    let entries = count(LARGE);
    let mut goals = vec![
        Goal::at_most(
            &format!("{entries} entries, all modules, × the floor"),
            1.8,
            versus(Row::wall),
        )
        .computing(versus(Row::cpu)),
        Goal::at_most(
            &format!("{entries} entries, all modules, peak memory × bytes written"),
            2.0,
            ratio(errgen.and_then(Row::peak), large.map(|large| large.written)),
        ),
    ];
    for sizes in SIZES.windows(2) {
        let [fewer, more] = [sizes[0].entries, sizes[1].entries];
        let growth = |figure: fn(&Row) -> Option<f64>| {
            per_ten_times(of(more)?, of(fewer)?, |found| figure(found.row(ERRGEN)?))
        };
        let [fewer, more] = [fewer, more].map(count);
        let what = format!("{fewer} → {more} entries, time per ten times the entries");
        goals.push(Goal::at_most(&what, 10.5, growth(Row::wall)).computing(growth(Row::cpu)));
    }
    goals
}
