//! Checks the lint levels and the exemptions of a catalogue.

use super::Checker;
use crate::catalog::LINT_LEVELS;
use crate::diagnostic::{ALL, did_you_mean, rules};
use crate::parse::raw::{self, Scalar};

impl<'a> Checker<'a, '_> {
    pub(super) fn lints(&mut self, raw: &'a raw::Catalog<'a>) {
        for (name, level) in &raw.lint {
            self.lint(name);
            self.one_of("lint level", LINT_LEVELS, level);
        }
        for exemption in raw.errors().flat_map(|error| &error.allow) {
            if let Some(name) = &exemption.rule {
                self.lint(name);
            }
            if let Some(reason) = &exemption.reason {
                self.is_filled(reason);
            }
        }
    }

    /// Reports a name that is not a lint's.
    fn lint(&mut self, name: &Scalar<'a>) {
        let lints = || ALL.iter().filter(|rule| rule.is_lint());
        if !lints().any(|rule| rule.name == name.value) {
            let message = format!("unknown lint `{}`", name.value);
            let help = did_you_mean(&name.value, lints().map(|rule| rule.name), || {
                "run `errgen rule` to list the lints: their codes start with `L`".to_owned()
            });
            self.report(self.at(rules::UNKNOWN_VALUE, name.span, message).help(help));
        }
    }
}
