//! From tokens to a template: tags and what they hold.

use super::expression;
use super::lexer::{Token, tokens};
use super::syntax::{
    Assigned, Component, Expression, Kind, Node, Parameter, Parsed, Place, Problem, Template,
};

/// Tokens on their way to a template.
pub struct Parser {
    tokens: Vec<(Token, Place)>,
    position: usize,
    components: Vec<Component>,
}

/// Reads a template.
pub fn parse(source: &str) -> Parsed<Template> {
    let mut parser = Parser {
        tokens: tokens(source)?,
        position: 0,
        components: Vec::new(),
    };
    let nodes = parser.nodes(&[])?;
    match parser.peek() {
        None => Ok(Template {
            nodes,
            components: parser.components,
        }),
        Some(_) => Err(parser.problem("a tag that closes nothing")),
    }
}

impl Parser {
    pub fn peek(&self) -> Option<&Token> {
        self.peek_at(0)
    }

    pub fn peek_at(&self, distance: usize) -> Option<&Token> {
        self.tokens
            .get(self.position + distance)
            .map(|(token, _)| token)
    }

    pub fn place(&self) -> Place {
        let at = self.tokens.get(self.position).or(self.tokens.last());
        at.map_or(Place::default(), |(_, place)| *place)
    }

    pub fn problem(&self, message: impl Into<String>) -> Problem {
        Problem {
            place: self.place(),
            message: message.into(),
        }
    }

    pub fn next(&mut self) -> Parsed<Token> {
        let token = self.peek().cloned();
        let token = token.ok_or_else(|| self.problem("the template ends in the middle"))?;
        self.position += 1;
        Ok(token)
    }

