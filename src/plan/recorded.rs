//! Plans what becomes of the record of output folders, and of the folders in it that no target writes to any more.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::{
    Finding, Found, Plan, Purpose, Step, look, obstacle, plan_removal, report_foreign, ways,
};
use crate::diagnostic::{Diagnostics, unless_any};
use crate::file_list::is_same;
use crate::locate::{Access, Locator};
use crate::pipeline::Project;
use crate::record::{Entry, RECORD, Record};
use crate::validate::default_folder;

/// What the record of output folders comes to.
#[derive(Debug, Default)]
pub struct Recorded {
    /// For each folder that a target no longer writes to.
    pub abandoned: Vec<Plan>,
    /// `None` if the record stays as it is.
    pub change: Option<RecordChange>,
}

/// A change to the record.
#[derive(Debug)]
pub struct RecordChange {
    /// The catalogue's folder.
    pub base: PathBuf,
    /// The content of the record when the plan was made. `None` if there was none.
    pub before: Option<Vec<u8>>,
    /// Its content while files are written: a folder is recorded before it is written to, and until it is cleaned. `None` if the old
    /// content will do.
    pub meanwhile: Option<Vec<u8>>,
    /// The change itself, relative to the catalogue's folder.
    pub step: Step,
}

/// Compares the record with the plans for the `wanted` targets, or for all if there are none.
///
/// # Errors
///
/// If the record or a folder in it cannot be read, or something is in the way of the record.
pub fn plan_record(
    locator: &Locator,
    project: &Project,
    wanted: &[String],
    plans: &[Plan],
    purpose: Purpose,
) -> Result<Recorded, Diagnostics> {
    let (Some(file), Some(base)) = (locator.file(), locator.base()) else {
        return Ok(Recorded::default());
    };
    let (record, before) = Record::read(base)?;
    let reckoning = Reckoning::new(locator, project, file, wanted, plans, purpose);
    let (entries, abandoned) = reckoning.sort(record.entries.iter().cloned())?;
    let after = Record { entries };
    let is_up_to_date = match (&before, after.content()) {
        (Some(before), Some(after)) => is_same(before, &after),
        (before, after) => before.is_none() && after.is_none(),
    };
    let mut change = None;
    if !is_up_to_date {
        let union = &record.entries | &after.entries;
        let is_covered = union == record.entries;
        let meanwhile = Record { entries: union };
        change = Some(RecordChange {
            base: base.to_owned(),
            meanwhile: meanwhile.content().filter(|_| !is_covered),
            step: plan_step(base, &after, purpose.access)?,
            before,
        });
    }
    Ok(Recorded { abandoned, change })
}

fn plan_step(base: &Path, after: &Record, access: Access) -> Result<Step, Diagnostics> {
    let path = base.join(RECORD);
    let folder = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        base
    };
    if access == Access::Write {
        let links = ways::links_out(folder, [RECORD].into_iter(), std::iter::empty());
        unless_any(links, ())?;
    }
    let after = after.content();
    let (finding, before) = match look(&path, access)? {
        Found::Nothing => (Finding::Missing, Vec::new()),
        Found::File(before) if after.is_none() => (Finding::LeftOver, before),
        Found::File(before) => (Finding::Stale, before),
        Found::Other => return Err(report_foreign(&path).into()),
        Found::Blocked => return Err(report_foreign(obstacle(&path)).into()),
    };
    Ok(Step {
        path: RECORD.to_owned(),
        finding,
        before,
        after,
    })
}

/// What decides about the entries of a record.
struct Reckoning<'a> {
    locator: &'a Locator<'a>,
    project: &'a Project<'a>,
    wanted: &'a [String],
    purpose: Purpose,
    /// The name of the catalogue's file.
    file: &'a str,
    /// The folders of the catalogue's targets, as the record names them.
    current: HashMap<&'a str, &'a str>,
    /// The folders of all targets that the catalogue or the command line names.
    used: HashSet<PathBuf>,
    /// The folders of this run.
    planned: HashSet<&'a Path>,
    /// What this run records.
    new: BTreeSet<Entry>,
}

