//! The list of files in an output folder: errgen uses it to track the files it owns.

mod owner;

pub use owner::{Owner, Owners};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use twox_hash::XxHash3_64;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Source, entries, rules};
use crate::read::read_bytes;
use crate::render::{FILE_LIST, RenderedFile, is_safe};

const HEADER: &str = "\
# The files that errgen has generated in this folder, each with the XXH3 hash of its content. Commit this list.
";

/// The paths in an output folder, each with the hash of what errgen wrote there, and whose folder it is.
///
/// The hash tells an edited file from a stale one. It need not withstand an attack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileList {
    owners: Owners,
    /// A file has several hashes if two branches have generated it and git has kept the lines of both.
    files: BTreeMap<String, BTreeSet<u64>>,
    /// Whether git has left conflict markers in the list.
    is_in_conflict: bool,
}

impl FileList {
    pub fn new(owner: &Owner, files: &[RenderedFile]) -> Self {
        let entry = |file: &RenderedFile| (file.path.clone(), [hash(&file.content)].into());
        Self {
            owners: owner.into(),
            files: files.iter().map(entry).collect(),
            is_in_conflict: false,
        }
    }

    /// Reads the list of a folder. It is empty if there is none.
    ///
    /// # Errors
    ///
    /// If it does not have the format that errgen writes: errgen cannot tell then which files are its own.
    pub fn read(root: &Path) -> Result<Self, Diagnostics> {
        let path = root.join(FILE_LIST);
        let shown = path.display().to_string();
        let bytes = match read_bytes(&path) {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(Self::default());
            }
            Err(error) => {
                let message = format!("cannot be read: {error}");
                return Err(Diagnostic::file(rules::UNREADABLE_FILE, shown, message).into());
            }
        };
        let source = Arc::new(Source::new(
            shown,
            String::from_utf8_lossy(&bytes).into_owned(),
        ));
        Self::parse(&source)
    }

    fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let mut list = Self {
            is_in_conflict: diagnostic::is_in_conflict(source),
            ..Self::default()
        };
        for (span, line) in entries(source) {
            if list.owners.read(line) {
                continue;
            }
            let entry = line.split_once("  ").and_then(|(hash, path)| {
                let hash = u64::from_str_radix(hash, 16).ok()?;
                is_safe(path).then(|| (path.to_owned(), hash))
            });
            let Some((path, hash)) = entry else {
                let message = "this is not a valid line of `.errgen-files`";
                let diagnostic = Diagnostic::at(rules::BAD_FILE_LIST, source, span, message);
                let help = "restore the list from version control, or delete it together with the files that it names";
                return Err(diagnostic.help(help).into());
            };
            list.add(path, hash);
        }
        Ok(list)
    }

    fn add(&mut self, path: String, hash: u64) {
        self.files.entry(path).or_default().insert(hash);
    }

    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Compares a file that the list names with what errgen wrote.
    pub fn compare(&self, path: &str, content: &[u8]) -> Comparison {
        let hashes = self.files.get(path);
        let is_as_written =
            |content: &[u8]| hashes.is_some_and(|hashes| hashes.contains(&hash(content)));
        if is_as_written(content) || is_as_written(&with_unix_line_ends(content)) {
            Comparison::AsWritten
        } else if self.is_in_conflict
            || hashes.is_some_and(|hashes| hashes.len() > 1)
            || is_in_conflict(content)
        {
            Comparison::Merged
        } else {
            Comparison::Edited
        }
    }

    /// The paths of the files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What the list says about the owner of the folder.
    pub fn owners(&self) -> &Owners {
        &self.owners
    }

    /// Takes a file over from another list.
    pub fn keep(&mut self, path: &str, other: &Self) {
        for hash in other.files.get(path).into_iter().flatten() {
            self.add(path.to_owned(), *hash);
        }
    }

    /// The files of both lists, which errgen can own while it writes, for the owner of the other one.
    pub fn union(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.clone());
        Self {
            owners: other.owners.clone(),
            files,
            is_in_conflict: false,
        }
    }

    /// Whether this list has the owner of another one, and contains every file of it.
    pub fn covers(&self, other: &Self) -> bool {
        self.owners == other.owners && other.files.keys().all(|path| self.files.contains_key(path))
    }
}

/// How a file differs from what errgen wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Not at all, apart from line ends that a checkout may have changed.
    AsWritten,
    /// git has merged the work of two branches.
    Merged,
    /// Somebody has edited it.
    Edited,
}

/// Whether two files are the same, apart from line ends that a checkout may have changed.
pub fn is_same(found: &[u8], wanted: &[u8]) -> bool {
    found == wanted || with_unix_line_ends(found) == wanted
}

fn with_unix_line_ends(content: &[u8]) -> Cow<'_, [u8]> {
    let ends = |pair: &[u8]| pair == b"\r\n";
    if !content.windows(2).any(ends) {
        return Cow::Borrowed(content);
    }
    let mut unix = Vec::with_capacity(content.len());
    for (at, byte) in content.iter().enumerate() {
        if !(*byte == b'\r' && content.get(at + 1) == Some(&b'\n')) {
            unix.push(*byte);
        }
    }
    Cow::Owned(unix)
}

/// Whether git has left conflict markers in a file.
fn is_in_conflict(content: &[u8]) -> bool {
    let mut lines = content.split(|byte| *byte == b'\n');
    lines.any(|line| line.starts_with(b"<<<<<<< "))
        && lines.any(|line| line.starts_with(b">>>>>>> "))
}

fn hash(content: &[u8]) -> u64 {
    XxHash3_64::oneshot(content)
}

impl fmt::Display for FileList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{HEADER}{}", self.owners)?;
        for (path, hashes) in &self.files {
            for hash in hashes {
                writeln!(formatter, "{hash:016x}  {path}")?;
            }
        }
        Ok(())
    }
}
