//! Where something can be written into the text of an error.

use crate::diagnostic::{Edit, Source, Span};
use crate::parse::raw::{self, Scalar};

/// Replaces a value, but not its quotation marks.
pub fn replace(source: &Source, scalar: &Scalar, text: &str) -> Edit {
    Edit {
        span: scalar.part(source, 0, scalar.value.len()),
        text: text.to_owned(),
    }
}

/// Where a value stands.
enum Style {
    /// On a line with its key alone, which is indented so far.
    Line(usize),
    /// In braces.
    Braces,
    /// Apart from its key.
    Apart,
}

/// Adds a key after the code, the id or the status of an error: on a line of its own, or in braces after a comma. `None` where an
/// error has neither.
pub fn insert(source: &Source, error: &raw::Error, key: &str, value: &str) -> Option<Edit> {
    let code = error.code.as_ref()?.span;
    let id = error.id.as_ref().map(|id| id.span);
    let http = error.http.as_ref().map(|http| http.span);
    let named = [Some(code), id].into_iter().flatten().collect();
    insert_after(source, named, http, key, value)
}

/// Adds a key after the last of some values of a mapping, or after another one that may stand elsewhere.
pub fn insert_after(
    source: &Source,
    mut named: Vec<Span>,
    other: Option<Span>,
    key: &str,
    value: &str,
) -> Option<Edit> {
    named.sort();
    let last = *named.last()?;
    // The code and the id come first, if they can.
    let places = other.into_iter().chain(named);
    let styles: Vec<_> = places.map(|span| (span, style(source, span))).collect();
    if styles
        .iter()
        .any(|(_, style)| matches!(style, Style::Braces))
    {
        return Some(Edit {
            span: Span {
                start: last.end,
                end: last.end,
            },
            text: format!(", {key}: {value}"),
        });
    }
    let mut lines = styles.into_iter().rev();
    let (span, indent) = lines.find_map(|(span, style)| match style {
        Style::Line(indent) => Some((span, " ".repeat(indent))),
        Style::Braces | Style::Apart => None,
    })?;
    let line = line_after(source, span);
    let (line, line_end) = match line.strip_suffix('\r') {
        Some(line) => (line, "\r\n"),
        None => (line, "\n"),
    };
    let end = span.end as usize + line.len();
    Some(Edit {
        span: Span::new(end..end),
        text: format!("{line_end}{indent}{key}: {value}"),
    })
}

fn style(source: &Source, span: Span) -> Style {
    let after = line_after(source, span).trim();
    let before = &source.text[..span.start as usize];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let key = line.trim_start_matches(['-', ' ']);
    let name = key.trim_end().strip_suffix(':');
    let name = name.map(|name| name.trim_matches(['"', '\'']));
    let is_name = name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()));
    if after.starts_with([',', '}']) || key.contains(['{', ',']) {
        Style::Braces
    } else if is_name && (after.is_empty() || after.starts_with('#')) {
        Style::Line(line.len() - key.len())
    } else {
        Style::Apart
    }
}

/// The rest of the line after a value, without its line break.
fn line_after(source: &Source, span: Span) -> &str {
    let rest = &source.text[span.end as usize..];
    rest.split('\n').next().unwrap_or_default()
}

/// Adds an entry to a mapping of texts: after the last one, or before the first where the last takes several lines.
pub fn add_entry(source: &Source, texts: &raw::Localised, entry: &str) -> Option<Edit> {
    let (first, _) = texts.value.first()?;
    let (last_key, last) = texts.value.last()?;
    let text = &source.text;
    let before = &text[..first.span.start as usize];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_block = line.trim().is_empty();
    let written = &text[last_key.span.start as usize..last.span.end as usize];
    let rest = line_after(source, last.span);
    let is_one_line = !written.contains('\n');
    if !is_block {
        let end = last.span.end as usize;
        let (at, text) = if is_one_line {
            (end, format!(", {entry}"))
        } else {
            (first.span.start as usize, format!("{entry}, "))
        };
        return Some(Edit {
            span: Span::new(at..at),
            text,
        });
    }
    let line_end = if text[first.span.end as usize..]
        .split('\n')
        .next()?
        .ends_with('\r')
    {
        "\r\n"
    } else {
        "\n"
    };
    let (at, text) = if is_one_line {
        let end = last.span.end as usize + rest.trim_end_matches('\r').len();
        (end, format!("{line_end}{line}{entry}"))
    } else {
        let start = first.span.start as usize;
        (start, format!("{entry}{line_end}{line}"))
    };
    Some(Edit {
        span: Span::new(at..at),
        text,
    })
}

/// A key with its value, in which a scalar stands. `None` if the value is not a mapping in braces or on lines of its own.
pub fn entry_around(source: &Source, key: &str, inner: Span) -> Option<Span> {
    let text = &source.text;
    let before = &text[..inner.start as usize];
    let start = before.rfind(&format!("{key}:"))?;
    let value = start + key.len() + 1;
    let rest = &text[value..];
    let first = rest.trim_start_matches(' ');
    if first.starts_with('{') {
        let opened = value + rest.len() - first.len();
        return Some(Span::new(
            start..opened + length_in_braces(&text[opened..])?,
        ));
    }
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = start - line;
    let is_alone = text[line..start].trim_matches(['-', ' ']).is_empty();
    let after = rest.split('\n').next()?.trim();
    if !is_alone || !(after.is_empty() || after.starts_with('#')) {
        return None;
    }
    let mut end = value;
    let mut next = value + rest.split('\n').next()?.len() + 1;
    while next < text.len() {
        let line = text[next..].split('\n').next()?;
        let content = line.trim();
        if !content.is_empty() && line.len() - line.trim_start().len() <= indent {
            break;
        }
        if !content.is_empty() {
            end = next + line.trim_end().len();
        }
        next += line.len() + 1;
    }
    (end > inner.start as usize).then(|| Span::new(start..end))
}

/// How long a mapping in braces is.
fn length_in_braces(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, it) in text.char_indices() {
        match (quote, it) {
            (Some(open), _) if it == open => quote = None,
            (None, '"' | '\'') => quote = Some(it),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
