//! What errgen reports: a rule, a place in the source, a message and how to fix it.
//!
//! A leaf: every stage may import it, and it imports only `terminal`.

mod conflict;
mod fix;
mod github;
mod human;
mod json;
mod limit;
mod rule;
mod sarif;
mod source;
mod suggest;
mod window;

pub use conflict::{conflict_marker, entries, is_in_conflict};
pub use fix::{Edit, Fix, apply};
pub use github::workflow_commands;
pub use human::{Color, Human};
pub use json::json_lines;
pub use limit::{Shown, count, few, push};
pub use rule::{ALL, Rule, Severity};
pub use sarif::sarif_log;
pub use source::{Position, Source, SourceFile, Span};
pub use suggest::{did_you_mean, distance, nearest, use_one_of};

/// How a path is shown to those who read it beside the sources.
pub type ShowPath<'f> = &'f dyn for<'p> Fn(&'p str) -> std::borrow::Cow<'p, str>;

/// Every rule as a constant: `rules::DUPLICATE_CODE`.
pub mod rules {
    pub use super::rule::constants::*;
}

use std::sync::Arc;

use serde_json::Value;

/// One problem that errgen found.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    /// The severity of the rule, unless the catalogue sets another.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    pub place: Place,
    /// Other places that explain this one, such as "first used here".
    pub related: Vec<Related>,
    /// What to do about it, in the imperative.
    pub help: Option<String>,
    /// What else is known, each with what it is.
    pub facts: Vec<Fact>,
    /// The same for programs. Null if there is nothing else.
    pub data: Value,
    /// Further lines to show as they are, such as a diff.
    pub details: Option<String>,
    /// A change to the source that is certain to fix it.
    pub fix: Option<Fix>,
}

/// Everything that is wrong, for a stage that can report several problems.
pub type Diagnostics = Vec<Diagnostic>;

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic]
    }
}

/// The value if nothing is wrong, otherwise all diagnostics.
pub fn unless_any<T>(diagnostics: Diagnostics, value: T) -> Result<T, Diagnostics> {
    if diagnostics.is_empty() {
        Ok(value)
    } else {
        Err(diagnostics)
    }
}

/// All values if nothing is wrong, otherwise all diagnostics.
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
    /// A whole file, by its path as the user gave it.
    File(String),
    /// A part of a source.
    Span(Arc<Source>, Span),
}

/// Something about a diagnostic, in a line: `wire: clients no longer find the status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub text: String,
}

/// A secondary span in the same source as the primary one, but maybe in another of its files.
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
            facts: Vec::new(),
            data: Value::Null,
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

    /// What else there is to say, each with a label: the facts, then the help.
    fn notes(&self) -> impl Iterator<Item = (&str, &str)> {
        let facts = self.facts.iter();
        let facts = facts.map(|fact| (fact.label.as_str(), fact.text.as_str()));
        facts.chain(self.help.iter().map(|help| ("help", help.as_str())))
    }

    /// The name by which programs find the data.
    fn name_of_data(&self) -> &'static str {
        if self.rule.is_about_traffic() {
            "finding"
        } else {
            "change"
        }
    }

    /// The file, the position in it, and the rule.
    fn sort_key(&self) -> (&str, u32, &'static str) {
        match &self.place {
            Place::File(path) => (path, 0, self.rule.code),
            Place::Span(source, span) => (&source.path, span.start, self.rule.code),
        }
    }
}

/// Sorts diagnostics by place, so that a reader goes through each file once.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}
