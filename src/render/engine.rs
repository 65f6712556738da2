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
    /// Everything that is wrong with its templates and can be found without rendering them.
    pub fn new(target: &Target) -> Result<Self, Diagnostics> {
        #[cfg(feature = "compiled-templates")]
        if let Some(compiled) = Compiled::new(target) {
            return Ok(Self::Compiled(compiled));
        }
        Self::interpreting(target, TeraValues::default())
    }

    /// The same, but Tera interprets the templates even if they are compiled. `values` are those of the model.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its templates and can be found without rendering them.
    pub fn interpreting(target: &Target, values: TeraValues) -> Result<Self, Diagnostics> {
        let interpreter = Interpreter::new(target, values)?;
        Ok(Self::Interpreted(Box::new(interpreter)))
    }

    /// Renders a template to about `size` bytes. `scratch` holds intermediate values.
    ///
    /// # Errors
    ///
    /// What is wrong with the template, with its place.
    #[cfg_attr(
        not(feature = "compiled-templates"),
        expect(unused_variables, reason = "an interpreter allocates on its own")
    )]
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

/// Whether the templates of a target show names of other targets.
pub fn shows_names_of_others(target: &Target) -> bool {
    // Interpreted templates may show any.
    #[cfg(not(feature = "compiled-templates"))]
    return target.is_standard();
    #[cfg(feature = "compiled-templates")]
    super::compiled::shows_names_of_others(target)
}

/// Whether the templates of a standard target show what has become of errors.
pub fn shows_history(target: &Target) -> bool {
    // Interpreted templates may show it.
    #[cfg(not(feature = "compiled-templates"))]
    return target.is_standard();
    #[cfg(feature = "compiled-templates")]
    super::compiled::shows_history(target)
}
