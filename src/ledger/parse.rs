//! Reads a ledger, and makes sure that nobody but errgen has written it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use semver::Version;
use serde::de::DeserializeOwned;

use super::entry::{self, FORMAT, Head, Start};
use super::line::digest;
use super::{Ledger, Release, Released, with_ledger};
use crate::diagnostic::{
    Diagnostic, Diagnostics, Source, SourceFile, Span, conflict_marker, entries, rules,
};
use crate::parse::parse_ledger;
use crate::parse::raw::LedgerEntry;

const RESTORE: &str =
    "restore the ledger from version control: only `errgen release` writes it, and only at its end";

/// The ledger of a catalogue.
///
/// # Errors
///
/// If it is not as errgen has written it.
pub fn parse(catalog: &Source, ledger: &Source) -> Result<Ledger, Diagnostics> {
    let source = with_ledger(catalog, ledger);
    let reader = Reader { source: &source };
    // A source has a file at least.
    let file = source.files().last().unwrap_or_else(|| source.file_at(0));
    if let Some(conflict) = reader.conflict(file) {
        return Err(conflict.into());
    }
    let lines = parse_ledger(&source, file).map_err(|found| {
        let found = found.into_iter().map(|diagnostic| Diagnostic {
            rule: rules::DAMAGED_LEDGER,
            fix: None,
            ..diagnostic.help(RESTORE)
        });
        found.collect::<Diagnostics>()
    })?;
    let ledger = reader.ledger(&lines, file);
    let Parts {
        start: (start, span),
        releases,
        heads,
        errors,
    } = ledger.map_err(|diagnostic| Diagnostics::from(*diagnostic))?;
    Ok(Ledger {
        catalog: start.catalog,
        start: span,
        releases,
        heads,
        errors,
        source,
    })
}

struct Reader<'a> {
    source: &'a Arc<Source>,
}

/// What a ledger says.
struct Parts {
    start: (Start, Span),
    releases: Vec<Release>,
    heads: BTreeMap<(String, Option<String>), serde_json::Value>,
    errors: BTreeMap<entry::Code, Released>,
}

/// The entries of one release, in the order of the file.
#[derive(Default)]
struct Block<'a> {
    lines: Vec<&'a str>,
    heads: Vec<Head>,
    errors: Vec<(entry::ErrorEntry, Span)>,
    /// The first entry.
    span: Span,
    end: Option<(entry::Release, Span)>,
}

type Fallible<T> = Result<T, Box<Diagnostic>>;

