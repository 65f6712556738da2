//! Lints of texts: missing translations, and likely mistakes in what readers see.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use iri_string::types::IriStr;

use super::{Linter, Text, localised};
use crate::catalog::is_language_tag;
use crate::catalog::language;
use crate::diagnostic::{Diagnostic, Edit, Fix, Rule, Source, Span, rules};
use crate::parse::raw;
use crate::prose::{fix, links, placeholders};
use crate::terminal::is_hidden;

/// How many locales a message lists at most.
const MOST_NAMED: usize = 100;

/// The languages in which a repeated word is a mistake, each with the words that can be repeated rightly. Others repeat words to
/// stress them, or to make a plural.
const DOUBLED_RIGHTLY: &[(&str, &[&str])] = &[
    ("de", &["das", "der", "die", "sie"]),
    ("en", &["had", "that"]),
    ("fr", &["nous", "vous"]),
];

/// HTML elements that are likely in copied texts.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "button",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

pub(super) fn missing_translation(linter: &mut Linter) {
    let locales = wanted_locales(linter.raw);
    let wanted: HashSet<&str> = locales.iter().copied().collect();
    for (field, owner) in localised(linter.raw, &linter.entries) {
        let tags = || field.value.iter().map(|(tag, _)| tag.value.as_ref());
        let nulls = field.missing.iter().map(|(tag, _)| tag.value.as_ref());
        // A tag that is not declared may be a misspelt one. Validation reports it.
        if tags().chain(nulls).any(|tag| !wanted.contains(tag)) {
            continue;
        }
        let translated = |tag: &&str| tags().any(|known| known == *tag);
        let missing = locales.iter().skip(1).filter(|tag| !translated(tag));
        let missing: Vec<_> = missing.copied().collect();
        let Some(((first, _), tag)) = field.value.first().zip(missing.first()) else {
            continue;
        };
        let some = &missing[..missing.len().min(MOST_NAMED)];
        let list = some.join("`, `");
        let more = missing.len() - some.len();
        let more = match more {
            0 => String::new(),
            _ => format!(" and {more} more"),
        };
        // Its own place, if it has one.
        let null = field.missing.iter().find(|(it, _)| it.value == **tag);
        let (place, help) = match null {
            Some((_, null)) => {
                let written = &linter.source.text[null.range()];
                (*null, format!("write it in place of `{written}`"))
            }
            None => (first.span, format!("add it under `{tag}:`")),
        };
        let message = format!("this text is missing in `{list}`{more}");
        let diagnostic = linter
            .at(rules::MISSING_TRANSLATION, place, message)
            .help(help);
        linter.report(owner, diagnostic);
    }
}

/// The locales that texts should exist in. The first is the fallback, which validation checks.
fn wanted_locales<'a>(raw: &'a raw::Catalog<'a>) -> Vec<&'a str> {
    let mut locales: Vec<&str> = Vec::new();
    let mut seen = HashSet::new();
    for tag in raw.fallback.iter().chain(raw.locales.iter().flatten()) {
        let is_new = seen.insert(tag.value.to_ascii_lowercase());
        if is_new && is_language_tag(&tag.value) {
            locales.push(&tag.value);
        }
    }
    locales
}

/// Reports the first match of `find` in each text.
fn first_in_each(
    linter: &mut Linter,
    rule: &'static Rule,
    find: impl for<'t> Fn(&'t Text) -> Option<(usize, usize, String)>,
    help: &str,
) {
    for text in Rc::clone(&linter.texts).iter().copied() {
        let Some((at, length, message)) = find(&text) else {
            continue;
        };
        let span = text.scalar.part(linter.source, at, length);
        let diagnostic = linter.at(rule, span, message).help(help);
        linter.report(text.owner, diagnostic);
    }
}

pub(super) fn foreign_placeholder(linter: &mut Linter) {
    for text in Rc::clone(&linter.texts).iter().copied() {
        let found = placeholders(&text.scalar.value, text.parameters);
        let Some(first) = found.first() else {
            continue;
        };
        let span = text.scalar.part(linter.source, first.at, first.text.len());
        let mut diagnostic = linter
            .at(rules::PRINTF_PLACEHOLDER, span, first.message())
            .help(first.help());
        diagnostic.fix = text.parameters.and_then(|declared| {
            let is_localised = text.locale.is_some();
            fix(linter.source, text.scalar, &found, declared, is_localised)
        });
        linter.report(text.owner, diagnostic);
    }
}

pub(super) fn markup_in_text(linter: &mut Linter) {
    let find = |text: &Text| {
        let text = text.scalar.value.as_ref();
        let (at, markup) = tag_in(text).or_else(|| entity_in(text))?;
        Some((
            at,
            markup.len(),
            format!("`{markup}` is HTML, which readers would see as it is written"),
        ))
    };
    let help = "write plain text: each target escapes it as it needs";
    first_in_each(linter, rules::MARKUP_IN_TEXT, find, help);
}

