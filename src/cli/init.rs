//! `errgen init`

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heck::{ToSnakeCase, ToTitleCase};

use super::arguments::Common;
use super::inputs::{check_requested, library, refuse_catalogs};
use super::output::patience;
use super::{CommandResult, Report};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, rules, unless_any};
use crate::init::{Start, StartFile, start};
use crate::pipeline::Draft;
use crate::schema;
use crate::target::{Library, Target};
use crate::terminal::{visible, visible_json};
use crate::write::replace;

/// The id of a catalogue in a folder whose name makes none.
const ID: &str = "api";

/// What the user says of the catalogue to be.
pub struct Request<'a> {
    pub targets: &'a [String],
    pub id: Option<&'a str>,
    pub title: Option<&'a str>,
    pub locales: &'a [String],
}

pub fn run(common: &Common, request: &Request) -> CommandResult {
    refuse_catalogs(request.targets)?;
    let library = library(common)?;
    check_requested(&library, request.targets)?;
    let here = std::env::current_dir().unwrap_or_default();
    let known = library.ids().filter_map(|id| library.load(id));
    let known = known.collect::<Result<Vec<_>, _>>()?;
    let known: Vec<&Target> = known.iter().map(AsRef::as_ref).collect();
    let is_wanted = |target: &&&Target| {
        if request.targets.is_empty() {
            is_of_project(&here, target)
        } else {
            request.targets.contains(&target.id)
        }
    };
    let targets: Vec<_> = known.iter().filter(is_wanted).copied().collect();
    let id = request.id.map_or_else(|| id_of(&here), str::to_owned);
    let default_title = format!("{} errors", id.to_title_case());
    let title = request.title.unwrap_or(&default_title);
    let locales = match request.locales {
        [] => vec!["en".to_owned()],
        given => given.to_vec(),
    };
    let schema = schema(&library)?;
    let files = start(&Start {
        id: &id,
        title: &serde_json::Value::from(title).to_string(),
        locales: &locales,
        known: &known,
        targets: &targets,
        schema: &schema,
    });
    refuse_existing(&files)?;
    // What was given may make no catalogue.
    let source = Arc::new(Source::new(files[0].path, files[0].text.clone()));
    Draft::parse(&source)
        .analyse(&library, &[])
        .into_project()?;
    for file in &files {
        replace(Path::new(file.path), file.text.as_bytes(), patience(common))?;
    }
    Ok(Report::clean(next_steps(&files, &targets)))
}

fn schema(library: &Library) -> Result<String, Diagnostics> {
    let schema = format!("{:#}\n", schema::catalog(library)?);
    Ok(visible_json(&schema).into_owned())
}

/// Whether a folder has a file by which a project of the target's language is known.
fn is_of_project(folder: &Path, target: &Target) -> bool {
    let mut files = target.manifest.project.iter().flat_map(|it| &it.files);
    files.any(|file| folder.join(file).exists())
}

/// An id from the name of a folder: `shop_api` from `Shop API`.
pub fn id_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let id = name.to_snake_case();
    let is_id = id.starts_with(|it: char| it.is_ascii_lowercase())
        && id
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_');
    if is_id { id } else { ID.to_owned() }
}

/// Nothing is written where anything is already.
fn refuse_existing(files: &[StartFile]) -> Result<(), Diagnostics> {
    let there = files
        .iter()
        .filter(|file| fs::symlink_metadata(file.path).is_ok());
    let refuse = |file: &StartFile| {
        let path = PathBuf::from(file.path).display().to_string();
        Diagnostic::file(rules::UNWRITABLE_FILE, path, "there is such a file already")
            .help("move it away, or start in another folder; nothing was written")
    };
    unless_any(there.map(refuse).collect(), ())
}

/// What was written, and what comes next.
fn next_steps(files: &[StartFile], targets: &[&Target]) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for file in files {
        let _ = writeln!(text, "wrote {}", file.path);
    }
    let what = match targets {
        [] => "all targets".to_owned(),
        targets => {
            let ids: Vec<_> = targets.iter().map(|it| visible(&it.id)).collect();
            ids.join(", ")
        }
    };
    let _ = write!(
        text,
        "\nNext:\n  \
         1. errgen generate            writes {what}\n  \
         2. edit catalog.yaml          and generate again; `errgen lint` finds mistakes\n  \
         3. git add . && git commit    the catalogue, and all that errgen has written\n  \
         4. errgen release             once it is published: codes are then held against the ledger\n"
    );
    text
}
