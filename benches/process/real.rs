//! The real catalogue.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::figure::{show, size};
use crate::files;
use crate::goal::Goal;
use crate::page::{Section, Table};
use crate::programs::{
    self, MODULES as MODULE_TARGETS, Programs, copy, errgen, errgen_modules, nothing, repository,
};
use crate::row::{Row, compared, ratio, refuse_unequal, take_turns};

const RUNS: usize = 51;
const WARM_UP: usize = 2;
const BUDGET: Duration = Duration::from_secs(25);

const NOTHING: &str = "a process that does nothing";
const MODULES: &str = "`errgen generate`, all modules, from nothing";
const FLOOR: &str = "the floor, all modules, from nothing";
const ALL: &str = "`errgen generate`, all targets, from nothing";
const ALL_UNCHANGED: &str = "`errgen generate`, all targets, no change";
const COPY: &str = "`cp -r` of all targets";

/// Where everything is.
struct Place {
    catalog: PathBuf,
    folder: PathBuf,
    targets: Vec<String>,
}

pub fn measure(programs: &Programs, folder: &Path) -> Section {
    let place = Place {
        catalog: repository().join("catalog.yaml"),
        folder: folder.join("real"),
        targets: targets(),
    };
    let out = |name: &str| place.folder.join(name);
    // What the copies are of, and what does not change.
    for command in [place.modules("same-modules"), place.all("generate", "same")] {
        if let Err(why) = crate::measure::run(&command) {
            eprintln!("errgen: {why}");
        }
    }
    let mut rows = rows(programs, &place);
    take_turns(&mut rows, WARM_UP, BUDGET);
    refuse_unequal(&mut rows, FLOOR, &out("modules"), &out("floor"));
    let mut table = Table::new(&rows[0]);
    for row in &rows {
        table.add(row);
    }
    let written = |name| show(Some(files::bytes(&out(name))), size);
    Section {
        title: "The real catalogue",
        text: format!(
            "158 codes in two languages: {} in {} modules, {} in all {} targets. × is against {NOTHING}.\n\n{}",
            written("modules"),
            MODULE_TARGETS.len(),
            written("all"),
            place.targets.len(),
            table.text
        ),
        goals: goals(&rows),
    }
}

fn rows(programs: &Programs, place: &Place) -> Vec<Row> {
    let out = |name: &str| place.folder.join(name);
    let fresh = |name, command, folder| Row::new(name, command, RUNS).emptying(out(folder));
    let floor = programs.floor(&place.catalog, &out("same-modules"), &out("floor"));
    vec![
        Row::new(NOTHING, nothing(), RUNS),
        fresh(MODULES, place.modules("modules"), "modules"),
        Row::new(
            "`errgen generate`, all modules, no change",
            place.modules("same-modules"),
            RUNS,
        ),
        compared(FLOOR, floor, &out("floor"), RUNS),
        fresh(
            "`cp -r` of all modules",
            copy(&out("same-modules"), &out("copied-modules")),
            "copied-modules",
        ),
        fresh(ALL, place.all("generate", "all"), "all"),
        Row::new(ALL_UNCHANGED, place.all("generate", "same"), RUNS),
        Row::new(
            "`errgen check`, all targets, no change",
            place.all("check", "same"),
            RUNS,
        ),
        fresh(COPY, copy(&out("same"), &out("copied")), "copied"),
        Row::new("`errgen explain` of one error", place.explain(), RUNS),
    ]
}

fn goals(rows: &[Row]) -> Vec<Goal> {
    let row = |name| rows.iter().find(|row| row.name == name);
    let [modules, nothing, copy] = [MODULES, NOTHING, COPY].map(row);
    let versus = |goal: fn(&str, f64, Option<f64>) -> Goal, what, bound, one, others: &[_]| {
        let figure = |of: fn(&Row) -> Option<f64>| {
            let all: Option<f64> = others.iter().map(|row| of((*row)?)).sum();
            ratio(of(one?), all)
        };
        goal(what, bound, figure(Row::wall)).computing(figure(Row::cpu))
    };
    vec![
        versus(
            Goal::at_most,
            "all modules, × a process that does nothing",
            4.0,
            modules,
            &[nothing],
        ),
        versus(
            Goal::at_most,
            "all modules, × the floor",
            1.6,
            modules,
            &[row(FLOOR)],
        ),
        versus(
            Goal::at_most,
            "all targets from nothing, × (a process that does nothing + `cp -r` of the same output)",
            1.5,
            row(ALL),
            &[nothing, copy],
        ),
        versus(
            Goal::at_most,
            "all targets, no change, × that `cp -r`",
            1.0,
            row(ALL_UNCHANGED),
            &[copy],
        ),
    ]
}

impl Place {
    fn modules(&self, out: &str) -> Vec<String> {
        errgen_modules("generate", &self.catalog, &self.folder.join(out))
    }

    fn all(&self, command: &str, out: &str) -> Vec<String> {
        let mut words = programs::errgen_on(command, &self.catalog, &self.folder.join(out));
        words.extend(self.targets.iter().cloned());
        words
    }

    fn explain(&self) -> Vec<String> {
        let catalog = self.catalog.to_string_lossy();
        errgen(&["explain", "4109", "--catalog", &catalog])
    }
}

/// All targets that errgen has.
fn targets() -> Vec<String> {
    let words = errgen(&["targets"]);
    let output = Command::new(&words[0])
        .args(&words[1..])
        .current_dir(repository())
        .output();
    let output = output.map(|it| it.stdout).unwrap_or_default();
    let lines = String::from_utf8_lossy(&output);
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}
