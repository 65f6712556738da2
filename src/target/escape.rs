//! Escapes a text for one context of a target.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use textwrap::{Options, WordSeparator, WrapAlgorithm};

use super::manifest::{Astral, EscapeRule, NumericRule};
use crate::terminal::{is_invisible, may_begin_hidden};

/// An [`EscapeRule`], ready for use.
pub struct Escape {
    quotes: Vec<String>,
    replace: Replacements,
    line_start: Replacements,
    line_end: Replacements,
    control: Option<NumericRule>,
    invisible: Option<NumericRule>,
    wrap: Option<usize>,
    /// The bytes of characters that are never escaped, whatever follows. Most of a text consists of them, and is skipped.
    plain: [bool; 256],
}

/// Replacements, by what they replace.
struct Replacements {
    /// Sorted by the first byte, then longest first.
    pairs: Vec<(String, String)>,
    /// The pairs for each first byte. Most bytes have none, and are skipped.
    first: [Range<u32>; 256],
}

impl Replacements {
    fn new(map: &BTreeMap<String, String>) -> Self {
        let mut pairs: Vec<_> = map.clone().into_iter().collect();
        let byte = |from: &str| from.bytes().next().unwrap_or_default();
        pairs.sort_by_key(|(from, _)| (byte(from), std::cmp::Reverse(from.len())));
        let mut first = [const { 0..0 }; 256];
        for (place, (from, _)) in (0_u32..).zip(&pairs) {
            let own = &mut first[usize::from(byte(from))];
            if own.end == 0 {
                own.start = place;
            }
            own.end = place + 1;
        }
        Self { pairs, first }
    }

    /// The replacements that start with a byte.
    fn beginning_with(&self, byte: u8) -> &[(String, String)] {
        let Range { start, end } = self.first[usize::from(byte)];
        &self.pairs[start as usize..end as usize]
    }

    /// The replacement at the start of `rest`.
    fn at<'a>(&'a self, rest: &str) -> Option<(&'a str, &'a str)> {
        let mut pairs = self.beginning_with(*rest.as_bytes().first()?).iter();
        let found = pairs.find(|(from, _)| rest.starts_with(from.as_str()));
        found.map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// The replacement at the end of a text.
    fn at_end(&self, text: &str) -> Option<(&str, &str)> {
        let mut pairs = self.pairs.iter();
        let found = pairs.find(|(from, _)| text.ends_with(from.as_str()));
        found.map(|(from, to)| (from.as_str(), to.as_str()))
    }
}

