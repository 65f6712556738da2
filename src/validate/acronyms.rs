//! Checks the acronyms that names keep.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Checker;
use crate::diagnostic::{Span, rules};
use crate::parse::raw::Scalar;

impl<'a> Checker<'a, '_> {
    /// The acronyms that are written as such, each once.
    pub(super) fn acronyms(&mut self, raw: &'a [Scalar<'a>]) -> Vec<&'a str> {
        let mut seen: HashMap<String, Span> = HashMap::new();
        let mut acronyms = Vec::new();
        for acronym in raw {
            if !is_acronym(&acronym.value) {
                self.report_bad(acronym);
                continue;
            }
            if !self.has_length(rules::BAD_ACRONYM, &acronym.value, acronym.span) {
                continue;
            }
            match seen.entry(acronym.value.to_ascii_lowercase()) {
                Entry::Vacant(place) => {
                    place.insert(acronym.span);
                    acronyms.push(acronym.value.as_ref());
                }
                Entry::Occupied(place) => {
                    let message = format!("the acronym `{}` is listed twice", acronym.value);
                    let diagnostic = self.at(rules::BAD_ACRONYM, acronym.span, message);
                    let diagnostic = diagnostic.related(*place.get(), "first listed here");
                    self.report(diagnostic.help("remove one of the two"));
                }
            }
        }
        acronyms
    }

    fn report_bad(&mut self, acronym: &Scalar<'a>) {
        let suggestion = acronym.value.to_ascii_uppercase();
        let help = if is_acronym(&suggestion) {
            format!("write it as people do, such as `{suggestion}`")
        } else {
            "use two or more ASCII letters and digits, starting with a letter, as in `URL`"
                .to_owned()
        };
        let message = format!("`{}` is not written as an acronym", acronym.value);
        self.report(
            self.at(rules::BAD_ACRONYM, acronym.span, message)
                .help(help),
        );
    }
}

/// Whether a text is letters and digits, starts with a capital, and has another one.
pub fn is_acronym(text: &str) -> bool {
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    is_word && text.starts_with(|first: char| first.is_ascii_uppercase()) && capitals > 1
}
