//! `errgen serve`

use super::arguments::{Common, ReportFormat};
use super::inputs::{catalog_path, library};
use super::project::{render, with_project};
use super::{CommandResult, Report, say};
use crate::diagnostic::{Color, Diagnostic, Diagnostics, Human, rules};
use crate::serve::Serving;
use crate::target::{Library, Pages};
use crate::terminal::visible;
use crate::watch::{Wake, Watch};

/// How many diagnostics a page shows.
const MOST_SHOWN: usize = 100;

pub fn run(common: &Common, target: Option<&str>, port: u16) -> CommandResult {
    let catalog = catalog_path(common)?;
    let (id, pages) = pages_of(&library(common)?, target)?;
    // While it is missing, no catalogue in a folder above replaces it.
    let common = Common {
        catalog: Some(catalog.clone()),
        ..common.clone()
    };
    let mut watch = Watch::new(
        &catalog,
        common.templates.as_deref(),
        &common.allow_links_to,
    )?;
    let serving = Serving::start(port)?;
    let show = || {
        let wanted = std::slice::from_ref(&id);
        let rendered = with_project(&common, wanted, |project| render(&common, project, wanted));
        let diagnostics = match rendered.map(|mut targets| targets.pop()) {
            Ok(rendered) => {
                if let Some(rendered) = rendered {
                    serving.show(rendered, &pages);
                }
                Diagnostics::new()
            }
            Err(diagnostics) => {
                serving.show_problem(text_of(&diagnostics));
                diagnostics
            }
        };
        Ok(Report {
            text: format!("{}: serving at {}\n", visible(&id), serving.url()),
            ..Report::of(diagnostics)
        })
    };
    // If nobody reads the output any more, there is nothing left to do.
    let is_heard = |result| say(result, ReportFormat::Human, &common).is_ok();
    let mut goes_on = is_heard(show());
    while goes_on && watch.wait()? == Wake::Change {
        goes_on = is_heard(show());
    }
    Ok(Report::clean(String::new()))
}

/// The diagnostics as the terminal shows them, without colours.
fn text_of(diagnostics: &Diagnostics) -> String {
    let human = Human::new(Color::Never);
    let shown = diagnostics.iter().take(MOST_SHOWN);
    let shown: Vec<_> = shown.map(|diagnostic| human.render(diagnostic)).collect();
    let more = match diagnostics.len() - shown.len() {
        0 => String::new(),
        more => format!("\n… and {more} more\n"),
    };
    shown.join("\n") + &more
}

/// The wanted target, or the first that is a site.
fn pages_of(library: &Library, wanted: Option<&str>) -> Result<(String, Pages), Diagnostics> {
    for id in library.ids().filter(|id| wanted.is_none_or(|it| it == *id)) {
        let Some(target) = library.load(id) else {
            continue;
        };
        if let Some(pages) = &target?.manifest.pages {
            return Ok((id.to_owned(), pages.clone()));
        }
    }
    let message = match wanted {
        Some(id) => format!("the target `{id}` does not exist, or has no pages to show"),
        None => "no target has pages to show".to_owned(),
    };
    Err(Diagnostic::file(rules::NO_SUCH_ARGUMENT, "errgen", message)
        .help("choose a target with `pages:` in its manifest")
        .into())
}
