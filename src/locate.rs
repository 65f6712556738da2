//! Finds the folders that targets write to, as the file system sees them.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, rules};
use crate::file_list::Owner;
use crate::portable::{fold, is_of_git};
use crate::read::{repository_of, resolve};
use crate::record::Entry;
use crate::validate::EnabledTarget;

/// What is to be done with an output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Links are followed wherever they lead.
    Read,
    /// No link leads anywhere else.
    Write,
}

/// The folder that a target writes to.
#[derive(Clone, Debug)]
pub struct OutputFolder {
    /// The path to use and to show.
    pub path: PathBuf,
    /// The path by which folders are compared: without links, in a spelling that is the same wherever two names may be one.
    pub identity: PathBuf,
    /// Whose folder it is, or will be.
    pub owner: Owner,
}

impl OutputFolder {
    /// A folder of a target, in a catalogue with an id and a path relative to the folder.
    pub fn new(path: PathBuf, catalog: &str, file: Option<&str>, target: &str) -> Self {
        Self {
            identity: identity(&path),
            owner: Owner::new(catalog, file, target),
            path,
        }
    }
}

/// Locates the output folders of a catalogue.
pub struct Locator<'a> {
    /// The catalogue's folder, as the user gave it.
    base: &'a Path,
    /// The catalogue's folder without links.
    real_base: PathBuf,
    /// The name of the catalogue's file.
    file: Option<&'a str>,
    /// The root of the repository that the catalogue is in. `None` if it is in none.
    repository: Option<PathBuf>,
    /// The folder that the user writes to, whatever the catalogue says.
    out: Option<&'a Path>,
    access: Access,
}

impl<'a> Locator<'a> {
    /// `out` is the folder for all targets that the user chose instead of the catalogue's.
    pub fn new(catalog: &'a Path, out: Option<&'a Path>, access: Access) -> Self {
        let base = catalog.parent().unwrap_or(Path::new(""));
        let real_base = resolve(base);
        let repository = repository_of(&real_base);
        Self {
            base,
            file: catalog.file_name().and_then(|name| name.to_str()),
            repository: repository.map(Path::to_owned),
            real_base,
            out,
            access,
        }
    }

    /// The folder of a target, in the catalogue with an id.
    pub fn locate(&self, catalog: &str, target: &EnabledTarget) -> OutputFolder {
        let file = match self.out {
            Some(_) => None,
            None => self
                .file
                .and_then(|file| self.catalog_from(&target.out, file)),
        };
        OutputFolder::new(
            self.path(target),
            catalog,
            file.as_deref(),
            &target.target.id,
        )
    }

    /// The folder of an entry of the record, if errgen may remove anything there: it is in the repository or, without one, in the
    /// catalogue's folder.
    pub fn locate_entry(&self, catalog: &str, entry: &Entry) -> Option<OutputFolder> {
        let within = self.repository.as_ref().unwrap_or(&self.real_base);
        let real = real_path(&self.real_base.join(&entry.folder));
        let below = real.strip_prefix(within).ok()?;
        let file = self.catalog_from(&entry.folder, &entry.catalog)?;
        let path = self.base.join(&entry.folder);
        (!has_part_of_git(below))
            .then(|| OutputFolder::new(path, catalog, Some(&file), &entry.target))
    }

    /// The catalogue's folder, as the user gave it. `None` if the user writes to another folder.
    pub fn base(&self) -> Option<&Path> {
        self.out.is_none().then_some(self.base)
    }

    /// The name of the catalogue's file. `None` if it is not UTF-8.
    pub fn file(&self) -> Option<&str> {
        self.file
    }

    /// Whether there is a file of this name beside the catalogue.
    pub fn has_sibling(&self, name: &str) -> bool {
        self.base.join(name).exists()
    }

    fn path(&self, target: &EnabledTarget) -> PathBuf {
        let path = match self.out {
            Some(out) => out.join(&target.target.id),
            None => self.base.join(&target.out),
        };
        if path.as_os_str().is_empty() {
            ".".into()
        } else {
            path
        }
    }

