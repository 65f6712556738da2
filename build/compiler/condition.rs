//! Expressions as conditions.

use super::function::Function;
use super::syntax::{Expression, Kind, LoopField, Operator, Parsed, problem};

impl Function<'_> {
    /// Whether what an expression yields is true.
    pub fn condition(&mut self, expression: &Expression) -> Parsed<String> {
        let place = self.place(expression.place);
        Ok(match &expression.kind {
            Kind::Boolean(value) => value.to_string(),
            Kind::Loop(LoopField::First) => {
                format!("(i_{} == 0)", self.counter(expression.place)?)
            }
            Kind::Loop(LoopField::Last) => {
                let counter = self.counter(expression.place)?;
                format!("(i_{counter} + 1 == l_{counter}.len())")
            }
            Kind::Not(operand) => format!("!{}", self.condition(operand)?),
            Kind::Test {
                of,
                name,
                arguments,
            } => {
                let of = self.value(of)?;
                let values = self.arguments(arguments, &["pat"], expression.place)?;
                let pattern = values.join("");
                match name.as_str() {
                    "none" | "null" => format!("matches!({of}, V::Null)"),
                    "undefined" => format!("matches!({of}, V::Undefined)"),
                    "defined" => format!("!matches!({of}, V::Undefined)"),
                    "string" => format!("matches!({of}, V::Text(_))"),
                    "containing" => format!("r.contains({of}, {pattern}, {place})"),
                    "starting_with" | "ending_with" => {
                        format!("r.is_{name}({of}, {pattern}, {place})")
                    }
                    _ => {
                        let message = format!("the test `{name}` cannot be compiled");
                        return problem(expression.place, message);
                    }
                }
            }
            Kind::Binary {
                operator,
                left,
                right,
            } => {
                let operator = *operator;
                if operator == Operator::And || operator == Operator::Or {
                    let sign = if operator == Operator::And {
                        "&&"
                    } else {
                        "||"
                    };
                    let left = self.condition(left)?;
                    return Ok(format!("({left} {sign} {})", self.condition(right)?));
                }
                let (left_value, right_value) = (self.value(left)?, self.value(right)?);
                match (operator, ordering(operator)) {
                    (Operator::Equal, _) => {
                        format!("Renderer::equals({left_value}, {right_value})")
                    }
                    (Operator::NotEqual, _) => {
                        format!("!Renderer::equals({left_value}, {right_value})")
                    }
                    (Operator::In, _) => {
                        format!("r.contains({right_value}, {left_value}, {place})")
                    }
                    (_, Some(test)) => {
                        format!(
                            "r.compares({left_value}, {right_value}, Ordering::{test}, {place})"
                        )
                    }
                    _ => format!("({}).is_truthy()", self.value(expression)?),
                }
            }
            _ => format!("({}).is_truthy()", self.value(expression)?),
        })
    }
}

/// The function of `Ordering` that tells whether a comparison is met.
fn ordering(operator: Operator) -> Option<&'static str> {
    Some(match operator {
        Operator::Less => "is_lt",
        Operator::LessOrEqual => "is_le",
        Operator::Greater => "is_gt",
        Operator::GreaterOrEqual => "is_ge",
        _ => return None,
    })
}
