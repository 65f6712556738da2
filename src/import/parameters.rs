//! The placeholders of a text as parameters of a message.

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;

use super::row::KnownParameter;
use crate::catalog::{Text, is_identifier};
use crate::prose::{Foreign, placeholders};

/// A text as a catalogue has it, with `{name}` for each value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    pub text: String,
    /// Each once, in the order of the text.
    pub parameters: Vec<Parameter>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub kind: &'static str,
    pub example: Option<String>,
    /// Whether the text did not name it.
    pub is_named_by_guess: bool,
    /// Whether its type is only likely.
    pub is_typed_by_guess: bool,
}

impl Parameter {
    /// One that is known by its name.
    pub fn named(name: String) -> Self {
        Self {
            name,
            kind: "string",
            example: None,
            is_named_by_guess: false,
            is_typed_by_guess: false,
        }
    }
}

/// A place for a value in a text.
struct Slot<'t> {
    at: usize,
    length: usize,
    name: Option<&'t str>,
    position: Option<usize>,
    kind: &'static str,
}

/// Why a text cannot be a message.
pub const SEVERAL_TEXTS: &str = "this is a message in ICU's format with a text for each value";

/// Words that say nothing of the value after them.
const EMPTY_WORDS: &[&str] = &[
    "about", "above", "after", "allowed", "already", "and", "are", "before", "below", "between",
    "but", "cannot", "exceeded", "exceeds", "expected", "expired", "failed", "for", "found",
    "from", "got", "has", "have", "invalid", "into", "least", "less", "missing", "more", "most",
    "must", "needs", "not", "only", "over", "requires", "since", "than", "that", "the", "this",
    "under", "unknown", "until", "was", "were", "with", "within", "without",
];

/// The shortest word that names a value.
const SHORTEST: usize = 3;

/// Turns the placeholders of every family into parameters. `earlier` has the names that another text has for the same values.
///
/// # Errors
///
/// If the text has several forms.
pub fn template(
    text: &str,
    known: &[KnownParameter],
    earlier: &[Parameter],
) -> Result<Template, &'static str> {
    if let Some(template) = as_written(text, known) {
        return Ok(template);
    }
    let found = placeholders(text, Some(&[]));
    let is_printf = found.iter().any(Foreign::is_printf);
    let mut slots: Vec<Slot> = found
        .iter()
        .map(|it| Slot {
            at: it.at,
            length: it.text.len(),
            name: it.name(),
            position: it.position(),
            kind: it.kind(),
        })
        .collect();
    slots.extend(in_braces(text, &slots)?);
    slots.sort_by_key(|slot| slot.at);
    let names = names(text, &slots, known, earlier);
    let mut template = Template::default();
    let mut seen = HashSet::new();
    let mut at = 0;
    for (slot, (name, is_guessed)) in slots.iter().zip(names) {
        push_literal(&mut template.text, &text[at..slot.at], is_printf);
        template.text.push('{');
        template.text.push_str(&name);
        template.text.push('}');
        at = slot.at + slot.length;
        if !seen.insert(name.clone()) {
            continue;
        }
        let described = known.iter().find(|it| it.name == name);
        template.parameters.push(Parameter {
            kind: described.map_or(slot.kind, |it| it.kind),
            example: described.and_then(|it| it.example.clone()),
            is_named_by_guess: is_guessed,
            is_typed_by_guess: described.is_none(),
            name,
        });
    }
    push_literal(&mut template.text, &text[at..], is_printf);
    Ok(template)
}

/// A text that is a catalogue's own template already: it has the values that are known, and no others.
fn as_written(text: &str, known: &[KnownParameter]) -> Option<Template> {
    let parsed = Text::parse(text.into()).ok()?;
    let own: HashSet<&str> = parsed.parameters().collect();
    let has = |it: &KnownParameter| own.contains(it.name.as_str());
    if known.is_empty() || own.len() != known.len() || !known.iter().all(has) {
        return None;
    }
    let mut seen = HashSet::new();
    let names = parsed.parameters().filter(|name| seen.insert(*name));
    let described = names.filter_map(|name| known.iter().find(|it| it.name == name));
    let parameters = described.map(|it| Parameter {
        kind: it.kind,
        example: it.example.clone(),
        ..Parameter::named(it.name.clone())
    });
    Some(Template {
        text: text.to_owned(),
        parameters: parameters.collect(),
    })
}

