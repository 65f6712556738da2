//! Expressions that are written straight to the output.

use super::function::Function;
use super::syntax::{Expression, Kind, Operator, Parsed};

impl Function<'_> {
    /// A statement that writes what an expression yields.
    pub fn write(&mut self, expression: &Expression) -> Parsed<String> {
        let place = self.place(expression.place);
        Ok(match &expression.kind {
            Kind::Text(text) => format!("o.push_str({text:?});\n"),
            Kind::Choice {
                condition,
                then,
                otherwise,
            } => format!(
                "if {} {{\n{}}} else {{\n{}}}\n",
                self.condition(condition)?,
                self.write(then)?,
                self.write(otherwise)?
            ),
            Kind::Binary {
                operator: Operator::Concatenate,
                left,
                right,
            } => self.piece(left)? + &self.piece(right)?,
            Kind::Filter {
                of,
                name,
                arguments,
            } => match self.escape(of, name, arguments, expression.place)? {
                Some(call) => format!("r.write_escaped(o, {call});\n"),
                None => format!("r.write(o, {}, {place});\n", self.value(expression)?),
            },
            _ => format!("r.write(o, {}, {place});\n", self.value(expression)?),
        })
    }

    /// A statement that writes a part of a concatenation, in which an undefined value is empty.
    fn piece(&mut self, expression: &Expression) -> Parsed<String> {
        match &expression.kind {
            Kind::Text(_)
            | Kind::Filter { .. }
            | Kind::Binary {
                operator: Operator::Concatenate,
                ..
            } => self.write(expression),
            _ => Ok(format!(
                "Renderer::write_piece(o, {});\n",
                self.value(expression)?
            )),
        }
    }

    /// The values that a concatenation is made of.
    pub fn pieces(&mut self, expression: &Expression) -> Parsed<Vec<String>> {
        match &expression.kind {
            Kind::Binary {
                operator: Operator::Concatenate,
                left,
                right,
            } => {
                let mut pieces = self.pieces(left)?;
                pieces.extend(self.pieces(right)?);
                Ok(pieces)
            }
            _ => Ok(vec![self.value(expression)?]),
        }
    }
}
