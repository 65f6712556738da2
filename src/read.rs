//! Reads a catalogue's file, and resolves the path to it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// The largest catalogue that is read, in bytes: five times one of a million errors.
const MAX_BYTES: u64 = 1 << 30;

/// How many times a file is read that changes meanwhile.
const ATTEMPTS: usize = 5;

/// Reads a file as text.
///
/// # Errors
///
/// Where it cannot be read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostics> {
    let shown = path.display().to_string();
    match stable_content(path) {
        Ok(bytes) if bytes.len() as u64 > MAX_BYTES => {
            let message = "the catalogue is larger than 1 GiB";
            let diagnostic = Diagnostic::file(rules::FILE_TOO_LARGE, shown, message);
            Err(diagnostic
                .help("split it into catalogues of their own")
                .into())
        }
        Ok(bytes) => decode(shown, bytes),
        Err(error) => {
            let message = format!("cannot be read: {error}");
            Err(Diagnostic::file(rules::UNREADABLE_FILE, shown, message).into())
        }
    }
}

/// The bytes of a file, at most one more than may be. One that changes meanwhile is read again: half of an old
/// catalogue and half of a new one can be a valid third.
fn stable_content(path: &Path) -> io::Result<Vec<u8>> {
    for _ in 0..ATTEMPTS {
        let file = File::open(path)?;
        let before = file.metadata()?;
        let length = before.len().min(MAX_BYTES);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // A device or a pipe has no length: what comes out of it is counted.
        (&file).take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        let after = file.metadata()?;
        let is_same =
            before.len() == after.len() && before.modified().ok() == after.modified().ok();
        if is_same || !before.is_file() {
            return Ok(bytes);
        }
    }
    Err(io::Error::other("it changed each time while it was read"))
}

/// The text that bytes are, which were read from a path.
///
/// # Errors
///
/// Where they are not UTF-8.
pub fn decode(path: String, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostics> {
    String::from_utf8(bytes)
        .map(|text| Arc::new(Source::new(&path, text)))
        .map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            // Shown lossily, so that the place can be seen; what stands before it is unchanged.
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = Arc::new(Source::new(path, text));
            let span = Span::new(at..at + char::REPLACEMENT_CHARACTER.len_utf8());
            Diagnostic::at(rules::NOT_UTF8, &source, span, "this byte is not UTF-8")
                .help("save the file as UTF-8")
                .into()
        })
}

/// A path without links, as the system names it; what of it does not exist stays as it is.
pub fn resolved(path: &Path) -> PathBuf {
    let path = Path::new(".").join(path);
    let path = std::path::absolute(&path).unwrap_or(path);
    let mut ancestors = path.ancestors();
    let real = ancestors.find_map(|ancestor| {
        let rest = path.strip_prefix(ancestor).ok()?;
        let real = fs::canonicalize(ancestor).ok()?;
        // Joined to a file, nothing would still add a separator.
        Some(if rest.as_os_str().is_empty() {
            real
        } else {
            real.join(rest)
        })
    });
    real.unwrap_or(path)
}
