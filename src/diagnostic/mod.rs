//! What errgen reports: a rule, a place in the source, a message and how to fix it.
//!
//! A leaf: every stage may import it, and it imports none of them.

mod fix;
mod github;
mod human;
mod json;
mod rule;
mod sarif;
mod source;
mod suggest;

pub use fix::{Edit, Fix, apply};
pub use github::workflow_command;
pub use human::{Color, Human};
pub use json::json_line;
pub use rule::{ALL, Rule, Severity};
pub use sarif::sarif_log;
pub use source::{Position, Source, Span};
pub use suggest::{did_you_mean, distance, nearest};

/// Every rule as a constant, to be named where it is broken: `rules::DUPLICATE_CODE`.
pub mod rules {
    pub use super::rule::constants::*;
}

use std::sync::Arc;

/// One thing that is not as it should be.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    /// The rule's, unless the catalogue sets another.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    pub place: Place,
    /// Other places that explain this one, as "first used here".
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
    /// Further lines, shown as they are (a diff).
    pub details: Option<String>,
    /// A change to the source that certainly mends it.
    pub fix: Option<Fix>,
}

/// All that is wrong, where a stage can tell more than one thing.
pub type Diagnostics = Vec<Diagnostic>;

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}

/// A value where nothing is wrong, else all that is.
pub fn unless_any<T>(diagnostics: Diagnostics, value: T) -> Result<T, Diagnostics> {
    if diagnostics.is_empty() {
        Ok(value)
    } else {
        Err(diagnostics)
    }
}

/// All values, or all that is wrong with any of them.
pub fn collect<T>(
    results: impl IntoIterator<Item = Result<T, Diagnostics>>,
) -> Result<Vec<T>, Diagnostics> {
    let mut values = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(errors) => diagnostics.extend(errors),
        }
    }
    unless_any(diagnostics, values)
}

/// Where a diagnostic points to.
#[derive(Clone, Debug)]
pub enum Place {
    /// A whole file, by the path as it was given.
    File(String),
    /// A part of a source.
    Span(Arc<Source>, Span),
}

/// A secondary span in the same source as the primary one.
#[derive(Clone, Debug)]
pub struct Related {
    pub span: Span,
    pub label: String,
}

impl Diagnostic {
    /// A diagnostic at a part of a source.
    pub fn at(
        rule: &'static Rule,
        source: &Arc<Source>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self::new(rule, Place::Span(Arc::clone(source), span), message.into())
    }

    /// A diagnostic about a whole file.
    pub fn file(rule: &'static Rule, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(rule, Place::File(path.into()), message.into())
    }

    fn new(rule: &'static Rule, place: Place, message: String) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            message,
            place,
            related: Vec::new(),
            help: None,
            details: None,
            fix: None,
        }
    }

    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related {
            span,
            label: label.into(),
        });
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Sorts by place: files in the order of their paths, then by position.
    fn sort_key(&self) -> (&str, u32, &'static str) {
        match &self.place {
            Place::File(path) => (path, 0, self.rule.code),
            Place::Span(source, span) => (&source.path, span.start, self.rule.code),
        }
    }
}

/// Puts diagnostics in the order of their places, so that a reader walks a file once.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}
