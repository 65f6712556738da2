//! `wire`: where a response body holds the code and the message.

use super::Checker;
use crate::catalog::{CodeKind, DEFAULT_CODE_POINTER, DEFAULT_MESSAGE_POINTER, Pointer, Wire};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};

const CODE_TYPES: &[(&str, CodeKind)] =
    &[("integer", CodeKind::Integer), ("string", CodeKind::String)];

/// A pointer with the place that it is written at, if it is.
type Written<'a> = (Pointer<'a>, Option<Span>);

impl<'a> Checker<'a, '_> {
    pub(super) fn wire(
        &mut self,
        raw: Option<&'a raw::Wire<'a>>,
        kind: Option<CodeKind>,
    ) -> Option<Wire<'a>> {
        let code = raw.and_then(|raw| raw.code.as_ref());
        let code = self.pointer_or(code, DEFAULT_CODE_POINTER);
        let message = raw.and_then(|raw| raw.message.as_ref());
        let message = self.pointer_or(message, DEFAULT_MESSAGE_POINTER);
        let code_type = raw.and_then(|raw| raw.code_type.as_ref());
        let code_type = code_type.map_or(kind, |scalar| self.code_type(scalar, kind));
        let fixed = raw.map_or(&[][..], |raw| &raw.fixed);
        let fixed: Option<Vec<_>> = fixed
            .iter()
            .map(|(pointer, value)| {
                let span = pointer.span;
                Some(((self.pointer(pointer)?, Some(span)), value))
            })
            .collect();
        let (code, message, fixed) = (code?, message?, fixed?);
        let mut all: Vec<&Written> = vec![&code, &message];
        all.extend(fixed.iter().map(|(written, _)| written));
        self.no_conflicts(&all);
        Some(Wire {
            code: code.0,
            code_type: code_type?,
            message: message.0,
            fixed: fixed
                .into_iter()
                .map(|((pointer, _), value)| (pointer, value))
                .collect(),
        })
    }

    fn pointer_or(
        &mut self,
        scalar: Option<&'a Scalar<'a>>,
        default: &'a str,
    ) -> Option<Written<'a>> {
        match scalar {
            Some(scalar) => Some((self.pointer(scalar)?, Some(scalar.span))),
            None => Some((split(default)?, None)),
        }
    }

    fn pointer(&mut self, scalar: &'a Scalar<'a>) -> Option<Pointer<'a>> {
        let pointer = split(&scalar.value);
        if pointer.is_none() {
            self.report(
                self.at(
                    rules::BAD_POINTER,
                    scalar.span,
                    format!("`{}` is not a JSON pointer", scalar.value),
                )
                .help("write a pointer to a member of the body, as /error/code"),
            );
        }
        pointer
    }

    fn code_type(&mut self, scalar: &Scalar<'a>, kind: Option<CodeKind>) -> Option<CodeKind> {
        let code_type = self.one_of("type of a code", CODE_TYPES, scalar)?;
        if (code_type, kind) == (CodeKind::Integer, Some(CodeKind::String)) {
            self.report(
                self.at(
                    rules::UNKNOWN_VALUE,
                    scalar.span,
                    "the catalogue's codes are text, which no integer holds",
                )
                .help("write `string`, or take `code_type` out"),
            );
        }
        Some(code_type)
    }

    /// No pointer may be another, or lead through it.
    fn no_conflicts(&mut self, all: &[&Written<'a>]) {
        for (index, (pointer, span)) in all.iter().enumerate() {
            for (other, other_span) in &all[..index] {
                let overlap = pointer
                    .segments
                    .iter()
                    .zip(&other.segments)
                    .all(|(a, b)| a == b);
                let Some(place) = span.or(*other_span).filter(|_| overlap) else {
                    continue;
                };
                let message = format!(
                    "`{}` and `{}` hold the same place",
                    other.pointer, pointer.pointer
                );
                self.report(
                    self.at(rules::POINTER_CONFLICT, place, message)
                        .help("each pointer needs a place of its own in the body"),
                );
            }
        }
    }
}

/// Splits a pointer by RFC 6901, section 4. The whole body, the empty pointer, holds no code.
fn split(pointer: &str) -> Option<Pointer<'_>> {
    let segments = pointer.strip_prefix('/')?.split('/');
    let segments: Option<Vec<_>> = segments
        .map(|segment| {
            let rest = segment.replace("~0", "").replace("~1", "");
            (!rest.contains('~')).then(|| segment.replace("~1", "/").replace("~0", "~"))
        })
        .collect();
    Some(Pointer {
        pointer,
        segments: segments?,
    })
}
