//! Shows how files change, as unified diffs that `git apply` takes from the current folder.

use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

use similar::{ChangeTag, DiffOp, TextDiff};

use crate::read::{repository_of, resolve};
use crate::terminal::{visible, visible_lines};

/// How many unchanged lines to show around a change.
const CONTEXT: usize = 3;

/// No file.
const NOTHING: &str = "/dev/null";

/// A change to a file.
pub struct FileChange<'a> {
    pub path: &'a Path,
    /// `None` if there is no file yet.
    pub before: Option<&'a [u8]>,
    /// `None` if the file is removed.
    pub after: Option<&'a [u8]>,
}

/// The diff of a change. Paths are relative to the current folder, if the file is in it.
pub fn unified(change: &FileChange) -> String {
    let path = relative(change.path);
    let old = change
        .before
        .map_or(NOTHING.to_owned(), |_| name("a", &path));
    let new = change
        .after
        .map_or(NOTHING.to_owned(), |_| name("b", &path));
    let (before, after) = (change.before.unwrap_or(b""), change.after.unwrap_or(b""));
    if before.is_empty() && after.is_empty() {
        return empty_file(change);
    }
    let (Ok(before), Ok(after)) = (str::from_utf8(before), str::from_utf8(after)) else {
        return format!("Binary files {old} and {new} differ\n");
    };
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (before, after) = (lines(before), lines(after));
    let diff = TextDiff::from_slices(&before, &after);
    let mut text = format!("--- {old}\n+++ {new}\n");
    for hunk in diff.grouped_ops(CONTEXT) {
        write_hunk(&mut text, &diff, &hunk);
    }
    text
}

/// The diff of a change as a part of a patch. One that a terminal cannot show as it is cannot be applied either, and says so.
pub fn patch(change: &FileChange) -> String {
    let diff = unified(change);
    let shown = visible_lines(&diff);
    if shown == diff {
        return diff;
    }
    let path = change.path.display().to_string();
    let mut text = format!(
        "{}: not a patch, because hidden characters are shown as escapes\n",
        visible(&path)
    );
    // Nothing takes these lines for a patch.
    text.extend(shown.lines().flat_map(|line| ["| ", line, "\n"]));
    text
}

fn write_hunk(text: &mut String, diff: &TextDiff<'_, '_, str>, hunk: &[DiffOp]) {
    let range = |of: fn(&DiffOp) -> Range<usize>| {
        let start = hunk.first().map_or(0, |op| of(op).start);
        let length = hunk.last().map_or(0, |op| of(op).end) - start;
        // Lines count from 1; of no lines, the one before them is named.
        format!("{},{length}", start + usize::from(length > 0))
    };
    let (old, new) = (range(DiffOp::old_range), range(DiffOp::new_range));
    // Writing to a string cannot fail.
    let _ = writeln!(text, "@@ -{old} +{new} @@");
    for change in hunk.iter().flat_map(|op| diff.iter_changes(op)) {
        let line = change.value();
        let signs: &[char] = match change.tag() {
            ChangeTag::Delete => &['-'],
            ChangeTag::Insert => &['+'],
            // After a space, a CI system would take it for a command.
            ChangeTag::Equal if line.trim_start().starts_with("::") => &['-', '+'],
            ChangeTag::Equal => &[' '],
        };
        for sign in signs {
            text.push(*sign);
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}

/// The diff of a file without content, which only git's own form can express. Its paths are relative to the repository.
fn empty_file(change: &FileChange) -> String {
    let path = resolve(change.path);
    let root = repository_of(&path).map_or_else(|| resolve(Path::new("")), Path::to_owned);
    let path = path.strip_prefix(root).unwrap_or(&path);
    let path = path.display().to_string();
    let (old, new) = (name("a", &path), name("b", &path));
    let mode = match (change.before, change.after) {
        (None, Some(_)) => "new",
        (Some(_), None) => "deleted",
        _ => return String::new(),
    };
    let (old, new) = (old.trim_end(), new.trim_end());
    // The blank line ends it: git would take the next header for a part of this one.
    format!("diff --git {old} {new}\n{mode} file mode 100644\n\n")
}

/// A path relative to the current folder, or as it is if it leads out of it.
fn relative(path: &Path) -> String {
    let folder = resolve(path.parent().unwrap_or(Path::new("")));
    let real = folder.join(path.file_name().unwrap_or_default());
    let inside = real.strip_prefix(resolve(Path::new("")));
    let shown = inside.unwrap_or(path).display().to_string();
    if cfg!(windows) {
        shown.replace('\\', "/")
    } else {
        shown
    }
}

/// A path in the header of a diff, as git writes it.
fn name(side: &str, path: &str) -> String {
    let path = format!("{side}/{path}");
    let is_special = |character| matches!(character, '"' | '\\' | '\t' | '\n');
    if path.contains(is_special) || visible_lines(&path) != path {
        return quoted(&path);
    }
    // Otherwise, what follows the space would be taken for a time.
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{path}{end}")
}

/// A name in quotation marks, with escapes as in C.
fn quoted(name: &str) -> String {
    let mut text = String::from("\"");
    for byte in name.bytes() {
        match byte {
            b'"' | b'\\' => text.extend(['\\', char::from(byte)]),
            b' '..=b'~' if byte != b'#' => text.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => _ = write!(text, "\\{byte:03o}"),
        }
    }
    text + "\""
}