impl Escape {
    pub fn new(rule: &EscapeRule) -> Self {
        let replace = Replacements::new(&rule.replace);
        let is_plain =
            |byte: u8| replace.beginning_with(byte).is_empty() && !may_begin_hidden(byte);
        Self {
            quotes: rule.quotes.clone(),
            plain: std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(is_plain)),
            replace,
            line_start: Replacements::new(&rule.line_start),
            line_end: Replacements::new(&rule.line_end),
            control: rule.control.clone(),
            invisible: rule.invisible.clone(),
            wrap: rule.wrap,
        }
    }

    /// Writes a text, in quotation marks if the context has any.
    pub fn write(&self, output: &mut String, text: &str) {
        let quote = self.quote(text);
        output.push_str(quote);
        self.push(output, text, quote);
        output.push_str(quote);
    }

    /// Writes a text over several lines, as in comments: each line of the text on its own line, wrapped if the context
    /// has a width, with `prefix` before each line except the first.
    pub fn write_lines(&self, output: &mut String, text: &str, prefix: &str) {
        let start = output.len();
        let text = if text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n"))
        } else {
            Cow::Borrowed(text)
        };
        let text = text.trim_end();
        let mut write_line = |line: &str| {
            self.each_piece(line, prefix, |piece| {
                if output.len() > start {
                    // No trailing whitespace in the comment for a blank line.
                    cut_spaces(output, start);
                    output.push('\n');
                    output.push_str(prefix);
                }
                self.push(output, piece, "");
            });
        };
        if text.bytes().any(may_break_line) {
            let lines = text.split(is_line_break);
            let lines = lines.skip_while(|line| line.trim().is_empty());
            lines.for_each(write_line);
        } else if !text.is_empty() {
            write_line(text);
        }
        cut_spaces(output, start);
    }

    /// Splits a line of a text into the lines of the output.
    fn each_piece(&self, line: &str, prefix: &str, mut write: impl FnMut(&str)) {
        let Some(width) = self.wrap else {
            return write(line);
        };
        // No character is wider than its number of bytes.
        if prefix.len() + line.len() < width {
            return write(line.trim_end_matches(' '));
        }
        let options = Options::new(width.saturating_sub(textwrap::core::display_width(prefix)))
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(WrapAlgorithm::FirstFit)
            .break_words(false);
        for piece in textwrap::wrap(line, options) {
            write(&piece);
        }
    }

    /// The quotation mark that needs the fewest escapes.
    fn quote(&self, text: &str) -> &str {
        if let [only] = self.quotes.as_slice() {
            return only;
        }
        self.quotes
            .iter()
            .min_by_key(|quote| text.matches(quote.as_str()).count())
            .map_or("", String::as_str)
    }

    fn push(&self, output: &mut String, text: &str, quote: &str) {
        let end = self.line_end.at_end(text);
        let mut rest = end.map_or(text, |(from, _)| &text[..text.len() - from.len()]);
        if let Some((from, to)) = self.line_start.at(rest) {
            output.push_str(to);
            rest = &rest[from.len()..];
        }
        // Characters that need no escape are written together.
        let mut plain = rest;
        loop {
            rest = &rest[self.plain_length(rest)..];
            let Some(character) = rest.chars().next() else {
                break;
            };
            let replacement = self.replace.at(rest);
            let length = replacement.map_or(character.len_utf8(), |(from, _)| from.len());
            let replacement = replacement.filter(|(from, _)| !self.is_other_quote(from, quote));
            let numeric = self.numeric(character).filter(|_| replacement.is_none());
            if replacement.is_some() || numeric.is_some() {
                output.push_str(&plain[..plain.len() - rest.len()]);
                plain = &rest[length..];
            }
            if let Some((_, to)) = replacement {
                output.push_str(to);
            } else if let Some(rule) = numeric {
                push_numeric(output, character, rule);
            }
            rest = &rest[length..];
        }
        output.push_str(plain);
        output.push_str(end.map_or("", |(_, to)| to));
    }

    /// How many bytes at the start of `rest` need no escape.
    fn plain_length(&self, rest: &str) -> usize {
        let mut bytes = rest.bytes();
        let touched = bytes.position(|byte| !self.plain[usize::from(byte)]);
        touched.unwrap_or(rest.len())
    }

    fn is_other_quote(&self, from: &str, quote: &str) -> bool {
        from != quote && self.quotes.iter().any(|other| other == from)
    }

    fn numeric(&self, character: char) -> Option<&NumericRule> {
        if character.is_control() {
            self.control.as_ref()
        } else if is_invisible(character) {
            self.invisible.as_ref()
        } else {
            None
        }
    }
}

/// Removes trailing spaces, but not before `start`.
fn cut_spaces(output: &mut String, start: usize) {
    let kept = output[start..].trim_end_matches(' ').len();
    output.truncate(start + kept);
}

fn push_numeric(output: &mut String, character: char, rule: &NumericRule) {
    let mut push = |number: u32, format: &str, digits: u8| {
        let digits = usize::from(digits);
        output.push_str(&format.replace("HEX", &format!("{number:0digits$X}")));
    };
    match &rule.astral {
        Some(Astral::Surrogates) => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                push(u32::from(*unit), &rule.format, rule.digits);
            }
        }
        Some(Astral::AsIs) if u32::from(character) > 0xFFFF => output.push(character),
        Some(Astral::Format(form)) if u32::from(character) > 0xFFFF => {
            push(u32::from(character), &form.format, form.digits);
        }
        _ => push(u32::from(character), &rule.format, rule.digits),
    }
}

/// Whether a byte can start a character that ends a line.
fn may_break_line(byte: u8) -> bool {
    matches!(byte, b'\n'..=b'\r' | 0xC2 | 0xE2)
}

/// Whether a character ends a line in any of the languages with comments.
fn is_line_break(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}
