//! Waits until a file changes, or until the user stops it.

mod followed;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use std::{fmt, io, mem, process};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use followed::{Failure, Followed};

/// A change counts as finished after this time without another one: editors save a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// The exit status of a command that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Watches a catalogue and a folder of targets, which can disappear and come back.
pub struct Watch {
    catalog: PathBuf,
    templates: Option<PathBuf>,
    allowed: Vec<PathBuf>,
    watcher: RecommendedWatcher,
    messages: Receiver<Message>,
    followed: Followed,
}

enum Message {
    Event(notify::Result<Event>),
    End,
}

/// Why the wait has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    Change,
    /// The user pressed Ctrl-C, or the system asked errgen to stop.
    End,
}

impl Watch {
    /// Starts to watch, also the folders that links may lead to. From here on, Ctrl-C lets errgen finish what it has begun, unless it is pressed twice.
    ///
    /// # Errors
    ///
    /// If the system does not allow it.
    pub fn new(
        catalog: &Path,
        templates: Option<&Path>,
        allowed: &[PathBuf],
    ) -> Result<Self, Diagnostics> {
        let (sender, messages) = mpsc::channel();
        end_on_interrupt(sender.clone()).map_err(|error| report_unwatchable(catalog, &error))?;
        let report = move |event| {
            // Nobody may be waiting any more.
            let _ = sender.send(Message::Event(event));
        };
        let watcher = notify::recommended_watcher(report)
            .map_err(|error| report_unwatchable(catalog, &error))?;
        let mut watch = Self {
            catalog: catalog.to_owned(),
            templates: templates.map(Path::to_owned),
            allowed: allowed.to_owned(),
            watcher,
            messages,
            followed: Followed::default(),
        };
        watch.arm()?;
        Ok(watch)
    }

    /// Waits for a change, and until it is finished. Later changes wake the next call.
    ///
    /// # Errors
    ///
    /// If the system does not allow files to be watched any longer.
    pub fn wait(&mut self) -> Result<Wake, Diagnostics> {
        let mut finished: Option<Instant> = None;
        loop {
            let message = match finished {
                None => self
                    .messages
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => {
                    let left = at.saturating_duration_since(Instant::now());
                    self.messages.recv_timeout(left)
                }
            };
            match message {
                Ok(Message::Event(event)) if self.concerns(&event) => {
                    finished = Some(Instant::now() + QUIET);
                }
                Ok(Message::Event(_)) => {}
                Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => return Ok(Wake::End),
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        self.arm()?;
        Ok(Wake::Change)
    }

    /// Whether an event is a change of a watched file. If it cannot be told, it may be.
    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else {
            return true;
        };
        // Access events come from reading the files, as errgen itself does.
        let is_change = !matches!(event.kind, EventKind::Access(_));
        let mut paths = event.paths.iter();
        event.need_rescan() || is_change && paths.any(|path| self.followed.contains(path))
    }

    /// Watches what exists now. A folder that was removed is no longer watched when it comes back, and a new folder may have
    /// been filled before it was watched.
    fn arm(&mut self) -> Result<(), Diagnostics> {
        loop {
            let watcher = &mut self.watcher;
            let watch = |folder: &Path| watcher.watch(folder, RecursiveMode::NonRecursive);
            let templates = self.templates.as_deref();
            match Followed::find(&self.catalog, templates, &self.allowed, watch) {
                Ok(followed) => {
                    for folder in self.followed.folders.difference(&followed.folders) {
                        // If it was removed, it is no longer watched.
                        let _ = self.watcher.unwatch(folder);
                    }
                    self.followed = followed;
                    return Ok(());
                }
                // Something was removed in this very moment. The next attempt notices.
                Err(Failure::Unwatchable(error)) if is_gone(&error) => {}
                Err(Failure::Unwatchable(error)) => {
                    return Err(report_unwatchable(&self.catalog, &error).into());
                }
                Err(Failure::TooMany(folder)) => return Err(report_too_many(&folder).into()),
            }
        }
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn end_on_interrupt(sender: Sender<Message>) -> Result<(), ctrlc::Error> {
    let mut asked = false;
    ctrlc::set_handler(move || {
        if mem::replace(&mut asked, true) {
            process::exit(INTERRUPTED);
        }
        // If nobody waits any more, errgen is already stopping.
        let _ = sender.send(Message::End);
    })
}

fn report_unwatchable(path: &Path, error: &impl fmt::Display) -> Diagnostic {
    Diagnostic::file(
        rules::UNWATCHABLE_FILE,
        path.display().to_string(),
        format!("cannot be watched: {error}"),
    )
}

fn report_too_many(folder: &Path) -> Diagnostic {
    Diagnostic::file(
        rules::UNWATCHABLE_FILE,
        folder.display().to_string(),
        "there are more folders in it than errgen watches (1000)",
    )
    .help("keep what is not part of a target, such as `node_modules`, out of the `--templates` folder")
}
