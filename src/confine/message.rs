//! The protocol between the two processes. The renderer receives how many files the catalogue has; of each its path and its text,
//! each after its length; the same of its explanations, each of which is named first as the catalogue writes its path; the same of its
//! ledger, of which there is one or none; and nothing more until the end. Numbers have eight bytes. It sends lines of JSON and, after the last line, the contents of the files.

use std::collections::HashMap;
use std::io::{self, BufRead, BufWriter, ErrorKind, Read, Write};
use std::process;
use std::sync::Arc;
use std::thread;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Related, Rule, Source, Span};
use crate::include::Explanations;
use crate::render::RenderedFile;

/// A message from a renderer.
#[derive(Serialize, Deserialize)]
pub enum Message {
    /// From now on, time and memory count.
    Started,
    Begun(Work),
    /// How much memory the renderer uses, in bytes.
    Uses(u64),
    Spent(Spent),
    Unfit(Unfit),
    /// The paths of the files, and their lengths in bytes.
    Rendered(Vec<(String, usize)>),
}

/// The current work: a template, and the file that it is rendered to, if known.
#[derive(Serialize, Deserialize)]
pub struct Work {
    pub template: String,
    pub output: Option<String>,
}

/// The limit that was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spent {
    Time,
    Memory,
}

/// Diagnostics in transit.
#[derive(Serialize, Deserialize)]
pub struct Unfit {
    /// The files of each source.
    sources: Vec<Vec<SentFile>>,
    diagnostics: Vec<SentDiagnostic>,
}

/// What a renderer is sent.
#[derive(Clone, Copy)]
pub struct Sent<'a> {
    pub catalog: &'a Source,
    pub explanations: &'a Explanations,
    /// `None` if nothing was released.
    pub ledger: Option<&'a Source>,
}

/// What a renderer receives: the same.
pub struct Received {
    pub catalog: Source,
    pub explanations: Explanations,
    pub ledger: Option<Source>,
}

/// The path and the text of a file.
type SentFile = (String, String);

/// A diagnostic without a fix. Those about templates have none.
#[derive(Serialize, Deserialize)]
struct SentDiagnostic {
    rule: String,
    message: String,
    place: SentPlace,
    related: Vec<((u32, u32), String)>,
    help: Option<String>,
    details: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum SentPlace {
    File(String),
    /// The index of the source, and a span in it.
    Span(usize, (u32, u32)),
}

impl Message {
    /// Sends the result of rendering a target.
    pub fn send_result(result: Result<Vec<RenderedFile>, Diagnostics>) -> io::Result<()> {
        let files = match result {
            Ok(files) => files,
            Err(diagnostics) => return Self::Unfit(Unfit::new(diagnostics)).send(),
        };
        let list = files.iter().map(|it| (it.path.clone(), it.content.len()));
        let list = Self::Rendered(list.collect());
        // Locked until everything is sent, so that no message of the budget comes in between.
        let mut output = BufWriter::new(io::stdout().lock());
        list.write(&mut output)?;
        for file in &files {
            output.write_all(&file.content)?;
        }
        output.flush()
    }

    pub fn send(&self) -> io::Result<()> {
        let mut output = io::stdout().lock();
        self.write(&mut output)?;
        output.flush()
    }

    fn write(&self, output: &mut impl Write) -> io::Result<()> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        output.write_all(&line)
    }

    /// The next message, of at most `limit` bytes. `None` if the renderer has ended.
    ///
    /// # Errors
    ///
    /// With the kind `FileTooLarge`, if the message is longer.
    pub fn receive(input: &mut impl BufRead, limit: u64) -> io::Result<Option<Self>> {
        let mut line = Vec::new();
        let length = input.take(limit).read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return match length as u64 {
                length if length == limit => Err(ErrorKind::FileTooLarge.into()),
                _ => Ok(None),
            };
        }
        Ok(Some(serde_json::from_slice(&line)?))
    }
}

/// The files after the last message.
pub fn receive_files(
    input: &mut impl Read,
    list: Vec<(String, usize)>,
) -> io::Result<Vec<RenderedFile>> {
    let file = |(path, length)| {
        let mut content = vec![0; length];
        input.read_exact(&mut content)?;
        Ok(RenderedFile { path, content })
    };
    list.into_iter().map(file).collect()
}

