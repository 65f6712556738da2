//! Read: from a path to a source.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source, Span, rules};

/// The largest catalogue that is read, in bytes: five times one of a million errors.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a file as text.
///
/// # Errors
///
/// Where it cannot be read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let shown = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| {
            let length = file.metadata()?.len();
            bytes.reserve(usize::try_from(length.min(MAX_BYTES)).unwrap_or_default());
            file.take(MAX_BYTES + 1).read_to_end(&mut bytes)
        })
        .map_err(|error| {
            Diagnostic::file(rules::UNREADABLE_FILE, &shown, format!("cannot be read: {error}"))
        })?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Diagnostic::file(
            rules::FILE_TOO_LARGE,
            shown,
            "the catalogue is larger than 1 GiB",
        )
        .help("split it into catalogues of their own"));
    }
    String::from_utf8(bytes)
        .map(|text| Arc::new(Source::new(&shown, text)))
        .map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            // Shown lossily, so that the place can be seen; what stands before it is unchanged.
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = Arc::new(Source::new(shown, text));
            let span = Span::new(at..at + '\u{fffd}'.len_utf8());
            Diagnostic::at(rules::NOT_UTF8, &source, span, "this byte is not UTF-8")
                .help("save the file as UTF-8")
        })
}
