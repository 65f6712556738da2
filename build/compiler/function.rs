//! One function on its way to Rust: which variables there are, and where they come from.
//!
//! Tera looks a variable up when it is named: in the loops around it, from the innermost out; then among what the template has set;
//! then, if it is included, in the same way where it is; and then in the context, which is what errgen gives a template or a
//! call gives a component. Here, all that a template or a component can set is a variable of its function, and what it needs from
//! elsewhere is a parameter.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::program::{Program, Unit};
use super::syntax::{Assigned, Compiled, Component, Node, Place, problem};
use super::variables::NAMES;

/// How deep Tera lets calls of components be.
pub const DEEPEST: usize = 20;

/// How a function takes a variable from where it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// As a template that is included sees it.
    Seen,
    /// As the context has it, whatever has been set since.
    Context,
    /// As a component looks for a parameter with `@`, which goes further out where it finds what is undefined.
    Implicit,
}

impl Source {
    fn prefix(self) -> char {
        match self {
            Self::Seen => 'p',
            Self::Context => 'c',
            Self::Implicit => 'x',
        }
    }
}

/// The variables that a function takes from where it is called. One that has to be there has the template and the place that
/// names it.
pub type Needs = BTreeMap<(Source, String), Origin>;

pub type Origin = Option<(usize, Place)>;

/// What is known of the functions of a target.
#[derive(Default, PartialEq, Eq)]
pub struct Knowledge {
    pub functions: BTreeMap<Unit, Known>,
    /// Whether calls of components are counted when they are run, as they may become too deep.
    pub counts_calls: bool,
}

/// What is known of one.
#[derive(Default, PartialEq, Eq)]
pub struct Known {
    pub needs: Needs,
    /// The functions that it calls.
    pub calls: BTreeSet<Unit>,
    /// Whether it takes names other than as `names.ID`, with the id of its own target.
    pub shows_names_of_others: bool,
    /// Whether it takes what has become of errors.
    pub shows_history: bool,
}

pub struct Function<'a> {
    pub program: &'a Program<'a>,
    pub unit: Unit,
    component: Option<&'a Component>,
    /// As far as it is known by now.
    pub known: &'a Knowledge,
    /// What is known of this one.
    pub own: Known,
    /// The variables that can be set: of the function, then of each loop around the place.
    scopes: Vec<Scope>,
    /// How many loops there were.
    loops: usize,
}

#[derive(Default)]
struct Scope {
    names: BTreeMap<String, Begins>,
    /// What `loop` is called, where the scope is a loop of the template.
    counter: Option<usize>,
    /// How many tags are around the place that may pass it over.
    branches: usize,
}

/// How a variable of a scope begins.
#[derive(Clone, Copy, PartialEq)]
enum Begins {
    /// With what the loop gives it.
    Bound,
    /// It has been neither set nor read.
    Unknown,
    /// It is set before anything reads it.
    Set,
    /// With what it is outside of the scope.
    Outside,
}

impl<'a> Function<'a> {
    pub fn new(program: &'a Program<'a>, unit: Unit, known: &'a Knowledge) -> Self {
        Self {
            program,
            unit,
            component: program.component(unit),
            known,
            own: Known::default(),
            scopes: Vec::new(),
            loops: 0,
        }
    }

    /// The whole function.
    pub fn code(&mut self) -> Compiled<String> {
        let nodes = self.program.nodes(self.unit);
        let mut set = BTreeSet::new();
        collect_set(nodes, false, &mut set);
        collect_set(nodes, true, &mut set);
        let body = self.scope(None, &[], set, |this| this.nodes(nodes))?;
        let mut parameters = String::new();
        for parameter in self.component.iter().flat_map(|it| &it.parameters) {
            let _ = write!(parameters, ", p_{}: V<'a>", parameter.name);
        }
        for (source, name) in self.own.needs.keys() {
            let _ = write!(parameters, ", {}_{name}: V<'a>", source.prefix());
        }
        let name = self.program.function_name(self.unit);
        Ok(format!(
            "fn {name}<'a>(r: &Renderer<'a>, o: &mut String{parameters}) {{\n{body}}}\n"
        ))
    }

    /// Code in a scope: of the function, of a loop, or of a list comprehension, which has no counter. Some names are bound by the
    /// loop, others are set in it.
    pub fn scope(
        &mut self,
        counter: Option<usize>,
        bound: &[&str],
        set: BTreeSet<String>,
        inner: impl FnOnce(&mut Self) -> Compiled<String>,
    ) -> Compiled<String> {
        let depth = self.scopes.len();
        let set = set.into_iter().map(|name| (name, Begins::Unknown));
        let bound = bound.iter().map(|name| ((*name).to_owned(), Begins::Bound));
        self.scopes.push(Scope {
            names: set.chain(bound).collect(),
            counter,
            branches: 0,
        });
        let code = inner(self);
        let scope = self.scopes.pop().unwrap_or_default();
        let mut starts = String::new();
        for (name, begins) in scope.names {
            let start = match begins {
                Begins::Bound => continue,
                Begins::Outside => self.seen(&name, None),
                Begins::Unknown | Begins::Set => None,
            };
            let start = start.unwrap_or_else(|| "V::Undefined".to_owned());
            let _ = writeln!(starts, "let mut v{depth}_{name}: V<'a> = {start};");
        }
        Ok(starts + &code?)
    }

    /// How deep a variable of the next loop stands.
    pub fn depth(&self) -> usize {
        self.scopes.len()
    }

    /// A number for a loop.
    pub fn next_loop(&mut self) -> usize {
        self.loops += 1;
        self.loops
    }

