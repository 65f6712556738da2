//! Checks where the targets of a catalogue write, and with which options.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, did_you_mean, rules, use_one_of};
use crate::parse::raw::{self, Scalar, Spanned};
use crate::portable::{fold, is_portable};
use crate::target::{Conflict, Target};

/// The option of every target that decides whether modules keep retired errors.
pub const RETIRED: &str = "retired";

/// The values of [`RETIRED`]. The first is the default.
pub const RETIRED_VALUES: [&str; 2] = ["keep", "drop"];

/// A target that a catalogue is for, with its settings in the catalogue.
#[derive(Debug)]
pub struct EnabledTarget {
    /// Shared with the library, which reads each target once.
    pub target: Arc<Target>,
    /// The output folder, relative to the catalogue's.
    pub out: String,
    /// Where the catalogue names the folder or, without `out`, the target. `None` if it names neither.
    pub place: Option<Span>,
    /// Whether the catalogue is for it. If not, only the command line has named it.
    pub belongs: bool,
    /// Every option with its value, set or not.
    pub options: BTreeMap<String, serde_json::Value>,
    /// Whether retired errors are left out.
    pub drops_retired: bool,
}

/// The targets, each with its settings in the catalogue, or the defaults if the catalogue does not name it.
///
/// # Errors
///
/// Adds everything that is wrong with the settings to `diagnostics`, and leaves such a target out.
pub fn enable_targets(
    source: &Arc<Source>,
    raw: &raw::Catalog,
    targets: Vec<Arc<Target>>,
    diagnostics: &mut Diagnostics,
) -> Vec<EnabledTarget> {
    let mut folders = BTreeMap::new();
    let enable = |target: Arc<Target>| {
        let mut named = raw.targets.iter().flatten();
        match named.find(|entry| entry.id.value == target.id) {
            Some(entry) => enable_named(source, entry, target, &mut folders, diagnostics),
            None => Some(enable_unnamed(source, raw, target, &folders, diagnostics)),
        }
    };
    targets.into_iter().filter_map(enable).collect()
}

/// The output folder of a target for which the catalogue names none.
pub fn default_folder(id: &str) -> String {
    format!("generated/{id}")
}

fn defaults(target: &Target) -> BTreeMap<String, serde_json::Value> {
    let options = target.manifest.options.iter();
    options
        .map(|(name, rule)| (name.clone(), rule.default.clone()))
        .collect()
}

/// Output folders as the catalogue writes them, each with its place. The keys are the same for folders that some machines cannot
/// tell apart.
type Folders = BTreeMap<String, (String, Span)>;

/// Enables a target that the catalogue does not name.
fn enable_unnamed(
    source: &Arc<Source>,
    raw: &raw::Catalog,
    target: Arc<Target>,
    folders: &Folders,
    diagnostics: &mut Diagnostics,
) -> EnabledTarget {
    let id = &target.id;
    let out = default_folder(id);
    if let Some((other, span)) = folders.get(&fold(&out)) {
        let message = format!("`{id}` would also write to `{other}`");
        let diagnostic = Diagnostic::at(rules::BAD_OUTPUT_FOLDER, source, *span, message);
        diagnostics.push(diagnostic.help("give each target its own folder"));
    }
    EnabledTarget {
        out,
        place: None,
        belongs: raw.targets.is_none(),
        options: defaults(&target),
        drops_retired: false,
        target,
    }
}

/// Enables a target with the settings in its entry.
fn enable_named(
    source: &Arc<Source>,
    entry: &raw::Target,
    target: Arc<Target>,
    folders: &mut Folders,
    diagnostics: &mut Diagnostics,
) -> Option<EnabledTarget> {
    let before = diagnostics.len();
    let out = match &entry.out {
        Some(out) => output_folder(source, out, diagnostics),
        None => default_folder(&target.id),
    };
    let span = entry.out.as_ref().unwrap_or(&entry.id).span;
    if let Some((other, first)) = folders.insert(fold(&out), (out.clone(), span)) {
        let message = if out == other {
            format!("two targets write to `{out}`")
        } else {
            format!("`{out}` and `{other}` are the same folder on some machines")
        };
        let diagnostic = Diagnostic::at(rules::BAD_OUTPUT_FOLDER, source, span, message);
        diagnostics.push(
            diagnostic
                .related(first, "the other target")
                .help("give each target its own folder"),
        );
    }
    let mut options = defaults(&target);
    let mut drops_retired = false;
    for (name, value) in &entry.options {
        if name.value == RETIRED {
            drops_retired = value.value == "drop";
            let known = RETIRED_VALUES.map(serde_json::Value::from);
            if !known.contains(&value.value) {
                diagnostics.push(bad_value(source, name, value, one_of(&known)));
            }
        } else if let Some(rule) = target.manifest.options.get(name.value.as_ref()) {
            if !rule.allows(&value.value) {
                let help = match &rule.pattern {
                    Some(_) => format!("write a value like `{}`", rule.example),
                    None => one_of(&rule.values),
                };
                diagnostics.push(bad_value(source, name, value, help));
            }
            options.insert(name.value.to_string(), value.value.clone());
        } else {
            diagnostics.push(unknown_option(source, name, &target));
        }
    }
    if diagnostics.len() == before {
        for conflict in &target.manifest.conflicts {
            diagnostics.extend(find_conflict(source, entry, conflict, &options));
        }
    }
    (diagnostics.len() == before).then_some(EnabledTarget {
        target,
        out,
        place: Some(span),
        belongs: true,
        options,
        drops_retired,
    })
}

