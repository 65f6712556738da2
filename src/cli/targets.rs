//! `errgen targets`

use textwrap::core::display_width;

use super::arguments::Common;
use super::inputs::{catalog_path, library};
use super::project::with_project;
use super::{CommandResult, Report};
use crate::diagnostic::Diagnostics;
use crate::target::Library;
use crate::terminal::visible;
use crate::validate::default_folder;

pub fn run(common: &Common) -> CommandResult {
    let mut rows = Vec::new();
    let library = library(common)?;
    let folders = folders(common, &library)?;
    for id in library.ids() {
        let Some(target) = library.load(id) else {
            continue;
        };
        let target = target?;
        let folder = folders.iter().find(|(known, _)| known == id);
        let folder = match (&common.out, folder) {
            (_, None) => "-".to_owned(),
            (Some(out), _) => out.join(id).display().to_string(),
            (None, Some((_, folder))) => folder.clone(),
        };
        let row = [id, &folder, &target.manifest.description];
        rows.push(row.map(|text| visible(text).into_owned()));
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| display_width(&row[column]))
            .max()
            .unwrap_or_default()
    };
    let (ids, folders) = (width(0), width(1));
    let padded = |text: &str, width: usize| {
        let padding = " ".repeat(width.saturating_sub(display_width(text)));
        format!("{text}{padding}")
    };
    let line = |[id, folder, description]: &[String; 3]| {
        let (id, folder) = (padded(id, ids), padded(folder, folders));
        format!("{id}  {folder}  {description}\n")
    };
    Ok(Report::clean(rows.iter().map(line).collect()))
}

/// The catalogue's targets with their folders. Without a catalogue, all targets with their default folders.
fn folders(common: &Common, library: &Library) -> Result<Vec<(String, String)>, Diagnostics> {
    if common.catalog.is_none() && catalog_path(common).is_err() {
        let all = library.ids();
        return Ok(all.map(|id| (id.to_owned(), default_folder(id))).collect());
    }
    with_project(common, &[], |project| {
        let targets = project.targets.iter();
        Ok(targets
            .map(|it| (it.target.id.clone(), it.out.clone()))
            .collect())
    })
}
