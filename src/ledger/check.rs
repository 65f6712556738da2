//! Holds a catalogue against what was released of it.

use std::collections::HashMap;

use semver::Version;

use super::entry::Code;
use super::{Ledger, Released, unfinished};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, push, rules};
use crate::parse::raw;

/// Finds what no version allows: released codes that are gone or mean something else, and a catalogue that has another ledger or
/// another version than the last one released.
pub fn check(ledger: &Ledger, raw: &raw::Catalog) -> Diagnostics {
    if let Some(foreign) = foreign(ledger, raw) {
        return foreign.into();
    }
    let mut found = Diagnostics::new();
    found.extend(unreleased(ledger, raw));
    let present: HashMap<Code, &raw::Error> = raw
        .errors()
        .filter_map(|error| Some((Code::from(&error.code.as_ref()?.value), error)))
        .collect();
    let mut places = Places::default();
    for (code, released) in ledger.errors() {
        if let Some(error) = present.get(code) {
            found.extend(reused(ledger, code, &released, error));
        } else {
            let related = places.of(raw, &released);
            push(&mut found, removed(ledger, code, &released, related));
        }
    }
    found
}

fn foreign(ledger: &Ledger, raw: &raw::Catalog) -> Option<Diagnostic> {
    let id = raw.catalog.as_ref()?;
    let (start, span) = &ledger.start;
    if *id.value == *start.catalog {
        return None;
    }
    let message = format!(
        "this is the ledger of the catalogue `{}`, not of `{}`",
        start.catalog, id.value
    );
    let help = format!(
        "move the ledger beside its own catalogue; if this catalogue has a new id, write `{}` here",
        id.value
    );
    Some(
        Diagnostic::at(rules::FOREIGN_LEDGER, ledger.source(), *span, message)
            .related(id.span, "the catalogue beside it")
            .help(help),
    )
}

fn unreleased(ledger: &Ledger, raw: &raw::Catalog) -> Option<Diagnostic> {
    let written = raw.version.as_ref()?;
    let version = Version::parse(&written.value).ok()?;
    let last = ledger.releases.last()?;
    if version == last.version {
        let code = unfinished(raw, ledger)?;
        let message = format!(
            "the release of {} is not finished: this error does not state it",
            last.text()
        );
        let diagnostic = Diagnostic::at(
            rules::UNRELEASED_VERSION,
            ledger.source(),
            code.span,
            message,
        );
        let diagnostic = diagnostic.related(last.span, "released here");
        return Some(diagnostic.help("run `errgen release` to finish it"));
    }
    let own = &written.value;
    let last_text = last.text();
    let help = if version < last.version {
        format!(
            "run `errgen release` to finish a release that was interrupted; otherwise write `version: {last_text}`"
        )
    } else {
        "restore the ledger if lines at its end were lost; if you have changed the version by hand, run `errgen release` to record it".to_owned()
    };
    let message =
        format!("the version is {own}, but the last one that was released is {last_text}");
    Some(
        Diagnostic::at(
            rules::UNRELEASED_VERSION,
            ledger.source(),
            written.span,
            message,
        )
        .related(last.span, "released here")
        .help(help),
    )
}

fn reused(
    ledger: &Ledger,
    code: &Code,
    released: &Released,
    error: &raw::Error,
) -> Option<Diagnostic> {
    let id = error.id.as_ref()?;
    let old = &*released.error.id;
    let mut former = error.renamed_from.iter();
    if id.value == old || former.any(|it| it.value == old) {
        return None;
    }
    let message = format!(
        "the code {code} was released as `{old}`, and is now `{}`",
        id.value
    );
    Some(
        Diagnostic::at(rules::RELEASED_CODE_REUSED, ledger.source(), id.span, message)
            .related(released.span, "released here")
            .help(format!(
                "give a new error a code of its own, and bring `{old}` back; if it is the same error under a new id, add `renamed_from: [{old}]`"
            )),
    )
}

fn removed(
    ledger: &Ledger,
    code: &Code,
    released: &Released,
    related: Option<(Span, String)>,
) -> Diagnostic {
    let id = &released.error.id;
    let message = format!(
        "the code {code} (`{id}`) was released in {}, and is no longer in the catalogue",
        released.first
    );
    let diagnostic = Diagnostic::at(
        rules::RELEASED_CODE_REMOVED,
        ledger.source(),
        released.span,
        message,
    );
    let diagnostic = match related {
        Some((span, label)) => diagnostic.related(span, label),
        None => diagnostic,
    };
    diagnostic.help("bring it back; if servers no longer send it, with `retired: { since: next }`")
}

/// Where errors and categories are, found once if anything was removed.
#[derive(Default)]
struct Places<'a> {
    found: Option<HashMap<(bool, &'a str), Span>>,
}

impl<'a> Places<'a> {
    /// Where the id of an error is now, or else its category.
    fn of(&mut self, raw: &'a raw::Catalog, released: &Released) -> Option<(Span, String)> {
        let places = self.found.get_or_insert_with(|| {
            let ids = raw.errors().filter_map(|error| error.id.as_ref());
            let ids = ids.map(|id| ((true, id.value.as_ref()), id.span));
            let categories = raw.categories.iter().filter_map(|it| it.id.as_ref());
            let categories = categories.map(|id| ((false, id.value.as_ref()), id.span));
            ids.chain(categories).collect()
        });
        let error = &released.error;
        let id = places.get(&(true, &*error.id));
        let category = places.get(&(false, &*error.category));
        let id = id.map(|span| (*span, "its id has another code now".to_owned()));
        id.or_else(|| Some((*category?, "it was in this category".to_owned())))
    }
}
