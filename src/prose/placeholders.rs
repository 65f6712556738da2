//! Finds placeholders of other systems, and turns them into named parameters.

use heck::ToSnakeCase;

use super::links::links;
use crate::catalog::{icu_argument, is_identifier};
use crate::diagnostic::{Edit, Fix, Source, Span};
use crate::parse::MAX_NAME;
use crate::parse::raw::{self, Scalar};

/// A placeholder that another system would fill in.
#[derive(Clone, Copy)]
pub struct Foreign<'t> {
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
    /// `$name`, `:name`, `<name>`, `[name]`: of shells, PHP, Laravel, and of texts that people fill in.
    Sign,
    /// `%{name}`, `${name}`, `#{name}`: the name is a parameter, and the sign in front of it would be shown.
    Prefix,
    /// `{{count, plural, …}}`.
    Icu,
}

/// Words that end the name of a value that a sign may belong to: an amount of money after `$`, a number after `#`.
const SIGNED: &[(char, &[&str])] = &[
    (
        '$',
        &["amount", "balance", "cost", "fee", "price", "sum", "total"],
    ),
    (
        '#',
        &[
            "build", "channel", "code", "color", "colour", "hex", "id", "index", "invoice",
            "issue", "item", "line", "no", "number", "order", "row", "tag", "ticket",
        ],
    ),
];

impl<'t> Foreign<'t> {
    /// The name of the value, where it has one.
    pub fn name(&self) -> Option<&'t str> {
        self.name
    }

    /// The position of the value, from 1, where it has one.
    pub fn position(&self) -> Option<usize> {
        position(self.text)
    }

    /// The type of a parameter for the value.
    pub fn kind(&self) -> &'static str {
        kind(self.text)
    }

    /// Whether it is of a text in which `%%` is a percent sign.
    pub fn is_printf(&self) -> bool {
        self.family == Family::Printf
    }

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
pub fn placeholders<'t>(text: &'t str, parameters: Option<&[raw::Parameter]>) -> Vec<Foreign<'t>> {
    let mut found = Vec::new();
    // How many there are of `$1`, `$2`, …
    let mut positions = 0;
    let mut links = links(text).into_iter().peekable();
    let mut at = 0;
    while let Some(next) = text[at..].find(['%', '$', ':', '{', '#', '<', '[']) {
        at += next;
        let before = text[..at].chars().next_back();
        let rest = &text[at..];
        while links
            .next_if(|(start, link)| start + link.len() <= at)
            .is_some()
        {}
        let is_in_link = links.peek().is_some_and(|(start, _)| *start <= at);
        let one = match (rest.as_bytes()[0], parameters) {
            // A percent sign.
            (b'%', _) if rest.starts_with("%%") => {
                at += 2;
                continue;
            }
            // `%20` is a space there.
            (b'%', _) if is_in_link => prefix(rest, &[]),
            (b'%', _) => printf(rest).or_else(|| prefix(rest, &[])),
            (b'$', Some(declared)) => {
                prefix(rest, declared).or_else(|| sign(rest, before, positions))
            }
            (b':', Some(_)) => sign(rest, before, positions),
            (b'#', Some(declared)) => interpolation(rest, declared),
            (b'<' | b'[', Some(declared)) => bracketed(rest, &text[..at], declared),
            (b'{', _) => braces(rest, 0),
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

/// `{0}`, `{1}` and `{}`, of many format strings, where these are all that is wrong with the braces of a text.
pub fn in_single_braces(text: &str) -> Vec<Foreign<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['{', '}']) {
        at += next;
        let rest = &text[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            at += 2;
            continue;
        }
        let inner = rest.strip_prefix('{').and_then(|it| split_near(it, "}"));
        let Some((inner, _)) = inner else {
            return Vec::new();
        };
        let text = &rest[..inner.len() + 2];
        if inner.bytes().all(|it| it.is_ascii_digit()) {
            found.push(Foreign {
                at,
                text,
                name: None,
                family: Family::Braces,
            });
        } else if !is_identifier(inner) {
            return Vec::new();
        }
        at += text.len();
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
fn prefix<'t>(text: &'t str, parameters: &[raw::Parameter]) -> Start<'t> {
    if text[1..].starts_with("{{") {
        return braces(text, 1);
    }
    let (name, _) = split_near(text[1..].strip_prefix('{')?, "}")?;
    let declared = parameters.iter().find(|it| it.name.value == name);
    let is_wanted = is_signed(text, name) || declared.is_some_and(is_number);
    (is_name(name) && !is_wanted).then_some((name.len() + 3, Some(name), Family::Prefix))
}

