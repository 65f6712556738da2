//! Shows changes as diagnostics.

use std::sync::Arc;

use serde_json::{Value, json};

use super::change::{Change, Part, Subject};
use super::comparison::code_value;
use super::places::Places;
use super::verdict::{Broken, Verdict};
use crate::diagnostic::{Diagnostic, Fact, Place, Severity, Source, Span};

/// The longest value that is shown, in characters.
const LONGEST: usize = 120;

/// Where something was in the old catalogue.
pub type OldPlace<'a> = &'a dyn Fn(&Subject) -> Option<(Arc<Source>, Span)>;

/// Where the old and the new catalogue are.
pub struct Sources<'a> {
    pub new: &'a Arc<Source>,
    pub places: &'a Places<'a>,
    pub old: OldPlace<'a>,
}

/// A change as a diagnostic: an error if it fails, a warning if it is breaking.
pub fn diagnostic(change: &Change, sources: &Sources, fails: bool) -> Diagnostic {
    let old = change
        .is_gone
        .then(|| (sources.old)(&change.subject))
        .flatten();
    let now = || {
        let span = sources.places.of(&change.subject).unwrap_or_default();
        (Arc::clone(sources.new), span)
    };
    let (source, span) = old.unwrap_or_else(now);
    let mut diagnostic = Diagnostic::at(change.rule, &source, span, change.message.as_str());
    diagnostic.severity = match change.verdict {
        _ if fails => Severity::Error,
        Verdict::Forbidden | Verdict::Breaking => Severity::Warning,
        Verdict::Compatible | Verdict::Documents => Severity::Note,
    };
    diagnostic.help.clone_from(&change.help);
    diagnostic.facts = facts(change);
    diagnostic.data = data(change);
    diagnostic
}

/// What a change breaks, in a line for each audience.
pub fn facts(change: &Change) -> Vec<Fact> {
    let fact = |label: &str, text: String| Fact {
        label: label.to_owned(),
        text,
    };
    let mut facts = Vec::new();
    if shows_values(change) {
        let values = [("was", &change.was), ("is", &change.is)];
        let values = values.into_iter().filter(|(_, value)| !value.is_null());
        facts.extend(values.map(|(label, value)| fact(label, short(value))));
    }
    if change.verdict == Verdict::Forbidden {
        facts.push(fact("forbidden", "no version allows it".to_owned()));
    }
    facts.extend(
        change
            .wire
            .iter()
            .map(|reason| fact("wire", reason.clone())),
    );
    for broken in &change.broken {
        facts.extend(reasons(broken).map(|reason| fact(&broken.target, reason)));
    }
    if let Some(reason) = &change.exempt {
        facts.push(fact("exempt", reason.clone()));
    }
    facts
}

/// Why a target is broken: the reasons, and after the first the names that they concern, unless it has them.
pub fn reasons(broken: &Broken) -> impl Iterator<Item = String> + use<'_> {
    let source = broken.source.iter().map(|reason| ("", reason));
    let binary = broken.binary.iter().map(|reason| ("binary: ", reason));
    let reasons = source.chain(binary).enumerate();
    reasons.map(|(place, (kind, reason))| {
        let names = broken.names.iter().filter(|_| place == 0);
        let names = names.map(|name| format!("`{name}`"));
        let names: Vec<_> = names.filter(|name| !reason.contains(name)).collect();
        if names.is_empty() {
            format!("{kind}{reason}")
        } else {
            format!("{kind}{reason} ({})", names.join(", "))
        }
    })
}

/// Whether the message of a change leaves out what was there and what is.
fn shows_values(change: &Change) -> bool {
    match &change.subject {
        Subject::Error(_, Part::Message(_)) => change.was.is_string() || change.was.is_object(),
        Subject::Head(name, of) => ["wire", "docs_url"].contains(name) && of.is_none(),
        _ => false,
    }
}

fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

/// All of a change, for programs.
fn data(change: &Change) -> Value {
    let source = change
        .broken
        .iter()
        .filter_map(|it| Some((it, it.source.as_ref()?)));
    let binary = change
        .broken
        .iter()
        .filter_map(|it| Some((it, it.binary.as_ref()?)));
    let breaks = |(broken, reason): (&Broken, &String)| {
        let value = json!({ "reason": reason, "names": broken.names });
        (broken.target.clone(), value)
    };
    let source: serde_json::Map<_, _> = source.map(breaks).collect();
    let binary: serde_json::Map<_, _> = binary.map(breaks).collect();
    let code = match &change.subject {
        Subject::Error(code, _) => code_value(code),
        _ => Value::Null,
    };
    json!({
        "code": code,
        "verdict": change.verdict.name(),
        "step": change.verdict.step().name(),
        "was": change.was,
        "is": change.is,
        "wire": change.wire,
        "source": source,
        "binary": binary,
        "exempt": change.exempt,
    })
}

/// The place of a diagnostic, as a link's text: `catalog.yaml:31`.
pub fn place(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Place::File(path) => path.clone(),
        Place::Span(source, span) => {
            let file = source.file_at(span.start).path;
            format!("{file}:{}", source.position(span.start).line)
        }
    }
}
