//! Whose an output folder is.

use std::collections::BTreeSet;
use std::fmt;

use crate::portable::fold;

/// The longest value of a line, in bytes: no file system has a longer path.
const MAX_VALUE: usize = 4096;

/// How many values of a key to show, and how much of each: a list may come from anybody.
const SHOWN: usize = 3;
const LONGEST: usize = 100;

/// The catalogue and the target that write to a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The catalogue's id.
    pub catalog: String,
    /// The catalogue's path relative to the folder, with `/`. `None` with `--out`: where a build puts its folders is no property
    /// of the catalogue.
    pub file: Option<String>,
    /// The target's id.
    pub target: String,
}

impl Owner {
    /// An owner whose values each fit on a line.
    pub fn new(catalog: &str, file: Option<&str>, target: &str) -> Self {
        Self {
            catalog: on_one_line(catalog),
            file: file.map(on_one_line),
            target: on_one_line(target),
        }
    }
}

/// A value without line ends and other control characters, which a target's name may contain.
fn on_one_line(value: &str) -> String {
    let escaped = value.chars().flat_map(|character| {
        let is_plain = !character.is_control();
        let plain = is_plain.then_some(character);
        let escape = (!is_plain).then(|| character.escape_unicode());
        plain.into_iter().chain(escape.into_iter().flatten())
    });
    escaped.collect::<String>().trim().to_owned()
}

/// What the head of a list says about the owner. Empty in a list of errgen 0.1. A key has several values if git has merged two
/// branches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    catalogs: BTreeSet<String>,
    files: BTreeSet<String>,
    targets: BTreeSet<String>,
}

impl From<&Owner> for Owners {
    fn from(owner: &Owner) -> Self {
        Self {
            catalogs: [owner.catalog.clone()].into(),
            files: owner.file.iter().cloned().collect(),
            targets: [owner.target.clone()].into(),
        }
    }
}

impl Owners {
    /// Reads a line of the head. Returns whether it is one.
    pub fn read(&mut self, line: &str) -> bool {
        let Some((key, value)) = line.split_once(": ") else {
            return false;
        };
        let values = match key {
            "catalog" => &mut self.catalogs,
            "file" => &mut self.files,
            "target" => &mut self.targets,
            _ => return false,
        };
        let is_value = value.len() <= MAX_VALUE && !value.contains(char::is_control);
        if is_value {
            values.insert(value.trim().to_owned());
        }
        is_value
    }

    /// Whether nothing contradicts that a folder is this owner's.
    pub fn admit(&self, owner: &Owner) -> bool {
        let admits = |known: &BTreeSet<String>, value: &str| {
            known.is_empty() || known.iter().any(|it| fold(it) == fold(value))
        };
        admits(&self.catalogs, &owner.catalog)
            && admits(&self.targets, &owner.target)
            && owner.file.as_ref().is_none_or(|it| admits(&self.files, it))
    }

    /// Whether they say that a folder is this owner's, catalogue and target.
    pub fn name(&self, owner: &Owner) -> bool {
        let is_complete = [&self.catalogs, &self.files, &self.targets]
            .iter()
            .all(|values| !values.is_empty());
        is_complete && owner.file.is_some() && self.admit(owner)
    }

    /// The catalogue's path relative to the folder, if there is exactly one.
    pub fn file(&self) -> Option<&str> {
        let mut files = self.files.iter();
        let first = files.next()?;
        files.next().is_none().then_some(first)
    }

    /// Such as "the target `python` of the catalogue `shop`".
    pub fn description(&self) -> String {
        let list = |values: &BTreeSet<String>| {
            let cut = |value: &String| value.chars().take(LONGEST).collect::<String>();
            let quoted = values.iter().map(|value| format!("`{}`", cut(value)));
            quoted.take(SHOWN).collect::<Vec<_>>().join(" or ")
        };
        match (self.targets.is_empty(), self.catalogs.is_empty()) {
            (false, false) => format!(
                "the target {} of the catalogue {}",
                list(&self.targets),
                list(&self.catalogs)
            ),
            (false, true) => format!("the target {} of another catalogue", list(&self.targets)),
            (true, false) => format!("the catalogue {}", list(&self.catalogs)),
            (true, true) => "another catalogue".to_owned(),
        }
    }
}

impl fmt::Display for Owners {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = [
            ("catalog", &self.catalogs),
            ("file", &self.files),
            ("target", &self.targets),
        ];
        for (key, values) in keys {
            for value in values {
                writeln!(formatter, "{key}: {value}")?;
            }
        }
        Ok(())
    }
}
