//! `errgen explain`

use std::fmt::Write;

use bumpalo::Bump;

use super::arguments::{Common, Format};
use super::project::with_project;
use super::{CommandResult, Report};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, rules};
use crate::explain::{self, Explanation};
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
        let arena = Bump::new();
        let explanations = explanations(&arena, project, &hits, locale);
        let text = match format {
            Format::Text => explain::pages(&explanations).map_err(|error| error.to_string()),
            Format::Json => explain::json(&explanations).map_err(|error| error.to_string()),
        };
        text.map(Report::clean)
            .map_err(|message| Diagnostic::file(rules::TEMPLATE_ERROR, "errgen", message).into())
    })
}

/// The hits with everything that is known about their errors, in all locales or in the one that matches a reader's tag.
fn explanations<'a>(
    arena: &'a Bump,
    project: &'a Project,
    hits: &'a [Hit],
    locale: Option<&str>,
) -> Vec<Explanation<'a>> {
    let catalog = &project.catalog;
    let locales = match locale {
        Some(tag) => vec![catalog.locale_for(tag)],
        None => catalog.locales.clone(),
    };
    let targets = project.loaded_targets();
    let errors = hits.iter().map(|hit| (hit.category, hit.group, hit.error));
    let models = model::errors(arena, catalog, &targets, &locales, errors);
    let both = hits.iter().zip(models);
    both.map(|(hit, model)| Explanation::new(arena, hit, model, &locales))
        .collect()
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
        let _ = writeln!(list, "      {code:width$}  {id}");
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
