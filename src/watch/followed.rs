//! What `generate` reads, and the folders to watch so that no change of it is missed.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use crate::include::{self, follow};
use crate::read::{ledger_of, resolve};
use crate::target::MANIFEST;

/// How many folders to watch at most. Systems limit how many all programs together can watch.
const MOST_FOLDERS: usize = 1000;

/// Files and folders, by their paths without links, as a watcher reports them.
#[derive(Default)]
pub struct Followed {
    /// The folders that are watched, each without the folders in it.
    pub folders: BTreeSet<PathBuf>,
    /// The catalogue, its ledger, the files that it includes, the folder of targets, and files behind links.
    places: Vec<PathBuf>,
    /// Where the catalogue may find more files to include.
    included: include::Followed,
    /// The folder of targets.
    templates: Option<PathBuf>,
    /// The folders outside it that links may lead to.
    allowed: Vec<PathBuf>,
    /// Targets, and folders behind links in them. Everything in them is read.
    targets: Vec<PathBuf>,
}

/// Why not everything can be followed.
pub enum Failure<E> {
    /// There are too many folders in this one.
    TooMany(PathBuf),
    /// A folder cannot be watched.
    Unwatchable(E),
}

impl<E> From<E> for Failure<E> {
    fn from(error: E) -> Self {
        Self::Unwatchable(error)
    }
}

impl Followed {
    /// Finds what to follow, and calls `watch` for each folder before it is listed: what is added later is reported. Links to
    /// folders are followed into the `allowed` ones, as `generate` follows them.
    pub fn find<E>(
        catalog: &Path,
        templates: Option<&Path>,
        allowed: &[PathBuf],
        mut watch: impl FnMut(&Path) -> Result<(), E>,
    ) -> Result<Self, Failure<E>> {
        let mut followed = Self {
            allowed: allowed.iter().map(|folder| resolve(folder)).collect(),
            ..Self::default()
        };
        for place in places_of(catalog)
            .into_iter()
            .chain(places_of(&ledger_of(catalog)))
        {
            followed.add_place(place, &mut watch)?;
        }
        followed.add_included(catalog, allowed, &mut watch)?;
        let Some(templates) = templates else {
            return Ok(followed);
        };
        let root = resolve(templates);
        followed.add(nearest_folder(&root), &mut watch)?;
        for child in entries(&root) {
            // It may become a target, or stop being one.
            let folder = resolve(&child.path());
            if !folder.is_dir() {
                continue;
            }
            followed.add(&folder, &mut watch)?;
            let is_inside = folder.starts_with(&root) || followed.allows(&folder);
            if is_inside && folder.join(MANIFEST).exists() {
                let shown = templates.join(child.file_name());
                followed.add_target(folder, &shown, &mut watch)?;
            }
            followed.check_number(templates)?;
        }
        followed.places.push(root.clone());
        followed.templates = Some(root);
        Ok(followed)
    }

    fn add<E>(
        &mut self,
        folder: &Path,
        watch: &mut impl FnMut(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.folders.insert(folder.to_owned()) {
            watch(folder)?;
        }
        Ok(())
    }

    fn add_place<E>(
        &mut self,
        place: PathBuf,
        watch: &mut impl FnMut(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        self.add(nearest_folder(place.parent().unwrap_or(&place)), watch)?;
        self.places.push(place);
        Ok(())
    }

    fn add_included<E>(
        &mut self,
        catalog: &Path,
        allowed: &[PathBuf],
        watch: &mut impl FnMut(&Path) -> Result<(), E>,
    ) -> Result<(), Failure<E>> {
        let mut failed = None;
        let mut included = follow(catalog, allowed, |folder| {
            failed = failed.take().or(self.add(folder, watch).err());
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        for place in included.places.drain(..) {
            self.add_place(place, watch)?;
        }
        self.included = included;
        self.check_number(catalog)
    }

    fn add_target<E>(
        &mut self,
        target: PathBuf,
        shown: &Path,
        watch: &mut impl FnMut(&Path) -> Result<(), E>,
    ) -> Result<(), Failure<E>> {
        let mut seen = BTreeSet::new();
        let mut left = vec![target.clone()];
        while let Some(folder) = left.pop() {
            if !seen.insert(folder.clone()) {
                continue;
            }
            self.add(&folder, watch)?;
            self.check_number(shown)?;
            for entry in entries(&folder) {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => left.push(entry.path()),
                    Ok(kind) if kind.is_symlink() => {
                        let Ok(real) = fs::canonicalize(entry.path()) else {
                            continue;
                        };
                        if real.is_dir() && self.allows(&real) {
                            self.targets.push(real.clone());
                            left.push(real);
                        } else {
                            self.add_place(real, watch)?;
                        }
                    }
                    _ => {}
                }
            }
        }
        self.targets.push(target);
        Ok(())
    }

    fn allows(&self, folder: &Path) -> bool {
        self.allowed
            .iter()
            .any(|allowed| folder.starts_with(allowed))
    }

    fn check_number<E>(&self, folder: &Path) -> Result<(), Failure<E>> {
        if self.folders.len() > MOST_FOLDERS {
            return Err(Failure::TooMany(folder.to_owned()));
        }
        Ok(())
    }

    /// Whether a path is what `generate` reads, or a folder above it.
    pub fn contains(&self, path: &Path) -> bool {
        let mut places = self.places.iter().chain(&self.targets);
        places.any(|place| place.starts_with(path))
            || self.included.may_match(path)
            || self.targets.iter().any(|target| path.starts_with(target))
            || self
                .templates
                .as_deref()
                .is_some_and(|root| may_add_target(root, path))
    }
}

/// Whether a folder beside the targets came or went, or its manifest. A file there is not part of a target, and may be
/// errgen's own output.
fn may_add_target(root: &Path, path: &Path) -> bool {
    let folder = path.parent();
    let is_manifest = path.ends_with(MANIFEST) && folder.and_then(Path::parent) == Some(root);
    is_manifest || folder == Some(root) && !path.is_file()
}

/// What is in a folder. Nothing if it cannot be read: `generate` reports that.
fn entries(folder: &Path) -> impl Iterator<Item = DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

/// The paths of a file: its own, and its destination if it is a link.
fn places_of(file: &Path) -> Vec<PathBuf> {
    let folder = resolve(file.parent().unwrap_or(Path::new("")));
    let mut places = vec![folder.join(file.file_name().unwrap_or_default())];
    places.extend(fs::canonicalize(file));
    places
}

/// The folder, or the nearest above it that exists.
fn nearest_folder(folder: &Path) -> &Path {
    let mut ancestors = folder.ancestors();
    ancestors.find(|path| path.is_dir()).unwrap_or(folder)
}
