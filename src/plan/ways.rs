//! The way to an output folder and to the files in it: no link leads anywhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::report_foreign;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::locate::has_part_of_git;
use crate::render::FILE_LIST;

/// Checks that an output folder can be created, and that its list is a file or missing.
pub fn check_root(root: &Path) -> Result<(), Diagnostics> {
    let is_broken = |path: &&Path| path.is_symlink() && !path.exists();
    let list = root.join(FILE_LIST);
    let is_foreign = fs::symlink_metadata(&list).is_ok_and(|there| !there.is_file());
    let broken = root.ancestors().find(is_broken);
    match broken.or(is_foreign.then_some(&list)) {
        Some(path) => Err(report_foreign(path).into()),
        None => Ok(()),
    }
}

/// Parent folders of files that are links out of the output folder, into a `.git` folder or to nothing. The paths of each kind are
/// sorted.
pub fn links_out<'a>(
    root: &Path,
    own: impl Iterator<Item = &'a str>,
    old: impl Iterator<Item = &'a str>,
) -> Diagnostics {
    let Ok(real_root) = root.canonicalize() else {
        return Vec::new();
    };
    let is_link = |folder: &&str| root.join(folder).is_symlink();
    let folders = existing_folders(root, own).chain(existing_folders(root, old));
    let links: BTreeSet<_> = folders.filter(is_link).collect();
    let reports = links.into_iter().filter_map(|link| {
        let path = root.join(link);
        match path.canonicalize() {
            Ok(real) if is_out(&real, &real_root) => Some(report_link_out(&path)),
            Ok(_) => None,
            Err(_) => Some(report_foreign(&path)),
        }
    });
    reports.collect()
}

/// The parent folders of sorted paths that exist, each before those in it. A link exists, wherever it leads.
pub(crate) fn existing_folders<'a>(
    root: &Path,
    paths: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    let mut previous = "";
    paths.flat_map(move |path| {
        let pairs = previous.bytes().zip(path.bytes());
        let shared = pairs.take_while(|(one, other)| one == other).count();
        previous = path;
        let ends = path.match_indices('/').map(|(at, _)| at);
        let new = ends.filter(move |end| *end >= shared);
        // Nothing is in what does not exist.
        new.map(|end| &path[..end])
            .take_while(|folder| fs::symlink_metadata(root.join(folder)).is_ok())
    })
}

/// Whether errgen must not write to a path: it is outside the output folder, or in a `.git` folder. Both paths have no links.
pub(crate) fn is_out(real: &Path, root: &Path) -> bool {
    real.strip_prefix(root).map_or(true, has_part_of_git)
}

/// Reports a link that leads out of an output folder.
pub(crate) fn report_link_out(path: &Path) -> Diagnostic {
    Diagnostic::file(
        rules::LINK_OUT_OF_FOLDER,
        path.display().to_string(),
        "this link leads out of the output folder",
    )
    .help("remove the link: errgen writes only inside the output folder")
}