/// The first HTML tag in a text.
fn tag_in(text: &str) -> Option<(usize, &str)> {
    // No tag ends after the last `>`.
    let (text, _) = text.split_at(text.rfind('>')? + 1);
    text.match_indices('<').find_map(|(at, _)| {
        let inner = &text[at + 1..];
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let known = ELEMENTS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name));
        let end = known.then(|| text[at..].find('>'))??;
        Some((at, &text[at..=at + end]))
    })
}

/// The first HTML character reference in a text.
fn entity_in(text: &str) -> Option<(usize, &str)> {
    text.match_indices('&').find_map(|(at, _)| {
        let inner = &text[at + 1..];
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
        let (name, rest) = inner.split_at(length);
        let is_named = matches!(
            name,
            "amp" | "lt" | "gt" | "quot" | "apos" | "nbsp" | "hellip" | "copy"
        );
        let number = name
            .strip_prefix('#')
            .map(|it| it.trim_start_matches(['x', 'X']));
        let is_number = number.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let is_reference = rest.starts_with(';') && (is_named || is_number);
        is_reference.then(|| (at, &text[at..at + length + 2]))
    })
}

pub(super) fn description_repeats_message(linter: &mut Linter) {
    for entry in Rc::clone(&linter.entries).iter().copied() {
        let raw = entry.raw;
        let own = raw.message.as_ref().zip(raw.description.as_ref());
        let cases = raw.cases.iter();
        let cases = cases.filter_map(|case| case.message.as_ref().zip(case.description.as_ref()));
        for (message, description) in own.into_iter().chain(cases) {
            let said: HashMap<_, _> = message
                .texts()
                .map(|(_, text)| (plainly(&text.value), text.span))
                .collect();
            let mut descriptions = description.value.iter();
            let same =
                descriptions.find_map(|(_, text)| Some((text, *said.get(&plainly(&text.value))?)));
            let Some((text, message)) = same else {
                continue;
            };
            let diagnostic = linter
                .at(
                    rules::DESCRIPTION_REPEATS_MESSAGE,
                    text.span,
                    "this description only repeats the message",
                )
                .related(message, "the message")
                .help("say what it means for the reader, or what to do about it");
            linter.report(Some(entry), diagnostic);
        }
    }
}

/// A sentence without differences that do not matter to readers.
fn plainly(text: &str) -> String {
    text.trim()
        .trim_end_matches(['.', '。', '!', '！'])
        .to_lowercase()
}

pub(super) fn invisible_character(linter: &mut Linter) {
    let find = |text: &Text| {
        // Whitespace at the start or the end is found by `surrounding-space`.
        let value = text.scalar.value.as_ref();
        let (at, character) = find_unseen(value.trim())?;
        let at = value.len() - value.trim_start().len() + at;
        let code = u32::from(character);
        let message = format!("this text contains the invisible character U+{code:04X}");
        Some((at, character.len_utf8(), message))
    };
    let help = "remove it, or allow it with a reason if it is intended";
    first_in_each(linter, rules::INVISIBLE_CHARACTER, find, help);
}

/// The first invisible character that no script or emoji needs at its place.
fn find_unseen(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(at, character)| match character {
        // Joiners and variation selectors affect the character before them.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => text
            [..*at]
            .chars()
            .next_back()
            .is_none_or(|before| before.is_ascii_alphabetic()),
        // A line break, and the spaces that French and other typographies use.
        '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}' => false,
        other => is_hidden(*other),
    })
}

pub(super) fn surrounding_space(linter: &mut Linter) {
    for text in Rc::clone(&linter.texts).iter().copied() {
        let value = text.scalar.value.as_ref();
        let trimmed = value.trim();
        if trimmed.len() == value.len() {
            continue;
        }
        let (side, at, length) = match value.len() - value.trim_start().len() {
            0 => ("ends", trimmed.len(), value.len() - trimmed.len()),
            leading => ("starts", 0, leading),
        };
        let span = text.scalar.part(linter.source, at, length);
        let mut diagnostic = linter.at(
            rules::SURROUNDING_SPACE,
            span,
            format!("this text {side} with whitespace"),
        );
        diagnostic.help = Some(help_for_space(value).to_owned());
        diagnostic.fix = without_space(linter, text, trimmed);
        linter.report(text.owner, diagnostic);
    }
}

fn help_for_space(value: &str) -> &'static str {
    if value.ends_with('\n') {
        "remove it; to end a block without a line break, start it with `|-` or `>-`"
    } else {
        "remove it"
    }
}

