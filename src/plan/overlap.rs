//! Keeps targets whose output folders lie in each other apart.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::{Plan, folders};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::portable::fold;

/// Finds files that two targets would write, or that one would write where another needs a folder. What is left over of one and
/// written by another is not removed.
pub fn settle(plans: &mut [Plan]) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for outer in 0..plans.len() {
        for inner in 0..plans.len() {
            if let Some(below) = below(&plans[outer], &plans[inner]) {
                diagnostics.extend(collisions(&plans[outer], &plans[inner], &below));
                spare(plans, outer, inner, &below);
            }
        }
    }
    diagnostics
}

/// The path of an output folder in another one, with a `/` at the end, as it is compared.
fn below(outer: &Plan, inner: &Plan) -> Option<String> {
    let below = inner.identity.strip_prefix(&outer.identity).ok()?;
    let parts = below.iter().map(|part| part.to_string_lossy() + "/");
    Some(parts.collect::<String>()).filter(|below| !below.is_empty())
}

/// Files by their paths as they are compared.
type Files<'a> = HashMap<String, &'a str>;

/// What a target writes, each path after a prefix.
fn files<'a>(plan: &'a Plan, prefix: &str) -> Files<'a> {
    plan.outputs()
        .map(|path| (prefix.to_owned() + &fold(path), path))
        .collect()
}

fn collisions(outer: &Plan, inner: &Plan, below: &str) -> Diagnostics {
    let (outers, inners) = (files(outer, ""), files(inner, below));
    let is_in = |files: &Files, path: &str| folders(path).any(|it| files.contains_key(it));
    let mut found = Vec::new();
    for (folded, path) in &inners {
        let path = inner.root.join(path);
        if outers.contains_key(folded) {
            found.push((path, false));
        } else if is_in(&outers, folded) {
            found.push((path, true));
        }
    }
    for (folded, path) in &outers {
        if is_in(&inners, folded) {
            let path = outer.root.join(path);
            found.push((path, true));
        }
    }
    found.sort_unstable();
    let report = |(path, needs_folder): (PathBuf, bool)| {
        let (outer, inner) = (&outer.target, &inner.target);
        let message = if needs_folder {
            format!("`{outer}` and `{inner}` need a file and a folder of the same name here")
        } else {
            format!("both `{outer}` and `{inner}` would write this file")
        };
        let path = path.display().to_string();
        Diagnostic::file(rules::DUPLICATE_OUTPUT_PATH, path, message)
            .help("set a different `out` for one of them")
    };
    found.into_iter().map(report).collect()
}

/// Leaves the files alone that one target no longer writes but the other does.
fn spare(plans: &mut [Plan], outer: usize, inner: usize, below: &str) {
    let written = files(&plans[inner], below);
    let kept = |path: &str| written.contains_key(&fold(path));
    let spared = spared_by(&plans[outer], kept);
    let written = files(&plans[outer], "");
    let kept = |path: &str| written.contains_key(&(below.to_owned() + &fold(path)));
    let spared_inside = spared_by(&plans[inner], kept);
    forget(&mut plans[outer], &spared);
    forget(&mut plans[inner], &spared_inside);
}

/// The files that a plan would remove or report, and that are another's.
fn spared_by(plan: &Plan, is_written: impl Fn(&str) -> bool) -> HashSet<String> {
    let removed = plan.steps.iter().filter(|step| step.after.is_none());
    let removed = removed.map(|step| &step.path);
    let all = removed.chain(&plan.kept);
    all.filter(|path| is_written(path)).cloned().collect()
}

fn forget(plan: &mut Plan, paths: &HashSet<String>) {
    if paths.is_empty() {
        return;
    }
    plan.steps
        .retain(|step| step.after.is_some() || !paths.contains(&step.path));
    plan.kept.retain(|path| !paths.contains(path));
}
