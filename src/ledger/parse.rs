//! Reads a ledger, and makes sure that nobody but errgen has written it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use semver::Version;
use serde::Deserialize;

use super::both::Both;
use super::entry::{End, Entry, ErrorEntry, FORMAT, Head, Start, Text};
use super::line::{START, digest, line};
use super::lines::{Data, Line, of_yaml, written};
use super::{Ledger, Release};
use crate::diagnostic::{
    Diagnostic, Diagnostics, Source, SourceFile, Span, conflict_marker, entries, rules,
};
use crate::parse::parse_ledger;

const RESTORE: &str =
    "restore the ledger from version control: only `errgen release` writes it, and only at its end";

/// The ledger of a catalogue.
///
/// # Errors
///
/// If it is not as errgen has written it.
pub fn parse<'a>(catalog: &'a Source, ledger: &'a Source) -> Result<Ledger<'a>, Diagnostics> {
    let both = Both::new(catalog, ledger);
    let reader = Reader { both: &both };
    let parts = match reader.as_written() {
        Some(parts) => parts,
        None => reader.as_yaml()?,
    };
    let Parts { start, releases } = parts;
    Ok(Ledger::new(both, start, releases))
}

struct Reader<'b, 'a> {
    both: &'b Both<'a>,
}

/// What a ledger says.
struct Parts<'a> {
    start: (Start<'a>, Span),
    /// In the order of their versions.
    releases: Vec<Release<'a>>,
}

/// The entries of one release, in the order of the file.
#[derive(Default)]
struct Block<'s, 'a> {
    lines: Vec<&'s str>,
    heads: Vec<(Head<'a>, Span)>,
    errors: Vec<(ErrorEntry<'a>, Span)>,
    /// The first entry.
    span: Span,
    end: Option<(End<'a>, Span)>,
}

type Fallible<T> = Result<T, Box<Diagnostic>>;

impl<'a> Reader<'_, 'a> {
    /// Reads a ledger that errgen has written. `None` if there is anything else in it: what that is, YAML tells.
    fn as_written(&self) -> Option<Parts<'a>> {
        let parts = self.ledger(written(self.both)?).ok()?;
        // The digests vouch for all other lines.
        let mut ends = parts.releases.iter().map(|it| (&it.end, it.span));
        let (start, span) = &parts.start;
        let is_as_written = self.is_as_written(start, *span)
            && ends.all(|(end, span)| self.is_as_written(end, span));
        is_as_written.then_some(parts)
    }

    fn is_as_written<T: Entry>(&self, entry: &T, span: Span) -> bool {
        line(entry).strip_prefix(START) == Some(self.both.text(span))
    }

    fn as_yaml(&self) -> Result<Parts<'a>, Diagnostics> {
        let source = self.both.source();
        // A source has a file at least.
        let file = source.files().last().unwrap_or_else(|| source.file_at(0));
        if let Some(conflict) = self.conflict(file) {
            return Err(conflict.into());
        }
        let lines = of_yaml(self.both, file).map_err(|found| {
            let found = found.into_iter().map(|diagnostic| Diagnostic {
                rule: rules::DAMAGED_LEDGER,
                fix: None,
                ..diagnostic.help(RESTORE)
            });
            found.collect::<Diagnostics>()
        })?;
        self.ledger(lines)
            .map_err(|diagnostic| (*diagnostic).into())
    }

    /// What the lines say, if nothing is missing among them and nothing was changed.
    fn ledger<'s, D: Data<'a>>(&self, lines: Vec<Line<'s, D>>) -> Fallible<Parts<'a>> {
        let mut lines = lines.into_iter();
        let Some(first) = lines.next() else {
            let start = self.both.start();
            return Err(self.damage(Span::new(start..start), "the ledger is empty"));
        };
        let start = self.start(first)?;
        let mut blocks = BTreeMap::new();
        for line in lines {
            self.add(line, &mut blocks)?;
        }
        if blocks.is_empty() {
            return Err(self.damage(start.1, "the ledger has no release"));
        }
        let mut ended = Vec::new();
        for (version, mut block) in blocks {
            let Some((end, span)) = block.end.take() else {
                let message = format!("the end of the release {version} is missing");
                return Err(self.damage(block.span, &message));
            };
            ended.push((end, span, block));
        }
        let mut releases = Vec::with_capacity(ended.len());
        for (end, span, block) in ended {
            let version = Version::parse(&end.version)
                .map_err(|_| self.damage(span, "this release has no version"))?;
            let release = Release {
                version,
                end,
                span,
                heads: block.heads,
                errors: block.errors,
            };
            releases.push((release, block.lines));
        }
        releases.sort_by(|(a, _), (b, _)| a.version.cmp(&b.version));
        self.check_digests(&releases)?;
        let releases = releases.into_iter().map(|(mut release, _)| {
            release.errors.shrink_to_fit();
            release
        });
        Ok(Parts {
            start,
            releases: releases.collect(),
        })
    }

    fn start<D: Data<'a>>(&self, line: Line<D>) -> Fallible<(Start<'a>, Span)> {
        /// What every format has.
        #[derive(Deserialize)]
        struct Format {
            format: u64,
        }
        let span = line.span;
        if line.kind != Start::KIND {
            return Err(self.damage(span, "the first line of a ledger says whose it is"));
        }
        if let Ok(Format { format }) = line.data.clone().read()
            && format > u64::from(FORMAT)
        {
            let message =
                format!("this ledger has the format {format}, which is newer than errgen");
            let newer = Diagnostic::at(rules::DAMAGED_LEDGER, self.both.source(), span, message);
            return Err(Box::new(newer.help("install a newer errgen")));
        }
        Ok((self.read(line)?, span))
    }

