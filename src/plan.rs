//! Compares an output folder with the files it should hold, and plans what to change. It reads, and writes nothing.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::file_list::{Comparison, FileList, is_same};
use crate::render::{FILE_LIST, RenderedFile, RenderedTarget};
use crate::target::is_of_git;

/// What to do to one output folder.
#[derive(Debug)]
pub struct Plan {
    /// The target's id.
    pub target: String,
    /// The output folder, as it is displayed.
    pub root: PathBuf,
    pub steps: Vec<Step>,
    /// Files that errgen no longer generates, but that were edited since it wrote them. They stay until somebody deletes them.
    pub kept: Vec<String>,
    /// How many files are up to date.
    pub unchanged: usize,
    /// The new list of files, without `kept`.
    pub list: FileList,
    /// The old list of files. Empty if there was none.
    pub old_list: FileList,
}

/// A change to one file.
#[derive(Debug)]
pub struct Step {
    /// Relative to the output folder.
    pub path: String,
    pub finding: Finding,
    /// The current content. Empty if there is none.
    pub before: Vec<u8>,
    /// The new content. `None` if the file is to be removed.
    pub after: Option<Vec<u8>>,
}

/// Why a file needs a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It does not exist.
    Missing,
    /// It is as errgen wrote it, but for an earlier state of the catalogue.
    Stale,
    /// It was changed after errgen wrote it.
    Edited,
    /// errgen wrote it, but no longer would.
    LeftOver,
}

/// What is at a path.
enum Found {
    Nothing,
    File(Vec<u8>),
    /// A link, a folder or anything else but a file.
    Other,
    /// A file is in the place of one of its parent folders.
    Blocked,
}

/// Plans one target.
///
/// # Errors
///
/// If a file that errgen does not own is in the way, a link leads out of the folder, or something cannot be read.
pub fn plan(base: &Path, rendered: RenderedTarget) -> Result<Plan, Diagnostics> {
    let mut root = base.join(&rendered.out);
    if root.as_os_str().is_empty() {
        root.push(".");
    }
    let list_path = root.join(FILE_LIST);
    if fs::symlink_metadata(&list_path).is_ok_and(|there| !there.is_file()) {
        return Err(report_foreign(&list_path).into());
    }
    let old_list = FileList::read(&root)?;
    let list = FileList::new(&rendered.files);
    let mut plan = Plan {
        target: rendered.id,
        root,
        steps: Vec::new(),
        kept: Vec::new(),
        unchanged: 0,
        list,
        old_list,
    };
    let mut diagnostics = plan.links_out(&rendered.files);
    if diagnostics.is_empty() {
        for file in rendered.files {
            diagnostics.extend(plan.plan_file(file).err());
        }
        diagnostics.extend(plan.plan_left_over());
        diagnostics.extend(plan.plan_file_list().err());
        plan.clear_the_way();
    }
    unless_any(diagnostics, plan)
}

impl Plan {
    /// All files of the target, with errgen's own list last.
    pub fn outputs(&self) -> impl Iterator<Item = PathBuf> {
        let files = self.list.paths();
        files.chain([FILE_LIST]).map(|path| self.root.join(path))
    }

