//! Checks the explanations of errors: their files, their locales, and that they are Markdown which every document can show.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Checker, blocks};
use crate::catalog::{Explanation, Localised};
use crate::diagnostic::{Source, rules};
use crate::include::Explanations;
use crate::parse::raw::{self, Scalar};

/// The explanations that have been read, and those that have been checked.
pub struct Explained<'a> {
    read: &'a Explanations,
    /// By the places of their files in memory; `None` for one that is wrong.
    checked: HashMap<*const Source, Option<Arc<Explanation<'a>>>>,
}

impl<'a> Explained<'a> {
    pub fn new(read: &'a Explanations) -> Self {
        Self {
            read,
            checked: HashMap::new(),
        }
    }
}

impl<'a> Checker<'a, '_> {
    pub(super) fn explanation(
        &mut self,
        raw: &'a raw::Explanation<'a>,
    ) -> Option<Localised<'a, Arc<Explanation<'a>>>> {
        let raw = match raw {
            raw::Explanation::Fallback(path) => {
                let text = self.explained(path)?;
                let fallback = self.fallback;
                return (!fallback.is_empty()).then(|| Localised {
                    texts: vec![(fallback, text)],
                    fallback: 0,
                });
            }
            raw::Explanation::ByLocale(paths) => paths,
        };
        let mut texts = Vec::with_capacity(raw.value.len());
        let mut fit = !raw.lacks_text;
        for (tag, _) in &raw.missing {
            fit &= self.is_declared(tag);
        }
        for (tag, path) in &raw.value {
            let declared = self.is_declared(tag);
            match self.explained(path) {
                Some(text) if declared => texts.push((tag.value.as_ref(), text)),
                _ => fit = false,
            }
        }
        texts.sort_by_key(|(tag, _)| self.declared.get(tag));
        let fallback = texts.iter().position(|(tag, _)| *tag == self.fallback);
        if fallback.is_none() && fit {
            self.report_missing_fallback(raw);
        }
        Some(Localised {
            texts,
            fallback: fallback?,
        })
    }

    /// The text at a path.
    fn explained(&mut self, path: &Scalar) -> Option<Arc<Explanation<'a>>> {
        let Some(source) = self.explanations.read.get(&path.value) else {
            let message = format!("`{}` has not been read", path.value);
            self.report(self.at(rules::UNREADABLE_FILE, path.span, message));
            return None;
        };
        let source = source?;
        let place = Arc::as_ptr(source);
        if let Some(known) = self.explanations.checked.get(&place) {
            return known.clone();
        }
        let explanation = blocks::read(source, self.diagnostics).map(Arc::new);
        self.explanations.checked.insert(place, explanation.clone());
        explanation
    }
}
