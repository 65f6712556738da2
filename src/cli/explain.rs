//! `errgen explain`

use std::fmt::Write;

use bumpalo::Bump;

use super::arguments::{Common, Format};
use super::project::with_project;
use super::{CommandResult, Report};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::explain;
use crate::find::{Hit, find, nearest};
use crate::model;
use crate::pipeline::Project;

pub fn run(
    common: &Common,
    words: &[String],
    locale: Option<&str>,
    format: Format,
) -> CommandResult {
    let wanted = words.join(" ");
    with_project(common, &[], |project| {
        let hits = find(&project.catalog, &wanted);
        if hits.is_empty() {
            return Err(no_such_error(&project.catalog, &wanted).into());
        }
        let catalog = &project.catalog;
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

fn no_such_error(catalog: &Catalog, wanted: &str) -> Diagnostic {
    let message = format!("no error has the code, id or message `{wanted}`");
    let diagnostic = Diagnostic::file(rules::NO_SUCH_ERROR, "errgen", message);
    let nearest = nearest(catalog, wanted);
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
