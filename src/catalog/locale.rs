//! Chooses the locale for a reader.

use std::iter::successors;

use super::{Catalog, Localised, Text};

impl Catalog<'_> {
    /// The locale for a reader's tag: the tag itself, then the tag without its last parts, then the first locale of the
    /// same language, then the fallback. `_` counts as `-`, and case is ignored.
    pub fn locale_for(&self, tag: &str) -> &str {
        let tag = tag.replace('_', "-");
        let mut cut = successors(Some(tag.as_str()), |tag| {
            tag.rsplit_once('-').map(|(start, _)| start)
        });
        let first = |is: &dyn Fn(&str) -> bool| self.locales.iter().find(|locale| is(locale));
        cut.find_map(|tag| first(&|locale| locale.eq_ignore_ascii_case(tag)))
            .or_else(|| first(&|locale| language(locale).eq_ignore_ascii_case(language(&tag))))
            .unwrap_or(&self.fallback)
    }
}

impl<'a> Localised<'a> {
    /// The texts for a reader of these locales: all of them if there are several, otherwise the one that a reader of the
    /// only locale gets.
    pub fn within(&self, locales: &[&str]) -> &[(&'a str, Text<'a>)] {
        match locales {
            [only] => std::slice::from_ref(self.get(only)),
            _ => &self.texts,
        }
    }
}

/// The first part of a tag.
fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