    /// What `loop` is called.
    pub fn counter(&self, place: Place) -> Compiled<usize> {
        let mut counters = self.scopes.iter().rev().filter_map(|scope| scope.counter);
        match counters.next() {
            Some(counter) => Ok(counter),
            None => problem(place, "there is no loop around this"),
        }
    }

    /// Code that may be passed over.
    pub fn branch(&mut self, nodes: &[Node]) -> Compiled<String> {
        let depth = self.scopes.len() - 1;
        self.scopes[depth].branches += 1;
        let code = self.nodes(nodes);
        self.scopes[depth].branches -= 1;
        code
    }

    /// The variable that is set by a name: of the innermost loop, or of the function.
    pub fn variable_to_set(&mut self, name: &str, is_global: bool) -> String {
        let depth = if is_global { 0 } else { self.scopes.len() - 1 };
        let is_certain = depth + 1 == self.scopes.len() && self.scopes[depth].branches == 0;
        if let Some(begins @ Begins::Unknown) = self.scopes[depth].names.get_mut(name) {
            *begins = if is_certain {
                Begins::Set
            } else {
                Begins::Outside
            };
        }
        format!("v{depth}_{name}")
    }

    /// The variable that can be set by a name here, if there is one.
    fn local(&mut self, name: &str) -> Option<String> {
        let scopes = self.scopes.iter_mut().enumerate().rev();
        for (depth, scope) in scopes {
            if let Some(begins) = scope.names.get_mut(name) {
                if *begins == Begins::Unknown {
                    *begins = Begins::Outside;
                }
                return Some(format!("v{depth}_{name}"));
            }
        }
        None
    }

    fn need(&mut self, source: Source, name: &str, origin: Origin) -> String {
        let needed = self.own.needs.entry((source, name.to_owned()));
        let needed = needed.or_default();
        *needed = needed.or(origin);
        format!("{}_{name}", source.prefix())
    }

    fn is_parameter(&self, name: &str) -> bool {
        let mut parameters = self.component.iter().flat_map(|it| &it.parameters);
        parameters.any(|parameter| parameter.name == name)
    }

    /// A variable as it is seen here; none where it cannot be there.
    fn seen(&mut self, name: &str, origin: Origin) -> Option<String> {
        if let Some(local) = self.local(name) {
            return Some(local);
        }
        match self.component {
            Some(_) => self.is_parameter(name).then(|| format!("p_{name}")),
            None => Some(self.need(Source::Seen, name, origin)),
        }
    }

    /// A variable that is named at a place.
    pub fn variable(&mut self, name: &str, place: Place) -> Compiled<String> {
        match self.seen(name, Some(self.origin(place))) {
            Some(code) => Ok(code),
            None => problem(place, format!("the component has no variable `{name}`")),
        }
    }

    fn context(&mut self, name: &str) -> Option<String> {
        match self.component {
            Some(_) => self.is_parameter(name).then(|| format!("p_{name}")),
            None => Some(self.need(Source::Context, name, None)),
        }
    }

    /// The place of something that names a variable.
    pub fn origin(&self, place: Place) -> (usize, Place) {
        (self.program.template_of(self.unit), place)
    }

    /// A variable that a component looks for from here.
    pub fn implicit(&mut self, name: &str, origin: Origin) -> String {
        let seen = self.local(name).or_else(|| self.seen(name, origin));
        let origin = origin.filter(|_| seen.is_none());
        let outer = self.need(Source::Implicit, name, origin);
        match seen {
            Some(seen) => format!("or({seen}, {outer})"),
            None => outer,
        }
    }

    /// What a template that is included here is given.
    pub fn arguments_of_include(&mut self, unit: Unit, place: Place) -> Compiled<String> {
        let mut arguments = String::new();
        for ((source, name), origin) in self.needs_of(unit) {
            let value = match source {
                Source::Seen => match (self.local(&name), self.can_be_in_context(&name)) {
                    (Some(local), true) => {
                        let context = self.context(&name);
                        Some(context.map_or(local.clone(), |it| format!("or({local}, {it})")))
                    }
                    (Some(local), false) => Some(local),
                    (None, _) => match self.seen(&name, origin) {
                        None if origin.is_some() => return self.variable(&name, place),
                        seen => seen,
                    },
                },
                Source::Context => self.context(&name),
                Source::Implicit => Some(self.implicit(&name, origin)),
            };
            let value = value.unwrap_or_else(|| "V::Undefined".to_owned());
            let _ = write!(arguments, ", {value}");
        }
        Ok(arguments)
    }

    /// What a component that is called here is given beside its arguments.
    pub fn arguments_of_component(&mut self, unit: Unit) -> String {
        let mut arguments = String::new();
        for ((_, name), origin) in self.needs_of(unit) {
            let _ = write!(arguments, ", {}", self.implicit(&name, origin));
        }
        arguments
    }

    fn needs_of(&self, unit: Unit) -> Needs {
        self.known
            .functions
            .get(&unit)
            .map(|known| known.needs.clone())
            .unwrap_or_default()
    }

    /// Whether any context has a variable: that of files, or that of a component.
    fn can_be_in_context(&self, name: &str) -> bool {
        let components = self.program.components.iter();
        let mut parameters = components.flat_map(|(_, component)| &component.parameters);
        NAMES.contains(&name) || parameters.any(|parameter| parameter.name == name)
    }

    /// A place as a number: which template, line and column.
    pub fn place(&self, place: Place) -> String {
        let short = |number: usize| number.min(u16::MAX.into());
        let template = self.program.template_of(self.unit);
        format!(
            "at({template}, {}, {})",
            short(place.line),
            short(place.column)
        )
    }
}

/// The names that are set among these nodes: for the whole template, which may be within loops, or for what the nodes are in.
pub fn collect_set(nodes: &[Node], globals: bool, names: &mut BTreeSet<String>) {
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
