//! Reports what two errors share that only one can have: a code or an id.

use super::Checker;
use crate::diagnostic::{Diagnostic, Rule, Span};
use crate::parse::raw;

/// An error's use of a code or an id.
#[derive(Clone, Copy)]
pub struct Use {
    pub span: Span,
    is_retired: bool,
}

/// What two errors share.
pub struct Shared {
    pub rule: &'static Rule,
    /// "the code 1001".
    pub what: String,
    /// What is wrong with it: "is used twice".
    pub fault: &'static str,
    pub help: &'static str,
}

impl Use {
    /// The use of a code or an id at a span.
    pub fn new(error: &raw::Error, span: Span) -> Self {
        Self {
            span,
            is_retired: error.retired.is_some(),
        }
    }
}

impl Checker<'_, '_> {
    /// Reports a second use. If one of the errors is retired, the other one is at fault, whichever comes first.
    pub(super) fn report_shared(&mut self, shared: &Shared, first: Use, second: Use) {
        let diagnostic = match (first.is_retired, second.is_retired) {
            (true, false) => self.taken(shared, second, first),
            (false, true) => self.taken(shared, first, second),
            _ => {
                let message = format!("{} {}", shared.what, shared.fault);
                self.at(shared.rule, second.span, message)
                    .related(first.span, "first used here")
                    .help(shared.help)
            }
        };
        self.report(diagnostic);
    }

    fn taken(&self, shared: &Shared, live: Use, retired: Use) -> Diagnostic {
        let message = format!("{} belongs to a retired error", shared.what);
        self.at(shared.rule, live.span, message)
            .related(retired.span, "the retired error")
            .help("use another one: older servers may still send the retired error")
    }
}
