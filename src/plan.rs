//! Plan: what to do to an output folder, from what is in it and what should be. Reads, and writes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, rules};
use crate::file_list::FileList;
use crate::render::{FILE_LIST, RenderedFile, RenderedTarget};

/// What to do to one output folder.
#[derive(Debug)]
pub struct Plan {
    /// The target's id.
    pub target: String,
    /// The output folder, as it is shown.
    pub root: PathBuf,
    pub steps: Vec<Step>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// The new list of files.
    pub list: FileList,
    /// The old list of files; empty where there was none.
    pub old_list: FileList,
}

/// A change to one file.
#[derive(Debug)]
pub struct Step {
    /// Below the output folder.
    pub path: String,
    pub finding: Finding,
    /// What is there now; empty where nothing is.
    pub before: Vec<u8>,
    /// What should be there; nothing where the file should go.
    pub after: Option<Vec<u8>>,
}

/// How a file comes to need a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is not there.
    Missing,
    /// It is as errgen wrote it, for another catalogue.
    Stale,
    /// Somebody has changed it since errgen wrote it.
    Edited,
    /// errgen wrote it, and no longer would.
    LeftOver,
}

/// What stands at a path.
enum Found {
    Nothing,
    File(Vec<u8>),
    /// A link, a folder or anything else that is no file.
    Other,
}

/// Plans one target.
///
/// # Errors
///
/// Where a file that is not errgen's stands in the way, a link leads out of the folder, or something cannot be read.
pub fn plan(base: &Path, rendered: RenderedTarget) -> Result<Plan, Vec<Diagnostic>> {
    let root = base.join(&rendered.out);
    let old_list = FileList::read(&root).map_err(|diagnostic| vec![diagnostic])?;
    let list = FileList::new(&rendered.files);
    let mut plan = Plan {
        target: rendered.id,
        root,
        steps: Vec::new(),
        unchanged: 0,
        list,
        old_list,
    };
    let mut diagnostics = plan.links_out(&rendered.files);
    if diagnostics.is_empty() {
        for file in rendered.files {
            if let Err(diagnostic) = plan.file(file) {
                diagnostics.push(diagnostic);
            }
        }
        plan.left_over(&mut diagnostics);
        plan.file_list(&mut diagnostics);
    }
    if diagnostics.is_empty() { Ok(plan) } else { Err(diagnostics) }
}

impl Plan {
    fn file(&mut self, file: RenderedFile) -> Result<(), Diagnostic> {
        let path = self.root.join(&file.path);
        let hash = self.old_list.hash(&file.path);
        let (finding, before) = match (look(&path)?, hash) {
            (Found::Nothing, _) => (Finding::Missing, Vec::new()),
            (Found::File(content), _) if content == file.content => {
                self.unchanged += 1;
                return Ok(());
            }
            (Found::File(content), Some(hash)) if FileList::hash_of(&content) == hash => (Finding::Stale, content),
            (Found::File(content), Some(_)) => (Finding::Edited, content),
            (Found::File(_) | Found::Other, _) => return Err(foreign(&path)),
        };
        self.steps.push(Step {
            path: file.path,
            finding,
            before,
            after: Some(file.content),
        });
        Ok(())
    }

    /// The files of errgen's own that it no longer yields.
    fn left_over(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for (path, _) in self.old_list.iter().filter(|(path, _)| self.list.hash(path).is_none()) {
            match look(&self.root.join(path)) {
                Ok(Found::File(before)) => self.steps.push(Step {
                    path: path.to_owned(),
                    finding: Finding::LeftOver,
                    before,
                    after: None,
                }),
                Ok(Found::Nothing | Found::Other) => {}
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }

    /// The list itself, which comes last: it must not name what is not yet there.
    fn file_list(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let after = self.list.to_string().into_bytes();
        let (finding, before) = match look(&self.root.join(FILE_LIST)) {
            Ok(Found::Nothing) => (Finding::Missing, Vec::new()),
            Ok(Found::File(before)) if before == after => return,
            Ok(Found::File(before)) => (Finding::Stale, before),
            Ok(Found::Other) => {
                diagnostics.push(foreign(&self.root.join(FILE_LIST)));
                return;
            }
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return;
            }
        };
        self.steps.push(Step {
            path: FILE_LIST.to_owned(),
            finding,
            before,
            after: Some(after),
        });
    }

    /// Folders on the way to a file that are links out of the output folder.
    fn links_out(&self, files: &[RenderedFile]) -> Vec<Diagnostic> {
        let Ok(root) = self.root.canonicalize() else {
            return Vec::new();
        };
        let mut folders: BTreeMap<&str, ()> = BTreeMap::new();
        let own = files.iter().map(|file| file.path.as_str());
        for path in own.chain(self.old_list.iter().map(|(path, _)| path)) {
            let mut folder = path;
            while let Some((parent, _)) = folder.rsplit_once('/') {
                folders.insert(parent, ());
                folder = parent;
            }
        }
        let leads_out = |folder: &&str| {
            let path = root.join(folder);
            path.canonicalize().is_ok_and(|real| !real.starts_with(&root))
        };
        let out = folders.into_keys().filter(leads_out);
        out.map(|folder| {
            Diagnostic::file(
                rules::LINK_OUT_OF_FOLDER,
                self.root.join(folder).display().to_string(),
                "this link leads out of the output folder",
            )
            .help("remove the link: errgen writes nothing outside")
        })
        .collect()
    }
}

fn look(path: &Path) -> Result<Found, Diagnostic> {
    let found = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => fs::read(path).map(Found::File),
        Ok(_) => Ok(Found::Other),
        Err(error) if is_absent(error.kind()) => Ok(Found::Nothing),
        Err(error) => Err(error),
    };
    found.map_err(|error| {
        Diagnostic::file(
            rules::UNREADABLE_FILE,
            path.display().to_string(),
            format!("cannot be read: {error}"),
        )
    })
}

/// Nothing is there, and nothing stands in its way that the write would not name better.
fn is_absent(kind: ErrorKind) -> bool {
    kind == ErrorKind::NotFound
}

fn foreign(path: &Path) -> Diagnostic {
    Diagnostic::file(
        rules::FOREIGN_FILE,
        path.display().to_string(),
        "errgen must write here, and did not make what is there",
    )
    .help("move it away or delete it, then generate again")
}
