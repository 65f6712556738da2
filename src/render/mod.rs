//! Renders a model with a target's templates into files in memory. Pure: nothing is read, nothing is written.
//!
//! The templates of the standard targets are compiled when errgen is built; Tera interprets all others. Both see the same model.

#[cfg(feature = "compiled-templates")]
mod compiled;
mod condition;
mod engine;
mod file;
mod guard;
mod interpreted;
mod json;
mod names;
mod path;
mod report;
mod template_names;
mod tera_values;
mod tokens;
mod variables;

pub use engine::{Engine, shows_names_of_others};
pub use file::{RenderedFile, RenderedTarget};
pub use path::{FILE_LIST, is_safe};
pub use tera_values::TeraValues;

use bumpalo::Bump;

use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::model::{Model, TargetModel, Value};
use crate::target::{Each, FileRule};
use crate::validate::EnabledTarget;
use template_names::{path_template, template_name};
use variables::Variables;

/// The approximate size of one error in a file with all errors.
const BYTES_PER_ERROR: usize = 160;

/// Called before a template is rendered, with its file as diagnostics name it, and the file that it is rendered to, if
/// known.
pub type Begin<'a> = &'a dyn Fn(&str, Option<&str>);

/// Renders a target. The rules of its manifest's `files:` can be rendered one by one or in parallel.
pub struct Rendering<'a> {
    engine: Engine,
    enabled: &'a EnabledTarget,
    model: &'a TargetModel<'a>,
    /// Without the variables that a file is generated for.
    variables: Variables<Value<'a>>,
}

impl<'a> Rendering<'a> {
    /// Prepares to render a target. `arena` holds the variables other than the model.
    ///
    /// # Errors
    ///
    /// Conditions in the manifest with unknown names.
    pub fn new(
        arena: &'a Bump,
        engine: Engine,
        model: &'a Model<'a>,
        enabled: &'a EnabledTarget,
    ) -> Result<Self, Diagnostics> {
        let model = model.for_target(enabled.drops_retired);
        unless_any(condition::find_unknown(&enabled.target, model.catalog), ())?;
        let variables = Variables {
            catalog: model.catalog,
            target: target_variable(arena, enabled),
            notice: model.notice.into(),
            category: Value::Undefined,
            group: Value::Undefined,
            error: Value::Undefined,
            locale: Value::Undefined,
            status: Value::Undefined,
        };
        Ok(Self {
            engine,
            enabled,
            model,
            variables,
        })
    }

    /// The indexes of the rules whose conditions are met.
    pub fn rules(&self) -> impl Iterator<Item = usize> {
        let rules = self.enabled.target.manifest.files.iter().enumerate();
        let is_met = |rule| condition::is_met(rule, self.enabled, self.model.catalog);
        rules.filter_map(move |(index, rule)| is_met(rule).then_some(index))
    }

    /// Renders the files of a rule. `begin` is called before each step.
    ///
    /// # Errors
    ///
    /// The first error in a template, with its place.
    pub fn files(&self, index: usize, begin: Begin) -> Result<Vec<RenderedFile>, Diagnostics> {
        let rule = &self.enabled.target.manifest.files[index];
        let renderer = RuleRenderer {
            rendering: self,
            rule,
            index,
            begin,
        };
        let mut files = Vec::new();
        renderer.render_each(&rule.each, self.variables, &mut Bump::new(), &mut files)?;
        Ok(files)
    }

    /// Puts the target together from the files of all rules.
    ///
    /// # Errors
    ///
    /// Every unsafe or repeated output path.
    pub fn finish(&self, mut files: Vec<RenderedFile>) -> Result<RenderedTarget, Diagnostics> {
        let target = &self.enabled.target;
        let statics = target.files.iter().filter(|file| !file.is_template());
        files.extend(statics.map(|file| RenderedFile {
            path: file.path.clone(),
            content: file.content.to_vec(),
        }));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let rendered = RenderedTarget {
            id: target.id.clone(),
            files,
        };
        unless_any(path::check_paths(target, &rendered.files), rendered)
    }