impl<'a> Reckoning<'a> {
    fn new(
        locator: &'a Locator<'a>,
        project: &'a Project<'a>,
        file: &'a str,
        wanted: &'a [String],
        plans: &'a [Plan],
        purpose: Purpose,
    ) -> Self {
        let own = || project.targets.iter().filter(|target| target.belongs);
        let folder = |out: &'a str| if out.is_empty() { "." } else { out };
        let current = own().map(|it| (it.target.id.as_str(), folder(&it.out)));
        let current: HashMap<_, _> = current.collect();
        let new = plans.iter().filter_map(|plan| {
            let folder = current.get(plan.target.as_str())?;
            Entry::new(folder, &plan.target, file)
        });
        let used = project.targets.iter();
        let catalog = project.catalog.id;
        Self {
            new: new.collect(),
            used: used
                .map(|it| locator.locate(catalog, it).identity)
                .collect(),
            planned: plans.iter().map(|plan| plan.identity.as_path()).collect(),
            locator,
            project,
            wanted,
            purpose,
            file,
            current,
        }
    }

    /// The entries to keep or to add, and plans for the folders of the others.
    fn sort(
        self,
        entries: impl Iterator<Item = Entry>,
    ) -> Result<(BTreeSet<Entry>, Vec<Plan>), Diagnostics> {
        let recorded: HashSet<&str> = self.new.iter().map(|it| it.folder.as_str()).collect();
        let mut abandoned: Vec<Plan> = Vec::new();
        let mut kept = BTreeSet::new();
        let mut diagnostics = Diagnostics::new();
        for entry in entries.filter(|it| !recorded.contains(it.folder.as_str())) {
            if !self.concerns(&entry) {
                kept.insert(entry);
                continue;
            }
            match self.clean(&entry, &abandoned) {
                Ok(Outcome { stays, plan }) => {
                    if stays {
                        kept.insert(entry);
                    }
                    abandoned.extend(plan);
                }
                Err(errors) => diagnostics.extend(errors),
            }
        }
        kept.extend(self.new);
        unless_any(diagnostics, (kept, abandoned))
    }

    /// Whether an entry is about a folder that a target of this run has left.
    fn concerns(&self, entry: &Entry) -> bool {
        let is_wanted = self.wanted.is_empty() || self.wanted.contains(&entry.target);
        let current = self.current.get(entry.target.as_str()).copied();
        let is_current = match current {
            Some(folder) => folder == entry.folder,
            // Any target belongs to a catalogue that names none, and this run may not know them all.
            None => !self.project.names_targets && entry.folder == default_folder(&entry.target),
        };
        is_wanted && self.is_own(entry) && !(is_current && entry.catalog == self.file)
    }

    /// Whether an entry is about this catalogue, or about one of the past that this one is adopting.
    fn is_own(&self, entry: &Entry) -> bool {
        let is_gone = || !self.locator.has_sibling(&entry.catalog);
        entry.catalog == self.file || self.purpose.adopts && is_gone()
    }

    /// What to do about a folder that a target has left.
    fn clean(&self, entry: &Entry, abandoned: &[Plan]) -> Result<Outcome, Diagnostics> {
        let located = self.locator.locate_entry(self.project.catalog.id, entry);
        let Some(folder) = located else {
            return Ok(Outcome::default());
        };
        let stays = if self.used.contains(&folder.identity) {
            // A target of this run has taken it over, or one will.
            !self.planned.contains(folder.identity.as_path())
        } else if abandoned.iter().any(|it| it.identity == folder.identity) {
            false
        } else if let Some(plan) = plan_removal(folder, &entry.target, self.purpose.access)? {
            return Ok(Outcome {
                stays: !plan.kept.is_empty(),
                plan: Some(plan),
            });
        } else {
            // The folder is somebody else's by now. Only the catalogue that has made an entry knows whether it is still needed.
            entry.catalog != self.file
        };
        Ok(Outcome { stays, plan: None })
    }
}

/// What becomes of an entry about a folder that a target has left.
#[derive(Default)]
struct Outcome {
    /// Whether it stays in the record.
    stays: bool,
    /// What to do in the folder.
    plan: Option<Plan>,
}
