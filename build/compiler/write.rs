//! Expressions that are written straight to the output.

use super::function::Function;
use super::syntax::{Compiled, Expression, Kind, Operator};

impl Function<'_> {
    /// A statement that writes what stands in `{{ }}`.
    pub fn write_node(&mut self, expression: &Expression) -> Compiled<String> {
        match &expression.kind {
            Kind::Component(call) => self.component_call(call, expression.place),
            Kind::Field { of, name } if is_path(of) => {
                let of = self.map_of(of, name)?;
                let place = self.place(expression.place);
                let key = format!("const {{ Key::new({name:?}) }}");
                Ok(format!("r.write_field(o, {of}, {key}, {place});\n"))
            }
            _ => self.write(expression),
        }
    }

    /// A statement that writes what an expression yields.
    fn write(&mut self, expression: &Expression) -> Compiled<String> {
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
            } => self.write_piece(left)? + &self.write_piece(right)?,
            Kind::Filter { of, call } => match self.escape(of, call, expression.place)? {
                Some(call) => format!("r.write_escaped(o, {call});\n"),
                None => format!("r.write(o, {}, {place});\n", self.value(expression)?),
            },
            _ => format!("r.write(o, {}, {place});\n", self.value(expression)?),
        })
    }

    /// A statement that writes a part of a concatenation, in which an undefined value is empty.
    fn write_piece(&mut self, expression: &Expression) -> Compiled<String> {
        match &expression.kind {
            Kind::Text(_)
            | Kind::Binary {
                operator: Operator::Concatenate,
                ..
            } => return self.write(expression),
            Kind::Filter { of, call } => {
                if let Some(call) = self.escape(of, call, expression.place)? {
                    return Ok(format!("r.write_escaped(o, {call});\n"));
                }
            }
            _ => {}
        }
        Ok(format!("write_piece(o, {});\n", self.value(expression)?))
    }

    /// The values that a concatenation is made of.
    pub fn pieces(&mut self, expression: &Expression) -> Compiled<Vec<String>> {
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

/// Whether it is a variable, or a field of one, however deep.
fn is_path(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Variable(_) => true,
        Kind::Field { of, .. } => is_path(of),
        _ => false,
    }
}
