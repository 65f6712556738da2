//! What errors have from their category and their group, unless they say otherwise.

use super::Checker;
use crate::catalog::{PropertyValues, Retry, Transport};
use crate::diagnostic::rules;
use crate::parse::raw::Scalar;

/// What errors have, unless they say otherwise.
#[derive(Clone)]
pub struct Inherited<'a> {
    pub http: Status,
    pub retry: Option<Retry>,
    pub properties: PropertyValues<'a>,
}

/// An HTTP status, as far as it is known.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// Nobody sets it.
    #[default]
    Absent,
    /// It is wrong, which has been reported.
    Invalid,
    Valid(u16),
}

impl<'a> Checker<'a, '_> {
    /// The status that is set, or else the one that is inherited. `is_set` tells whether it is, validly or not. Reports one that
    /// no error can have.
    pub(super) fn status_or(
        &mut self,
        status: Option<&Scalar<'a>>,
        is_set: bool,
        inherited: Status,
    ) -> Status {
        let status = status.and_then(|status| match self.transport {
            Transport::Http => self.http_status(status),
            Transport::None => {
                self.report_status(status);
                None
            }
        });
        match status {
            Some(status) => Status::Valid(status),
            None if is_set => Status::Invalid,
            None => inherited,
        }
    }

    fn report_status(&mut self, status: &Scalar<'a>) {
        let message = "errors of a catalogue with `transport: none` have no HTTP status";
        let diagnostic = self.at(rules::STATUS_WITHOUT_HTTP, status.span, message);
        self.report(diagnostic.help("remove `http`, or remove `transport: none`"));
    }
}
