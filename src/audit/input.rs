//! Recognises what an input is by its content, and reads it.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use regex::Regex;

use super::findings::{Auditor, Spot};
use super::lines::reason;
use super::progress::Progress;
use super::record::Pointers;
use super::{api, document, har, lines, sources};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Source, Span, rules};

/// How much of an input tells what it is, in bytes.
const HEAD: usize = 64 << 10;

/// The largest document of an API, in bytes.
const LARGEST: u64 = 64 << 20;

/// The key by which the document of an API states its version.
const API: &str = "openapi";

/// How inputs are read.
pub struct Inputs<'p> {
    /// Finds codes in sources.
    pub pattern: Option<&'p Regex>,
    pub pointers: &'p Pointers,
    /// Whether somebody wants to know how far a long reading has come.
    pub shows_progress: bool,
}

/// What an input is.
enum Kind {
    Archive,
    Api,
    Lines,
}

/// Reads a file or a folder.
///
/// # Errors
///
/// If it cannot be read, or is nothing that can be held against a catalogue.
pub fn read_file(auditor: &mut Auditor, inputs: &Inputs, path: &Path) -> Result<(), Diagnostics> {
    let shown = path.display().to_string();
    let unreadable = |error: io::Error| {
        let message = format!("cannot be read: {error}");
        Diagnostics::from(Diagnostic::file(rules::UNREADABLE_FILE, &shown, message))
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if let Some(pattern) = inputs.pattern {
        auditor.totals.has_sources = true;
        let progress = Progress::new(&shown, None, inputs.shows_progress);
        return sources::read(auditor, path, pattern, &progress).map_err(unreadable);
    }
    if metadata.is_dir() {
        let diagnostic = Diagnostic::file(rules::UNFIT_TRAFFIC, shown, "it is a folder");
        let help = "to find the codes in its files, say what they look like with `--pattern REGEX`";
        return Err(diagnostic.help(help).into());
    }
    let file = File::open(path).map_err(unreadable)?;
    let length = metadata.is_file().then_some(metadata.len());
    read(auditor, inputs, &shown, Some(path), file, length)
}

/// Reads standard input, which is named `-`.
///
/// # Errors
///
/// As for a file.
pub fn read_standard_input(auditor: &mut Auditor, inputs: &Inputs) -> Result<(), Diagnostics> {
    read(auditor, inputs, "-", None, io::stdin().lock(), None)
}

fn read(
    auditor: &mut Auditor,
    inputs: &Inputs,
    shown: &str,
    file: Option<&Path>,
    mut input: impl Read,
    length: Option<u64>,
) -> Result<(), Diagnostics> {
    let path: Arc<str> = shown.into();
    let unreadable = |error: io::Error| {
        let message = format!("cannot be read: {error}");
        Diagnostics::from(Diagnostic::file(rules::UNREADABLE_FILE, shown, message))
    };
    let mut head = Vec::new();
    let taken = (&mut input).take(HEAD as u64).read_to_end(&mut head);
    taken.map_err(unreadable)?;
    let kind = recognise(&head);
    // The parser of an archive knows no such mark.
    let begin = if head.starts_with("\u{feff}".as_bytes()) {
        3
    } else {
        0
    };
    let mut head = Cursor::new(head);
    head.set_position(begin);
    let mut input = BufReader::with_capacity(HEAD, head.chain(input));
    let progress = Progress::new(shown, length, inputs.shows_progress);
    match kind {
        Kind::Archive => {
            auditor.totals.has_traffic = true;
            match har::read(auditor, &path, input, &progress) {
                Ok(true) => Ok(()),
                Ok(false) => Err(unfit(
                    &path,
                    None,
                    "it is no HTTP archive: it has no `log.entries`",
                )),
                Err(error) if error.is_io() => Err(unreadable(error.into())),
                Err(error) => {
                    let position = Position {
                        line: error.line().max(1),
                        column: error.column().max(1),
                    };
                    let message = format!("it is no HTTP archive: {}", reason(&error));
                    Err(unfit(&path, Some(position), &message))
                }
            }
        }
        Kind::Api => {
            auditor.totals.has_document = true;
            let mut bytes = Vec::new();
            let taken = (&mut input).take(LARGEST + 1).read_to_end(&mut bytes);
            taken.map_err(unreadable)?;
            if bytes.len() as u64 > LARGEST {
                let message = format!("the document is larger than {} MiB", LARGEST >> 20);
                return Err(unfit(&path, None, &message));
            }
            let text = String::from_utf8_lossy(&bytes);
            let root = document::parse(&text)
                .map_err(|(position, reason)| unfit(&path, Some(position), &reason))?;
            if root.get(API).and_then(document::Node::text).is_none() {
                return Err(unfit(&path, None, NOTHING));
            }
            api::read(auditor, &path, file, root);
            Ok(())
        }
        Kind::Lines => {
            auditor.totals.has_traffic = true;
            read_lines(auditor, inputs, &path, input, &progress)
        }
    }
}

const NOTHING: &str = "it is neither an HTTP archive nor a log with a JSON object in each line, nor the document of an API";

fn read_lines(
    auditor: &mut Auditor,
    inputs: &Inputs,
    path: &Arc<str>,
    input: impl BufRead,
    progress: &Progress,
) -> Result<(), Diagnostics> {
    let outcome =
        lines::read(auditor, path, input, inputs.pointers, progress).map_err(|error| {
            let message = format!("cannot be read: {error}");
            Diagnostics::from(Diagnostic::file(rules::UNREADABLE_FILE, &**path, message))
        })?;
    auditor.totals.others += outcome.others;
    if outcome.responses == 0 && outcome.others > 0 {
        let mut diagnostics = unfit(path, None, "no line has a status or a body");
        let help =
            "say where they are with `--status POINTER`, `--headers POINTER` and `--body POINTER`";
        diagnostics[0].help = Some(help.to_owned());
        return Err(diagnostics);
    }
    let Some((position, reason)) = outcome.first else {
        return Ok(());
    };
    if outcome.responses == 0 {
        return Err(unfit(path, Some(position), NOTHING));
    }
    let spot = Spot {
        path: Arc::clone(path),
        position,
    };
    auditor.unreadable(outcome.unreadable, &reason, spot);
    Ok(())
}

fn unfit(path: &Arc<str>, position: Option<Position>, message: &str) -> Diagnostics {
    let diagnostic = match position {
        Some(position) => {
            let source = Arc::new(Source::unseen(&**path, position));
            Diagnostic::at(rules::UNFIT_TRAFFIC, &source, Span::default(), message)
        }
        None => Diagnostic::file(rules::UNFIT_TRAFFIC, &**path, message),
    };
    diagnostic.into()
}

/// What an input is, by how it begins.
fn recognise(head: &[u8]) -> Kind {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') {
        let states_version = text.lines().any(|line| {
            let key = line.trim_start_matches(['"', '\'']);
            let rest = key
                .strip_prefix(API)
                .map(|it| it.trim_start_matches(['"', '\'']));
            rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
        return if states_version {
            Kind::Api
        } else {
            Kind::Lines
        };
    }
    let names = names(text);
    let has = |wanted: &[&str]| {
        names
            .iter()
            .any(|(depth, name)| *depth == 1 && wanted.contains(name))
    };
    let is_within = |wanted: &[&str]| {
        let mut after = names
            .iter()
            .skip_while(|(depth, name)| !(*depth == 1 && *name == "log"));
        after.next();
        let mut inner = after.take_while(|(depth, _)| *depth > 1);
        inner.any(|(depth, name)| *depth == 2 && wanted.contains(name))
    };
    if is_within(&["entries", "creator", "browser", "pages"]) {
        return Kind::Archive;
    }
    // The members of a document may come in any order.
    if has(&[API]) || has(&["paths", "components"]) {
        return Kind::Api;
    }
    Kind::Lines
}

/// The names of members in the first value of a text in JSON, with how deep they are, as far as it goes.
fn names(text: &str) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    let mut depth = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            b'"' => {
                let start = at;
                while let Some(byte) = bytes.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                let end = at.min(text.len());
                at += 1;
                let rest = text.get(at..).unwrap_or_default();
                if depth <= 2 && rest.trim_start().starts_with(':') {
                    names.extend(text.get(start..end).map(|name| (depth, name)));
                }
            }
            _ => {}
        }
    }
    names
}
