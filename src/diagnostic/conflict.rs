//! The markers that git leaves in a text if two branches have changed the same lines.

/// How often git repeats the character of a marker.
const LENGTH: usize = 7;

/// The character of a conflict marker, if the line is one: `<`, `|`, `=` or `>`.
pub fn conflict_marker(line: &str) -> Option<char> {
    let marker = line.chars().next().filter(|it| "<|=>".contains(*it))?;
    let rest = line.trim_start_matches(marker);
    let is_marker = line.len() - rest.len() == LENGTH && (rest.is_empty() || rest.starts_with(' '));
    is_marker.then_some(marker)
}
