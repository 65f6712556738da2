//! Lints of versions and successors: when an error came, was deprecated or retired, and what replaces it.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use semver::Version;

use super::{Entry, Linter};
use crate::diagnostic::rules;
use crate::parse::raw::Scalar;
use crate::parse::{MAX_NAME, NEXT};

/// How many errors of a cycle a message names.
const MOST_NAMED: usize = 5;

pub(super) fn versions_out_of_order(linter: &mut Linter) {
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let Some((since, first)) = entry.raw.since.as_ref().and_then(release) else {
            continue;
        };
        for (what, scalar) in ends(&entry) {
            let Some((end, last)) = release(scalar) else {
                continue;
            };
            if !last.is_before(&first) {
                continue;
            }
            let message = format!(
                "this error is {what} since {}, but exists only since {}",
                last.shown(end),
                first.shown(since)
            );
            let diagnostic = linter
                .at(rules::VERSIONS_OUT_OF_ORDER, end.span, message)
                .related(since.span, "exists since")
                .help("correct one of the two versions");
            linter.report(Some(entry), diagnostic);
        }
    }
}

pub(super) fn version_in_the_future(linter: &mut Linter) {
    let Some((written, current)) = linter.raw.version.as_ref().and_then(parsed) else {
        return;
    };
    let catalog = match written.value.as_ref() {
        version if version.len() <= MAX_NAME => format!("{version}, the version of this catalogue"),
        // It would be repeated for each error.
        _ => "the version of this catalogue".to_owned(),
    };
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let since = entry.raw.since.iter();
        for scalar in since.chain(ends(&entry).map(|(_, scalar)| scalar)) {
            let Some((_, version)) = parsed(scalar) else {
                continue;
            };
            if !is_beyond(&version, &current) {
                continue;
            }
            let message = format!("{} is later than {catalog}", scalar.value);
            let diagnostic = linter
                .at(rules::VERSION_IN_THE_FUTURE, scalar.span, message)
                .related(written.span, "the version of this catalogue")
                .help("correct this version, or raise the catalogue's `version`");
            linter.report(Some(entry), diagnostic);
        }
    }
}

/// When an error was deprecated or retired.
fn ends<'a>(entry: &Entry<'a>) -> impl Iterator<Item = (&'static str, &'a Scalar<'a>)> + use<'a> {
    let deprecated = entry.raw.deprecated.as_ref();
    let retired = entry.raw.retired.as_ref();
    let deprecated = deprecated.and_then(|it| Some(("deprecated", it.since.as_ref()?)));
    let retired = retired.and_then(|it| Some(("retired", it.since.as_ref()?)));
    deprecated.into_iter().chain(retired)
}

/// The release that a `since` names.
enum Release {
    Version(Version),
    /// The coming one, which is later than all others.
    Next,
}

impl Release {
    fn is_before(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Version(own), Self::Version(other)) => {
                own.cmp_precedence(other) == Ordering::Less
            }
            (Self::Version(_), Self::Next) => true,
            (Self::Next, _) => false,
        }
    }

    fn shown<'a>(&self, written: &'a Scalar) -> &'a str {
        match self {
            Self::Version(_) => &written.value,
            Self::Next => "the next release",
        }
    }
}

/// A release and where it is written, as [`parsed`].
fn release<'a, 'b>(scalar: &'b Scalar<'a>) -> Option<(&'b Scalar<'a>, Release)> {
    if scalar.value == NEXT {
        return Some((scalar, Release::Next));
    }
    let (scalar, version) = parsed(scalar)?;
    Some((scalar, Release::Version(version)))
}

/// A version and where it is written. `None` if it is not valid, which validation reports.
fn parsed<'a, 'b>(scalar: &'b Scalar<'a>) -> Option<(&'b Scalar<'a>, Version)> {
    Some((scalar, Version::parse(&scalar.value).ok()?))
}

/// Whether a version comes after the current one. A pre-release already describes the release that it leads to.
fn is_beyond(version: &Version, current: &Version) -> bool {
    let numbers = |it: &Version| (it.major, it.minor, it.patch);
    let is_upcoming = version.pre.is_empty() && numbers(version) == numbers(current);
    !is_upcoming && version.cmp_precedence(current) == Ordering::Greater
}