    fn add<'s, D: Data<'a>>(
        &self,
        line: Line<'s, D>,
        blocks: &mut BTreeMap<Text<'a>, Block<'s, 'a>>,
    ) -> Fallible<()> {
        let (text, span) = (line.text, line.span);
        match line.kind.as_ref() {
            Head::KIND => {
                let head: Head = self.read(line)?;
                let block = block_of(blocks, &head.release, span);
                block.lines.push(text);
                block.heads.push((head, span));
            }
            ErrorEntry::KIND => {
                let error: ErrorEntry = self.read(line)?;
                let block = block_of(blocks, &error.release, span);
                block.lines.push(text);
                block.errors.push((error, span));
            }
            End::KIND => {
                let end: End = self.read(line)?;
                let block = block_of(blocks, &end.version, span);
                if let Some((_, first)) = block.end {
                    return Err(self.twice(&end.version, span, first));
                }
                block.end = Some((end, span));
            }
            kind => {
                let message = format!("a ledger has no entries of the kind `{kind}`");
                return Err(self.damage(span, &message));
            }
        }
        Ok(())
    }

    /// Finds whatever was changed, removed or added by hand.
    fn check_digests(&self, releases: &[(Release, Vec<&str>)]) -> Fallible<()> {
        let digests: HashMap<&str, &str> = releases
            .iter()
            .map(|(release, _)| (release.text(), &*release.end.digest))
            .collect();
        for (Release { end, span, .. }, lines) in releases {
            let missing = end.after.iter().find(|it| !digests.contains_key(&***it));
            if let Some(missing) = missing {
                let version = &end.version;
                let message =
                    format!("the release {missing}, which came before {version}, is missing");
                return Err(self.damage(*span, &message));
            }
            let (count, expected) = (lines.len(), end.count);
            if count != expected {
                let message = format!(
                    "the release {} had {expected} lines, and now it has {count}",
                    end.version
                );
                return Err(self.damage(*span, &message));
            }
            let before = end.after.iter().filter_map(|it| digests.get(&**it));
            if digest(before.copied(), lines) != *end.digest {
                let message = format!("a line of the release {} has been changed", end.version);
                return Err(self.damage(*span, &message));
            }
        }
        Ok(())
    }

    /// Explains the markers that git leaves where two branches have both released.
    fn conflict(&self, file: SourceFile) -> Option<Diagnostic> {
        let mut start = file.start as usize;
        let mut marked = None;
        for line in file.text.split_inclusive('\n') {
            let text = line.trim_end();
            if conflict_marker(text).is_some() {
                marked = Some(Span::new(start..start + text.len()));
                break;
            }
            start += line.len();
        }
        let message = "this is a marker of a merge conflict: two branches have both released";
        let conflict = Diagnostic::at(rules::DAMAGED_LEDGER, self.both.source(), marked?, message);
        Some(conflict.help(match version_of_both(file.text) {
            Some(version) => only_once(&version),
            None => "keep the lines of both branches, and delete the markers alone; give the catalogue the higher `version`".to_owned(),
        }))
    }

    fn twice(&self, version: &str, span: Span, first: Span) -> Box<Diagnostic> {
        let message = format!("the ledger has two releases {version}");
        let diagnostic = Diagnostic::at(rules::DAMAGED_LEDGER, self.both.source(), span, message);
        let diagnostic = diagnostic.related(first, "the other one");
        Box::new(diagnostic.help(only_once(version)))
    }

    fn damage(&self, span: Span, message: &str) -> Box<Diagnostic> {
        let diagnostic = Diagnostic::at(rules::DAMAGED_LEDGER, self.both.source(), span, message);
        Box::new(diagnostic.help(RESTORE))
    }

    fn read<T: Deserialize<'a>, D: Data<'a>>(&self, line: Line<D>) -> Fallible<T> {
        line.data.read().map_err(|error| {
            let error = error.to_string();
            let fault = error.split(", expected").next().unwrap_or_default();
            let message = format!("this is not an entry of a ledger: {fault}");
            self.damage(line.span, &message)
        })
    }
}

fn block_of<'b, 's, 'a>(
    blocks: &'b mut BTreeMap<Text<'a>, Block<'s, 'a>>,
    release: &Text<'a>,
    span: Span,
) -> &'b mut Block<'s, 'a> {
    let new = || Block {
        span,
        ..Block::default()
    };
    blocks.entry(release.clone()).or_insert_with(new)
}

/// The version that both branches of a conflict have released, if it is the same.
fn version_of_both(text: &str) -> Option<String> {
    let whole = Source::new("", text);
    let lines: Vec<_> = entries(&whole).map(|(_, line)| line).collect();
    let source = Arc::new(Source::new("", lines.join("\n")));
    let mut seen = HashSet::new();
    let parsed = parse_ledger(&source, source.file_at(0)).ok()?;
    let ends = parsed.iter().filter(|line| line.kind.value == End::KIND);
    let mut versions = ends.filter_map(|line| line.value["version"].as_str());
    versions.find(|it| !seen.insert(*it)).map(str::to_owned)
}

/// What to do if two branches have released the same version.
fn only_once(version: &str) -> String {
    format!(
        "both branches have released {version}, which can be released once: keep the ledger of the one that published it (`git checkout --ours` or `--theirs`), and release what the other has as the next version"
    )
}
