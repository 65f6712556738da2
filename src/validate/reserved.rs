//! Checks which codes categories and groups reserve: ranges of integers, or all strings with a prefix.

use std::collections::HashSet;

use super::Checker;
use crate::catalog::{Code, CodeKind, CodeRange, Codes, is_safe_integer};
use crate::diagnostic::{Span, rules};
use crate::parse::MAX_NAME;
use crate::parse::raw::{self, Scalar, Spanned};

/// Reserved codes with the span that declares them.
type Declared<'a> = Spanned<Codes<'a>>;

/// A prefix, and where it is declared.
struct DeclaredPrefix<'a> {
    prefix: &'a str,
    span: Span,
    /// The number of the category.
    category: usize,
    is_group: bool,
}

impl<'a> Checker<'a, '_> {
    pub(super) fn reserved_codes(&mut self, raw: &'a raw::Catalog<'a>, kind: Option<CodeKind>) {
        let mut categories = Vec::new();
        let mut groups = Vec::new();
        let mut prefixes = Vec::new();
        for (number, category) in raw.categories.iter().enumerate() {
            let mut declare = |declared: Declared<'a>, is_group| {
                let span = declared.span;
                match declared.value {
                    Codes::Range(value) if is_group => groups.push(Spanned { value, span }),
                    Codes::Range(value) => categories.push(Spanned { value, span }),
                    Codes::Prefix(prefix) => prefixes.push(DeclaredPrefix {
                        prefix,
                        span,
                        category: number,
                        is_group,
                    }),
                }
            };
            let codes = self.declared(category.codes.as_ref(), kind);
            self.all_within(&category.errors, codes.as_ref());
            for group in &category.groups {
                let own = self.declared(group.codes.as_ref(), kind);
                self.all_within(&group.errors, own.as_ref().or(codes.as_ref()));
                if let (Some(own), Some(codes)) = (&own, &codes) {
                    self.within(own, codes);
                }
                if let Some(own) = own {
                    declare(own, true);
                }
            }
            if let Some(codes) = codes {
                declare(codes, false);
            }
        }
        self.disjoint_ranges(categories);
        self.disjoint_ranges(groups);
        self.disjoint_prefixes(prefixes);
    }

    fn declared(
        &mut self,
        codes: Option<&'a raw::Codes<'a>>,
        kind: Option<CodeKind>,
    ) -> Option<Declared<'a>> {
        let codes = codes?;
        let (scalar, message, help) = match (codes, kind) {
            (raw::Codes::Range(scalar), Some(CodeKind::String)) => (
                scalar,
                "string codes cannot have a range",
                "name how the codes start, as in `codes: { prefix: \"SHOP-\" }`, or remove `codes`",
            ),
            (raw::Codes::Prefix(scalar), Some(CodeKind::Integer)) => (
                scalar,
                "integer codes cannot have a prefix",
                "write the first and the last code, as in `codes: 1000..1999`, or remove `codes`",
            ),
            (raw::Codes::Range(scalar), _) if scalar.value.starts_with('-') => (
                scalar,
                "this is not a range of codes",
                "write two dots between the first and the last code, as in `-32768..-32000`",
            ),
            (raw::Codes::Range(scalar), _) => (
                scalar,
                "this is not a range of codes",
                "write the first and the last code, as in `1000..1999`",
            ),
            (raw::Codes::Prefix(scalar), _) => (
                scalar,
                "this prefix is empty, longer than a code, starts or ends with whitespace, or contains control characters",
                "write how the codes start, as in `SHOP-`",
            ),
        };
        let span = scalar.span;
        let is_fit = match codes {
            raw::Codes::Range(_) => kind != Some(CodeKind::String),
            raw::Codes::Prefix(_) => kind != Some(CodeKind::Integer),
        };
        if let Some(value) = read_codes(codes).filter(|_| is_fit) {
            return Some(Spanned { value, span });
        }
        self.report(self.at(rules::BAD_RANGE, span, message).help(help));
        None
    }

    fn all_within(&mut self, errors: &[raw::Error<'a>], codes: Option<&Declared<'a>>) {
        let Some(Spanned { value: codes, span }) = codes else {
            return;
        };
        for code in errors.iter().filter_map(|error| error.code.as_ref()) {
            let (message, related) = match (codes, &code.value) {
                (Codes::Range(range), Code::Integer(number)) if !range.contains(*number) => (
                    format!("the code {number} is outside the range {range}"),
                    "the range that applies here",
                ),
                (Codes::Prefix(prefix), Code::Text(text)) if !text.starts_with(prefix) => (
                    format!("the code {text} does not start with `{prefix}`"),
                    "the prefix that applies here",
                ),
                // A code of the other kind has its own diagnostic.
                _ => continue,
            };
            let help = match codes {
                Codes::Range(_) => {
                    "give the error a code in the range, or move it to where its code belongs"
                }
                Codes::Prefix(_) => {
                    "give the error a code with the prefix, or move it to where its code belongs"
                }
            };
            self.report(
                self.at(rules::CODE_OUT_OF_RANGE, code.span, message)
                    .related(*span, related)
                    .help(help),
            );
        }
    }

    /// Reports codes of a group that are not among its category's.
    fn within(&mut self, inner: &Declared<'a>, outer: &Declared<'a>) {
        let (message, related) = match (&inner.value, &outer.value) {
            (Codes::Range(own), Codes::Range(around))
                if own.first < around.first || around.last < own.last =>
            {
                (
                    format!("the range {own} is not within its category's range"),
                    "the category's range",
                )
            }
            (Codes::Prefix(own), Codes::Prefix(around)) if !own.starts_with(around) => (
                format!("the prefix `{own}` does not start with its category's prefix"),
                "the category's prefix",
            ),
            _ => return,
        };
        self.report(
            self.at(rules::BAD_RANGE, inner.span, message)
                .related(outer.span, related),
        );
    }

    fn disjoint_ranges(&mut self, mut ranges: Vec<Spanned<CodeRange>>) {
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
            let message = format!("the range {} overlaps {}", later.value, earlier.value);
            self.report(
                self.at(rules::OVERLAPPING_RANGES, later.span, message)
                    .related(earlier.span, "overlaps this range")
                    .help("change one of the ranges: no code can be in both"),
            );
        }
    }

    /// Reports prefixes of which one starts with another, unless they are those of a group and its own category.
    fn disjoint_prefixes(&mut self, mut prefixes: Vec<DeclaredPrefix<'a>>) {
        prefixes.sort_by_key(|it| (it.prefix, it.is_group, it.span));
        // Those that the next one may start with, each of which starts with the one before.
        let mut open: Vec<&DeclaredPrefix> = Vec::new();
        // One report is enough for a prefix that overlaps many.
        let mut reported = HashSet::new();
        for own in &prefixes {
            while open
                .pop_if(|outer| !own.prefix.starts_with(outer.prefix))
                .is_some()
            {}
            if let Some(outer) = open.last().filter(|outer| {
                let is_its_category = own.is_group && !outer.is_group;
                !is_its_category || outer.category != own.category
            }) {
                let (later, earlier) = if outer.span > own.span {
                    (*outer, own)
                } else {
                    (own, *outer)
                };
                if reported.insert(later.span) {
                    let message = format!(
                        "the prefix `{}` overlaps `{}`",
                        later.prefix, earlier.prefix
                    );
                    self.report(
                        self.at(rules::OVERLAPPING_RANGES, later.span, message)
                            .related(earlier.span, "overlaps this prefix")
                            .help("change one of the prefixes: no code can be in both"),
                    );
                }
            }
            open.push(own);
        }
    }
}

/// The codes that a category or a group reserves, if they are written as they should be.
pub fn read_codes<'a>(codes: &'a raw::Codes<'a>) -> Option<Codes<'a>> {
    match codes {
        raw::Codes::Range(scalar) => read_range(scalar).map(Codes::Range),
        raw::Codes::Prefix(scalar) => {
            let prefix = scalar.value.as_ref();
            let is_plain = !prefix.contains(char::is_control) && prefix.trim() == prefix;
            (is_plain && (1..=MAX_NAME).contains(&prefix.len())).then_some(Codes::Prefix(prefix))
        }
    }
}

/// `1000..1999`, or `1000-1999`, which negative numbers cannot be written in.
fn read_range(scalar: &Scalar) -> Option<CodeRange> {
    let written = &scalar.value;
    let (first, last) = written
        .split_once("..")
        .or_else(|| written.split_once('-'))?;
    let number = |text: &str| {
        let digits = text.trim();
        let number = digits.parse::<i64>().ok()?;
        (number.to_string() == digits && is_safe_integer(number)).then_some(number)
    };
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(CodeRange { first, last })
}
