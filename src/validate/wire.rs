//! Checks `wire`: where the code and the message are in a response body.

use std::collections::HashMap;

use serde_json::Value;

use super::Checker;
use crate::catalog::{
    CODE_KINDS, CodeKind, DEFAULT_CODE_POINTER, DEFAULT_MESSAGE_POINTER, Pointer, Wire,
};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar};
use crate::parse::{MAX_DEPTH, MAX_POINTER};

/// A pointer, and its place unless it is a default.
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
                let written = self.pointer(pointer, depth(value))?;
                Some(((written, Some(span)), value))
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
            Some(scalar) => Some((self.pointer(scalar, 0)?, Some(scalar.span))),
            None => Some((split(default)?, None)),
        }
    }

    /// A pointer to a value that is itself `below` levels deep.
    fn pointer(&mut self, scalar: &'a Scalar<'a>, below: usize) -> Option<Pointer<'a>> {
        let Some(pointer) = split(&scalar.value) else {
            self.report(
                self.at(
                    rules::BAD_POINTER,
                    scalar.span,
                    format!("`{}` is not a JSON pointer", scalar.value),
                )
                .help("write a pointer to a member of the body, as in `/error/code`"),
            );
            return None;
        };
        if pointer.segments.len() + below > MAX_DEPTH {
            let message = format!("this makes the body more than {MAX_DEPTH} levels deep");
            let diagnostic = self.at(rules::BAD_POINTER, scalar.span, message);
            self.report(diagnostic.help("move it closer to the root of the body"));
            return None;
        }
        let is_short = scalar.value.len() <= MAX_POINTER;
        if !is_short {
            let message = format!("this pointer is longer than {MAX_POINTER} bytes");
            self.report(self.at(rules::BAD_POINTER, scalar.span, message));
        }
        is_short.then_some(pointer)
    }

    fn code_type(&mut self, scalar: &Scalar<'a>, kind: Option<CodeKind>) -> Option<CodeKind> {
        let code_type = self.one_of("code type", CODE_KINDS, scalar)?;
        if (code_type, kind) == (CodeKind::Integer, Some(CodeKind::String)) {
            self.report(
                self.at(
                    rules::UNKNOWN_VALUE,
                    scalar.span,
                    "the catalogue's codes are strings, which cannot be sent as integers",
                )
                .help("use `string`, or remove `code_type`"),
            );
        }
        Some(code_type)
    }

    /// Checks that no pointer is the same as another, or leads through it.
    fn no_conflicts(&mut self, all: &[&Written<'a>]) {
        let mut places = Places::default();
        for (index, (pointer, span)) in all.iter().enumerate() {
            let Some((other, other_span)) = places.take(pointer, index).map(|at| all[at]) else {
                continue;
            };
            let Some(place) = span.or(*other_span) else {
                continue;
            };
            let message = format!("`{}` and `{}` overlap", other.pointer, pointer.pointer);
            self.report(
                self.at(rules::POINTER_CONFLICT, place, message)
                    .help("give each pointer its own place in the body"),
            );
        }
    }
}

/// The places in a body that pointers lead to, as a tree. The time to build it grows only with the length of the pointers.
#[derive(Default)]
struct Places<'p> {
    /// Maps a place and a segment to the next place. The body itself is place 0.
    ways: HashMap<(usize, &'p str), usize>,
    /// For each place except the body, the first pointer that leads to or through it, and whether it ends there.
    first: Vec<(usize, bool)>,
}

impl<'p> Places<'p> {
    /// Adds a pointer by its index. Returns the index of an earlier pointer that is the same, or of which one leads through the
    /// other.
    fn take(&mut self, pointer: &'p Pointer, index: usize) -> Option<usize> {
        let mut place = 0;
        let mut is_new = false;
        let last = pointer.segments.len() - 1;
        for (depth, segment) in pointer.segments.iter().enumerate() {
            let next = self.first.len() + 1;
            let way = self.ways.entry((place, segment));
            place = *way.or_insert(next);
            is_new = place == next;
            if is_new {
                self.first.push((index, depth == last));
            } else if self.first[place - 1].1 {
                return Some(self.first[place - 1].0);
            }
        }
        (!is_new).then(|| self.first[place - 1].0)
    }
}

/// How deeply lists and mappings are nested.
fn depth(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or_default()
}

/// Splits a pointer as in RFC 6901, section 4. The empty pointer, to the whole body, is not allowed.
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
