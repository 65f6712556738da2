//! Expressions as values.

use super::filter::FUNCTIONS;
use super::function::Function;
use super::syntax::{Entry, Expression, Kind, LoopField, Operator, Parsed, Place, problem};

impl Function<'_> {
    /// What an expression yields.
    pub fn value(&mut self, expression: &Expression) -> Parsed<String> {
        let place = self.place(expression.place);
        Ok(match &expression.kind {
            Kind::Null => "V::Null".to_owned(),
            Kind::Boolean(value) => format!("V::Boolean({value})"),
            Kind::Integer(value) => format!("V::Integer({value})"),
            Kind::Float(value) => format!("V::Float({value:?})"),
            Kind::Text(text) => format!("V::Text({text:?})"),
            Kind::Variable(name) => self.variable(name, expression.place)?,
            Kind::Loop(field) => self.loop_field(*field, expression.place)?,
            Kind::Field { of, name } => {
                let is_names = |it: &Expression| matches!(&it.kind, Kind::Field { name, .. } if name == "names");
                self.needs.shows_names_of_others |= is_names(expression);
                let shown = self.needs.shows_names_of_others;
                let value = self.value(of)?;
                // `names.ID` shows those of one target, its own.
                if is_names(of) {
                    self.needs.shows_names_of_others = shown;
                }
                format!("r.field({value}, const {{ Key::new({name:?}) }}, {place})")
            }
            Kind::Item { of, at } => {
                let (of, at) = (self.value(of)?, self.value(at)?);
                format!("r.item({of}, {at}, {place})")
            }
            Kind::Slice { of, start, end } => {
                let of = self.value(of)?;
                let start = self.optional(start.as_deref())?;
                let end = self.optional(end.as_deref())?;
                format!("r.slice({of}, {start}, {end}, {place})")
            }
            Kind::Filter {
                of,
                name,
                arguments,
            } => self.filter(of, name, arguments, expression.place)?,
            Kind::Choice {
                condition,
                then,
                otherwise,
            } => format!(
                "if {} {{ {} }} else {{ {} }}",
                self.condition(condition)?,
                self.value(then)?,
                self.value(otherwise)?
            ),
            Kind::List(entries) => self.list(entries, &place)?,
            Kind::Map(entries) => self.map(entries, &place)?,
            Kind::Comprehension { .. } => self.comprehension(expression)?,
            Kind::Call {
                component,
                arguments,
            } => {
                let call = self.call(component, arguments, expression.place)?;
                format!("r.captured(|o| {{ {call} }})")
            }
            Kind::Function { name, arguments } => {
                let Some((_, parameters)) = FUNCTIONS.iter().find(|(known, _)| known == name)
                else {
                    let message = format!("the function `{name}` cannot be compiled");
                    return problem(expression.place, message);
                };
                let values = self.arguments(arguments, parameters, expression.place)?;
                format!("r.{name}({}, {place})", values.join(", "))
            }
            Kind::Binary {
                operator: Operator::Concatenate,
                ..
            } => format!("r.concatenated(&[{}])", self.pieces(expression)?.join(", ")),
            Kind::Binary {
                operator: Operator::And,
                left,
                right,
            } => format!(
                "{{ let left = {}; if left.is_truthy() {{ {} }} else {{ left }} }}",
                self.value(left)?,
                self.value(right)?
            ),
            Kind::Binary {
                operator: Operator::Or,
                left,
                right,
            } => format!(
                "{{ let left = {}; if left.is_truthy() {{ left }} else {{ {} }} }}",
                self.value(left)?,
                self.value(right)?
            ),
            Kind::Binary {
                operator,
                left,
                right,
            } if arithmetic(*operator).is_some() => {
                let function = arithmetic(*operator).unwrap_or_default();
                let (left, right) = (self.value(left)?, self.value(right)?);
                format!("r.{function}({left}, {right}, {place})")
            }
            Kind::Binary { .. } | Kind::Not(_) | Kind::Test { .. } => {
                format!("V::Boolean({})", self.condition(expression)?)
            }
        })
    }

    fn loop_field(&self, field: LoopField, place: Place) -> Parsed<String> {
        let counter = self.counter(place)?;
        Ok(match field {
            LoopField::Index => format!("Renderer::count(i_{counter} + 1)"),
            LoopField::Index0 => format!("Renderer::count(i_{counter})"),
            LoopField::First => format!("V::Boolean(i_{counter} == 0)"),
            LoopField::Last => format!("V::Boolean(i_{counter} + 1 == l_{counter}.len())"),
            LoopField::Length => format!("Renderer::count(l_{counter}.len())"),
        })
    }

    fn list(&mut self, entries: &[Entry], place: &str) -> Parsed<String> {
        let is_spread = |entry: &Entry| matches!(entry, Entry::Spread(_));
        if !entries.iter().any(is_spread) {
            let (_, values) = self.members(entries)?;
            return Ok(format!("r.list(&[{}])", values.join(", ")));
        }
        let part = |entry: &Entry| {
            Ok(match entry {
                Entry::Item(value) | Entry::Member(_, value) => {
                    format!("Part::Item({})", self.value(value)?)
                }
                Entry::Spread(value) => format!("Part::All({})", self.value(value)?),
            })
        };
        let parts: Vec<_> = entries.iter().map(part).collect::<Parsed<_>>()?;
        Ok(format!("r.joined_list(&[{}], {place})", parts.join(", ")))
    }

    fn map(&mut self, entries: &[Entry], place: &str) -> Parsed<String> {
        let (keys, values) = self.members(entries)?;
        let values_text = values.join(", ");
        if keys.is_empty() && !values.is_empty() {
            return Ok(format!("r.joined_map(&[{values_text}], {place})"));
        }
        if keys.len() < values.len() {
            let message = "a map of members and of other maps cannot be compiled";
            let place = entries.iter().map(|entry| match entry {
                Entry::Item(value) | Entry::Member(_, value) | Entry::Spread(value) => value.place,
            });
            return problem(place.min_by_key(|it| it.line).unwrap_or_default(), message);
        }
        Ok(format!(
            "r.map(const {{ &[{}] }}, &[{values_text}])",
            keys.join(", ")
        ))
    }

    /// The keys that entries have, and their values.
    fn members(&mut self, entries: &[Entry]) -> Parsed<(Vec<String>, Vec<String>)> {
        let mut keys = Vec::new();
        let mut values = Vec::new();
        for entry in entries {
            let (Entry::Item(value) | Entry::Member(_, value) | Entry::Spread(value)) = entry;
            if let Entry::Member(key, _) = entry {
                keys.push(format!("Key::new({key:?})"));
            }
            values.push(self.value(value)?);
        }
        Ok((keys, values))
    }

    fn comprehension(&mut self, expression: &Expression) -> Parsed<String> {
        let Kind::Comprehension {
            item,
            value,
            list,
            condition,
        } = &expression.kind
        else {
            return Ok(String::new());
        };
        let place = self.place(list.place);
        let list = self.value(list)?;
        let items = self.made_up("items");
        self.with_variable(value, |this| {
            let push = format!("{items}.push({});", this.value(item)?);
            let push = match condition {
                Some(condition) => format!("if {} {{ {push} }}", this.condition(condition)?),
                None => push,
            };
            Ok(format!(
                "{{ let mut {items} = Vec::new(); for &v_{value} in r.items({list}, {place}) {{ {push} }} r.list(&{items}) }}"
            ))
        })
    }
}

/// The function that an operator of arithmetic is.
fn arithmetic(operator: Operator) -> Option<&'static str> {
    Some(match operator {
        Operator::Add => "add",
        Operator::Subtract => "subtract",
        Operator::Multiply => "multiply",
        Operator::Divide => "divide",
        Operator::DivideWhole => "divide_whole",
        Operator::Remainder => "remainder",
        _ => return None,
    })
}
