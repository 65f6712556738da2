//! Runs the user's git, which reads and tells, and never fetches, writes or runs anything.

use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

/// Variables that name another repository than the one that a folder is in, as they are set in a hook.
const OTHER_REPOSITORY: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
];

/// Why git has not answered.
pub enum Fault {
    /// It could not be started.
    Absent(io::Error),
    /// It has refused, and has said why.
    Refused(String),
}

/// A command of git in a folder.
pub fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "-c", "core.fsmonitor=false"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        // An older git, which does not know the variable above, is allowed no way to fetch.
        .env("GIT_ALLOW_PROTOCOL", "");
    for name in OTHER_REPOSITORY {
        command.env_remove(name);
    }
    command
}

/// What git prints when it is asked something in a folder.
pub fn ask<'a>(folder: &Path, words: impl IntoIterator<Item = &'a OsStr>) -> Result<String, Fault> {
    let output = git(folder).args(words).output().map_err(Fault::Absent)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Fault::Refused(
        String::from_utf8_lossy(&output.stderr).into_owned(),
    ))
}

impl Fault {
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Absent(error) if error.kind() == ErrorKind::NotFound)
    }

    /// What it says, in one line, and what it says to do about it.
    pub fn said(&self) -> (String, Option<String>) {
        let text = match self {
            Self::Absent(error) => return (error.to_string(), None),
            Self::Refused(text) => text,
        };
        let lines = text.lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with("warning: "));
        let first = lines.next().unwrap_or("it does not say why");
        let first = first.strip_prefix("fatal: ").unwrap_or(first);
        let rest: Vec<_> = lines.collect();
        let rest = Some(rest.join(" ")).filter(|rest| !rest.is_empty());
        (first.to_owned(), rest)
    }
}
