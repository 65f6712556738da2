//! What a file says of errors, before it is anything in a catalogue.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, push, rules};
use crate::parse::raw::Spanned;

/// A text where it stands.
pub type Cell = Spanned<String>;

/// One row of a table, or as much of another file as is about one error.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Where it begins.
    pub span: Span,
    pub code: Option<Cell>,
    pub id: Option<Cell>,
    pub http: Option<Cell>,
    pub category: Option<Cell>,
    pub group: Option<Cell>,
    /// In a locale, if the server has several.
    pub messages: Vec<(Option<String>, Cell)>,
    pub descriptions: Vec<(String, Cell)>,
    pub resolutions: Vec<(String, Cell)>,
    /// What is known of the parameters of the message.
    pub parameters: Vec<KnownParameter>,
}

/// A parameter, as an API document describes it.
#[derive(Clone, Debug)]
pub struct KnownParameter {
    pub name: String,
    pub kind: &'static str,
    pub example: Option<String>,
}

/// All that one file has.
#[derive(Debug, Default)]
pub struct Sheet {
    pub rows: Vec<Row>,
    /// Texts by key, without anything else of an error.
    pub keyed: Vec<KeyedText>,
    /// How many texts have a form for each number, which a catalogue has no place for.
    pub plurals: usize,
    /// Columns that mean nothing to a catalogue.
    pub left_out: Vec<Cell>,
    /// How many tables are about something else.
    pub other_tables: usize,
    /// The language that headings or the file say its texts are in.
    pub language: Option<String>,
}

/// A text of a translation, with its key.
#[derive(Clone, Debug)]
pub struct KeyedText {
    pub key: Cell,
    pub text: Cell,
}

/// What is wrong with the imported files.
pub struct Faults<'s> {
    pub source: &'s Arc<Source>,
    pub found: Diagnostics,
}

impl<'s> Faults<'s> {
    pub fn new(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            found: Diagnostics::new(),
        }
    }

    pub fn report(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::at(rules::UNREADABLE_IMPORT, self.source, span, message);
        push(&mut self.found, diagnostic.help(help));
    }
}