/// A folder with `/` between its parts and none at the end.
fn output_folder(source: &Arc<Source>, out: &Scalar, diagnostics: &mut Diagnostics) -> String {
    let path = Path::new(out.value.as_ref());
    let is_relative = !out.value.contains('\\')
        && path.components().all(|part| {
            matches!(
                part,
                Component::Normal(_) | Component::CurDir | Component::ParentDir
            )
        });
    let mut names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    if let Some(name) = names.find(|name| is_relative && !is_portable(name)) {
        let message = format!("{name:?} cannot be a folder for generated files");
        let diagnostic = Diagnostic::at(rules::BAD_OUTPUT_FOLDER, source, out.span, message);
        diagnostics.push(
            diagnostic.help(
                "use a name that is valid on every operating system and does not belong to git",
            ),
        );
    } else if !is_relative {
        diagnostics.push(
            Diagnostic::at(
                rules::BAD_OUTPUT_FOLDER,
                source,
                out.span,
                format!(
                    "`{}` is not a path relative to the catalogue's folder",
                    out.value
                ),
            )
            .help("write a relative path with `/`, or use `--out` to write elsewhere"),
        );
    }
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn bad_value(
    source: &Arc<Source>,
    name: &Scalar,
    value: &Spanned<serde_json::Value>,
    help: String,
) -> Diagnostic {
    let message = format!("the option `{}` does not allow {}", name.value, value.value);
    Diagnostic::at(rules::BAD_OPTION, source, value.span, message).help(help)
}

fn one_of(values: &[serde_json::Value]) -> String {
    let values: Vec<_> = values.iter().map(ToString::to_string).collect();
    use_one_of(values.iter().map(String::as_str))
}

/// Values that do not go together, at the last of them.
fn find_conflict(
    source: &Arc<Source>,
    entry: &raw::Target,
    conflict: &Conflict,
    options: &BTreeMap<String, serde_json::Value>,
) -> Option<Diagnostic> {
    let mut values = conflict.options.iter();
    if !values.all(|(name, value)| options.get(name) == Some(value)) {
        return None;
    }
    let set = entry.options.iter().rev();
    let mut set = set.filter(|(name, _)| conflict.options.contains_key(name.value.as_ref()));
    let (_, value) = set.next()?;
    let settings: Vec<_> = conflict.options.iter().map(as_yaml).collect();
    let message = format!("{} cannot be set together", settings.join(" and "));
    let diagnostic = Diagnostic::at(rules::BAD_OPTION, source, value.span, message);
    let diagnostic = set.fold(diagnostic, |diagnostic, (_, value)| {
        diagnostic.related(value.span, "the other option")
    });
    Some(diagnostic.help(&conflict.help))
}

/// An option with its value, as a catalogue has it.
fn as_yaml((name, value): (&String, &serde_json::Value)) -> String {
    match value {
        serde_json::Value::String(text) => format!("`{name}: {text}`"),
        other => format!("`{name}: {other}`"),
    }
}

fn unknown_option(source: &Arc<Source>, name: &Scalar, target: &Target) -> Diagnostic {
    let own = target.manifest.options.keys().map(String::as_str);
    let known: Vec<_> = ["out", RETIRED].into_iter().chain(own).collect();
    let help = did_you_mean(&name.value, known.iter().copied(), || {
        use_one_of(known.iter().copied())
    });
    let message = format!(
        "unknown option `{}` of the target `{}`",
        name.value, target.id
    );
    Diagnostic::at(rules::BAD_OPTION, source, name.span, message).help(help)
}
