//! Reads a target's folder, but nothing outside the folder that the user named, and nothing without end.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::TargetFile;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};

/// The folder of a target that is not in the binary.
pub struct OnDisk {
    /// The path to show.
    pub path: PathBuf,
    /// The canonical path of the `--templates` folder.
    pub root: PathBuf,
    /// The maximum total size of its files, in bytes.
    pub max_bytes: u64,
}

/// The files of a folder, and the paths that were read.
type Content = (Vec<TargetFile>, Vec<PathBuf>);

impl OnDisk {
    /// Reads all files. A link is followed only to a file in the `--templates` folder. A broken link, such as editors create
    /// beside an open file, is ignored.
    pub fn read(&self) -> Result<Content, Diagnostics> {
        self.check_inside(&self.path)?;
        let mut files = Vec::new();
        let mut inputs = Vec::new();
        let mut left = self.max_bytes;
        for entry in WalkDir::new(&self.path).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                report_unreadable(&self.path.display().to_string(), &error.into())
            })?;
            let path = entry.path();
            if entry.path_is_symlink() && !path.exists() {
                continue;
            }
            if entry.depth() > 0 && !entry.file_type().is_dir() {
                self.check_kind(&entry)?;
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

    /// Checks that an entry other than a folder is a file or a link to one.
    fn check_kind(&self, entry: &DirEntry) -> Result<(), Diagnostics> {
        let path = entry.path();
        let kind = if entry.path_is_symlink() {
            self.check_inside(path)?;
            let there = path
                .metadata()
                .map_err(|error| refuse_unreadable(path, &error))?;
            there.file_type()
        } else {
            entry.file_type()
        };
        if kind.is_dir() {
            let message = "this is a link to a folder, and errgen follows only links to files";
            return Err(refuse(
                path,
                message,
                "replace it with a copy of the folder",
            ));
        }
        if !kind.is_file() {
            let message = "this is neither a file nor a folder";
            return Err(refuse(path, message, "remove it from the target's folder"));
        }
        Ok(())
    }

    /// Checks that a path leads to a place in the `--templates` folder.
    fn check_inside(&self, path: &Path) -> Result<(), Diagnostics> {
        let real = path
            .canonicalize()
            .map_err(|error| refuse_unreadable(path, &error))?;
        if real.starts_with(&self.root) {
            return Ok(());
        }
        Err(refuse(
            path,
            "this link leads out of the `--templates` folder",
            "replace it with a copy of what it links to",
        ))
    }

    /// The content of a file, if it is not too large.
    fn content(&self, path: &Path, left: u64) -> Result<Vec<u8>, Diagnostics> {
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
        content.ok_or_else(|| {
            let message = format!(
                "with this file, the target is larger than {} MiB",
                self.max_bytes >> 20
            );
            let help =
                "remove what is not part of the target, or raise the limit with `--template-memory`";
            refuse(path, &message, help)
        })
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
