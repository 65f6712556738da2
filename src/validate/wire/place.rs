//! Checks single places.

use serde_json::Value;

use super::Written;
use crate::catalog::{CodePlace, Place, Pointer, Source, Text, Transport, is_safe_integer};
use crate::diagnostic::{Rule, Span, rules};
use crate::parse::raw::{self, Scalar};
use crate::parse::{MAX_DEPTH, MAX_NAME, MAX_POINTER};
use crate::validate::Checker;

/// What a place may be.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// Whether the body as a whole can be meant.
    can_be_body: bool,
    can_be_header: bool,
    is_in_item: bool,
    /// How deep in a body it starts.
    above: usize,
    /// How deep the value is itself.
    below: usize,
}

impl Kind {
    /// Of a single value.
    pub(super) const VALUE: Self = Self {
        can_be_body: false,
        can_be_header: true,
        is_in_item: false,
        above: 0,
        below: 0,
    };

    /// Of an object with members.
    pub(super) const OBJECT: Self = Self {
        can_be_body: true,
        can_be_header: false,
        is_in_item: false,
        above: 0,
        below: 1,
    };

    /// In an item of a list, which is so deep.
    pub(super) fn in_item(self, above: usize) -> Self {
        Self {
            is_in_item: true,
            ..self.within(above)
        }
    }

    pub(super) fn within(self, above: usize) -> Self {
        Self { above, ..self }
    }
}

