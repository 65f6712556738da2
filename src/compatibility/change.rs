//! One change of a catalogue.

use serde_json::Value;

use super::verdict::{Broken, Verdict};
use crate::diagnostic::Rule;
use crate::ledger::Code;
use crate::target::Entity;

#[derive(Clone, Debug)]
pub struct Change {
    pub rule: &'static Rule,
    /// What sets it apart from others of its rule, where that decides what it breaks.
    pub variant: Option<&'static str>,
    pub subject: Subject,
    /// What is no longer there, and has its place in the old catalogue alone.
    pub is_gone: bool,
    /// What has changed, in a line.
    pub message: String,
    /// Null if there was or is nothing.
    pub was: Value,
    pub is: Value,
    pub help: Option<String>,
    /// What the names that programs write are names of.
    pub named: Vec<Named>,
    /// Why clients in the field read or decide differently.
    pub wire: Option<String>,
    /// What it breaks in the targets.
    pub broken: Vec<Broken>,
    pub verdict: Verdict,
    /// Why the catalogue says that it is not breaking.
    pub exempt: Option<String>,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An error, by its code where the change has its place.
    Error(Code<'static>, Part),
    Category(String),
    Group {
        category: String,
        id: String,
    },
    /// A head of the catalogue, and the one of several that it is about.
    Head(&'static str, Option<String>),
}

/// The part of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The code.
    Whole,
    Id,
    Http,
    Retry,
    NoError,
    Since,
    Deprecated,
    Retired,
    Description,
    /// Of the error, or of a case.
    Message(Option<String>),
    Parameter(Option<String>, String),
    Property(Option<String>, String),
    Cases,
    Case(String),
}

/// Something that has names in a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub entity: Entity,
    pub id: String,
    /// The id of its parent, with which some names are qualified.
    pub qualifier: Option<String>,
    /// The code of an error.
    pub code: Option<String>,
}

impl Named {
    pub fn new(entity: Entity, id: &str) -> Self {
        Self {
            entity,
            id: id.to_owned(),
            qualifier: None,
            code: None,
        }
    }

    pub fn within(entity: Entity, id: &str, parent: &str) -> Self {
        Self {
            qualifier: Some(parent.to_owned()),
            ..Self::new(entity, id)
        }
    }

    pub fn error(id: &str, code: &Code) -> Self {
        Self {
            code: Some(code.to_string()),
            ..Self::new(Entity::Error, id)
        }
    }
}

impl Change {
    pub fn new(rule: &'static Rule, subject: Subject, message: String) -> Self {
        Self {
            rule,
            variant: None,
            subject,
            is_gone: false,
            message,
            was: Value::Null,
            is: Value::Null,
            help: None,
            named: Vec::new(),
            wire: None,
            broken: Vec::new(),
            verdict: Verdict::Documents,
            exempt: None,
        }
    }

    /// What was there, and what is.
    #[must_use]
    pub fn from_to(mut self, was: impl Into<Value>, is: impl Into<Value>) -> Self {
        self.was = was.into();
        self.is = is.into();
        self
    }

    #[must_use]
    pub fn named(mut self, named: Named) -> Self {
        self.named.push(named);
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Why clients in the field read or decide differently, if they do.
    #[must_use]
    pub fn wire(mut self, reason: Option<impl Into<String>>) -> Self {
        self.wire = reason.map(Into::into);
        self
    }

    #[must_use]
    pub fn variant(mut self, variant: Option<&'static str>) -> Self {
        self.variant = variant;
        self
    }

    #[must_use]
    pub fn gone(mut self) -> Self {
        self.is_gone = true;
        self
    }
}
