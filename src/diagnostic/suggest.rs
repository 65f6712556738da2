//! "Did you mean": suggests the closest of the valid names.

/// The longest word, in characters, to compare with others: the time grows with the product of both lengths.
const LONGEST: usize = 100;

/// The candidate closest to what was written, if one is close enough to be meant.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(written, candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters differ, if few enough for the candidate to be meant.
pub fn distance(written: &str, candidate: &str) -> Option<usize> {
    let length = written.chars().count();
    // A third of the letters can be wrong, as in rustc.
    let furthest = length.max(3) / 3;
    // If the lengths differ by more, the letters need no comparison.
    let is_as_long = length.abs_diff(candidate.chars().count()) <= furthest;
    (is_as_long && length <= LONGEST)
        .then(|| strsim::osa_distance(written, candidate))
        .filter(|distance| *distance <= furthest)
}

/// A help that lists what is allowed.
pub fn use_one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().collect();
    format!("use one of `{}`", names.join("`, `"))
}

/// A help that suggests the closest candidate, or is `otherwise` if none is close.
pub fn did_you_mean<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match nearest(written, candidates) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise(),
    }
}