impl<'a> Checker<'a, '_> {
    pub(super) fn place(&mut self, raw: &'a raw::Place<'a>, kind: Kind) -> Option<Place<'a>> {
        let source = self.source_of(raw, kind);
        let [after, before] = [&raw.after, &raw.before].map(|it| self.mark(it.as_ref()));
        Some(Place {
            source: source?,
            after: after?,
            before: before?,
        })
    }

    pub(super) fn code_place(
        &mut self,
        raw: &'a raw::Place<'a>,
        kind: Kind,
        docs_url: Option<&Text<'a>>,
    ) -> Option<CodePlace<'a>> {
        let place = self.place(raw, kind);
        let separator = self.mark(raw.separator.as_ref());
        if let Some(template) = &raw.template
            && !self.is_template(raw, template, docs_url)
        {
            return None;
        }
        Some(CodePlace {
            place: place?,
            separator: separator?,
            is_page: raw.template.is_some(),
        })
    }

    pub(super) fn subcode_place(
        &mut self,
        raw: &'a raw::Place<'a>,
        beside: &Written<'a>,
        kind: Kind,
    ) -> Option<Place<'a>> {
        if let Some(separator) = beside.code.and_then(|code| code.separator.as_ref()) {
            let message = "the code of a case cannot have a place and stand after a `separator`";
            let diagnostic = self.at(rules::KEY_CONFLICT, raw.span, message);
            self.report(
                diagnostic
                    .related(separator.span, "the separator")
                    .help("remove one of the two"),
            );
        }
        self.place(raw, kind)
    }

    /// Whether a code can be read from the URL of its page.
    fn is_template(
        &mut self,
        raw: &raw::Place<'a>,
        template: &Scalar<'a>,
        docs_url: Option<&Text<'a>>,
    ) -> bool {
        if template.value != "docs_url" {
            let message = format!("`{}` is not a template", template.value);
            let diagnostic = self.at(rules::UNKNOWN_VALUE, template.span, message);
            self.report(diagnostic.help("use `docs_url`"));
            return false;
        }
        let others = [&raw.after, &raw.before, &raw.separator];
        if let Some(other) = others.into_iter().flatten().next() {
            let message = "a code with a `template` cannot be trimmed or split";
            let diagnostic = self.at(rules::KEY_CONFLICT, other.span, message);
            self.report(diagnostic.help("remove `template`, or this"));
            return false;
        }
        let (message, help) = match docs_url.map(|url| url.parameters().count()) {
            Some(1) => return true,
            Some(_) => (
                "the code cannot be read from a `docs_url` with several placeholders",
                "leave a single `{code}` or `{id}` in `docs_url`",
            ),
            None => (
                "there is no `docs_url` to read the code from",
                "add `docs_url` to the catalogue, or use `after`",
            ),
        };
        self.report(self.at(rules::BAD_PLACE, template.span, message).help(help));
        false
    }

    fn source_of(&mut self, raw: &'a raw::Place<'a>, kind: Kind) -> Option<Source<'a>> {
        match (&raw.header, &raw.body) {
            (Some(header), None) => self.header(raw, header, kind),
            (None, Some(body)) if raw.has_where || raw.at.is_some() => {
                self.element(raw, body, kind)
            }
            (None, Some(body)) => {
                let around = kind.above + kind.below;
                let pointer = self.pointer(body, around, kind.can_be_body)?;
                Some(Source::Body(pointer))
            }
            (Some(header), Some(_)) => {
                let message = "a place cannot be in a header and in the body";
                let diagnostic = self.at(rules::KEY_CONFLICT, header.span, message);
                self.report(diagnostic.help("remove `header` or `body`"));
                None
            }
            (None, None) => {
                let message = "missing key `header` or `body` in a place";
                self.report(self.at(rules::MISSING_KEY, raw.span, message));
                None
            }
        }
    }

    fn header(
        &mut self,
        raw: &raw::Place<'a>,
        header: &'a Scalar<'a>,
        kind: Kind,
    ) -> Option<Source<'a>> {
        let name = header.value.as_ref();
        let at = raw.at.as_ref().map(|at| at.span);
        let inner = at.or(raw.has_where.then_some(header.span));
        let (span, message, help) = if self.transport == Transport::None {
            (
                header.span,
                "errors that do not travel over HTTP have no headers",
                "write where in the body it is",
            )
        } else if !kind.can_be_header {
            (
                header.span,
                "a header cannot hold the parameters",
                "write where in the body they are; a single parameter can have a header with `at`",
            )
        } else if kind.is_in_item {
            (
                header.span,
                "an item of a list has no headers",
                "write where in the item it is",
            )
        } else if let Some(span) = inner {
            (
                span,
                "a header has no elements",
                "remove `where` and `at`, or use `body`",
            )
        } else if !is_token(name) || name.len() > MAX_NAME {
            (
                header.span,
                "this is not the name of a header",
                "use letters, digits and hyphens, as in `X-Request-Id`",
            )
        } else {
            return Some(Source::Header(name));
        };
        self.report(self.at(rules::BAD_PLACE, span, message).help(help));
        None
    }

    /// A place in an element of an array.
    fn element(
        &mut self,
        raw: &'a raw::Place<'a>,
        body: &'a Scalar<'a>,
        kind: Kind,
    ) -> Option<Source<'a>> {
        let Some(at) = &raw.at else {
            let message = "missing key `at` beside `where`";
            let diagnostic = self.at(rules::MISSING_KEY, raw.span, message);
            self.report(diagnostic.help("write where in the element it is, as in `at: /reason`"));
            return None;
        };
        if raw.r#where.is_empty() {
            let (message, help) = if raw.has_where {
                (
                    "`where` does not say which element of the array",
                    "write a member and its value",
                )
            } else {
                (
                    "`at` needs a `where` that says which element of the array",
                    "add `where`, or write all of it in `body`",
                )
            };
            self.report(self.at(rules::BAD_PLACE, at.span, message).help(help));
            return None;
        }
        let around = kind.above + kind.below + 1;
        let array = self.pointer(body, around, true);
        let members = self.members(&raw.r#where);
        let before = array.as_ref().map_or(0, |it| it.segments.len());
        let at = self.pointer(at, around + before, false)?;
        let (array, members) = (array?, members?);
        if let Some((name, _)) = raw
            .r#where
            .iter()
            .find(|(name, _)| name.value == at.segments[0])
        {
            let message = format!("`{}` leads to a member that `where` compares", at.pointer);
            let diagnostic = self.at(rules::POINTER_CONFLICT, name.span, message);
            self.report(diagnostic.help("choose the element by another member"));
            return None;
        }
        Some(Source::Element { array, members, at })
    }

    fn members(
        &mut self,
        raw: &'a [(Scalar<'a>, raw::Spanned<Value>)],
    ) -> Option<Vec<(&'a str, &'a Value)>> {
        let mut are_fit = true;
        for (name, value) in raw {
            let is_fit = match &value.value {
                Value::String(_) | Value::Bool(_) => true,
                Value::Number(number) => number.as_i64().is_some_and(is_safe_integer),
                _ => false,
            };
            if !is_fit {
                let message = format!("the value of `{}` is not a single one", name.value);
                let diagnostic = self.at(rules::BAD_PLACE, value.span, message);
                self.report(
                    diagnostic.help("compare with a string, an integer, `true` or `false`"),
                );
                are_fit = false;
            }
        }
        let members = raw
            .iter()
            .map(|(name, value)| (name.value.as_ref(), &value.value));
        are_fit.then(|| members.collect())
    }

    /// A pointer in a body that has so many levels around it: above where it starts, and in the value.
    pub(super) fn pointer(
        &mut self,
        scalar: &'a Scalar<'a>,
        around: usize,
        can_be_empty: bool,
    ) -> Option<Pointer<'a>> {
        let pointer = Pointer::parse(&scalar.value);
        let Some(pointer) = pointer.filter(|it| can_be_empty || !it.segments.is_empty()) else {
            self.bad_pointer(
                scalar.span,
                format!("`{}` is not a JSON pointer", scalar.value),
                Some("write a pointer to a member of the body, as in `/error/code`"),
            );
            return None;
        };
        if pointer.segments.len() + around > MAX_DEPTH {
            let message = format!("this makes the body more than {MAX_DEPTH} levels deep");
            let help = "move it closer to the root of the body";
            self.bad_pointer(scalar.span, message, Some(help));
            return None;
        }
        if scalar.value.len() > MAX_POINTER {
            let message = format!("this pointer is longer than {MAX_POINTER} bytes");
            self.bad_pointer(scalar.span, message, None);
            return None;
        }
        Some(pointer)
    }

    fn bad_pointer(&mut self, span: Span, message: String, help: Option<&str>) {
        const RULE: &Rule = rules::BAD_POINTER;
        let diagnostic = self.at(RULE, span, message);
        self.report(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// What stands before or after a code.
    #[expect(
        clippy::option_option,
        reason = "absent and invalid are different here"
    )]
    fn mark(&mut self, scalar: Option<&'a Scalar<'a>>) -> Option<Option<&'a str>> {
        let Some(scalar) = scalar else {
            return Some(None);
        };
        let text = scalar.value.as_ref();
        if text.is_empty() || text.len() > MAX_NAME {
            let message = format!("this text is empty or longer than {MAX_NAME} bytes");
            let diagnostic = self.at(rules::BAD_PLACE, scalar.span, message);
            self.report(diagnostic.help("write what stands beside the code, as in `\"#\"`"));
            return None;
        }
        Some(Some(text))
    }
}

/// Whether a text is a token by RFC 9110, section 5.6.2, as the name of a header is.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// A place that has been checked, if it is valid.
pub(super) fn quiet<'a>(raw: &'a raw::Place<'a>) -> Option<Place<'a>> {
    let source = match (&raw.header, &raw.body, &raw.at) {
        (Some(header), None, None) => Source::Header(&header.value),
        (None, Some(body), None) => Source::Body(Pointer::parse(&body.value)?),
        (None, Some(body), Some(at)) => Source::Element {
            array: Pointer::parse(&body.value)?,
            members: raw
                .r#where
                .iter()
                .map(|(name, value)| (name.value.as_ref(), &value.value))
                .collect(),
            at: Pointer::parse(&at.value)?,
        },
        _ => return None,
    };
    Some(Place {
        source,
        after: None,
        before: None,
    })
}
