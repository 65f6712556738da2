//! The markers that git leaves in a text if two branches have changed the same lines.

use super::{Source, Span};

/// How often git repeats the character of a marker.
const LENGTH: usize = 7;

/// The character of a conflict marker, if the line is one: `<`, `|`, `=` or `>`.
pub fn conflict_marker(line: &str) -> Option<char> {
    let marker = line.chars().next().filter(|it| "<|=>".contains(*it))?;
    let rest = line.trim_start_matches(marker);
    let is_marker = line.len() - rest.len() == LENGTH && (rest.is_empty() || rest.starts_with(' '));
    is_marker.then_some(marker)
}

/// The entries of a list that errgen keeps, one a line, each with its place: without comments, blank lines and conflict markers, and
/// without those of the common ancestor, which belong to neither branch.
pub fn entries(source: &Source) -> impl Iterator<Item = (Span, &str)> {
    let mut offset = 0;
    let mut is_of_the_base = false;
    source.text.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        let line = line.trim_end();
        if let Some(marker) = conflict_marker(line) {
            is_of_the_base = marker == '|';
            return None;
        }
        let is_entry = !line.is_empty() && !line.starts_with('#') && !is_of_the_base;
        is_entry.then(|| (Span::new(start..start + line.len()), line))
    })
}

/// Whether git has left conflict markers in a list.
pub fn is_in_conflict(source: &Source) -> bool {
    let mut lines = source.text.lines();
    lines.any(|line| conflict_marker(line.trim_end()).is_some())
}
