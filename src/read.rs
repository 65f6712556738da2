//! Read: from a path to a source.

use std::fs::File;
use std::io::Read;
use std::path::Path;
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
