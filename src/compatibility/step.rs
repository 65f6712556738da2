//! The steps of Semantic Versioning.

use semver::{BuildMetadata, Prerelease, Version};

/// The least that a version has to be raised for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    None,
    Patch,
    Minor,
    Major,
}

impl Step {
    /// Those that raise a version.
    pub const RAISES: [Self; 3] = [Self::Major, Self::Minor, Self::Patch];

    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The version that a step leads to. A pre-release leads to its own release first.
pub fn raised(step: Step, from: &Version) -> Version {
    let is_pre_release = !from.pre.is_empty();
    let Version {
        major,
        minor,
        patch,
        ..
    } = *from;
    let (major, minor, patch) = match step {
        Step::None => return from.clone(),
        Step::Major if is_pre_release && minor == 0 && patch == 0 => (major, 0, 0),
        Step::Major => (major + 1, 0, 0),
        Step::Minor if is_pre_release && patch == 0 => (major, minor, 0),
        Step::Minor => (major, minor + 1, 0),
        Step::Patch if is_pre_release => (major, minor, patch),
        Step::Patch => (major, minor, patch + 1),
    };
    Version {
        major,
        minor,
        patch,
        pre: Prerelease::EMPTY,
        build: BuildMetadata::EMPTY,
    }
}

/// The step that a version before 1.0.0 takes for one: what breaks raises the minor version, and all else the patch.
pub fn taken(step: Step, from: &Version) -> Step {
    match step {
        Step::Major if from.major == 0 => Step::Minor,
        Step::Minor if from.major == 0 => Step::Patch,
        other => other,
    }
}

/// The lowest version that a step asks for after another. After a pre-release, that is the next one.
pub fn lowest(step: Step, from: &Version) -> Version {
    if from.pre.is_empty() {
        return raised(taken(step, from), from);
    }
    Version {
        pre: match step {
            Step::None => from.pre.clone(),
            _ => following(&from.pre),
        },
        ..from.clone()
    }
}

/// Whether a step allows a version after another. After a pre-release, it may be any.
pub fn allows(step: Step, from: &Version, to: &Version) -> bool {
    !from.pre.is_empty() || *to >= lowest(step, from)
}

/// `rc.2` after `rc.1`, and `beta.1` after `beta`.
fn following(pre: &Prerelease) -> Prerelease {
    let (start, last) = pre.rsplit_once('.').unwrap_or(("", pre));
    let next = match last.parse::<u64>() {
        Ok(number) if start.is_empty() => format!("{}", number + 1),
        Ok(number) => format!("{start}.{}", number + 1),
        Err(_) => format!("{pre}.1"),
    };
    // Identifiers of such a form are valid; without one, it would be the release itself, which is higher as well.
    Prerelease::new(&next).unwrap_or(Prerelease::EMPTY)
}
