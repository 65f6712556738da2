//! Reads a message with its template: `templates/conformance/README.md`, "Parameters" and "Case".

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Case, Code, Error, Message, Messages, Parameter, Piece, Text, Wire, is_header_value};

/// The case and the parameters of a message.
pub struct Reading<'c> {
    /// The case, if the error has cases.
    pub case: Option<&'c Case<'c>>,
    /// Names and values of the parameters, in the order of the message.
    pub parameters: Vec<(&'c str, Value)>,
}

impl<'c> Reading<'c> {
    /// Reads a message with the texts of the error, in their order of trial.
    pub fn of(error: &'c Error<'c>, message: &str) -> Option<Self> {
        Self::by(error, message, |_| true)
    }

    /// The same with those of the texts for which `is_tried` holds.
    pub fn by(
        error: &'c Error<'c>,
        message: &str,
        is_tried: impl Fn(&Tried) -> bool,
    ) -> Option<Self> {
        let trial = trial(&error.messages);
        let mut by_message = trial
            .iter()
            .filter(|it| !it.is_only_by_code && is_tried(it));
        by_message.find_map(|it| {
            Some(Self {
                case: it.case,
                parameters: it.read(message)?,
            })
        })
    }

    /// Finds a message of the error within a line, with as much literal text as can be, and how much that is.
    pub fn within<'l>(error: &'c Error<'c>, line: &'l str) -> Option<Quoted<'c, 'l>> {
        let trial = trial(&error.messages);
        let mut told = trial.iter().filter(|it| it.tells_enough());
        told.find_map(|it| {
            let (message, parameters) = it.find(line)?;
            Some(Quoted {
                reading: Self {
                    case: it.case,
                    parameters,
                },
                message,
                literal_length: it.text.literal_length(),
            })
        })
    }

    /// Reads a response of the error: its message and its subcode, and what it has as data for a parameter. `None` if neither a case
    /// nor a parameter is known.
    pub fn of_response(
        error: &'c Error<'c>,
        message: Option<&str>,
        subcode: Option<&str>,
        data: impl Fn(&Parameter) -> Option<Value>,
    ) -> Option<Self> {
        let cases = error.messages.cases();
        let told = cases.iter().find(|case| {
            let code = case.code.map(Code::text);
            code.is_some() && code.as_deref() == subcode
        });
        let is_open = |case: &Case| subcode.is_none() || case.code.is_none();
        let trial = trial(&error.messages);
        let mut candidates = trial.iter().filter(|it| match (it.case, told) {
            (Some(case), Some(told)) => std::ptr::eq(case, told),
            (Some(case), None) => !it.is_only_by_code && is_open(case),
            (None, _) => true,
        });
        let said = message
            .and_then(|message| candidates.find_map(|it| Some((it.case, it.read(message)?))));
        let is_complete = |case: &&'c Case| {
            let mut parameters = case.parameters.iter();
            !case.parameters.is_empty() && parameters.all(|it| data(it).is_some())
        };
        let by_data = || {
            let mut all = cases
                .iter()
                .filter(|case| is_open(case))
                .filter(is_complete);
            all.next().filter(|_| all.next().is_none())
        };
        let case = told.or_else(|| said.as_ref()?.0).or_else(by_data);
        let parameters = match (&error.messages, case) {
            (Messages::One { parameters, .. }, _) => parameters,
            (Messages::Cases(_), case) => &case?.parameters,
        };
        let values = said.as_ref().map_or(&[][..], |(_, values)| values);
        let value = |name: &str| values.iter().find(|(own, _)| *own == name);
        let known = parameters.iter().filter_map(|parameter| {
            let own = data(parameter).or_else(|| Some(value(parameter.name)?.1.clone()))?;
            Some((parameter.name, own))
        });
        let known: Vec<_> = known.collect();
        let is_known = case.is_some() || said.is_some() || !known.is_empty();
        is_known.then_some(Self {
            case,
            parameters: known,
        })
    }

    /// The text of the error that a message fits, with its parameters; one that only the code of its case tells apart, too.
    pub fn text_of(
        error: &'c Error<'c>,
        message: &str,
    ) -> Option<(Tried<'c>, Vec<(&'c str, Value)>)> {
        let trial = trial(&error.messages);
        let mut trial = trial.into_iter();
        trial.find_map(|it| it.read(message).map(|values| (it, values)))
    }

    /// A text with the parameters filled in. A parameter without a value stays a placeholder.
    pub fn fill(&self, text: &Text) -> String {
        text.fill(|name| {
            let value = self.parameters.iter().find(|(known, _)| *known == name);
            value.map_or_else(|| format!("{{{name}}}"), |(_, value)| plain(value))
        })
    }
}

