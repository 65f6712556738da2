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

pub type Parsed<T> = Result<T, Problem>;

pub fn problem<T>(place: Place, message: impl Into<String>) -> Parsed<T> {
    let message = message.into();
    Err(Problem { place, message })
}

/// A template as it was read.
#[derive(Debug, Default)]
pub struct Template {
    pub nodes: Vec<Node>,
    pub components: Vec<Component>,
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
    /// A part of `loop`.
    Loop(LoopField),
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
        name: String,
        arguments: Arguments,
    },
    Test {
        of: Operand,
        name: String,
        arguments: Arguments,
    },
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
    Call {
        component: String,
        arguments: Arguments,
    },
    Function {
        name: String,
        arguments: Arguments,
    },
    Not(Operand),
    Binary {
        operator: Operator,
        left: Operand,
        right: Operand,
    },
}

/// Values by name.
pub type Arguments = Vec<(String, Expression)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopField {
    Index,
    Index0,
    First,
    Last,
    Length,
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
    Multiply,
    Divide,
    /// `//`: without what remains.
    DivideWhole,
    Remainder,
    Add,
    Subtract,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Concatenate,
    In,
}

impl Operator {
    /// How tightly it binds what stands before and after it.
    pub fn binding(self) -> (u8, u8) {
        match self {
            Self::Or => (1, 2),
            Self::And => (3, 4),
            Self::In => (5, 6),
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessOrEqual
            | Self::Greater
            | Self::GreaterOrEqual => (7, 8),
            Self::Add | Self::Subtract => (11, 12),
            Self::Multiply
            | Self::Divide
            | Self::DivideWhole
            | Self::Remainder
            | Self::Concatenate => (13, 14),
        }
    }
}