/// A text without values, in which braces are braces.
pub fn literal(text: &str) -> String {
    let mut escaped = String::new();
    push_literal(&mut escaped, text, false);
    escaped
}

fn push_literal(text: &mut String, literal: &str, is_printf: bool) {
    let mut literal = literal.replace('{', "{{").replace('}', "}}");
    if is_printf {
        literal = literal.replace("%%", "%");
    }
    text.push_str(&literal);
}

/// `{name}`, `{0}`, `{}`, `{name:format}` and `{name, number}`, outside what was found already.
fn in_braces<'t>(text: &'t str, others: &[Slot]) -> Result<Vec<Slot<'t>>, &'static str> {
    let mut found = Vec::new();
    let mut others = others.iter().peekable();
    let mut at = 0;
    while let Some(next) = text[at..].find('{') {
        at += next;
        while others.next_if(|it| it.at + it.length <= at).is_some() {}
        if let Some(other) = others.peek().filter(|it| it.at <= at) {
            at = other.at + other.length;
            continue;
        }
        let inner = &text[at + 1..];
        let Some(end) = inner.find(['{', '}']) else {
            break;
        };
        let word = inner[..end].split([',', ':']).next().unwrap_or_default();
        let name = word.trim();
        let rest = inner[word.len()..end].trim_start_matches(',').trim();
        let is_plural = ["plural", "select", "selectordinal"]
            .iter()
            .any(|kind| rest.starts_with(kind));
        if inner[word.len()..].starts_with(',') && is_plural {
            return Err(SEVERAL_TEXTS);
        }
        let is_position = name.bytes().all(|it| it.is_ascii_digit());
        let snake = name.to_snake_case();
        if inner[end..].starts_with('}')
            && (is_position || is_identifier(&snake) && !name.contains(' '))
        {
            found.push(Slot {
                at,
                length: end + 2,
                name: (!is_position).then_some(name),
                position: name.parse::<usize>().ok().map(|it| it + 1),
                kind: "string",
            });
            at += end + 2;
        } else {
            at += 1;
        }
    }
    Ok(found)
}

/// The name of each value, and whether it is a guess.
fn names(
    text: &str,
    slots: &[Slot],
    known: &[KnownParameter],
    earlier: &[Parameter],
) -> Vec<(String, bool)> {
    let mut by_position: HashMap<usize, String> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = Vec::new();
    let unnamed = slots.iter().filter(|slot| slot.name.is_none()).count();
    let mut number = 0;
    for slot in slots {
        if let Some(name) = slot.name {
            let is_known = known.iter().any(|it| it.name == name);
            let snake = if is_known {
                name.to_owned()
            } else {
                name.to_snake_case()
            };
            if is_identifier(&snake) {
                taken.insert(snake.clone());
                names.push((snake, false));
                continue;
            }
        }
        number += 1;
        let position = slot.position.unwrap_or(number);
        if let Some(name) = by_position.get(&position) {
            names.push((name.clone(), true));
            continue;
        }
        let same = earlier.get(position - 1).map(|it| it.name.clone());
        let name = same.unwrap_or_else(|| {
            let word = word_before(&text[..slot.at]).filter(|word| !taken.contains(word));
            word.unwrap_or_else(|| match unnamed {
                1 if !taken.contains("value") => "value".to_owned(),
                _ => format!("value_{position}"),
            })
        });
        taken.insert(name.clone());
        by_position.insert(position, name.clone());
        names.push((name, true));
    }
    names
}

/// The word that a value stands after, if that may be what it is: `user` in `User %s exists`.
fn word_before(text: &str) -> Option<String> {
    let text = text.trim_end_matches([
        ' ', '"', '\'', '`', ':', '=', '(', '#', '<', '[', '「', '“', '‘',
    ]);
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, it)| it.is_ascii_alphanumeric() || "_-".contains(*it))
        .last();
    let word = &text[start?.0..];
    let word = word.to_snake_case();
    let is_name =
        word.len() >= SHORTEST && is_identifier(&word) && !EMPTY_WORDS.contains(&word.as_str());
    is_name.then_some(word)
}
