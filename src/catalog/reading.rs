//! Reads a message with its template: `templates/conformance/README.md`, "Parameters" and "Case".

use std::cmp::Reverse;
use std::collections::HashMap;

use serde_json::Value;

use super::{Case, Code, Error, Messages, Parameter, Piece, Text, Wire, is_header_value};

/// The case and the parameters of a message.
pub struct Reading<'c> {
    /// The case, if the error has cases.
    pub case: Option<&'c Case<'c>>,
    /// Names and values of the parameters, in the order of the message.
    pub parameters: Vec<(&'c str, Value)>,
}

impl<'c> Reading<'c> {
    /// Reads a message with the template of the error, or of the first of its cases that matches, in their order of trial.
    pub fn of(error: &'c Error<'c>, message: &str) -> Option<Self> {
        match &error.messages {
            Messages::One {
                message: template,
                parameters,
            } => {
                let parameters = read(template, parameters, message)?;
                Some(Self {
                    case: None,
                    parameters,
                })
            }
            Messages::Cases(cases) => trial(cases).into_iter().find_map(|case| {
                let parameters = read(&case.message, &case.parameters, message)?;
                Some(Self {
                    case: Some(case),
                    parameters,
                })
            }),
        }
    }

    /// Reads a response of the error: its message and its subcode, and what it has as data for a parameter. `None` if neither a case
    /// nor a parameter is known.
    pub fn of_response(
        error: &'c Error<'c>,
        message: Option<&str>,
        subcode: Option<&str>,
        data: impl Fn(&Parameter) -> Option<Value>,
    ) -> Option<Self> {
        let read = |template, parameters| read(template, parameters, message?);
        let (case, template, parameters) = match &error.messages {
            Messages::One {
                message,
                parameters,
            } => (None, message, parameters),
            Messages::Cases(cases) => {
                let told = cases.iter().find(|case| {
                    let code = case.code.map(Code::text);
                    code.is_some() && code.as_deref() == subcode
                });
                let is_open = |case: &&'c Case| subcode.is_none() || case.code.is_none();
                let trial = || trial(cases).into_iter().filter(is_open);
                let by_message = || trial().find(|it| read(&it.message, &it.parameters).is_some());
                let is_complete = |case: &&'c Case| {
                    let mut parameters = case.parameters.iter();
                    !case.parameters.is_empty() && parameters.all(|it| data(it).is_some())
                };
                let by_data = || {
                    let mut all = cases.iter().filter(is_open).filter(is_complete);
                    all.next().filter(|_| all.next().is_none())
                };
                let found = told.or_else(by_message).or_else(by_data)?;
                (Some(found), &found.message, &found.parameters)
            }
        };
        let of_message = read(template, parameters);
        let values = of_message.as_deref().unwrap_or_default();
        let value = |name: &str| values.iter().find(|(own, _)| *own == name);
        let known = parameters.iter().filter_map(|parameter| {
            let own = data(parameter).or_else(|| Some(value(parameter.name)?.1.clone()))?;
            Some((parameter.name, own))
        });
        let known: Vec<_> = known.collect();
        let is_known = case.is_some() || of_message.is_some() || !known.is_empty();
        is_known.then_some(Self {
            case,
            parameters: known,
        })
    }

    /// A text with the parameters filled in. A parameter without a value stays a placeholder.
    pub fn fill(&self, text: &Text) -> String {
        text.fill(|name| {
            let value = self.parameters.iter().find(|(known, _)| *known == name);
            value.map_or_else(|| format!("{{{name}}}"), |(_, value)| plain(value))
        })
    }
}

/// Cases in the order in which a message is compared with them: those with the most literal text first, and else as in the
/// catalogue. One with a code whose message another has, too, is told by its code alone.
pub fn trial<'c>(cases: &'c [Case<'c>]) -> Vec<&'c Case<'c>> {
    let mut same: HashMap<&str, usize> = HashMap::with_capacity(cases.len());
    for case in cases {
        *same.entry(&case.message.template).or_default() += 1;
    }
    let is_told_apart = |case: &&Case| case.code.is_none() || same[&*case.message.template] == 1;
    let mut trial: Vec<_> = cases.iter().filter(is_told_apart).collect();
    trial.sort_by_cached_key(|case| Reverse(case.message.literal_length()));
    trial
}

/// How many cases of an error are compared with each other.
const MOST_COMPARED: usize = 300;

