//! The release in which something came to be.

use crate::parse::NEXT;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since<'a> {
    Version(&'a str),
    /// The coming release, whose version is not known yet.
    Next,
}

impl<'a> Since<'a> {
    /// As it is written in a catalogue.
    pub fn written(self) -> &'a str {
        self.version().unwrap_or(NEXT)
    }

    /// The version, once there is one.
    pub fn version(self) -> Option<&'a str> {
        match self {
            Self::Version(version) => Some(version),
            Self::Next => None,
        }
    }

    pub fn is_next(self) -> bool {
        self == Self::Next
    }
}
