//! Plans what to do with a folder that a target no longer writes to.

use super::{Plan, Planner, ways};
use crate::diagnostic::{Diagnostics, unless_any};
use crate::file_list::FileList;
use crate::locate::{Access, OutputFolder};

/// Plans to remove what a target has written to a folder, and errgen's list with it. `None` if the list does not say that the
/// folder is the target's.
///
/// # Errors
///
/// If a link leads out of the folder, or something cannot be read.
pub fn plan_removal(
    folder: OutputFolder,
    target: &str,
    access: Access,
) -> Result<Option<Plan>, Diagnostics> {
    let root = folder.path;
    let old_list = FileList::read(&root)?;
    if !old_list.owners().name(&folder.owner) {
        return Ok(None);
    }
    if access == Access::Write {
        ways::check_root(&root)?;
        unless_any(
            ways::links_out(&root, std::iter::empty(), old_list.paths()),
            (),
        )?;
    }
    let plan = Plan {
        target: target.to_owned(),
        root,
        identity: folder.identity,
        is_abandoned: true,
        steps: Vec::new(),
        kept: Vec::new(),
        unchanged: 0,
        list: FileList::new(&folder.owner, &[]),
        old_list,
    };
    Planner::new(plan, access).plan(Vec::new()).map(Some)
}
