//! Checks that ids are unique: in the catalogue, in their category, or in their error.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Checker;
use super::reuse::{Shared, Use};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};

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
        let mut seen: HashMap<&str, (Use, bool)> = HashMap::new();
        for error in raw.errors() {
            let Some(id) = &error.id else { continue };
            let own = Use::new(error, id.span);
            match seen.entry(&id.value) {
                Entry::Vacant(place) => {
                    place.insert((own, error.has_id));
                }
                // A code that is used twice has its own rule.
                Entry::Occupied(place) if !(place.get().1 || error.has_id) => {}
                Entry::Occupied(place) => {
                    let shared = Shared {
                        rule: rules::DUPLICATE_ID,
                        what: format!("the error id `{}`", id.value),
                        fault: "is used twice in the catalogue",
                        help: "give one error a different id",
                    };
                    self.report_shared(&shared, place.get().0, own);
                }
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
