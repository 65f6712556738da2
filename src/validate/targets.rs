//! Which targets a catalogue is for, where they write, and with which options.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, did_you_mean, rules};
use crate::parse::raw::{self, Scalar, Spanned};
use crate::target::{Library, Target};

/// The option that every target has: whether modules keep retired errors.
pub const RETIRED: &str = "retired";

/// The values of [`RETIRED`]; the first holds where none is set.
pub const RETIRED_VALUES: [&str; 2] = ["keep", "drop"];

/// A target that a catalogue is for.
#[derive(Debug)]
pub struct EnabledTarget {
    /// Its place in the list of loaded targets.
    pub index: usize,
    /// The output folder, below the catalogue's own.
    pub out: String,
    /// Every option with its value, set or not.
    pub options: BTreeMap<String, serde_json::Value>,
    /// Whether retired errors are left out.
    pub drops_retired: bool,
}

/// The targets that the catalogue names, or all that there are, and `requested` ones beside them; each loaded.
///
/// Names are spelled for all of them, whichever are asked for: what a target yields must not depend on the others of one call.
pub fn enabled_targets(
    source: &Arc<Source>,
    raw: &raw::Catalog,
    library: &Library,
    requested: &[String],
    diagnostics: &mut Diagnostics,
) -> (Vec<Target>, Vec<EnabledTarget>) {
    let mut loaded = Vec::new();
    let mut enabled: Vec<EnabledTarget> = Vec::new();
    let mut folders: BTreeMap<String, crate::diagnostic::Span> = BTreeMap::new();
    let declared = raw.targets.iter().flatten();
    for entry in declared {
        match library.load(&entry.id.value) {
            Some(Ok(target)) => {
                let index = loaded.len();
                let target = enable(source, entry, &target, index, &mut folders, diagnostics)
                    .map(|enabled| (target, enabled));
                if let Some((target, one)) = target {
                    loaded.push(target);
                    enabled.push(one);
                }
            }
            Some(Err(unfit)) => diagnostics.extend(unfit),
            None => diagnostics.push(unknown(source, &entry.id, library)),
        }
    }
    let is_declared = |id: &str| {
        raw.targets
            .iter()
            .flatten()
            .any(|entry| entry.id.value == id)
    };
    let others = library.ids().filter(|id| match raw.targets {
        Some(_) => requested.iter().any(|wanted| wanted == id) && !is_declared(id),
        None => true,
    });
    for id in others {
        match library.load(id) {
            Some(Ok(target)) => {
                let out = default_folder(id);
                if let Some(span) = folders.get(&out) {
                    let message = format!("`{id}` would write to `{out}` as well");
                    let diagnostic =
                        Diagnostic::at(rules::BAD_OUTPUT_FOLDER, source, *span, message);
                    diagnostics.push(diagnostic.help("give each a folder of its own"));
                }
                enabled.push(EnabledTarget {
                    index: loaded.len(),
                    out,
                    options: defaults(&target),
                    drops_retired: false,
                });
                loaded.push(target);
            }
            Some(Err(unfit)) => diagnostics.extend(unfit),
            None => {}
        }
    }
    (loaded, enabled)
}

/// Where a target writes that the catalogue gives no folder.
pub fn default_folder(id: &str) -> String {
    format!("generated/{id}")
}

fn unknown(source: &Arc<Source>, id: &Scalar, library: &Library) -> Diagnostic {
    let help = did_you_mean(&id.value, library.ids(), || {
        format!("there are {}", library.ids().collect::<Vec<_>>().join(", "))
    });
    let message = format!("there is no target `{}`", id.value);
    Diagnostic::at(rules::UNKNOWN_TARGET, source, id.span, message).help(help)
}

fn defaults(target: &Target) -> BTreeMap<String, serde_json::Value> {
    let options = target.manifest.options.iter();
    options
        .map(|(name, rule)| (name.clone(), rule.default.clone()))
        .collect()
}

fn enable(
    source: &Arc<Source>,
    entry: &raw::Target,
    target: &Target,
    index: usize,
    folders: &mut BTreeMap<String, crate::diagnostic::Span>,
    diagnostics: &mut Diagnostics,
) -> Option<EnabledTarget> {
    let before = diagnostics.len();
    let out = match &entry.out {
        Some(out) => output_folder(source, out, diagnostics),
        None => default_folder(&target.id),
    };
    let span = entry.out.as_ref().unwrap_or(&entry.id).span;
    if let Some(first) = folders.insert(out.clone(), span) {
        let message = format!("two targets write to `{out}`");
        let diagnostic = Diagnostic::at(rules::BAD_OUTPUT_FOLDER, source, span, message);
        diagnostics.push(
            diagnostic
                .related(first, "the other one")
                .help("give each a folder of its own"),
        );
    }
    let mut options = defaults(target);
    let mut drops_retired = false;
    for (name, value) in &entry.options {
        if name.value == RETIRED {
            drops_retired = value.value == "drop";
            let known = RETIRED_VALUES.map(serde_json::Value::from);
            check_value(source, name, value, &known, diagnostics);
        } else if let Some(rule) = target.manifest.options.get(name.value.as_ref()) {
            check_value(source, name, value, &rule.values, diagnostics);
            options.insert(name.value.to_string(), value.value.clone());
        } else {
            diagnostics.push(unknown_option(source, name, target));
        }
    }
    (diagnostics.len() == before).then_some(EnabledTarget {
        index,
        out,
        options,
        drops_retired,
    })
}

/// A folder as it is written, with `/` between its parts and none at the end.
fn output_folder(source: &Arc<Source>, out: &Scalar, diagnostics: &mut Diagnostics) -> String {
    let path = Path::new(out.value.as_ref());
    let is_relative = path.components().all(|part| {
        matches!(
            part,
            Component::Normal(_) | Component::CurDir | Component::ParentDir
        )
    });
    if !is_relative || out.value.contains('\\') {
        diagnostics.push(
            Diagnostic::at(
                rules::BAD_OUTPUT_FOLDER,
                source,
                out.span,
                format!("`{}` is no folder relative to the catalogue's", out.value),
            )
            .help("write a relative path with `/`; `--out` writes elsewhere"),
        );
    }
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn check_value(
    source: &Arc<Source>,
    name: &Scalar,
    value: &Spanned<serde_json::Value>,
    known: &[serde_json::Value],
    diagnostics: &mut Diagnostics,
) {
    if known.contains(&value.value) {
        return;
    }
    let known: Vec<_> = known.iter().map(ToString::to_string).collect();
    let message = format!("the option `{}` cannot be {}", name.value, value.value);
    diagnostics.push(
        Diagnostic::at(rules::BAD_OPTION, source, value.span, message)
            .help(format!("it is one of {}", known.join(", "))),
    );
}

fn unknown_option(source: &Arc<Source>, name: &Scalar, target: &Target) -> Diagnostic {
    let own = target.manifest.options.keys().map(String::as_str);
    let known: Vec<_> = ["out", RETIRED].into_iter().chain(own).collect();
    let help = did_you_mean(&name.value, known.iter().copied(), || {
        format!("its options are {}", known.join(", "))
    });
    let message = format!("the target `{}` has no option `{}`", target.id, name.value);
    Diagnostic::at(rules::BAD_OPTION, source, name.span, message).help(help)
}
