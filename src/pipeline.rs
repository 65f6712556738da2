//! Puts the stages together, from the source of a catalogue to rendered files.
//!
//! Everything that takes a catalogue through the stages uses this: the commands, the process that renders third-party
//! templates, and the fuzz targets.
//!
//! ```no_run
//! use errgen::pipeline::with_draft;
//! use errgen::target::Library;
//!
//! # fn main() -> Result<(), errgen::diagnostic::Diagnostics> {
//! let library = Library::standard();
//! let targets = with_draft("catalog.yaml".as_ref(), &[], |draft| {
//!     let project = draft.analyse(&library, &[]).into_project()?;
//!     let origin = |_: &_| "catalog.yaml".to_owned();
//!     project.render(&[], origin, |_| unreachable!("all targets are standard ones"))
//! })?;
//! # Ok(())
//! # }
//! ```

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bumpalo::Bump;

use crate::catalog::Catalog;
use crate::compatibility::{Former, History, Subject, assess};
use crate::diagnostic::{self, Diagnostics, Rule, Source, Span, collect};
use crate::include::{Explanations, include, read_explanations};
use crate::ledger::{self, Ledger, Record, read_ledger};
use crate::lint::lint;
use crate::load::load_targets;
use crate::model::{Model, Selection};
use crate::parse::{parse, raw};
use crate::read::{Disk, Files, read_from};
use crate::render::{
    Engine, RenderedFile, RenderedTarget, Rendering, shows_history, shows_names_of_others,
};
use crate::side_by_side::side_by_side;
use crate::target::{Library, Target};
use crate::validate::{EnabledTarget, enable_targets, too_old, validate};

/// A catalogue as it was written.
pub struct Draft<'a> {
    pub source: &'a Arc<Source>,
    /// `None` if the text is not YAML.
    raw: Option<raw::Catalog<'a>>,
    diagnostics: Diagnostics,
    explanations: Explanations,
    /// `None` if nothing was ever released.
    ledger: Option<Arc<Source>>,
    /// The files that it names, and the folders in which more could be found.
    named: Vec<PathBuf>,
}

/// A catalogue that has been checked against itself and against its targets.
pub struct Analysis<'a> {
    pub source: &'a Arc<Source>,
    /// The catalogue as it was written. `None` if there is nothing but `errors`: the text is not YAML, or requires another
    /// version of errgen.
    pub raw: Option<&'a raw::Catalog<'a>>,
    /// `None` if validation found an error.
    pub catalog: Option<Catalog<'a>>,
    explanations: &'a Explanations,
    /// What was released. `None` if nothing was, or if the ledger is damaged.
    pub ledger: Option<Ledger<'a>>,
    /// The files that it names, and the folders in which more could be found.
    named: &'a [PathBuf],
    /// The targets that it is for, except those that could not be loaded or are configured wrongly.
    pub targets: Vec<EnabledTarget>,
    /// Why nothing can be generated from it. Empty if it is valid.
    pub errors: Diagnostics,
}

/// A valid catalogue with the targets that it is for.
pub struct Project<'a> {
    pub source: &'a Arc<Source>,
    /// As they were read.
    pub explanations: &'a Explanations,
    /// The files that it names, and the folders in which more could be found.
    pub named: &'a [PathBuf],
    pub catalog: Catalog<'a>,
    /// What was released. `None` if nothing was.
    pub ledger: Option<Ledger<'a>>,
    pub targets: Vec<EnabledTarget>,
    /// Whether the catalogue names its targets. If not, it is for all that there are.
    pub names_targets: bool,
}

/// Reads a catalogue with the files that it names, and continues with `then`. Links to them may lead to the `allowed` folders
/// outside the catalogue's.
///
/// # Errors
///
/// If a file cannot be read; otherwise what `then` returns.
pub fn with_draft<T>(
    path: &Path,
    allowed: &[PathBuf],
    then: impl FnOnce(&Draft) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    with_whole(&Disk, path, allowed, |draft| {
        then(&draft.with_files(path, allowed))
    })
}

/// The same of a catalogue as it was among the files of another time. It is held against no ledger: what was released by then
/// says nothing about what was right.
///
/// # Errors
///
/// If a file cannot be read; otherwise what `then` returns.
pub fn with_draft_from<T>(
    files: &dyn Files,
    path: &Path,
    then: impl FnOnce(&Draft) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    with_whole(files, path, &[], |draft| {
        then(&draft.with_explanations(files, path, &[]))
    })
}

/// Reads a catalogue with the files that it includes, and continues with `then`.
fn with_whole<T>(
    files: &dyn Files,
    path: &Path,
    allowed: &[PathBuf],
    then: impl FnOnce(Draft) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let source = read_from(files, path)?;
    let draft = Draft::parse(&source);
    let Some(raw) = draft.known().filter(|raw| !raw.include.is_empty()) else {
        return then(draft);
    };
    let whole = include(files, path, &source, &raw.include, allowed)?;
    drop(draft);
    then(Draft {
        named: whole.inputs,
        ..Draft::parse(&whole.source)
    })
}

