//! How much changes matter.

use super::step::Step;

/// How much a change matters, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Documents and comments alone tell of it.
    Documents,
    /// Programs may notice it, and none is broken.
    Compatible,
    Breaking,
    /// No version allows it.
    Forbidden,
}

impl Verdict {
    pub const ALL: [Self; 4] = [
        Self::Forbidden,
        Self::Breaking,
        Self::Compatible,
        Self::Documents,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
            Self::Forbidden => "forbidden",
        }
    }

    /// The step that it needs. For what is forbidden, none is enough.
    pub fn step(self) -> Step {
        match self {
            Self::Documents => Step::Patch,
            Self::Compatible => Step::Minor,
            Self::Breaking | Self::Forbidden => Step::Major,
        }
    }
}

/// What a change breaks in a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub target: String,
    /// Why a program no longer compiles.
    pub source: Option<String>,
    /// Why a program that was compiled before no longer runs.
    pub binary: Option<String>,
    /// The names that it concerns.
    pub names: Vec<String>,
}
