//! Changes to a source that mend what a diagnostic names, for certain.

use std::collections::BTreeMap;

use super::Span;

/// What to change, all of it or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative, as "write `message`".
    pub description: String,
    /// In any order; none overlaps another.
    pub edits: Vec<Edit>,
}

/// A text to put in place of a part of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Empty where something is added.
    pub span: Span,
    pub text: String,
}

impl Fix {
    /// A fix that puts a text in place of a part of the source.
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

/// The text with fixes applied, and how many could be: one that touches what another has changed has to wait for the next
/// time. Everything else stays byte for byte.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut taken: BTreeMap<Span, &str> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        if fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())));
            applied += 1;
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut end = 0;
    for (span, new) in taken {
        let range = span.range();
        mended.push_str(&text[end..range.start]);
        mended.push_str(new);
        end = range.end;
    }
    mended.push_str(&text[end..]);
    (mended, applied)
}

/// Whether a span shares no byte and no end with any that is taken; of those, none touches another.
fn is_free(taken: &BTreeMap<Span, &str>, span: Span) -> bool {
    let after = Span {
        start: span.end,
        end: u32::MAX,
    };
    let nearest = taken.range(..=after).next_back();
    nearest.is_none_or(|(other, _)| other.end < span.start)
}
