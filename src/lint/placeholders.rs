//! Finds placeholders of other systems, and turns them into named parameters.

use heck::ToSnakeCase;

use crate::catalog::is_identifier;
use crate::diagnostic::{Edit, Fix, Source, Span};
use crate::parse::MAX_NAME;
use crate::parse::raw::{self, Scalar};

/// A placeholder that another system would fill in.
#[derive(Clone, Copy)]
pub(super) struct Foreign<'t> {
    /// In bytes.
    pub at: usize,
    pub text: &'t str,
    /// The name of the value, where it has one.
    name: Option<&'t str>,
    family: Family,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `%s`, `%(name)s`: of C, and of most languages since.
    Printf,
    /// `{{name}}`, `{{0}}`: of Mustache and others. In a catalogue, double braces are literal braces.
    Braces,
    /// `$name`, `:name`: of shells, PHP and Laravel.
    Sign,
    /// `%{name}`, `${name}`: the name is a parameter, and the sign in front of it would be shown.
    Prefix,
    /// `{{count, plural, …}}`.
    Icu,
}

/// The kinds of arguments in ICU messages that no text has in braces otherwise.
const ICU: [&str; 6] = [
    "plural",
    "select",
    "selectordinal",
    "number",
    "date",
    "time",
];

impl Foreign<'_> {
    pub fn message(&self) -> String {
        let text = self.text;
        match self.family {
            Family::Printf => format!("`{text}` is a printf-style placeholder"),
            Family::Braces => {
                format!("`{text}` is not a parameter: double braces are shown as braces")
            }
            Family::Sign => format!("`{text}` looks like a placeholder of another system"),
            Family::Prefix => format!("the `{}` of `{text}` is shown to readers", &text[..1]),
            Family::Icu => {
                format!("`{text}` looks like an ICU message, which errgen does not fill in")
            }
        }
    }

    pub fn help(&self) -> &'static str {
        match self.family {
            Family::Prefix => "leave the sign out: errgen writes a parameter as `{name}`",
            Family::Icu => "write one text that fits every value, with `{name}` for the value",
            _ => "name the value: write `{name}`, and declare it under `params:`",
        }
    }
}

/// All foreign placeholders in a text. Signs that stand in prose too are looked for in messages alone, which are given with their
/// parameters.
pub(super) fn placeholders<'t>(
    text: &'t str,
    parameters: Option<&[raw::Parameter]>,
) -> Vec<Foreign<'t>> {
    let mut found = Vec::new();
    // How many there are of `$1`, `$2`, …
    let mut positions = 0;
    let mut at = 0;
    while let Some(next) = text[at..].find(['%', '$', ':', '{']) {
        at += next;
        let before = text[..at].chars().next_back();
        let rest = &text[at..];
        let one = match rest.as_bytes()[0] {
            // A percent sign.
            b'%' if rest.starts_with("%%") => {
                at += 2;
                continue;
            }
            b'%' => printf(rest).or_else(|| prefix(rest, None)),
            b'$' if parameters.is_some() => {
                prefix(rest, parameters).or_else(|| sign(rest, before, positions))
            }
            b':' if parameters.is_some() => sign(rest, before, positions),
            b'{' => braces(rest, 0),
            _ => None,
        };
        match one {
            Some((length, name, family)) => {
                let text = &rest[..length];
                let is_position = family == Family::Sign && name.is_none();
                positions += usize::from(is_position);
                found.push(Foreign {
                    at,
                    text,
                    name,
                    family,
                });
                at += length;
            }
            // If the first of a run of braces starts none, no other does.
            None => at += rest.bytes().take_while(|it| *it == b'{').count().max(1),
        }
    }
    found
}

/// The length, the name and the family of the placeholder that a text starts with.
type Start<'t> = Option<(usize, Option<&'t str>, Family)>;

/// `%s`, with a position (`%1$s`), flags, a width, a precision and a length (`%-10.2lld`), or a name (`%(name)s`). Followed by a
/// letter or a digit, as in `%20download`, it is none.
fn printf(text: &str) -> Start<'_> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = &text[1..];
    let mut name = None;
    if let Some(named) = rest.strip_prefix('(') {
        let (inner, after) = split_near(named, ")")?;
        name = is_name(inner).then_some(Some(inner))?;
        rest = after;
    } else if let Some(after) = rest[digits(rest)..]
        .strip_prefix('$')
        .filter(|_| digits(rest) > 0)
    {
        rest = after;
    }
    rest = rest.trim_start_matches(['-', '+', '#', '0', '\'']);
    let measure = |text: &'_ str| text.strip_prefix('*').map_or(digits(text), |_| 1);
    rest = &rest[measure(rest)..];
    if let Some(after) = rest.strip_prefix('.') {
        rest = &after[measure(after)..];
    }
    let lengths = ["hh", "h", "ll", "l", "z", "j", "t", "L"];
    let short = lengths.iter().find_map(|length| rest.strip_prefix(length));
    let conversions = |text: &'_ str| {
        text.strip_prefix(|c: char| "diouxXfFeEgGaAcspq@vTw".contains(c))
            .map(str::len)
    };
    let left = short.and_then(conversions).or_else(|| conversions(rest))?;
    let after = &text[text.len() - left..];
    let goes_on = after.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!goes_on).then_some((text.len() - left, name, Family::Printf))
}

/// `%{name}` and `${name}`, where the braces are those of a parameter or literal ones. Before a number, `$` is money.
fn prefix<'t>(text: &'t str, parameters: Option<&[raw::Parameter]>) -> Start<'t> {
    if text[1..].starts_with("{{") {
        return braces(text, 1);
    }
    let (name, _) = split_near(text[1..].strip_prefix('{')?, "}")?;
    let declared = parameters
        .into_iter()
        .flatten()
        .find(|it| it.name.value == name);
    let kind = declared.and_then(|it| it.r#type.as_ref());
    let is_money = kind.is_some_and(|kind| kind.value != "string");
    (is_name(name) && !is_money).then_some((name.len() + 3, Some(name), Family::Prefix))
}

