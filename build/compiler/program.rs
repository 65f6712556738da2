//! A target as it was read.

use super::SourceTarget;
use super::reader::read;
use super::syntax::{Component, Node, Place, Problem};

pub struct Program<'a> {
    pub target: &'a SourceTarget,
    /// What each template is made of.
    pub templates: Vec<Vec<Node>>,
    /// All components, each with the index of its template.
    pub components: Vec<(usize, Component)>,
}

/// What a function is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A template, by its index.
    Template(usize),
    /// A component, by its index.
    Component(usize),
}

impl<'a> Program<'a> {
    /// Reads the templates of a target.
    ///
    /// # Errors
    ///
    /// What cannot be compiled, a line for each template.
    pub fn read(target: &'a SourceTarget) -> Result<Self, String> {
        let mut program = Self {
            target,
            templates: Vec::new(),
            components: Vec::new(),
        };
        let mut problems = Vec::new();
        for (index, file) in target.templates.iter().enumerate() {
            match read(&file.text) {
                Ok((nodes, components)) => {
                    program.templates.push(nodes);
                    let own = components.into_iter().map(|component| (index, component));
                    program.components.extend(own);
                }
                Err(problem) => problems.push(program.message(index, &problem)),
            }
        }
        if problems.is_empty() {
            return Ok(program);
        }
        Err(problems.join("\n"))
    }

    pub fn units(&self) -> impl Iterator<Item = Unit> + use<> {
        let templates = (0..self.templates.len()).map(Unit::Template);
        templates.chain((0..self.components.len()).map(Unit::Component))
    }

    pub fn nodes(&self, unit: Unit) -> &[Node] {
        match unit {
            Unit::Template(index) => &self.templates[index],
            Unit::Component(index) => &self.components[index].1.body,
        }
    }

    pub fn component(&self, unit: Unit) -> Option<&Component> {
        match unit {
            Unit::Template(_) => None,
            Unit::Component(index) => Some(&self.components[index].1),
        }
    }

    /// The index of the template that a unit stands in.
    pub fn template_of(&self, unit: Unit) -> usize {
        match unit {
            Unit::Template(index) => index,
            Unit::Component(index) => self.components[index].0,
        }
    }

    /// The template that another one includes.
    pub fn template_named(&self, name: &str) -> Option<Unit> {
        let mut templates = self.target.templates.iter();
        let index = templates.position(|file| file.name == name);
        index.map(Unit::Template)
    }

    pub fn component_named(&self, name: &str) -> Option<Unit> {
        let mut components = self.components.iter();
        let index = components.position(|(_, component)| component.name == name);
        index.map(Unit::Component)
    }

    /// What the function of a unit is called.
    pub fn function_name(&self, unit: Unit) -> String {
        let (kind, index, name) = match unit {
            Unit::Template(index) => ("template", index, &self.target.templates[index].name),
            Unit::Component(index) => ("component", index, &self.components[index].1.name),
        };
        let words = name.replace(|character: char| !character.is_ascii_alphanumeric(), "_");
        format!("{kind}_{index}_{words}")
    }

    /// What is wrong, and where.
    pub fn message(&self, template: usize, problem: &Problem) -> String {
        let Place { line, column } = problem.place;
        let file = &self.target.templates[template].name;
        let (id, message) = (&self.target.id, &problem.message);
        format!("templates/{id}/{file}:{line}:{column}: {message}")
    }
}
