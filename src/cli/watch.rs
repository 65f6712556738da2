//! `errgen watch`

use std::path::Path;

use super::arguments::{Common, ReportFormat};
use super::generate::{self, Extras};
use super::inputs::catalog_path;
use super::{CommandResult, Report, say};
use crate::terminal::visible_path;
use crate::watch::{Wake, Watch};

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let catalog = catalog_path(common)?;
    let note = note(&catalog, common.templates.as_deref());
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
    // If nobody reads the output any more, there is nothing left to do.
    let is_heard = |result| say(result, ReportFormat::Human, &common).is_ok();
    let mut goes_on = is_heard(generate::run(&common, targets, Extras::default()))
        && is_heard(Ok(Report::clean(note)));
    while goes_on && watch.wait()? == Wake::Change {
        goes_on = is_heard(generate::run(&common, targets, Extras::default()));
    }
    Ok(Report::clean(String::new()))
}

fn note(catalog: &Path, templates: Option<&Path>) -> String {
    let templates = templates.map_or_else(String::new, |folder| {
        format!(" and {}", visible_path(folder))
    });
    let catalog = visible_path(catalog);
    format!("watching {catalog}{templates}; press Ctrl-C to stop\n")
}
