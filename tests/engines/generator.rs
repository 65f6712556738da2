//! Random templates, of what the templates of standard targets may be made of.

use std::fmt::Write as _;

use crate::random::Random;

/// The variables that every template begins with, as options of its target. What kind of value each usually has is what it is used
/// as most of the time.
pub const VARIABLES: &[(&str, Kind)] = &[
    ("i", Kind::Integer),
    ("j", Kind::Integer),
    ("w", Kind::Integer),
    ("f", Kind::Number),
    ("s", Kind::Text),
    ("t", Kind::Text),
    ("d", Kind::Text),
    ("b", Kind::Boolean),
    ("l", Kind::List),
    ("ls", Kind::Texts),
    ("li", Kind::Integers),
    ("lm", Kind::Maps),
    ("m", Kind::Map),
    ("k", Kind::Map),
    ("n", Kind::Any),
    ("u", Kind::Any),
    ("a", Kind::Any),
];

/// Names that the templates set themselves, or take from where they are included.
const LOCALS: &[&str] = &[
    "p", "q", "p", "q", "p", "q", "error", "category", "error", "category", "i", "s", "l",
];

const KEYS: &[&str] = &["x", "y", "z", "id"];

const TEXTS: &[&str] = &[
    "", "a", "x", "b c", "A-b", " y ", "1", "-12", "3.0", "1.5", "x,y", "é", "漢字", "\\n", "\\\"",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Any,
    Boolean,
    Integer,
    Number,
    Text,
    List,
    Texts,
    Integers,
    Maps,
    Map,
}

/// A component that a template may call.
struct Component {
    name: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: &'static str,
    kind: Kind,
    is_implicit: bool,
    has_default: bool,
}

