//! Reads the Markdown files with explanations of errors.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pattern::{Fault, Pattern, is_open};
use super::places::Places;
use super::reader::{MAX_FILES, Purpose, Reader};
use crate::diagnostic::{Diagnostics, Source};
use crate::parse::raw::{self, Scalar};
use crate::read::Files;

const PURPOSE: Purpose = Purpose {
    not_a_folder: "name a file in it, as in `docs/not_found.md`",
    too_large: "shorten the explanation",
};

/// How the names of Markdown files end. No other file is published: a folder may hold a key that a stranger knows of.
const EXTENSION: &str = ".md";

/// The texts of explanations, by their paths as the catalogue writes them. `None` for one that is not read.
#[derive(Clone, Debug, Default)]
pub struct Explanations(BTreeMap<String, Option<Arc<Source>>>);

impl Explanations {
    /// The text at a path. `Some(None)` if it has been refused, and `None` if nobody has looked for it.
    pub fn get(&self, path: &str) -> Option<Option<&Arc<Source>>> {
        self.0.get(path).map(Option::as_ref)
    }

    /// Those that have been read, each with its path as the catalogue writes it.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &Arc<Source>)> {
        let texts = self.0.iter();
        texts.filter_map(|(path, text)| Some((path.as_str(), text.as_ref()?)))
    }
}

impl FromIterator<(String, Arc<Source>)> for Explanations {
    fn from_iter<T: IntoIterator<Item = (String, Arc<Source>)>>(texts: T) -> Self {
        let texts = texts.into_iter().map(|(path, text)| (path, Some(text)));
        Self(texts.collect())
    }
}

/// What is read of explanations.
pub struct Explained {
    pub explanations: Explanations,
    /// The files, as the user would write their paths.
    pub inputs: Vec<PathBuf>,
    /// Why not all are read.
    pub diagnostics: Diagnostics,
}

/// Reads the explanations of a whole catalogue. Links may lead to the `allowed` folders outside the catalogue's.
pub fn read_explanations(
    files: &dyn Files,
    path: &Path,
    catalog: &Arc<Source>,
    raw: &raw::Catalog,
    allowed: &[PathBuf],
) -> Explained {
    let mut reading = Reading {
        reader: Reader::new(Places::new(files, path, allowed), catalog, &PURPOSE),
        left: Some((MAX_FILES + 1).saturating_sub(catalog.files().count())),
        read: HashMap::new(),
        texts: BTreeMap::new(),
    };
    for path in raw.explanations() {
        reading.add(path);
    }
    let files = reading.read.values().flatten();
    let files: HashSet<_> = files.map(|text| PathBuf::from(&text.path)).collect();
    let mut inputs: Vec<_> = files.into_iter().collect();
    inputs.sort();
    Explained {
        explanations: Explanations(reading.texts),
        inputs,
        diagnostics: reading.reader.diagnostics,
    }
}

/// The paths of explanations from the catalogue's folder, without those that cannot be one.
pub fn paths<'a>(raw: &'a raw::Catalog) -> impl Iterator<Item = &'a Path> {
    let paths = raw.explanations();
    let fit = paths.filter(|path| check(&path.value).is_ok());
    fit.map(|path| Path::new(path.value.as_ref()))
}

/// What has been read so far.
struct Reading<'a> {
    reader: Reader<'a>,
    /// How many more files can be read. `None` once it has been reported that there are too many.
    left: Option<usize>,
    /// Files by their places without links.
    read: HashMap<PathBuf, Option<Arc<Source>>>,
    /// The same by their paths.
    texts: BTreeMap<String, Option<Arc<Source>>>,
}

impl Reading<'_> {
    /// Adds the text at a path.
    fn add(&mut self, path: &Scalar) {
        if let Some(known) = self.texts.get(path.value.as_ref()) {
            // Every error shows the text anew.
            if let Some(text) = known {
                self.reader.count(text.text.len() as u64, path.span);
            }
            return;
        }
        let text = self.text(path);
        self.texts.insert(path.value.to_string(), text);
    }

    fn text(&mut self, path: &Scalar) -> Option<Arc<Source>> {
        if let Err(fault) = check(&path.value) {
            self.reader.report_path(path, fault);
            return None;
        }
        let below = Path::new(path.value.as_ref());
        if !self.reader.places.is_there(below) {
            self.reader.report_missing(path);
            return None;
        }
        let real = match self.reader.places.file_at(below) {
            Ok(real) => real,
            Err(refusal) => {
                self.reader.report(path.span, below, refusal);
                return None;
            }
        };
        if let Some(known) = self.read.get(&real).cloned() {
            let length = known.as_ref()?.text.len() as u64;
            return known.filter(|_| self.reader.count(length, path.span));
        }
        if !self.takes_one(path) {
            return None;
        }
        let text = self.new_text(below, &real, path);
        self.read.insert(real, text.clone());
        text
    }

    /// Whether one more file can be read.
    fn takes_one(&mut self, path: &Scalar) -> bool {
        self.left = match self.left {
            Some(0) => {
                let message = format!("the catalogue names more than {MAX_FILES} files");
                let help = "put explanations of similar errors into one file";
                self.reader.refuse(path.span, message, help);
                None
            }
            Some(left) => Some(left - 1),
            None => None,
        };
        self.left.is_some()
    }

    fn new_text(&mut self, below: &Path, real: &Path, path: &Scalar) -> Option<Arc<Source>> {
        if !real.to_string_lossy().ends_with(EXTENSION) {
            let message = format!("`{}` leads to another kind of file", path.value);
            let help = "link to a file whose name ends in `.md`";
            self.reader.refuse(path.span, message, help);
            return None;
        }
        let (shown, text) = self.reader.file(below, real, path.span)?;
        Some(Arc::new(Source::new(shown, text)))
    }
}

/// Checks the path of one Markdown file.
fn check(path: &str) -> Result<(), Fault> {
    let pattern = Pattern::parse(path)?;
    let fault = |message, help| Err(Fault { message, help });
    if let Some(name) = pattern.names.iter().find(|name| is_open(name)) {
        let message = format!("`{name}` would stand for several files");
        return fault(message, "name one file: each error has its own explanation");
    }
    if !path.ends_with(EXTENSION) {
        let message = format!("`{path}` is not the path of a `.md` file");
        return fault(message, "name a file whose name ends in `.md`");
    }
    Ok(())
}
