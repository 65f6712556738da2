//! The other codes of languages, from the Unicode CLDR: `iw` is `he`, `deu` is `de`, and `sh` is `sr-Latn`.

use std::fmt::Write;

use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer};

/// Rust code: a list of pairs, sorted, of a code of two or three letters and the tag that it stands for.
pub fn aliases() -> String {
    let canonicalizer = LocaleCanonicalizer::new_extended();
    let letters = || 'a'..='z';
    let mut codes: Vec<String> = letters()
        .flat_map(|first| letters().map(move |second| format!("{first}{second}")))
        .collect();
    let longer: Vec<_> = codes
        .iter()
        .flat_map(|code| letters().map(move |third| format!("{code}{third}")))
        .collect();
    codes.extend(longer);
    codes.sort();
    let mut list = String::from("&[\n");
    for code in codes {
        let language: LanguageIdentifier = code.parse().expect("a code of a language");
        let mut locale = Locale::from(language.clone());
        canonicalizer.canonicalize(&mut locale);
        if locale.id != language {
            writeln!(list, "    ({code:?}, {:?}),", locale.id.to_string()).expect("a string");
        }
    }
    list + "]\n"
}
