//! The functions of a target: one for each template and each component.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::SourceTarget;
use super::function::{Function, Needs};
use super::parser::parse;
use super::syntax::{Component, Node, Place, Problem, Template};

/// The variables that a template has without setting them.
const VARIABLES: &[&str] = &[
    "catalog", "category", "error", "group", "locale", "notice", "status", "target",
];

/// What a function is made from: a template by its index, or a component by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Template(usize),
    Component(String),
}

/// A target on its way to Rust.
pub struct Generator<'a> {
    pub target: &'a SourceTarget,
    templates: Vec<Template>,
    /// What each function needs of where it is called, as far as is known.
    needs: BTreeMap<Unit, Needs>,
}

impl<'a> Generator<'a> {
    pub fn new(target: &'a SourceTarget) -> Result<Self, String> {
        let templates = target.templates.iter().enumerate().map(|(index, file)| {
            let template = parse(&file.text);
            template.map_err(|problem| message(target, index, &problem))
        });
        Ok(Self {
            target,
            templates: templates.collect::<Result<_, _>>()?,
            needs: BTreeMap::new(),
        })
    }

    /// All functions, and the table of those that a file or a path is made by.
    pub fn functions(mut self) -> Result<String, String> {
        // What one function needs of its caller can be what that one needs of its own.
        let mut code = self.pass()?;
        loop {
            let (next, is_final) = code;
            if is_final {
                return Ok(next + &self.table()?);
            }
            code = self.pass()?;
        }
    }

    /// Writes all functions by what is known of their needs, and says whether that was all.
    fn pass(&mut self) -> Result<(String, bool), String> {
        let mut code = String::new();
        let mut needs = BTreeMap::new();
        for (index, template) in self.templates.iter().enumerate() {
            let unit = Unit::Template(index);
            let (text, own) = self.function(&unit, index, None, &template.nodes)?;
            code.push_str(&text);
            needs.insert(unit, own);
            for component in &template.components {
                let unit = Unit::Component(component.name.clone());
                let (text, own) = self.function(&unit, index, Some(component), &component.body)?;
                code.push_str(&text);
                needs.insert(unit, own);
            }
        }
        let is_final = needs == self.needs;
        self.needs = needs;
        Ok((code, is_final))
    }

    fn function(
        &self,
        unit: &Unit,
        template: usize,
        component: Option<&Component>,
        nodes: &[Node],
    ) -> Result<(String, Needs), String> {
        let mut function = Function::new(self, template, component);
        let body = function.whole(nodes);
        let body = body.map_err(|problem| message(self.target, template, &problem))?;
        let needs = function.needs();
        let mut parameters = String::new();
        let own = component.into_iter().flat_map(|it| &it.parameters);
        for name in own.map(|parameter| &parameter.name).chain(needs.all()) {
            let _ = write!(parameters, ", v_{name}: V<'a>");
        }
        let name = function_name(self.target, unit);
        let code =
            format!("fn {name}<'a>(r: &Renderer<'a>, o: &mut String{parameters}) {{\n{body}}}\n");
        Ok((code, needs))
    }

    /// The templates by their names; a template that others include may need what no file has, and stands in no table.
    fn table(&self) -> Result<String, String> {
        let mut wrappers = String::new();
        let mut rows = String::new();
        for (index, file) in self.target.templates.iter().enumerate() {
            if !file.is_whole {
                continue;
            }
            let needs = &self.needs[&Unit::Template(index)];
            if let Some(unknown) = needs.all().find(|name| !VARIABLES.contains(&name.as_str())) {
                let text = format!("there is no variable `{unknown}`");
                return Err(format!("{}/{}: {text}", self.target.id, file.name));
            }
            let mut arguments = String::new();
            for name in needs.all() {
                let _ = write!(arguments, ", c.{name}");
            }
            let name = function_name(self.target, &Unit::Template(index));
            let _ = writeln!(
                wrappers,
                "fn whole_{index}<'a>(r: &Renderer<'a>, o: &mut String, c: &Variables<'a>) {{ {name}(r, o{arguments}) }}"
            );
            let _ = writeln!(rows, "({:?}, whole_{index}),", file.name);
        }
        let shows_names_of_others = self.needs.values().any(|it| it.shows_names_of_others);
        Ok(format!(
            "{wrappers}pub static TEMPLATES: &[(&str, CompiledTemplate)] = &[\n{rows}];\n\
             pub const SHOWS_NAMES_OF_OTHERS: bool = {shows_names_of_others};\n"
        ))
    }

    pub fn needs_of(&self, unit: &Unit) -> Needs {
        self.needs.get(unit).cloned().unwrap_or_default()
    }

    /// The index of a template that another one names.
    pub fn template(&self, name: &str) -> Option<usize> {
        let mut templates = self.target.templates.iter();
        templates.position(|file| file.name == name)
    }

    pub fn component(&self, name: &str) -> Option<&Component> {
        let mut components = self.templates.iter().flat_map(|it| &it.components);
        components.find(|component| component.name == name)
    }
}

pub fn function_name(target: &SourceTarget, unit: &Unit) -> String {
    match unit {
        Unit::Template(index) => {
            let name = &target.templates[*index].name;
            let words = name.replace(|character: char| !character.is_ascii_alphanumeric(), "_");
            format!("template_{index}_{words}")
        }
        Unit::Component(name) => format!("component_{name}"),
    }
}

/// What is wrong, and where.
fn message(target: &SourceTarget, template: usize, problem: &Problem) -> String {
    let Place { line, column } = problem.place;
    let file = &target.templates[template].name;
    format!(
        "templates/{}/{file}:{line}:{column}: {}",
        target.id, problem.message
    )
}

/// The names that a scope has.
pub type Names = BTreeSet<String>;
