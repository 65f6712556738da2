//! `errgen import`

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heck::ToTitleCase;

use super::arguments::Common;
use super::edits::{self, nothing_changed, patches, replacements};
use super::init::id_of;
use super::inputs::library;
use super::output::patience;
use super::{CommandResult, Report};
use crate::diagnostic::{Diagnostics, Source, apply, unless_any};
use crate::import::{
    Column, Format, Head, Import, Merged, Options, Role, catalog, counted, guesses, merge, read,
    sections_of, summary,
};
use crate::pipeline::Draft;
use crate::read::{CATALOG, nearest_catalog, read as read_file};
use crate::target::Library;
use crate::terminal::visible;
use crate::write::{Replacement, replace};

/// How often fills that touch each other are made one after the other: a locale, a message, a description and a resolution.
const ROUNDS: usize = 6;

/// What the user says of the files.
pub struct Request<'a> {
    pub files: &'a [PathBuf],
    pub format: Option<Format>,
    pub columns: &'a [(String, Column)],
    pub locale: Option<&'a str>,
    pub http: Option<u16>,
    pub role: Option<Role>,
    pub prefix: &'a str,
    pub id: Option<&'a str>,
    pub title: Option<&'a str>,
    /// Whether to show the change instead of making it.
    pub shows: bool,
}

pub fn run(common: &Common, request: &Request) -> CommandResult {
    let files = request.files.iter().map(|path| {
        let source = read_file(path)?;
        Ok::<_, Diagnostics>((source.path.clone(), source.text.clone()))
    });
    let files = Arc::new(Source::of_files(files.collect::<Result<Vec<_>, _>>()?));
    let path = match &common.catalog {
        Some(path) => path.clone(),
        None => nearest_catalog().unwrap_or_else(|| PathBuf::from(CATALOG)),
    };
    // A link that leads nowhere is no place for a new one either.
    let is_new = std::fs::symlink_metadata(&path).is_err();
    let role = match (request.role, is_new) {
        (Some(role), _) => role,
        (None, true) => Role::Message,
        (None, false) => Role::Description,
    };
    let import = read(
        &files,
        &Options {
            format: request.format,
            columns: request.columns.to_vec(),
            locale: request.locale,
            http: request.http,
            prefix: request.prefix,
            role,
            is_new,
        },
    )?;
    let library = library(common)?;
    if is_new {
        start(common, request, &path, &files, &import, &library)
    } else {
        add(common, request, &path, &files, &import, (role, &library))
    }
}

/// Writes a new catalogue.
fn start(
    common: &Common,
    request: &Request,
    path: &Path,
    files: &Source,
    import: &Import,
    library: &Library,
) -> CommandResult {
    let here = std::env::current_dir().unwrap_or_default();
    let id = request.id.map_or_else(|| id_of(&here), str::to_owned);
    let title = request.title.map(str::to_owned);
    let title = title.unwrap_or_else(|| format!("{} errors", id.to_title_case()));
    let mut names: Vec<String> = Vec::new();
    for name in request.files.iter().filter_map(|it| file_name(it)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let head = Head {
        id: &id,
        title: &title,
        files: &names,
    };
    let text = catalog(files, import, &head);
    let source = Arc::new(Source::new(path.display().to_string(), text));
    let mut report = said(import);
    if let Some(guessed) = guesses(import, sections_of(&import.errors.list)) {
        let _ = writeln!(
            report,
            "marked `# guessed` in {}: {guessed}",
            visible(&path.display().to_string())
        );
    }
    if request.shows {
        let nothing = Source::new(source.path.clone(), String::new());
        return Ok(Report {
            patch: patches(&nothing, &source),
            ..Report::clean(String::new())
        });
    }
    replace(path, source.text.as_bytes(), patience(common))?;
    let analysis = Draft::parse(&source).with_files(path, &common.allow_links_to);
    let errors = analysis.analyse(library, &[]).errors;
    if !errors.is_empty() {
        return Ok(Report {
            headline: Some(format!(
                "{} was written; mend this by hand before you generate",
                visible(&path.display().to_string())
            )),
            text: report,
            ..Report::of(errors)
        });
    }
    report.push_str("next: check what is marked, then `errgen lint` and `errgen generate`\n");
    Ok(Report::clean(report))
}

/// What is added to a catalogue that is there.
struct Planned<'i> {
    before: Arc<Source>,
    after: Arc<Source>,
    merged: Merged,
    import: &'i Import,
}

