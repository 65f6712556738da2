//! Carries out plans. It is the only module that writes files.

mod lock;

pub use lock::Patience;

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::file_list::FileList;
use crate::plan::{
    Finding, Plan, RecordChange, Step, existing_folders, folders, is_out, report_foreign,
    report_link_out,
};
use crate::read::read_bytes;
use crate::render::FILE_LIST;
use crate::side_by_side::side_by_side;
use lock::lock_all;

/// A temporary file's name is this prefix, random letters and digits, and the suffix.
const PREFIX: &str = ".errgen-";
const RANDOM: usize = 16;
const SUFFIX: &str = ".tmp";

/// From this many files on, they are written in parallel: creating one takes the system longer than errgen.
const MANY: usize = 32;

/// The outcome of carrying out plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Done,
    /// Another errgen has written there since the plans were made. Nothing was done, and new plans are needed.
    Overtaken,
}

/// Carries out plans and a change to the record of folders, one errgen at a time in a folder. At any moment, each file is entirely
/// old or entirely new, and errgen's list names every file before it exists: whatever happens in between, the next run knows which
/// files are its own.
///
/// # Errors
///
/// If a file cannot be written, something foreign has got in its way since the plan, or another errgen takes longer than the user
/// has patience. The files before it are done.
pub fn write(
    plans: &[Plan],
    record: Option<&RecordChange>,
    patience: Patience,
) -> Result<Written, Diagnostics> {
    let is_new = |plan: &&Plan| !plan.steps.is_empty() && !plan.root.is_dir();
    for plan in plans.iter().filter(is_new) {
        fs::create_dir_all(&plan.root)
            .map_err(|error| report_unwritable(&plan.root, "created", &error))?;
    }
    let roots = plans.iter().map(|plan| plan.root.as_path());
    let base = record.map(|record| here(&record.base));
    let locks = lock_all(roots.chain(base), patience)?;
    for plan in plans.iter().filter(|plan| !plan.steps.is_empty()) {
        if FileList::read(&plan.root)? != plan.old_list {
            return Ok(Written::Overtaken);
        }
    }
    if let Some(record) = record {
        let now = read_bytes(&record.base.join(&record.step.path)).ok();
        if now != record.before {
            return Ok(Written::Overtaken);
        }
        if locks.is_some() {
            sweep_folder(folder_of(&record.base.join(&record.step.path)));
        }
        put_record(record, record.meanwhile.as_deref())?;
    }
    let begun = plans.iter().filter_map(|plan| {
        let root = plan.root.canonicalize().ok()?;
        if locks.is_some() {
            sweep(plan, &root);
        }
        (!plan.steps.is_empty()).then_some(Work { plan, root })
    });
    carry_out(&begun.collect::<Vec<_>>())?;
    if let Some(record) = record {
        finish_record(record)?;
    }
    Ok(Written::Done)
}

/// Replaces the record of folders, if there is a content for it.
fn put_record(record: &RecordChange, content: Option<&[u8]>) -> Result<(), Diagnostics> {
    let Some(content) = content else {
        return Ok(());
    };
    let RecordChange { base, step, .. } = record;
    let shown = base.join(&step.path);
    let root = here(base)
        .canonicalize()
        .map_err(|error| report_unwritable(&shown, "written", &error))?;
    let path = real_path(base, &root, &step.path)?;
    put(&path, content, record.before.is_some(), &shown)
}

/// Brings the record of folders into its final state.
fn finish_record(record: &RecordChange) -> Result<(), Diagnostics> {
    if record.step.after.is_some() {
        let is_final = record.meanwhile == record.step.after;
        let content = record.step.after.as_deref().filter(|_| !is_final);
        return put_record(record, content);
    }
    let path = record.base.join(&record.step.path);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(report_unwritable(&path, "removed", &error).into())
        }
        _ => {
            // Something else may be in it.
            let _ = fs::remove_dir(folder_of(&path));
            Ok(())
        }
    }
}

/// A path that the system takes.
fn here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

/// A plan with steps, and its output folder without links.
struct Work<'a> {
    plan: &'a Plan,
    root: PathBuf,
}

fn carry_out(all: &[Work]) -> Result<(), Diagnostics> {
    // Removals that make way come first, and errgen's list last. Other than that, files can be written in any order.
    let mut files = Vec::new();
    let mut last = Vec::new();
    for work in all {
        let is_claimed = work.claim()?;
        let (before, own, after) = work.steps();
        before.iter().try_for_each(|step| work.take(step))?;
        files.extend(own.into_iter().map(|step| (work, step)));
        let after = after.into_iter();
        last.push(after.filter(move |step| !(is_claimed && step.path == FILE_LIST)));
    }
    if files.len() < MANY {
        files
            .into_iter()
            .try_for_each(|(work, step)| work.take(step))?;
    } else {
        let results = side_by_side(files, |(work, step)| work.take(step));
        let errors = results.into_iter().filter_map(Result::err);
        unless_any(errors.flatten().collect(), ())?;
    }
    for (work, mut after) in all.iter().zip(last) {
        after.try_for_each(|step| work.take(step))?;
        work.remove_left_folders();
        if work.plan.is_abandoned {
            remove_abandoned_folder(work);
        }
    }
    Ok(())
}

