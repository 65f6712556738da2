//! Loads targets: the folders that say how a language or a document is written.

mod case;
mod data;
mod escape;
mod extend;
mod folder;
mod library;
mod limits;
mod manifest;
mod naming;
mod pattern;
mod sample;
mod surface;

pub use case::Case;
pub use escape::Escape;
pub use library::{Library, MANIFEST};
pub use manifest::{
    Condition, Conflict, Each, Entity, FileName, FileRule, Limits, MODEL, Manifest, NameRule,
    OptionRule, Origin, Pages, Reserved, Surface,
};
pub use naming::{Id, Namer};
pub use sample::{Piece, Sample, SampleName};

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Source;

/// A target: the content of its folder, with the manifest parsed.
#[derive(Debug)]
pub struct Target {
    /// The folder's name.
    pub id: String,
    pub manifest: Manifest,
    pub manifest_source: Arc<Source>,
    /// The manifest's sample, parsed.
    pub sample: Option<Sample>,
    /// The path of the folder, as diagnostics show it.
    pub folder: String,
    /// Templates and static files, sorted by path. The manifest is not among them.
    pub files: Vec<TargetFile>,
    /// The folders and files that it was read from, each folder before its content. Empty if it is in the binary.
    pub inputs: Vec<PathBuf>,
}

impl Target {
    /// Whether it is part of errgen, and therefore known to be valid.
    pub fn is_standard(&self) -> bool {
        self.inputs.is_empty()
    }
}

/// A file of a target, other than its manifest.
#[derive(Debug)]
pub struct TargetFile {
    /// Relative to the target's folder, with `/`.
    pub path: String,
    pub content: Cow<'static, [u8]>,
}

impl TargetFile {
    /// Whether errgen renders it instead of copying it.
    pub fn is_template(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "tera")
    }
}
