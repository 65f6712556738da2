//! One function: what a template, or a component of it, writes.

use std::fmt::Write as _;

use super::generator::{Generator, Names, Unit, function_name};
use super::syntax::{Assigned, Component, Expression, Kind, Node, Parsed, Place, Problem};

/// The variables that a function takes from where it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Those that it names, which a template that is included finds in the one that includes it.
    named: Names,
    /// Those that a component which it calls takes from its surroundings, however far out.
    implicit: Names,
    /// Whether it takes names other than as `names.ID`, with the id of its own target.
    pub shows_names_of_others: bool,
}

impl Needs {
    /// Each once, sorted.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.named.union(&self.implicit)
    }
}

/// A function on its way to Rust.
pub struct Function<'a> {
    pub generator: &'a Generator<'a>,
    template: usize,
    component: Option<&'a Component>,
    pub needs: Needs,
    /// The variables that there are: of the function, then of each loop around the place.
    scopes: Vec<Scope>,
    /// How many names have been made up.
    made_up: usize,
}

#[derive(Default)]
struct Scope {
    names: Names,
    /// What `loop` is called, where the scope is a loop.
    counter: Option<usize>,
}

impl<'a> Function<'a> {
    pub fn new(
        generator: &'a Generator<'a>,
        template: usize,
        component: Option<&'a Component>,
    ) -> Self {
        Self {
            generator,
            template,
            component,
            needs: Needs::default(),
            scopes: Vec::new(),
            made_up: 0,
        }
    }

    pub fn needs(self) -> Needs {
        self.needs
    }

    /// The whole body.
    pub fn whole(&mut self, nodes: &[Node]) -> Parsed<String> {
        let parameters = self.component.into_iter().flat_map(|it| &it.parameters);
        let names = parameters.map(|parameter| parameter.name.clone()).collect();
        self.scopes.push(Scope {
            names,
            counter: None,
        });
        let mut set = Names::new();
        collect_set(nodes, false, &mut set);
        collect_set(nodes, true, &mut set);
        let starts = self.starts(&set);
        self.scopes[0].names.extend(set);
        Ok(starts + &self.nodes(nodes)?)
    }

    /// The variables that a scope sets begin as what they are outside.
    fn starts(&self, names: &Names) -> String {
        let mut code = String::new();
        for name in names {
            let outside = if self.is_known(name) {
                format!("v_{name}")
            } else {
                "V::Undefined".to_owned()
            };
            let _ = writeln!(code, "let mut v_{name}: V<'a> = {outside};");
        }
        code
    }

