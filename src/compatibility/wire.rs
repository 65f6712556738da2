//! Where the parts of an error are in a response, from the description that a ledger keeps.

use serde_json::Value;

use crate::ledger::{Parameter, State};

/// Where the parts of an error are in a response, and which parts are read where.
pub struct Wire<'a> {
    pub head: &'a Value,
}

impl<'a> Wire<'a> {
    pub fn of(state: &State<'a>) -> Self {
        Self {
            head: state.head("wire"),
        }
    }

    /// The layout of the errors: that of the response, or if that has no code, that of an item of its list.
    fn layout(&self) -> &'a Value {
        let response = &self.head["response"];
        if response["code"].is_null() {
            &self.head["errors"]["item"]
        } else {
            response
        }
    }

    /// Whether a response has a parameter beside its message.
    pub fn carries(&self, parameter: &Parameter) -> bool {
        parameter.at.is_some() || !self.layout()["parameters"].is_null()
    }

    /// Whether a response has any parameter of a state beside its message.
    pub fn carries_any(&self, state: &State) -> bool {
        let mut errors = state.errors.values();
        errors.any(|error| {
            let cases = error.cases.iter().flat_map(|case| &case.parameters);
            let mut parameters = error.parameters.iter().chain(cases);
            parameters.any(|parameter| self.carries(parameter))
        })
    }

    pub fn has_message(&self) -> bool {
        !self.layout()["message"].is_null()
    }

    /// Whether the URL of an error's page stands in place of its code.
    pub fn has_page(&self) -> bool {
        self.layout()["code"]["is_page"] == true
    }

    pub fn fields(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.head["fields"].as_object().into_iter().flatten()
    }
}
