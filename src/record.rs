//! The record of output folders beside a catalogue: it remembers where a target has written before it moved or was taken out.

use std::collections::BTreeSet;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, entries, rules};
use crate::portable::is_portable;
use crate::read::read_bytes;

/// The record's path, relative to the catalogue's folder.
pub const RECORD: &str = ".errgen/folders";

const HEADER: &str = "\
# The folders that errgen generates into: folder, target and catalogue. Commit this list.
";

/// The longest line, in bytes.
const MAX_LINE: usize = 4096;

/// The folders that the catalogues in one folder have been generated into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub entries: BTreeSet<Entry>,
}

/// A folder that a target has written to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Relative to the catalogue's folder, with `/`.
    pub folder: String,
    /// The target's id.
    pub target: String,
    /// The name of the catalogue's file.
    pub catalog: String,
}

impl Record {
    /// Reads the record in a catalogue's folder, and its content. Both are empty if there is none.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or a line does not have the format that errgen writes.
    pub fn read(base: &Path) -> Result<(Self, Option<Vec<u8>>), Diagnostics> {
        let path = base.join(RECORD);
        let shown = path.display().to_string();
        match read_bytes(&path) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let record = Self::parse(&Arc::new(Source::new(shown, text)))?;
                Ok((record, Some(bytes)))
            }
            // What is in its way is reported when it is to be written.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
                ) =>
            {
                Ok((Self::default(), None))
            }
            Err(error) => {
                let message = format!("cannot be read: {error}");
                Err(Diagnostic::file(rules::UNREADABLE_FILE, shown, message).into())
            }
        }
    }

    fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let mut record = Self::default();
        for (span, line) in entries(source) {
            let Some(entry) = Entry::parse(line) else {
                let message = "this is not a valid line of `.errgen/folders`";
                let diagnostic = Diagnostic::at(rules::BAD_FOLDER_RECORD, source, span, message);
                let help = "restore the file from version control, or delete the line";
                return Err(diagnostic.help(help).into());
            };
            record.entries.insert(entry);
        }
        Ok(record)
    }

    /// The content of the file. `None` if there is nothing to record.
    pub fn content(&self) -> Option<Vec<u8>> {
        (!self.entries.is_empty()).then(|| self.to_string().into_bytes())
    }
}

impl fmt::Display for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HEADER)?;
        for entry in &self.entries {
            let Entry {
                folder,
                target,
                catalog,
            } = entry;
            writeln!(formatter, "{folder}\t{target}\t{catalog}")?;
        }
        Ok(())
    }
}

impl Entry {
    /// An entry, if the record can hold it: its values may contain no tabs and line ends, and the catalogue is a file in the
    /// record's own folder.
    pub fn new(folder: &str, target: &str, catalog: &str) -> Option<Self> {
        let is_name = |value: &str| {
            !value.is_empty() && value.trim() == value && !value.contains(char::is_control)
        };
        let is_part = |part: &str| part == ".." || is_portable(part);
        let is_folder = folder == "." || folder.split('/').all(is_part);
        let length = folder.len() + target.len() + catalog.len();
        let is_valid = is_folder
            && is_name(target)
            && is_name(catalog)
            && !catalog.contains(['/', '\\'])
            && ![".", ".."].contains(&catalog)
            && length <= MAX_LINE;
        is_valid.then(|| Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
            catalog: catalog.to_owned(),
        })
    }

    fn parse(line: &str) -> Option<Self> {
        let mut values = line.split('\t');
        let entry = Self::new(values.next()?, values.next()?, values.next()?);
        entry.filter(|_| values.next().is_none())
    }
}
