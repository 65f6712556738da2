//! From tokens to expressions.

use super::cursor::Cursor;
use super::syntax::{Call, Compiled, Entry, Expression, Kind, Operand, Operator, Place};
use super::tokens::Kind as Token;
use super::variables::LOOP_FIELDS;

/// How tightly `not`, `in` and `is` bind.
const NOT: u8 = 5;
/// What holds together more than a choice: `a if b else c`.
const WITHIN_CHOICE: u8 = 1;

pub const fn sign(sign: &'static str) -> Token<'static> {
    Token::Sign(sign)
}

pub const fn word(word: &str) -> Token<'_> {
    Token::Name(word)
}

fn at(place: Place, kind: Kind) -> Expression {
    Expression { place, kind }
}

impl Cursor<'_> {
    pub fn expression(&mut self) -> Compiled<Expression> {
        self.bound(0)
    }

    fn operand(&mut self, binding: u8) -> Compiled<Operand> {
        self.bound(binding).map(Box::new)
    }

    /// An expression of operators that bind at least so tightly.
    fn bound(&mut self, binding: u8) -> Compiled<Expression> {
        let mut left = self.first()?;
        loop {
            let place = self.place();
            if self.is(&sign("[")) {
                left = self.subscript(left)?;
            } else if self.has_taken(&sign("|")) {
                let of = Box::new(left);
                let call = self.call()?;
                left = at(place, Kind::Filter { of, call });
            } else if self.is(&word("if")) && binding < WITHIN_CHOICE {
                self.next()?;
                let condition = self.operand(0)?;
                self.take(&word("else"))?;
                let otherwise = self.operand(0)?;
                let kind = Kind::Choice {
                    condition,
                    then: Box::new(left),
                    otherwise,
                };
                return Ok(at(place, kind));
            } else if self.is(&word("is")) && NOT >= binding {
                self.next()?;
                let is_negated = self.has_taken(&word("not"));
                let of = Box::new(left);
                let call = self.call()?;
                left = negate(at(place, Kind::Test { of, call }), is_negated);
            } else if let Some((operator, before, after)) = self.operator()
                && before >= binding
            {
                let is_negated = self.has_taken(&word("not"));
                self.next()?;
                let kind = Kind::Binary {
                    operator,
                    left: Box::new(left),
                    right: self.operand(after)?,
                };
                left = negate(at(place, kind), is_negated);
            } else {
                return Ok(left);
            }
        }
    }

    /// The operator that comes next, before which there may be a `not`.
    fn operator(&self) -> Option<(Operator, u8, u8)> {
        match self.peek()? {
            Token::Sign(sign) => Operator::of(sign),
            Token::Name("not") if self.peek_at(1) == Some(&word("in")) => Operator::of("in"),
            Token::Name(name) => Operator::of(name),
            _ => None,
        }
    }

    fn first(&mut self) -> Compiled<Expression> {
        let place = self.place();
        let kind = match self.next()? {
            Token::Number(digits) => self.number(digits)?,
            Token::Text(text) => Kind::Text(text),
            Token::Name(name) => match name {
                "true" | "True" => Kind::Boolean(true),
                "false" | "False" => Kind::Boolean(false),
                "none" | "None" | "null" => Kind::Null,
                "not" => Kind::Not(self.operand(NOT)?),
                "loop" => {
                    self.take(&sign("."))?;
                    let field = self.name()?;
                    if !LOOP_FIELDS.contains(&&*field) || self.is(&sign(".")) {
                        return Err(self.unknown());
                    }
                    Kind::Loop(field)
                }
                _ if self.is(&sign("(")) => Kind::Function(Call {
                    name: name.to_owned(),
                    arguments: self.arguments()?,
                }),
                _ => return self.path(name.to_owned(), place),
            },
            Token::Sign("(") => {
                let inner = self.expression()?;
                self.take(&sign(")"))?;
                return Ok(inner);
            }
            Token::Sign("[") => self.list()?,
            Token::Sign("{") => Kind::Map(self.map()?),
            Token::Sign("<") => Kind::Component(self.component()?),
            Token::Sign("-") => match self.next()? {
                // An item of a number would be what is negated.
                Token::Number(digits) if !self.is(&sign("[")) => match self.number(digits)? {
                    Kind::Integer(value) => Kind::Integer(-value),
                    Kind::Float(value) => Kind::Float(-value),
                    _ => return Err(self.unknown()),
                },
                _ => return Err(self.unknown()),
            },
            _ => return Err(self.unknown()),
        };
        Ok(at(place, kind))
    }

    fn number(&self, digits: &str) -> Compiled<Kind> {
        let float = digits.parse().ok().filter(|value: &f64| value.is_finite());
        let kind = match digits.parse() {
            Ok(integer) => Some(Kind::Integer(integer)),
            Err(_) => float.map(Kind::Float),
        };
        kind.ok_or_else(|| self.unknown())
    }

    /// A variable, and the fields and items that follow it.
    fn path(&mut self, name: String, place: Place) -> Compiled<Expression> {
        let mut path = at(place, Kind::Variable(name));
        loop {
            let place = self.place();
            if self.has_taken(&sign(".")) {
                let name = self.name()?;
                let of = Box::new(path);
                path = at(place, Kind::Field { of, name });
            } else if self.is(&sign("[")) {
                path = self.subscript(path)?;
            } else {
                return Ok(path);
            }
        }
    }

    fn subscript(&mut self, of: Expression) -> Compiled<Expression> {
        let place = self.place();
        self.take(&sign("["))?;
        let of = Box::new(of);
        let start = self.optional(&sign(":"))?;
        let kind = match start {
            Some(at) if !self.is(&sign(":")) => Kind::Item { of, at },
            start => {
                self.take(&sign(":"))?;
                let end = self.optional(&sign("]"))?;
                Kind::Slice { of, start, end }
            }
        };
        self.take(&sign("]"))?;
        Ok(at(place, kind))
    }

    /// An expression, unless this token comes next.
    fn optional(&mut self, otherwise: &Token) -> Compiled<Option<Operand>> {
        if self.is(otherwise) {
            return Ok(None);
        }
        self.operand(0).map(Some)
    }

    /// A filter or a test, whose arguments may be left out.
    fn call(&mut self) -> Compiled<Call> {
        let name = self.name()?;
        let arguments = if self.is(&sign("(")) {
            self.arguments()?
        } else {
            Vec::new()
        };
        Ok(Call { name, arguments })
    }

    fn arguments(&mut self) -> Compiled<Vec<(String, Expression)>> {
        self.take(&sign("("))?;
        self.listed(")", |cursor| {
            let name = cursor.name()?;
            cursor.take(&sign("="))?;
            Ok((name, cursor.expression()?))
        })
    }

    /// What stands between commas, up to this sign.
    fn listed<T>(
        &mut self,
        end: &'static str,
        mut one: impl FnMut(&mut Self) -> Compiled<T>,
    ) -> Compiled<Vec<T>> {
        let mut all = Vec::new();
        while !self.has_taken(&sign(end)) {
            all.push(one(self)?);
            if !self.is(&sign(end)) {
                self.take(&sign(","))?;
            }
        }
        Ok(all)
    }

    fn list(&mut self) -> Compiled<Kind> {
        if !self.is(&sign("]")) && !self.is(&sign("...")) {
            let item = self.expression()?;
            if self.has_taken(&word("for")) {
                return self.comprehension(item);
            }
            let mut entries = vec![Entry::Item(item)];
            if !self.is(&sign("]")) {
                self.take(&sign(","))?;
            }
            entries.extend(self.entries()?);
            return Ok(Kind::List(entries));
        }
        self.entries().map(Kind::List)
    }

    /// The rest of a list.
    fn entries(&mut self) -> Compiled<Vec<Entry>> {
        self.listed("]", |cursor| {
            if cursor.has_taken(&sign("...")) {
                return cursor.expression().map(Entry::Spread);
            }
            cursor.expression().map(Entry::Item)
        })
    }

    fn comprehension(&mut self, item: Expression) -> Compiled<Kind> {
        let value = self.name()?;
        self.take(&word("in"))?;
        let list = self.operand(WITHIN_CHOICE)?;
        let condition = if self.has_taken(&word("if")) {
            Some(self.operand(WITHIN_CHOICE)?)
        } else {
            None
        };
        self.take(&sign("]"))?;
        Ok(Kind::Comprehension {
            item: Box::new(item),
            value,
            list,
            condition,
        })
    }

    fn map(&mut self) -> Compiled<Vec<Entry>> {
        self.listed("}", |cursor| {
            if cursor.has_taken(&sign("...")) {
                return cursor.expression().map(Entry::Spread);
            }
            let key = cursor.text()?;
            cursor.take(&sign(":"))?;
            Ok(Entry::Member(key, cursor.expression()?))
        })
    }

    /// `<component argument={value} other="text" same/>`, after the first sign.
    fn component(&mut self) -> Compiled<Call> {
        let name = self.name()?;
        let mut arguments = Vec::new();
        while !self.has_taken(&sign("/")) {
            let place = self.place();
            let name = self.name()?;
            let value = if !self.has_taken(&sign("=")) {
                at(place, Kind::Variable(name.clone()))
            } else if self.has_taken(&sign("{")) {
                let value = self.expression()?;
                self.take(&sign("}"))?;
                value
            } else {
                at(place, Kind::Text(self.text()?))
            };
            arguments.push((name, value));
        }
        self.take(&sign(">"))?;
        Ok(Call { name, arguments })
    }
}

fn negate(expression: Expression, is_negated: bool) -> Expression {
    if is_negated {
        return at(expression.place, Kind::Not(Box::new(expression)));
    }
    expression
}
