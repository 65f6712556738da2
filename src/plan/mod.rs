//! Compares an output folder with the files it should hold, and plans what to change. It reads, and writes nothing.

mod abandoned;
mod overlap;
mod recorded;
mod ways;

pub use overlap::settle;
pub use recorded::{RecordChange, Recorded, plan_record};

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::file_list::{Comparison, FileList, Owner, is_same};
use crate::locate::{Access, OutputFolder};
use crate::render::{FILE_LIST, RenderedFile};
use abandoned::plan_removal;
pub(crate) use ways::{existing_folders, is_out, report_link_out};

/// What to do to one output folder.
#[derive(Debug)]
pub struct Plan {
    /// The target's id.
    pub target: String,
    /// The output folder, as it is displayed.
    pub root: PathBuf,
    /// The path by which output folders are compared.
    pub identity: PathBuf,
    /// Whether the target no longer writes to this folder.
    pub is_abandoned: bool,
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

/// What a plan is for.
#[derive(Clone, Copy, Debug)]
pub struct Purpose {
    pub access: Access,
    /// Whether to take over the folders of another catalogue or another target.
    pub adopts: bool,
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
/// If the folder belongs to another catalogue or target, a file that errgen does not own is in the way, a link leads out of the
/// folder, or something cannot be read.
pub fn plan(
    folder: OutputFolder,
    target: &str,
    files: Vec<RenderedFile>,
    purpose: Purpose,
) -> Result<Plan, Diagnostics> {
    let root = folder.path;
    if purpose.access == Access::Write {
        ways::check_root(&root)?;
    }
    let old_list = FileList::read(&root)?;
    let owners = old_list.owners();
    let is_own = owners.admit(&folder.owner);
    if !is_own && !purpose.adopts {
        return Err(report_owner(&root, &old_list).into());
    }
    let known = owners.file().filter(|_| is_own).map(ToOwned::to_owned);
    let owner = Owner {
        file: folder.owner.file.or(known),
        ..folder.owner
    };
    let list = FileList::new(&owner, &files);
    if purpose.access == Access::Write {
        let own = files.iter().map(|file| file.path.as_str());
        unless_any(ways::links_out(&root, own, old_list.paths()), ())?;
    }
    let plan = Plan {
        target: target.to_owned(),
        root,
        identity: folder.identity,
        is_abandoned: false,
        steps: Vec::new(),
        kept: Vec::new(),
        unchanged: 0,
        list,
        old_list,
    };
    Planner::new(plan, purpose.access).plan(files)
}

/// A plan in the making.
struct Planner {
    plan: Plan,
    access: Access,
    /// Files that exist with another content and that errgen's list does not name, with that content.
    disputed: Vec<(RenderedFile, Vec<u8>)>,
    diagnostics: Diagnostics,
}

impl Planner {
    fn new(plan: Plan, access: Access) -> Self {
        Self {
            plan,
            access,
            disputed: Vec::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    fn plan(mut self, files: Vec<RenderedFile>) -> Result<Plan, Diagnostics> {
        let left_over = self.left_over();
        let removed: HashSet<&str> = left_over.iter().map(|step| step.path.as_str()).collect();
        for file in files {
            let result = self.plan_file(file, &removed);
            self.diagnostics.extend(result.err());
        }
        self.settle_disputes();
        drop(removed);
        self.plan.steps.extend(left_over);
        let result = self.plan_file_list();
        self.diagnostics.extend(result.err());
        self.plan.clear_the_way();
        unless_any(self.diagnostics, self.plan)
    }

    #[expect(
        clippy::result_large_err,
        reason = "once a file, and hardly ever an error"
    )]
    fn plan_file(&mut self, file: RenderedFile, removed: &HashSet<&str>) -> Result<(), Diagnostic> {
        let plan = &mut self.plan;
        let path = plan.root.join(&file.path);
        let is_listed = plan.old_list.contains(&file.path);
        let (finding, before) = match (look(&path, self.access)?, is_listed) {
            (Found::Nothing, _) => (Finding::Missing, Vec::new()),
            // What is in its way is errgen's own, and will be removed.
            (Found::Blocked, _) if folders(&file.path).any(|it| removed.contains(it)) => {
                (Finding::Missing, Vec::new())
            }
            (Found::File(content), _) if is_same(&content, &file.content) => {
                plan.unchanged += 1;
                return Ok(());
            }
            (Found::File(content), true) => match plan.old_list.compare(&file.path, &content) {
                Comparison::AsWritten | Comparison::Merged => (Finding::Stale, content),
                Comparison::Edited => (Finding::Edited, content),
            },
            (Found::File(content), false) => {
                self.disputed.push((file, content));
                return Ok(());
            }
            (Found::Other, _) => return Err(report_foreign(&path)),
            (Found::Blocked, _) => return Err(report_foreign(obstacle(&path))),
        };
        plan.steps.push(Step {
            path: file.path,
            finding,
            before,
            after: Some(file.content),
        });
        Ok(())
    }

