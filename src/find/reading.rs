//! Reads a message with its template: `templates/conformance/README.md`, "Parameters" and "Case".

use serde_json::Value;

use crate::catalog::{Case, Error, Messages, Parameter, Piece, Text};

/// The case and the parameters of a message.
pub struct Reading<'c> {
    /// The case, if the error has cases.
    pub case: Option<&'c Case<'c>>,
    /// Names and values of the parameters, in the order of the message.
    pub parameters: Vec<(&'c str, Value)>,
}

impl<'c> Reading<'c> {
    /// Reads a message with the template of the error, or of its first case that matches.
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
            Messages::Cases(cases) => cases.iter().find_map(|case| {
                let parameters = read(&case.message, &case.parameters, message)?;
                Some(Self {
                    case: Some(case),
                    parameters,
                })
            }),
        }
    }

    /// A text with the parameters filled in. A parameter without a value stays a placeholder.
    pub fn fill(&self, text: &Text) -> String {
        text.fill(|name| {
            let value = self.parameters.iter().find(|(known, _)| *known == name);
            value.map_or_else(|| format!("{{{name}}}"), |(_, value)| plain(value))
        })
    }
}

/// A value as it appears in a message.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        _ => value.to_string(),
    }
}

fn read<'c>(
    template: &'c Text<'c>,
    declared: &[Parameter],
    message: &str,
) -> Option<Vec<(&'c str, Value)>> {
    let values = split(template, message)?;
    let typed = values.into_iter().map(|(name, value)| {
        let parameter = declared.iter().find(|parameter| parameter.name == name)?;
        Some((name, parameter.r#type.read(value)?))
    });
    typed.collect()
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