/// `#{name}`, as in Ruby. `Order #{order}` is right, so it is one only if nothing speaks for a number.
fn interpolation<'t>(text: &'t str, parameters: &[raw::Parameter]) -> Start<'t> {
    let (name, _) = split_near(text[1..].strip_prefix('{')?, "}")?;
    let declared = parameters.iter().find(|it| it.name.value == name)?;
    let example = declared.example.as_ref();
    let has_digit = |example: &Scalar| example.value.contains(|c: char| c.is_ascii_digit());
    let is_wanted = is_signed(text, name) || is_number(declared) || example.is_some_and(has_digit);
    (!is_wanted).then_some((name.len() + 3, Some(name), Family::Prefix))
}

/// Whether the sign that a text starts with may belong to a value with this name.
fn is_signed(text: &str, name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or_default();
    SIGNED
        .iter()
        .any(|(sign, words)| text.starts_with(*sign) && words.contains(&last))
}

fn is_number(parameter: &raw::Parameter) -> bool {
    let kind = parameter.r#type.as_ref();
    kind.is_some_and(|kind| kind.value != "string")
}

/// `<name>` and `[name]`. Prose has both, so it is one only if a parameter has that name, or the word before it is the same, as in
/// `User <user> is missing`.
fn bracketed<'t>(text: &'t str, before: &str, parameters: &[raw::Parameter]) -> Start<'t> {
    let closing = if text.starts_with('<') { ">" } else { "]" };
    let (name, after) = split_near(&text[1..], closing)?;
    let is_declared = parameters.iter().any(|it| it.name.value == name);
    let is_repeated = before.ends_with(' ') && ends_with_word(before.trim_end(), name);
    // `[text](link)`
    let is_link = after.starts_with('(');
    (is_name(name) && !is_link && (is_declared || is_repeated)).then_some((
        name.len() + 2,
        Some(name),
        Family::Sign,
    ))
}

