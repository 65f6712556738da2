//! Keeps two errgens from writing to one folder at a time.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};

/// How long to wait before saying so.
const SILENCE: Duration = Duration::from_secs(1);

/// How often to try again.
const PAUSE: Duration = Duration::from_millis(20);

/// How to wait for another errgen.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    pub limit: Duration,
    /// Tells the user what errgen is waiting for.
    pub say: &'a dyn Fn(&str),
}

/// Waits until no other errgen writes to any of these folders, and keeps others waiting as long as the handles live.
/// `None` if the file system cannot lock folders: each file is still whole then, but temporary files are not removed.
///
/// # Errors
///
/// If it takes too long.
pub fn lock_all<'a>(
    folders: impl IntoIterator<Item = &'a Path>,
    patience: Patience,
) -> Result<Option<Vec<File>>, Diagnostics> {
    // In the same order everywhere, so that no two wait for each other. A missing folder has nothing to lock.
    let real: BTreeSet<(PathBuf, &Path)> = folders
        .into_iter()
        .filter_map(|folder| Some((folder.canonicalize().ok()?, folder)))
        .collect();
    let start = Instant::now();
    let mut handles = Vec::new();
    let mut previous = None;
    for (folder, shown) in &real {
        // Under two names, it is still one lock.
        if previous.replace(folder) == Some(folder) {
            continue;
        }
        match lock(folder, shown, start, patience)? {
            Some(handle) => handles.push(handle),
            None => return Ok(None),
        }
    }
    Ok(Some(handles))
}

/// Locks a folder. `None` if that is not possible there.
fn lock(
    folder: &Path,
    shown: &Path,
    start: Instant,
    patience: Patience,
) -> Result<Option<File>, Diagnostics> {
    let Ok(handle) = File::open(folder) else {
        return Ok(None);
    };
    let mut has_said = false;
    loop {
        match handle.try_lock() {
            Ok(()) => return Ok(Some(handle)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) => {}
        }
        let waited = start.elapsed();
        if waited >= patience.limit {
            return Err(report_busy(shown, patience.limit).into());
        }
        if waited >= SILENCE && !has_said {
            has_said = true;
            let folder = shown.display();
            (patience.say)(&format!(
                "waiting for another errgen, which is writing to {folder}"
            ));
        }
        thread::sleep(PAUSE.min(patience.limit.saturating_sub(waited)));
    }
}

fn report_busy(folder: &Path, limit: Duration) -> Diagnostic {
    let seconds = limit.as_secs_f64();
    Diagnostic::file(
        rules::BUSY_FOLDER,
        folder.display().to_string(),
        format!("another errgen has been writing to this folder for {seconds} seconds"),
    )
    .help("wait until it has finished, or stop it; `--wait-seconds` sets how long to wait")
}