    #[expect(
        clippy::result_large_err,
        reason = "once a file, and hardly ever an error"
    )]
    fn plan_file(&mut self, file: RenderedFile) -> Result<(), Diagnostic> {
        let path = self.root.join(&file.path);
        let is_listed = self.old_list.contains(&file.path);
        let (finding, before) = match (look(&path)?, is_listed) {
            (Found::Nothing, _) => (Finding::Missing, Vec::new()),
            (Found::Blocked, _) if self.is_own_in_the_way(&file.path) => {
                (Finding::Missing, Vec::new())
            }
            (Found::File(content), _) if is_same(&content, &file.content) => {
                self.unchanged += 1;
                return Ok(());
            }
            (Found::File(content), true) => match self.old_list.compare(&file.path, &content) {
                Comparison::AsWritten | Comparison::Merged => (Finding::Stale, content),
                Comparison::Edited => (Finding::Edited, content),
            },
            // Another errgen is at work. Carrying out this plan will find the list changed.
            (Found::File(content), false) if self.is_claimed_by_now(&file.path) => {
                (Finding::Edited, content)
            }
            (Found::File(_) | Found::Other, _) => return Err(report_foreign(&path)),
            (Found::Blocked, _) => return Err(report_foreign(obstacle(&path))),
        };
        self.steps.push(Step {
            path: file.path,
            finding,
            before,
            after: Some(file.content),
        });
        Ok(())
    }

    /// Whether errgen's list has come to name a file since the plan was begun.
    fn is_claimed_by_now(&self, path: &str) -> bool {
        FileList::read(&self.root).is_ok_and(|list| list.contains(path))
    }

    /// The files that errgen owns but no longer generates.
    fn plan_left_over(&mut self) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let old = self.old_list.paths();
        for path in old.filter(|path| !self.list.contains(path)) {
            match look(&self.root.join(path)) {
                // A list may come from anybody, so it cannot give away a file that is not as errgen wrote it.
                Ok(Found::File(before))
                    if self.old_list.compare(path, &before) == Comparison::AsWritten =>
                {
                    self.steps.push(Step {
                        path: path.to_owned(),
                        finding: Finding::LeftOver,
                        before,
                        after: None,
                    });
                }
                Ok(Found::File(_)) => self.kept.push(path.to_owned()),
                Ok(Found::Nothing | Found::Other | Found::Blocked) => {}
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        diagnostics
    }

    /// The list itself, which is written last: as long as it is the old one, the next run knows what may be incomplete.
    #[expect(clippy::result_large_err, reason = "once a target")]
    fn plan_file_list(&mut self) -> Result<(), Diagnostic> {
        let path = self.root.join(FILE_LIST);
        let mut list = self.list.clone();
        for path in &self.kept {
            list.keep(path, &self.old_list);
        }
        let after = list.to_string().into_bytes();
        let (finding, before) = match look(&path)? {
            Found::Nothing => (Finding::Missing, Vec::new()),
            Found::File(before) if is_same(&before, &after) => return Ok(()),
            Found::File(before) => (Finding::Stale, before),
            Found::Other => return Err(report_foreign(&path)),
            // Every file has already reported it.
            Found::Blocked => return Ok(()),
        };
        self.steps.push(Step {
            path: FILE_LIST.to_owned(),
            finding,
            before,
            after: Some(after),
        });
        Ok(())
    }

    /// Whether the obstacle to a file is a file that errgen wrote and will remove.
    fn is_own_in_the_way(&self, path: &str) -> bool {
        let removed = |folder: &str| self.old_list.contains(folder) && !self.list.contains(folder);
        folders(path).any(removed)
    }

    /// Moves the removal of a file before the files that need a folder in its place.
    fn clear_the_way(&mut self) {
        let removals = self.steps.iter().filter(|step| step.after.is_none());
        let removed: HashSet<&str> = removals.map(|step| step.path.as_str()).collect();
        let needed = self.steps.iter().flat_map(|step| folders(&step.path));
        let in_the_way = needed.filter(|folder| removed.contains(folder));
        let in_the_way: HashSet<String> = in_the_way.map(ToOwned::to_owned).collect();
        self.steps
            .sort_by_key(|step| !in_the_way.contains(&step.path));
    }

    /// Parent folders of files that are links out of the output folder, or into a `.git` folder.
    fn links_out(&self, files: &[RenderedFile]) -> Diagnostics {
        let Ok(root) = self.root.canonicalize() else {
            return Vec::new();
        };
        let own = files.iter().map(|file| file.path.as_str());
        let all = own.chain(self.old_list.paths());
        let ways: BTreeSet<&str> = all.flat_map(folders).collect();
        let leads_out_of_it = |folder: &&str| {
            let real = root.join(folder).canonicalize();
            real.is_ok_and(|real| is_out(&real, &root))
        };
        let out = ways.into_iter().filter(leads_out_of_it);
        out.map(|folder| report_link_out(&self.root.join(folder)))
            .collect()
    }
}

/// Files that two targets would write, because one's output folder is in the other's.
pub fn overlaps(plans: &[Plan]) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for outer in plans {
        let inner = plans.iter().filter(|it| it.target != outer.target);
        for inner in inner.filter(|inner| inner.root.starts_with(&outer.root)) {
            for path in inner.list.paths().map(|path| inner.root.join(path)) {
                let below = path.strip_prefix(&outer.root).ok().and_then(Path::to_str);
                if below.is_some_and(|path| outer.list.contains(path)) {
                    let message = format!(
                        "both `{}` and `{}` would write this file",
                        outer.target, inner.target
                    );
                    let path = path.display().to_string();
                    let diagnostic = Diagnostic::file(rules::DUPLICATE_OUTPUT_PATH, path, message);
                    diagnostics.push(diagnostic.help("set a different `out` for one of them"));
                }
            }
        }
    }
    diagnostics
}

/// The parent folders of a file, nearest first.
pub(crate) fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    })
    .skip(1)
}

#[expect(
    clippy::result_large_err,
    reason = "once a file, and hardly ever an error"
)]
fn look(path: &Path) -> Result<Found, Diagnostic> {
    let content = fs::symlink_metadata(path).and_then(|metadata| {
        let is_file = metadata.is_file();
        is_file.then(|| fs::read(path)).transpose()
    });
    match content {
        Ok(content) => Ok(content.map_or(Found::Other, Found::File)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Ok(Found::Blocked),
        Err(error) => Err(Diagnostic::file(
            rules::UNREADABLE_FILE,
            path.display().to_string(),
            format!("cannot be read: {error}"),
        )),
    }
}

/// The file in the place of a parent folder of `path`.
fn obstacle(path: &Path) -> &Path {
    let mut ancestors = path.ancestors().skip(1);
    ancestors
        .find(|ancestor| ancestor.is_file())
        .unwrap_or(path)
}

/// Whether errgen must not write to a path: it is outside the output folder, or in a `.git` folder. Both paths have no links.
pub(crate) fn is_out(real: &Path, root: &Path) -> bool {
    real.strip_prefix(root).map_or(true, |below| {
        below
            .iter()
            .any(|part| part.to_str().is_some_and(is_of_git))
    })
}

/// Reports a link that leads out of an output folder.
pub(crate) fn report_link_out(path: &Path) -> Diagnostic {
    Diagnostic::file(
        rules::LINK_OUT_OF_FOLDER,
        path.display().to_string(),
        "this link leads out of the output folder",
    )
    .help("remove the link: errgen writes only inside the output folder")
}

/// Reports something that errgen does not own where it needs to write.
pub(crate) fn report_foreign(path: &Path) -> Diagnostic {
    Diagnostic::file(
        rules::FOREIGN_FILE,
        path.display().to_string(),
        "errgen needs to write here, but did not create what is already there",
    )
    .help("move or delete it, then generate again")
}
