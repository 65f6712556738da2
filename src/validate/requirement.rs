//! Checks whether this version of errgen is new enough for a catalogue.

use std::sync::Arc;

use semver::{Version, VersionReq};

use crate::diagnostic::{Diagnostic, Source, rules};
use crate::parse::{FORMAT, raw};

/// Reports a catalogue that requires another version of errgen. Nothing else is worth reporting then: what looks wrong may
/// just be new.
pub fn too_old(source: &Arc<Source>, raw: &raw::Catalog) -> Option<Diagnostic> {
    let requirement = raw.errgen.as_ref()?;
    if let Some(format) = &requirement.format
        && format.value != FORMAT
    {
        let message = format!(
            "this version of errgen reads catalogue format {FORMAT}, not {}",
            format.value
        );
        return Some(
            Diagnostic::at(rules::ERRGEN_TOO_OLD, source, format.span, message)
                .help("install a version of errgen that reads this format"),
        );
    }
    let requires = requirement.requires.as_ref()?;
    let version = env!("CARGO_PKG_VERSION");
    let (rule, message, help) = match VersionReq::parse(&requires.value) {
        Ok(range) if Version::parse(version).is_ok_and(|version| range.matches(&version)) => {
            return None;
        }
        Ok(_) => (
            rules::ERRGEN_TOO_OLD,
            format!(
                "this is errgen {version}, but the catalogue requires {}",
                requires.value
            ),
            format!("install errgen {}", requires.value),
        ),
        Err(error) => (
            rules::BAD_VERSION,
            format!("`{}` is not a version requirement: {error}", requires.value),
            "write a requirement such as `\">=0.1\"`".to_owned(),
        ),
    };
    Some(Diagnostic::at(rule, source, requires.span, message).help(help))
}
