//! Chooses the locale for a reader. What a module needs for it is worked out here, once: `templates/conformance/README.md`,
//! "Locales".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::language::Language;
use super::tag::{cut, language};
use super::{Catalog, Localised};

/// Codes of languages that are others' names in the Unicode CLDR, each with the tag that it stands for.
const ALIASES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Languages whose readers understand another: what the macrolanguages Norwegian and Chinese consist of. Where a catalogue has
/// none of its own, the first of the others that it has is taken. Cantonese is written in traditional characters.
const RELATED: &[(&str, &[&str])] = &[
    ("no", &["nb", "nn"]),
    ("nb", &["no", "nn"]),
    ("nn", &["no", "nb"]),
    ("yue", &["zh-hant"]),
];

/// How to find the locale for a reader: the first part of a tag is replaced by an alias; then the tag is looked up, and again
/// each time that its last part is cut off. All tags are in lower case.
#[derive(Debug)]
pub struct Lookup<'a> {
    /// Other codes of the catalogue's languages, each with the tag that it stands for.
    pub aliases: BTreeMap<String, String>,
    /// Tags, each with the index of a locale.
    pub tags: BTreeMap<String, usize>,
    locales: &'a [&'a str],
    fallback: &'a str,
}

impl Catalog<'_> {
    pub fn lookup(&self) -> Lookup<'_> {
        Lookup::new(&self.locales, self.fallback)
    }
}

impl<'a> Lookup<'a> {
    fn new(locales: &'a [&'a str], fallback: &'a str) -> Self {
        let mut languages: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for (index, tag) in locales.iter().enumerate() {
            let tag = tag.to_ascii_lowercase();
            let own = languages.entry(language(&tag).to_owned()).or_default();
            own.push((index, tag));
        }
        let mut tags = BTreeMap::new();
        for (language, locales) in &languages {
            Language::new(language, locales).add_tags(&mut tags);
        }
        Self {
            aliases: aliases(&languages.into_keys().collect()),
            tags,
            locales,
            fallback,
        }
    }

    /// The locale for a reader's tag.
    pub fn find(&self, tag: &str) -> &'a str {
        let tag = tag.split(['@', '.']).next().unwrap_or_default();
        let tag = tag.replace('_', "-").to_ascii_lowercase();
        let language = language(&tag);
        let tag = match self.aliases.get(language) {
            Some(known) => format!("{known}{}", &tag[language.len()..]),
            None => tag,
        };
        let found = cut(&tag).find_map(|tag| self.tags.get(tag));
        found.map_or(self.fallback, |index| self.locales[*index])
    }
}

impl<'a, T> Localised<'a, T> {
    /// The texts for a reader of these locales: all of them if there are several, otherwise the one that a reader of the
    /// only locale gets.
    pub fn within(&self, locales: &[&str]) -> &[(&'a str, T)] {
        match locales {
            [only] => std::slice::from_ref(self.get(only)),
            _ => &self.texts,
        }
    }
}

/// Other codes of these languages, each with the tag that it stands for.
fn aliases(languages: &BTreeSet<String>) -> BTreeMap<String, String> {
    let canonical: HashMap<&str, &str> = ALIASES.iter().copied().collect();
    // Some catalogues use the code that is the alias.
    let mut own: HashMap<&str, &str> = HashMap::new();
    for language in languages {
        let tag = canonical.get(language.as_str()).copied();
        own.entry(tag.unwrap_or(language)).or_insert(language);
    }
    let mut found = BTreeMap::new();
    for (alias, tag) in ALIASES {
        let tag = tag.to_ascii_lowercase();
        if let Some(spelled) = own.get(language(&tag)) {
            found.insert(
                (*alias).to_owned(),
                format!("{spelled}{}", &tag[language(&tag).len()..]),
            );
        }
    }
    for (spelled, canonical) in own
        .iter()
        .map(|(canonical, spelled)| (*spelled, *canonical))
    {
        if spelled != canonical {
            found.insert(canonical.to_owned(), spelled.to_owned());
        }
    }
    for (code, others) in RELATED {
        if let Some(other) = others
            .iter()
            .find(|other| languages.contains(language(other)))
        {
            found
                .entry((*code).to_owned())
                .or_insert_with(|| (*other).to_owned());
        }
    }
    found.retain(|alias, _| !languages.contains(alias));
    found
}
