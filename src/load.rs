//! Loads the targets that a catalogue is for.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, did_you_mean, rules, use_one_of};
use crate::parse::raw::{self, Scalar};
use crate::target::{Library, Target};

/// The targets that a catalogue names, in its order, or all targets if it names none, followed by those of `requested` that
/// it does not name.
///
/// All of them are loaded, whichever will be rendered: the output of one target must not depend on which others are rendered.
///
/// # Errors
///
/// Adds to `diagnostics` what is wrong with a target, and the names of targets that do not exist.
pub fn load_targets(
    source: &Arc<Source>,
    raw: &raw::Catalog,
    library: &Library,
    requested: &[String],
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Target>> {
    let mut targets = Vec::new();
    let named = raw.targets.as_deref();
    for entry in named.unwrap_or_default() {
        match library.load(&entry.id.value) {
            Some(Ok(target)) => targets.push(target),
            Some(Err(unfit)) => diagnostics.extend(unfit),
            None => diagnostics.push(report_unknown(source, &entry.id, library)),
        }
    }
    let is_wanted = |id: &str| {
        named.is_none_or(|named| {
            requested.iter().any(|wanted| wanted == id)
                && !named.iter().any(|entry| entry.id.value == id)
        })
    };
    for id in library.ids().filter(|id| is_wanted(id)) {
        match library.load(id) {
            Some(Ok(target)) => targets.push(target),
            Some(Err(unfit)) => diagnostics.extend(unfit),
            None => {}
        }
    }
    targets
}

fn report_unknown(source: &Arc<Source>, id: &Scalar, library: &Library) -> Diagnostic {
    let help = did_you_mean(&id.value, library.ids(), || use_one_of(library.ids()));
    let message = format!("unknown target `{}`", id.value);
    Diagnostic::at(rules::UNKNOWN_TARGET, source, id.span, message).help(help)
}
