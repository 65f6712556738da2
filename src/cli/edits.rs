//! What commands change in the files of a catalogue.

use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::output::patience;
use super::{CommandResult, Report};
use crate::diagnostic::{Diagnostics, Source};
use crate::diff::{FileChange, patch};
use crate::pipeline::{Draft, with_draft};
use crate::write::{Replacement, Written, replace_all};

/// A change that can be written.
pub trait Planned: Sized {
    fn patch(&self) -> String;

    fn replacements(&self) -> Vec<Replacement>;

    /// What the user is told once it is written.
    fn done(self, common: &Common) -> Report;

    /// What the user is told instead of writing it.
    fn shown(self) -> Report {
        Report {
            patch: self.patch(),
            ..Report::clean(String::new())
        }
    }
}

/// Plans a change of a catalogue, and writes or only shows it. Where a file has changed since it was read, it plans again.
pub fn change<P: Planned>(
    common: &Common,
    path: &Path,
    shows: bool,
    plan: impl Fn(&Draft) -> Result<P, Diagnostics>,
    refusal: impl Fn(Diagnostics) -> Report,
) -> CommandResult {
    loop {
        let planned = match with_draft(path, &common.allow_links_to, &plan) {
            Ok(planned) => planned,
            Err(diagnostics) => return Ok(refusal(diagnostics)),
        };
        if shows {
            return Ok(planned.shown());
        }
        if replace_all(&planned.replacements(), patience(common))? == Written::Done {
            return Ok(planned.done(common));
        }
    }
}

/// Why a change was not made.
pub fn nothing_changed(diagnostics: Diagnostics) -> Report {
    Report {
        headline: Some("nothing was changed".to_owned()),
        ..Report::of(diagnostics)
    }
}

/// The files that differ: each with its text before and after.
pub fn changed<'a>(
    before: &'a Source,
    after: &'a Source,
) -> impl Iterator<Item = (&'a Path, &'a str, &'a str)> {
    let files = before.files().zip(after.files());
    let texts = files.map(|(before, after)| (Path::new(before.path), before.text, after.text));
    texts.filter(|(_, before, after)| before != after)
}

/// The same for those who write it.
pub fn replacements(before: &Source, after: &Source) -> Vec<Replacement> {
    let files = changed(before, after).map(|(path, before, after)| Replacement {
        path: real(path),
        before: Some(before.as_bytes().to_vec()),
        after: after.as_bytes().to_vec(),
    });
    files.collect()
}

/// A link remains a link to the changed file.
pub fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
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
