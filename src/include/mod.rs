//! Finds the files that a catalogue includes, and reads them.
//!
//! A catalogue may come from a stranger's pull request: only regular files below its folder are read, and none that is hidden.

mod pattern;
mod places;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Source, Span, push, rules, unless_any};
use crate::parse::parse;
use crate::parse::raw::Scalar;
use crate::read::{MAX_BYTES, content, decode_text, read};
use pattern::{Pattern, is_open, matches};
use places::{Places, Refusal};

/// The largest included file, in bytes: some thousands of errors. Nobody reads a larger one.
const MAX_FILE: u64 = 1 << 20;

/// The most files that a catalogue can include.
const MAX_FILES: usize = 10_000;

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
    path: &Path,
    catalog: &Arc<Source>,
    paths: &[Scalar],
    allowed: &[PathBuf],
) -> Result<Whole, Diagnostics> {
    let mut reading = Reading {
        places: Places::new(path, allowed),
        catalog,
        found: BTreeMap::new(),
        folders: BTreeSet::new(),
        diagnostics: Diagnostics::new(),
    };
    let patterns: Vec<_> = paths.iter().map(|path| reading.pattern(path)).collect();
    for (path, pattern) in paths.iter().zip(patterns) {
        if let Some(pattern) = pattern {
            reading.find(path, &pattern);
        }
    }
    reading.read()
}

/// The files that a catalogue includes, and the folders to watch for more of them. Nothing of what cannot be read.
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

/// Finds what to follow to learn of every change of included files. Calls `list` with each folder before that is listed: what
/// is added later is then noticed.
pub fn follow(path: &Path, allowed: &[PathBuf], mut list: impl FnMut(&Path)) -> Followed {
    let mut followed = Followed::default();
    let Ok(source) = read(path) else {
        return followed;
    };
    let raw = parse(&source).0.unwrap_or_default();
    let places = Places::new(path, allowed);
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
    followed
}

/// What has been found so far.
struct Reading<'a> {
    places: Places,
    catalog: &'a Arc<Source>,
    /// Files by their paths from the catalogue's folder, each with the place that names it.
    found: BTreeMap<PathBuf, Span>,
    folders: BTreeSet<PathBuf>,
    diagnostics: Diagnostics,
}

impl Reading<'_> {
    fn pattern<'p>(&mut self, path: &'p Scalar) -> Option<Pattern<'p>> {
        match Pattern::parse(&path.value) {
            Ok(pattern) => Some(pattern),
            Err(fault) => {
                let diagnostic = self.at(rules::BAD_PATH, path.span, fault.message);
                push(&mut self.diagnostics, diagnostic.help(fault.help));
                None
            }
        }
    }

    fn find(&mut self, path: &Scalar, pattern: &Pattern) {
        let folders = &mut self.folders;
        let places = &self.places;
        let found = places.find(pattern, |listed| {
            folders.insert(places.shown(listed.path));
        });
        match found {
            Ok(files) if files.is_empty() => {
                let message = format!("there is no file `{}`", path.value);
                let help = "correct the path, which starts at the catalogue's folder, or remove it";
                self.refuse(path.span, message, help);
            }
            Ok(files) => {
                for file in files {
                    self.found.entry(file).or_insert(path.span);
                }
            }
            Err((place, refusal)) => self.report(path.span, &place, refusal),
        }
    }

    /// The catalogue, and all files by their paths. A file with several paths is read once.
    fn read(mut self) -> Result<Whole, Diagnostics> {
        if let Some(span) = self.found.values().nth(MAX_FILES) {
            let message = format!("the catalogue includes more than {MAX_FILES} files");
            self.refuse(*span, message, "put the errors into fewer files");
            return Err(self.diagnostics);
        }
        let mut seen = HashSet::new();
        let mut left = MAX_BYTES.saturating_sub(self.catalog.text.len() as u64);
        let mut files = Vec::new();
        for (path, span) in std::mem::take(&mut self.found) {
            let real = match self.places.file_at(&path) {
                Ok(real) => real,
                Err(refusal) => {
                    self.report(span, &path, refusal);
                    continue;
                }
            };
            if self.places.is_catalog(&real) {
                let message = "the catalogue cannot include itself";
                self.refuse(span, message, "remove this path");
            } else if seen.insert(real.clone()) {
                files.extend(self.file(&path, &real, span, &mut left));
            }
        }
        let inputs = files.iter().map(|(path, _)| PathBuf::from(path));
        let inputs = inputs.chain(self.folders).collect();
        let own = (self.catalog.path.clone(), self.catalog.text.clone());
        let source = Source::of_files([own].into_iter().chain(files));
        unless_any(
            self.diagnostics,
            Whole {
                source: Arc::new(source),
                inputs,
            },
        )
    }

    /// The path and the text of a file.
    fn file(
        &mut self,
        path: &Path,
        real: &Path,
        span: Span,
        left: &mut u64,
    ) -> Option<(String, String)> {
        let shown = self.places.shown(path).display().to_string();
        let bytes = match content(real, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report(span, path, Refusal::Unreadable(error));
                return None;
            }
        };
        let length = bytes.len() as u64;
        let (size, of) = match left.checked_sub(length + 1) {
            Some(rest) if length <= MAX_FILE => {
                *left = rest;
                let text = decode_text(&shown, bytes);
                return text
                    .map_err(|error| self.diagnostics.extend(error))
                    .ok()
                    .map(|text| (shown, text));
            }
            Some(_) => ("1 MiB", format!("`{shown}` is")),
            None => ("1 GiB", "all files together are".to_owned()),
        };
        let diagnostic = self.at(
            rules::FILE_TOO_LARGE,
            span,
            format!("{of} larger than {size}"),
        );
        let help = "split it into several";
        push(&mut self.diagnostics, diagnostic.help(help));
        None
    }

    fn report(&mut self, span: Span, path: &Path, refusal: Refusal) {
        let shown = self.places.shown(path);
        let shown = shown.display();
        let (message, help) = match refusal {
            Refusal::Unreadable(error) => {
                let message = format!("`{shown}` cannot be read: {error}");
                let diagnostic = self.at(rules::UNREADABLE_FILE, span, message);
                push(&mut self.diagnostics, diagnostic);
                return;
            }
            Refusal::Outside => (
                format!("`{shown}` leads out of the catalogue's folder"),
                "move the files there, or allow links elsewhere with `--allow-links-to DIR`",
            ),
            Refusal::Hidden => (
                format!("`{shown}` leads to a hidden file"),
                "errgen reads no hidden files: remove the link",
            ),
            Refusal::Folder => (
                format!("`{shown}` is a folder"),
                "name the files in it: `errors/*.yaml`",
            ),
            Refusal::Stream => (
                format!("`{shown}` is a pipe or a device"),
                "errgen reads only files: remove it from the folder",
            ),
            Refusal::Endless => (
                format!("there are too many files to look through in `{shown}`"),
                "keep the files that a catalogue includes in a folder of their own",
            ),
        };
        self.refuse(span, message, help);
    }

    fn refuse(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = self.at(rules::UNFIT_INCLUDE, span, message);
        push(&mut self.diagnostics, diagnostic.help(help));
    }

    fn at(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, self.catalog, span, message)
    }
}
