//! Read: from a path to a source, and to the place that it leads to.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// The largest catalogue that is read, in bytes: five times one of a million errors.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a file as text.
///
/// # Errors
///
/// Where it cannot be read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostics> {
    let shown = path.display().to_string();
    let mut bytes = Vec::new();
    let length = File::open(path).and_then(|file| {
        let length = file.metadata()?.len();
        bytes.reserve(usize::try_from(length.min(MAX_BYTES)).unwrap_or_default());
        // A device or a pipe has no length: what comes out of it is counted.
        let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        Ok(read as u64)
    });
    match length {
        Ok(length) if length > MAX_BYTES => {
            let message = "the catalogue is larger than 1 GiB";
            let diagnostic = Diagnostic::file(rules::FILE_TOO_LARGE, shown, message);
            Err(diagnostic
                .help("split it into catalogues of their own")
                .into())
        }
        Ok(_) => decode(shown, bytes),
        Err(error) => {
            let message = format!("cannot be read: {error}");
            Err(Diagnostic::file(rules::UNREADABLE_FILE, shown, message).into())
        }
    }
}

fn decode(path: String, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostics> {
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
