//! Checks that ids are unique: in the catalogue, in their category, or in their error.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Checker;
use super::reuse::{Shared, Use};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};

/// An id of an error, now or once.
struct Claim<'a> {
    error: &'a raw::Error<'a>,
    id: Use,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// The code, in place of an id.
    Code,
    Id,
    Old,
}

impl<'a> Checker<'a, '_> {
    pub(super) fn ids(&mut self, raw: &'a raw::Catalog<'a>) {
        let categories = raw
            .categories
            .iter()
            .filter_map(|category| category.id.as_ref());
        self.unique("category", "in the catalogue", categories);
        for category in &raw.categories {
            let groups = category.groups.iter().filter_map(|group| group.id.as_ref());
            self.unique("group", "in this category", groups);
        }
        self.error_ids(raw);
        for error in raw.errors().filter(|error| !error.cases.is_empty()) {
            let cases = error.cases.iter().filter_map(|case| case.id.as_ref());
            self.unique("case", "in this error", cases);
        }
    }

    fn error_ids(&mut self, raw: &'a raw::Catalog<'a>) {
        let mut seen: HashMap<&str, Claim> = HashMap::new();
        // An id that an error has comes before one that another had.
        let current = raw.errors().filter_map(|error| {
            let kind = if error.has_id { Kind::Id } else { Kind::Code };
            Some((error, error.id.as_ref()?, kind))
        });
        let old = raw.errors().flat_map(|error| {
            let ids = error.renamed_from.iter();
            ids.map(move |id| (error, id, Kind::Old))
        });
        for (error, id, kind) in current.chain(old) {
            let own = Claim {
                error,
                id: Use::new(error, id.span),
                kind,
            };
            match seen.entry(&id.value) {
                Entry::Vacant(place) => {
                    place.insert(own);
                }
                Entry::Occupied(place) => self.report_claims(&id.value, place.get(), &own),
            }
        }
    }

    /// Reports a second claim to an id.
    fn report_claims(&mut self, id: &str, first: &Claim, second: &Claim) {
        match (first.kind, second.kind) {
            // A code that is used twice has its own rule.
            (Kind::Code, Kind::Code) => {}
            (_, Kind::Old) => {
                let is_same = std::ptr::eq(first.error, second.error);
                let (message, help) = match (first.kind, is_same) {
                    (Kind::Old, true) => (
                        format!("the old id `{id}` is listed twice"),
                        "remove one of the two",
                    ),
                    (_, true) => (
                        format!("`{id}` is still the id of this error"),
                        "list only ids that it no longer has",
                    ),
                    (Kind::Old, false) => (
                        format!("two errors have the old id `{id}`"),
                        "keep it where those who look for it should end up",
                    ),
                    (_, false) => (
                        format!("the old id `{id}` is the id of another error"),
                        "a look-up finds one error: remove it here, or give the other error another id",
                    ),
                };
                let diagnostic = self.at(rules::DUPLICATE_ID, second.id.span, message);
                let diagnostic = diagnostic.related(first.id.span, "also used here");
                self.report(diagnostic.help(help));
            }
            _ => {
                let shared = Shared {
                    rule: rules::DUPLICATE_ID,
                    what: format!("the error id `{id}`"),
                    fault: "is used twice in the catalogue",
                    help: "give one error a different id",
                };
                self.report_shared(&shared, first.id, second.id);
            }
        }
    }

    fn unique(&mut self, what: &str, r#where: &str, ids: impl Iterator<Item = &'a Scalar<'a>>) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for id in ids {
            let Some(first) = seen.get(id.value.as_ref()) else {
                seen.insert(&id.value, id.span);
                continue;
            };
            let first = *first;
            let message = format!("the {what} id `{}` is used twice {}", id.value, r#where);
            self.report(
                self.at(rules::DUPLICATE_ID, id.span, message)
                    .related(first, "first used here")
                    .help(format!("give one {what} a different id")),
            );
        }
    }
}