/// `$name`, `$1` and `:name`, at the start of a word.
fn sign(text: &str, before: Option<char>, positions: usize) -> Start<'_> {
    if before.is_some_and(|it| !it.is_whitespace() && !"('\"[".contains(it)) {
        return None;
    }
    let rest = &text[1..];
    let length = rest
        .bytes()
        .take_while(|it| it.is_ascii_alphanumeric() || *it == b'_')
        .count();
    let (name, after) = rest.split_at(length);
    // `$1` may be a position, and so may `$2` after it; `$5`, `$15` and `$1.50` are money, `:)` is a face, and `:smile:` is another.
    let position: Option<usize> = name.parse().ok();
    let is_next = position.is_some_and(|it| (1..=positions + 1).contains(&it));
    let is_position = text.starts_with('$') && is_next && !after.starts_with(['.', ',']);
    let is_right = is_name(name) && length > 1 || is_position;
    let name_of = is_name(name).then_some(name);
    (is_right && !after.starts_with(':')).then_some((length + 1, name_of, Family::Sign))
}

/// `{{name}}`, `{{ name }}`, `{{0}}`, `{{}}` and `{{count, plural, …`, after so many bytes.
fn braces(text: &str, lead: usize) -> Start<'_> {
    let rest = &text[lead..];
    let depth = rest.bytes().take_while(|it| *it == b'{').count();
    if depth < 2 || depth % 2 == 1 {
        return None;
    }
    let inner = &rest[depth..];
    if let Some((name, after)) = split_near(inner, ",")
        && is_name(name.trim())
        && ICU.contains(
            &after
                .trim_start()
                .split([',', '}', ' '])
                .next()
                .unwrap_or_default(),
        )
    {
        return Some((lead + depth + name.len(), None, Family::Icu));
    }
    let closing = "}".repeat(depth);
    let (inner, _) = split_near(inner, &closing)?;
    let name = inner.trim();
    let is_position = name.bytes().all(|it| it.is_ascii_digit());
    let length = lead + 2 * depth + inner.len();
    (is_name(name) || is_position).then(|| (length, is_name(name).then_some(name), Family::Braces))
}

/// What stands before and after the first occurrence of a text that is not far off: no name is longer.
fn split_near<'t>(text: &'t str, wanted: &str) -> Option<(&'t str, &'t str)> {
    let end = text
        .char_indices()
        .nth(MAX_NAME)
        .map_or(text.len(), |(at, _)| at);
    let (before, _) = text[..end].split_once(wanted)?;
    Some((before, &text[before.len() + wanted.len()..]))
}

/// Whether a text may be the name of a variable.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// Turns the placeholders of a message into named parameters, and declares them. Only if the message is written verbatim on
/// one line: otherwise it is not certain what to write.
pub(super) fn fix(source: &Source, message: &Scalar, found: &[Foreign]) -> Option<Fix> {
    if found
        .iter()
        .any(|it| it.family == Family::Icu || it.family == Family::Prefix)
    {
        return None;
    }
    let written = &source.text[message.span.range()];
    let is_quoted = written.starts_with(['"', '\'']);
    let lead = usize::from(is_quoted);
    if written[lead..written.len() - lead] != *message.value || written.contains('\n') {
        return None;
    }
    let place = Place::of(source, message.span)?;
    let names = names(found);
    let start = message.span.start as usize + lead;
    let mut edits: Vec<_> = found
        .iter()
        .zip(&names)
        .map(|(Foreign { at, text, .. }, name)| Edit {
            span: Span::new(start + at..start + at + text.len()),
            text: format!("{{{name}}}"),
        })
        .collect();
    if !is_quoted && (place.is_flow || found[0].at == 0) {
        quote(&mut edits, message, found.last()?)?;
    }
    let mut declared: Vec<String> = Vec::new();
    for (foreign, name) in found.iter().zip(&names) {
        let parameter = format!("{name}: {{ type: {} }}", kind(foreign.text));
        // A value that occurs twice is one parameter.
        if !declared
            .iter()
            .any(|it| it.starts_with(&format!("{name}:")))
        {
            declared.push(parameter);
        }
    }
    let params = format!("params: {{ {} }}", declared.join(", "));
    place.add(&mut edits, &params);
    Some(Fix {
        description: "name the values and declare them as parameters".to_owned(),
        edits,
    })
}

/// A parameter's name for each: its own in `snake_case`, or a number.
fn names(found: &[Foreign]) -> Vec<String> {
    let numbered = found.iter().filter(|it| it.name.is_none()).count();
    let mut number = 0;
    let name = |foreign: &Foreign| {
        let own = foreign.name.map(ToSnakeCase::to_snake_case);
        own.filter(|name| is_identifier(name)).unwrap_or_else(|| {
            number += 1;
            match numbered {
                1 => "value".to_owned(),
                _ => format!("value_{number}"),
            }
        })
    };
    found.iter().map(name).collect()
}

/// The parameter type for a placeholder. There is none for fractions, which stay strings.
fn kind(placeholder: &str) -> &'static str {
    if placeholder.starts_with('%') && placeholder.ends_with(['d', 'i', 'u']) {
        "integer"
    } else {
        "string"
    }
}

/// Quotes a plain scalar, because a brace would start a mapping here.
fn quote(edits: &mut Vec<Edit>, message: &Scalar, last: &Foreign) -> Option<()> {
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
    let is_last = last.at + last.text.len() == message.value.len();
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