/// What becomes of a message that is filled with the examples of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadBack<'c> {
    /// It is read as itself, with these values.
    Same,
    /// It is read as itself, with other values or none.
    OtherValues,
    /// It is read as another case, whose id this is.
    OtherCase(&'c str),
    /// There are too many cases to tell.
    Unknown,
}

/// Reads a message, filled with the examples of its parameters, as modules do. `trial` has the cases of its error, and `case` is
/// that of the message.
pub fn read_back<'c>(
    message: &Text,
    parameters: &[Parameter],
    case: Option<&Case>,
    trial: &[&'c Case<'c>],
    wire: &Wire,
) -> ReadBack<'c> {
    let is_in_header = wire.has_message_in_header();
    if parameters.is_empty() && trial.is_empty() && !is_in_header {
        return ReadBack::Same;
    }
    if trial.len() > MOST_COMPARED {
        return ReadBack::Unknown;
    }
    let declared = by_name(parameters);
    let example = |name: &str| declared.get(name).map(|it| &it.example);
    let filled = message.fill(|name| example(name).map_or_else(String::new, plain));
    if is_in_header && !is_header_value(&filled) {
        return ReadBack::OtherValues;
    }
    let is_itself = |other: &Case| case.is_some_and(|case| std::ptr::eq(case, other));
    // A case with a code is told by it.
    let is_told = case.is_none_or(|case| case.code.is_some());
    if is_told && parameters.iter().all(|it| wire.has_as_data(it)) {
        return ReadBack::Same;
    }
    let mut earlier = trial.iter().take_while(|case| !is_itself(case) && !is_told);
    if let Some(other) = earlier.find(|it| read(&it.message, &it.parameters, &filled).is_some()) {
        return ReadBack::OtherCase(other.id);
    }
    let values = read(message, parameters, &filled);
    let are_examples = values.is_some_and(|values| {
        let mut values = values.iter();
        values.all(|(name, value)| {
            // What comes as data is not read from the message.
            let is_data = declared.get(name).is_some_and(|it| wire.has_as_data(it));
            is_data || example(name) == Some(value)
        })
    });
    if are_examples {
        ReadBack::Same
    } else {
        ReadBack::OtherValues
    }
}

/// A value as it appears in a message.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // The shortest digits that read back, without an exponent.
        Value::Number(number) if number.is_f64() => number
            .as_f64()
            .map_or_else(String::new, |it| it.to_string()),
        _ => value.to_string(),
    }
}

/// Parameters by name.
fn by_name<'p>(parameters: &'p [Parameter<'p>]) -> HashMap<&'p str, &'p Parameter<'p>> {
    parameters.iter().map(|it| (it.name, it)).collect()
}

fn read<'c>(
    template: &'c Text<'c>,
    parameters: &[Parameter],
    message: &str,
) -> Option<Vec<(&'c str, Value)>> {
    let values = split(template, message)?;
    let declared = by_name(parameters);
    let mut known: HashMap<&str, &str> = HashMap::with_capacity(values.len());
    let mut typed = Vec::with_capacity(values.len());
    for (name, value) in values {
        match known.insert(name, value) {
            Some(other) if other != value => return None,
            Some(_) => {}
            None => typed.push((name, declared.get(name)?.r#type.read(value)?)),
        }
    }
    Some(typed)
}

/// The text in a message for each parameter of its template. Literals are searched from left to right, and the first
/// match of each counts. Of two parameters that touch, the first is empty.
fn split<'c, 'm>(template: &'c Text<'c>, message: &'m str) -> Option<Vec<(&'c str, &'m str)>> {
    let (end, pieces) = match template.pieces.split_last()? {
        (Piece::Literal(end), pieces) => (end.as_ref(), pieces),
        (Piece::Parameter(_), _) => ("", &*template.pieces),
    };
    let mut rest = message.strip_suffix(end)?;
    let mut values = Vec::new();
    // The parameter whose value ends where the next literal is found.
    let mut open = None;
    for piece in pieces {
        match (piece, open.take()) {
            (Piece::Literal(text), None) => rest = rest.strip_prefix(text.as_ref())?,
            (Piece::Literal(text), Some(name)) => {
                let (value, after) = rest.split_once(text.as_ref())?;
                values.push((name, value));
                rest = after;
            }
            (Piece::Parameter(name), before) => {
                values.extend(before.map(|before| (before, "")));
                open = Some(name.as_ref());
            }
        }
    }
    match open {
        Some(name) => values.push((name, rest)),
        None if !rest.is_empty() => return None,
        None => {}
    }
    Some(values)
}
