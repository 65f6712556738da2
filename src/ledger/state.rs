//! All that a comparison needs to know of a catalogue, as it was released or as it is.

use std::collections::BTreeMap;

use serde_json::Value;

use super::entry::{Code, ErrorEntry};
use super::record::{all_errors, errors, heads};
use crate::catalog::Catalog;
use crate::parse::NEXT;
use crate::validate::EnabledTarget;

/// What a head is about: its name, and the one of several.
pub type HeadKey<'a> = (&'a str, Option<&'a str>);

/// The state of a catalogue.
pub struct State<'a> {
    pub catalog: &'a str,
    pub heads: BTreeMap<HeadKey<'a>, &'a Value>,
    pub errors: BTreeMap<&'a Code, &'a ErrorEntry>,
}

/// What a ledger would record of a catalogue.
pub struct Record {
    catalog: String,
    heads: BTreeMap<(String, Option<String>), Value>,
    errors: Vec<ErrorEntry>,
}

impl Record {
    /// What is there now, with what comes with the next release.
    pub fn of(catalog: &Catalog, targets: &[EnabledTarget]) -> Self {
        Self {
            catalog: catalog.id.to_owned(),
            heads: heads(catalog, targets),
            errors: all_errors(catalog, NEXT),
        }
    }

    /// The same without what comes with the next release.
    pub fn released(catalog: &Catalog, targets: &[EnabledTarget]) -> Self {
        Self {
            errors: errors(catalog, NEXT),
            ..Self::of(catalog, targets)
        }
    }

    pub fn state(&self) -> State<'_> {
        let errors = self.errors.iter().map(|error| (&error.code, error));
        State {
            catalog: &self.catalog,
            heads: keyed(&self.heads),
            errors: errors.collect(),
        }
    }
}

/// Heads by what they are about. One without a value is no longer there.
pub fn keyed(heads: &BTreeMap<(String, Option<String>), Value>) -> BTreeMap<HeadKey<'_>, &Value> {
    let present = heads.iter().filter(|(_, value)| !value.is_null());
    let keyed = present.map(|((name, of), value)| ((name.as_str(), of.as_deref()), value));
    keyed.collect()
}

impl<'a> State<'a> {
    /// A head that there is one of.
    pub fn head(&self, name: &str) -> &'a Value {
        self.heads.get(&(name, None)).map_or(&Value::Null, |it| it)
    }

    /// The heads of which there are several, by the one that each is about.
    pub fn several(&self, name: &str) -> BTreeMap<&'a str, &'a Value> {
        let own = self.heads.iter().filter(|((own, _), _)| *own == name);
        own.filter_map(|((_, of), value)| Some(((*of)?, *value)))
            .collect()
    }
}
