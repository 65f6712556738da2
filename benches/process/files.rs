//! Folders of output: their size, whether two are equal, and what has changed in one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use errgen::render::FILE_LIST;
use walkdir::WalkDir;

/// Removes a folder, if it is there.
pub fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Bytes of all files below a folder.
#[expect(clippy::cast_precision_loss, reason = "for a table")]
pub fn bytes(folder: &Path) -> f64 {
    let sizes = paths(folder).into_values();
    let sizes = sizes.filter_map(|path| Some(fs::metadata(path).ok()?.len()));
    sizes.sum::<u64>() as f64
}

/// Whether two folders hold the same files.
///
/// # Errors
///
/// The first difference.
pub fn equal(errgen: &Path, other: &Path) -> Result<(), String> {
    let (own, others) = (paths(errgen), paths(other));
    if let Some(path) = own.keys().find(|path| !others.contains_key(*path)) {
        return Err(format!("error: it writes no {}", path.display()));
    }
    if let Some(path) = others.keys().find(|path| !own.contains_key(*path)) {
        return Err(format!("error: errgen writes no {}", path.display()));
    }
    let differs = |path: &&PathBuf| {
        let contents = [&own, &others].map(|paths| fs::read(&paths[*path]).ok());
        contents[0].is_none() || contents[0] != contents[1]
    };
    match own.keys().find(differs) {
        Some(path) => Err(format!("error: {} differs", path.display())),
        None => Ok(()),
    }
}

/// When each file below a folder was written.
pub fn times(folder: &Path) -> BTreeMap<PathBuf, Option<SystemTime>> {
    let time = |path: PathBuf| fs::metadata(path).and_then(|it| it.modified()).ok();
    let paths = paths(folder).into_iter();
    paths.map(|(short, path)| (short, time(path))).collect()
}

/// The files below a folder, errgen's lists aside, by their paths below it.
fn paths(folder: &Path) -> BTreeMap<PathBuf, PathBuf> {
    let entries = WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let output = files.filter(|entry| entry.file_name() != FILE_LIST);
    let both = |path: &Path| Some((path.strip_prefix(folder).ok()?.into(), path.into()));
    output.filter_map(|entry| both(entry.path())).collect()
}
