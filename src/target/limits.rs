//! Limits for manifests. errgen itself makes names from them for every error, so a short manifest can cause a lot of work. And what a
//! manifest has to have beside what its type says.

use std::sync::Arc;

use super::Manifest;
use super::manifest::Reserved;
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules, unless_any};

/// At least four times what any standard target needs.
const KINDS: usize = 32;
const FORMAT: usize = 64;
const WORDS: usize = 2000;

/// Refuses a manifest that would cause too much work for every error, or has an option that cannot be set.
pub fn check(source: &Arc<Source>, manifest: &Manifest) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let mut refuse = |text: &str, message: String| {
        let start = source.text.find(text).unwrap_or_default();
        let span = Span::new(start..start);
        diagnostics.push(Diagnostic::at(rules::BAD_MANIFEST, source, span, message));
    };
    for (name, option) in &manifest.options {
        if option.values.is_empty() && option.pattern.is_none() {
            refuse(
                name,
                format!("the option `{name}` has neither `values` nor a `pattern`"),
            );
        }
    }
    if manifest.names.values().any(|kinds| kinds.len() > KINDS) {
        let message = format!("an entity can have at most {KINDS} kinds of names");
        refuse("names:", message);
    }
    let rules = || manifest.names.values().flat_map(|kinds| kinds.values());
    let reserved = || {
        let own = rules().flat_map(|rule| &rule.reserved);
        own.chain(&manifest.reserved)
    };
    let formats = rules().flat_map(|rule| {
        let device = rule.file.as_ref().map(|file| &file.device);
        [Some(&rule.format), rule.if_taken.as_ref(), device]
    });
    let formats = formats.flatten();
    let formats = formats.chain(reserved().map(|Reserved { format, .. }| format));
    for format in formats.filter(|format| format.len() > FORMAT) {
        refuse(format, format!("a format can have at most {FORMAT} bytes"));
    }
    if reserved().map(|it| it.words.len()).sum::<usize>() > WORDS {
        let message = format!("a target can reserve at most {WORDS} words");
        refuse("reserved:", message);
    }
    unless_any(diagnostics, ())
}
