//! Finds the files that a catalogue includes, and reads them, and those that explain its errors.
//!
//! A catalogue may come from a stranger's pull request: only regular files below its folder are read, and none that is hidden.

mod explanations;
mod pattern;
mod places;
mod reader;

pub use explanations::{Explained, Explanations, read_explanations};

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Source, Span, unless_any};
use crate::parse::parse;
use crate::parse::raw::Scalar;
use crate::read::{Disk, Files, read};
use pattern::{Pattern, is_open, matches};
use places::Places;
use reader::{MAX_FILES, Purpose, Reader};

const PURPOSE: Purpose = Purpose {
    not_a_folder: "name the files in it: `errors/*.yaml`",
    too_large: "split it into several",
};

/// A catalogue with the files that it includes.
pub struct Whole {
    pub source: Arc<Source>,
    /// The included files, and the folders in which more could be found, as the user would write them.
    pub inputs: Vec<PathBuf>,
}

/// Reads the files that a catalogue includes. Links may lead to the `allowed` folders outside the catalogue's.
///
/// # Errors
///
/// Everything that is wrong with the paths, or with what is there.
pub fn include(
    files: &dyn Files,
    path: &Path,
    catalog: &Arc<Source>,
    paths: &[Scalar],
    allowed: &[PathBuf],
) -> Result<Whole, Diagnostics> {
    let mut reading = Reading {
        reader: Reader::new(Places::new(files, path, allowed), catalog, &PURPOSE),
        found: BTreeMap::new(),
        folders: BTreeSet::new(),
    };
    let patterns: Vec<_> = paths.iter().map(|path| reading.pattern(path)).collect();
    for (path, pattern) in paths.iter().zip(patterns) {
        if let Some(pattern) = pattern {
            reading.find(path, &pattern);
        }
    }
    reading.read(catalog)
}

/// The files that a catalogue names, and the folders to watch for more of them. Nothing of what cannot be read.
#[derive(Default)]
pub struct Followed {
    /// Files that are there, and files and folders that may come to be.
    pub places: Vec<PathBuf>,
    /// Folders, each with the name that files or folders in it have to match.
    pub listed: Vec<(PathBuf, String)>,
}

impl Followed {
    /// Whether a path is that of a file or a folder that may be looked for.
    pub fn may_match(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let (Some(folder), Some(name)) = (path.parent(), name) else {
            return false;
        };
        let mut listed = self.listed.iter();
        listed.any(|(own, pattern)| own == folder && matches(pattern, &name))
    }
}

/// Finds what to follow to learn of every change of the files that a catalogue names. Calls `list` with each folder before that is listed: what
/// is added later is then noticed.
pub fn follow(path: &Path, allowed: &[PathBuf], mut list: impl FnMut(&Path)) -> Followed {
    let mut followed = Followed::default();
    let Ok(source) = read(path) else {
        return followed;
    };
    let raw = parse(&source).0.unwrap_or_default();
    let places = Places::new(&Disk, path, allowed);
    for pattern in raw
        .include
        .iter()
        .filter_map(|it| Pattern::parse(&it.value).ok())
    {
        let fixed: PathBuf = pattern.names.iter().take_while(|it| !is_open(it)).collect();
        followed.places.push(places.real(&fixed));
        let found = places.find(&pattern, |listed| {
            list(listed.folder);
            let name = listed.name.to_owned();
            followed.listed.push((listed.folder.to_owned(), name));
        });
        for file in found.unwrap_or_default() {
            followed.places.extend(places.file_at(&file));
        }
    }
    // An included file that cannot be read is waited for above.
    if let Ok(whole) = include(&Disk, path, &source, &raw.include, allowed) {
        let raw = parse(&whole.source).0.unwrap_or_default();
        for file in explanations::paths(&raw) {
            followed.places.push(places.real(file));
            followed.places.extend(places.file_at(file));
        }
    }
    followed
}

/// What has been found so far.
struct Reading<'a> {
    reader: Reader<'a>,
    /// Files by their paths from the catalogue's folder, each with the place that names it.
    found: BTreeMap<PathBuf, Span>,
    folders: BTreeSet<PathBuf>,
}

impl Reading<'_> {
    fn pattern<'p>(&mut self, path: &'p Scalar) -> Option<Pattern<'p>> {
        let pattern = Pattern::parse(&path.value);
        pattern
            .map_err(|fault| self.reader.report_path(path, fault))
            .ok()
    }

    fn find(&mut self, path: &Scalar, pattern: &Pattern) {
        let folders = &mut self.folders;
        let places = &self.reader.places;
        let found = places.find(pattern, |listed| {
            folders.insert(places.shown(listed.path));
        });
        match found {
            Ok(files) if files.is_empty() => self.reader.report_missing(path),
            Ok(files) => {
                for file in files {
                    self.found.entry(file).or_insert(path.span);
                }
            }
            Err((place, refusal)) => self.reader.report(path.span, &place, refusal),
        }
    }

    /// The catalogue, and all files by their paths. A file with several paths is read once.
    fn read(self, catalog: &Source) -> Result<Whole, Diagnostics> {
        let mut reader = self.reader;
        if let Some(span) = self.found.values().nth(MAX_FILES) {
            let message = format!("the catalogue includes more than {MAX_FILES} files");
            reader.refuse(*span, message, "put the errors into fewer files");
            return Err(reader.diagnostics);
        }
        let mut seen = HashSet::new();
        let mut files = Vec::new();
        for (path, span) in self.found {
            let real = match reader.places.file_at(&path) {
                Ok(real) => real,
                Err(refusal) => {
                    reader.report(span, &path, refusal);
                    continue;
                }
            };
            if reader.places.is_catalog(&real) {
                let message = "the catalogue cannot include itself";
                reader.refuse(span, message, "remove this path");
            } else if seen.insert(real.clone()) {
                files.extend(reader.file(&path, &real, span));
            }
        }
        let inputs = files.iter().map(|(path, _)| PathBuf::from(path));
        let inputs = inputs.chain(self.folders).collect();
        let own = (catalog.path.clone(), catalog.text.clone());
        let source = Source::of_files([own].into_iter().chain(files));
        unless_any(
            reader.diagnostics,
            Whole {
                source: Arc::new(source),
                inputs,
            },
        )
    }
}