/// Whether a text ends with a word, in any letter case.
fn ends_with_word(text: &str, word: &str) -> bool {
    let split = text.len().checked_sub(word.len());
    let parts = split.and_then(|at| text.split_at_checked(at));
    parts.is_some_and(|(before, last)| {
        last.eq_ignore_ascii_case(word) && !before.ends_with(char::is_alphanumeric)
    })
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
    if let Some(name) = icu_argument(inner) {
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
/// one line, and all of them are declared or none is: otherwise it is not certain what to write. One of several texts by locale
/// declares none, as it is not certain which values of another one are the same.
pub fn fix(
    source: &Source,
    message: &Scalar,
    found: &[Foreign],
    declared: &[raw::Parameter],
    is_localised: bool,
) -> Option<Fix> {
    if found.is_empty() || found.iter().any(|it| it.family == Family::Icu) {
        return None;
    }
    let written = &source.text[message.span.range()];
    let is_quoted = written.starts_with(['"', '\'']);
    let lead = usize::from(is_quoted);
    if written[lead..written.len() - lead] != *message.value || written.contains('\n') {
        return None;
    }
    let place = Place::of(source, message.span)?;
    // The only value has the name of the only parameter, unless that is elsewhere in the message.
    let only = match declared {
        [only] if !message.value.contains(&format!("{{{}}}", only.name.value)) => {
            only.name.value.as_ref()
        }
        _ => "value",
    };
    let names = names(found, only);
    let mut edits = edits(message, lead, found, &names)?;
    let starts_with_brace = edits
        .first()
        .is_some_and(|it| it.span.start == message.span.start);
    if !is_quoted && (place.is_flow || starts_with_brace) {
        quote(&mut edits, message)?;
    }
    let is_declared = |name: &String| declared.iter().any(|it| it.name.value == *name);
    if names.iter().all(is_declared) {
        return Some(Fix {
            description: "write the values as parameters".to_owned(),
            edits,
        });
    }
    if !declared.is_empty() || is_localised {
        return None;
    }
    place.add(&mut edits, &declaration(found, &names));
    Some(Fix {
        description: "name the values and declare them as parameters".to_owned(),
        edits,
    })
}

/// The changes that put names in place of placeholders, so many bytes after the start of a message.
fn edits(message: &Scalar, lead: usize, found: &[Foreign], names: &[String]) -> Option<Vec<Edit>> {
    let pairs = found.iter().zip(names);
    let mut changes: Vec<_> = pairs
        .map(|(it, name)| (it.at, it.text.len(), format!("{{{name}}}")))
        .collect();
    if found.iter().any(|it| it.family == Family::Printf) {
        for at in percent_signs(&message.value, found) {
            // Alone, the sign would be one of a placeholder.
            let is_before_value = found.binary_search_by_key(&(at + 2), |it| it.at).is_ok();
            if is_before_value || printf(&message.value[at + 1..]).is_some() {
                return None;
            }
            changes.push((at, 2, "%".to_owned()));
        }
    }
    changes.sort();
    let start = message.span.start as usize + lead;
    let mut edits: Vec<Edit> = Vec::new();
    for (at, length, text) in changes {
        let span = Span::new(start + at..start + at + length);
        // Two edits must not touch.
        match edits.last_mut() {
            Some(last) if last.span.end == span.start => {
                last.span.end = span.end;
                last.text.push_str(&text);
            }
            _ => edits.push(Edit { span, text }),
        }
    }
    Some(edits)
}

/// Each `%%`, which printf writes as one.
fn percent_signs(text: &str, found: &[Foreign]) -> Vec<usize> {
    let mut placeholders = found.iter().peekable();
    let signs = text.match_indices("%%").map(|(at, _)| at);
    let is_apart = |at: &usize| {
        while placeholders
            .next_if(|it| it.at + it.text.len() <= *at)
            .is_some()
        {}
        placeholders.peek().is_none_or(|it| it.at > *at)
    };
    signs.filter(is_apart).collect()
}

/// `params: { user: { type: string } }`, for each value once.
fn declaration(found: &[Foreign], names: &[String]) -> String {
    let mut seen: Vec<&String> = Vec::new();
    let mut parameters: Vec<String> = Vec::new();
    for (foreign, name) in found.iter().zip(names) {
        if !seen.contains(&name) {
            seen.push(name);
            parameters.push(format!("{name}: {{ type: {} }}", kind(foreign.text)));
        }
    }
    format!("params: {{ {} }}", parameters.join(", "))
}

/// A parameter's name for each: its own in `snake_case`, or a number, which is its position where it has one, or `only` where
/// there is one value.
fn names(found: &[Foreign], only: &str) -> Vec<String> {
    let own = |it: &Foreign| {
        let own = it.name.map(ToSnakeCase::to_snake_case);
        own.filter(|name| is_identifier(name))
    };
    let unnamed: Vec<_> = found.iter().filter(|it| own(it).is_none()).collect();
    let positions: Option<Vec<_>> = unnamed.iter().map(|it| position(it.text)).collect();
    let numbers = positions.unwrap_or_else(|| (1..=unnamed.len()).collect());
    let is_one = numbers.iter().all(|number| numbers.first() == Some(number));
    let mut numbers = numbers.into_iter();
    let name = |foreign: &Foreign| {
        own(foreign).unwrap_or_else(|| match numbers.next() {
            Some(number) if !is_one => format!("value_{number}"),
            _ if unnamed.len() == found.len() => only.to_owned(),
            _ => "value".to_owned(),
        })
    };
    found.iter().map(name).collect()
}

/// The position in `%1$s`, `$1` and `{{0}}`, from 1.
fn position(placeholder: &str) -> Option<usize> {
    let inner = placeholder.trim_matches(['%', '$', '{', '}', ' ']);
    let (digits, rest) = inner.split_at(inner.bytes().take_while(u8::is_ascii_digit).count());
    let number: usize = digits.parse().ok()?;
    if placeholder.starts_with('%') {
        return rest.starts_with('$').then_some(number);
    }
    let is_from_zero = placeholder.contains('{');
    number.checked_add(usize::from(is_from_zero))
}

/// The parameter type for a placeholder. Fractions stay strings: a number does not keep the zeros at their ends.
fn kind(placeholder: &str) -> &'static str {
    if placeholder.starts_with('%') && placeholder.ends_with(['d', 'i', 'u']) {
        "integer"
    } else {
        "string"
    }
}

/// Quotes a plain scalar, because a brace would start a mapping here.
fn quote(edits: &mut Vec<Edit>, message: &Scalar) -> Option<()> {
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
    match edits.last_mut() {
        Some(last) if last.span.end == message.span.end => last.text.push('"'),
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
