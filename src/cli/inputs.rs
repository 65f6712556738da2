//! Finds what a command works on: the catalogue and the targets.

use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::Common;
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean, rules, unless_any};
use crate::target::Library;

const CATALOG: &str = "catalog.yaml";

/// The catalogue's path: the given one, or the nearest in the current folder and those above.
pub fn catalog_path(common: &Common) -> Result<PathBuf, Diagnostics> {
    if let Some(path) = &common.catalog {
        return Ok(path.clone());
    }
    let here = std::env::current_dir().unwrap_or_default();
    let mut path = PathBuf::from(CATALOG);
    for folder in here.ancestors() {
        // Even what cannot be read is what the user means: no other one replaces it.
        if fs::metadata(folder.join(CATALOG)).is_ok_and(|there| !there.is_dir()) {
            return Ok(path);
        }
        path = Path::new("..").join(path);
    }
    Err(Diagnostic::file(
        rules::UNREADABLE_FILE,
        CATALOG,
        "not found in this folder or any folder above",
    )
    .help("name the catalogue with `--catalog FILE`")
    .into())
}

/// All targets.
pub fn library(common: &Common) -> Result<Library, Diagnostics> {
    let mut library = Library::standard();
    if let Some(folder) = &common.templates {
        library.add_folder(folder, common.budget().memory, &common.allow_links_to)?;
    }
    Ok(library)
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