/// A message that was found within a line.
pub struct Quoted<'c, 'l> {
    pub reading: Reading<'c>,
    pub message: &'l str,
    /// Of its template, in Unicode scalar values.
    pub literal_length: usize,
}

/// How many letters and digits the literals of a text need, for a message to be found by it in the midst of a line.
const ENOUGH: usize = 8;

/// How many places in a line are tried as a message's start, and as its end.
const PLACES: usize = 16;

/// A text of an error, with which a message that came is compared.
#[derive(Clone, Copy, Debug)]
pub struct Tried<'c> {
    /// `None` if the error has no cases.
    pub case: Option<&'c Case<'c>>,
    /// `None` if the message has one text for all locales.
    pub locale: Option<&'c str>,
    pub text: &'c Text<'c>,
    pub parameters: &'c [Parameter<'c>],
    /// Whether another case has the same text, so that the code of the case alone tells it apart.
    pub is_only_by_code: bool,
}

impl<'c> Tried<'c> {
    /// The only text of a message, or that in the fallback locale.
    pub fn first(
        case: Option<&'c Case<'c>>,
        message: &'c Message<'c>,
        parameters: &'c [Parameter<'c>],
    ) -> Self {
        Self {
            case,
            locale: None,
            text: &message.text,
            parameters,
            is_only_by_code: false,
        }
    }

    /// Whether every message fits, or nearly so: it has no letter and no digit but those of parameters.
    pub fn fits_everything(&self) -> bool {
        self.letters() == 0
    }

    fn tells_enough(&self) -> bool {
        self.letters() >= ENOUGH
    }

    /// The letters and digits of its literals.
    fn letters(&self) -> usize {
        let literals = self.text.pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.chars().filter(|it| it.is_alphanumeric()).count(),
            Piece::Parameter(_) => 0,
        });
        literals.sum()
    }

    /// A message within a line, with its parameters: the first that fits, and of those that start there the longest. What begins with
    /// a parameter begins with the line or after a colon, a dash or a bracket.
    fn find<'l>(&self, line: &'l str) -> Option<(&'l str, Vec<(&'c str, Value)>)> {
        let line = line.trim_end();
        let starts: Vec<usize> = match self.text.pieces.first()? {
            Piece::Literal(text) => places(line, text).map(|(start, _)| start).collect(),
            Piece::Parameter(_) => {
                let marks = [": ", "- ", "] ", ") "].iter();
                let after = marks.flat_map(|mark| line.match_indices(mark));
                let after = after.map(|(at, mark)| at + mark.len());
                std::iter::once(0).chain(after).take(PLACES).collect()
            }
        };
        let mut ends: Vec<usize> = match self.text.pieces.last()? {
            Piece::Literal(text) => places(line, text).map(|(_, end)| end).collect(),
            Piece::Parameter(_) => vec![line.len()],
        };
        ends.reverse();
        starts.into_iter().find_map(|start| {
            let mut ends = ends.iter().filter(|end| **end > start);
            ends.find_map(|end| Some((&line[start..*end], self.read(&line[start..*end])?)))
        })
    }

    /// What stands in a message for parameters of another type, if it fits but for that, and has some literal text.
    pub fn mistyped<'m>(&self, message: &'m str) -> Option<Vec<(&'c Parameter<'c>, &'m str)>> {
        if self.fits_everything() {
            return None;
        }
        let values = split(self.text, message)?;
        let declared = by_name(self.parameters);
        let other = values.into_iter().filter_map(|(name, value)| {
            let parameter = *declared.get(name)?;
            let fits = parameter.r#type.read(value).is_some();
            (!fits).then_some((parameter, value))
        });
        let other: Vec<_> = other.collect();
        (!other.is_empty()).then_some(other)
    }

    /// The parameters of a message, if it fits.
    fn read(&self, message: &str) -> Option<Vec<(&'c str, Value)>> {
        read(self.text, self.parameters, message)
    }
}

/// The texts of an error in the order in which a message is compared with them: those with the most literal text first, and else as
/// in the catalogue.
pub fn trial<'c>(messages: &'c Messages<'c>) -> Vec<Tried<'c>> {
    let mut trial = match messages {
        Messages::One {
            message,
            parameters,
        } => texts(None, message, parameters).collect(),
        Messages::Cases(cases) => trial_of_cases(cases),
    };
    if trial.len() > 1 {
        // A server need not translate every message.
        let mut seen = HashSet::with_capacity(trial.len());
        trial.retain(|it| seen.insert((it.case.map(std::ptr::from_ref), &*it.text.template)));
        trial.sort_by_cached_key(|it| Reverse(it.text.literal_length()));
    }
    trial
}

