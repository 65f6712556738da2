//! From tokens to expressions.

use super::lexer::Token;
use super::parser::Parser;
use super::syntax::{
    Arguments, Entry, Expression, Kind, LoopField, Operand, Operator, Parsed, Place,
};

/// How tightly `not` binds.
const NOT: u8 = 5;
/// What holds together more than a choice: `a if b else c`.
const WITHIN_CHOICE: u8 = 1;

/// An expression.
pub fn parse(parser: &mut Parser) -> Parsed<Expression> {
    parser.expression(0)
}

fn at(place: Place, kind: Kind) -> Expression {
    Expression { place, kind }
}

impl Parser {
    fn operand(&mut self, binding: u8) -> Parsed<Operand> {
        self.expression(binding).map(Box::new)
    }

    fn expression(&mut self, binding: u8) -> Parsed<Expression> {
        let mut left = self.first()?;
        loop {
            let place = self.place();
            if self.is_sign("[") {
                left = self.subscript(left)?;
            } else if self.take_sign("|") {
                left = self.filter(left)?;
            } else if self.is_name("if") && binding == 0 {
                self.next()?;
                let condition = self.operand(0)?;
                self.keyword("else")?;
                let otherwise = self.operand(0)?;
                let kind = Kind::Choice {
                    condition,
                    then: Box::new(left),
                    otherwise,
                };
                return Ok(at(place, kind));
            } else if self.is_name("is") && Operator::In.binding().0 >= binding {
                left = self.test(left)?;
            } else if let Some((operator, is_negated)) = self.operator() {
                let (before, after) = operator.binding();
                if before < binding {
                    return Ok(left);
                }
                self.next()?;
                if is_negated {
                    self.next()?;
                }
                let kind = Kind::Binary {
                    operator,
                    left: Box::new(left),
                    right: self.operand(after)?,
                };
                left = at(place, kind);
                if is_negated {
                    left = at(place, Kind::Not(Box::new(left)));
                }
            } else {
                return Ok(left);
            }
        }
    }

    /// The operator that comes next, and whether `not` stands before it.
    fn operator(&self) -> Option<(Operator, bool)> {
        let operator = match self.peek()? {
            Token::Sign(sign) => match *sign {
                "*" => Operator::Multiply,
                "/" => Operator::Divide,
                "//" => Operator::DivideWhole,
                "%" => Operator::Remainder,
                "+" => Operator::Add,
                "-" => Operator::Subtract,
                "<" => Operator::Less,
                "<=" => Operator::LessOrEqual,
                ">" => Operator::Greater,
                ">=" => Operator::GreaterOrEqual,
                "==" => Operator::Equal,
                "!=" => Operator::NotEqual,
                "~" => Operator::Concatenate,
                _ => return None,
            },
            Token::Name(name) => match name.as_str() {
                "and" => Operator::And,
                "or" => Operator::Or,
                "in" => Operator::In,
                "not" if matches!(self.peek_at(1), Some(Token::Name(next)) if next == "in") => {
                    return Some((Operator::In, true));
                }
                _ => return None,
            },
            _ => return None,
        };
        Some((operator, false))
    }

    fn first(&mut self) -> Parsed<Expression> {
        let place = self.place();
        let kind = match self.next()? {
            Token::Integer(value) => Kind::Integer(value),
            Token::Float(value) => Kind::Float(value),
            Token::Text(text) => Kind::Text(text),
            Token::Name(name) => match name.as_str() {
                "true" => Kind::Boolean(true),
                "false" => Kind::Boolean(false),
                "none" | "null" => Kind::Null,
                "not" => Kind::Not(self.operand(NOT)?),
                _ if self.is_sign("(") => Kind::Function {
                    name,
                    arguments: self.arguments()?,
                },
                _ => return self.path(name, place),
            },
            Token::Sign("(") => {
                let inner = self.expression(0)?;
                self.sign(")")?;
                return Ok(inner);
            }
            Token::Sign("[") => self.list()?,
            Token::Sign("{") => self.map()?,
            Token::Sign("<") => self.call()?,
            Token::Sign("-") => match self.next()? {
                Token::Integer(value) => Kind::Integer(-value),
                _ => return Err(self.problem("a number was expected")),
            },
            _ => return Err(self.problem("an expression was expected")),
        };
        Ok(at(place, kind))
    }

    /// A variable, and the fields and items that follow it.
    fn path(&mut self, name: String, place: Place) -> Parsed<Expression> {
        if name == "loop" {
            self.sign(".")?;
            let field = match self.name()?.as_str() {
                "index" => LoopField::Index,
                "index0" => LoopField::Index0,
                "first" => LoopField::First,
                "last" => LoopField::Last,
                "length" => LoopField::Length,
                _ => return Err(self.problem("`loop` has no such field")),
            };
            return Ok(at(place, Kind::Loop(field)));
        }
        let mut path = at(place, Kind::Variable(name));
        loop {
            let place = self.place();
            if self.take_sign(".") {
                let name = self.name()?;
                let of = Box::new(path);
                path = at(place, Kind::Field { of, name });
            } else if self.is_sign("[") {
                path = self.subscript(path)?;
            } else {
                return Ok(path);
            }
        }
    }