impl<'a> Draft<'a> {
    /// Parses a catalogue.
    pub fn parse(source: &'a Arc<Source>) -> Self {
        let (raw, diagnostics) = parse(source);
        Self {
            source,
            raw,
            diagnostics,
            explanations: Explanations::default(),
            ledger: None,
            named: Vec::new(),
        }
    }

    /// The same with the ledger beside the whole catalogue, which is at a path, and the explanations that it names.
    #[must_use]
    pub fn with_files(self, path: &Path, allowed: &[PathBuf]) -> Self {
        let mut draft = self.with_explanations(&Disk, path, allowed);
        match read_ledger(path) {
            Ok(ledger) => {
                let path = ledger.as_ref().map(|ledger| PathBuf::from(&ledger.path));
                draft.named.extend(path);
                draft.ledger = ledger;
            }
            Err(diagnostics) => draft.diagnostics.extend(diagnostics),
        }
        draft
    }

    /// The same with the explanations that the whole catalogue, which is at a path, names.
    fn with_explanations(mut self, files: &dyn Files, path: &Path, allowed: &[PathBuf]) -> Self {
        let explained = self
            .known()
            .map(|raw| read_explanations(files, path, self.source, raw, allowed));
        if let Some(explained) = explained {
            self.diagnostics.extend(explained.diagnostics);
            self.explanations = explained.explanations;
            self.named.extend(explained.inputs);
        }
        self
    }

    /// The same with a ledger that has been read.
    #[must_use]
    pub fn released_by(self, ledger: Option<Arc<Source>>) -> Self {
        Self { ledger, ..self }
    }

    /// The same with explanations that have been read.
    #[must_use]
    pub fn explained_by(self, explanations: Explanations) -> Self {
        Self {
            explanations,
            ..self
        }
    }

    /// The version that the catalogue states.
    pub fn version(&self) -> Option<&str> {
        let version = self.known()?.version.as_ref()?;
        Some(&version.value)
    }

    /// The catalogue as it was written, unless it requires another version of errgen: then nothing in it is certain.
    pub fn known(&self) -> Option<&raw::Catalog<'a>> {
        let raw = self.raw.as_ref();
        raw.filter(|raw| too_old(self.source, raw).is_none())
    }

    /// Checks the catalogue, for the targets that it names and the `requested` ones.
    pub fn analyse(&'a self, library: &Library, requested: &[String]) -> Analysis<'a> {
        let source = self.source;
        let mut analysis = Analysis {
            source,
            raw: None,
            catalog: None,
            explanations: &self.explanations,
            ledger: None,
            named: &self.named,
            targets: Vec::new(),
            errors: Diagnostics::new(),
        };
        let Some(raw) = &self.raw else {
            analysis.errors.clone_from(&self.diagnostics);
            return analysis;
        };
        if let Some(diagnostic) = too_old(source, raw) {
            // Anything else that looks wrong may be right for the version that it requires.
            analysis.errors.push(diagnostic);
            return analysis;
        }
        let mut errors = self.diagnostics.clone();
        // Of a catalogue that could not be read as a whole, much seems to be missing.
        if let Some(ledger) = self.ledger.as_ref().filter(|_| errors.is_empty()) {
            match ledger::parse(source, ledger) {
                Ok(ledger) => {
                    errors.extend(ledger::check(&ledger, raw));
                    analysis.ledger = Some(ledger);
                }
                Err(damage) => errors.extend(damage),
            }
        }
        let loaded = load_targets(source, raw, library, requested, &mut errors);
        analysis.targets = enable_targets(source, raw, loaded, &mut errors);
        analysis.catalog = validate(
            source,
            raw,
            &self.explanations,
            &analysis.targets,
            &mut errors,
        );
        analysis.raw = Some(raw);
        analysis.errors = errors;
        analysis
    }
}

