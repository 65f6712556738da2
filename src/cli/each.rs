//! Runs a command for each of several catalogues.

use std::path::{Path, PathBuf};

use super::arguments::Common;
use super::{CommandResult, Report};
use crate::diagnostic::{Diagnostic, rules};

/// Runs a command for each of the catalogues that are named as arguments, and puts the reports together. Without any, it runs for the
/// one that the options name.
///
/// # Errors
///
/// If an option names a catalogue, too; without arguments, whatever `run` returns.
pub fn each(
    common: &Common,
    catalogs: &[PathBuf],
    run: impl Fn(&Common) -> CommandResult,
) -> CommandResult {
    if catalogs.is_empty() {
        return run(common);
    }
    if let Some(other) = &common.catalog {
        let message = format!(
            "`--catalog {}` and `{}` both name a catalogue",
            other.display(),
            catalogs[0].display()
        );
        let diagnostic = Diagnostic::file(rules::NO_SUCH_ARGUMENT, "errgen", message);
        return Err(diagnostic.help("leave out `--catalog`").into());
    }
    let mut whole = Report::clean(String::new());
    let names = catalogs.iter().map(|it| it.display().to_string());
    whole.catalogs = names.collect();
    let mut headlines = Vec::new();
    for catalog in catalogs {
        let own = Common {
            catalog: Some(catalog.clone()),
            ..common.clone()
        };
        let report = run(&own).unwrap_or_else(Report::of);
        whole.text += &report.text;
        whole.patch += &report.patch;
        headlines.extend(report.headline);
        whole.diagnostics.extend(report.diagnostics);
        whole.fails |= report.fails;
    }
    whole.headline = (!headlines.is_empty()).then(|| headlines.join("\n"));
    Ok(whole)
}

/// Whether a word names a file, and no target.
pub fn is_catalog(word: &str) -> bool {
    let extension = Path::new(word).extension();
    word.contains(['/', '\\'])
        || extension.is_some_and(|it| {
            ["yaml", "yml"]
                .iter()
                .any(|yaml| it.eq_ignore_ascii_case(yaml))
        })
}