pub(super) fn successor_cycle(linter: &mut Linter) {
    let entries = Rc::clone(&linter.entries);
    for cycle in cycles(&successors(&entries)) {
        let first = entries[cycle[0]];
        let Some(successor) = successor(&first) else {
            continue;
        };
        let ids = cycle.iter().filter_map(|at| entries[*at].raw.id.as_ref());
        let ids: Vec<_> = ids.map(|id| format!("`{}`", id.value)).collect();
        let named = &ids[..ids.len().min(MOST_NAMED)];
        let more = match ids.len() - named.len() {
            0 => String::new(),
            more => format!(", {more} more"),
        };
        let message = format!(
            "the successors form a cycle: {}{more}, and {} again",
            named.join(", "),
            ids[0]
        );
        let diagnostic = linter
            .at(rules::SUCCESSOR_CYCLE, successor.span, message)
            .help("let the chain of `use:` end at an error that is not deprecated");
        linter.report(Some(first), diagnostic);
    }
}

pub(super) fn deprecated_successor(linter: &mut Linter) {
    let entries = Rc::clone(&linter.entries);
    let next = successors(&entries);
    for (place, end) in last_successors(&next).into_iter().enumerate() {
        let entry = &entries[place];
        // Of an unknown successor, validation speaks.
        let end = end.filter(|end| *end != place);
        let (Some(written), Some(end)) = (successor(entry), end) else {
            continue;
        };
        let Some(end) = &entries[end].raw.id else {
            continue;
        };
        if end.value == written.value {
            continue;
        }
        let message = format!("the successor `{}` is itself deprecated", written.value);
        let diagnostic = linter
            .at(rules::DEPRECATED_SUCCESSOR, written.span, message)
            .related(end.span, "the last successor")
            .help(format!("write `use: {}`", end.value));
        linter.report(Some(*entry), diagnostic);
    }
}

/// Where the chain of successors that starts at each place ends. Nowhere if it comes to a cycle.
fn last_successors(next: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut ends: Vec<Option<usize>> = vec![None; next.len()];
    let mut is_visited = vec![false; next.len()];
    for start in 0..next.len() {
        let mut chain = Vec::new();
        let mut at = start;
        let end = loop {
            if is_visited[at] {
                break ends[at];
            }
            is_visited[at] = true;
            chain.push(at);
            match next[at] {
                Some(next) => at = next,
                None => break Some(at),
            }
        };
        for place in chain {
            ends[place] = end;
        }
    }
    ends
}

/// The id in `use:`.
fn successor<'a>(entry: &Entry<'a>) -> Option<&'a Scalar<'a>> {
    entry.raw.deprecated.as_ref()?.r#use.as_ref()
}

/// The place of each error's successor. An error that names itself has none: validation reports it.
fn successors(entries: &[Entry]) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, entry) in entries.iter().enumerate() {
        if let Some(id) = &entry.raw.id {
            places.entry(&id.value).or_insert(place);
        }
    }
    let next = |(own, entry)| {
        let next = places.get(successor(entry)?.value.as_ref()).copied();
        next.filter(|next| *next != own)
    };
    entries.iter().enumerate().map(next).collect()
}

/// The cycles in a graph where each place leads to one other at most. Each cycle starts with its first place.
fn cycles(next: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut cycles = Vec::new();
    // The start of the walk that came to each place first.
    let mut visited: Vec<Option<usize>> = vec![None; next.len()];
    for start in 0..next.len() {
        let mut place = Some(start);
        while let Some(at) = place.filter(|at| visited[*at].is_none()) {
            visited[at] = Some(start);
            place = next[at];
        }
        // A walk ends in a cycle only where it meets itself.
        let Some(entrance) = place.filter(|at| visited[*at] == Some(start)) else {
            continue;
        };
        let mut cycle = vec![entrance];
        cycle.extend(
            std::iter::successors(next[entrance], |at| next[*at]).take_while(|at| *at != entrance),
        );
        let first = cycle.iter().enumerate().min_by_key(|(_, place)| **place);
        let first = first.map_or(0, |(index, _)| index);
        cycle.rotate_left(first);
        cycles.push(cycle);
    }
    cycles
}
