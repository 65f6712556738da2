//! Where the files of a catalogue are read from.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{content, resolve};

/// The files that a catalogue can name: those on the disk, or as they were at another time.
pub trait Files {
    /// The path without links. Any part that does not exist stays as it is.
    fn resolve(&self, path: &Path) -> PathBuf;

    /// The path without links, of what exists.
    ///
    /// # Errors
    ///
    /// If it does not exist or cannot be looked at.
    fn real(&self, path: &Path) -> io::Result<PathBuf>;

    /// What a path leads to.
    ///
    /// # Errors
    ///
    /// If there is nothing, or if it cannot be looked at.
    fn kind(&self, path: &Path) -> io::Result<Kind>;

    /// The names of what is in a folder. None if that cannot be listed.
    fn names<'a>(&'a self, folder: &Path) -> Box<dyn Iterator<Item = OsString> + 'a>;

    /// The bytes of a file, at most one more than `limit`.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn content(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// A path as the user would write it.
    fn shown(&self, path: &Path) -> PathBuf;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A pipe or a device.
    Stream,
}

/// The files that are there now.
pub struct Disk;

impl Files for Disk {
    fn resolve(&self, path: &Path) -> PathBuf {
        resolve(path)
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        Ok(match fs::metadata(path)?.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Stream,
        })
    }

    fn names<'a>(&'a self, folder: &Path) -> Box<dyn Iterator<Item = OsString> + 'a> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        Box::new(entries.map(|entry| entry.file_name()))
    }

    fn content(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        content(path, limit)
    }

    fn shown(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}
