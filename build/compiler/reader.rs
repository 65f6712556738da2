//! From tokens to a template: tags and what they hold.

use super::cursor::Cursor;
use super::expressions::{sign, word};
use super::syntax::{Assigned, Compiled, Component, Expression, Kind, Node, Parameter};
use super::tokens::Kind as Token;

/// Reads a template: its nodes, and the components that it defines.
pub fn read(template: &str) -> Compiled<(Vec<Node>, Vec<Component>)> {
    let mut reader = Reader {
        cursor: Cursor::new(template),
        components: Vec::new(),
    };
    let nodes = reader.nodes(&[])?;
    Ok((nodes, reader.components))
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    components: Vec<Component>,
}

impl Reader<'_> {
    /// The nodes up to a tag that begins with one of these words, or to the end of the template; that tag is left.
    fn nodes(&mut self, ends: &[&str]) -> Compiled<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(token) = self.cursor.peek() {
            if let (Token::TagStart, Some(Token::Name(word))) = (token, self.cursor.peek_at(1))
                && ends.contains(word)
            {
                break;
            }
            match self.cursor.next()? {
                Token::Content(text) => nodes.push(Node::Content(text.to_owned())),
                Token::ExpressionStart => {
                    nodes.push(Node::Expression(self.cursor.expression()?));
                    self.cursor.take(&Token::ExpressionEnd)?;
                }
                Token::TagStart => nodes.extend(self.tag()?),
                _ => return Err(self.cursor.unknown()),
            }
        }
        Ok(nodes)
    }

    /// The nodes up to the tag that ends what they are in, with it.
    fn body(&mut self, end: &str) -> Compiled<Vec<Node>> {
        let nodes = self.nodes(&[end])?;
        self.tag_of(end)?;
        Ok(nodes)
    }

    /// A tag of one word.
    fn tag_of(&mut self, name: &str) -> Compiled<()> {
        self.cursor.take(&Token::TagStart)?;
        self.cursor.take(&word(name))?;
        self.tag_end()
    }

    fn tag_end(&mut self) -> Compiled<()> {
        self.cursor.take(&Token::TagEnd)
    }

    /// What begins with a tag; a component is no node.
    fn tag(&mut self) -> Compiled<Option<Node>> {
        let node = match self.cursor.next()? {
            Token::Name("set") => self.set(false)?,
            Token::Name("set_global") => self.set(true)?,
            Token::Name("include") => {
                let place = self.cursor.place();
                let name = self.cursor.text()?;
                self.tag_end()?;
                Node::Include { name, place }
            }
            Token::Name("for") => self.for_loop()?,
            Token::Name("if") => self.condition()?,
            Token::Name("break") => {
                self.tag_end()?;
                Node::Break
            }
            Token::Name("continue") => {
                self.tag_end()?;
                Node::Continue
            }
            Token::Name("component") => {
                let component = self.component()?;
                self.components.push(component);
                return Ok(None);
            }
            _ => return Err(self.cursor.unknown()),
        };
        Ok(Some(node))
    }

    fn set(&mut self, is_global: bool) -> Compiled<Node> {
        let name = self.cursor.name()?;
        let value = if self.cursor.has_taken(&sign("=")) {
            let value = self.cursor.expression()?;
            self.tag_end()?;
            Assigned::Value(value)
        } else {
            self.tag_end()?;
            Assigned::Block(self.body("endset")?)
        };
        Ok(Node::Set {
            name,
            value,
            is_global,
        })
    }

    fn for_loop(&mut self) -> Compiled<Node> {
        let mut value = self.cursor.name()?;
        let mut key = None;
        if self.cursor.has_taken(&sign(",")) {
            key = Some(std::mem::replace(&mut value, self.cursor.name()?));
        }
        self.cursor.take(&word("in"))?;
        let list = self.cursor.expression()?;
        self.tag_end()?;
        let body = self.nodes(&["else", "endfor"])?;
        let otherwise = if self.cursor.peek_at(1) == Some(&word("else")) {
            self.tag_of("else")?;
            self.nodes(&["endfor"])?
        } else {
            Vec::new()
        };
        self.tag_of("endfor")?;
        Ok(Node::For {
            key,
            value,
            list,
            body,
            otherwise,
        })
    }

    /// What follows `if` or `elif`, up to `endif`.
    fn condition(&mut self) -> Compiled<Node> {
        let condition = self.cursor.expression()?;
        self.tag_end()?;
        let body = self.nodes(&["elif", "else", "endif"])?;
        self.cursor.take(&Token::TagStart)?;
        let otherwise = match self.cursor.next()? {
            Token::Name("elif") => vec![self.condition()?],
            Token::Name("else") => {
                self.tag_end()?;
                self.body("endif")?
            }
            _ => {
                self.tag_end()?;
                Vec::new()
            }
        };
        Ok(Node::If {
            condition,
            body,
            otherwise,
        })
    }

    fn component(&mut self) -> Compiled<Component> {
        let name = self.cursor.name()?;
        let mut parameters = Vec::new();
        self.cursor.take(&sign("("))?;
        while !self.cursor.has_taken(&sign(")")) {
            parameters.push(self.parameter()?);
            if !self.cursor.is(&sign(")")) {
                self.cursor.take(&sign(","))?;
            }
        }
        self.tag_end()?;
        let body = self.nodes(&["endcomponent"])?;
        self.cursor.take(&Token::TagStart)?;
        self.cursor.take(&word("endcomponent"))?;
        self.cursor.has_taken(&word(&name));
        self.tag_end()?;
        Ok(Component {
            name,
            parameters,
            body,
        })
    }

    fn parameter(&mut self) -> Compiled<Parameter> {
        let is_implicit = self.cursor.has_taken(&sign("@"));
        let name = self.cursor.name()?;
        let mut kind = "Any";
        if self.cursor.has_taken(&sign(":")) {
            kind = match self.cursor.name()?.to_lowercase().as_str() {
                "array" => "Array",
                "bool" => "Bool",
                "float" => "Float",
                "integer" => "Integer",
                "map" => "Map",
                "number" => "Number",
                "string" => "String",
                _ => return Err(self.cursor.unknown()),
            };
        }
        let mut default = None;
        if self.cursor.has_taken(&sign("=")) {
            let value = self.cursor.expression()?;
            // Without a kind of its own, a parameter has that of its default.
            let own = kind_of_default(&value).ok_or_else(|| self.cursor.unknown())?;
            kind = if kind == "Any" { own } else { kind };
            default = Some(value);
        }
        Ok(Parameter {
            name,
            is_implicit,
            kind,
            default,
        })
    }
}

/// The kind of a default, if it is one that can be compiled.
fn kind_of_default(value: &Expression) -> Option<&'static str> {
    Some(match &value.kind {
        Kind::Null => "Any",
        Kind::Boolean(_) => "Bool",
        Kind::Integer(_) => "Integer",
        Kind::Float(_) => "Float",
        Kind::Text(_) => "String",
        Kind::List(entries) if entries.is_empty() => "Array",
        Kind::Map(entries) if entries.is_empty() => "Map",
        _ => return None,
    })
}
