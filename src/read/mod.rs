//! Reads the files of a catalogue, and resolves the paths to them.

mod files;

pub use files::{Disk, Files, Kind};

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// What a catalogue is called where nobody says otherwise.
pub const CATALOG: &str = "catalog.yaml";

/// The largest catalogue, in bytes: five times one with a million errors.
pub const MAX_BYTES: u64 = 1 << 30;

/// How often to read a file that changes while it is read.
const ATTEMPTS: usize = 5;

/// Reads a file on the disk as text.
///
/// # Errors
///
/// If it cannot be read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostics> {
    read_from(&Disk, path)
}

/// Reads one of some files as text.
///
/// # Errors
///
/// If it cannot be read, is too large, or is not UTF-8.
pub fn read_from(files: &dyn Files, path: &Path) -> Result<Arc<Source>, Diagnostics> {
    let shown = files.shown(path).display().to_string();
    match files.content(path, MAX_BYTES) {
        Ok(bytes) if bytes.len() as u64 > MAX_BYTES => {
            let message = "the catalogue is larger than 1 GiB";
            let diagnostic = Diagnostic::file(rules::FILE_TOO_LARGE, shown, message);
            Err(diagnostic.help("split it into several catalogues").into())
        }
        Ok(bytes) => decode(shown, bytes),
        Err(error) => {
            let message = format!("cannot be read: {error}");
            let mut diagnostic = Diagnostic::file(rules::UNREADABLE_FILE, shown, message);
            if error.kind() == ErrorKind::InvalidInput {
                diagnostic = diagnostic.help("save the catalogue as a file, and name that one");
            }
            Err(diagnostic.into())
        }
    }
}

/// The bytes of a file, at most one more than `limit`. A file that changes while it is read is read again: half of an old
/// catalogue and half of a new one can be a valid third.
pub fn content(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    for _ in 0..ATTEMPTS {
        // Opening a pipe would already wait for somebody to write to it.
        refuse_stream(&fs::metadata(path)?)?;
        let file = File::open(path)?;
        let before = file.metadata()?;
        refuse_stream(&before)?;
        let length = before.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // The file may grow, and some that the system makes up have no length.
        (&file).take(limit + 1).read_to_end(&mut bytes)?;
        let after = file.metadata()?;
        let is_same =
            before.len() == after.len() && before.modified().ok() == after.modified().ok();
        if is_same {
            return Ok(bytes);
        }
    }
    Err(io::Error::other("it kept changing while it was read"))
}

/// The bytes of a file that errgen has written. Unlike `fs::read`, it does not wait for a pipe that has taken its place.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    refuse_stream(&fs::metadata(path)?)?;
    fs::read(path)
}

/// The text on standard input, of which the first `limit` bytes count. What is not UTF-8 shows as U+FFFD.
///
/// # Errors
///
/// If it cannot be read.
pub fn standard_input(limit: u64) -> Result<String, Diagnostics> {
    let mut bytes = Vec::new();
    match io::stdin().lock().take(limit).read_to_end(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => {
            let message = format!("standard input cannot be read: {error}");
            Err(Diagnostic::file(rules::UNREADABLE_FILE, "errgen", message).into())
        }
    }
}

/// Refuses a pipe or a device, which may never end, and cannot be read twice.
fn refuse_stream(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() || metadata.is_dir() {
        return Ok(());
    }
    let message = "it is a pipe or a device, not a file";
    Err(io::Error::new(ErrorKind::InvalidInput, message))
}

/// Decodes the bytes that were read from a path.
///
/// # Errors
///
/// If they are not UTF-8.
pub fn decode(path: String, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostics> {
    let text = decode_text(&path, bytes)?;
    Ok(Arc::new(Source::new(path, text)))
}

/// The same, of a file that becomes part of a larger source.
///
/// # Errors
///
/// If they are not UTF-8.
pub fn decode_text(path: &str, bytes: Vec<u8>) -> Result<String, Diagnostics> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        // Decoded with replacement characters, to show the place. Everything before it is unchanged.
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let source = Arc::new(Source::new(path, text));
        let span = Span::new(at..at + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = "this byte is not valid UTF-8";
        Diagnostic::at(rules::NOT_UTF8, &source, span, message)
            .help("save the file as UTF-8")
            .into()
    })
}

/// The canonical path, without links. Any part that does not exist stays as it is.
pub fn resolve(path: &Path) -> PathBuf {
    let path = Path::new(".").join(path);
    let path = std::path::absolute(&path).unwrap_or(path);
    let mut ancestors = path.ancestors();
    let real = ancestors.find_map(|ancestor| {
        let rest = path.strip_prefix(ancestor).ok()?;
        let real = fs::canonicalize(ancestor).ok()?;
        // Joining an empty path to a file would still add a separator.
        Some(if rest.as_os_str().is_empty() {
            real
        } else {
            real.join(rest)
        })
    });
    real.unwrap_or(path)
}

/// The ledger of a catalogue: the file beside it that records what was released.
pub fn ledger_of(catalog: &Path) -> PathBuf {
    catalog.with_extension("ledger.yaml")
}

/// The catalogue in the current folder, or else the nearest in those above.
pub fn nearest_catalog() -> Option<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut path = PathBuf::from(CATALOG);
    for folder in here.ancestors() {
        // Even what cannot be read is what the user means: no other one replaces it.
        if fs::metadata(folder.join(CATALOG)).is_ok_and(|there| !there.is_dir()) {
            return Some(path);
        }
        path = Path::new("..").join(path);
    }
    None
}

/// The root of the git repository that a path is in: the nearest folder, at or above it, that holds `.git`.
pub fn repository_of(path: &Path) -> Option<&Path> {
    let mut folders = path.ancestors();
    folders.find(|folder| folder.join(".git").symlink_metadata().is_ok())
}
