//! What a module answers for the parts of the format that its catalogue makes no use of, and of which it holds nothing.
//!
//! A method that the module does have goes before that of a trait, and a type that it does have before the one here, where
//! the module is imported in an inner scope.

/// Methods.
pub mod methods {
    use super::{Case, Group, Parameter, ParameterValue};

    /// Of an error.
    pub trait OfError: Sized {
        /// Without the option `json`, a module reads no bodies.
        fn from_body(_: u16, _: &[u8]) -> Option<Self> {
            None
        }

        fn group(&self) -> Option<Group> {
            None
        }

        fn case(&self) -> Option<Case> {
            None
        }

        fn parameters(&self) -> Vec<(&'static str, ParameterValue)> {
            Vec::new()
        }

        fn resolution(&self, _: &str) -> Option<&'static str> {
            None
        }
    }

    impl<T> OfError for T {}

    /// Of a code, or a case of one.
    pub trait OfCode: Sized {
        fn group(&self) -> Option<Group> {
            None
        }

        fn is_sensitive(&self) -> bool {
            false
        }

        fn docs_url(&self) -> Option<&'static str> {
            None
        }

        fn since(&self) -> Option<&'static str> {
            None
        }

        fn deprecated_since(&self) -> Option<&'static str> {
            None
        }

        fn replacement(&self) -> Option<Self> {
            None
        }

        fn retired_since(&self) -> Option<&'static str> {
            None
        }

        fn cases(&self) -> &'static [Case] {
            &[]
        }

        fn parameters(&self) -> &'static [Parameter] {
            &[]
        }

        fn resolution(&self, _: &str) -> Option<&'static str> {
            None
        }
    }

    impl<T> OfCode for T {}
}

/// None of these is ever made.
#[derive(Clone, Copy)]
pub enum Group {}

impl Group {
    #[must_use]
    pub fn all() -> &'static [Self] {
        &[]
    }

    #[must_use]
    pub fn id(self) -> &'static str {
        match self {}
    }

    #[must_use]
    pub fn category<T>(self) -> T {
        match self {}
    }

    #[must_use]
    pub fn title(self, _: &str) -> &'static str {
        match self {}
    }
}

#[derive(Clone, Copy)]
pub enum Case {}

impl Case {
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {}
    }

    #[must_use]
    pub fn message(self) -> &'static str {
        match self {}
    }

    #[must_use]
    pub fn parameters<T>(self) -> T {
        match self {}
    }

    #[must_use]
    pub fn description(self, _: &str) -> &'static str {
        match self {}
    }
}

pub enum Parameter {}

impl Parameter {
    #[must_use]
    pub fn name(&self) -> &'static str {
        match *self {}
    }

    #[must_use]
    pub fn value_type(&self) -> ParameterType {
        match *self {}
    }
}

#[derive(Debug)]
pub enum ParameterType {
    String,
    Integer,
    Boolean,
}

#[derive(Debug)]
pub enum ParameterValue {
    String(&'static str),
    Integer(i64),
    Boolean(bool),
}
