//! Expressions as values.

use std::collections::BTreeSet;

use super::function::Function;
use super::nodes::optional;
use super::syntax::{Compiled, Entry, Expression, Kind, Operand, Operator, Place, problem};

/// The fields with what has become of errors.
pub const HISTORY: [&str; 2] = ["history", "releases"];

impl Function<'_> {
    /// What an expression yields.
    pub fn value(&mut self, expression: &Expression) -> Compiled<String> {
        let place = self.place(expression.place);
        Ok(match &expression.kind {
            Kind::Null => "V::Null".to_owned(),
            Kind::Boolean(value) => format!("V::Boolean({value})"),
            Kind::Integer(value) => format!("V::Integer({value})"),
            Kind::Float(value) => format!("V::Float({value:?})"),
            Kind::Text(text) => {
                self.own.shows_names_of_others |= text == "names";
                self.own.shows_history |= HISTORY.contains(&text.as_str());
                format!("V::Text({text:?})")
            }
            Kind::Variable(name) => self.variable(name, expression.place)?,
            Kind::Loop(field) => self.loop_field(field, expression.place)?,
            Kind::Field { of, name } => {
                let of = self.map_of(of, name)?;
                format!("r.field({of}, const {{ Key::new({name:?}) }}, {place})")
            }
            Kind::Item { of, at } => {
                let (of, at) = (self.value(of)?, self.value(at)?);
                format!("r.item({of}, {at}, {place})")
            }
            Kind::Slice { of, start, end } => {
                let of = self.value(of)?;
                let start = self.bound(start.as_ref())?;
                let end = self.bound(end.as_ref())?;
                format!("r.slice({of}, {start}, {end}, {place})")
            }
            Kind::Filter { of, call } => self.filter(of, call, expression.place)?,
            Kind::Function(call) => self.function(call, expression.place)?,
            Kind::Component(call) => {
                let call = self.component_call(call, expression.place)?;
                format!("r.capture(|o| {{ {call} }})")
            }
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
            Kind::Map(entries) => self.map(entries, expression.place)?,
            Kind::Comprehension {
                item,
                value,
                list,
                condition,
            } => self.comprehension(item, value, list, condition.as_ref())?,
            Kind::Binary {
                operator,
                left,
                right,
            } => match operator {
                Operator::Arithmetic(function) => {
                    let (left, right) = (self.value(left)?, self.value(right)?);
                    format!("r.{function}({left}, {right}, {place})")
                }
                Operator::Concatenate => {
                    let pieces = self.pieces(expression)?;
                    format!("r.concatenate(&[{}])", pieces.join(", "))
                }
                Operator::And => self.either("right", "left", left, right)?,
                Operator::Or => self.either("left", "right", left, right)?,
                _ => format!("V::Boolean({})", self.condition(expression)?),
            },
            Kind::Not(_) | Kind::Test { .. } => {
                format!("V::Boolean({})", self.condition(expression)?)
            }
        })
    }

    /// The map that a field is taken from, with a note whether names are taken that are not of the target itself, or the history.
    pub fn map_of(&mut self, of: &Operand, name: &str) -> Compiled<String> {
        let is_names = matches!(&of.kind, Kind::Field { name, .. } if name == "names");
        let is_own = is_names && name == self.program.target.id;
        let shown = self.own.shows_names_of_others;
        let code = self.value(of)?;
        // `names.ID` shows those of one target, its own.
        self.own.shows_names_of_others = (self.own.shows_names_of_others && !is_own) || shown;
        self.own.shows_names_of_others |= name == "names";
        self.own.shows_history |= HISTORY.contains(&name);
        Ok(code)
    }

    fn bound(&mut self, bound: Option<&Operand>) -> Compiled<String> {
        let bound = bound.map(|bound| self.value(bound)).transpose()?;
        Ok(optional(bound))
    }

    /// One of two values, by whether the left one is true.
    fn either(
        &mut self,
        if_true: &str,
        if_false: &str,
        left: &Expression,
        right: &Expression,
    ) -> Compiled<String> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        let code = |which: &str| {
            if which == "left" {
                "left".to_owned()
            } else {
                right.clone()
            }
        };
        Ok(format!(
            "{{ let left = {left}; if left.is_truthy() {{ {} }} else {{ {} }} }}",
            code(if_true),
            code(if_false)
        ))
    }

    fn loop_field(&self, field: &str, place: Place) -> Compiled<String> {
        let counter = self.counter(place)?;
        Ok(match field {
            "index" => format!("count(i_{counter} + 1)"),
            "index0" => format!("count(i_{counter})"),
            "first" => format!("V::Boolean(i_{counter} == 0)"),
            "last" => format!("V::Boolean(i_{counter} + 1 == l_{counter}.len())"),
            _ => format!("count(l_{counter}.len())"),
        })
    }

    fn list(&mut self, entries: &[Entry], place: &str) -> Compiled<String> {
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
        let parts: Vec<_> = entries.iter().map(part).collect::<Compiled<_>>()?;
        Ok(format!("r.join_lists(&[{}], {place})", parts.join(", ")))
    }

    fn map(&mut self, entries: &[Entry], place: Place) -> Compiled<String> {
        let (mut keys, values) = self.members(entries)?;
        let count = values.len();
        let values = values.join(", ");
        if keys.is_empty() && count > 0 {
            return Ok(format!("r.join_maps(&[{values}], {})", self.place(place)));
        }
        if keys.len() < count {
            return problem(
                place,
                "a map of members and of other maps cannot be compiled",
            );
        }
        let code = format!("r.map(const {{ &[{}] }}, &[{values}])", keys.join(", "));
        keys.sort();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            return problem(place, "a key stands twice in this map");
        }
        Ok(code)
    }

    /// The keys that entries have, and their values.
    fn members(&mut self, entries: &[Entry]) -> Compiled<(Vec<String>, Vec<String>)> {
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

    fn comprehension(
        &mut self,
        item: &Expression,
        name: &str,
        list: &Expression,
        condition: Option<&Operand>,
    ) -> Compiled<String> {
        let place = self.place(list.place);
        let list = self.value(list)?;
        let (number, depth) = (self.next_loop(), self.depth());
        let push = self.scope(None, &[name], BTreeSet::new(), |this| {
            let push = format!("items_{number}.push({});", this.value(item)?);
            Ok(match condition {
                Some(condition) => format!("if {} {{ {push} }}", this.condition(condition)?),
                None => push,
            })
        })?;
        Ok(format!(
            "{{ let mut items_{number} = Vec::new(); for &v{depth}_{name} in r.items({list}, {place}) {{ {push} }} r.list(&items_{number}) }}"
        ))
    }
}
