//! Checks what a manifest says programs use.

use std::sync::Arc;

use super::manifest::Manifest;
use crate::diagnostic::{
    ALL, Diagnostic, Diagnostics, Rule, Source, Span, did_you_mean, rules, unless_any,
};

/// Checks that the names are kinds that the target has, and that the changes have rules.
///
/// # Errors
///
/// Everything that does not exist, with its place.
pub fn check(source: &Arc<Source>, manifest: &Manifest) -> Result<(), Diagnostics> {
    let Some(surface) = &manifest.surface else {
        return Ok(());
    };
    let mut diagnostics = Diagnostics::new();
    for (entity, kinds) in &surface.names {
        let known: Vec<_> = manifest.names.get(entity).into_iter().flatten().collect();
        for kind in kinds {
            if !known.iter().any(|(own, _)| *own == kind) {
                let message = format!("{} has no names of the kind `{kind}`", entity.name());
                let names = known.iter().map(|(own, _)| own.as_str());
                let help = did_you_mean(kind, names, || "declare it under `names`".to_owned());
                diagnostics.push(at(source, kind, message).help(help));
            }
        }
    }
    let released = [rules::RELEASED_CODE_REMOVED, rules::RELEASED_CODE_REUSED];
    let is_known = |rule: &&&Rule| rule.is_change() || released.contains(*rule);
    let known: Vec<_> = ALL.iter().filter(is_known).map(|rule| rule.name).collect();
    let binary = surface.binary.iter().flatten();
    for (change, _) in surface.source.iter().chain(binary) {
        let name = change.split('/').next().unwrap_or_default();
        if !known.contains(&name) {
            let message = format!("no change has the name `{name}`");
            let help = did_you_mean(name, known.iter().copied(), || {
                "run `errgen rule` to list the changes: their codes start with `C`".to_owned()
            });
            diagnostics.push(at(source, change, message).help(help));
        }
    }
    unless_any(diagnostics, ())
}

/// A diagnostic at a word, after the key that it stands below.
fn at(source: &Arc<Source>, word: &str, message: String) -> Diagnostic {
    let start = source.text.find("surface:").unwrap_or_default();
    let at = source.text[start..]
        .find(word)
        .map_or(start, |at| start + at);
    Diagnostic::at(
        rules::BAD_MANIFEST,
        source,
        Span::new(at..at + word.len()),
        message,
    )
}
