//! Checks the levels of lints and changes, and the exemptions of a catalogue.

use super::Checker;
use crate::catalog::LEVELS;
use crate::diagnostic::{ALL, Rule, did_you_mean, rules};
use crate::parse::raw::{self, Scalar};

impl<'a> Checker<'a, '_> {
    pub(super) fn lints(&mut self, raw: &'a raw::Catalog<'a>) {
        for (name, level) in &raw.lint {
            self.named("lint", &[LINT], name);
            self.one_of("lint level", LEVELS, level);
        }
        for (name, level) in &raw.breaking {
            self.named("change", &[CHANGE], name);
            self.one_of("level", LEVELS, level);
        }
        for exemption in raw.errors().flat_map(|error| &error.allow) {
            if let Some(name) = &exemption.rule {
                self.named("lint or change", &[LINT, CHANGE], name);
            }
            if let Some(reason) = &exemption.reason {
                self.is_filled(reason);
            }
        }
    }

    /// Reports a name that no rule of some kinds has.
    fn named(&mut self, what: &str, kinds: &[Kind], name: &Scalar<'a>) {
        let is_meant = |rule: &&&Rule| kinds.iter().any(|kind| (kind.has)(rule));
        let known = || ALL.iter().filter(is_meant);
        if !known().any(|rule| rule.name == name.value) {
            let message = format!("unknown {what} `{}`", name.value);
            let help = did_you_mean(&name.value, known().map(|rule| rule.name), || {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.list).collect();
                format!("run `errgen rule` to list {}", kinds.join(", and "))
            });
            self.report(self.at(rules::UNKNOWN_VALUE, name.span, message).help(help));
        }
    }
}

/// A kind of rules that a catalogue names.
struct Kind {
    has: fn(&Rule) -> bool,
    /// How to find them in the list of all rules.
    list: &'static str,
}

const LINT: Kind = Kind {
    has: Rule::is_lint,
    list: "the lints: their codes start with `L`",
};

const CHANGE: Kind = Kind {
    has: Rule::is_change,
    list: "the changes: their codes start with `C`",
};
