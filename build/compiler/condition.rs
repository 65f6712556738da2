//! Expressions as conditions.

use super::function::Function;
use super::syntax::{Compiled, Expression, Kind, Operator};

impl Function<'_> {
    /// Whether what an expression yields is true.
    pub fn condition(&mut self, expression: &Expression) -> Compiled<String> {
        let place = self.place(expression.place);
        Ok(match &expression.kind {
            Kind::Boolean(value) => value.to_string(),
            Kind::Not(operand) => format!("!{}", self.condition(operand)?),
            Kind::Test { of, call } => self.test(of, call, expression.place)?,
            Kind::Binary {
                operator: operator @ (Operator::And | Operator::Or),
                left,
                right,
            } => {
                let sign = if *operator == Operator::And {
                    "&&"
                } else {
                    "||"
                };
                let (left, right) = (self.condition(left)?, self.condition(right)?);
                format!("({left} {sign} {right})")
            }
            Kind::Binary {
                operator,
                left,
                right,
            } => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                match operator {
                    Operator::Equal => format!("equals({left}, {right})"),
                    Operator::NotEqual => format!("!equals({left}, {right})"),
                    Operator::In => format!("r.contains({right}, {left}, {place})"),
                    Operator::Order(is_met) => {
                        format!("r.compares({left}, {right}, Ordering::{is_met}, {place})")
                    }
                    _ => format!("({}).is_truthy()", self.value(expression)?),
                }
            }
            _ => format!("({}).is_truthy()", self.value(expression)?),
        })
    }
}
