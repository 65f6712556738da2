//! "Did you mean": the nearest of the names that would have been right.

/// The longest word, in characters, that is compared with others: the time grows with the product of both lengths.
const LONGEST: usize = 100;

/// The candidate nearest to what was written, if one is near enough to be meant.
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

/// How many letters differ, where they are few enough for the candidate to be meant.
pub fn distance(written: &str, candidate: &str) -> Option<usize> {
    let length = written.chars().count();
    // A third of the letters may be wrong, as rustc allows.
    let furthest = length.max(3) / 3;
    // What differs more in length needs no look at its letters.
    let is_as_long = length.abs_diff(candidate.chars().count()) <= furthest;
    (is_as_long && length <= LONGEST)
        .then(|| strsim::osa_distance(written, candidate))
        .filter(|distance| *distance <= furthest)
}

/// A help that names the nearest candidate, or says `otherwise` where none is near.
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
