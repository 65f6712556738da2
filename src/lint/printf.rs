//! Finds printf-style placeholders, and turns them into named parameters.

use crate::diagnostic::{Edit, Fix, Source, Span};
use crate::parse::raw::Scalar;

/// All placeholders in a text, each with its start in bytes: `%s`, `%d`, `%i`, `%u`, `%f`, `%@`, optionally with a position
/// (`%1$s`), a length (`%lld`) or a precision (`%.2f`). Followed by a letter or a digit, as in `%20download`, it is none.
pub(super) fn placeholders(text: &str) -> Vec<(usize, &str)> {
    let found = text.match_indices('%');
    let found = found.filter_map(|(at, _)| Some((at, &text[at..at + length(&text[at..])?])));
    found.collect()
}

/// The length of the placeholder that a text starts with.
fn length(text: &str) -> Option<usize> {
    let mut rest = &text[1..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(after) = rest[digits..].strip_prefix('$')
        && digits > 0
    {
        rest = after;
    }
    if let Some(after) = rest.strip_prefix('.') {
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let rest = ["ll", "l", "z"]
        .iter()
        .find_map(|length| rest.strip_prefix(length))
        .unwrap_or(rest);
    let rest = rest.strip_prefix(['s', 'd', 'i', 'u', 'f', '@'])?;
    let goes_on = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!goes_on).then(|| text.len() - rest.len())
}

/// Turns the placeholders of a message into named parameters, and declares them. Only if the message is written verbatim on
/// one line: otherwise it is not certain what to write.
pub(super) fn fix(source: &Source, message: &Scalar, found: &[(usize, &str)]) -> Option<Fix> {
    let written = &source.text[message.span.range()];
    let is_quoted = written.starts_with(['"', '\'']);
    let lead = usize::from(is_quoted);
    if written[lead..written.len() - lead] != *message.value || written.contains('\n') {
        return None;
    }
    let place = Place::of(source, message.span)?;
    let names: Vec<_> = (1..=found.len())
        .map(|number| match found.len() {
            1 => "value".to_owned(),
            _ => format!("value_{number}"),
        })
        .collect();
    let start = message.span.start as usize + lead;
    let mut edits: Vec<_> = found
        .iter()
        .zip(&names)
        .map(|((at, placeholder), name)| Edit {
            span: Span::new(start + at..start + at + placeholder.len()),
            text: format!("{{{name}}}"),
        })
        .collect();
    if !is_quoted && (place.is_flow || found[0].0 == 0) {
        quote(&mut edits, message, found.last()?)?;
    }
    let declared: Vec<_> = found
        .iter()
        .zip(&names)
        .map(|((_, placeholder), name)| format!("{name}: {{ type: {} }}", kind(placeholder)))
        .collect();
    let params = format!("params: {{ {} }}", declared.join(", "));
    place.add(&mut edits, &params);
    Some(Fix {
        description: "name the values and declare them as parameters".to_owned(),
        edits,
    })
}

/// The parameter type for a placeholder. There is none for fractions, which stay strings.
fn kind(placeholder: &str) -> &'static str {
    if placeholder.ends_with(['d', 'i', 'u']) {
        "integer"
    } else {
        "string"
    }
}

/// Quotes a plain scalar, because a brace would start a mapping here.
fn quote(edits: &mut Vec<Edit>, message: &Scalar, last: &(usize, &str)) -> Option<()> {
    if message.value.contains(['"', '\\']) {
        return None;
    }
    let mark = |at: u32| Edit {
        span: Span { start: at, end: at },
        text: "\"".to_owned(),
    };
    // Two edits must not touch: a quotation mark next to a placeholder joins its edit.
    match edits.first_mut() {
        Some(first) if first.span.start == message.span.start => first.text.insert(0, '"'),
        _ => edits.insert(0, mark(message.span.start)),
    }
    let is_last = last.0 + last.1.len() == message.value.len();
    match edits.last_mut() {
        Some(edit) if is_last => edit.text.push('"'),
        _ => edits.push(mark(message.span.end)),
    }
    Some(())
}

/// Where to add a key after that of a message.
struct Place {
    is_flow: bool,
    /// The end of the message in a flow mapping, otherwise the end of its line.
    at: usize,
    /// The line break and the indentation of a new line.
    indent: String,
}

impl Place {
    fn of(source: &Source, message: Span) -> Option<Self> {
        let text = &source.text;
        let line_start = text[..message.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let before = &text[line_start..message.start as usize];
        let key = before.trim_start_matches([' ', '-', '\u{feff}']);
        let is_flow = goes_on_in_braces(&text[message.end as usize..]);
        if !is_flow && !key.trim_end().ends_with(':') {
            return None; // The message is on a line below its key.
        }
        let line_end = text[message.end as usize..]
            .find('\n')
            .map_or(text.len(), |at| message.end as usize + at);
        let has_return = text[..line_end].ends_with('\r');
        let column = before.len() - key.len();
        let line_break = if has_return { "\r\n" } else { "\n" };
        Some(Self {
            is_flow,
            at: if is_flow {
                message.end as usize
            } else {
                line_end - usize::from(has_return)
            },
            indent: format!("{line_break}{}", " ".repeat(column)),
        })
    }

    /// Adds a key and its value.
    fn add(&self, edits: &mut Vec<Edit>, entry: &str) {
        let text = if self.is_flow {
            format!(", {entry}")
        } else {
            format!("{}{entry}", self.indent)
        };
        // Two edits must not touch: one that ends where this one starts is extended.
        match edits.last_mut() {
            Some(last) if last.span.end as usize == self.at => last.text.push_str(&text),
            _ => edits.push(Edit {
                span: Span::new(self.at..self.at),
                text,
            }),
        }
    }
}

/// Whether the text after a value shows that the value is in braces: after whitespace and comments, a comma or a closing brace
/// must follow. Outside braces, no key and no entry can start with either.
fn goes_on_in_braces(mut rest: &str) -> bool {
    loop {
        rest = rest.trim_start();
        if !rest.starts_with('#') {
            return rest.starts_with([',', '}']);
        }
        rest = rest.split_once('\n').map_or("", |(_, next)| next);
    }
}
