//! What errors have from their category and their group, unless they say otherwise.

use super::Checker;
use crate::catalog::Retry;
use crate::parse::raw::Scalar;

/// What errors have, unless they say otherwise.
#[derive(Clone, Copy, Default)]
pub struct Inherited {
    pub http: Status,
    pub retry: Option<Retry>,
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
    /// The status that is set, or else the one that is inherited. `is_set` tells whether it is, validly or not.
    pub(super) fn status_or(
        &mut self,
        status: Option<&Scalar<'a>>,
        is_set: bool,
        inherited: Status,
    ) -> Status {
        let status = status.and_then(|status| self.http_status(status));
        match status {
            Some(status) => Status::Valid(status),
            None if is_set => Status::Invalid,
            None => inherited,
        }
    }
}
