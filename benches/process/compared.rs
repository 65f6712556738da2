//! What it costs to find and judge what has changed since the last release.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::figure::count;
use crate::goal::Goal;
use crate::measure::run;
use crate::page::Section;
use crate::released::{measure_size, on, write_catalog};
use crate::row::{Row, ratio};

const LINT: &str = "`errgen lint`";
const DIFF: &str = "`errgen diff`, nothing changed";
const LINT_CHANGED: &str = "`errgen lint`, 1% changed";
const DIFF_CHANGED: &str = "`errgen diff`, 1% changed";

/// How many entries a catalogue has, and how many runs each row gets there.
const SIZES: [(usize, usize); 2] = [(5_000, 21), (157_000, 5)];

/// After which no size gets another round.
const BUDGET: Duration = Duration::from_secs(90);

/// # Errors
///
/// If the catalogues cannot be written, or cannot be released.
pub fn measure(folder: &Path) -> io::Result<Section> {
    let mut text = INTRODUCTION.to_owned();
    let mut goals = Vec::new();
    for (entries, runs) in SIZES {
        let place = folder.join(format!("compared-{entries}"));
        let mut rows = rows(&place, entries, runs)?;
        measure_size(&mut rows, &place, entries, BUDGET, &mut text);
        let entries = count(entries);
        for (what, at) in [("nothing changed", 0), ("1% changed", 2)] {
            let versus =
                |figure: fn(&Row) -> Option<f64>| ratio(figure(&rows[at + 1]), figure(&rows[at]));
            let what = format!("{entries} entries, diff × lint, {what}");
            goals.push(Goal::at_most(&what, 2.0, versus(Row::wall)).computing(versus(Row::cpu)));
        }
    }
    Ok(Section {
        title: "What has changed",
        text,
        goals,
    })
}

const INTRODUCTION: &str = "\
`errgen diff` on synthetic catalogues with a ledger of a release that has all their errors, beside `errgen lint`: as they were
released, and with changes of one in a hundred errors. × is against the first row; the goals compare `diff` with `lint` of the same
catalogue.
";

/// The catalogue as it was released, and the same with changes, beside a copy of its ledger.
fn rows(place: &Path, entries: usize, runs: usize) -> io::Result<[Row; 4]> {
    let [released, changed] =
        ["released", "changed"].map(|name| place.join(name).join("catalog.yaml"));
    write_catalog(&released, entries)?;
    run(&on(&released, &["release", "--adopt"])).map_err(io::Error::other)?;
    fs::create_dir_all(changed.parent().unwrap_or(place))?;
    fs::write(&changed, with_changes(&fs::read_to_string(&released)?))?;
    let ledger = |catalog: &PathBuf| catalog.with_extension("ledger.yaml");
    fs::copy(ledger(&released), ledger(&changed))?;
    let all = [
        (LINT, &released, "lint"),
        (DIFF, &released, "diff"),
        (LINT_CHANGED, &changed, "lint"),
        (DIFF_CHANGED, &changed, "diff"),
    ];
    Ok(all.map(|(name, catalog, command)| Row::new(name, on(catalog, &[command]), runs)))
}

/// Changes one in a hundred errors: in turns, its id, its status or its message.
fn with_changes(catalog: &str) -> String {
    let mut errors = 0_usize;
    let lines = catalog.lines().map(|line| {
        let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
        errors += usize::from(rest.starts_with("- code: "));
        if errors % 100 != 50 {
            return format!("{line}\n");
        }
        match (errors / 100 % 3, rest.split_once(": ")) {
            (0, Some(("id", id))) => {
                format!("{indent}id: {id}_now\n{indent}renamed_from: [{id}]\n")
            }
            (1, Some(("http", _))) => format!("{indent}http: 422\n"),
            (2, Some(("message", text))) => {
                format!(
                    "{indent}message: {}\n",
                    text.replacen("The", "Sorry, the", 1)
                )
            }
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}