fn trial_of_cases<'c>(cases: &'c [Case<'c>]) -> Vec<Tried<'c>> {
    let all = cases
        .iter()
        .flat_map(|case| texts(Some(case), &case.message, &case.parameters));
    let mut trial: Vec<_> = all.collect();
    // The first case that has a text, and whether another has it, too.
    let mut same: HashMap<&str, (&Case, bool)> = HashMap::with_capacity(trial.len());
    for it in &trial {
        let Some(case) = it.case else { continue };
        let (first, is_shared) = same.entry(&it.text.template).or_insert((case, false));
        *is_shared |= !std::ptr::eq(*first, case);
    }
    for it in &mut trial {
        let is_shared = same[&*it.text.template].1;
        it.is_only_by_code = is_shared && it.case.is_some_and(|case| case.code.is_some());
    }
    trial
}

fn texts<'c>(
    case: Option<&'c Case<'c>>,
    message: &'c Message<'c>,
    parameters: &'c [Parameter<'c>],
) -> impl Iterator<Item = Tried<'c>> {
    let first = Tried::first(case, message, parameters);
    message.texts().map(move |(locale, text)| Tried {
        locale,
        text,
        ..first
    })
}

/// Where a text stands in a line, and where it ends; not within a word.
pub fn places<'l>(line: &'l str, text: &'l str) -> impl Iterator<Item = (usize, usize)> + 'l {
    let is_word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let found = line.match_indices(text).filter(move |(start, _)| {
        let end = start + text.len();
        let begins = !is_word(text.chars().next()) || !is_word(line[..*start].chars().next_back());
        let ends = !is_word(text.chars().next_back()) || !is_word(line[end..].chars().next());
        !text.is_empty() && begins && ends
    });
    found
        .map(|(start, text)| (start, start + text.len()))
        .take(PLACES)
}

/// How many texts of an error are compared with each other.
const MOST_COMPARED: usize = 300;

/// What becomes of a message that is filled with the examples of its parameters.
#[derive(Clone, Copy, Debug)]
pub enum ReadBack<'c> {
    /// It is read as itself, with these values.
    Same,
    /// It is read as itself, with other values or none.
    OtherValues,
    /// It is read as another case, which has this text.
    OtherCase(Tried<'c>),
    /// There are too many texts to tell.
    Unknown,
}

/// Reads a text, filled with the examples of its parameters, as modules do. `trial` has all texts of its error.
pub fn read_back<'c>(sent: &Tried<'c>, trial: &[Tried<'c>], wire: &Wire) -> ReadBack<'c> {
    let parameters = sent.parameters;
    let is_in_header = wire.has_message_in_header();
    if parameters.is_empty() && trial.len() <= 1 && !is_in_header {
        return ReadBack::Same;
    }
    if trial.len() > MOST_COMPARED {
        return ReadBack::Unknown;
    }
    let declared = by_name(parameters);
    let example = |name: &str| declared.get(name).map(|it| &it.example);
    let filled = sent
        .text
        .fill(|name| example(name).map_or_else(String::new, plain));
    if is_in_header && !is_header_value(&filled) {
        return ReadBack::OtherValues;
    }
    // A case with a code is told by it.
    let is_told = sent.case.is_none_or(|case| case.code.is_some());
    if is_told && parameters.iter().all(|it| wire.has_as_data(it)) {
        return ReadBack::Same;
    }
    let is_own = |other: &Tried| match (other.case, sent.case) {
        (Some(other), Some(own)) => std::ptr::eq(other, own),
        _ => true,
    };
    let is_candidate = |other: &&Tried| is_own(other) || !(is_told || other.is_only_by_code);
    let mut candidates = trial.iter().filter(is_candidate);
    let first = candidates.find_map(|other| Some((other, other.read(&filled)?)));
    let Some((first, values)) = first else {
        return ReadBack::OtherValues;
    };
    if !is_own(first) {
        return ReadBack::OtherCase(*first);
    }
    let are_examples = values.iter().all(|(name, value)| {
        // What comes as data is not read from the message.
        let is_data = declared.get(name).is_some_and(|it| wire.has_as_data(it));
        is_data || example(name) == Some(value)
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
