//! What commands change in the files of a catalogue.

use std::path::Path;

use crate::diagnostic::Source;
use crate::diff::{FileChange, patch};

/// The files that differ: each with its text before and after.
pub fn changed<'a>(
    before: &'a Source,
    after: &'a Source,
) -> impl Iterator<Item = (&'a Path, &'a str, &'a str)> {
    let files = before.files().zip(after.files());
    let texts = files.map(|(before, after)| (Path::new(before.path), before.text, after.text));
    texts.filter(|(_, before, after)| before != after)
}

/// The same as a patch.
pub fn patches(before: &Source, after: &Source) -> String {
    let patches = changed(before, after).map(|(path, before, after)| {
        patch(&FileChange {
            path,
            before: Some(before.as_bytes()),
            after: Some(after.as_bytes()),
        })
    });
    patches.collect()
}
