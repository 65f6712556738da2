//! The parts of language tags.

/// The first part of a tag.
pub fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A tag, and the tag without its last parts.
pub fn cut(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| {
        tag.rsplit_once('-').map(|(start, _)| start)
    })
}
