//! What several commands share: from the command line to a valid catalogue, rendered files and plans.

use std::path::{Path, PathBuf};

use super::alone::render_alone;
use super::arguments::Common;
use super::inputs::{catalog_path, check_requested, library};
use crate::diagnostic::{Diagnostics, collect, unless_any};
use crate::pipeline::{Draft, Project};
use crate::plan::{Plan, overlaps, plan};
use crate::read::read;
use crate::render::RenderedTarget;

/// Reads the catalogue and, if it is valid, continues with `then`.
pub fn with_project<T>(
    common: &Common,
    requested: &[String],
    then: impl FnOnce(&Project) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let path = catalog_path(common)?;
    let library = library(common)?;
    check_requested(&library, requested)?;
    let source = read(&path)?;
    let draft = Draft::parse(&source);
    let project = draft.analyse(&library, requested).into_project()?;
    then(&project)
}

/// Renders the wanted targets: the standard ones in this process, each of the others in a separate one.
pub fn render(
    common: &Common,
    project: &Project,
    wanted: &[String],
) -> Result<Vec<RenderedTarget>, Diagnostics> {
    project.render(wanted, |target| {
        render_alone(common, wanted, project, target)
    })
}

/// What to do, and the files that it depends on.
pub struct Planned {
    pub plans: Vec<Plan>,
    /// The files and folders that were read.
    pub inputs: Vec<PathBuf>,
}

/// Renders the wanted targets, and plans what to do. Fails as a whole if any target fails, so nothing is written then.
pub fn plan_all(common: &Common, wanted: &[String]) -> Result<Planned, Diagnostics> {
    let catalog = catalog_path(common)?;
    let base = match &common.out {
        Some(out) => out.clone(),
        None => catalog.parent().unwrap_or(Path::new("")).to_owned(),
    };
    with_project(common, wanted, |project| {
        let rendered = render(common, project, wanted)?;
        let plans = rendered.into_iter().map(|mut files| {
            if common.out.is_some() {
                files.out.clone_from(&files.id);
            }
            plan(&base, files)
        });
        // The list of targets comes from the folder itself.
        let mut inputs: Vec<_> = [catalog]
            .into_iter()
            .chain(common.templates.clone())
            .collect();
        // The output of a target depends on the names of the others.
        inputs.extend(
            project
                .targets
                .iter()
                .flat_map(|it| it.target.inputs.clone()),
        );
        let plans = collect(plans)?;
        unless_any(overlaps(&plans), Planned { plans, inputs })
    })
}
