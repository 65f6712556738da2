//! Checks codes: all are of one kind, none is used twice, and each is in its range.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Checker;
use super::reuse::{Shared, Use};
use crate::catalog::{Code, CodeKind, CodeRange, is_safe_integer};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Scalar, Spanned};

/// A range with the span that declares it.
type DeclaredRange = Spanned<CodeRange>;

impl<'a> Checker<'a, '_> {
    /// Checks all codes, and returns their kind: that of the first one.
    pub(super) fn codes(&mut self, raw: &'a raw::Catalog<'a>) -> Option<CodeKind> {
        let mut first: Option<&Spanned<Code>> = None;
        let mut seen: HashMap<&Code, Use> = HashMap::new();
        let coded = raw
            .errors()
            .filter_map(|error| Some((error, error.code.as_ref()?)));
        for (error, code) in coded {
            if !self.is_fit(code) {
                continue;
            }
            let first = *first.get_or_insert(code);
            if code.value.kind() != first.value.kind() {
                self.report_mixed(code, first);
                continue;
            }
            let own = Use::new(error, code.span);
            match seen.entry(&code.value) {
                Entry::Vacant(place) => {
                    place.insert(own);
                }
                Entry::Occupied(place) => {
                    let shared = Shared {
                        rule: rules::DUPLICATE_CODE,
                        what: format!("the code {}", code.value.text()),
                        fault: "is used twice",
                        help: "give one of them a different code, or make them `cases` of one error",
                    };
                    self.report_shared(&shared, *place.get(), own);
                }
            }
        }
        let kind = first.map(|code| code.value.kind());
        self.ranges(raw, kind);
        kind
    }

    fn is_fit(&mut self, code: &Spanned<Code<'a>>) -> bool {
        let (message, help) = match &code.value {
            Code::Integer(number) if !is_safe_integer(*number) => (
                format!("the code {number} is too large for JSON"),
                "use an integer within ±(2^53 − 1), or quote the code to make it a string",
            ),
            Code::Text(text) if self.is_plain_number(code.span, text) => (
                format!("the code {text} is not a plain number"),
                "write it without leading zeros or an unneeded sign, or quote it to make it a string",
            ),
            Code::Text(text)
                if text.is_empty() || text.trim() != text || text.contains(char::is_control) =>
            {
                (
                    "this code is empty, starts or ends with whitespace, or contains control characters"
                        .to_owned(),
                    "choose a code that is readable in a log",
                )
            }
            Code::Integer(_) => return true,
            Code::Text(text) => return self.has_length(rules::BAD_CODE, text, code.span),
        };
        self.report(self.at(rules::BAD_CODE, code.span, message).help(help));
        false
    }

    /// Whether a code is an unquoted number that is not canonical, such as `0100`.
    fn is_plain_number(&self, span: Span, text: &str) -> bool {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && self.source.text[span.range()] == *text
    }

    fn report_mixed(&mut self, code: &Spanned<Code<'a>>, first: &Spanned<Code<'a>>) {
        let (kind, expected) = (code.value.kind().name(), first.value.kind().name());
        let message = format!(
            "this code is {}, but the first one is {}",
            article(kind),
            article(expected)
        );
        let help = match code.value.kind() {
            CodeKind::Integer => "use one kind of code in a catalogue: quote this one",
            CodeKind::String => "use one kind of code in a catalogue: quote all of them, or none",
        };
        let related = first.span;
        self.report(
            self.at(rules::MIXED_CODE_KINDS, code.span, message)
                .related(related, "the first code")
                .help(help),
        );
    }

    fn ranges(&mut self, raw: &'a raw::Catalog<'a>, kind: Option<CodeKind>) {
        let mut categories = Vec::new();
        let mut groups = Vec::new();
        for category in &raw.categories {
            let range = self.range(category.codes.as_ref(), kind);
            self.all_in_range(&category.errors, range.as_ref());
            for group in &category.groups {
                let own = self.range(group.codes.as_ref(), kind);
                self.all_in_range(&group.errors, own.as_ref().or(range.as_ref()));
                if let (Some(own), Some(range)) = (&own, &range) {
                    self.within(own, range);
                }
                groups.extend(own);
            }
            categories.extend(range);
        }
        self.disjoint(categories);
        self.disjoint(groups);
    }

    fn range(
        &mut self,
        scalar: Option<&Scalar<'a>>,
        kind: Option<CodeKind>,
    ) -> Option<DeclaredRange> {
        let scalar = scalar?;
        let value = parse_range(scalar).filter(|_| kind != Some(CodeKind::String));
        let Some(value) = value else {
            let (message, help) = match kind {
                Some(CodeKind::String) => ("string codes cannot have a range", "remove `codes`"),
                _ => (
                    "this is not a range of codes",
                    "write the first and the last code, as in `1000-1999`",
                ),
            };
            self.report(self.at(rules::BAD_RANGE, scalar.span, message).help(help));
            return None;
        };
        let span = scalar.span;
        Some(Spanned { value, span })
    }

    fn all_in_range(&mut self, errors: &[raw::Error<'a>], range: Option<&DeclaredRange>) {
        let Some(Spanned { value: range, span }) = range else {
            return;
        };
        for code in errors.iter().filter_map(|error| error.code.as_ref()) {
            let Code::Integer(number) = &code.value else {
                continue;
            };
            if (range.first..=range.last).contains(number) {
                continue;
            }
            let message = format!(
                "the code {number} is outside the range {}-{}",
                range.first, range.last
            );
            self.report(
                self.at(rules::CODE_OUT_OF_RANGE, code.span, message)
                    .related(*span, "the range that applies here")
                    .help(
                        "give the error a code in the range, or move it to where its code belongs",
                    ),
            );
        }
    }

    fn within(&mut self, inner: &DeclaredRange, outer: &DeclaredRange) {
        let (value, around) = (inner.value, outer.value);
        if around.first <= value.first && value.last <= around.last {
            return;
        }
        let message = format!(
            "the range {}-{} is not within its category's range",
            value.first, value.last
        );
        self.report(
            self.at(rules::BAD_RANGE, inner.span, message)
                .related(outer.span, "the category's range"),
        );
    }

    fn disjoint(&mut self, mut ranges: Vec<DeclaredRange>) {
        ranges.sort_by_key(|range| (range.value.first, range.span));
        for pair in ranges.windows(2) {
            let [lower, upper] = pair else { continue };
            if upper.value.first > lower.value.last {
                continue;
            }
            // Reports the one that is later in the file.
            let (later, earlier) = if lower.span > upper.span {
                (lower, upper)
            } else {
                (upper, lower)
            };
            let message = format!(
                "the range {}-{} overlaps {}-{}",
                later.value.first, later.value.last, earlier.value.first, earlier.value.last
            );
            self.report(
                self.at(rules::OVERLAPPING_RANGES, later.span, message)
                    .related(earlier.span, "overlaps this range")
                    .help("change one of the ranges: no code can be in both"),
            );
        }
    }
}

/// A range as it is written: `1000-1999`.
pub fn parse_range(scalar: &Scalar) -> Option<CodeRange> {
    let (first, last) = scalar.value.split_once('-')?;
    let number = |text: &str| {
        let digits = text.trim();
        let number = digits.parse::<i64>().ok()?;
        (number.to_string() == digits && is_safe_integer(number)).then_some(number)
    };
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(CodeRange { first, last })
}

fn article(kind: &str) -> String {
    match kind {
        "integer" => "an integer".to_owned(),
        _ => "a string".to_owned(),
    }
}
