//! Turns YAML events into values, and reports everything that is wrong with their structure.
//!
//! A serde `Deserialize` stops at the first error and has few spans. This continues after an error, and leaves out only what
//! it has already reported.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span as EventSpan, StrInput};

use super::mistake::{self, Mistake};
use super::node::{Node, Value as NodeValue};
use super::raw::{Scalar, Spanned};
use super::shape::Shape;
use crate::diagnostic::{
    Diagnostic, Fix, Rule, Source, SourceFile, Span, nearest, push, rules, use_one_of,
};

/// A scalar and whether it was quoted, which decides the type of a code.
pub struct StyledScalar<'a> {
    pub scalar: Scalar<'a>,
    pub plain: bool,
}

/// A key of the mapping that is being read.
struct Seen {
    name: &'static str,
    span: Span,
    /// If it was misspelt, the index of its diagnostic.
    misspelt: Option<usize>,
}

pub struct Decoder<'a> {
    source: &'a Arc<Source>,
    /// The file to decode: one of the source's.
    file: SourceFile<'a>,
    parser: Parser<'a, StrInput<'a>>,
    peeked: Option<(Event<'a>, Span)>,
    /// Set by a syntax error. What follows could not be read, so nothing is reported as missing.
    broken: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Decoder<'a> {
    pub fn new(source: &'a Arc<Source>, file: SourceFile<'a>) -> Self {
        // The parser's limit of 255 levels of nesting also limits the recursion here.
        let options = granit_parser::options! { emit_unresolved_aliases: true };
        Self {
            source,
            file,
            parser: Parser::new_from_str_with_options(file.text, options),
            peeked: None,
            broken: false,
            diagnostics: Vec::new(),
        }
    }

    /// All diagnostics, and whether the text was YAML at all.
    pub fn finish(self) -> (Vec<Diagnostic>, bool) {
        (self.diagnostics, !self.broken)
    }

    /// Decodes the single document of the file.
    pub fn document<T>(&mut self, decode: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let mut decode = Some(decode);
        let mut value = None;
        while let Some((event, span)) = self.next() {
            if !matches!(event, Event::DocumentStart(..)) {
                continue;
            }
            if let Some(decode) = decode.take() {
                value = Some(decode(self));
            } else {
                let message = "a second document starts here";
                let diagnostic = self.at(rules::YAML_FEATURE, span, message);
                self.report(diagnostic.help("use one file for each catalogue"));
                break;
            }
        }
        value
    }

    /// Reads a mapping: checks its keys against the shape, and calls `field` for each known one.
    pub fn mapping(&mut self, shape: &Shape, mut field: impl FnMut(&mut Self, &'static str)) {
        let Some(start) = self.open_mapping(shape.name) else {
            return;
        };
        let mut seen: Vec<Seen> = Vec::new();
        while let Some(key) = self.key() {
            let Some(known) = shape.keys().find(|known| *known == key.value) else {
                // Reads a misspelt key as the one that was meant, so that it is not missing, and its value is checked.
                let meant = nearest(&key.value, shape.keys())
                    .filter(|meant| !seen.iter().any(|it| it.name == *meant));
                self.unknown_key(shape, &key, meant);
                match meant {
                    Some(name) => {
                        seen.push(Seen {
                            name,
                            span: key.span,
                            misspelt: self.diagnostics.len().checked_sub(1),
                        });
                        field(self, name);
                    }
                    None => self.skip(),
                }
                continue;
            };
            if let Some(first) = seen.iter().find(|it| it.name == known) {
                self.keep_misspelt(first);
                self.duplicate_key(&key, first.span);
                self.skip();
                continue;
            }
            seen.push(Seen {
                name: known,
                span: key.span,
                misspelt: None,
            });
            field(self, known);
        }
        let place = seen.first().map_or(start, |first| first.span);
        for required in shape.required() {
            if !self.broken && !seen.iter().any(|it| it.name == required) {
                let name = shape.name;
                self.report(self.at(
                    rules::MISSING_KEY,
                    place,
                    format!("missing key `{required}` in {name}"),
                ));
            }
        }
    }

    /// Where the next value is.
    pub fn place(&mut self) -> Span {
        self.peek().map(|(_, span)| *span).unwrap_or_default()
    }

    /// Whether the next value is a mapping.
    pub fn is_at_mapping(&mut self) -> bool {
        matches!(self.peek(), Some((Event::MappingStart(..), _)))
    }

    /// Reads a mapping whose keys the user chooses, such as parameters.
    pub fn entries(
        &mut self,
        name: &str,
        mut entry: impl FnMut(&mut Self, Scalar<'a>),
    ) -> Option<Span> {
        let start = self.open_mapping(name)?;
        self.rest_of_entries(&mut entry);
        Some(start)
    }

    /// Reads the entries of a mapping whose start has been read.
    fn rest_of_entries(&mut self, mut entry: impl FnMut(&mut Self, Scalar<'a>)) {
        let mut seen: HashMap<Cow<'a, str>, Span> = HashMap::new();
        while let Some(key) = self.key() {
            if let Some(first) = seen.get(&key.value) {
                let first = *first;
                self.duplicate_key(&key, first);
                self.skip();
                continue;
            }
            seen.insert(key.value.clone(), key.span);
            entry(self, key);
        }
    }

    /// Reads a list; an empty one is an error.
    pub fn sequence<T>(
        &mut self,
        name: &str,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Vec<T> {
        let mut items = Vec::new();
        let Some((event, span)) = self.next() else {
            return items;
        };
        if !matches!(event, Event::SequenceStart(..)) {
            self.wrong_type(&format!("a list of {name}"), &event, span);
            self.skip_rest(&event);
            return items;
        }
        let mut count = 0;
        while let Some((event, _)) = self.peek() {
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            count += 1;
            items.extend(item(self));
        }
        items.shrink_to_fit();
        self.next();
        if count == 0 && !self.broken {
            self.report(
                self.at(
                    rules::EMPTY_LIST,
                    span,
                    format!("the list of {name} is empty"),
                )
                .help("add an entry, or remove the key"),
            );
        }
        items
    }

    /// Reads a null that is written, `~` or `null`, if there is one. Returns its place.
    pub fn null(&mut self) -> Option<Span> {
        let (event, span) = self.peek()?;
        // A value that is left out is a slip.
        let is_null = matches!(event, Event::Scalar(text, style @ ScalarStyle::Plain, ..)
            if is_null(text) && !is_nothing(*style, *span));
        is_null.then(|| self.next()).flatten().map(|(_, span)| span)
    }

    /// Reads a scalar as the text that was written.
    pub fn scalar(&mut self, what: &str) -> Option<Scalar<'a>> {
        self.styled_scalar(what).map(|styled| styled.scalar)
    }

    pub fn styled_scalar(&mut self, what: &str) -> Option<StyledScalar<'a>> {
        let (event, span) = self.next()?;
        match event {
            Event::Scalar(value, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                if is_nothing(style, span) || (plain && is_null(&value)) {
                    self.nothing(what, &value, span);
                    return None;
                }
                let scalar = Spanned { value, span };
                Some(StyledScalar { scalar, plain })
            }
            other => {
                self.not_scalar(what, &other, span);
                self.skip_rest(&other);
                None
            }
        }
    }

    /// Reads any value as data: plain scalars by YAML's core schema, quoted ones as strings.
    pub fn data(&mut self) -> Spanned<serde_json::Value> {
        use serde_json::Value;
        let Some((event, span)) = self.next() else {
            return Spanned::default();
        };
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => plain_data(&text),
            Event::Scalar(text, ..) => Value::String(text.into_owned()),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                while let Some((event, _)) = self.peek()
                    && !matches!(event, Event::SequenceEnd)
                {
                    items.push(self.data().value);
                }
                self.next();
                Value::Array(items)
            }
            Event::MappingStart(..) => {
                let mut map = serde_json::Map::new();
                self.rest_of_entries(|decoder, key| {
                    let value = decoder.data().value;
                    map.insert(key.value.into_owned(), value);
                });
                Value::Object(map)
            }
            _ => Value::Null,
        };
        Spanned { value, span }
    }

    /// Reads any value with the places of all that is in it.
    pub fn node(&mut self) -> Node<'a> {
        let Some((event, span)) = self.next() else {
            return Node::default();
        };
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty() || is_null(&text) => {
                NodeValue::Null
            }
            Event::Scalar(text, ..) => NodeValue::Scalar(text),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                while let Some((event, _)) = self.peek()
                    && !matches!(event, Event::SequenceEnd)
                {
                    items.push(self.node());
                }
                self.next();
                NodeValue::List(items)
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                self.rest_of_entries(|decoder, key| entries.push((key, decoder.node())));
                NodeValue::Map(entries)
            }
            _ => NodeValue::Null,
        };
        Node { value, span }
    }

    fn at(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, self.source, span, message)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        push(&mut self.diagnostics, diagnostic);
    }

    fn open_mapping(&mut self, name: &str) -> Option<Span> {
        let (event, span) = self.next()?;
        if matches!(event, Event::MappingStart(..)) {
            return Some(span);
        }
        self.wrong_type(&format!("{name} (a mapping)"), &event, span);
        self.skip_rest(&event);
        None
    }

    /// The next key of the mapping that is being read, or `None` at its end.
    fn key(&mut self) -> Option<Scalar<'a>> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::MappingEnd => return None,
                Event::Scalar(value, ..) => return Some(Spanned { value, span }),
                other => {
                    self.wrong_type("a key", &other, span);
                    self.skip_rest(&other);
                    self.skip();
                }
            }
        }
    }

    fn unknown_key(&mut self, shape: &Shape, key: &Scalar<'a>, meant: Option<&str>) {
        let (name, written) = (shape.name, key.value.as_ref());
        if written == "<<" {
            self.report(
                self.at(
                    rules::YAML_FEATURE,
                    key.span,
                    "merge keys are not supported in a catalogue",
                )
                .help("write the keys out wherever they are used"),
            );
            return;
        }
        let message = format!("unknown key `{written}` in {name}");
        let diagnostic = self.at(rules::UNKNOWN_KEY, key.span, message);
        let diagnostic = if let Some(meant) = meant {
            let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
            // The span that the parser gives a key ends before a line separator in it.
            if self.source.text.get(key.span.range()) == Some(meant) {
                diagnostic
            } else {
                diagnostic.fix(Fix::replace(key.span, meant, format!("write `{meant}`")))
            }
        } else {
            diagnostic.help(self.help_for_key(shape, key))
        };
        self.report(diagnostic);
    }

    fn help_for_key(&self, shape: &Shape, key: &Scalar<'a>) -> String {
        let rest = self.source.text[key.span.end as usize..].trim_start();
        if key.value.starts_with(char::is_whitespace) {
            "indent with plain spaces: YAML takes any others for a part of the key".to_owned()
        } else if rest.starts_with([',', '}']) {
            "in braces, a comma ends a value: put a text that contains one in quotation marks"
                .to_owned()
        } else {
            use_one_of(shape.keys())
        }
    }

    /// Removes the fix of a misspelt key: the key that it resembles exists as well, so the fix is not certain.
    fn keep_misspelt(&mut self, key: &Seen) {
        let diagnostic = key.misspelt.and_then(|at| self.diagnostics.get_mut(at));
        if let Some(diagnostic) = diagnostic {
            diagnostic.fix = None;
        }
    }

    fn duplicate_key(&mut self, key: &Scalar<'a>, first: Span) {
        let diagnostic = Diagnostic::at(
            rules::DUPLICATE_KEY,
            self.source,
            key.span,
            format!("duplicate key `{}`", key.value),
        )
        .related(first, "first used here")
        .help("remove one of the two");
        self.report(diagnostic);
    }

    /// Reports a missing value. A null is one as well: who writes it means that there is no value, not the word.
    fn nothing(&mut self, expected: &str, written: &str, span: Span) {
        let is_written = span.start != span.end;
        let found = if is_written { written } else { "nothing" };
        let message = format!("expected {expected}, found {found}");
        let diagnostic = self.at(rules::WRONG_TYPE, span, message);
        // In braces, `en:Gone` is a key without a value.
        let before = &self.source.text[..span.start as usize];
        let key = before.rsplit([' ', '\n', '{', '[', ',']).next();
        let key = key.filter(|key| key.trim_end_matches(':').contains(':'));
        self.report(match key {
            _ if is_written => diagnostic.help(format!(
                "write a value; to mean the text, quote it: `\"{written}\"`"
            )),
            Some(key) => diagnostic.help(format!("put a space after the colon of `{key}`")),
            None => match text_with_comma(before, &self.source.text[span.end as usize..]) {
                Some(text) => diagnostic.help(format!(
                    "in braces, a comma ends a text; quote all of it: `\"{text}\"`"
                )),
                None => diagnostic,
            },
        });
    }

    fn wrong_type(&mut self, expected: &str, found: &Event<'a>, span: Span) {
        let found = match found {
            Event::Scalar(_, style, ..) if is_nothing(*style, span) => "nothing",
            Event::Scalar(text, ScalarStyle::Plain, ..) if is_null(text) => "null",
            Event::Scalar(..) => "a single value",
            Event::SequenceStart(..) => "a list",
            Event::MappingStart(..) => "a mapping",
            // An alias, which has its own diagnostic.
            _ => return,
        };
        let message = format!("expected {expected}, found {found}");
        self.report(self.at(rules::WRONG_TYPE, span, message));
    }

    /// Reports that a single value was expected.
    fn not_scalar(&mut self, expected: &str, found: &Event<'a>, span: Span) {
        self.wrong_type(expected, found, span);
        let start = self.source.text[span.start as usize..].chars().next();
        let bracket = start.filter(|it| opens(found) && matches!(it, '{' | '['));
        // `message: {user}`
        if let Some((bracket, diagnostic)) = bracket.zip(self.diagnostics.last_mut()) {
            diagnostic.help = Some(format!(
                "put a text that starts with `{bracket}` in quotation marks"
            ));
        }
    }

    /// Skips the next node.
    fn skip(&mut self) {
        if let Some((event, _)) = self.next() {
            self.skip_rest(&event);
        }
    }

    /// Skips the rest of a node whose first event has been read.
    fn skip_rest(&mut self, first: &Event<'a>) {
        let mut depth = i32::from(opens(first));
        while depth > 0
            && let Some((event, _)) = self.next()
        {
            depth += i32::from(opens(&event)) - i32::from(closes(&event));
        }
    }

    fn peek(&mut self) -> Option<&(Event<'a>, Span)> {
        if self.peeked.is_none() {
            self.peeked = self.pull();
        }
        self.peeked.as_ref()
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.peeked.take().or_else(|| self.pull())
    }

    fn pull(&mut self) -> Option<(Event<'a>, Span)> {
        if self.broken {
            return None;
        }
        match self.parser.next_event()? {
            Ok((event, span)) => {
                let span = self.span(&span);
                self.refuse_features(&event, span);
                Some((event, span))
            }
            Err(error) => {
                self.broken = true;
                self.syntax_error(&error);
                None
            }
        }
    }

    /// Reports a syntax error alone: nothing else that was found is certain then.
    fn syntax_error(&mut self, error: &ScanError) {
        let Mistake {
            range,
            message,
            help,
        } = mistake::explain(self.file.text, error);
        let start = self.file.start as usize;
        let span = Span::new(start + range.start..start + range.end);
        self.diagnostics.clear();
        self.report(self.at(rules::YAML_SYNTAX, span, message).help(help));
    }

    /// Refuses anchors, aliases and tags: a value is written where it is used, and the field decides its type.
    fn refuse_features(&mut self, event: &Event<'a>, span: Span) {
        let (feature, sign) = match event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => ("aliases", '*'),
            _ if event.anchor_id().is_some_and(|id| id != 0) => ("anchors", '&'),
            _ if event.tag().is_some() => ("tags", '!'),
            _ => return,
        };
        let message = format!("{feature} are not supported in a catalogue");
        let help = format!(
            "write the value out wherever it is used; put a text that starts with `{sign}` in quotation marks"
        );
        let span = self.with_sign(span, sign);
        self.report(self.at(rules::YAML_FEATURE, span, message).help(help));
    }

    /// The span of a value with the anchor or the tag in front of it.
    fn with_sign(&self, span: Span, sign: char) -> Span {
        let before = self.source.text[..span.start as usize].trim_end_matches(' ');
        let name = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let start = if name.starts_with(sign) {
            before.len() - name.len()
        } else {
            span.start as usize
        };
        Span::new(start..span.end as usize)
    }

    fn span(&self, span: &EventSpan) -> Span {
        let mut range = span.byte_range().unwrap_or_default();
        // The span of a block scalar includes the line break that ends it.
        if let Some(slice) = self.file.text.get(range.clone()) {
            range.end -= slice.len() - slice.trim_end().len();
        }
        range.end = range.end.max(range.start);
        let start = self.file.start as usize;
        Span::new(start + range.start..start + range.end)
    }
}

