//! Checks codes: all are of one kind, and none is used twice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Checker;
use super::reuse::{Shared, Use};
use crate::catalog::{Code, CodeKind, is_safe_integer};
use crate::diagnostic::{Span, rules};
use crate::parse::raw::{self, Spanned};

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
        self.reserved_codes(raw, kind);
        kind
    }

    pub(super) fn is_fit(&mut self, code: &Spanned<Code<'a>>) -> bool {
        let (message, help) = match &code.value {
            Code::Integer(number) if !is_safe_integer(*number) => (
                format!("the code {number} is too large for JSON"),
                "use an integer within ±(2^53 − 1), or quote the code to make it a string".into(),
            ),
            Code::Text(text) if self.is_unquoted(code.span, text) && is_number(text) => (
                format!("the code {text} is not a plain number"),
                match plain_number(text) {
                    Some(number) => Cow::Owned(format!(
                        "write {number}, or quote it to make it a string: `\"{text}\"`"
                    )),
                    None => format!("quote it to make it a string: `\"{text}\"`").into(),
                },
            ),
            Code::Text(text)
                if text.is_empty() || text.trim() != text || text.contains(char::is_control) =>
            {
                (
                    "this code is empty, starts or ends with whitespace, or contains control characters"
                        .to_owned(),
                    "choose a code that is readable in a log".into(),
                )
            }
            Code::Integer(_) => return true,
            Code::Text(text) => return self.has_length(rules::BAD_CODE, text, code.span),
        };
        self.report(self.at(rules::BAD_CODE, code.span, message).help(help));
        false
    }

    /// Whether a text is written without quotation marks.
    fn is_unquoted(&self, span: Span, text: &str) -> bool {
        self.source.text[span.range()] == *text
    }

    pub(super) fn report_mixed(&mut self, code: &Spanned<Code<'a>>, first: &Spanned<Code<'a>>) {
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
}

/// Whether some reader of YAML takes a plain scalar for a number: `0100`, `1_000`, `0x1F`, `0o17`, `1e3` or `.inf`.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_digits = unsigned.starts_with(|first: char| first.is_ascii_digit())
        && unsigned
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_');
    let is_infinite = [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(&unsigned);
    is_digits || is_infinite || is_power(unsigned) || in_other_base(unsigned).is_some()
}

/// Whether a number has an exponent.
fn is_power(unsigned: &str) -> bool {
    let Some((factor, exponent)) = unsigned.split_once(['e', 'E']) else {
        return false;
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, fraction) = factor.split_once('.').unwrap_or((factor, ""));
    let is_empty = exponent.is_empty() || whole.is_empty() && fraction.is_empty();
    !is_empty && [whole, fraction, exponent].into_iter().all(is_digits)
}

/// The digits of a number that is not in base ten, with the base.
fn in_other_base(unsigned: &str) -> Option<(&str, u32)> {
    let (digits, base) = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(sign, base)| Some((unsigned.strip_prefix(sign)?, base)))?;
    let is_number = digits.chars().all(|it| it == '_' || it.is_digit(base));
    (is_number && !digits.is_empty()).then_some((digits, base))
}

/// The same number as an integer in base ten, if JSON can send it.
fn plain_number(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let number = if let Some((digits, base)) = in_other_base(unsigned) {
        i64::from_str_radix(&digits.replace('_', ""), base).ok()?
    } else if is_power(unsigned) {
        // A double without a fraction is written without an exponent.
        unsigned.parse::<f64>().ok()?.to_string().parse().ok()?
    } else {
        unsigned.replace('_', "").parse().ok()?
    };
    let number = if text.starts_with('-') {
        -number
    } else {
        number
    };
    is_safe_integer(number).then_some(number)
}

fn article(kind: &str) -> String {
    match kind {
        "integer" => "an integer".to_owned(),
        _ => "a string".to_owned(),
    }
}