    /// Decides about files that errgen's list does not name. If it names one by now, another errgen is at work, and carrying out
    /// this plan will find the list changed.
    fn settle_disputes(&mut self) {
        if self.disputed.is_empty() {
            return;
        }
        let root = &self.plan.root;
        let now = FileList::read(root).unwrap_or_default();
        for (file, before) in self.disputed.drain(..) {
            if now.contains(&file.path) {
                self.plan.steps.push(Step {
                    path: file.path,
                    finding: Finding::Edited,
                    before,
                    after: Some(file.content),
                });
            } else {
                let foreign = report_foreign(&root.join(file.path));
                self.diagnostics.push(foreign);
            }
        }
    }

    /// The files that errgen owns but no longer generates: those to remove. Edited ones are kept.
    fn left_over(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let plan = &mut self.plan;
        let old = plan.old_list.paths();
        for path in old.filter(|path| !plan.list.contains(path)) {
            match look(&plan.root.join(path), self.access) {
                // A list may come from anybody, so it cannot give away a file that is not as errgen wrote it.
                Ok(Found::File(before))
                    if plan.old_list.compare(path, &before) == Comparison::AsWritten =>
                {
                    steps.push(Step {
                        path: path.to_owned(),
                        finding: Finding::LeftOver,
                        before,
                        after: None,
                    });
                }
                Ok(Found::File(_)) => plan.kept.push(path.to_owned()),
                Ok(Found::Nothing | Found::Other | Found::Blocked) => {}
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        steps
    }

    /// The list itself, which is written last: as long as it is the old one, the next run knows what may be incomplete.
    #[expect(clippy::result_large_err, reason = "once a target")]
    fn plan_file_list(&mut self) -> Result<(), Diagnostic> {
        let plan = &mut self.plan;
        let path = plan.root.join(FILE_LIST);
        let mut list = plan.list.clone();
        for path in &plan.kept {
            list.keep(path, &plan.old_list);
        }
        let is_needed = !plan.is_abandoned || !plan.kept.is_empty();
        let after = is_needed.then(|| list.to_string().into_bytes());
        let (finding, before) = match (look(&path, self.access)?, &after) {
            (Found::File(before), Some(after)) if is_same(&before, after) => return Ok(()),
            (Found::File(before), Some(_)) => (Finding::Stale, before),
            (Found::File(before), None) => (Finding::LeftOver, before),
            (Found::Nothing, Some(_)) => (Finding::Missing, Vec::new()),
            (Found::Other, _) => return Err(report_foreign(&path)),
            // Every file has already reported what is in the way.
            (Found::Nothing, None) | (Found::Blocked, _) => return Ok(()),
        };
        plan.steps.push(Step {
            path: FILE_LIST.to_owned(),
            finding,
            before,
            after,
        });
        Ok(())
    }
}

impl Plan {
    /// All files of the target, with errgen's own list last. None if the target no longer writes to this folder.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        let files = self.list.paths();
        files.chain([FILE_LIST]).filter(|_| !self.is_abandoned)
    }

    /// The paths of all files of the target, as they are displayed.
    pub fn output_paths(&self) -> impl Iterator<Item = PathBuf> {
        self.outputs().map(|path| self.root.join(path))
    }

    /// Moves the removal of a file before the files that need a folder in its place.
    fn clear_the_way(&mut self) {
        let removals = self.steps.iter().filter(|step| step.after.is_none());
        let removed: HashSet<&str> = removals.map(|step| step.path.as_str()).collect();
        if removed.is_empty() {
            return;
        }
        let needed = self.steps.iter().flat_map(|step| folders(&step.path));
        let in_the_way = needed.filter(|folder| removed.contains(folder));
        let in_the_way: HashSet<String> = in_the_way.map(ToOwned::to_owned).collect();
        self.steps
            .sort_by_key(|step| !in_the_way.contains(&step.path));
    }
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
fn look(path: &Path, access: Access) -> Result<Found, Diagnostic> {
    let metadata = match access {
        Access::Read => fs::metadata(path),
        Access::Write => fs::symlink_metadata(path),
    };
    let content = metadata.and_then(|metadata| {
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

/// Reports something that errgen does not own where it needs to write.
pub(crate) fn report_foreign(path: &Path) -> Diagnostic {
    Diagnostic::file(
        rules::FOREIGN_FILE,
        path.display().to_string(),
        "errgen needs to write here, but did not create what is already there",
    )
    .help("move or delete it, then generate again")
}

/// Reports a folder that is somebody else's.
fn report_owner(root: &Path, list: &FileList) -> Diagnostic {
    let owners = list.owners();
    let file = owners.file().map(|file| without_dots(&root.join(file)));
    let place = file.as_ref().map_or_else(String::new, |file| {
        let gone = if file.is_file() {
            ""
        } else {
            ", which does not exist"
        };
        format!(" in `{}`{gone}", file.display())
    });
    let message = format!("this folder belongs to {}{place}", owners.description());
    Diagnostic::file(
        rules::FOREIGN_FOLDER,
        root.display().to_string(),
        message,
    )
    .help("set a different `out`, or run `errgen generate --adopt` if this catalogue or target was moved or renamed")
}

/// A path without `..` after a name, to show where it leads.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        let is_name = matches!(plain.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if is_name => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}
