//! What a template is made of.

/// Where something stands in a template: line and column, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// Why a template cannot be compiled.
#[derive(Debug)]
pub struct Problem {
    pub place: Place,
    pub message: String,
}

pub type Compiled<T> = Result<T, Problem>;

pub fn problem<T>(place: Place, message: impl Into<String>) -> Compiled<T> {
    let message = message.into();
    Err(Problem { place, message })
}

#[derive(Debug)]
pub struct Component {
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub body: Vec<Node>,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    /// Whether it is looked up where the component is called, if it is not given.
    pub is_implicit: bool,
    /// The kind of its values, as `Kind` of `src/render/compiled/` has it.
    pub kind: &'static str,
    pub default: Option<Expression>,
}

#[derive(Debug)]
pub enum Node {
    Content(String),
    Expression(Expression),
    Set {
        name: String,
        value: Assigned,
        /// Whether it is set for the whole template, out of a loop.
        is_global: bool,
    },
    Include {
        name: String,
        place: Place,
    },
    For {
        key: Option<String>,
        value: String,
        list: Expression,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    If {
        condition: Expression,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Break,
    Continue,
}

#[derive(Debug)]
pub enum Assigned {
    Value(Expression),
    /// What the nodes between `set` and `endset` write.
    Block(Vec<Node>),
}

#[derive(Debug)]
pub struct Expression {
    pub place: Place,
    pub kind: Kind,
}

pub type Operand = Box<Expression>;

#[derive(Debug)]
pub enum Kind {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Variable(String),
    /// A field of `loop`.
    Loop(String),
    Field {
        of: Operand,
        name: String,
    },
    Item {
        of: Operand,
        at: Operand,
    },
    Slice {
        of: Operand,
        start: Option<Operand>,
        end: Option<Operand>,
    },
    Filter {
        of: Operand,
        call: Call,
    },
    Test {
        of: Operand,
        call: Call,
    },
    Function(Call),
    Component(Call),
    Choice {
        condition: Operand,
        then: Operand,
        otherwise: Operand,
    },
    List(Vec<Entry>),
    Map(Vec<Entry>),
    Comprehension {
        item: Operand,
        value: String,
        list: Operand,
        condition: Option<Operand>,
    },
    Not(Operand),
    Binary {
        operator: Operator,
        left: Operand,
        right: Operand,
    },
}

/// What is called by a name, with its arguments.
#[derive(Debug)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<(String, Expression)>,
}

impl Call {
    pub fn argument(&self, name: &str) -> Option<&Expression> {
        let mut arguments = self.arguments.iter();
        let (_, value) = arguments.find(|(own, _)| own == name)?;
        Some(value)
    }
}

/// A part of a list or a map.
#[derive(Debug)]
pub enum Entry {
    Item(Expression),
    Member(String, Expression),
    /// All that another one has: `...others`.
    Spread(Expression),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The function that it is.
    Arithmetic(&'static str),
    /// The function of `Ordering` that tells whether it is met.
    Order(&'static str),
    Equal,
    NotEqual,
    And,
    Or,
    In,
    Concatenate,
}

impl Operator {
    /// The operator of a sign or a word, and how tightly it binds what stands before and after it.
    pub fn of(sign: &str) -> Option<(Self, u8, u8)> {
        let (operator, binding) = match sign {
            "or" => (Self::Or, 1),
            "and" => (Self::And, 3),
            "in" => (Self::In, 5),
            "==" => (Self::Equal, 7),
            "!=" => (Self::NotEqual, 7),
            "<" => (Self::Order("is_lt"), 7),
            "<=" => (Self::Order("is_le"), 7),
            ">" => (Self::Order("is_gt"), 7),
            ">=" => (Self::Order("is_ge"), 7),
            "+" => (Self::Arithmetic("add"), 11),
            "-" => (Self::Arithmetic("subtract"), 11),
            "*" => (Self::Arithmetic("multiply"), 13),
            "/" => (Self::Arithmetic("divide"), 13),
            "//" => (Self::Arithmetic("divide_whole"), 13),
            "%" => (Self::Arithmetic("remainder"), 13),
            "~" => (Self::Concatenate, 13),
            _ => return None,
        };
        Some((operator, binding, binding + 1))
    }
}
