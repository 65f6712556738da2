//! What is called by a name: filters, escapes among them, tests and functions.

use std::fmt::Write as _;

use super::function::Function;
use super::nodes::optional;
use super::syntax::{Call, Compiled, Expression, Kind, Place, problem};
use super::value::HISTORY;

/// The filters that can be compiled, with their arguments in the order of the function's; those with `?` can be left out.
const FILTERS: &[(&str, &[&str])] = &[
    ("capitalize", &[]),
    ("first", &[]),
    ("get", &["key", "default?"]),
    ("int", &[]),
    ("join", &["sep?"]),
    ("last", &[]),
    ("length", &[]),
    ("lower", &[]),
    ("natural_sort", &[]),
    ("replace", &["from", "to"]),
    ("split", &["pat"]),
    ("str", &[]),
    ("trim", &[]),
    ("trim_end", &["pat?"]),
    ("trim_start", &[]),
    ("truncate", &["length"]),
    ("unique", &[]),
    ("upper", &[]),
];

const TESTS: &[(&str, &[&str])] = &[
    ("containing", &["pat"]),
    ("defined", &[]),
    ("ending_with", &["pat"]),
    ("none", &[]),
    ("starting_with", &["pat"]),
    ("string", &[]),
    ("undefined", &[]),
];

const FUNCTIONS: &[(&str, &[&str])] = &[
    ("range", &["start?", "end", "step_by?"]),
    ("throw", &["message"]),
];

impl Function<'_> {
    pub fn filter(&mut self, of: &Expression, call: &Call, place: Place) -> Compiled<String> {
        if let Some(call) = self.escape(of, call, place)? {
            return Ok(format!("r.escape({call})"));
        }
        let name = &call.name;
        let of = self.value(of)?;
        let at = self.place(place);
        if name == "sort" {
            let path = sort_path(call, place)?;
            self.own.shows_names_of_others |= path.split('.').any(|field| field == "names");
            self.own.shows_history |= path.split('.').any(|field| HISTORY.contains(&field));
            return Ok(format!("r.sort({of}, {path:?}, {at})"));
        }
        let arguments = self.arguments("filter", FILTERS, call, place)?;
        Ok(format!("r.{name}({of}{arguments}, {at})"))
    }

    /// The arguments of an escape: its index, the value, the prefix and the place; none if the filter is no escape.
    pub fn escape(
        &mut self,
        of: &Expression,
        call: &Call,
        place: Place,
    ) -> Compiled<Option<String>> {
        let (context, known): (_, &[_]) = match call.name.strip_prefix("as_") {
            Some(context) => (self.escape_index(context, place)?, &["prefix?"]),
            None if call.name == "escape" => {
                let context = match call.argument("context") {
                    Some(Expression {
                        kind: Kind::Text(context),
                        ..
                    }) => self.escape_index(context, place)?,
                    Some(context) => {
                        let at = self.place(place);
                        format!("r.context({}, {at})", self.value(context)?)
                    }
                    None => return problem(place, "`context` is missing"),
                };
                (context, &["context", "prefix?"])
            }
            None => return Ok(None),
        };
        self.arguments("filter", &[(&call.name, known)], call, place)?;
        let prefix = call.argument("prefix");
        let prefix = optional(prefix.map(|prefix| self.value(prefix)).transpose()?);
        let of = self.value(of)?;
        let place = self.place(place);
        Ok(Some(format!("{context}, {of}, {prefix}, {place}")))
    }

    fn escape_index(&self, context: &str, place: Place) -> Compiled<String> {
        let mut escapes = self.program.target.escapes.iter();
        match escapes.position(|known| known == context) {
            Some(index) => Ok(index.to_string()),
            None => problem(place, format!("unknown escape context `{context}`")),
        }
    }

    pub fn test(&mut self, of: &Expression, call: &Call, place: Place) -> Compiled<String> {
        let of = self.value(of)?;
        let arguments = self.arguments("test", TESTS, call, place)?;
        let at = self.place(place);
        Ok(match call.name.as_str() {
            "none" => format!("matches!({of}, V::Null)"),
            "undefined" => format!("matches!({of}, V::Undefined)"),
            "defined" => format!("!matches!({of}, V::Undefined)"),
            "string" => format!("matches!({of}, V::Text(_))"),
            name => format!("r.is_{name}({of}{arguments}, {at})"),
        })
    }

    pub fn function(&mut self, call: &Call, place: Place) -> Compiled<String> {
        let arguments = self.arguments("function", FUNCTIONS, call, place)?;
        let arguments = arguments.trim_start_matches(", ");
        let at = self.place(place);
        Ok(format!("r.{}({arguments}, {at})", call.name))
    }

    /// The arguments of a call, each after a comma, by what can be called.
    fn arguments(
        &mut self,
        what: &str,
        all: &[(&str, &[&str])],
        call: &Call,
        place: Place,
    ) -> Compiled<String> {
        let name = &call.name;
        let Some((_, parameters)) = all.iter().find(|(known, _)| known == name) else {
            let known: Vec<_> = all.iter().map(|(known, _)| *known).collect();
            let known = known.join(", ");
            let message = format!("the {what} `{name}` cannot be compiled, but these can: {known}");
            return problem(place, message);
        };
        let is_unknown = |name: &str| !parameters.iter().any(|it| it.trim_end_matches('?') == name);
        let mut arguments = call.arguments.iter();
        if let Some((unknown, _)) = arguments.find(|(name, _)| is_unknown(name)) {
            let message = format!("the argument `{unknown}` of `{name}` cannot be compiled");
            return problem(place, message);
        }
        let mut code = String::new();
        for parameter in *parameters {
            let name = parameter.trim_end_matches('?');
            let value = call.argument(name).map(|given| self.value(given));
            let value = value.transpose()?;
            let value = match value {
                Some(value) if name == *parameter => value,
                None if name == *parameter => {
                    return problem(place, format!("`{name}` is missing"));
                }
                value => optional(value),
            };
            let _ = write!(code, ", {value}");
        }
        Ok(code)
    }
}

/// The fields that values are sorted by.
fn sort_path(call: &Call, place: Place) -> Compiled<&str> {
    if let [
        (
            name,
            Expression {
                kind: Kind::Text(path),
                ..
            },
        ),
    ] = call.arguments.as_slice()
        && name == "attribute"
        && path.split('.').all(|field| field.parse::<usize>().is_err())
    {
        return Ok(path);
    }
    problem(
        place,
        "only a sort by `attribute`, a text of names, can be compiled",
    )
}
