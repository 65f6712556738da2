//! Reads a target's folder, but nothing outside the folders that the user named, and nothing without end.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use walkdir::{DirEntry, WalkDir};

use super::TargetFile;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};

/// The most files and folders that a target can have: many times what any has. Links to folders can make a few into any number.
const MAX_ENTRIES: usize = 100_000;

/// The folder of a target that is not in the binary.
pub struct OnDisk {
    /// The path to show.
    pub path: PathBuf,
    /// The canonical path of the `--templates` folder.
    pub root: PathBuf,
    /// The canonical paths of the folders outside it that links may lead to.
    pub allowed: Arc<[PathBuf]>,
    /// How many bytes the files of all targets can have.
    pub max_bytes: u64,
    /// How many of them are left.
    pub left: Arc<AtomicU64>,
}

/// The files of a folder, and the paths that were read.
type Content = (Vec<TargetFile>, Vec<PathBuf>);

/// What has been read so far.
struct Reading {
    files: Vec<TargetFile>,
    inputs: Vec<PathBuf>,
    /// The canonical folders of the links that have been followed to where errgen is.
    way: Vec<PathBuf>,
}

impl OnDisk {
    /// Reads all files. A link is followed to a file in the `--templates` folder, and to a file or a folder in an allowed one. A
    /// broken link, such as editors create beside an open file, is ignored.
    pub fn read(&self) -> Result<Content, Diagnostics> {
        self.check_inside(&self.path)?;
        let mut reading = Reading {
            files: Vec::new(),
            inputs: Vec::new(),
            way: Vec::new(),
        };
        self.read_folder(&self.path, &mut reading)?;
        Ok((reading.files, reading.inputs))
    }

    fn read_folder(&self, folder: &Path, reading: &mut Reading) -> Result<(), Diagnostics> {
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                report_unreadable(&self.path.display().to_string(), &error.into())
            })?;
            if reading.inputs.len() == MAX_ENTRIES {
                let message = format!("the target has more than {MAX_ENTRIES} files and folders");
                return Err(refuse(
                    &self.path,
                    &message,
                    "remove what is not part of it",
                ));
            }
            let path = entry.path();
            if entry.path_is_symlink() && !path.exists() {
                continue;
            }
            if entry.depth() > 0 && !entry.file_type().is_dir() {
                if self.check_kind(&entry)?.is_dir() {
                    self.follow(path, reading)?;
                    continue;
                }
                let content = self.content(path)?;
                reading.files.push(TargetFile {
                    path: relative(path, &self.path),
                    content: content.into(),
                });
            }
            reading.inputs.push(entry.into_path());
        }
        Ok(())
    }

    /// Reads the folder that an allowed link leads to, unless that contains the link.
    fn follow(&self, link: &Path, reading: &mut Reading) -> Result<(), Diagnostics> {
        let canonical = |path: &Path| {
            path.canonicalize()
                .map_err(|error| refuse_unreadable(path, &error))
        };
        let folder = canonical(link)?;
        reading.way.push(canonical(link.parent().unwrap_or(link))?);
        if reading.way.iter().any(|place| place.starts_with(&folder)) {
            let message = "this link leads back to a folder that it is in";
            return Err(refuse(link, message, "remove the link"));
        }
        self.read_folder(link, reading)?;
        reading.way.pop();
        Ok(())
    }

    /// Checks that an entry other than a folder is a file, or a link that may be followed. Returns what it is, or leads to.
    fn check_kind(&self, entry: &DirEntry) -> Result<FileType, Diagnostics> {
        let path = entry.path();
        let kind = if entry.path_is_symlink() {
            let is_allowed = self.check_inside(path)?;
            let there = path
                .metadata()
                .map_err(|error| refuse_unreadable(path, &error))?;
            if there.is_dir() && !is_allowed {
                let message = "this is a link to a folder, and errgen follows only links to files";
                let help = "replace it with a copy of the folder";
                return Err(refuse(path, message, help));
            }
            there.file_type()
        } else {
            entry.file_type()
        };
        if !kind.is_file() && !kind.is_dir() {
            let message = "this is neither a file nor a folder";
            return Err(refuse(path, message, "remove it from the target's folder"));
        }
        Ok(kind)
    }

    /// Checks that a path leads to a place in the `--templates` folder or in an allowed one. Returns whether in an allowed one.
    fn check_inside(&self, path: &Path) -> Result<bool, Diagnostics> {
        let real = path
            .canonicalize()
            .map_err(|error| refuse_unreadable(path, &error))?;
        let is_allowed = self.allowed.iter().any(|folder| real.starts_with(folder));
        if is_allowed || real.starts_with(&self.root) {
            return Ok(is_allowed);
        }
        let message = "this link leads out of the `--templates` folder";
        let help = "replace it with a copy of what it links to, or allow links there with `--allow-links-to DIR`";
        Err(refuse(path, message, help))
    }

    /// The content of a file, if it is not too large.
    fn content(&self, path: &Path) -> Result<Vec<u8>, Diagnostics> {
        let left = self.left.load(Ordering::Relaxed);
        let read = || -> io::Result<Option<Vec<u8>>> {
            let file = File::open(path)?;
            let mut content = Vec::new();
            if file.metadata()?.len() <= left {
                // The file may have grown since, or have no length.
                file.take(left + 1).read_to_end(&mut content)?;
                if content.len() as u64 <= left {
                    return Ok(Some(content));
                }
            }
            Ok(None)
        };
        let content = read().map_err(|error| refuse_unreadable(path, &error))?;
        let Some(content) = content else {
            let message = format!(
                "with this file, the targets are larger than {} MiB together",
                self.max_bytes >> 20
            );
            let help =
                "remove what is not part of a target, or raise the limit with `--template-memory`";
            return Err(refuse(path, &message, help));
        };
        let length = content.len() as u64;
        let take = |left: u64| Some(left.saturating_sub(length));
        // It always takes something.
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        Ok(content)
    }
}

fn refuse_unreadable(path: &Path, error: &io::Error) -> Diagnostics {
    report_unreadable(&path.display().to_string(), error).into()
}

fn refuse(path: &Path, message: &str, help: &str) -> Diagnostics {
    let path = path.display().to_string();
    Diagnostic::file(rules::UNFIT_TARGET_FOLDER, path, message)
        .help(help)
        .into()
}

pub(super) fn relative(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

pub(super) fn report_unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::file(
        rules::UNREADABLE_FILE,
        path,
        format!("cannot be read: {error}"),
    )
}
