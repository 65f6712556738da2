//! `errgen explain`

use std::collections::HashSet;
use std::fmt::Write;

use bumpalo::Bump;

use super::arguments::{Common, Format};
use super::project::with_project;
use super::{CommandResult, Report};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::explain;
use crate::find::{Hit, Nearest, find, find_by_any_message, nearest};
use crate::model;
use crate::pipeline::Project;
use crate::read::standard_input;

/// How much of standard input is looked at, in bytes.
const MOST_READ: u64 = 1 << 20;

pub fn run(
    common: &Common,
    words: &[String],
    locale: Option<&str>,
    format: Format,
) -> CommandResult {
    let wanted = match words {
        [word] if word == "-" => standard_input(MOST_READ)?.trim_end().to_owned(),
        words => words.join(" "),
    };
    with_project(common, &[], |project| {
        let catalog = &project.catalog;
        let mut hits = find_by_lines(catalog, &wanted);
        if hits.is_empty() {
            hits = find(catalog, &wanted);
        }
        if hits.is_empty() {
            let nearest = nearest(catalog, &wanted);
            if nearest.errors.is_empty() {
                hits = find_by_any_message(catalog, &wanted);
            }
            if hits.is_empty() {
                return Err(no_such_error(&nearest, &wanted).into());
            }
        }
        // All of them, or the one that matches a reader's tag.
        let locales = match locale {
            Some(tag) => vec![catalog.lookup().find(tag)],
            None => catalog.locales.clone(),
        };
        let text = match format {
            Format::Text => explain::pages(catalog, &hits, &locales),
            Format::Json => json(project, &hits, &locales)?,
        };
        Ok(Report::clean(text))
    })
}

/// The errors that the lines of a log are about, each once. A body in JSON may have several lines, too.
fn find_by_lines<'c>(catalog: &'c Catalog<'_>, text: &str) -> Vec<Hit<'c>> {
    let mut hits: Vec<Hit> = Vec::new();
    if !text.contains('\n') || text.trim_start().starts_with(['{', '[']) {
        return hits;
    }
    let mut seen = HashSet::new();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for hit in lines.flat_map(|line| find(catalog, line)) {
        if seen.insert(std::ptr::from_ref(hit.error)) {
            hits.push(hit);
        }
    }
    hits
}

fn json(project: &Project, hits: &[Hit], locales: &[&str]) -> Result<String, Diagnostics> {
    let arena = Bump::new();
    let targets = project.loaded_targets();
    let errors = hits.iter().map(|hit| (hit.category, hit.group, hit.error));
    let history = project.history();
    let models = model::errors(
        &arena,
        &project.catalog,
        &history,
        &targets,
        locales,
        errors,
    );
    explain::json(&arena, hits, models, locales).map_err(|error| {
        Diagnostic::file(rules::TEMPLATE_ERROR, "errgen", error.to_string()).into()
    })
}

fn no_such_error(nearest: &Nearest, wanted: &str) -> Diagnostic {
    let message = format!("no error has the code, id or message `{wanted}`");
    let diagnostic = Diagnostic::file(rules::NO_SUCH_ERROR, "errgen", message);
    let rows: Vec<_> = nearest
        .errors
        .iter()
        .map(|error| (error.code.text(), error.id))
        .collect();
    let width = rows.iter().map(|(code, _)| code.chars().count()).max();
    let Some(width) = width else {
        return diagnostic;
    };
    let mut list = String::new();
    for (code, id) in &rows {
        let _ = if code == id {
            writeln!(list, "      {code}")
        } else {
            writeln!(list, "      {code:width$}  {id}")
        };
    }
    if nearest.more > 0 {
        let _ = writeln!(list, "      and {} more", nearest.more);
    }
    let help = if rows.len() == 1 {
        "did you mean this one?"
    } else {
        "did you mean one of these?"
    };
    diagnostic.help(help).details(list)
}
