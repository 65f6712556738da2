//! Reading a target's folder: nothing that stands outside of what the user has named, nothing without end.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::TargetFile;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};

/// A target's folder that is not in the binary.
pub struct OnDisk {
    /// As it is shown.
    pub path: PathBuf,
    /// The folder of targets that the user has named, without links.
    pub root: PathBuf,
    /// How many bytes its files may have together.
    pub max_bytes: u64,
}

/// The files of a folder, and the paths of all that was read.
type Content = (Vec<TargetFile>, Vec<PathBuf>);

impl OnDisk {
    /// Reads all files. A link is followed to a file in the folder of targets, and nowhere else; one that leads nowhere, as
    /// editors leave them beside what is open, is none.
    pub fn read(&self) -> Result<Content, Diagnostics> {
        self.inside(&self.path)?;
        let mut files = Vec::new();
        let mut inputs = Vec::new();
        let mut left = self.max_bytes;
        for entry in WalkDir::new(&self.path).sort_by_file_name() {
            let entry = entry
                .map_err(|error| unreadable(&self.path.display().to_string(), &error.into()))?;
            let path = entry.path();
            if entry.path_is_symlink() && !path.exists() {
                continue;
            }
            if entry.depth() > 0 && !entry.file_type().is_dir() {
                self.fit(&entry)?;
                let content = self.content(path, left)?;
                left -= content.len() as u64;
                files.push(TargetFile {
                    path: relative(path, &self.path),
                    content: content.into(),
                });
            }
            inputs.push(entry.into_path());
        }
        Ok((files, inputs))
    }

    /// Whether what is no folder is a file, or a link to one.
    fn fit(&self, entry: &DirEntry) -> Result<(), Diagnostics> {
        let path = entry.path();
        let kind = if entry.path_is_symlink() {
            self.inside(path)?;
            let there = path.metadata().map_err(|error| broken(path, &error))?;
            there.file_type()
        } else {
            entry.file_type()
        };
        if kind.is_dir() {
            let message = "errgen follows links to files, and this one leads to a folder";
            return Err(unfit(
                path,
                message,
                "put a copy of the folder in its place",
            ));
        }
        if !kind.is_file() {
            let message = "this is neither a file nor a folder";
            return Err(unfit(path, message, "remove it from the target's folder"));
        }
        Ok(())
    }

    /// Whether a path leads to a place in the folder of targets.
    fn inside(&self, path: &Path) -> Result<(), Diagnostics> {
        let real = path.canonicalize().map_err(|error| broken(path, &error))?;
        if real.starts_with(&self.root) {
            return Ok(());
        }
        Err(unfit(
            path,
            "this link leads out of the folder of `--templates`",
            "put a copy of what it leads to in its place",
        ))
    }

    /// The bytes of a file, if there are not too many.
    fn content(&self, path: &Path, left: u64) -> Result<Vec<u8>, Diagnostics> {
        let read = || -> io::Result<Option<Vec<u8>>> {
            let file = File::open(path)?;
            let mut content = Vec::new();
            if file.metadata()?.len() <= left {
                // What has grown meanwhile, or has no length, is counted.
                file.take(left + 1).read_to_end(&mut content)?;
                if content.len() as u64 <= left {
                    return Ok(Some(content));
                }
            }
            Ok(None)
        };
        let content = read().map_err(|error| broken(path, &error))?;
        content.ok_or_else(|| {
            let message = format!(
                "the files of the target are larger than {} MiB with this one",
                self.max_bytes >> 20
            );
            let help =
                "remove what is no part of the target, or allow more with `--template-memory`";
            unfit(path, &message, help)
        })
    }
}

fn broken(path: &Path, error: &io::Error) -> Diagnostics {
    unreadable(&path.display().to_string(), error).into()
}

fn unfit(path: &Path, message: &str, help: &str) -> Diagnostics {
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

pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::file(
        rules::UNREADABLE_FILE,
        path,
        format!("cannot be read: {error}"),
    )
}
