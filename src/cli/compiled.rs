//! What the commands share: from a path to a model, with the targets that it is for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bumpalo::Bump;

use super::alone::render_alone;
use super::arguments::Common;
use crate::catalog::Catalog;
use crate::diagnostic::{self, Diagnostic, Diagnostics, Source, did_you_mean, rules, unless_any};
use crate::lint::lint;
use crate::model::Model;
use crate::parse::{parse, raw};
use crate::plan::{Plan, overlaps, plan};
use crate::read::read;
use crate::render::{Engine, RenderedTarget, Rendering, shows_names_of_others};
use crate::side_by_side::side_by_side;
use crate::target::{Library, Target};
use crate::validate::{EnabledTarget, enabled_targets, too_old, validate};

const CATALOG: &str = "catalog.yaml";

/// A valid catalogue and all that was made of it.
pub struct Compiled<'a> {
    pub source: &'a Arc<Source>,
    pub catalog: &'a Catalog<'a>,
    pub targets: &'a [Target],
    pub enabled: &'a [EnabledTarget],
}

/// Reads the catalogue and, where it is valid, goes on with `then`.
pub fn with_catalog<T>(
    common: &Common,
    requested: &[String],
    then: impl FnOnce(&Compiled) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let path = catalog_path(common)?;
    let library = library(common)?;
    known_targets(&library, requested)?;
    let source = read(&path)?;
    let goes_on = |_: &raw::Catalog, compiled: Option<&Compiled>, diagnostics| {
        compiled.map_or(Err(diagnostics), then)
    };
    checked(&source, &library, requested, goes_on)
}

/// All that is wrong with a catalogue, and what had better not be as it is, in the order of their places.
///
/// # Errors
///
/// Where the targets cannot be read, by which the catalogue is checked.
pub fn found_in(source: &Arc<Source>, common: &Common) -> Result<Diagnostics, Diagnostics> {
    let library = library(common)?;
    let found = checked(source, &library, &[], |raw, _, mut diagnostics| {
        diagnostics.extend(lint(source, raw));
        Ok(diagnostics)
    });
    // What could not be read is found just as well.
    let mut diagnostics = found.unwrap_or_else(|diagnostics| diagnostics);
    diagnostic::sort(&mut diagnostics);
    Ok(diagnostics)
}

/// Parses and validates, and goes on with what was read, the catalogue where it is valid, and all that is wrong.
pub fn checked<T>(
    source: &Arc<Source>,
    library: &Library,
    requested: &[String],
    then: impl FnOnce(&raw::Catalog, Option<&Compiled>, Diagnostics) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let (raw, mut diagnostics) = parse(source);
    let Some(raw) = raw else {
        return Err(diagnostics);
    };
    if let Some(diagnostic) = too_old(source, &raw) {
        return Err(diagnostic.into());
    }
    let (targets, enabled) = enabled_targets(source, &raw, library, requested, &mut diagnostics);
    let catalog = validate(source, &raw, &targets, &mut diagnostics);
    let compiled = catalog
        .as_ref()
        .filter(|_| diagnostics.is_empty())
        .map(|catalog| Compiled {
            source,
            catalog,
            targets: &targets,
            enabled: &enabled,
        });
    then(&raw, compiled.as_ref(), diagnostics)
}

fn is_wanted(target: &Target, requested: &[String]) -> bool {
    requested.is_empty() || requested.contains(&target.id)
}

/// What is to be done, and what says so.
pub struct Planned {
    pub plans: Vec<Plan>,
    /// The files and folders that were read.
    pub inputs: Vec<PathBuf>,
}

/// Renders the wanted targets and plans what to do; nothing is written unless all of it can be.
pub fn plans(common: &Common, requested: &[String]) -> Result<Planned, Diagnostics> {
    let catalog = catalog_path(common)?;
    let base = match &common.out {
        Some(out) => out.clone(),
        None => catalog.parent().unwrap_or(Path::new("")).to_owned(),
    };
    with_catalog(common, requested, |compiled| {
        let rendered = render_wanted(common, compiled, requested)?;
        let plans = rendered.into_iter().map(|mut files| {
            if common.out.is_some() {
                files.out.clone_from(&files.id);
            }
            plan(&base, files)
        });
        // Which targets there are is read from the folder itself.
        let mut inputs: Vec<_> = [catalog]
            .into_iter()
            .chain(common.templates.clone())
            .collect();
        // What a target yields depends on the names of the others.
        inputs.extend(compiled.targets.iter().flat_map(|it| it.inputs.clone()));
        let plans = all(plans)?;
        unless_any(overlaps(&plans), Planned { plans, inputs })
    })
}

