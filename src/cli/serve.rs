//! `errgen serve`

use super::arguments::{Common, ReportFormat};
use super::inputs::{catalog_path, library};
use super::project::{render, with_project};
use super::{CommandResult, Report, say};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::serve::Serving;
use crate::target::{Library, Pages};
use crate::terminal::visible;
use crate::watch::{Wake, Watch};

pub fn run(common: &Common, target: Option<&str>, port: u16) -> CommandResult {
    let catalog = catalog_path(common)?;
    let (id, pages) = pages_of(&library(common)?, target)?;
    // While it is missing, no catalogue in a folder above replaces it.
    let common = Common {
        catalog: Some(catalog.clone()),
        ..common.clone()
    };
    let mut watch = Watch::new(&catalog, common.templates.as_deref())?;
    let serving = Serving::start(port)?;
    let show = || {
        let wanted = std::slice::from_ref(&id);
        let mut targets =
            with_project(&common, wanted, |project| render(&common, project, wanted))?;
        if let Some(rendered) = targets.pop() {
            serving.show(rendered, &pages);
        }
        Ok(Report::clean(format!(
            "{}: serving at {}\n",
            visible(&id),
            serving.url()
        )))
    };
    // If nobody reads the output any more, there is nothing left to do.
    let is_heard = |result| say(result, ReportFormat::Human, &common).is_ok();
    let mut goes_on = is_heard(show());
    while goes_on && watch.wait()? == Wake::Change {
        goes_on = is_heard(show());
    }
    Ok(Report::clean(String::new()))
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
