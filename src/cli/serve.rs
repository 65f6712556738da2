//! `errgen serve`

use super::arguments::{Common, ReportFormat};
use super::inputs::{catalog_path, library};
use super::project::{render, with_project};
use super::{CommandResult, Report, say};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::serve::Serving;
use crate::target::{Library, Pages};
use crate::watch::{Wake, Watch};

pub fn run(common: &Common, target: Option<&str>, port: u16) -> CommandResult {
    let catalog = catalog_path(common)?;
    let (id, pages) = pages_of(&library(common)?, target)?;
    // While it is away, none in a folder above takes its place.
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
        Ok(Report::clean(format!("{id}: shown at {}\n", serving.url())))
    };
    // Where whoever reads what we say has gone, there is nothing left to do.
    let is_heard = |result| say(result, ReportFormat::Human, &common).is_ok();
    let mut goes_on = is_heard(show());
    while goes_on && watch.wait()? == Wake::Change {
        goes_on = is_heard(show());
    }
    Ok(Report::clean(String::new()))
}

/// The target that is asked for, or the first that has pages to show.
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
        Some(id) => format!("there is no target `{id}` with pages to show"),
        None => "there is no target with pages to show".to_owned(),
    };
    Err(Diagnostic::file(rules::NO_SUCH_ARGUMENT, "errgen", message)
        .help("the manifest of such a target has `pages:`")
        .into())
}