impl edits::Planned for Planned<'_> {
    fn patch(&self) -> String {
        patches(&self.before, &self.after)
    }

    fn replacements(&self) -> Vec<Replacement> {
        replacements(&self.before, &self.after)
    }

    fn shown(self) -> Report {
        Report {
            patch: self.patch(),
            ..Report::of(self.merged.conflicts)
        }
    }

    fn done(self, _: &Common) -> Report {
        let Merged {
            added,
            filled,
            conflict_count,
            strangers,
            conflicts,
            ..
        } = self.merged;
        let mut text = said(self.import);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{} added, {} filled in, {}",
            counted(added, "error"),
            counted(filled, "text"),
            counted(conflict_count, "conflict"),
        );
        if strangers > 0 {
            let _ = writeln!(
                text,
                "{} of no error in the catalogue",
                counted(strangers, "key")
            );
        }
        Report {
            text,
            ..Report::of(conflicts)
        }
    }
}

/// Adds to a catalogue that is there.
fn add(
    common: &Common,
    request: &Request,
    path: &Path,
    files: &Arc<Source>,
    import: &Import,
    (role, library): (Role, &Library),
) -> CommandResult {
    let plan = |draft: &Draft| {
        let before = Arc::clone(draft.source);
        let (after, merged) = merge_all(&before, path, common, library, files, import, role)?;
        Ok(Planned {
            before,
            after,
            merged,
            import,
        })
    };
    edits::change(common, path, request.shows, plan, nothing_changed)
}

/// Merges until nothing is left to be filled in.
fn merge_all(
    before: &Arc<Source>,
    path: &Path,
    common: &Common,
    library: &Library,
    files: &Arc<Source>,
    import: &Import,
    role: Role,
) -> Result<(Arc<Source>, Merged), Diagnostics> {
    let mut source = Arc::clone(before);
    let mut first: Option<Merged> = None;
    for _ in 0..ROUNDS {
        let draft = Draft::parse(&source).with_files(path, &common.allow_links_to);
        let analysis = draft.analyse(library, &[]);
        let (Some(raw), Some(catalog)) = (analysis.raw, &analysis.catalog) else {
            return Err(analysis.errors);
        };
        unless_any(analysis.errors.clone(), ())?;
        let merged = merge(&source, raw, catalog, files, import, role);
        let is_done = merged.fixes.is_empty();
        let (after, _) = apply(&source, &merged.fixes);
        first.get_or_insert(merged);
        if is_done {
            break;
        }
        source = Arc::new(after);
    }
    Ok((source, first.unwrap_or_default()))
}

/// How much was read, and what of it was left out.
fn said(import: &Import) -> String {
    let mut text = String::new();
    if import.rows > 0 {
        text.push_str(&summary(import));
    }
    if !import.keyed.is_empty() {
        let _ = writeln!(text, "{} by key", counted(import.keyed.len(), "text"));
    }
    // Writing to a string cannot fail.
    if import.errors.repeated > 0 {
        let _ = writeln!(
            text,
            "{} told of an error again",
            counted(import.errors.repeated, "row")
        );
    }
    if import.plurals > 0 {
        let _ = writeln!(
            text,
            "left out: {} with a form for each number",
            counted(import.plurals, "text")
        );
    }
    if !import.left_out.is_empty() {
        let names: Vec<String> = import
            .left_out
            .iter()
            .map(|it| format!("`{}`", visible(it)))
            .collect();
        let _ = writeln!(
            text,
            "left out: {}; `--map COLUMN=KEY` takes a column over",
            names.join(", ")
        );
    }
    text
}

fn file_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    Some(visible(&name).replace(['\n', '\r'], " "))
}
