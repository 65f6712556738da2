//! What the commands share: from a path to a model, with the targets that it is for.

use std::path::{Path, PathBuf};

use super::arguments::Common;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean, rules};
use crate::model::Model;
use crate::parse::parse;
use crate::plan::{Plan, plan};
use crate::read::read;
use crate::render::render;
use crate::target::{Library, Target};
use crate::validate::{EnabledTarget, enabled_targets, too_old, validate};

const CATALOG: &str = "catalog.yaml";

/// A valid catalogue and all that was made of it.
pub struct Session<'a> {
    pub catalog: &'a Catalog<'a>,
    pub targets: &'a [Target],
    pub enabled: &'a [EnabledTarget],
}

/// Reads the catalogue and, where it is valid, goes on with `then`.
pub fn with_catalog<T>(
    common: &Common,
    requested: &[String],
    then: impl FnOnce(&Session) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let path = catalog_path(common)?;
    let library = library(common)?;
    known_targets(&library, requested)?;
    let source = read(&path)?;
    let (raw, mut diagnostics) = parse(&source);
    let Some(raw) = raw else {
        return Err(diagnostics);
    };
    if let Some(diagnostic) = too_old(&source, &raw) {
        return Err(vec![diagnostic]);
    }
    let (targets, enabled) = enabled_targets(&source, &raw, &library, requested, &mut diagnostics);
    let catalog = validate(&source, &raw, &targets, &mut diagnostics);
    match catalog.filter(|_| diagnostics.is_empty()) {
        Some(catalog) => then(&Session {
            catalog: &catalog,
            targets: &targets,
            enabled: &enabled,
        }),
        None => Err(diagnostics),
    }
}

/// Renders the wanted targets and plans what to do; nothing is written unless all of it can be.
pub fn plans(common: &Common, requested: &[String]) -> Result<Vec<Plan>, Diagnostics> {
    with_catalog(common, requested, |session| {
        let model = Model::new(session.catalog, session.targets);
        let mut diagnostics = Vec::new();
        let mut plans = Vec::new();
        let mut rendered = Vec::new();
        for enabled in session.enabled {
            let target = &session.targets[enabled.index];
            if !requested.is_empty() && !requested.contains(&target.id) {
                continue;
            }
            match render(&model, target, enabled) {
                Ok(files) => rendered.push(files),
                Err(errors) => diagnostics.extend(errors),
            }
        }
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        for mut files in rendered {
            let base = match &common.out {
                Some(out) => {
                    files.out.clone_from(&files.id);
                    out.clone()
                }
                None => catalog_folder(common)?,
            };
            match plan(&base, files) {
                Ok(plan) => plans.push(plan),
                Err(errors) => diagnostics.extend(errors),
            }
        }
        if diagnostics.is_empty() {
            Ok(plans)
        } else {
            Err(diagnostics)
        }
    })
}

/// The targets that there are.
pub fn library(common: &Common) -> Result<Library, Diagnostics> {
    let mut library = Library::standard();
    if let Some(folder) = &common.templates {
        library.add_folder(folder)?;
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

/// The folder that output folders are relative to.
fn catalog_folder(common: &Common) -> Result<PathBuf, Diagnostics> {
    let path = catalog_path(common)?;
    Ok(path.parent().unwrap_or(Path::new("")).to_owned())
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
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(diagnostics)
    }
}