/// Sends the catalogue's files, its explanations, and its ledger.
pub fn send_catalog(output: &mut impl Write, sent: Sent) -> io::Result<()> {
    let Sent {
        catalog,
        explanations,
        ledger,
    } = sent;
    let mut output = BufWriter::new(output);
    let files = catalog.files();
    let files = files.map(|file| [file.path, file.text]);
    send_texts(&mut output, catalog.files().count(), files.flatten())?;
    let texts = explanations.texts();
    let texts = texts.map(|(name, file)| [name, &file.path, &file.text]);
    send_texts(&mut output, explanations.texts().count(), texts.flatten())?;
    let texts = ledger.iter().flat_map(|file| [&*file.path, &*file.text]);
    send_texts(&mut output, ledger.iter().count(), texts)?;
    output.flush()
}

/// Sends how many things there are, and the texts of all of them.
fn send_texts<'t>(
    output: &mut impl Write,
    count: usize,
    texts: impl Iterator<Item = &'t str>,
) -> io::Result<()> {
    output.write_all(&(count as u64).to_le_bytes())?;
    for text in texts {
        output.write_all(&(text.len() as u64).to_le_bytes())?;
        output.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Receives the catalogue, its explanations, and its ledger.
pub fn receive_catalog() -> io::Result<Received> {
    let mut input = io::stdin().lock();
    let mut files = Vec::new();
    for _ in 0..receive_number(&mut input)? {
        files.push((receive_text(&mut input)?, receive_text(&mut input)?));
    }
    let mut explanations = Vec::new();
    for _ in 0..receive_number(&mut input)? {
        let name = receive_text(&mut input)?;
        let file = Source::new(receive_text(&mut input)?, receive_text(&mut input)?);
        explanations.push((name, Arc::new(file)));
    }
    let mut ledger = None;
    for _ in 0..receive_number(&mut input)? {
        ledger = Some(Source::new(
            receive_text(&mut input)?,
            receive_text(&mut input)?,
        ));
    }
    Ok(Received {
        catalog: Source::of_files(files),
        explanations: explanations.into_iter().collect(),
        ledger,
    })
}

fn receive_text(input: &mut impl Read) -> io::Result<String> {
    let length = receive_number(input)?;
    let mut text = String::new();
    input.take(length).read_to_string(&mut text)?;
    Ok(text)
}

fn receive_number(input: &mut impl Read) -> io::Result<u64> {
    let mut number = [0; 8];
    input.read_exact(&mut number)?;
    Ok(u64::from_le_bytes(number))
}

/// Ends this process when its parent ends.
pub fn wait_for_parent() {
    thread::spawn(|| {
        let _ = io::stdin().lock().read(&mut [0]);
        process::exit(0);
    });
}

impl Unfit {
    fn new(diagnostics: Diagnostics) -> Self {
        let mut sources: Vec<Vec<SentFile>> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut number = |source: &Source| {
            let known = numbers.get(&source.path).copied();
            known.unwrap_or_else(|| {
                numbers.insert(source.path.clone(), sources.len());
                let files = source.files();
                let files = files.map(|file| (file.path.to_owned(), file.text.to_owned()));
                sources.push(files.collect());
                sources.len() - 1
            })
        };
        let places: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| match &diagnostic.place {
                Place::File(path) => SentPlace::File(path.clone()),
                Place::Span(source, span) => SentPlace::Span(number(source), pair(*span)),
            })
            .collect();
        let sent = |(diagnostic, place): (Diagnostic, SentPlace)| SentDiagnostic {
            rule: diagnostic.rule.code.to_owned(),
            message: diagnostic.message,
            place,
            related: diagnostic
                .related
                .into_iter()
                .map(|it| (pair(it.span), it.label))
                .collect(),
            help: diagnostic.help,
            details: diagnostic.details,
        };
        Self {
            sources,
            diagnostics: diagnostics.into_iter().zip(places).map(sent).collect(),
        }
    }

    /// The original diagnostics.
    pub fn into_diagnostics(self) -> Diagnostics {
        let sources: Vec<_> = self
            .sources
            .into_iter()
            .map(|files| Arc::new(Source::of_files(files)))
            .collect();
        let received = |sent: SentDiagnostic| {
            let rule = Rule::find(&sent.rule)?;
            let mut diagnostic = match sent.place {
                SentPlace::File(path) => Diagnostic::file(rule, path, sent.message),
                SentPlace::Span(number, at) => {
                    Diagnostic::at(rule, sources.get(number)?, span(at), sent.message)
                }
            };
            diagnostic.related = sent
                .related
                .into_iter()
                .map(|(at, label)| Related {
                    span: span(at),
                    label,
                })
                .collect();
            diagnostic.help = sent.help;
            diagnostic.details = sent.details;
            Some(diagnostic)
        };
        self.diagnostics.into_iter().filter_map(received).collect()
    }
}

fn pair(span: Span) -> (u32, u32) {
    (span.start, span.end)
}

fn span((start, end): (u32, u32)) -> Span {
    Span { start, end }
}
