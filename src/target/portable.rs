//! File names that are valid on every operating system.

/// Names that are devices on Windows, with any extension. The names below are devices if a digit follows.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// Whether a part of a path is a valid name on every operating system, and not that of a `.git` folder.
pub fn is_portable(part: &str) -> bool {
    !part.is_empty()
        && part != "."
        && part != ".."
        && !is_of_git(part)
        && !part.ends_with(|last: char| last == '.' || last.is_whitespace())
        && !is_device(part)
        && !part.contains(|character: char| {
            character.is_control()
                || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        })
}

/// Whether a name is that of a `.git` folder, whose content decides which programs git runs.
pub fn is_of_git(part: &str) -> bool {
    part.eq_ignore_ascii_case(".git")
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let is_in = |names: &[&str], text: &str| names.iter().any(|it| it.eq_ignore_ascii_case(text));
    let is_digit = |last: char| last.is_ascii_digit() || matches!(last, '¹' | '²' | '³');
    let numbered = stem.strip_suffix(is_digit);
    is_in(DEVICES, stem) || numbered.is_some_and(|name| is_in(NUMBERED_DEVICES, name))
}