    fn subscript(&mut self, of: Expression) -> Parsed<Expression> {
        let place = self.place();
        self.sign("[")?;
        let of = Box::new(of);
        let start = if self.is_sign(":") {
            None
        } else {
            Some(self.operand(0)?)
        };
        let kind = match start {
            Some(at) if !self.is_sign(":") => Kind::Item { of, at },
            start => {
                self.sign(":")?;
                let end = if self.is_sign("]") {
                    None
                } else {
                    Some(self.operand(0)?)
                };
                Kind::Slice { of, start, end }
            }
        };
        self.sign("]")?;
        Ok(at(place, kind))
    }

    fn filter(&mut self, of: Expression) -> Parsed<Expression> {
        let place = self.place();
        let name = self.name()?;
        let arguments = self.optional_arguments()?;
        let kind = Kind::Filter {
            of: Box::new(of),
            name,
            arguments,
        };
        Ok(at(place, kind))
    }

    fn test(&mut self, of: Expression) -> Parsed<Expression> {
        let place = self.place();
        self.keyword("is")?;
        let is_negated = self.take_name("not");
        let name = self.name()?;
        let arguments = self.optional_arguments()?;
        let kind = Kind::Test {
            of: Box::new(of),
            name,
            arguments,
        };
        let test = at(place, kind);
        Ok(if is_negated {
            at(place, Kind::Not(Box::new(test)))
        } else {
            test
        })
    }

    fn optional_arguments(&mut self) -> Parsed<Arguments> {
        if self.is_sign("(") {
            return self.arguments();
        }
        Ok(Arguments::new())
    }

    fn arguments(&mut self) -> Parsed<Arguments> {
        let mut arguments = Arguments::new();
        self.sign("(")?;
        while !self.take_sign(")") {
            let name = self.name()?;
            self.sign("=")?;
            arguments.push((name, self.expression(0)?));
            if !self.is_sign(")") {
                self.sign(",")?;
            }
        }
        Ok(arguments)
    }

    fn list(&mut self) -> Parsed<Kind> {
        let mut entries = Vec::new();
        while !self.take_sign("]") {
            if self.take_sign("...") {
                entries.push(Entry::Spread(self.expression(0)?));
            } else {
                let item = self.expression(0)?;
                if entries.is_empty() && self.take_name("for") {
                    return self.comprehension(item);
                }
                entries.push(Entry::Item(item));
            }
            if !self.is_sign("]") {
                self.sign(",")?;
            }
        }
        Ok(Kind::List(entries))
    }

    fn comprehension(&mut self, item: Expression) -> Parsed<Kind> {
        let value = self.name()?;
        self.keyword("in")?;
        let list = self.operand(WITHIN_CHOICE)?;
        let condition = if self.take_name("if") {
            Some(self.operand(WITHIN_CHOICE)?)
        } else {
            None
        };
        self.sign("]")?;
        Ok(Kind::Comprehension {
            item: Box::new(item),
            value,
            list,
            condition,
        })
    }

    fn map(&mut self) -> Parsed<Kind> {
        let mut entries = Vec::new();
        while !self.take_sign("}") {
            if self.take_sign("...") {
                entries.push(Entry::Spread(self.expression(0)?));
            } else {
                let Token::Text(key) = self.next()? else {
                    return Err(self.problem("a key in quotation marks was expected"));
                };
                self.sign(":")?;
                entries.push(Entry::Member(key, self.expression(0)?));
            }
            if !self.is_sign("}") {
                self.sign(",")?;
            }
        }
        Ok(Kind::Map(entries))
    }

    /// `<component argument={value} other="text" same/>`, after the first sign.
    fn call(&mut self) -> Parsed<Kind> {
        let component = self.name()?;
        let mut arguments = Arguments::new();
        while !self.is_sign("/") {
            let place = self.place();
            let name = self.name()?;
            let value = if !self.take_sign("=") {
                at(place, Kind::Variable(name.clone()))
            } else if self.take_sign("{") {
                let value = self.expression(0)?;
                self.sign("}")?;
                value
            } else {
                match self.next()? {
                    Token::Text(text) => at(place, Kind::Text(text)),
                    _ => return Err(self.problem("a text or `{` was expected")),
                }
            };
            arguments.push((name, value));
        }
        self.sign("/")?;
        self.sign(">")?;
        Ok(Kind::Call {
            component,
            arguments,
        })
    }
}
