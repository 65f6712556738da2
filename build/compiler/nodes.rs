//! Nodes as statements.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::function::{DEEPEST, Function, collect_set};
use super::syntax::{Assigned, Call, Compiled, Node, Place, problem};

impl Function<'_> {
    pub fn nodes(&mut self, nodes: &[Node]) -> Compiled<String> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn node(&mut self, node: &Node) -> Compiled<String> {
        match node {
            Node::Content(text) => Ok(format!("o.push_str({text:?});\n")),
            Node::Expression(expression) => self.write_node(expression),
            Node::Set {
                name,
                value,
                is_global,
            } => {
                let value = match value {
                    Assigned::Value(value) => self.value(value)?,
                    Assigned::Block(nodes) => {
                        format!("r.capture(|o| {{\n{}}})", self.nodes(nodes)?)
                    }
                };
                let variable = self.variable_to_set(name, *is_global);
                Ok(format!("{variable} = {value};\n"))
            }
            Node::Include { name, place } => self.include(name, *place),
            Node::For { .. } => self.for_loop(node),
            Node::If {
                condition,
                body,
                otherwise,
            } => {
                let condition = self.condition(condition)?;
                let mut code = format!("if {condition} {{\n{}}}", self.branch(body)?);
                if !otherwise.is_empty() {
                    let _ = write!(code, " else {{\n{}}}", self.branch(otherwise)?);
                }
                Ok(code + "\n")
            }
            Node::Break => Ok("break;\n".to_owned()),
            Node::Continue => Ok("continue;\n".to_owned()),
        }
    }

    fn include(&mut self, name: &str, place: Place) -> Compiled<String> {
        let Some(unit) = self.program.template_named(name) else {
            return problem(place, format!("there is no template `{name}`"));
        };
        self.own.calls.insert(unit);
        let arguments = self.arguments_of_include(unit, place)?;
        let function = self.program.function_name(unit);
        Ok(format!("{function}(r, o{arguments});\n"))
    }

    fn for_loop(&mut self, node: &Node) -> Compiled<String> {
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
        let (counter, depth) = (self.next_loop(), self.depth());
        let mut set = BTreeSet::new();
        collect_set(body, false, &mut set);
        let (list, item, names) = match key {
            // Of two that are alike, the value counts.
            Some(key) => {
                let key_pattern = if key == value {
                    "_".to_owned()
                } else {
                    format!("mut v{depth}_{key}")
                };
                (
                    format!("r.entries({container}, {place})"),
                    format!("({key_pattern}, mut v{depth}_{value})"),
                    vec![key.as_str(), value],
                )
            }
            None => (
                format!("r.items({container}, {place})"),
                format!("(mut v{depth}_{value})"),
                vec![value.as_str()],
            ),
        };
        let inner = self.scope(Some(counter), &names, set, |this| this.nodes(body))?;
        let mut code = format!(
            "let l_{counter} = {list};\nfor (i_{counter}, &{item}) in l_{counter}.iter().enumerate() {{\n{inner}}}\n"
        );
        if !otherwise.is_empty() {
            let otherwise = self.branch(otherwise)?;
            let _ = writeln!(code, "if l_{counter}.is_empty() {{\n{otherwise}}}");
        }
        Ok(code)
    }

    /// A call of a component.
    pub fn component_call(&mut self, call: &Call, place: Place) -> Compiled<String> {
        let program = self.program;
        let name = &call.name;
        let Some(unit) = program.component_named(name) else {
            return problem(place, format!("there is no component `{name}`"));
        };
        self.own.calls.insert(unit);
        let parameters = program.component(unit).map_or(&[][..], |it| &it.parameters);
        let mut names: Vec<_> = call.arguments.iter().map(|(name, _)| name).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        if names.len() < count {
            return problem(place, format!("`{name}` is given an argument twice"));
        }
        let is_parameter = |name: &String| parameters.iter().any(|own| own.name == *name);
        if let Some(unknown) = names.into_iter().find(|name| !is_parameter(name)) {
            return problem(place, format!("`{name}` has no parameter `{unknown}`"));
        }
        let at = self.place(place);
        let mut code = format!("{}(r, o", program.function_name(unit));
        for parameter in parameters {
            let kind = parameter.kind;
            let default = parameter.default.as_ref();
            let default = default.map(|default| self.value(default)).transpose()?;
            let value = match (call.argument(&parameter.name), default) {
                (Some(value), _) if kind == "Any" => self.value(value)?,
                (Some(value), _) => {
                    let value = self.value(value)?;
                    format!("r.argument({value}, Kind::{kind}, {at})")
                }
                (None, default) if parameter.is_implicit => {
                    let origin = default.is_none().then(|| self.origin(place));
                    let found = self.implicit(&parameter.name, origin);
                    let default = optional(default);
                    format!("r.found({found}, Kind::{kind}, {default}, {at})")
                }
                (None, Some(default)) => default,
                (None, None) => {
                    return problem(place, format!("`{}` is missing", parameter.name));
                }
            };
            let _ = write!(code, ", {value}");
        }
        let call = code + &self.arguments_of_component(unit) + ");";
        if self.known.counts_calls {
            return Ok(format!(
                "if r.can_call({DEEPEST}, {at}) {{ {call} r.has_called(); }}\n"
            ));
        }
        Ok(call + "\n")
    }
}

/// A value that may be missing.
pub fn optional(value: Option<String>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}