/// Removes a folder that a target has left, and those above it that are then empty, as far as the target's path names them.
fn remove_abandoned_folder(work: &Work) {
    let mut folder = work.plan.root.as_path();
    while folder.file_name().is_some() && fs::remove_dir(folder).is_ok() {
        folder = folder_of(folder);
    }
}

impl Work<'_> {
    /// Makes sure that errgen's list names every file that is about to be written. Returns whether the list is then final.
    fn claim(&self) -> Result<bool, Diagnostics> {
        let Plan { list, old_list, .. } = self.plan;
        if old_list.covers(list) {
            return Ok(false);
        }
        // The old hash of a file remains right until it is replaced.
        let claimed = old_list.union(list);
        let shown = self.plan.root.join(FILE_LIST);
        let path = self.root.join(FILE_LIST);
        put(&path, claimed.to_string().as_bytes(), true, &shown)?;
        Ok(claimed == *list)
    }

    /// Removes the folders of files that are no longer generated, if they are empty. A killed run may have left them.
    fn remove_left_folders(&self) {
        let Self { plan, root } = self;
        let old = plan.old_list.paths();
        let left = old.filter(|path| !plan.list.contains(path));
        let folders: Vec<_> = existing_folders(&plan.root, left).collect();
        for folder in folders.iter().rev() {
            let real = plan.root.join(folder).canonicalize();
            if let Some(real) = real.ok().filter(|real| !is_out(real, root)) {
                // Others may have something in it.
                let _ = fs::remove_dir(real);
            }
        }
    }

    /// The steps that make way, the files, and the steps that come last.
    fn steps(&self) -> (&[Step], Vec<&Step>, Vec<&Step>) {
        let is_file = |step: &&Step| step.after.is_some() && step.path != FILE_LIST;
        let steps = &self.plan.steps;
        let first = steps.iter().position(|step| is_file(&step));
        let (before, rest) = steps.split_at(first.unwrap_or_default());
        let (files, after) = rest.iter().partition(is_file);
        (before, files, after)
    }

    /// Carries out one step.
    fn take(&self, step: &Step) -> Result<(), Diagnostics> {
        let Self { plan, root } = self;
        let shown = plan.root.join(&step.path);
        // errgen owns what the list names, even if another errgen has written it since the plan.
        let may_replace = step.path == FILE_LIST || plan.old_list.contains(&step.path);
        match &step.after {
            Some(content) => {
                let path = real_path(&plan.root, root, &step.path)?;
                put(&path, content, may_replace, &shown)
            }
            None => remove(plan, root, step, &shown),
        }
    }
}

/// Replaces a file in one step: a catalogue, or a depfile.
///
/// # Errors
///
/// If it cannot be written, or another errgen takes longer than the user has patience. The old file is unchanged then.
pub fn replace(path: &Path, content: &[u8], patience: Patience) -> Result<(), Diagnostics> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| report_unwritable(folder, "created", &error))?;
    let locks = lock_all([folder], patience)?;
    if locks.is_some() {
        sweep_folder(folder);
    }
    put(path, content, true, path)?;
    Ok(())
}

/// A file that gets a new content as a whole.
pub struct Replacement {
    pub path: PathBuf,
    /// `None` if there is no file yet.
    pub before: Option<Vec<u8>>,
    pub after: Vec<u8>,
}

/// Replaces several files. All contents are on the disk before the first file is replaced; then they are, in their order: whoever
/// finds some of them new and others old knows how far another run has come.
///
/// # Errors
///
/// If one cannot be written, or another errgen takes longer than the user has patience.
pub fn replace_all(files: &[Replacement], patience: Patience) -> Result<Written, Diagnostics> {
    let locks = lock_all(files.iter().map(|file| folder_of(&file.path)), patience)?;
    for file in files {
        if read_bytes(&file.path).ok() != file.before {
            return Ok(Written::Overtaken);
        }
        if locks.is_some() {
            sweep_folder(folder_of(&file.path));
        }
    }
    let report = |file: &Replacement, error: &io::Error| {
        Diagnostics::from(report_unwritable(&file.path, "written", error))
    };
    let prepared = files.iter().map(|file| {
        let old = look_at(&file.path).map_err(|error| report(file, &error))?;
        let made = prepare(&file.path, &file.after, old.as_ref());
        made.map_err(|error| report(file, &error))
    });
    let prepared: Vec<_> = prepared.collect::<Result<_, _>>()?;
    for (file, made) in files.iter().zip(prepared) {
        made.persist(&file.path)
            .map_err(|failed| report(file, &failed.error))?;
    }
    Ok(Written::Done)
}

