//! Changes to a source that are certain to fix a diagnostic.

use std::collections::BTreeMap;

use super::{Source, Span};

/// What to change: all of it, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "write `message`".
    pub description: String,
    /// In any order. They do not overlap.
    pub edits: Vec<Edit>,
}

/// A text that replaces a part of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Empty to insert text.
    pub span: Span,
    pub text: String,
}

impl Fix {
    /// A fix that replaces a part of the source.
    pub fn replace(span: Span, text: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
        }
    }
}

/// The source with the fixes applied, and how many were. A fix that touches what another one changes is left for the next
/// time. Everything else stays as it is, byte for byte.
pub fn apply<'a>(source: &Source, fixes: impl IntoIterator<Item = &'a Fix>) -> (Source, usize) {
    let mut taken: BTreeMap<Span, &str> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        if fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())));
            applied += 1;
        }
    }
    let mut taken = taken.into_iter().peekable();
    let changed = source.files().map(|file| {
        let mut output = String::with_capacity(file.text.len());
        let mut end = file.start as usize;
        while let Some((span, new)) = taken.next_if(|(span, _)| span.start <= file.end()) {
            let range = span.range();
            output.push_str(&source.text[end..range.start]);
            output.push_str(new);
            end = range.end;
        }
        output.push_str(&source.text[end..file.end() as usize]);
        (file.path, output)
    });
    (Source::of_files(changed), applied)
}

/// Whether a span neither overlaps nor touches any that is taken. Those do not touch each other either.
fn is_free(taken: &BTreeMap<Span, &str>, span: Span) -> bool {
    let after = Span {
        start: span.end,
        end: u32::MAX,
    };
    let nearest = taken.range(..=after).next_back();
    nearest.is_none_or(|(other, _)| other.end < span.start)
}
