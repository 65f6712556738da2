//! Which files and folders a catalogue may include: those below its folder, where nothing is hidden.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::pattern::{Pattern, is_hidden, is_open, matches};
use crate::read::{Files, Kind, ledger_of};

/// How many files and folders to look at to find those that a pattern stands for.
const MOST_ENTRIES: usize = 100_000;

/// The folder of a catalogue.
pub struct Places<'f> {
    files: &'f dyn Files,
    /// As the user gave it.
    folder: PathBuf,
    /// Without links.
    root: PathBuf,
    /// The catalogue itself, without links.
    catalog: PathBuf,
    /// Its ledger, without links.
    ledger: PathBuf,
    /// The folders outside it that links may lead to, without links.
    allowed: Vec<PathBuf>,
}

/// Why a file is not read.
pub enum Refusal {
    Unreadable(io::Error),
    /// A link leads out of the catalogue's folder.
    Outside,
    /// A link leads to a hidden file.
    Hidden,
    Folder,
    /// A pipe or a device.
    Stream,
    /// There are too many files to look at.
    Endless,
}

/// A folder in which a pattern stands for several files or folders.
pub struct Listed<'a> {
    /// Its path from the catalogue's folder.
    pub path: &'a Path,
    /// The same without links.
    pub folder: &'a Path,
    /// The name of the pattern that those in it have to match.
    pub name: &'a str,
}

/// Files by their paths from the catalogue's folder, or the path that cannot be followed.
pub type Found = Result<Vec<PathBuf>, (PathBuf, Refusal)>;

impl<'f> Places<'f> {
    pub fn new(files: &'f dyn Files, catalog: &Path, allowed: &[PathBuf]) -> Self {
        let folder = catalog.parent().unwrap_or(Path::new(""));
        Self {
            files,
            folder: folder.to_owned(),
            root: files.resolve(folder),
            catalog: files.resolve(catalog),
            ledger: files.resolve(&ledger_of(catalog)),
            allowed: allowed.iter().map(|it| files.resolve(it)).collect(),
        }
    }

    /// Whether a path without links is that of the catalogue itself.
    pub fn is_catalog(&self, real: &Path) -> bool {
        real == self.catalog
    }

    /// A path from the catalogue's folder, without links on the way to that.
    pub fn real(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }

    /// A path from the catalogue's folder, as the user would write it.
    pub fn shown(&self, path: &Path) -> PathBuf {
        let shown = self.files.shown(&self.folder.join(path));
        if shown.as_os_str().is_empty() {
            return PathBuf::from(".");
        }
        shown
    }

    /// The files that a pattern stands for. Calls `list` with each folder before that is listed, and with the name to look for:
    /// what is added later is then noticed.
    ///
    /// # Errors
    ///
    /// With the path of what leads elsewhere, or of a folder with too many files.
    pub fn find(&self, pattern: &Pattern, mut list: impl FnMut(Listed)) -> Found {
        let mut left = MOST_ENTRIES;
        let mut paths = vec![PathBuf::new()];
        for name in &pattern.names {
            let mut next = Vec::new();
            for path in paths {
                if !is_open(name) {
                    next.push(path.join(name));
                    continue;
                }
                let Some(folder) = self.folder_at(&path)? else {
                    continue;
                };
                list(Listed {
                    path: &path,
                    folder: &folder,
                    name,
                });
                for own in self.files.names(&folder) {
                    left = left
                        .checked_sub(1)
                        .ok_or_else(|| (path.clone(), Refusal::Endless))?;
                    if matches(name, &own.to_string_lossy()) {
                        next.push(path.join(own));
                    }
                }
            }
            paths = next;
        }
        let is_last_open = pattern.names.last().is_some_and(|name| is_open(name));
        paths.retain(|path| self.is_meant(path, is_last_open));
        Ok(paths)
    }

    /// Whether there is something at a path.
    pub fn is_there(&self, path: &Path) -> bool {
        self.files.kind(&self.root.join(path)).is_ok()
    }

    /// Whether there is something at a path that a pattern stands for: among several, neither a folder nor the catalogue itself nor
    /// its ledger.
    fn is_meant(&self, path: &Path, is_one_of_several: bool) -> bool {
        let real = self.root.join(path);
        let Ok(kind) = self.files.kind(&real) else {
            return false;
        };
        if !is_one_of_several {
            return true;
        }
        let real = self.files.resolve(&real);
        kind != Kind::Folder && !self.is_catalog(&real) && real != self.ledger
    }

    /// A folder that may be listed. `None` if there is none.
    fn folder_at(&self, path: &Path) -> Result<Option<PathBuf>, (PathBuf, Refusal)> {
        let Ok(real) = self.files.real(&self.root.join(path)) else {
            return Ok(None);
        };
        if !matches!(self.files.kind(&real), Ok(Kind::Folder)) {
            return Ok(None);
        }
        match self.check(&real) {
            Ok(()) => Ok(Some(real)),
            Err(refusal) => Err((path.to_owned(), refusal)),
        }
    }

    /// The bytes of a file without links on the way to it, at most one more than `limit`.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn content(&self, real: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.files.content(real, limit)
    }

    /// The place of a regular file, without links.
    ///
    /// # Errors
    ///
    /// If it is anything else, or not below the catalogue's folder.
    pub fn file_at(&self, path: &Path) -> Result<PathBuf, Refusal> {
        let real = self.files.real(&self.root.join(path));
        let real = real.map_err(Refusal::Unreadable)?;
        self.check(&real)?;
        match self.files.kind(&real).map_err(Refusal::Unreadable)? {
            Kind::File => Ok(real),
            Kind::Folder => Err(Refusal::Folder),
            Kind::Stream => Err(Refusal::Stream),
        }
    }

    /// Checks that a path without links is below a folder that may be read from, and that nothing on the way is hidden.
    fn check(&self, real: &Path) -> Result<(), Refusal> {
        let mut roots = [&self.root].into_iter().chain(&self.allowed);
        let below = roots.find_map(|root| real.strip_prefix(root).ok());
        let below = below.ok_or(Refusal::Outside)?;
        let is_hidden = |name: &OsStr| is_hidden(&name.to_string_lossy());
        if below.iter().any(is_hidden) {
            return Err(Refusal::Hidden);
        }
        Ok(())
    }
}
