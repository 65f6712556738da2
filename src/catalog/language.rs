//! Which of a language's locales its readers get, by the Unicode CLDR.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use icu_locale::fallback::{
    LocaleFallbackConfig, LocaleFallbackerBorrowed, LocaleFallbackerWithConfig,
};
use icu_locale::subtags::{Region, Script};
use icu_locale::{
    LanguageIdentifier, Locale, LocaleDirectionality, LocaleExpander, LocaleFallbacker,
};

use super::tag::cut;

/// Places that are not a country, and that locales are for: the world, Europe, and Latin America (UN M49).
const GROUPS_OF_COUNTRIES: [&str; 3] = ["001", "150", "419"];

/// A locale as the catalogue has it: its index, and its tag in lower case.
type Own = (usize, String);

/// A language and the catalogue's locales for it.
pub struct Language<'a> {
    /// As the catalogue spells it.
    code: &'a str,
    locales: &'a [Own],
    expander: LocaleExpander,
    fallbacker: LocaleFallbackerBorrowed<'static>,
    /// The locales by all that is likely of them, script and region included. Of several that are the same, the first.
    by_likely: HashMap<LanguageIdentifier, usize>,
    /// The first locale in each script.
    by_script: HashMap<Script, usize>,
}

impl<'a> Language<'a> {
    pub fn new(code: &'a str, locales: &'a [Own]) -> Self {
        let mut language = Self {
            code,
            locales,
            expander: LocaleExpander::new_extended(),
            fallbacker: LocaleFallbacker::new(),
            by_likely: HashMap::new(),
            by_script: HashMap::new(),
        };
        for (index, tag) in locales {
            if let Some(likely) = parse(tag).map(|tag| language.likely(tag)) {
                let script = likely.script;
                language.by_likely.entry(likely).or_insert(*index);
                if let Some(script) = script {
                    language.by_script.entry(script).or_insert(*index);
                }
            }
        }
        language
    }

    /// Adds the tags of the language, each with the index of the locale for its readers. Where the tag without its last part
    /// has the same, none is needed.
    pub fn add_tags(&self, tags: &mut BTreeMap<String, usize>) {
        let (first, _) = self.locales[0];
        for (index, tag) in self.locales {
            tags.entry(tag.clone()).or_insert(*index);
        }
        let Some(bare) = parse(self.code).filter(|_| self.locales.len() > 1) else {
            tags.entry(self.code.to_owned()).or_insert(first);
            return;
        };
        let regions = regions();
        let mut scripts: BTreeSet<_> = self.by_script.keys().copied().collect();
        let in_region = |region| LanguageIdentifier {
            region: Some(region),
            ..bare.clone()
        };
        scripts.extend(
            regions
                .iter()
                .filter_map(|it| self.likely(in_region(*it)).script),
        );
        let scripts: Vec<_> = scripts.into_iter().map(Some).collect();
        let mut add = |script, region| {
            let wanted = LanguageIdentifier {
                script,
                region,
                ..bare.clone()
            };
            let key = self.key(&wanted);
            let answer = self.answer(&wanted);
            if cut(&key).find_map(|tag| tags.get(tag)) != Some(&answer) {
                tags.insert(key, answer);
            }
        };
        add(None, None);
        for script in &scripts {
            add(*script, None);
        }
        for region in regions {
            for script in [None].iter().chain(&scripts) {
                add(*script, Some(region));
            }
        }
    }

    /// The locale for a reader.
    fn answer(&self, wanted: &LanguageIdentifier) -> usize {
        let (first, _) = self.locales[0];
        let by_parent = self.parents(wanted).find_map(|parent| {
            let parent = self.likely(parent);
            self.by_likely.get(&parent).copied()
        });
        let by_script = || {
            let script = self.likely(wanted.clone()).script?;
            self.by_script.get(&script).copied()
        };
        by_parent.or_else(by_script).unwrap_or(first)
    }

    /// A tag and its parents.
    fn parents(&self, tag: &LanguageIdentifier) -> impl Iterator<Item = LanguageIdentifier> {
        let fallbacker: LocaleFallbackerWithConfig =
            self.fallbacker.for_config(LocaleFallbackConfig::default());
        let mut parents = fallbacker.fallback_for(tag.into());
        std::iter::from_fn(move || {
            let parent = parents.get();
            let language =
                LanguageIdentifier::from((parent.language, parent.script, parent.region));
            let is_left = !parent.is_unknown();
            parents.step();
            is_left.then_some(language)
        })
    }

    /// A tag with the script and the region that are likely where it has none.
    fn likely(&self, mut tag: LanguageIdentifier) -> LanguageIdentifier {
        self.expander.maximize(&mut tag);
        tag
    }

    /// A tag as modules look for it: in lower case, with the language as the catalogue spells it.
    fn key(&self, tag: &LanguageIdentifier) -> String {
        let parts = [
            tag.script.map(|script| script.to_string()),
            tag.region.map(|region| region.to_string()),
        ];
        let mut key = self.code.to_owned();
        for part in parts.into_iter().flatten() {
            key.push('-');
            key.push_str(&part.to_ascii_lowercase());
        }
        key
    }
}

/// Language, script and region of a tag; codes of languages that are others' names are replaced.
fn parse(tag: &str) -> Option<LanguageIdentifier> {
    let mut locale: Locale = tag.parse().ok()?;
    icu_locale::LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    let LanguageIdentifier {
        language,
        script,
        region,
        ..
    } = locale.id;
    Some((language, script, region).into())
}

/// The script that a tag's language is written in, if that is known, and whether from right to left.
pub fn script(tag: &str) -> (Option<String>, bool) {
    let Some(mut tag) = parse(tag) else {
        return (None, false);
    };
    LocaleExpander::new_extended().maximize(&mut tag);
    let is_right_to_left = LocaleDirectionality::new_extended().is_right_to_left(&tag);
    (tag.script.map(|it| it.to_string()), is_right_to_left)
}

/// All that may be the code of a country, and groups of countries.
fn regions() -> Vec<Region> {
    let letters = || b'a'..=b'z';
    let countries = letters().flat_map(|first| letters().map(move |second| [first, second]));
    let countries = countries.filter_map(|code| Region::try_from_utf8(&code).ok());
    let groups = GROUPS_OF_COUNTRIES.into_iter();
    countries
        .chain(groups.filter_map(|code| code.parse().ok()))
        .collect()
}
