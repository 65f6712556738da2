//! Finds targets: the standard ones in the binary, and those in the `--templates` folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

use super::folder::{OnDisk, relative, report_unreadable};
use super::{Manifest, Sample, Target, TargetFile, data, extend, limits, surface};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, rules};

static STANDARD: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The manifests of the standard targets as JSON, by id.
static MANIFESTS: Dir = include_dir!("$OUT_DIR/manifests");

/// The name of a target's manifest.
pub const MANIFEST: &str = "target.yaml";

/// In bytes: thirty times the largest standard one. errgen reads manifests in its own process.
const MAX_MANIFEST: usize = 256 << 10;

/// All targets, by id. Each is read when it is first needed, and then kept.
pub struct Library {
    entries: BTreeMap<String, Entry>,
}

struct Entry {
    folder: Folder,
    target: OnceLock<Result<Arc<Target>, Diagnostics>>,
}

enum Folder {
    Embedded(&'static Dir<'static>),
    OnDisk(OnDisk),
}

impl Library {
    /// The standard targets.
    pub fn standard() -> Self {
        let is_target = |dir: &&Dir| dir.get_file(dir.path().join(MANIFEST)).is_some();
        let entry = |dir: &'static Dir| {
            let id = dir.path().display().to_string();
            (id, Entry::new(Folder::Embedded(dir)))
        };
        Self {
            entries: STANDARD.dirs().filter(is_target).map(entry).collect(),
        }
    }

    /// Adds the targets in a folder. One with the name of a standard target replaces it. The files of all
    /// targets can have a total size of `max_bytes`, and links in it can lead to the `allowed` folders.
    ///
    /// # Errors
    ///
    /// If a folder cannot be read, or the first contains no target.
    pub fn add_folder(
        &mut self,
        folder: &Path,
        max_bytes: u64,
        allowed: &[PathBuf],
    ) -> Result<(), Diagnostics> {
        let shown = folder.display().to_string();
        let root = canonical(folder)?;
        let allowed = allowed.iter().map(|path| canonical(path));
        let allowed: Arc<[_]> = allowed.collect::<Result<_, _>>()?;
        let left = Arc::new(AtomicU64::new(max_bytes));
        let mut found = false;
        for entry in WalkDir::new(folder).min_depth(1).max_depth(1) {
            let entry = entry.map_err(|error| report_unreadable(&shown, &error.into()))?;
            if entry.path().join(MANIFEST).is_file() {
                found = true;
                let id = entry.file_name().to_string_lossy().into_owned();
                let folder = OnDisk {
                    path: entry.into_path(),
                    root: root.clone(),
                    allowed: Arc::clone(&allowed),
                    max_bytes,
                    left: Arc::clone(&left),
                };
                self.entries.insert(id, Entry::new(Folder::OnDisk(folder)));
            }
        }
        if found {
            return Ok(());
        }
        Err(Diagnostic::file(
            rules::UNKNOWN_TARGET,
            shown,
            "this folder contains no target",
        )
        .help(format!("add a target to it: a folder with a `{MANIFEST}`"))
        .into())
    }

    /// The ids of all targets, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The target with an id, if there is one.
    ///
    /// # Errors
    ///
    /// If its manifest or one of its files is invalid.
    pub fn load(&self, id: &str) -> Option<Result<Arc<Target>, Diagnostics>> {
        let Entry { folder, target } = self.entries.get(id)?;
        let target = target.get_or_init(|| folder.read(id).map(Arc::new));
        Some(target.clone())
    }
}

impl Entry {
    fn new(folder: Folder) -> Self {
        Self {
            folder,
            target: OnceLock::new(),
        }
    }
}

