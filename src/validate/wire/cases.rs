//! Checks that codes can be read where `wire` says, and the codes of cases.

use std::collections::HashMap;

use crate::catalog::{Code, CodeKind, Place, Wire};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Spanned};
use crate::validate::Checker;

impl<'a> Checker<'a, '_> {
    /// Checks the codes of all cases. Returns their kind: that of the first one.
    pub(super) fn subcodes(
        &mut self,
        raw: &'a raw::Catalog<'a>,
        kind: Option<CodeKind>,
    ) -> Option<CodeKind> {
        let mut first: Option<&Spanned<Code>> = None;
        for error in raw.errors() {
            let mut seen: HashMap<&Code, Span> = HashMap::new();
            for code in error.cases.iter().filter_map(|case| case.code.as_ref()) {
                if !self.is_fit(code) {
                    continue;
                }
                let first = *first.get_or_insert(code);
                if code.value.kind() != first.value.kind() {
                    self.report_mixed(code, first);
                }
                if let Some(other) = seen.insert(&code.value, code.span) {
                    let message = format!("two cases have the code {}", code.value.text());
                    let diagnostic = self.at(rules::DUPLICATE_CODE, code.span, message);
                    self.report(
                        diagnostic
                            .related(other, "the other case")
                            .help("give each case of an error its own code"),
                    );
                }
            }
        }
        self.has_subcodes(raw, first, kind);
        first.map(|code| code.value.kind())
    }

    /// Checks that cases with codes have a place for them, and that a `separator` parts something.
    fn has_subcodes(
        &mut self,
        raw: &'a raw::Catalog<'a>,
        first: Option<&Spanned<Code>>,
        kind: Option<CodeKind>,
    ) {
        let wire = raw.wire.as_ref();
        let items = wire.and_then(|wire| wire.errors.as_ref());
        let codes = [
            wire.and_then(|wire| wire.code.as_ref()),
            items.and_then(|items| items.code.as_ref()),
        ];
        let separators = codes
            .into_iter()
            .flatten()
            .filter_map(|it| it.separator.as_ref());
        let separators: Vec<_> = separators.collect();
        let has_place = wire.is_some_and(|wire| wire.subcode.is_some())
            || items.is_some_and(|items| items.subcode.is_some());
        if let Some(first) = first
            && separators.is_empty()
            && !has_place
        {
            let message = "nothing says where a response has the code of a case";
            let diagnostic = self.at(rules::BAD_PLACE, first.span, message);
            self.report(diagnostic.help(
                "say where with `wire.subcode`, or what parts it from the error's code with the `separator` of `wire.code`",
            ));
        }
        for separator in separators {
            let (message, help) = if kind == Some(CodeKind::Integer) {
                (
                    "integer codes cannot be parted by a `separator`",
                    "remove it, and say where the code of a case is with `wire.subcode`",
                )
            } else if first.is_none() {
                (
                    "no case has a code that this could part from the error's",
                    "give the cases a `code`, or remove `separator`",
                )
            } else {
                continue;
            };
            let diagnostic = self.at(rules::BAD_PLACE, separator.span, message);
            self.report(diagnostic.help(help));
        }
    }

    /// Checks that no code contains what stands beside it on the wire.
    pub(super) fn readable_codes(&mut self, raw: &'a raw::Catalog<'a>, wire: &Wire<'a>) {
        let layouts = [
            Some(&wire.layout),
            wire.errors.as_ref().map(|it| &it.layout),
        ];
        let layouts = layouts.into_iter().flatten();
        let mut marks: Vec<(&str, bool)> = Vec::new();
        let mut case_marks: Vec<&str> = Vec::new();
        for layout in layouts {
            if let Some(code) = &layout.code {
                marks.extend(trims(&code.place).map(|mark| (mark, code.separator.is_some())));
                marks.extend(code.separator.map(|mark| (mark, false)));
            }
            case_marks.extend(layout.subcode.iter().flat_map(trims));
        }
        case_marks.extend(
            marks
                .iter()
                .filter(|(_, both)| *both)
                .map(|(mark, _)| *mark),
        );
        if marks.is_empty() && case_marks.is_empty() {
            return;
        }
        for error in raw.errors() {
            let marks = marks.iter().map(|(mark, _)| *mark);
            self.readable(error.code.as_ref(), marks);
            for case in &error.cases {
                self.readable(case.code.as_ref(), case_marks.iter().copied());
            }
        }
    }

    fn readable<'m>(
        &mut self,
        code: Option<&Spanned<Code>>,
        mut marks: impl Iterator<Item = &'m str>,
    ) {
        let Some(code) = code else { return };
        let text = code.value.text();
        if let Some(mark) = marks.find(|mark| text.contains(mark)) {
            let message =
                format!("the code {text} contains `{mark}`, at which `wire` has modules cut it");
            let diagnostic = self.at(rules::UNREADABLE_CODE, code.span, message);
            self.report(diagnostic.help("choose another code, or other marks in `wire`"));
        }
    }
}

fn trims<'a>(place: &Place<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    [place.after, place.before].into_iter().flatten()
}
