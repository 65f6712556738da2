//! All that a comparison needs to know of a catalogue, as it was released or as it is.

use std::collections::BTreeMap;

use serde_json::Value;

use super::entry::{Code, ErrorEntry, Text};
use super::record::{all_errors, heads};
use crate::catalog::Catalog;
use crate::parse::NEXT;
use crate::validate::EnabledTarget;

/// What a head is about: its name, and the one of several.
pub type HeadKey<'a> = (&'a str, Option<&'a str>);

/// The state of a catalogue.
pub struct State<'a> {
    pub catalog: &'a str,
    pub heads: BTreeMap<HeadKey<'a>, &'a Value>,
    pub errors: BTreeMap<&'a Code<'a>, &'a ErrorEntry<'a>>,
}

/// What a ledger would record of a catalogue.
pub struct Record<'c> {
    catalog: &'c str,
    heads: BTreeMap<(Text<'c>, Option<Text<'c>>), Value>,
    errors: Vec<ErrorEntry<'c>>,
}

impl<'c> Record<'c> {
    /// What is there now, with what comes with the next release.
    pub fn of(catalog: &'c Catalog, targets: &'c [EnabledTarget]) -> Self {
        Self {
            catalog: catalog.id,
            heads: heads(catalog, targets),
            errors: all_errors(catalog, NEXT),
        }
    }

    pub fn state(&self) -> State<'_> {
        let errors = self.errors.iter().map(|error| (&error.code, error));
        let heads = self.heads.iter();
        let heads = heads.map(|((name, of), value)| ((&**name, of.as_deref()), value));
        State {
            catalog: self.catalog,
            heads: heads.collect(),
            errors: errors.collect(),
        }
    }
}

impl<'a> State<'a> {
    /// A head that there is one of.
    pub fn head(&self, name: &str) -> &'a Value {
        self.heads.get(&(name, None)).map_or(&Value::Null, |it| it)
    }

    /// The heads of which there are several, by the one that each is about.
    pub fn several(&self, name: &str) -> BTreeMap<&'a str, &'a Value> {
        let own = self.heads.range((name, None)..);
        let own = own.take_while(|((own, _), _)| *own == name);
        own.filter_map(|((_, of), value)| Some(((*of)?, *value)))
            .collect()
    }
}