impl<'a> Analysis<'a> {
    /// All errors and likely mistakes, sorted by place.
    pub fn lint(&self) -> Diagnostics {
        let mut diagnostics = self.errors.clone();
        let found = self.raw.map(|raw| {
            let changed = self.exempt_changes(raw);
            lint(self.source, raw, self.catalog.as_ref(), changed.as_deref())
        });
        diagnostics.extend(found.into_iter().flatten());
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// The exemptions from changes that have come since the last release, by the places of their rules. `None` if nothing
    /// tells.
    fn exempt_changes(&self, raw: &raw::Catalog) -> Option<Vec<Span>> {
        let exemptions = raw.errors().flat_map(|error| {
            let code = error
                .code
                .as_ref()
                .map(|code| ledger::Code::from(&code.value));
            let rules = error.allow.iter().filter_map(|it| it.rule.as_ref());
            rules.filter_map(move |rule| Some((code.clone()?, rule)))
        });
        let is_change = |name: &str| Rule::find(name).is_some_and(Rule::is_change);
        let exemptions: Vec<_> = exemptions
            .filter(|(_, rule)| is_change(&rule.value))
            .collect();
        let ledger = self.ledger.as_ref().filter(|_| !exemptions.is_empty())?;
        let now = Record::of(self.catalog.as_ref()?, &self.targets);
        let (changes, _) = assess(&Former::of_ledger(ledger), &now, &self.targets, raw);
        let made = changes.iter().filter_map(|change| match &change.subject {
            Subject::Error(code, _) => Some((code, change.rule.name)),
            _ => None,
        });
        let made: HashSet<_> = made.collect();
        let used = exemptions.iter();
        let used = used.filter(|(code, rule)| made.contains(&(code, rule.value.as_ref())));
        Some(used.map(|(_, rule)| rule.span).collect())
    }

    /// The project, if the catalogue is valid.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the catalogue or its targets.
    pub fn into_project(self) -> Result<Project<'a>, Diagnostics> {
        match self.catalog {
            Some(catalog) if self.errors.is_empty() => Ok(Project {
                source: self.source,
                explanations: self.explanations,
                named: self.named,
                catalog,
                ledger: self.ledger,
                targets: self.targets,
                names_targets: self.raw.is_some_and(|raw| raw.targets.is_some()),
            }),
            _ => Err(self.errors),
        }
    }
}

impl Project<'_> {
    /// What has become of its errors, version by version.
    pub fn history(&self) -> History {
        History::of(&self.catalog, self.ledger.as_ref())
    }

    /// The targets, without their settings in the catalogue.
    pub fn loaded_targets(&self) -> Vec<&Target> {
        self.targets.iter().map(|it| &*it.target).collect()
    }

    /// Renders the targets with the `wanted` ids, or all targets if there are none. `origin` tells what the files of a target
    /// say they were generated from, as it can stand in a comment. `render_foreign` renders the targets that are not part of
    /// errgen.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them.
    pub fn render(
        &self,
        wanted: &[String],
        origin: impl Fn(&EnabledTarget) -> String,
        render_foreign: impl Fn(&EnabledTarget) -> Result<Vec<RenderedFile>, Diagnostics> + Sync,
    ) -> Result<Vec<RenderedTarget>, Diagnostics> {
        let is_wanted = |it: &&EnabledTarget| wanted.is_empty() || wanted.contains(&it.target.id);
        let enabled: Vec<_> = self.targets.iter().filter(is_wanted).collect();
        let arena = Bump::new();
        let model = self.model(&arena, &enabled);
        let renderings = enabled.iter().map(|enabled| {
            let Some(model) = model.as_ref().filter(|_| enabled.target.is_standard()) else {
                return Ok(None);
            };
            let engine = Engine::new(&enabled.target)?;
            Rendering::new(&arena, engine, model, enabled, &origin(enabled)).map(Some)
        });
        let renderings = collect(renderings)?;
        // Rendering is most of the work, and the files share no mutable state.
        let work = renderings.iter().enumerate();
        let tasks = work.flat_map(|(place, rendering)| match rendering {
            Some(rendering) => rendering.rules().map(|rule| (place, Some(rule))).collect(),
            None => vec![(place, None)],
        });
        let results = side_by_side(tasks, |(place, rule)| {
            let files = match (&renderings[place], rule) {
                (Some(rendering), Some(rule)) => rendering.files(rule, &|_, _| {}),
                _ => render_foreign(enabled[place]),
            };
            files.map(|files| (place, files))
        });
        let mut files: Vec<_> = enabled.iter().map(|_| Vec::new()).collect();
        for (place, own) in collect(results)? {
            files[place].extend(own);
        }
        let work = enabled.iter().zip(&renderings).zip(files);
        collect(work.map(|((enabled, rendering), files)| match rendering {
            Some(rendering) => rendering.finish(files),
            None => Ok(RenderedTarget {
                id: enabled.target.id.clone(),
                files,
            }),
        }))
    }

    /// The model for some targets. `None` if all of them are foreign, because their renderers build their own.
    fn model<'b>(&'b self, arena: &'b Bump, wanted: &[&'b EnabledTarget]) -> Option<Model<'b>> {
        if !wanted.iter().any(|it| it.target.is_standard()) {
            return None;
        }
        let needs_all = wanted.iter().any(|it| shows_names_of_others(&it.target));
        let named = if needs_all {
            self.loaded_targets()
        } else {
            wanted.iter().map(|it| &*it.target).collect()
        };
        let selections = wanted.iter().map(|it| Selection::of(it));
        let shows_history = wanted.iter().any(|it| shows_history(&it.target));
        let history = if shows_history {
            self.history()
        } else {
            History::default()
        };
        let catalog = &self.catalog;
        Some(Model::new(arena, catalog, &history, &named, selections))
    }
}
