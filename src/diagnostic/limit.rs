//! Keeps what is shown short, however much is wrong.

use super::{Diagnostic, Diagnostics, Place, Severity, rules};

/// How many diagnostics a stage keeps: more than anybody reads, and few enough for any machine.
const MOST_KEPT: usize = 100_000;

/// Adds a diagnostic, unless there are already too many: each takes a hundred times the memory of a short mistake.
pub fn push(diagnostics: &mut Diagnostics, diagnostic: Diagnostic) {
    if diagnostics.len() < MOST_KEPT {
        diagnostics.push(diagnostic);
    } else if diagnostics.len() == MOST_KEPT {
        let path = match &diagnostic.place {
            Place::File(path) => path,
            Place::Span(source, _) => &source.path,
        };
        let message = format!(
            "more than {} findings: the others are not counted",
            count(MOST_KEPT)
        );
        let mut last = Diagnostic::file(rules::TOO_MANY_FINDINGS, path, message)
            .help("fix some of them, then run errgen again");
        last.severity = diagnostic.severity;
        diagnostics.push(last);
    }
}

/// Diagnostics to show, and how many there are besides.
pub struct Shown<'a> {
    /// In their order.
    pub diagnostics: Vec<&'a Diagnostic>,
    pub more: usize,
}

impl<'a> Shown<'a> {
    /// At most so many of the diagnostics: severe ones rather than others, and early ones rather than late ones.
    pub fn most(diagnostics: &'a [Diagnostic], limit: usize) -> Self {
        let count_of = |severity| {
            let of_it = diagnostics.iter().filter(|it| it.severity == severity);
            of_it.count()
        };
        let errors = count_of(Severity::Error);
        let before_notes = errors + count_of(Severity::Warning);
        let mut left = [
            limit.saturating_sub(before_notes),
            limit.saturating_sub(errors),
            limit,
        ];
        let is_shown = |diagnostic: &&Diagnostic| {
            let left = &mut left[diagnostic.severity as usize];
            let is_shown = *left > 0;
            *left = left.saturating_sub(1);
            is_shown
        };
        let shown: Vec<_> = diagnostics.iter().filter(is_shown).collect();
        Self {
            more: diagnostics.len() - shown.len(),
            diagnostics: shown,
        }
    }
}

impl Shown<'_> {
    /// Says how many are not shown, if any.
    pub fn rest(&self) -> Option<String> {
        let more = count(self.more);
        (self.more > 0)
            .then(|| format!("and {more} more: `--max-findings` sets how many are shown"))
    }
}

/// A number of findings, as people write it: `1,246`.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// The first of some names, for a message that would otherwise grow with the catalogue.
pub fn few<T: ToString>(names: impl IntoIterator<Item = T>, most: usize, between: &str) -> String {
    let mut names = names.into_iter();
    let first: Vec<_> = names.by_ref().take(most).map(|it| it.to_string()).collect();
    let more = names.count();
    let list = first.join(between);
    if more == 0 {
        list
    } else {
        format!("{list} and {more} more")
    }
}