/// The folder of a path.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Removes the temporary files of killed runs. Because of the lock, nobody else writes here.
fn sweep(plan: &Plan, root: &Path) {
    // They had added their files to the list before they began.
    let listed = plan.old_list.paths();
    for place in [""].into_iter().chain(existing_folders(&plan.root, listed)) {
        let folder = plan.root.join(place).canonicalize();
        if let Some(folder) = folder.ok().filter(|folder| folder.starts_with(root)) {
            sweep_folder(&folder);
        }
    }
}

/// A file that cannot be removed stays, and does no harm.
fn sweep_folder(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_temporary(&entry.file_name()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_temporary(name: &OsStr) -> bool {
    let name = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    let random = name.and_then(|name| name.strip_suffix(SUFFIX));
    random.is_some_and(|it| it.len() == RANDOM && it.bytes().all(|it| it.is_ascii_alphanumeric()))
}

/// The canonical path of a file, whose folder is created if needed. Links are checked again, however recent the plan is:
/// what is created and written afterwards goes to a path without links.
fn real_path(shown_root: &Path, root: &Path, path: &str) -> Result<PathBuf, Diagnostics> {
    let mut real = root.to_owned();
    let mut shown = shown_root.to_owned();
    let (parents, name) = path.rsplit_once('/').unwrap_or(("", path));
    for parent in parents.split('/').filter(|parent| !parent.is_empty()) {
        shown.push(parent);
        let next = real.join(parent);
        real = match look_at(&next) {
            Ok(None) => match fs::create_dir(&next) {
                // Another thread was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => next.canonicalize(),
                made => made.map(|()| next),
            },
            // The parent's path has no links, so neither has that of a folder in it.
            Ok(Some(there)) if there.is_dir() => Ok(next),
            _ => next.canonicalize(),
        }
        .map_err(|error| report_unwritable(&shown, "created", &error))?;
        if is_out(&real, root) {
            return Err(report_link_out(&shown).into());
        }
    }
    Ok(real.join(name))
}

/// Puts a file in its place in one step, if nothing is there or only a file that may be replaced.
fn put(path: &Path, content: &[u8], may_replace: bool, shown: &Path) -> Result<(), Diagnostics> {
    let attempt = || -> io::Result<bool> {
        let old = look_at(path)?;
        let file = prepare(path, content, old.as_ref())?;
        let is_free = look_at(path)?.is_none_or(|there| may_replace && there.is_file());
        if is_free {
            file.persist(path)?;
        }
        Ok(is_free)
    };
    match attempt() {
        Ok(true) => Ok(()),
        Ok(false) => Err(report_foreign(shown).into()),
        Err(error) => Err(report_unwritable(shown, "written", &error).into()),
    }
}

/// Writes a temporary file beside the one that it will replace.
fn prepare(path: &Path, content: &[u8], old: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).rand_bytes(RANDOM).suffix(SUFFIX);
    // Created and written as a plain file: the crate's own functions put its name into their errors, and the name
    // differs from run to run.
    let file = builder.make_in(folder_of(path), |path| create(path, old))?;
    file.as_file().write_all(content)?;
    Ok(file)
}

/// What is at a path, without following a link.
fn look_at(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Creates a file with the permissions of the one that it will replace.
fn create(path: &Path, old: Option<&Metadata>) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    set_permissions(&mut options, old);
    options.open(path)
}

/// A new file gets its permissions from the user's mask.
#[cfg(unix)]
fn set_permissions(options: &mut OpenOptions, old: Option<&Metadata>) {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    if let Some(old) = old.filter(|old| old.is_file()) {
        options.mode(old.permissions().mode());
    }
}

#[cfg(not(unix))]
fn set_permissions(_: &mut OpenOptions, _: Option<&Metadata>) {}

fn remove(plan: &Plan, root: &Path, step: &Step, shown: &Path) -> Result<(), Diagnostics> {
    debug_assert_eq!(step.finding, Finding::LeftOver);
    let folder = match folder_of(shown).canonicalize() {
        // It is already gone.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        folder => folder.map_err(|error| report_unwritable(shown, "removed", &error))?,
    };
    if is_out(&folder, root) {
        return Err(report_link_out(folder_of(shown)).into());
    }
    let path = folder.join(shown.file_name().unwrap_or_default());
    // Somebody may have edited it since the plan.
    if read_bytes(&path).is_ok_and(|content| content != step.before) {
        return Ok(());
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(report_unwritable(shown, "removed", &error).into())
        }
        _ => {
            remove_empty_folders(plan, root, &step.path);
            Ok(())
        }
    }
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty_folders(plan: &Plan, root: &Path, path: &str) {
    for folder in folders(path) {
        let real = plan.root.join(folder).canonicalize();
        let inside = real
            .ok()
            .filter(|real| real != root && real.starts_with(root));
        if let Some(folder) = inside
            && fs::remove_dir(&folder).is_err()
        {
            break;
        }
    }
}

fn report_unwritable(path: &Path, done: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::file(
        rules::UNWRITABLE_FILE,
        path.display().to_string(),
        format!("cannot be {done}: {error}"),
    )
}
