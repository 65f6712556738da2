//! Write: carries out plans. The only module that writes files.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::plan::{Finding, Plan, Step};
use crate::render::FILE_LIST;

/// Carries out a plan. Each file is wholly old or wholly new at any moment, and errgen's list names every file
/// before it is there: whatever happens in between, the next run knows its own.
///
/// # Errors
///
/// Where a file cannot be written; those before it are done.
pub fn write(plan: &Plan) -> Result<(), Diagnostics> {
    if plan.steps.is_empty() {
        return Ok(());
    }
    let list_path = plan.root.join(FILE_LIST);
    if !plan.old_list.covers(&plan.list) {
        // The old hash of a file that was there still holds while it is not replaced.
        let claimed = plan.old_list.union(&plan.list).to_string();
        replace(&list_path, claimed.as_bytes())?;
    }
    for step in &plan.steps {
        let path = plan.root.join(&step.path);
        match &step.after {
            Some(content) => replace(&path, content)?,
            None => remove(plan, step, &path)?,
        }
    }
    Ok(())
}

/// Puts a new file in the place of an old one, in one step: also the way to change a catalogue.
///
/// # Errors
///
/// Where it cannot be written; then the old one is as it was.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), Diagnostics> {
    let attempt = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut builder = Builder::new();
        builder.prefix(".errgen-").suffix(".tmp");
        set_permissions(&mut builder, path);
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(content)?;
        file.persist(path)?;
        Ok(())
    };
    attempt().map_err(|error| unwritable(path, "written", &error).into())
}

/// A file keeps its permissions; a new one gets those that the user's mask gives.
#[cfg(unix)]
fn set_permissions(builder: &mut Builder, path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let old = fs::metadata(path).map(|metadata| metadata.permissions());
    builder.permissions(old.unwrap_or_else(|_| fs::Permissions::from_mode(0o666)));
}

#[cfg(not(unix))]
fn set_permissions(_: &mut Builder, _: &Path) {}

fn remove(plan: &Plan, step: &Step, path: &Path) -> Result<(), Diagnostics> {
    debug_assert_eq!(step.finding, Finding::LeftOver);
    fs::remove_file(path).map_err(|error| unwritable(path, "removed", &error))?;
    // Folders that this leaves empty go with it; any other stays.
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| *folder != plan.root) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

fn unwritable(path: &Path, done: &str, error: &io::Error) -> Diagnostic {
    // The cause alone: what is around it names the temporary file, which differs from run to run.
    let cause = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::file(
        rules::UNWRITABLE_FILE,
        path.display().to_string(),
        format!("cannot be {done}: {cause}"),
    )
}
