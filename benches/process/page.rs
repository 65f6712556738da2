//! The page that the figures stand on.

use std::fs;
use std::io;

use crate::figure::{show, size, time};
use crate::goal::Goal;
use crate::machine;
use crate::programs::repository;
use crate::row::{Row, ratio};

const PAGE: &str = "docs/performance.md";
const BEGIN: &str = "<!-- `make bench` writes from here … -->\n";
const END: &str = "<!-- … to here -->\n";

/// A table with what stands above it.
pub struct Section {
    pub title: &'static str,
    /// Blocks of Markdown, the table among them.
    pub text: String,
    pub goals: Vec<Goal>,
}

/// All that a run has found, as Markdown.
pub fn figures(sections: &[Section]) -> String {
    let mut text = format!("Measured on {}.\n\n## Goals\n\n", machine::describe());
    text.push_str("| what | goal | measured | by CPU | |\n| --- | --- | ---: | ---: | --- |\n");
    for goal in sections.iter().flat_map(|section| &section.goals) {
        text.push_str(&goal.line());
    }
    for section in sections {
        text.push_str("\n## ");
        text.push_str(section.title);
        text.push_str("\n\n");
        text.push_str(&section.text);
    }
    text
}

/// Puts the figures between the marks of the page.
pub fn write(figures: &str) -> io::Result<()> {
    let path = repository().join(PAGE);
    let page = fs::read_to_string(&path)?;
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let Some((before, after)) = parts else {
        return Err(io::Error::other("the marks around the figures are gone"));
    };
    fs::write(path, format!("{before}{BEGIN}\n{figures}\n{END}{after}"))
}

/// A table of rows, each compared with one of them.
pub struct Table {
    pub text: String,
    /// The time that others are multiples of.
    one: Option<f64>,
    has_memory: bool,
}

impl Table {
    /// The columns that only some systems tell are left out where the row has nothing in them.
    pub fn new(one: &Row) -> Self {
        let has_memory = one.peak().is_some();
        let columns = if has_memory {
            [
                "| what | time | × | CPU | peak memory | runs |",
                "| --- | ---: | ---: | ---: | ---: | ---: |",
            ]
        } else {
            ["| what | time | × | runs |", "| --- | ---: | ---: | ---: |"]
        };
        Self {
            text: format!("{}\n", columns.join("\n")),
            one: one.wall(),
            has_memory,
        }
    }

    pub fn add(&mut self, row: &Row) {
        let memory = [show(row.cpu(), time), show(row.peak(), size)];
        let mut cells = match &row.failure {
            Some(why) => vec![format!("**{why}**"), String::new()],
            None => vec![
                show(row.wall(), time),
                show(ratio(row.wall(), self.one), |it| format!("{it:.2}")),
            ],
        };
        cells.extend(memory.into_iter().filter(|_| self.has_memory));
        cells.push(row.counted().to_string());
        let line = format!("| {} | {} |\n", row.name, cells.join(" | "));
        self.text.push_str(&line);
    }
}
