//! One catalogue in one file and in several: both yield the same.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::figure::{count, show, size, time};
use crate::files;
use crate::goal::Goal;
use crate::page::Section;
use crate::programs::errgen_modules;
use crate::row::{Row, compared, ratio, refuse_unequal, take_turns};
use crate::synthetic;

const ONE: &str = "one file";
const SEVERAL: &str = "several files";

const ENTRIES: usize = 2_000;
const FILES: usize = 40;
const RUNS: usize = 31;

/// After which there is no further round.
const BUDGET: Duration = Duration::from_secs(60);

/// # Errors
///
/// If the catalogues cannot be written.
pub fn measure(folder: &Path) -> io::Result<Section> {
    let place = folder.join("split");
    let [one, several] = [ONE, SEVERAL].map(|name| place.join(name));
    write_catalogs(&one, &several)?;
    let row = |name: &'static str, folder: &Path| {
        let out = folder.join("out");
        let command = errgen_modules("generate", &folder.join("catalog.yaml"), &out);
        compared(name, Ok(command), &out, RUNS)
    };
    let mut rows = [row(ONE, &one), row(SEVERAL, &several)];
    take_turns(&mut rows, 2, BUDGET);
    refuse_unequal(&mut rows, SEVERAL, &one.join("out"), &several.join("out"));
    files::remove(&place);
    let versus = |figure: fn(&Row) -> Option<f64>| ratio(figure(&rows[1]), figure(&rows[0]));
    let what = format!(
        "{} entries, all modules, in {FILES} files × in one",
        count(ENTRIES)
    );
    Ok(Section {
        title: "In several files",
        text: table(&rows),
        goals: vec![Goal::at_most(&what, 1.05, versus(Row::wall)).computing(versus(Row::cpu))],
    })
}

fn table(rows: &[Row]) -> String {
    let mut table = format!(
        "All modules of a synthetic catalogue with {} entries, from nothing, in one file and in {FILES} more that it includes.\n\n\
         | what | time | × | CPU | peak memory | runs |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
        count(ENTRIES)
    );
    for row in rows {
        let versus = show(ratio(row.wall(), rows[0].wall()), |it| format!("{it:.2}"));
        let line = match &row.failure {
            Some(why) => format!("| {} | **{why}** | | | | |\n", row.name),
            None => format!(
                "| {} | {} | {versus} | {} | {} | {} |\n",
                row.name,
                show(row.wall(), time),
                show(row.cpu(), time),
                show(row.peak(), size),
                row.counted()
            ),
        };
        table.push_str(&line);
    }
    table
}

/// The same catalogue in one file, and with the errors of each group in two files.
fn write_catalogs(one: &Path, several: &Path) -> io::Result<()> {
    let mut text = Vec::new();
    synthetic::write(&mut text, ENTRIES, 0)?;
    let errors = several.join("errors");
    fs::create_dir_all(one)?;
    fs::create_dir_all(&errors)?;
    fs::write(one.join("catalog.yaml"), &text)?;
    let (head, parts) = split(&String::from_utf8_lossy(&text));
    let head = head.replace("\ncategories:", "\ninclude: [errors/*.yaml]\ncategories:");
    fs::write(several.join("catalog.yaml"), head)?;
    for (number, part) in parts.iter().enumerate() {
        fs::write(errors.join(format!("{number:02}.yaml")), part)?;
    }
    Ok(())
}

/// The head with the categories, and the files with their errors.
fn split(text: &str) -> (String, Vec<String>) {
    let (mut head, mut parts) = (String::new(), Vec::<String>::new());
    let (mut category, mut group, mut errors) = ("", "", 0);
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("  - id: ") {
            category = id;
        } else if let Some(id) = line.strip_prefix("      - id: ") {
            group = id;
            errors = 0;
            parts.push(format!("category: {category}\ngroups:\n"));
        } else if line.starts_with("          - ") {
            if errors == ENTRIES / FILES {
                parts.push(format!("category: {category}\ngroup: {group}\nerrors:\n"));
            }
            errors += 1;
        }
        let indent = if errors > ENTRIES / FILES { 8 } else { 4 };
        match parts.last_mut() {
            // The first group of the category follows.
            _ if line == "    groups:" => {}
            Some(part) if line.starts_with("      ") => {
                part.push_str(&line[indent..]);
                part.push('\n');
            }
            _ => {
                head.push_str(line);
                head.push('\n');
            }
        }
    }
    (head, parts)
}
