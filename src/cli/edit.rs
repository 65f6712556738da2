//! `errgen add`, `rename`, `retire` and `deprecate`

use std::path::Path;
use std::sync::Arc;

use super::arguments::Common;
use super::edits::{self, nothing_changed, patches, replacements};
use super::inputs::{catalog_path, library};
use super::{CommandResult, Report};
use crate::catalog::Catalog;
use crate::diagnostic::{
    Diagnostic, Diagnostics, Fix, Source, apply, did_you_mean, rules, unless_any,
};
use crate::edit::{self, NewError, Refusal};
use crate::parse::raw;
use crate::pipeline::Draft;
use crate::terminal::visible;
use crate::write::Replacement;

/// What to change.
pub enum Change<'a> {
    Add(NewError<'a>),
    AddLocale(&'a str),
    Rename { id: &'a str, new: &'a str },
    Retire { id: &'a str },
    Deprecate { id: &'a str, r#use: Option<&'a str> },
}

/// A change in the text of a catalogue.
struct Planned {
    before: Arc<Source>,
    after: Arc<Source>,
    /// What has been done, for the user.
    done: String,
}

impl edits::Planned for Planned {
    fn patch(&self) -> String {
        patches(&self.before, &self.after)
    }

    fn replacements(&self) -> Vec<Replacement> {
        replacements(&self.before, &self.after)
    }

    fn done(self, _: &Common) -> Report {
        Report::clean(self.done)
    }
}

pub fn run(common: &Common, change: &Change, shows: bool) -> CommandResult {
    let path = catalog_path(common)?;
    let library = library(common)?;
    let plan = |draft: &Draft| {
        let analysis = draft.analyse(&library, &[]);
        let (Some(raw), Some(catalog)) = (analysis.raw, &analysis.catalog) else {
            return Err(analysis.errors);
        };
        unless_any(analysis.errors.clone(), ())?;
        let (fix, done) = plan(draft.source, raw, catalog, change)
            .map_err(|refusal| report(&path, draft.source, refusal))?;
        let (after, _) = apply(draft.source, [&fix]);
        let after = Arc::new(after);
        // What is written has to be a catalogue, too.
        let written = Draft::parse(&after).with_files(&path, &common.allow_links_to);
        unless_any(written.analyse(&library, &[]).errors, ())?;
        Ok(Planned {
            before: Arc::clone(draft.source),
            after,
            done,
        })
    };
    edits::change(common, &path, shows, plan, nothing_changed)
}

/// The change in the text, and a line that says what has been done.
fn plan(
    source: &Source,
    raw: &raw::Catalog,
    catalog: &Catalog,
    change: &Change,
) -> Result<(Fix, String), Refusal> {
    let wanted = |id: &str| edit::find(raw, id).ok_or_else(|| no_such_error(raw, id));
    match change {
        Change::Add(new) => {
            let (fix, code) = edit::add(source, raw, catalog, new)?;
            Ok((
                fix,
                format!("added {} to `{}`\n", visible(&code), visible(new.place)),
            ))
        }
        Change::AddLocale(tag) => {
            let mut fix = edit::add_locale(source, raw, tag)?;
            let (missing, count) = edit::mark_missing(source, raw, tag);
            fix.edits.extend(missing.edits);
            let tag = visible(tag);
            let texts = if count == 1 { "text" } else { "texts" };
            let line = format!(
                "write {count} {texts} in place of `~`, which `errgen lint` lists; until then readers get the fallback"
            );
            Ok((fix, format!("added the locale {tag}: {line}\n")))
        }
        Change::Rename { id, new } => {
            let fix = edit::change_id(source, raw, wanted(id)?, new)?;
            Ok((
                fix,
                format!("renamed {} to {}\n", visible(id), visible(new)),
            ))
        }
        Change::Retire { id } => {
            let fix = edit::retire(source, wanted(id)?)?;
            Ok((
                fix,
                format!("{} is retired with the next release\n", visible(id)),
            ))
        }
        Change::Deprecate { id, r#use } => {
            let fix = edit::deprecate(source, wanted(id)?, *r#use)?;
            Ok((
                fix,
                format!("{} is deprecated with the next release\n", visible(id)),
            ))
        }
    }
}

fn no_such_error(raw: &raw::Catalog, id: &str) -> Refusal {
    let ids = raw.errors().filter_map(|error| error.id.as_ref());
    let help = did_you_mean(id, ids.map(|id| id.value.as_ref()), || {
        "`errgen explain` finds errors by their messages".to_owned()
    });
    Refusal {
        place: None,
        message: format!("no error has the id or the code `{id}`"),
        help,
    }
}

fn report(path: &Path, source: &Arc<Source>, refusal: Refusal) -> Diagnostics {
    let Refusal {
        place,
        message,
        help,
    } = refusal;
    let diagnostic = match place {
        Some(place) => Diagnostic::at(rules::REFUSED_CHANGE, source, place, message),
        None => Diagnostic::file(rules::REFUSED_CHANGE, path.display().to_string(), message),
    };
    diagnostic.help(help).into()
}