impl<'a> Reader<'a> {
    fn ledger(&self, lines: &[LedgerEntry], file: SourceFile) -> Fallible<Parts> {
        let Some((first, rest)) = lines.split_first() else {
            let span = Span::new(file.start as usize..file.start as usize);
            return Err(self.damage(span, "the ledger is empty"));
        };
        let start = self.start(first)?;
        let mut blocks = BTreeMap::new();
        for line in rest {
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
        let mut versions: Vec<_> = ended
            .into_iter()
            .map(|(end, span, block)| {
                let version = Version::parse(&end.version)
                    .map_err(|_| self.damage(span, "this release has no version"))?;
                Ok((version, end, span, block))
            })
            .collect::<Fallible<_>>()?;
        versions.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        self.check_digests(&versions)?;
        let mut parts = Parts {
            start,
            releases: Vec::with_capacity(versions.len()),
            heads: BTreeMap::new(),
            errors: BTreeMap::new(),
        };
        for (version, end, span, block) in versions {
            for head in block.heads {
                parts.heads.insert((head.name, head.of), head.value);
            }
            for (error, span) in block.errors {
                let known = parts.errors.remove(&error.code);
                let first = known.map_or_else(|| error.release.clone(), |known| known.first);
                let code = error.code.clone();
                parts.errors.insert(code, Released { error, first, span });
            }
            parts.releases.push(Release {
                version,
                text: end.version,
                after: end.after,
                digest: end.digest,
                span,
            });
        }
        Ok(parts)
    }

    fn start(&self, line: &LedgerEntry) -> Fallible<(Start, Span)> {
        let span = self.span(line);
        let format = &line.value["format"];
        if line.kind.value == "ledger"
            && format
                .as_u64()
                .is_some_and(|format| format > u64::from(FORMAT))
        {
            let message =
                format!("this ledger has the format {format}, which is newer than errgen");
            let newer = Diagnostic::at(rules::DAMAGED_LEDGER, self.source, span, message);
            return Err(Box::new(newer.help("install a newer errgen")));
        }
        if line.kind.value != "ledger" {
            return Err(self.damage(span, "the first line of a ledger says whose it is"));
        }
        Ok((self.read(line)?, span))
    }

    fn add(&self, line: &LedgerEntry, blocks: &mut BTreeMap<String, Block<'a>>) -> Fallible<()> {
        let span = self.span(line);
        let text = self.source.line(span.start).trim_end();
        match line.kind.value.as_ref() {
            "head" => {
                let head: Head = self.read(line)?;
                let block = block_of(blocks, &head.release, span);
                block.lines.push(text);
                block.heads.push(head);
            }
            "error" => {
                let error: entry::ErrorEntry = self.read(line)?;
                let block = block_of(blocks, &error.release, span);
                block.lines.push(text);
                block.errors.push((error, span));
            }
            "release" => {
                let end: entry::Release = self.read(line)?;
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
    fn check_digests(&self, releases: &[(Version, entry::Release, Span, Block)]) -> Fallible<()> {
        let digests: HashMap<&str, &str> = releases
            .iter()
            .map(|(_, end, ..)| (end.version.as_str(), end.digest.as_str()))
            .collect();
        for (_, end, span, block) in releases {
            let missing = end
                .after
                .iter()
                .find(|it| !digests.contains_key(it.as_str()));
            if let Some(missing) = missing {
                let version = &end.version;
                let message =
                    format!("the release {missing}, which came before {version}, is missing");
                return Err(self.damage(*span, &message));
            }
            let (count, expected) = (block.lines.len(), end.count);
            if count != expected {
                let message = format!(
                    "the release {} had {expected} lines, and now it has {count}",
                    end.version
                );
                return Err(self.damage(*span, &message));
            }
            let before = end.after.iter().filter_map(|it| digests.get(it.as_str()));
            if digest(before.copied(), &block.lines) != end.digest {
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
        let conflict = Diagnostic::at(rules::DAMAGED_LEDGER, self.source, marked?, message);
        Some(conflict.help(match version_of_both(file.text) {
            Some(version) => only_once(&version),
            None => "keep the lines of both branches, and delete the markers alone; give the catalogue the higher `version`".to_owned(),
        }))
    }

    fn twice(&self, version: &str, span: Span, first: Span) -> Box<Diagnostic> {
        let message = format!("the ledger has two releases {version}");
        let diagnostic = Diagnostic::at(rules::DAMAGED_LEDGER, self.source, span, message);
        let diagnostic = diagnostic.related(first, "the other one");
        Box::new(diagnostic.help(only_once(version)))
    }

    fn damage(&self, span: Span, message: &str) -> Box<Diagnostic> {
        let diagnostic = Diagnostic::at(rules::DAMAGED_LEDGER, self.source, span, message);
        Box::new(diagnostic.help(RESTORE))
    }

    fn read<T: DeserializeOwned>(&self, line: &LedgerEntry) -> Fallible<T> {
        T::deserialize(&line.value).map_err(|error| {
            let error = error.to_string();
            let fault = error.split(", expected").next().unwrap_or_default();
            let message = format!("this is not an entry of a ledger: {fault}");
            self.damage(self.span(line), &message)
        })
    }

    fn span(&self, line: &LedgerEntry) -> Span {
        let start = line.kind.span.start;
        let text = self.source.line(start);
        // The rest of its line, which starts with the sign of a list.
        let whole = text.trim_end().len();
        let lead = text.len() - text.trim_start_matches(['-', ' ']).len();
        let start = start as usize;
        Span::new(start..start + whole.saturating_sub(lead))
    }
}

fn block_of<'b, 'a>(
    blocks: &'b mut BTreeMap<String, Block<'a>>,
    release: &str,
    span: Span,
) -> &'b mut Block<'a> {
    let new = || Block {
        span,
        ..Block::default()
    };
    blocks.entry(release.to_owned()).or_insert_with(new)
}

/// The version that both branches of a conflict have released, if it is the same.
fn version_of_both(text: &str) -> Option<String> {
    let whole = Source::new("", text);
    let lines: Vec<_> = entries(&whole).map(|(_, line)| line).collect();
    let source = Arc::new(Source::new("", lines.join("\n")));
    let mut seen = HashSet::new();
    let parsed = parse_ledger(&source, source.file_at(0)).ok()?;
    let ends = parsed.iter().filter(|line| line.kind.value == "release");
    let mut versions = ends.filter_map(|line| line.value["version"].as_str());
    versions.find(|it| !seen.insert(*it)).map(str::to_owned)
}

/// What to do if two branches have released the same version.
fn only_once(version: &str) -> String {
    format!(
        "both branches have released {version}, which can be released once: keep the ledger of the one that published it (`git checkout --ours` or `--theirs`), and release what the other has as the next version"
    )
}