impl Folder {
    fn read(&self, id: &str) -> Result<Target, Diagnostics> {
        match self {
            Self::Embedded(dir) => read_embedded(id, dir),
            Self::OnDisk(folder) => {
                let (files, inputs) = folder.read()?;
                let shown = folder.path.display().to_string();
                target(id, shown.clone(), files, inputs, |source, files| {
                    let base = extend::base_of(source);
                    let mut manifest = match &base {
                        None => Manifest::parse(source)?,
                        Some(base) => extend::parse(source, standard_manifest(source, base)?)?,
                    };
                    let more = data::take(&manifest, files);
                    data::add(&mut manifest, more, &shown, source)?;
                    if let Some(dir) = base.and_then(|base| STANDARD.get_dir(base)) {
                        let mut inherited = files_of(dir);
                        inherited.retain(|file| file.path != MANIFEST);
                        data::take(&manifest, &mut inherited);
                        extend::add_files(files, inherited);
                    }
                    limits::check(source, &manifest)?;
                    surface::check(source, &manifest)?;
                    Ok(manifest)
                })
            }
        }
    }
}

fn canonical(folder: &Path) -> Result<PathBuf, Diagnostics> {
    let real = folder.canonicalize();
    real.map_err(|error| report_unreadable(&folder.display().to_string(), &error).into())
}

/// The manifest of a standard target, as JSON, for one that extends it.
fn standard_manifest(source: &Arc<Source>, id: &str) -> Result<&'static [u8], Diagnostics> {
    let file = MANIFESTS.get_file(format!("{id}.json"));
    file.map(include_dir::File::contents).ok_or_else(|| {
        let files = MANIFESTS.files();
        let known = files.filter_map(|it| it.path().file_stem()?.to_str());
        extend::unknown_base(source, id, known)
    })
}

/// The files of a standard target.
fn files_of(dir: &'static Dir) -> Vec<TargetFile> {
    fn collect(dir: &'static Dir, root: &Path, files: &mut Vec<TargetFile>) {
        for file in dir.files() {
            files.push(TargetFile {
                path: relative(file.path(), root),
                content: Cow::Borrowed(file.contents()),
            });
        }
        for dir in dir.dirs() {
            collect(dir, root, files);
        }
    }
    let mut files = Vec::new();
    collect(dir, dir.path(), &mut files);
    files
}

fn read_embedded(id: &str, dir: &'static Dir) -> Result<Target, Diagnostics> {
    let files = files_of(dir);
    let json = MANIFESTS.get_file(format!("{id}.json"));
    let json = json.map(include_dir::File::contents).unwrap_or_default();
    let folder = format!("templates/{id}");
    let inputs = Vec::new();
    target(id, folder, files, inputs, |source, files| {
        let manifest = Manifest::from_json(json, source)?;
        // The build has added what they say.
        data::take(&manifest, files);
        Ok(manifest)
    })
}

fn target(
    id: &str,
    folder: String,
    mut files: Vec<TargetFile>,
    inputs: Vec<PathBuf>,
    read: impl FnOnce(&Arc<Source>, &mut Vec<TargetFile>) -> Result<Manifest, Diagnostics>,
) -> Result<Target, Diagnostics> {
    let manifest = files.iter().position(|file| file.path == MANIFEST);
    let manifest = manifest.map(|at| files.remove(at).content);
    let manifest = manifest.unwrap_or_default();
    if manifest.len() > MAX_MANIFEST {
        let message = format!("the manifest is larger than {} KiB", MAX_MANIFEST >> 10);
        let path = format!("{folder}/{MANIFEST}");
        let diagnostic = Diagnostic::file(rules::BAD_MANIFEST, path, message);
        return Err(diagnostic.help("move long texts into templates").into());
    }
    let text = String::from_utf8(manifest.into_owned()).map_err(|_| {
        Diagnostic::file(
            rules::NOT_UTF8,
            format!("{folder}/{MANIFEST}"),
            "the manifest is not valid UTF-8",
        )
    })?;
    let source = Arc::new(Source::new(format!("{folder}/{MANIFEST}"), text));
    let manifest = read(&source, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Target {
        id: id.to_owned(),
        sample: Sample::parse(id, &manifest, &source)?,
        manifest,
        manifest_source: source,
        folder,
        files,
        inputs,
    })
}
