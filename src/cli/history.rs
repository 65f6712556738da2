//! What the tags of a catalogue's repository say was released.

use std::path::Path;

use semver::Version;

use super::invocation::quoted;
use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::ledger::Recording;
use crate::pipeline::{Analysis, Draft};
use crate::revision::{Repository, Revision, Tag};
use crate::target::Library;
use crate::terminal::visible;

/// Which tags stand for releases.
#[derive(Clone, Copy)]
pub struct Tags<'a> {
    /// A pattern of git.
    pub pattern: &'a str,
    /// Tags that match it, and stand for none.
    pub without: &'a [String],
}

/// What was released.
pub struct History {
    /// The tags with their versions, from the lowest one on.
    pub releases: Vec<(String, Version)>,
    /// The tags that have no catalogue.
    pub left_out: Vec<String>,
}

impl History {
    /// What was recorded: the tags, and then a version of the catalogue, unless it is that of the last tag.
    pub fn summary(&self, version: &Version, errors: usize, ledger: &str) -> String {
        let tagged = self.releases.iter().map(|(_, version)| version);
        let versions: Vec<_> = tagged
            .filter(|it| *it != version)
            .chain([version])
            .collect();
        let releases = match versions.as_slice() {
            [first, .., last] => format!("{} releases, {first} to {last}", versions.len()),
            _ => version.to_string(),
        };
        let left_out = if self.left_out.is_empty() {
            String::new()
        } else {
            let names = self.left_out.iter().map(|name| visible(name));
            let names: Vec<_> = names.collect();
            format!(
                "left out, as they have no such catalogue: {}\n",
                names.join(", ")
            )
        };
        format!(
            "recorded {releases}: {errors} in all\n{left_out}next: run `errgen lint` to see whether released codes are missing, commit {ledger}, and write `since: next` at what is new from now on\n"
        )
    }
}

/// A catalogue at a tag.
struct Tagged<'r> {
    tag: Tag,
    revision: Revision<'r>,
}

/// Records what the tags stand for in the order of its versions. Every catalogue is validated as that of today.
///
/// # Errors
///
/// If a tag cannot be read or recorded.
pub fn record(
    path: &Path,
    library: &Library,
    tags: Tags,
    recording: &mut Recording,
) -> Result<History, Diagnostics> {
    let repository = Repository::of(path)?;
    let mut history = History {
        releases: Vec::new(),
        left_out: Vec::new(),
    };
    let mut tagged = Vec::new();
    let mut faults = Diagnostics::new();
    for tag in chosen(path, &repository, tags)? {
        let Some(revision) = repository.at_tag(&tag)? else {
            history.left_out.push(tag.name);
            continue;
        };
        let it = Tagged { tag, revision };
        match it.revision.with_draft(|draft| version(draft, library)) {
            Ok(version) => tagged.push((version, it)),
            Err(found) => faults.extend(it.unfit(found)),
        }
    }
    if tagged.is_empty() && faults.is_empty() {
        let message = format!("no tag that matches `{}` has this catalogue", tags.pattern);
        let help = "name other tags, as in `--tags 'errors-*'`, or leave out `--tags` to start with the catalogue as it is";
        return Err(refuse(&path.display().to_string(), message, help).into());
    }
    tagged.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (version, it) in tagged {
        let recorded = it.revision.with_draft(|draft| {
            let analysis = draft.analyse(library, &[]);
            it.add(analysis, &version, &mut history, recording)
        });
        if let Err(found) = recorded {
            faults.extend(it.unfit(found));
        }
    }
    unless_any(faults, history)
}

/// The tags that stand for releases.
fn chosen(path: &Path, repository: &Repository, tags: Tags) -> Result<Vec<Tag>, Diagnostics> {
    let mut found = repository.tags(tags.pattern)?;
    let is_unknown = |name: &&String| found.iter().all(|tag| tag.name != **name);
    let unknown = tags.without.iter().filter(is_unknown).map(|name| {
        let message = format!("there is no tag `{name}` that matches `{}`", tags.pattern);
        let help = "correct the name after `--without`, or remove it";
        refuse(&path.display().to_string(), message, help)
    });
    unless_any(unknown.collect(), ())?;
    found.retain(|tag| !tags.without.contains(&tag.name));
    Ok(found)
}

/// The version that a catalogue states, or what is wrong with it.
fn version(draft: &Draft, library: &Library) -> Result<Version, Diagnostics> {
    let version = draft.version().and_then(|text| Version::parse(text).ok());
    version.ok_or_else(|| draft.analyse(library, &[]).errors)
}

impl Tagged<'_> {
    /// Adds the release that the tag stands for.
    fn add(
        &self,
        analysis: Analysis,
        version: &Version,
        history: &mut History,
        recording: &mut Recording,
    ) -> Result<(), Diagnostics> {
        let project = analysis.into_project()?;
        let (catalog, targets) = (&project.catalog, &project.targets);
        let text = version.to_string();
        if let Some((tag, last)) = history.releases.last()
            && last == version
        {
            if recording.ends_with(catalog, targets, &text) {
                return Ok(());
            }
            let message = format!(
                "the tags `{tag}` and `{}` both state {version}, and their catalogues differ",
                self.tag.name
            );
            let help = format!(
                "leave out the one that was not released, as in {}",
                self.without()
            );
            return Err(refuse(&self.revision.shown(), message, &help).into());
        }
        recording.add(catalog, targets, &text);
        history
            .releases
            .push((self.tag.name.clone(), version.clone()));
        Ok(())
    }

    /// What is wrong with the catalogue at the tag, and how to leave that out.
    fn unfit(&self, mut found: Diagnostics) -> Diagnostics {
        if found.iter().any(|it| it.rule == rules::REFUSED_RELEASE) {
            return found;
        }
        let message = format!("the catalogue at the tag `{}` is not valid", self.tag.name);
        let help = format!("leave the tag out with {}", self.without());
        found.push(refuse(&self.revision.shown(), message, &help));
        found
    }

    fn without(&self) -> String {
        format!("`--without {}`", quoted(self.tag.name.as_ref()))
    }
}

fn refuse(path: &str, message: String, help: &str) -> Diagnostic {
    Diagnostic::file(rules::REFUSED_RELEASE, path, message).help(help)
}