/// Renders the wanted targets.
pub fn rendered(common: &Common, requested: &[String]) -> Result<Vec<RenderedTarget>, Diagnostics> {
    with_catalog(common, requested, |compiled| {
        render_wanted(common, compiled, requested)
    })
}

fn render_wanted(
    common: &Common,
    compiled: &Compiled,
    requested: &[String],
) -> Result<Vec<RenderedTarget>, Diagnostics> {
    let is_wanted = |target: &Target| is_wanted(target, requested);
    let targets: Vec<_> = compiled.targets.iter().collect();
    let wanted: Vec<_> = targets.iter().copied().filter(|it| is_wanted(it)).collect();
    let needs_all = wanted.iter().any(|target| shows_names_of_others(target));
    let named = if needs_all { &targets } else { &wanted };
    let enabled = compiled.enabled.iter();
    let enabled: Vec<_> = enabled
        .filter(|enabled| is_wanted(&compiled.targets[enabled.index]))
        .collect();
    let drops_retired = enabled.iter().any(|enabled| enabled.drops_retired);
    let arena = Bump::new();
    // A renderer of somebody's own target makes its own.
    let needs_model = wanted.iter().any(|target| target.is_standard());
    let model = needs_model.then(|| Model::new(&arena, compiled.catalog, named, drops_retired));
    let renderings = enabled.iter().map(|enabled| {
        let target = &compiled.targets[enabled.index];
        let Some(model) = model.as_ref().filter(|_| target.is_standard()) else {
            return Ok(None);
        };
        let engine = Engine::new(target)?;
        Rendering::new(&arena, engine, model, target, enabled).map(Some)
    });
    let renderings = all(renderings)?;
    // Rendering is most of the work, and files share nothing that they change.
    let work = renderings.iter().enumerate();
    let tasks = work.flat_map(|(place, rendering)| match rendering {
        Some(rendering) => rendering.rules().map(|rule| (place, Some(rule))).collect(),
        None => vec![(place, None)],
    });
    let results = side_by_side(tasks, |(place, rule)| {
        let files = match (&renderings[place], rule) {
            (Some(rendering), Some(rule)) => rendering.files(rule, &|_, _| {}),
            _ => render_alone(common, requested, compiled, enabled[place]),
        };
        files.map(|files| (place, files))
    });
    let mut files: Vec<_> = enabled.iter().map(|_| Vec::new()).collect();
    for (place, own) in all(results)? {
        files[place].extend(own);
    }
    let work = enabled.iter().zip(&renderings).zip(files);
    all(work.map(|((enabled, rendering), files)| match rendering {
        Some(rendering) => rendering.finished(files),
        None => Ok(RenderedTarget {
            id: compiled.targets[enabled.index].id.clone(),
            out: enabled.out.clone(),
            files,
        }),
    }))
}

/// All results, or all that is wrong with any of them.
fn all<T>(
    results: impl IntoIterator<Item = Result<T, Diagnostics>>,
) -> Result<Vec<T>, Diagnostics> {
    let mut fit = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for result in results {
        match result {
            Ok(value) => fit.push(value),
            Err(errors) => diagnostics.extend(errors),
        }
    }
    unless_any(diagnostics, fit)
}

/// The targets that there are.
pub fn library(common: &Common) -> Result<Library, Diagnostics> {
    let mut library = Library::standard();
    if let Some(folder) = &common.templates {
        library.add_folder(folder, common.budget().memory)?;
    }
    Ok(library)
}

/// The catalogue's path: as it was given, or the nearest above.
pub fn catalog_path(common: &Common) -> Result<PathBuf, Diagnostics> {
    if let Some(path) = &common.catalog {
        return Ok(path.clone());
    }
    let here = std::env::current_dir().unwrap_or_default();
    let mut path = PathBuf::from(CATALOG);
    for folder in here.ancestors() {
        if folder.join(CATALOG).is_file() {
            return Ok(path);
        }
        path = Path::new("..").join(path);
    }
    Err(Diagnostic::file(
        rules::UNREADABLE_FILE,
        CATALOG,
        "there is none here or in a folder above",
    )
    .help("name the catalogue with `--catalog FILE`")
    .into())
}

fn known_targets(library: &Library, requested: &[String]) -> Result<(), Diagnostics> {
    let unknown = requested
        .iter()
        .filter(|id| !library.ids().any(|known| known == *id));
    let diagnostics: Vec<_> = unknown
        .map(|id| {
            let help = did_you_mean(id, library.ids(), || {
                "`errgen targets` lists them".to_owned()
            });
            Diagnostic::file(
                rules::NO_SUCH_ARGUMENT,
                "errgen",
                format!("there is no target `{id}`"),
            )
            .help(help)
        })
        .collect();
    unless_any(diagnostics, ())
}
