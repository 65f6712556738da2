//! Finds what a command works on: the catalogue and the targets.

use std::path::PathBuf;

use super::arguments::Common;
use super::each::is_catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean, rules, unless_any};
use crate::read::{CATALOG, nearest_catalog};
use crate::target::Library;

/// The catalogue's path: the given one, or the nearest in the current folder and those above.
pub fn catalog_path(common: &Common) -> Result<PathBuf, Diagnostics> {
    if let Some(path) = &common.catalog {
        return Ok(path.clone());
    }
    nearest_catalog().ok_or_else(|| {
        Diagnostic::file(
            rules::UNREADABLE_FILE,
            CATALOG,
            "not found in this folder or any folder above",
        )
        .help("name the catalogue with `--catalog FILE`")
        .into()
    })
}

/// All targets.
pub fn library(common: &Common) -> Result<Library, Diagnostics> {
    let mut library = Library::standard();
    if let Some(folder) = &common.templates {
        library.add_folder(folder, common.budget().memory, &common.allow_links_to)?;
    }
    Ok(library)
}

/// Refuses catalogues in the place of targets.
pub fn refuse_catalogs(requested: &[String]) -> Result<(), Diagnostics> {
    let catalogs = requested.iter().filter(|word| is_catalog(word));
    let refuse = |word: &String| {
        let message = format!("`{word}` is no target");
        Diagnostic::file(rules::NO_SUCH_ARGUMENT, "errgen", message)
            .help(format!("a catalogue is named with `--catalog {word}`"))
    };
    unless_any(catalogs.map(refuse).collect(), ())
}

/// Refuses targets that do not exist.
pub fn check_requested(library: &Library, requested: &[String]) -> Result<(), Diagnostics> {
    let unknown = requested
        .iter()
        .filter(|id| !library.ids().any(|known| known == *id));
    let refuse = |id: &String| {
        let help = did_you_mean(id, library.ids(), || {
            "run `errgen targets` to list them".to_owned()
        });
        let message = format!("unknown target `{id}`");
        Diagnostic::file(rules::NO_SUCH_ARGUMENT, "errgen", message).help(help)
    };
    unless_any(unknown.map(refuse).collect(), ())
}
