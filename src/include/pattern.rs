//! Paths of files below the catalogue's folder, in which `*` stands for any characters of a name.

use crate::portable::{is_of_git, is_portable};

/// The path of one file or of several.
pub struct Pattern<'a> {
    /// The names of its folders and of its files, in order.
    pub names: Vec<&'a str>,
}

/// Why a path is not one that errgen reads files from, and what to do about it.
pub struct Fault {
    pub message: String,
    pub help: &'static str,
}

impl<'a> Pattern<'a> {
    /// A path as the catalogue writes it.
    ///
    /// # Errors
    ///
    /// If it could lead out of the catalogue's folder, to a hidden file or to a device, on any operating system.
    pub fn parse(path: &'a str) -> Result<Self, Fault> {
        let names: Vec<_> = path.split('/').collect();
        let is_outside = |name: &&str| name.is_empty() || matches!(*name, "." | "..");
        if path.contains('\\') || names.iter().any(is_outside) {
            return Err(Fault {
                message: format!("`{path}` is not the path of files in the catalogue's folder"),
                help: "write a relative path with `/`, without `.` and `..`",
            });
        }
        for name in &names {
            if let Some((fault, help)) = fault_of(name) {
                let message = format!("`{name}` {fault}");
                return Err(Fault { message, help });
            }
        }
        Ok(Self { names })
    }
}

/// What is wrong with a name, and what to do about it.
fn fault_of(name: &str) -> Option<(&'static str, &'static str)> {
    if is_hidden(name) {
        let help = "keep the files that a catalogue names where people see them";
        Some(("is hidden, and errgen reads no hidden files", help))
    } else if name.contains("**") {
        let help = "name each level of folders: `errors/*/*.yaml`";
        Some(("would stand for folders of any depth", help))
    } else if is_portable(&name.replace('*', "x")) {
        None
    } else {
        let help =
            "use names that are valid on every operating system; `*` stands for any characters";
        Some((
            "cannot be the name of a file on every operating system",
            help,
        ))
    }
}

/// Whether a name is that of a hidden file, which may hold secrets.
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || is_of_git(name)
}

/// Whether `*` in a name of a pattern makes it stand for several.
pub fn is_open(name: &str) -> bool {
    name.contains('*')
}

/// Whether a name is one that a name of a pattern stands for. Hidden ones are not.
pub fn matches(pattern: &str, name: &str) -> bool {
    if is_hidden(name) {
        return false;
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<_> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}