    /// Renders all files. `begin` is called before each step.
    ///
    /// # Errors
    ///
    /// The first error in a template, with its place; every unsafe or repeated output path.
    pub fn render(&self, begin: Begin) -> Result<RenderedTarget, Diagnostics> {
        let mut files = Vec::new();
        for rule in self.rules() {
            files.extend(self.files(rule, begin)?);
        }
        self.finish(files)
    }
}

/// The variable `target`.
fn target_variable<'a>(arena: &'a Bump, enabled: &'a EnabledTarget) -> Value<'a> {
    let target = &enabled.target;
    let options = enabled.options.iter();
    let options = options.map(|(name, value)| (name.as_str(), Value::of_data(arena, value)));
    let types = target.manifest.types.iter();
    let types = types.map(|(name, value)| (name.as_str(), value.as_str().into()));
    let fields = [
        ("id", target.id.as_str().into()),
        ("options", Value::map(arena, options)),
        ("types", Value::map(arena, types)),
        ("data", Value::of_data(arena, &target.manifest.data)),
    ];
    Value::map(arena, fields)
}

/// Renders one entry of `files:`.
struct RuleRenderer<'a> {
    rendering: &'a Rendering<'a>,
    rule: &'a FileRule,
    /// Its index among the rules.
    index: usize,
    begin: Begin<'a>,
}

impl RuleRenderer<'_> {
    fn render_each(
        &self,
        each: &[Each],
        variables: Variables<Value>,
        scratch: &mut Bump,
        files: &mut Vec<RenderedFile>,
    ) -> Result<(), Diagnostics> {
        let Some((first, rest)) = each.split_first() else {
            let result = self.render_one(variables, scratch, files);
            scratch.reset();
            return result;
        };
        let model = self.rendering.model;
        let values = match first {
            Each::Category => model.categories,
            Each::Group => model.groups,
            Each::Error => model.errors,
            Each::Locale => model.locales,
            Each::Status => model.statuses,
        };
        for value in values.iter().copied() {
            let mut variables = variables;
            match first {
                Each::Category => variables.category = value,
                Each::Group => variables.group = value,
                Each::Error => variables.error = value,
                Each::Locale => variables.locale = value,
                Each::Status => variables.status = value,
            }
            self.render_each(rest, variables, scratch, files)?;
        }
        Ok(())
    }

    fn render_one(
        &self,
        variables: Variables<Value>,
        scratch: &Bump,
        files: &mut Vec<RenderedFile>,
    ) -> Result<(), Diagnostics> {
        let Rendering {
            engine, enabled, ..
        } = self.rendering;
        let target = &enabled.target;
        let render = |name: &str, size| engine.text(target, name, &variables, scratch, size);
        let template = template_name(target, &self.rule.template);
        (self.begin)(&target.manifest_source.path, None);
        let path = render(&path_template(target, self.index, "path"), 0)?;
        (self.begin)(&template, Some(&path));
        let holds_all = self.rule.each.iter().all(|each| *each == Each::Locale);
        let errors = self.rendering.model.errors.len();
        let size = if holds_all {
            errors * BYTES_PER_ERROR
        } else {
            0
        };
        let text = render(&template, size)?;
        if self.rule.json.is_some() {
            let path = render(&path_template(target, self.index, "json"), 0)?;
            let json = json::from_yaml(&text).map_err(|error| {
                let message = format!("the output cannot be converted to JSON: {error}");
                Diagnostic::file(rules::TEMPLATE_ERROR, &template, message)
            })?;
            files.push(RenderedFile {
                path,
                content: json.into_bytes(),
            });
        }
        files.push(RenderedFile {
            path,
            content: text.into_bytes(),
        });
        Ok(())
    }
}
