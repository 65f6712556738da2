//! The list of files in an output folder: errgen uses it to track the files it owns.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use twox_hash::XxHash3_64;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};
use crate::render::{FILE_LIST, RenderedFile, is_safe};

const HEADER: &str = "\
# The files here that errgen has written, each with the XXH3 hash of its content. Check this list in.
";

/// The paths in an output folder, each with the hash of what errgen wrote there.
///
/// The hash tells an edited file from a stale one. It need not withstand an attack.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FileList {
    files: BTreeMap<String, u64>,
}

impl FileList {
    pub fn new(files: &[RenderedFile]) -> Self {
        let entry = |file: &RenderedFile| (file.path.clone(), Self::hash_of(&file.content));
        Self {
            files: files.iter().map(entry).collect(),
        }
    }

    /// Reads the list of a folder. It is empty if there is none.
    ///
    /// # Errors
    ///
    /// If it does not have the format that errgen writes: errgen cannot tell then which files are its own.
    pub fn read(root: &Path) -> Result<Self, Diagnostics> {
        let path = root.join(FILE_LIST);
        let shown = path.display().to_string();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(Self::default());
            }
            Err(error) => {
                let message = format!("cannot be read: {error}");
                return Err(Diagnostic::file(rules::UNREADABLE_FILE, shown, message).into());
            }
        };
        let source = Arc::new(Source::new(
            shown,
            String::from_utf8_lossy(&bytes).into_owned(),
        ));
        Self::parse(&source)
    }

    fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let mut files = BTreeMap::new();
        let mut offset = 0;
        for line in source.text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let entry = line.split_once("  ").and_then(|(hash, path)| {
                let hash = u64::from_str_radix(hash, 16).ok()?;
                is_safe(path).then(|| (path.to_owned(), hash))
            });
            let Some((path, hash)) = entry else {
                let span = Span::new(start..start + line.len());
                let message = "this is not a valid line of `.errgen-files`";
                let diagnostic = Diagnostic::at(rules::BAD_FILE_LIST, source, span, message);
                let help = "restore the list from version control, or delete it together with the files that it names";
                return Err(diagnostic.help(help).into());
            };
            files.insert(path, hash);
        }
        Ok(Self { files })
    }

    pub fn hash(&self, path: &str) -> Option<u64> {
        self.files.get(path).copied()
    }

    pub fn hash_of(content: &[u8]) -> u64 {
        XxHash3_64::oneshot(content)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.files.iter().map(|(path, hash)| (path.as_str(), *hash))
    }

    /// The files of both lists, which errgen can own while it writes.
    pub fn union(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.iter().map(|(path, hash)| (path.clone(), *hash)));
        Self { files }
    }

    /// Whether this list contains every file of another one.
    pub fn covers(&self, other: &Self) -> bool {
        other.files.keys().all(|path| self.files.contains_key(path))
    }
}

impl fmt::Display for FileList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HEADER)?;
        for (path, hash) in self.iter() {
            writeln!(formatter, "{hash:016x}  {path}")?;
        }
        Ok(())
    }
}
