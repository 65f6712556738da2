//! Which part of a catalogue a target shows.

use crate::catalog::Error;
use crate::validate::EnabledTarget;

/// Which errors, categories and groups a target shows. By default, all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    pub drops_retired: bool,
    /// Whether categories and groups without errors are left out. There are none unless retired errors are dropped.
    pub omits_empty: bool,
}

impl Selection {
    pub fn of(enabled: &EnabledTarget) -> Self {
        Self {
            drops_retired: enabled.drops_retired,
            omits_empty: enabled.target.manifest.omits_empty,
        }
    }

    pub fn has_error(self, error: &Error) -> bool {
        !self.drops_retired || error.retired.is_none()
    }

    /// Whether a category or a group with these errors is shown.
    pub fn has_section<'e>(self, errors: impl IntoIterator<Item = &'e Error<'e>>) -> bool {
        !self.omits_empty || errors.into_iter().any(|error| self.has_error(error))
    }
}