/// Removes whitespace from both ends, if it stands there as it is.
fn without_space(linter: &Linter, text: Text, trimmed: &str) -> Option<Fix> {
    let written = &linter.source.text[text.scalar.span.range()];
    let value = text.scalar.value.as_ref();
    let leading = &value[..value.len() - value.trim_start().len()];
    let trailing = &value[leading.len() + trimmed.len()..];
    // Within quotation marks, other characters may be escaped.
    let inner = ['"', '\'']
        .iter()
        .find_map(|mark| written.strip_prefix(*mark)?.strip_suffix(*mark));
    let (lead, inner) = match inner {
        Some(inner) => (1, inner),
        None => (written.find(value)?, value),
    };
    // `\ ` at the end is one character, too.
    let kept = inner
        .strip_suffix(trailing)
        .filter(|kept| !kept.ends_with('\\'));
    let is_plain = inner.starts_with(leading) && kept.is_some() && !trailing.contains('\n');
    if !is_plain && inner != value {
        return None;
    }
    let start = text.scalar.span.start as usize + lead;
    let cut = |range: std::ops::Range<usize>| Edit {
        span: Span::new(start + range.start..start + range.end),
        text: String::new(),
    };
    let ends = [0..leading.len(), inner.len() - trailing.len()..inner.len()];
    let edits = ends.into_iter().filter(|range| !range.is_empty()).map(cut);
    Some(Fix {
        description: "remove the whitespace".to_owned(),
        edits: edits.collect(),
    })
}

pub(super) fn text_lost_to_comment(linter: &mut Linter) {
    for text in Rc::clone(&linter.texts).iter().copied() {
        let span = text.scalar.span;
        let source = linter.source;
        let written = &source.text[span.range()];
        let rest = &source.text[span.end as usize..];
        let lost = rest.trim_start_matches([' ', '\t']);
        let start = source.text.len() - lost.len();
        let is_plain = !written.starts_with(['"', '\'', '|', '>']);
        // A comment has a space after its sign.
        let goes_on = lost
            .strip_prefix('#')
            .is_some_and(|it| it.starts_with(|c: char| c.is_alphanumeric() || c == '{'));
        if !is_plain || !goes_on || lost.len() == rest.len() {
            continue;
        }
        let lost = lost.lines().next().unwrap_or_default().trim_end();
        let end = start + lost.len();
        let message = format!("the text ends before this: YAML takes `{lost}` for a comment");
        let mut diagnostic = linter
            .at(rules::TEXT_LOST_TO_COMMENT, Span::new(start..end), message)
            .help("put the text in quotation marks; start a comment with a space after its `#`");
        diagnostic.fix = quoted(source, span.start as usize..end);
        linter.report(text.owner, diagnostic);
    }
}

/// Puts a part of the source into quotation marks, if it is on one line and has no character that may end a value.
fn quoted(source: &Source, range: std::ops::Range<usize>) -> Option<Fix> {
    let is_certain = !source.text[range.clone()].contains(['\n', '\'', '}', ']', ',']);
    let mark = |at: usize| Edit {
        span: Span::new(at..at),
        text: "'".to_owned(),
    };
    is_certain.then(|| Fix {
        description: "put the text in quotation marks".to_owned(),
        edits: vec![mark(range.start), mark(range.end)],
    })
}

pub(super) fn doubled_word(linter: &mut Linter) {
    let find = |text: &Text| {
        // A message may be in any language.
        let language = text.locale.map(language);
        let is_own = |known: &str| language.is_none_or(|it| it.eq_ignore_ascii_case(known));
        let languages: Vec<_> = DOUBLED_RIGHTLY
            .iter()
            .filter(|(it, _)| is_own(it))
            .collect();
        let is_right = |word: &str| languages.iter().any(|(_, words)| words.contains(&word));
        let doubled = find_doubled(&text.scalar.value, is_right);
        let (at, word) = doubled.filter(|_| !languages.is_empty())?;
        Some((at, word.len(), format!("the word `{word}` is repeated")))
    };
    first_in_each(linter, rules::DOUBLED_WORD, find, "remove one of the two");
}

/// The second of two equal words with only whitespace between them, unless it is right so.
fn find_doubled(text: &str, is_right: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
    let mut before = "";
    let mut end = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let at = end;
        end += part.len();
        let word = part.trim_end();
        if word.is_empty() {
            continue;
        }
        let plain = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let is_word = !plain.is_empty() && plain.chars().all(char::is_alphabetic);
        if is_word && before.eq_ignore_ascii_case(plain) && !is_right(&plain.to_lowercase()) {
            return Some((at, plain));
        }
        before = word;
    }
    None
}

pub(super) fn bad_link(linter: &mut Linter) {
    let find = |text: &Text| {
        let (at, link) = links(&text.scalar.value)
            .into_iter()
            .find(|(_, link)| !is_valid(link))?;
        Some((at, link.len(), format!("`{link}` is not a valid URL")))
    };
    let help = "write the URL as a browser shows it, with spaces and other special characters encoded, as in `%20`";
    first_in_each(linter, rules::BAD_LINK, find, help);
    let url = linter.raw.docs_url.as_ref();
    if let Some(url) = url.filter(|url| !is_valid(&url.value)) {
        let diagnostic: Diagnostic = linter
            .at(
                rules::BAD_LINK,
                url.span,
                format!("`{}` is not a valid URL", url.value),
            )
            .help(help);
        linter.report(None, diagnostic);
    }
}

/// Whether a link has a host, and only characters that RFC 3987 allows. A parameter can stand for any of them.
fn is_valid(link: &str) -> bool {
    let link = link.replace(['{', '}'], "");
    IriStr::new(&link).is_ok_and(|link| link.authority_str().is_some_and(|it| !it.is_empty()))
}
