//! Waits until a file changes, or until the user stops it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use std::{fmt, fs, io, mem, process};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::resolve;

/// A change counts as finished after this time without another one: editors save a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// The exit status of a command that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Watches a catalogue and a folder of targets, which can disappear and come back.
pub struct Watch {
    catalog: PathBuf,
    templates: Option<PathBuf>,
    watcher: RecommendedWatcher,
    messages: Receiver<Message>,
    /// The catalogue's path as the watcher reports it, and its destination if it is a link.
    catalog_places: Vec<PathBuf>,
    /// The folder's path as the watcher reports it.
    templates_place: Option<PathBuf>,
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
    /// Starts to watch. From here on, Ctrl-C lets errgen finish what it has begun, unless it is pressed twice.
    ///
    /// # Errors
    ///
    /// If the system does not allow it.
    pub fn new(catalog: &Path, templates: Option<&Path>) -> Result<Self, Diagnostics> {
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
            watcher,
            messages,
            catalog_places: Vec::new(),
            templates_place: None,
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
            // A target is a folder. A file beside it is not part of it, and may be errgen's own output.
            let is_beside = path.parent() == Some(templates) && path.is_file();
            path.starts_with(templates) && !is_beside
        };
        places.any(|place| place.starts_with(path)) || templates.is_some_and(is_in_target)
    }

    /// Watches what exists now. A folder that was removed is no longer watched when it comes back, and a new folder may have
    /// been filled before it was watched.
    fn arm(&mut self) -> Result<(), Diagnostics> {
        while let Err(error) = self.try_to_arm() {
            // Something was removed in this very moment. The next attempt notices.
            let is_gone = match &error.kind {
                ErrorKind::PathNotFound => true,
                ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
                _ => false,
            };
            if !is_gone {
                return Err(report_unwatchable(&self.catalog, &error).into());
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
        self.templates_place = self.templates.as_deref().map(resolve);
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
        // If nobody waits any more, errgen is already stopping.
        let _ = sender.send(Message::End);
    })
}

/// The paths of a file: its own, and its destination if it is a link.
fn places(file: &Path) -> Vec<PathBuf> {
    let folder = resolve(file.parent().unwrap_or(Path::new("")));
    let mut places = vec![folder.join(file.file_name().unwrap_or_default())];
    places.extend(fs::canonicalize(file));
    places
}

/// The folder, or the nearest above it that exists.
fn nearest_folder(folder: &Path) -> &Path {
    let mut ancestors = folder.ancestors();
    ancestors.find(|path| path.is_dir()).unwrap_or(folder)
}

fn report_unwatchable(path: &Path, error: &impl fmt::Display) -> Diagnostic {
    Diagnostic::file(
        rules::UNWATCHABLE_FILE,
        path.display().to_string(),
        format!("cannot be watched: {error}"),
    )
}
