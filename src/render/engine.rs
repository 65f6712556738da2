//! What renders a target: compiled templates, or Tera.

use bumpalo::Bump;

#[cfg(feature = "compiled-templates")]
use super::compiled::Compiled;
use super::interpreted::Interpreter;
use super::tera_values::TeraValues;
use super::variables::Variables;
use crate::diagnostic::Diagnostics;
use crate::model::Value;
use crate::target::Target;

/// What renders a target: its templates and filters.
pub enum Engine {
    #[cfg(feature = "compiled-templates")]
    Compiled(Compiled),
    Interpreted(Box<Interpreter>),
}

impl Engine {
    /// What renders a target with a model.
    ///
    /// # Errors
    ///
    /// What is wrong in its templates, as far as that can be told before they are rendered.
    pub fn new(target: &Target) -> Result<Self, Diagnostics> {
        #[cfg(feature = "compiled-templates")]
        if let Some(compiled) = Compiled::new(target) {
            return Ok(Self::Compiled(compiled));
        }
        Self::interpreting(target, TeraValues::default())
    }

    /// The same, but Tera interprets its templates even if they are compiled; for the model that these values are of.
    ///
    /// # Errors
    ///
    /// What is wrong in its templates, as far as that can be told before they are rendered.
    pub fn interpreting(target: &Target, values: TeraValues) -> Result<Self, Diagnostics> {
        let interpreter = Interpreter::new(target, values)?;
        Ok(Self::Interpreted(Box::new(interpreter)))
    }

    /// What a template yields, of about `size` bytes; `scratch` holds what is computed on the way.
    ///
    /// # Errors
    ///
    /// What is wrong in it, with its place.
    pub(super) fn text<'a>(
        &self,
        target: &Target,
        template: &str,
        variables: &Variables<Value<'a>>,
        scratch: &'a Bump,
        size: usize,
    ) -> Result<String, Diagnostics> {
        match self {
            #[cfg(feature = "compiled-templates")]
            Self::Compiled(compiled) => compiled.text(target, template, variables, scratch, size),
            Self::Interpreted(interpreter) => interpreter.text(target, template, variables),
        }
    }
}

/// Whether the templates of a standard target show names of others.
pub fn shows_names_of_others(target: &Target) -> bool {
    // What Tera interprets may show any.
    #[cfg(not(feature = "compiled-templates"))]
    return target.is_standard();
    #[cfg(feature = "compiled-templates")]
    super::compiled::shows_names_of_others(target)
}
