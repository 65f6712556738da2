//! `errgen outputs`

use std::path::Path;

use super::arguments::Common;
use super::project::{READING, plan_all};
use super::{CommandResult, Report};
use crate::diagnostic::{Diagnostic, rules};
use crate::plan::Plan;
use crate::terminal::{visible_lines, visible_path};

pub fn run(common: &Common, targets: &[String]) -> CommandResult {
    let plans = plan_all(common, targets, READING)?.plans;
    let mut lines = String::new();
    for path in plans.iter().flat_map(Plan::output_paths) {
        let Some(line) = line(&path) else {
            let path = visible_path(&path);
            let message = "this path does not fit into a list with one path per line";
            let diagnostic = Diagnostic::file(rules::UNPRINTABLE_PATH, path, message);
            return Err(diagnostic.help("choose another folder").into());
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    Ok(Report::clean(lines))
}

/// A path as it is read back from a line. `None` if it cannot be, or if a log would show something else.
fn line(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    if text.contains('\n') || visible_lines(text) != text {
        return None;
    }
    // The same path, which no CI system takes for a command.
    let is_command = text.trim_start().starts_with("::");
    Some(if is_command {
        format!("./{text}")
    } else {
        text.to_owned()
    })
}