    /// Everything that is wrong with the folders of targets.
    pub fn check(&self, source: &Arc<Source>, targets: &[EnabledTarget]) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let mut seen: HashMap<PathBuf, &EnabledTarget> = HashMap::new();
        for target in targets {
            if self.out.is_none()
                && let Some(message) = self.find_fault(&target.out)
            {
                let help = "choose a folder in the repository, or use `--out` to write elsewhere";
                diagnostics.push(self.report(source, target, message).help(help));
            }
            if let Some(other) = seen.insert(identity(&self.path(target)), target) {
                let message = format!(
                    "`{}` and `{}` are the same folder",
                    self.path(target).display(),
                    self.path(other).display(),
                );
                let mut diagnostic = self.report(source, target, message);
                if let Some(place) = other.place.filter(|_| self.out.is_none()) {
                    diagnostic = diagnostic.related(place, "the other target");
                }
                diagnostics.push(diagnostic.help("give each target its own folder"));
            }
        }
        diagnostics
    }

    /// Why a catalogue cannot have this output folder.
    fn find_fault(&self, out: &str) -> Option<String> {
        let written = self.real_base.join(out);
        let real = match self.access {
            Access::Read => without_dots(&written),
            Access::Write => real_path(&written),
        };
        let within = self.repository.as_ref().unwrap_or(&self.real_base);
        match real.strip_prefix(within) {
            Err(_) if self.repository.is_some() => Some(format!(
                "`{out}` is outside the repository that the catalogue is in"
            )),
            below => {
                let below = below.unwrap_or(&real);
                let is_git = has_part_of_git(below);
                is_git.then(|| format!("`{out}` is in a `.git` folder"))
            }
        }
    }

    fn report(&self, source: &Arc<Source>, target: &EnabledTarget, message: String) -> Diagnostic {
        let rule = rules::BAD_OUTPUT_FOLDER;
        match target.place.filter(|_| self.out.is_none()) {
            Some(place) => Diagnostic::at(rule, source, place, message),
            None => Diagnostic::file(rule, self.path(target).display().to_string(), message),
        }
    }

    /// The catalogue's path relative to an output folder. It is the same in every checkout, so `None` if it would contain the name
    /// of a folder that may not be part of the checkout.
    fn catalog_from(&self, out: &str, file: &str) -> Option<String> {
        let (mut below, mut above) = (0_usize, 0_usize);
        for part in out.split('/') {
            match part {
                "" | "." => {}
                ".." if below > 0 => below -= 1,
                ".." => above += 1,
                _ => below += 1,
            }
        }
        let known = match &self.repository {
            Some(root) => self.real_base.strip_prefix(root).ok()?,
            None => Path::new(""),
        };
        let known: Vec<_> = known.iter().map(|name| name.to_str()).collect();
        let first = known.len().checked_sub(above)?;
        let mut parts = vec![Some(".."); below];
        parts.extend(&known[first..]);
        parts.push(Some(file));
        let parts: Vec<_> = parts.into_iter().collect::<Option<_>>()?;
        Some(parts.join("/").nfc().collect())
    }
}

/// Whether a path has a part that belongs to git.
pub fn has_part_of_git(path: &Path) -> bool {
    path.iter().any(|part| part.to_str().is_some_and(is_of_git))
}

/// The path by which folders are compared.
pub fn identity(path: &Path) -> PathBuf {
    fold(&real_path(path).to_string_lossy()).into()
}

/// The absolute path without links and `..`. What does not exist cannot be a link.
fn real_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(Path::new(".").join(path));
    let mut real = PathBuf::new();
    // How many parts at the end do not exist.
    let mut missing = 0_usize;
    for part in absolute.as_deref().unwrap_or(path).components() {
        match part {
            Component::Normal(name) => {
                real.push(name);
                if missing > 0 || !real.exists() {
                    missing += 1;
                } else if real.is_symlink() {
                    real = real.canonicalize().unwrap_or_else(|_| real.clone());
                }
            }
            Component::ParentDir => {
                real.pop();
                missing = missing.saturating_sub(1);
            }
            _ => real.push(part),
        }
    }
    real
}

/// A path with each `..` and the part before it removed.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}