    pub fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(own)) if *own == sign)
    }

    pub fn is_name(&self, name: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(own)) if own == name)
    }

    /// Takes the sign, if it is the next token.
    pub fn take_sign(&mut self, sign: &str) -> bool {
        let is_next = self.is_sign(sign);
        self.position += usize::from(is_next);
        is_next
    }

    pub fn take_name(&mut self, name: &str) -> bool {
        let is_next = self.is_name(name);
        self.position += usize::from(is_next);
        is_next
    }

    pub fn sign(&mut self, sign: &str) -> Parsed<()> {
        if self.take_sign(sign) {
            return Ok(());
        }
        Err(self.problem(format!("`{sign}` was expected")))
    }

    pub fn keyword(&mut self, name: &str) -> Parsed<()> {
        if self.take_name(name) {
            return Ok(());
        }
        Err(self.problem(format!("`{name}` was expected")))
    }

    pub fn name(&mut self) -> Parsed<String> {
        match self.next()? {
            Token::Name(name) => Ok(name),
            _ => Err(self.problem("a name was expected")),
        }
    }

    fn token(&mut self, token: &Token) -> Parsed<()> {
        if self.peek() == Some(token) {
            self.position += 1;
            return Ok(());
        }
        Err(self.problem("the tag was to end here"))
    }

    /// The nodes up to a tag that begins with one of these words; that tag is left.
    fn nodes(&mut self, ends: &[&str]) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(token) = self.peek() {
            match token {
                Token::Content(text) => {
                    nodes.push(Node::Content(text.clone()));
                    self.position += 1;
                }
                Token::ExpressionStart => {
                    self.position += 1;
                    nodes.push(Node::Expression(expression::parse(self)?));
                    self.token(&Token::ExpressionEnd)?;
                }
                _ => match self.peek_at(1) {
                    Some(Token::Name(word)) if ends.contains(&word.as_str()) => break,
                    _ => nodes.extend(self.tag()?),
                },
            }
        }
        Ok(nodes)
    }

    /// The nodes up to `end`, with it.
    fn body(&mut self, end: &str) -> Parsed<Vec<Node>> {
        let nodes = self.nodes(&[end])?;
        self.end(end)?;
        Ok(nodes)
    }

    /// A tag of this one word.
    fn end(&mut self, word: &str) -> Parsed<()> {
        self.token(&Token::TagStart)?;
        self.keyword(word)?;
        self.token(&Token::TagEnd)
    }

    fn tag(&mut self) -> Parsed<Option<Node>> {
        self.token(&Token::TagStart)?;
        let node = match self.name()?.as_str() {
            "set" => self.set(false)?,
            "set_global" => self.set(true)?,
            "include" => self.include()?,
            "for" => self.for_loop()?,
            "if" => self.condition()?,
            "break" => Node::Break,
            "continue" => Node::Continue,
            "component" => {
                let component = self.component()?;
                self.components.push(component);
                return Ok(None);
            }
            word => return Err(self.problem(format!("the tag `{word}` cannot be compiled"))),
        };
        // The others have seen to their ends themselves.
        if matches!(node, Node::Include { .. } | Node::Break | Node::Continue) {
            self.token(&Token::TagEnd)?;
        }
        Ok(Some(node))
    }

    fn set(&mut self, is_global: bool) -> Parsed<Node> {
        let name = self.name()?;
        let value = if self.take_sign("=") {
            let value = Assigned::Value(expression::parse(self)?);
            self.token(&Token::TagEnd)?;
            value
        } else {
            self.token(&Token::TagEnd)?;
            Assigned::Block(self.body("endset")?)
        };
        Ok(Node::Set {
            name,
            value,
            is_global,
        })
    }

    fn include(&mut self) -> Parsed<Node> {
        let place = self.place();
        match self.next()? {
            Token::Text(name) => Ok(Node::Include { name, place }),
            _ => Err(self.problem("the name of a template was expected")),
        }
    }

    fn for_loop(&mut self) -> Parsed<Node> {
        let mut value = self.name()?;
        let mut key = None;
        if self.take_sign(",") {
            key = Some(std::mem::replace(&mut value, self.name()?));
        }
        self.keyword("in")?;
        let list = expression::parse(self)?;
        self.token(&Token::TagEnd)?;
        let body = self.nodes(&["else", "endfor"])?;
        let otherwise = if matches!(self.peek_at(1), Some(Token::Name(word)) if word == "else") {
            self.end("else")?;
            self.nodes(&["endfor"])?
        } else {
            Vec::new()
        };
        self.end("endfor")?;
        Ok(Node::For {
            key,
            value,
            list,
            body,
            otherwise,
        })
    }

    /// What follows `if` or `elif`, up to `endif`.
    fn condition(&mut self) -> Parsed<Node> {
        let condition = expression::parse(self)?;
        self.token(&Token::TagEnd)?;
        let body = self.nodes(&["elif", "else", "endif"])?;
        self.token(&Token::TagStart)?;
        let otherwise = match self.name()?.as_str() {
            "elif" => vec![self.condition()?],
            "else" => {
                self.token(&Token::TagEnd)?;
                self.body("endif")?
            }
            _ => {
                self.token(&Token::TagEnd)?;
                Vec::new()
            }
        };
        Ok(Node::If {
            condition,
            body,
            otherwise,
        })
    }

    fn component(&mut self) -> Parsed<Component> {
        let name = self.name()?;
        let mut parameters = Vec::new();
        self.sign("(")?;
        while !self.take_sign(")") {
            let is_implicit = self.take_sign("@");
            let name = self.name()?;
            // A type that is stated is Tera's to check.
            if self.take_sign(":") {
                self.name()?;
            }
            let default = if self.take_sign("=") {
                Some(self.default()?)
            } else {
                None
            };
            parameters.push(Parameter {
                name,
                is_implicit,
                default,
            });
            if !self.is_sign(")") {
                self.sign(",")?;
            }
        }
        self.token(&Token::TagEnd)?;
        let body = self.nodes(&["endcomponent"])?;
        self.token(&Token::TagStart)?;
        self.keyword("endcomponent")?;
        self.take_name(&name);
        self.token(&Token::TagEnd)?;
        Ok(Component {
            name,
            parameters,
            body,
        })
    }

    fn default(&mut self) -> Parsed<Expression> {
        let value = expression::parse(self)?;
        match value.kind {
            Kind::Null | Kind::Boolean(_) | Kind::Integer(_) | Kind::Text(_) => Ok(value),
            Kind::List(ref entries) if entries.is_empty() => Ok(value),
            _ => Err(self.problem("this default cannot be compiled")),
        }
    }
}