pub struct Generator {
    pub random: Random,
    components: Vec<Component>,
    partials: Vec<String>,
    /// How many loops are around the place.
    loops: usize,
    /// Of those, the ones outside of a block whose text is captured.
    breakable: bool,
    /// The variables that the template, or the component, has.
    names: Vec<(&'static str, Kind)>,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            components: Vec::new(),
            partials: Vec::new(),
            loops: 0,
            breakable: false,
            names: VARIABLES.to_vec(),
        }
    }

    /// A component, which all that is generated later may call.
    pub fn add_component(&mut self) -> String {
        let name = format!("c{}", self.components.len());
        self.component(&name)
    }

    pub fn forget_component(&mut self) {
        self.components.pop();
    }

    /// A template that all that is generated later may include by this name.
    pub fn add_partial(&mut self, name: &str) -> String {
        let body = self.nodes(2);
        self.partials.push(name.to_owned());
        body
    }

    pub fn forget_partial(&mut self) {
        self.partials.pop();
    }

    /// A template that yields a file.
    pub fn template(&mut self) -> String {
        let mut text = String::new();
        for (name, _) in VARIABLES {
            let _ = writeln!(text, "{{% set {name} = target.options.{name} -%}}");
        }
        for name in ["p", "q"] {
            if self.random.chance(80) {
                let kind = self.kind();
                let value = self.expression(kind, 1);
                let _ = writeln!(text, "{{% set {name} = {value} -%}}");
            }
        }
        text + &self.nodes(3)
    }

    fn component(&mut self, name: &str) -> String {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (name, kind) in VARIABLES {
            if self.random.chance(20) {
                parameters.push(Parameter {
                    name,
                    kind: *kind,
                    is_implicit: self.random.chance(40),
                    has_default: self.random.chance(40),
                });
            }
        }
        let mut head = String::new();
        for parameter in &parameters {
            let at = if parameter.is_implicit { "@" } else { "" };
            let _ = write!(head, "{at}{}", parameter.name);
            let (kind, default) = declared(parameter.kind);
            if self.random.chance(30) && !kind.is_empty() {
                let _ = write!(head, ": {kind}");
            }
            if parameter.has_default {
                let default = if self.random.chance(20) {
                    "none"
                } else {
                    default
                };
                let _ = write!(head, " = {default}");
            }
            head.push_str(", ");
        }
        let own = parameters.iter().map(|it| (it.name, it.kind)).collect();
        let names = std::mem::replace(&mut self.names, own);
        let body = self.nodes(2);
        self.names = names;
        self.components.push(Component {
            name: name.to_owned(),
            parameters,
        });
        format!("{{% component {name}({head}) -%}}\n{body}{{% endcomponent %}}\n")
    }

    fn nodes(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..=self.random.below(depth + 1) {
            text += &self.node(depth);
        }
        text
    }

    fn node(&mut self, depth: usize) -> String {
        let choice = self.random.below(if depth == 0 { 60 } else { 100 });
        match choice {
            0..10 => (*self.random.pick(&["-", " . ", "\n", "  ;\n", "}}", "{ "])).to_owned(),
            10..40 => {
                let kind = self.kind();
                let value = self.expression(kind, 3);
                self.tag("{{", &value, "}}")
            }
            40..52 => self.set(depth),
            52..55 if self.breakable => {
                let condition = self.expression(Kind::Boolean, 2);
                let word = *self.random.pick(&["break", "continue"]);
                format!("{{% if {condition} %}}{{% {word} %}}{{% endif %}}")
            }
            55..60 if !self.partials.is_empty() => {
                let partial = self.random.pick(&self.partials).clone();
                self.tag("{%", &format!("include \"{partial}\""), "%}")
            }
            60..75 => self.condition(depth - 1),
            75..95 => self.for_loop(depth - 1),
            95..98 => "{#- a comment -#}".to_owned(),
            _ => match self.call(2) {
                Some(call) => self.tag("{{", &call, "}}"),
                None => String::new(),
            },
        }
    }

    /// A tag, with white space around it cut off now and then.
    fn tag(&mut self, open: &str, content: &str, close: &str) -> String {
        let before = if self.random.chance(20) { "-" } else { "" };
        let after = if self.random.chance(20) { "-" } else { "" };
        format!("{open}{before} {content} {after}{close}")
    }

    fn set(&mut self, depth: usize) -> String {
        let name = *self.random.pick(LOCALS);
        let word = if self.random.chance(30) {
            "set_global"
        } else {
            "set"
        };
        // What a loop sets from what it has set before would double each time.
        let may_grow = self.loops > 0 && word == "set_global";
        if depth > 0 && !may_grow && self.random.chance(20) {
            let breakable = std::mem::replace(&mut self.breakable, false);
            let body = self.nodes(depth - 1);
            self.breakable = breakable;
            return format!("{{% {word} {name} %}}{body}{{% endset %}}");
        }
        let kind = if may_grow {
            *self.random.pick(&[Kind::Boolean, Kind::Integer])
        } else {
            self.kind()
        };
        let value = self.expression(kind, 3);
        self.tag("{%", &format!("{word} {name} = {value}"), "%}")
    }

    fn condition(&mut self, depth: usize) -> String {
        let condition = self.expression(Kind::Boolean, 3);
        let mut text = self.tag("{%", &format!("if {condition}"), "%}");
        text += &self.nodes(depth);
        if self.random.chance(30) {
            let condition = self.expression(Kind::Boolean, 2);
            let _ = write!(text, "{{% elif {condition} %}}{}", self.nodes(depth));
        }
        if self.random.chance(50) {
            let _ = write!(text, "{{% else %}}{}", self.nodes(depth));
        }
        text + "{% endif %}"
    }

    fn for_loop(&mut self, depth: usize) -> String {
        let name = *self.random.pick(LOCALS);
        let has_key = self.random.chance(20);
        let (names, list) = if has_key {
            let other = *self.random.pick(&["key", "q"]);
            let other = if other == name { "key" } else { other };
            (format!("{other}, {name}"), self.expression(Kind::Map, 2))
        } else {
            let kind =
                *self
                    .random
                    .pick(&[Kind::List, Kind::Texts, Kind::Maps, Kind::Map, Kind::Text]);
            (name.to_owned(), self.expression(kind, 2))
        };
        let mut text = self.tag("{%", &format!("for {names} in {list}"), "%}");
        let breakable = std::mem::replace(&mut self.breakable, true);
        self.loops += 1;
        text += &self.nodes(depth);
        self.loops -= 1;
        self.breakable = breakable;
        if self.random.chance(20) {
            let _ = write!(text, "{{% else %}}{}", self.nodes(depth));
        }
        text + "{% endfor %}"
    }

    /// A call of a component, if there is one.
    fn call(&mut self, depth: usize) -> Option<String> {
        if self.components.is_empty() {
            return None;
        }
        let index = self.random.below(self.components.len());
        let component = &self.components[index];
        let name = component.name.clone();
        let parameters: Vec<_> = component
            .parameters
            .iter()
            .map(|it| (it.name, it.kind, it.is_implicit || it.has_default))
            .collect();
        let mut call = format!("<{name}");
        for (name, kind, is_optional) in parameters {
            if is_optional && self.random.chance(60) {
                continue;
            }
            match self.random.below(4) {
                0 if self.names.iter().any(|(own, _)| *own == name) => {
                    let _ = write!(call, " {name}");
                }
                1 if kind == Kind::Text => {
                    let _ = write!(call, " {name}=\"{}\"", self.random.pick(TEXTS));
                }
                _ => {
                    let value = self.expression(kind, depth);
                    let _ = write!(call, " {name}={{ {value} }}");
                }
            }
        }
        Some(call + "/>")
    }

    fn kind(&mut self) -> Kind {
        *self.random.pick(&[
            Kind::Any,
            Kind::Boolean,
            Kind::Integer,
            Kind::Number,
            Kind::Text,
            Kind::Text,
            Kind::List,
            Kind::Texts,
            Kind::Integers,
            Kind::Maps,
            Kind::Map,
        ])
    }

    /// An expression that yields a value of this kind most of the time.
    fn expression(&mut self, kind: Kind, depth: usize) -> String {
        let kind = if self.random.chance(2) {
            Kind::Any
        } else {
            kind
        };
        if depth == 0 || self.random.chance(25) {
            return self.plain(kind);
        }
        let depth = depth - 1;
        if self.random.chance(5) {
            let condition = self.expression(Kind::Boolean, depth);
            let (then, otherwise) = (self.expression(kind, depth), self.expression(kind, depth));
            return format!("({then} if {condition} else {otherwise})");
        }
        let percent = if matches!(kind, Kind::Integer | Kind::Text) {
            5
        } else {
            1
        };
        if self.random.chance(percent) {
            return self.part(kind, depth);
        }
        match kind {
            Kind::Any if self.random.chance(40) => self.part(kind, depth),
            Kind::Any => {
                let kind = self.kind();
                if self.random.chance(20) {
                    let (left, right) = (self.operand(kind, depth), self.operand(kind, depth));
                    let word = *self.random.pick(&["and", "or"]);
                    return format!("({left} {word} {right})");
                }
                self.expression(kind, depth)
            }
            Kind::Boolean => self.boolean(depth),
            Kind::Integer => self.integer(depth),
            Kind::Number => self.number(depth),
            Kind::Text => self.text(depth),
            Kind::List => self.list(depth),
            Kind::Texts => self.texts(depth),
            Kind::Integers => self.integers(depth),
            Kind::Maps => self.maps(depth),
            Kind::Map => self.map(depth),
        }
    }

    /// An expression as an operand: in brackets, so that it stays one, but now and then without.
    fn operand(&mut self, kind: Kind, depth: usize) -> String {
        let operand = self.expression(kind, depth);
        let is_one = operand
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '.');
        if is_one || self.random.chance(15) {
            operand
        } else {
            format!("({operand})")
        }
    }

    /// A variable or a literal.
    fn plain(&mut self, kind: Kind) -> String {
        let fits = |(_, own): &&(&str, Kind)| {
            *own == kind
                || kind == Kind::Any
                || (kind == Kind::Number && *own == Kind::Integer)
                || (kind == Kind::List && matches!(own, Kind::Texts | Kind::Integers | Kind::Maps))
        };
        let fitting: Vec<_> = self.names.iter().filter(fits).map(|(it, _)| *it).collect();
        let percent = if kind == Kind::Any { 20 } else { 2 };
        if self.names.len() == VARIABLES.len() && self.random.chance(percent) {
            return (*self.random.pick(LOCALS)).to_owned();
        }
        if !fitting.is_empty() && self.random.chance(70) {
            return (*self.random.pick(&fitting)).to_owned();
        }
        match kind {
            Kind::Any => (*self
                .random
                .pick(&["none", "null", "true", "0", "\"\"", "[]", "{}"]))
            .to_owned(),
            Kind::Boolean if self.loops > 0 && self.random.chance(50) => {
                (*self.random.pick(&["loop.first", "loop.last"])).to_owned()
            }
            Kind::Boolean => (*self.random.pick(&["true", "false"])).to_owned(),
            Kind::Integer if self.loops > 0 && self.random.chance(50) => {
                (*self
                    .random
                    .pick(&["loop.index", "loop.index0", "loop.length"]))
                .to_owned()
            }
            Kind::Integer => (*self.random.pick(&[
                "0",
                "1",
                "2",
                "3",
                "-1",
                "-2",
                "7",
                "10",
                "9223372036854775807",
            ]))
            .to_owned(),
            Kind::Number => (*self.random.pick(&["0.0", "1.0", "2.5", "0.1", "1000.0"])).to_owned(),
            Kind::Text => {
                let quote = *self.random.pick(&['"', '"', '\'', '`']);
                let text = *self.random.pick(TEXTS);
                format!("{quote}{text}{quote}")
            }
            Kind::List => {
                (*self.random.pick(&["[]", "[1, 1.0, \"1\"]", "[none, true]"])).to_owned()
            }
            Kind::Texts => (*self
                .random
                .pick(&["[]", "[\"b\", \"a\"]", "[\"x10\", \"x9\"]"]))
            .to_owned(),
            Kind::Integers => (*self.random.pick(&["[]", "[3, 1, 2]", "[1]"])).to_owned(),
            Kind::Maps => (*self.random.pick(&["[]", "[{\"x\": 1, \"y\": \"a\"}]"])).to_owned(),
            Kind::Map => {
                (*self
                    .random
                    .pick(&["{}", "{\"x\": 1, \"y\": \"b\"}", "{\"z\": {\"x\": 2}}"]))
                .to_owned()
            }
        }
    }

    /// A part of a value.
    fn part(&mut self, kind: Kind, depth: usize) -> String {
        let key = match kind {
            Kind::Integer => "x",
            Kind::Text => "y",
            _ => *self.random.pick(KEYS),
        };
        match self.random.below(6) {
            0 | 1 => {
                let maps: Vec<_> = self.names.iter().filter(|it| it.1 == Kind::Map).collect();
                match maps.as_slice() {
                    [] => self.plain(kind),
                    maps => {
                        let index = self.random.below(maps.len());
                        let map = maps[index].0;
                        let more = if self.random.chance(20) { ".x" } else { "" };
                        format!("{map}.{key}{more}")
                    }
                }
            }
            2 => format!("{}[\"{key}\"]", self.operand(Kind::Map, depth)),
            3 => {
                let list = *self.random.pick(&[
                    Kind::List,
                    Kind::Texts,
                    Kind::Integers,
                    Kind::Maps,
                    Kind::Text,
                ]);
                let list = self.operand(list, depth);
                format!("{list}[{}]", self.expression(Kind::Integer, depth))
            }
            4 => {
                let map = self.operand(Kind::Map, depth);
                format!("{map}[{}]", self.expression(Kind::Text, depth))
            }
            _ => {
                let map = self.operand(Kind::Map, depth);
                if self.random.chance(50) {
                    let default = self.expression(kind, depth);
                    format!("({map} | get(key=\"{key}\", default={default}))")
                } else {
                    format!("({map} | get(key=\"{key}\"))")
                }
            }
        }
    }

    fn boolean(&mut self, depth: usize) -> String {
        let any = self.kind();
        match self.random.below(14) {
            0..3 => {
                let sign = *self.random.pick(&["<", "<=", ">", ">=", "==", "!="]);
                let kind =
                    *self
                        .random
                        .pick(&[Kind::Integer, Kind::Number, Kind::Text, Kind::Number]);
                let (left, right) = (self.operand(kind, depth), self.operand(kind, depth));
                format!("{left} {sign} {right}")
            }
            3 | 4 => {
                let sign = *self.random.pick(&["==", "!="]);
                let (left, right) = (self.operand(any, depth), self.operand(any, depth));
                format!("{left} {sign} {right}")
            }
            5 => format!("not {}", self.operand(Kind::Boolean, depth)),
            6 | 7 => {
                let word = *self.random.pick(&["and", "or"]);
                let left = self.operand(Kind::Boolean, depth);
                format!("{left} {word} {}", self.operand(Kind::Boolean, depth))
            }
            8 => {
                let word = *self.random.pick(&["in", "not in"]);
                let list = *self.random.pick(&[Kind::List, Kind::Text, Kind::Map]);
                let item = if list == Kind::List { any } else { Kind::Text };
                let item = self.operand(item, depth);
                format!("{item} {word} {}", self.operand(list, depth))
            }
            9 => {
                let not = if self.random.chance(30) { "not " } else { "" };
                let name = *self
                    .random
                    .pick(&["none", "string", "defined", "undefined"]);
                format!("{} is {not}{name}", self.operand(any, depth))
            }
            10 => {
                let name = *self.random.pick(&["starting_with", "ending_with"]);
                let text = self.operand(Kind::Text, depth);
                format!(
                    "{text} is {name}(pat={})",
                    self.expression(Kind::Text, depth)
                )
            }
            11 => {
                let list = *self.random.pick(&[Kind::List, Kind::Text, Kind::Map]);
                let item = if list == Kind::List { any } else { Kind::Text };
                let list = self.operand(list, depth);
                format!("{list} is containing(pat={})", self.expression(item, depth))
            }
            _ => self.operand(any, depth),
        }
    }

    fn integer(&mut self, depth: usize) -> String {
        match self.random.below(8) {
            0..4 => {
                let sign = *self.random.pick(&["+", "-", "*", "//", "%"]);
                let left = self.operand(Kind::Integer, depth);
                format!(
                    "{left} {sign} {}",
                    self.right_of(sign, Kind::Integer, depth)
                )
            }
            4 | 5 => {
                let kind = *self
                    .random
                    .pick(&[Kind::Text, Kind::List, Kind::Texts, Kind::Map]);
                format!("{} | length", self.operand(kind, depth))
            }
            6 => {
                let text = *self
                    .random
                    .pick(&["d", "\"12\"", "\" -7 \"", "2.0", "\"3.0\"", "i", "j"]);
                format!("{text} | int")
            }
            _ => {
                let name = *self.random.pick(&["first", "last"]);
                format!("{} | {name}", self.operand(Kind::Integers, depth))
            }
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if self.random.chance(30) {
            return self.integer(depth);
        }
        let sign = *self.random.pick(&["+", "-", "*", "/", "//", "%"]);
        let left = self.operand(Kind::Number, depth);
        format!("{left} {sign} {}", self.right_of(sign, Kind::Number, depth))
    }

    /// What stands after an operator: seldom 0, if it divides.
    fn right_of(&mut self, sign: &str, kind: Kind, depth: usize) -> String {
        if matches!(sign, "/" | "//" | "%") && self.random.chance(85) {
            let numbers = ["1", "2", "-3", "7", "10", "2.5", "-0.5"];
            return (*self.random.pick(&numbers)).to_owned();
        }
        self.operand(kind, depth)
    }

    fn text(&mut self, depth: usize) -> String {
        let any = self.kind();
        match self.random.below(17) {
            0..4 => {
                let (left, right) = (self.operand(Kind::Text, depth), self.operand(any, depth));
                format!("{left} ~ {right}")
            }
            4 | 5 => {
                let name = *self.random.pick(&[
                    "capitalize",
                    "lower",
                    "upper",
                    "trim",
                    "trim_end",
                    "trim_start",
                ]);
                format!("{} | {name}", self.operand(Kind::Text, depth))
            }
            6 => format!("{} | str", self.operand(any, depth)),
            7 => {
                let text = self.operand(Kind::Text, depth);
                let pattern = self.expression(Kind::Text, depth);
                format!("{text} | trim_end(pat={pattern})")
            }
            8 => {
                let text = self.operand(Kind::Text, depth);
                let from = self.expression(Kind::Text, depth);
                let to = self.expression(Kind::Text, depth);
                format!("{text} | replace(from={from}, to={to})")
            }
            9 => {
                let text = self.operand(Kind::Text, depth);
                let length = match self.random.below(4) {
                    0 => self.expression(Kind::Number, depth),
                    _ => (*self.random.pick(&["0", "1", "2.0", "5"])).to_owned(),
                };
                format!("{text} | truncate(length={length})")
            }
            10 => {
                let list = *self.random.pick(&[Kind::Texts, Kind::List]);
                let list = self.operand(list, depth);
                if self.random.chance(30) {
                    format!("{list} | join")
                } else {
                    format!("{list} | join(sep={})", self.expression(Kind::Text, depth))
                }
            }
            11 => self.slice(Kind::Text, depth),
            12 => {
                let name = *self.random.pick(&["as_string", "as_comment"]);
                let kind =
                    *self
                        .random
                        .pick(&[Kind::Text, Kind::Text, Kind::Number, Kind::Boolean]);
                format!("{} | {name}", self.operand(kind, depth))
            }
            13 => {
                let text = self.operand(Kind::Text, depth);
                let prefix = self.expression(Kind::Text, depth);
                format!("{text} | as_comment(prefix={prefix})")
            }
            14 => {
                let text = self.operand(Kind::Text, depth);
                let context = *self.random.pick(&[
                    "\"string\"",
                    "\"comment\"",
                    "(\"comment\" if b else \"string\")",
                    "s",
                ]);
                format!("{text} | escape(context={context})")
            }
            _ => match self.call(depth) {
                Some(call) => format!("({call})"),
                None => self.plain(Kind::Text),
            },
        }
    }

    fn slice(&mut self, kind: Kind, depth: usize) -> String {
        let mut bound = || {
            if self.random.chance(30) {
                String::new()
            } else {
                self.expression(Kind::Integer, depth)
            }
        };
        let (start, end) = (bound(), bound());
        format!("{}[{start}:{end}]", self.operand(kind, depth))
    }

    fn list(&mut self, depth: usize) -> String {
        let any = self.kind();
        match self.random.below(9) {
            0 | 1 => self.items(any, depth),
            2 => self.comprehension(any, depth),
            3 => format!("{} | unique", self.operand(Kind::List, depth)),
            4 => self.slice(Kind::List, depth),
            5 => self.texts(depth),
            6 => self.integers(depth),
            _ => self.maps(depth),
        }
    }

    /// A list of expressions, and of what is in other lists.
    fn items(&mut self, kind: Kind, depth: usize) -> String {
        let mut items = Vec::new();
        for _ in 0..self.random.below(4) {
            if self.random.chance(25) {
                items.push(format!("...{}", self.operand(Kind::List, depth)));
            } else {
                items.push(self.expression(kind, depth));
            }
        }
        format!("[{}]", items.join(", "))
    }

    fn comprehension(&mut self, kind: Kind, depth: usize) -> String {
        let name = *self.random.pick(&["it", "p", "i"]);
        let list = *self.random.pick(&[
            Kind::Texts,
            Kind::Integers,
            Kind::Maps,
            Kind::Map,
            Kind::Text,
        ]);
        let list = self.operand(list, depth);
        let item = match self.random.below(3) {
            0 => name.to_owned(),
            1 => format!("{name} ~ {}", self.operand(kind, depth)),
            _ => self.operand(kind, depth),
        };
        if self.random.chance(50) {
            let condition = self.operand(Kind::Boolean, depth);
            return format!("[{item} for {name} in {list} if {condition}]");
        }
        format!("[{item} for {name} in {list}]")
    }

    fn texts(&mut self, depth: usize) -> String {
        match self.random.below(6) {
            0 => self.items(Kind::Text, depth),
            1 => {
                let text = self.operand(Kind::Text, depth);
                format!("{text} | split(pat={})", self.expression(Kind::Text, depth))
            }
            2 => {
                let kind = *self.random.pick(&[Kind::Texts, Kind::Texts, Kind::List]);
                format!("{} | natural_sort", self.operand(kind, depth))
            }
            3 => format!("{} | unique", self.operand(Kind::Texts, depth)),
            4 => self.slice(Kind::Texts, depth),
            _ => self.comprehension(Kind::Text, depth),
        }
    }

    fn integers(&mut self, depth: usize) -> String {
        match self.random.below(4) {
            0 => self.items(Kind::Integer, depth),
            1 => format!("{} | unique", self.operand(Kind::Integers, depth)),
            2 => {
                // A loop over what has many items may be in another such loop.
                let end = match self.random.below(4) {
                    0 => format!("{} % 7", self.operand(Kind::Number, depth)),
                    _ => (*self.random.pick(&["4", "3.0", "7"])).to_owned(),
                };
                let mut call = format!("range(end={end}");
                if self.random.chance(50) {
                    let start = match self.random.below(4) {
                        0 => format!("{} % 7", self.operand(Kind::Integer, depth)),
                        _ => (*self.random.pick(&["1", "-2", "3.0"])).to_owned(),
                    };
                    let _ = write!(call, ", start={start}");
                }
                if self.random.chance(40) {
                    let _ = write!(call, ", step_by={}", self.expression(Kind::Integer, depth));
                }
                call + ")"
            }
            _ => self.slice(Kind::Integers, depth),
        }
    }

    fn maps(&mut self, depth: usize) -> String {
        match self.random.below(4) {
            0 => self.items(Kind::Map, depth),
            1 => format!("{} | unique", self.operand(Kind::Maps, depth)),
            2 => {
                let attribute = *self.random.pick(&["x", "x", "y", "y", "z.x"]);
                let list = self.operand(Kind::Maps, depth);
                format!("{list} | sort(attribute=\"{attribute}\")")
            }
            _ => self.slice(Kind::Maps, depth),
        }
    }

    fn map(&mut self, depth: usize) -> String {
        if self.random.chance(30) {
            let (left, right) = (
                self.operand(Kind::Map, depth),
                self.operand(Kind::Map, depth),
            );
            return format!("{{...{left}, ...{right}}}");
        }
        let mut members = Vec::new();
        for key in KEYS {
            if self.random.chance(40) {
                let kind = self.kind();
                members.push(format!("\"{key}\": {}", self.expression(kind, depth)));
            }
        }
        format!("{{{}}}", members.join(", "))
    }
}

/// How a parameter of a kind is declared, and a default that it may have.
fn declared(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Any => ("", "none"),
        Kind::Boolean => ("bool", "false"),
        Kind::Integer => ("integer", "-1"),
        Kind::Number => ("number", "1.5"),
        Kind::Text => ("string", "\"d\""),
        Kind::List | Kind::Texts | Kind::Integers | Kind::Maps => ("array", "[]"),
        Kind::Map => ("map", "{}"),
    }
}
