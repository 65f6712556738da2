//! The words that a shell can complete beside those of the command line: what the targets, the rules and the catalogue have.

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::diagnostic::ALL;
use crate::parse::raw;
use crate::pipeline::with_draft;
use crate::read::nearest_catalog;
use crate::target::Library;
use crate::terminal::visible;

/// How much of a description a shell shows beside a word, in characters.
const MOST_SHOWN: usize = 80;

/// The ids of targets.
pub fn targets() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let library = Library::standard();
        let targets = library.ids().filter_map(|id| library.load(id));
        let targets = targets.filter_map(Result::ok);
        let words = targets.filter_map(|it| word(&it.id, &it.manifest.description));
        words.collect()
    })
}

/// The names and the codes of rules.
pub fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let words = ALL.iter().flat_map(|rule| {
            let by_code = word(rule.code, rule.name);
            let by_name = word(rule.name, rule.code);
            by_code.into_iter().chain(by_name)
        });
        words.collect()
    })
}

/// The ids and the codes of errors.
pub fn errors() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of_catalog(|catalog| {
            let words = catalog.errors().flat_map(|error| {
                let code = error.code.as_ref().map(|code| match &code.value {
                    raw::Code::Integer(code) => code.to_string(),
                    raw::Code::Text(code) => code.to_string(),
                });
                let code = code.unwrap_or_default();
                let id = error.id.as_ref().map_or("", |id| &id.value);
                let by_id = word(id, &code);
                let by_code = word(&code, id).filter(|_| code != id);
                by_id.into_iter().chain(by_code)
            });
            words.collect()
        })
    })
}

/// The ids of categories and groups.
pub fn places() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of_catalog(|catalog| {
            let mut words = Vec::new();
            for category in &catalog.categories {
                let id = category.id.as_ref().map_or("", |id| &id.value);
                words.extend(word(id, ""));
                for group in &category.groups {
                    let own = group.id.as_ref().map_or("", |id| &id.value);
                    words.extend(word(&format!("{id}/{own}"), ""));
                }
            }
            words
        })
    })
}

/// Words of the catalogue that commands find here. None of one that cannot be read.
fn of_catalog(
    words: impl FnOnce(&raw::Catalog) -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let Some(path) = nearest_catalog() else {
        return Vec::new();
    };
    let found = with_draft(&path, &[], |draft| {
        Ok(draft.known().map(words).unwrap_or_default())
    });
    found.unwrap_or_default()
}

/// A word with what it is. `None` if a shell could take it for anything but a word: it is put on the command line as it stands.
fn word(text: &str, description: &str) -> Option<CompletionCandidate> {
    let is_plain = |it: char| it.is_alphanumeric() || "_-./:".contains(it);
    let is_word = text.starts_with(char::is_alphanumeric) && text.chars().all(is_plain);
    is_word.then(|| {
        let first = description.lines().next().unwrap_or_default();
        let shown: String = visible(first).chars().take(MOST_SHOWN).collect();
        let help = (!shown.is_empty()).then(|| shown.into());
        CompletionCandidate::new(text).help(help)
    })
}