/// Whether a value is missing; the parser gives a `~` in its place.
fn is_nothing(style: ScalarStyle, span: Span) -> bool {
    style == ScalarStyle::Plain && span.start == span.end
}

/// Whether a plain scalar is null by the core schema of YAML 1.2.
fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// The whole of a text in braces that a comma has cut into a value and a key without one: `en: Not found, sorry`.
fn text_with_comma(before: &str, after: &str) -> Option<String> {
    let is_key = after.starts_with(':');
    let line = before.rsplit('\n').next()?;
    let (value, rest) = line.rsplit_once(", ")?;
    let (_, value) = value.rsplit_once(": ")?;
    let is_plain = |text: &str| !text.contains(['"', '\'', '{', '}', '[', ']', ',', ':']);
    (!is_key && is_plain(value) && is_plain(rest))
        .then(|| format!("{}, {}", value.trim(), rest.trim()))
}

fn opens(event: &Event) -> bool {
    matches!(event, Event::SequenceStart(..) | Event::MappingStart(..))
}

fn closes(event: &Event) -> bool {
    matches!(event, Event::SequenceEnd | Event::MappingEnd)
}

/// A plain scalar by the core schema of YAML 1.2.
fn plain_data(text: &str) -> serde_json::Value {
    use serde_json::Value;
    match text {
        _ if text.is_empty() || is_null(text) => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => {
            let number = text.parse::<i64>().map(serde_json::Number::from).ok();
            let number = number.or_else(|| {
                text.bytes()
                    .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
                    .then(|| text.parse().ok().and_then(serde_json::Number::from_f64))
                    .flatten()
            });
            number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
        }
    }
}