    fn is_known(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.names.contains(name))
    }

    /// A variable that the template names.
    pub fn variable(&mut self, name: &str, place: Place) -> Parsed<String> {
        if !self.is_known(name) {
            if self.component.is_some() {
                return Err(Problem {
                    place,
                    message: format!("the component has no variable `{name}`"),
                });
            }
            self.needs.named.insert(name.to_owned());
        }
        Ok(format!("v_{name}"))
    }

    /// A variable that somebody further in asks for.
    fn implicit(&mut self, name: &str) -> String {
        if !self.is_known(name) {
            self.needs.implicit.insert(name.to_owned());
        }
        format!("v_{name}")
    }

    pub fn made_up(&mut self, what: &str) -> String {
        self.made_up += 1;
        format!("{what}_{}", self.made_up)
    }

    /// What `loop` is called.
    pub fn counter(&self, place: Place) -> Parsed<usize> {
        let mut counters = self.scopes.iter().rev().filter_map(|scope| scope.counter);
        counters.next().ok_or_else(|| Problem {
            place,
            message: "there is no loop around this".to_owned(),
        })
    }

    /// Goes on with a variable that only `then` sees.
    pub fn with_variable<T>(
        &mut self,
        name: &str,
        then: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<T> {
        self.scopes.push(Scope {
            names: Names::from([name.to_owned()]),
            counter: None,
        });
        let result = then(self);
        self.scopes.pop();
        result
    }

    /// A place as a number: which template, line and column.
    pub fn place(&self, place: Place) -> String {
        let Place { line, column } = place;
        format!("at({}, {line}, {column})", self.template)
    }

    pub fn nodes(&mut self, nodes: &[Node]) -> Parsed<String> {
        let mut code = String::new();
        for node in nodes {
            code.push_str(&self.node(node)?);
        }
        Ok(code)
    }

    fn node(&mut self, node: &Node) -> Parsed<String> {
        match node {
            Node::Content(text) => Ok(format!("o.push_str({text:?});\n")),
            Node::Expression(expression) => self.written(expression),
            Node::Set {
                name,
                value,
                is_global,
            } => self.set(name, value, *is_global),
            Node::Include { name, place } => self.include(name, *place),
            Node::For { .. } => self.for_loop(node),
            Node::If {
                condition,
                body,
                otherwise,
            } => {
                let condition = self.condition(condition)?;
                let mut code = format!("if {condition} {{\n{}}}", self.nodes(body)?);
                if !otherwise.is_empty() {
                    let _ = write!(code, " else {{\n{}}}", self.nodes(otherwise)?);
                }
                Ok(code + "\n")
            }
            Node::Break => Ok("break;\n".to_owned()),
            Node::Continue => Ok("continue;\n".to_owned()),
        }
    }

    fn set(&mut self, name: &str, value: &Assigned, is_global: bool) -> Parsed<String> {
        let mut loops = self.scopes.iter().skip(1);
        if is_global && loops.any(|scope| scope.names.contains(name)) {
            let place = match value {
                Assigned::Value(value) => value.place,
                Assigned::Block(_) => Place::default(),
            };
            let message = format!("`{name}` is also a variable of the loop");
            return Err(Problem { place, message });
        }
        Ok(match value {
            Assigned::Value(value) => format!("v_{name} = {};\n", self.value(value)?),
            Assigned::Block(nodes) => {
                let body = self.nodes(nodes)?;
                format!("v_{name} = r.captured(|o| {{\n{body}}});\n")
            }
        })
    }

    fn include(&mut self, name: &str, place: Place) -> Parsed<String> {
        let Some(index) = self.generator.template(name) else {
            let message = format!("there is no template `{name}`");
            return Err(Problem { place, message });
        };
        let unit = Unit::Template(index);
        let needs = self.generator.needs_of(&unit);
        let mut arguments = String::new();
        for name in needs.all() {
            let value = if needs.named.contains(name) {
                self.variable(name, place)?
            } else {
                self.implicit(name)
            };
            let _ = write!(arguments, ", {value}");
        }
        let function = function_name(self.generator.target, &unit);
        Ok(format!("{function}(r, o{arguments});\n"))
    }

    fn for_loop(&mut self, node: &Node) -> Parsed<String> {
        let Node::For {
            key,
            value,
            list,
            body,
            otherwise,
        } = node
        else {
            return Ok(String::new());
        };
        let place = self.place(list.place);
        let container = self.value(list)?;
        self.made_up += 1;
        let counter = self.made_up;
        let mut names = Names::from([value.clone()]);
        names.extend(key.clone());
        let mut set = Names::new();
        collect_set(body, false, &mut set);
        let (list, item) = match key {
            Some(key) => (
                format!("r.entries({container}, {place})"),
                format!("(v_{key}, v_{value})"),
            ),
            None => (
                format!("r.items({container}, {place})"),
                format!("v_{value}"),
            ),
        };
        self.scopes.push(Scope {
            names,
            counter: Some(counter),
        });
        let starts = self.starts(&set);
        if let Some(scope) = self.scopes.last_mut() {
            scope.names.extend(set);
        }
        let inner = self.nodes(body)?;
        self.scopes.pop();
        let mut code = format!(
            "let l_{counter} = {list};\nfor (i_{counter}, &{item}) in l_{counter}.iter().enumerate() {{\n{starts}{inner}}}\n"
        );
        if !otherwise.is_empty() {
            let otherwise = self.nodes(otherwise)?;
            let _ = writeln!(code, "if l_{counter}.is_empty() {{\n{otherwise}}}");
        }
        Ok(code)
    }

    /// A call of a component.
    pub fn call(
        &mut self,
        name: &str,
        arguments: &[(String, Expression)],
        place: Place,
    ) -> Parsed<String> {
        let problem = |message: String| Problem { place, message };
        let generator = self.generator;
        let component = generator.component(name);
        let component =
            component.ok_or_else(|| problem(format!("there is no component `{name}`")))?;
        let parameters = &component.parameters;
        let is_parameter = |name: &str| parameters.iter().any(|own| own.name == name);
        if let Some((unknown, _)) = arguments.iter().find(|(name, _)| !is_parameter(name)) {
            return Err(problem(format!("`{name}` has no parameter `{unknown}`")));
        }
        let mut code = format!(
            "{}(r, o",
            function_name(generator.target, &Unit::Component(name.to_owned()))
        );
        for parameter in parameters {
            let given = arguments.iter().find(|(name, _)| *name == parameter.name);
            let value = match (given, &parameter.default) {
                (Some((_, value)), _) => self.value(value)?,
                (None, _) if parameter.is_implicit => self.implicit(&parameter.name),
                (None, Some(default)) => self.value(default)?,
                (None, None) => {
                    return Err(problem(format!("`{}` is missing", parameter.name)));
                }
            };
            let _ = write!(code, ", {value}");
        }
        let needs = generator.needs_of(&Unit::Component(name.to_owned()));
        for name in needs.all() {
            let _ = write!(code, ", {}", self.implicit(name));
        }
        Ok(code + ");\n")
    }

    /// Writes what an expression yields.
    fn written(&mut self, expression: &Expression) -> Parsed<String> {
        match &expression.kind {
            Kind::Call {
                component,
                arguments,
            } => self.call(component, arguments, expression.place),
            _ => self.write(expression),
        }
    }
}

/// The names that are set among these nodes: within their loops too where it is for the whole template.
fn collect_set(nodes: &[Node], globals: bool, names: &mut Names) {
    for node in nodes {
        match node {
            Node::Set {
                name,
                is_global,
                value,
            } => {
                if *is_global == globals {
                    names.insert(name.clone());
                }
                if let Assigned::Block(nodes) = value {
                    collect_set(nodes, globals, names);
                }
            }
            Node::If {
                body, otherwise, ..
            } => {
                collect_set(body, globals, names);
                collect_set(otherwise, globals, names);
            }
            Node::For {
                body, otherwise, ..
            } => {
                if globals {
                    collect_set(body, globals, names);
                }
                collect_set(otherwise, globals, names);
            }
            Node::Content(_)
            | Node::Expression(_)
            | Node::Include { .. }
            | Node::Break
            | Node::Continue => {}
        }
    }
}
