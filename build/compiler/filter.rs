//! What is called by a name: filters, escapes among them, and functions.

use std::fmt::Write as _;

use super::function::Function;
use super::syntax::{Arguments, Expression, Kind, Parsed, Place, problem};

/// The filters that there are, with their arguments in the order of the function's.
const FILTERS: &[(&str, &[&str])] = &[
    ("capitalize", &[]),
    ("first", &[]),
    ("get", &["key", "default"]),
    ("int", &[]),
    ("join", &["sep"]),
    ("last", &[]),
    ("length", &[]),
    ("lower", &[]),
    ("natural_sort", &[]),
    ("replace", &["from", "to"]),
    ("sort", &["attribute"]),
    ("split", &["pat"]),
    ("str", &[]),
    ("trim", &[]),
    ("trim_end", &["pat"]),
    ("trim_start", &[]),
    ("truncate", &["length"]),
    ("unique", &[]),
    ("upper", &[]),
];

/// The same of functions.
pub const FUNCTIONS: &[(&str, &[&str])] = &[
    ("range", &["start", "end", "step_by"]),
    ("throw", &["message"]),
];

/// An argument that is not given.
const ABSENT: &str = "V::Undefined";

impl Function<'_> {
    pub fn optional(&mut self, expression: Option<&Expression>) -> Parsed<String> {
        expression.map_or(Ok(ABSENT.to_owned()), |given| self.value(given))
    }

    /// The arguments of an escape: its index, the value, the prefix and the place; none if the filter is no escape.
    pub fn escape(
        &mut self,
        of: &Expression,
        name: &str,
        arguments: &Arguments,
        place: Place,
    ) -> Parsed<Option<String>> {
        let context = arguments.iter().find(|(name, _)| name == "context");
        let context = match (name.strip_prefix("as_"), context) {
            (Some(context), None) => self.escape_index(context, place)?.to_string(),
            (None, Some((_, context))) if name == "escape" => {
                if let Kind::Text(context) = &context.kind {
                    self.escape_index(context, place)?.to_string()
                } else {
                    let at = self.place(place);
                    format!("r.context({}, {at})", self.value(context)?)
                }
            }
            _ => return Ok(None),
        };
        let prefix = arguments.iter().find(|(name, _)| name == "prefix");
        let prefix = self.optional(prefix.map(|(_, prefix)| prefix))?;
        let of = self.value(of)?;
        let place = self.place(place);
        Ok(Some(format!("{context}, {of}, {prefix}, {place}")))
    }

    fn escape_index(&self, context: &str, place: Place) -> Parsed<usize> {
        let mut escapes = self.generator.target.escapes.iter();
        match escapes.position(|known| known == context) {
            Some(index) => Ok(index),
            None => problem(place, format!("there is no escape context `{context}`")),
        }
    }

    pub fn filter(
        &mut self,
        of: &Expression,
        name: &str,
        arguments: &Arguments,
        place: Place,
    ) -> Parsed<String> {
        if let Some(call) = self.escape(of, name, arguments, place)? {
            return Ok(format!("r.escaped({call})"));
        }
        let Some((_, parameters)) = FILTERS.iter().find(|(known, _)| *known == name) else {
            return problem(place, format!("the filter `{name}` cannot be compiled"));
        };
        let mut code = format!("r.{name}({}", self.value(of)?);
        for value in self.arguments(arguments, parameters, place)? {
            let _ = write!(code, ", {value}");
        }
        let place = self.place(place);
        Ok(format!("{code}, {place})"))
    }

    pub fn arguments(
        &mut self,
        arguments: &Arguments,
        parameters: &[&str],
        place: Place,
    ) -> Parsed<Vec<String>> {
        let is_unknown = |name: &str| !parameters.contains(&name);
        if let Some((unknown, _)) = arguments.iter().find(|(name, _)| is_unknown(name)) {
            return problem(
                place,
                format!("the argument `{unknown}` cannot be compiled"),
            );
        }
        let values = parameters.iter().map(|parameter| {
            let given = arguments.iter().find(|(name, _)| name == parameter);
            self.optional(given.map(|(_, value)| value))
        });
        values.collect()
    }
}
