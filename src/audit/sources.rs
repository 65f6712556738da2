//! A server's sources, in which a pattern finds codes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use regex::Regex;
use walkdir::{DirEntry, WalkDir};

use super::findings::{Auditor, Spot};
use super::progress::Progress;
use crate::diagnostic::Position;

/// The largest file that is searched, in bytes.
const LARGEST: u64 = 4 << 20;

/// How much of a file tells whether it is binary, in bytes.
const HEAD: usize = 8 << 10;

/// Searches a file, or all files below a folder but hidden ones, links, large and binary ones.
pub fn read(
    auditor: &mut Auditor,
    path: &Path,
    pattern: &Regex,
    progress: &Progress,
) -> io::Result<()> {
    if !fs::metadata(path)?.is_dir() {
        return search(auditor, path, pattern, progress);
    }
    let entries = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        // What cannot be read is no source to anybody.
        let Ok(entry) = entry else { continue };
        if entry.file_type().is_file() {
            _ = search(auditor, entry.path(), pattern, progress);
        }
    }
    Ok(())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn search(
    auditor: &mut Auditor,
    path: &Path,
    pattern: &Regex,
    progress: &Progress,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    progress.advance(bytes.len());
    if bytes.len() as u64 > LARGEST || bytes[..bytes.len().min(HEAD)].contains(&0) {
        return Ok(());
    }
    auditor.totals.files += 1;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let shown: Arc<str> = path.display().to_string().into();
    let (mut line, mut start, mut counted) = (1, 0, 0);
    for captures in pattern.captures_iter(text) {
        let code = captures.name("code").or_else(|| captures.get(1));
        let Some(code) = code.or_else(|| captures.get(0)) else {
            continue;
        };
        for (at, _) in text[counted..code.start()].match_indices('\n') {
            line += 1;
            start = counted + at + 1;
        }
        counted = code.start();
        let column = text[start..counted].chars().count() + 1;
        auditor.totals.named += 1;
        auditor.named(code.as_str(), &|| Spot {
            path: Arc::clone(&shown),
            position: Position { line, column },
        });
    }
    Ok(())
}
