//! Read: from a path to a source.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
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
