//! Waits until a file changes, or until the user stops it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use std::{fmt, fs, io, mem, process};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::resolved;

/// How long nothing may change before a change counts as finished: an editor takes several steps to save a file.
const QUIET: Duration = Duration::from_millis(100);

/// What a shell says of a command that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Watches a catalogue and a folder of targets, which may go and come back.
pub struct Watch {
    catalog: PathBuf,
    templates: Option<PathBuf>,
    watcher: RecommendedWatcher,
    messages: Receiver<Message>,
    /// The catalogue as the watcher names it, and what it leads to where it is a link.
    catalog_places: Vec<PathBuf>,
    /// The folder as the watcher names it.
    templates_place: Option<PathBuf>,
}

enum Message {
    Event(notify::Result<Event>),
    End,
}

/// What the waiting has ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    Change,
    /// The user has pressed Ctrl-C, or the system asks to end.
    End,
}

impl Watch {
    /// Starts to watch; from here on Ctrl-C ends no work that has begun, unless it is pressed twice.
    ///
    /// # Errors
    ///
    /// Where the system does not let files be watched.
    pub fn new(catalog: &Path, templates: Option<&Path>) -> Result<Self, Diagnostics> {
        let (sender, messages) = mpsc::channel();
        end_on_interrupt(sender.clone()).map_err(|error| unwatchable(catalog, &error))?;
        let report = move |event| {
            // Where nobody waits any more, there is nobody to tell.
            let _ = sender.send(Message::Event(event));
        };
        let watcher =
            notify::recommended_watcher(report).map_err(|error| unwatchable(catalog, &error))?;
        let mut watch = Self {
            catalog: catalog.to_owned(),
            templates: templates.map(Path::to_owned),
            watcher,
            messages,
            catalog_places: Vec::new(),
            templates_place: None,
        };
        watch.arm()?;
        Ok(watch)
    }

    /// Waits for a change and until it is finished. What changes after this has returned wakes the next one.
    ///
    /// # Errors
    ///
    /// Where the system does not let files be watched any longer.
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

    /// Whether an event is a change of what is watched. One that cannot be told may be.
    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else {
            return true;
        };
        // Reading the files, as errgen itself does, is an access.
        let is_change = !matches!(event.kind, EventKind::Access(_));
        let mut paths = event.paths.iter();
        event.need_rescan() || is_change && paths.any(|path| self.watches(path))
    }

    /// Whether a path is what is watched, a folder above it, or part of a target.
    fn watches(&self, path: &Path) -> bool {
        let templates = self.templates_place.as_deref();
        let mut places = self
            .catalog_places
            .iter()
            .map(PathBuf::as_path)
            .chain(templates);
        let is_in_target = |templates: &Path| {
            // A target is a folder: a file beside it, where our own output may go, is none of it.
            let is_beside = path.parent() == Some(templates) && path.is_file();
            path.starts_with(templates) && !is_beside
        };
        places.any(|place| place.starts_with(path)) || templates.is_some_and(is_in_target)
    }

    /// Watches what there is now: a folder that has gone is watched no longer when it comes back, and a new one inside
    /// of another may have been filled before it was.
    fn arm(&mut self) -> Result<(), Diagnostics> {
        while let Err(error) = self.try_to_arm() {
            // What has gone in this very moment is seen to be missing at the next try.
            let is_gone = match &error.kind {
                ErrorKind::PathNotFound => true,
                ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
                _ => false,
            };
            if !is_gone {
                return Err(unwatchable(&self.catalog, &error).into());
            }
        }
        Ok(())
    }

    fn try_to_arm(&mut self) -> notify::Result<()> {
        self.catalog_places = places(&self.catalog);
        for path in &self.catalog_places {
            let folder = nearest_folder(path.parent().unwrap_or(path));
            self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        self.templates_place = self.templates.as_deref().map(resolved);
        if let Some(folder) = &self.templates_place {
            let mode = if folder.is_dir() {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            self.watcher.watch(nearest_folder(folder), mode)?;
        }
        Ok(())
    }
}

fn end_on_interrupt(sender: Sender<Message>) -> Result<(), ctrlc::Error> {
    let mut asked = false;
    ctrlc::set_handler(move || {
        if mem::replace(&mut asked, true) {
            process::exit(INTERRUPTED);
        }
        // Where nobody waits any more, the end has come already.
        let _ = sender.send(Message::End);
    })
}

/// Where a file is: its path, and what that leads to where it is a link.
fn places(file: &Path) -> Vec<PathBuf> {
    let folder = resolved(file.parent().unwrap_or(Path::new("")));
    let mut places = vec![folder.join(file.file_name().unwrap_or_default())];
    places.extend(fs::canonicalize(file));
    places
}

/// The folder, or the nearest above it that exists.
fn nearest_folder(folder: &Path) -> &Path {
    let mut ancestors = folder.ancestors();
    ancestors.find(|path| path.is_dir()).unwrap_or(folder)
}

fn unwatchable(path: &Path, error: &impl fmt::Display) -> Diagnostic {
    Diagnostic::file(
        rules::UNREADABLE_FILE,
        path.display().to_string(),
        format!("cannot be watched: {error}"),
    )
}
