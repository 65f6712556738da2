//! What several commands share: from the command line to a valid catalogue, rendered files and plans.

use std::path::{Path, PathBuf};

use super::alone::render_alone;
use super::arguments::Common;
use super::inputs::{catalog_path, check_requested, library, refuse_catalogs};
use crate::confine::Account;
use crate::diagnostic::{Diagnostics, collect, unless_any};
use crate::locate::{Access, Locator};
use crate::origin::origin;
use crate::pipeline::{Project, with_draft};
use crate::plan::{Plan, Purpose, RecordChange, plan, plan_record, settle};
use crate::render::RenderedTarget;
use crate::validate::EnabledTarget;

/// The purpose of commands that write nothing.
pub const READING: Purpose = Purpose {
    access: Access::Read,
    adopts: false,
};

/// Reads the catalogue and, if it is valid, continues with `then`.
pub fn with_project<T>(
    common: &Common,
    requested: &[String],
    then: impl FnOnce(&Project) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    refuse_catalogs(requested)?;
    let path = catalog_path(common)?;
    let library = library(common)?;
    check_requested(&library, requested)?;
    with_draft(&path, &common.allow_links_to, |draft| {
        then(&draft.analyse(&library, requested).into_project()?)
    })
}

/// Renders the wanted targets: the standard ones in this process, each of the others in a separate one.
pub fn render(
    common: &Common,
    project: &Project,
    wanted: &[String],
) -> Result<Vec<RenderedTarget>, Diagnostics> {
    let catalog = Path::new(&project.source.path);
    let locator = Locator::new(catalog, common.out.as_deref(), Access::Read);
    let origin = |target: &EnabledTarget| {
        let folder = locator.locate(project.catalog.id, target);
        origin(catalog, &folder.path)
    };
    let account = Account::new(common.budget());
    project.render(wanted, origin, |target| {
        render_alone(common, &account, wanted, project, target, &origin(target))
    })
}

/// What to do, and the files that it depends on.
pub struct Planned {
    /// For each wanted target, and then for each folder that a target no longer writes to.
    pub plans: Vec<Plan>,
    /// What becomes of the record of folders. `None` if it stays as it is.
    pub record: Option<RecordChange>,
    /// The files and folders that were read.
    pub inputs: Vec<PathBuf>,
}

/// Renders the wanted targets, and plans what to do. Fails as a whole if any target fails, so nothing is written then.
pub fn plan_all(
    common: &Common,
    wanted: &[String],
    purpose: Purpose,
) -> Result<Planned, Diagnostics> {
    refuse_catalogs(wanted)?;
    let catalog = catalog_path(common)?;
    let locator = Locator::new(&catalog, common.out.as_deref(), purpose.access);
    with_project(common, wanted, |project| {
        unless_any(locator.check(project.source, &project.targets), ())?;
        let rendered = render(common, project, wanted)?;
        let plans = rendered.into_iter().filter_map(|rendered| {
            let mut targets = project.targets.iter();
            let target = targets.find(|it| it.target.id == rendered.id)?;
            let folder = locator.locate(project.catalog.id, target);
            Some(plan(folder, &rendered.id, rendered.files, purpose))
        });
        let mut plans = collect(plans)?;
        let recorded = plan_record(&locator, project, wanted, &plans, purpose)?;
        plans.extend(recorded.abandoned);
        unless_any(settle(&mut plans), ())?;
        Ok(Planned {
            plans,
            record: recorded.change,
            inputs: inputs(common, catalog.clone(), project),
        })
    })
}

/// The files and folders that rendering depends on.
fn inputs(common: &Common, catalog: PathBuf, project: &Project) -> Vec<PathBuf> {
    // The list of targets comes from the folder itself.
    let mut inputs: Vec<_> = [catalog]
        .into_iter()
        .chain(project.named.iter().cloned())
        .chain(common.templates.clone())
        .collect();
    // The output of a target depends on the names of the others.
    let targets = project.targets.iter();
    inputs.extend(targets.flat_map(|it| it.target.inputs.clone()));
    inputs
}
