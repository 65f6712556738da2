//! Render: from a model and a target to files in memory. Pure: nothing is read, nothing is written.
//!
//! The templates of the standard targets are compiled when errgen is built, others are interpreted by Tera; both see the same.

mod compiled;
mod condition;
mod guard;
mod interpreted;
mod json;
mod path;
mod report;
mod tags;
mod tera_values;

pub use compiled::shows_names_of_others;
pub use path::{FILE_LIST, is_safe};
pub use tera_values::TeraValues;

use bumpalo::Bump;

use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::model::{Model, TargetModel, Value};
use crate::target::{Each, FileRule, Target};
use crate::validate::EnabledTarget;
use compiled::Compiled;
use interpreted::Interpreter;

/// The files that a target yields, sorted by path.
#[derive(Debug)]
pub struct RenderedTarget {
    pub id: String,
    /// The output folder, as the catalogue names it.
    pub out: String,
    pub files: Vec<RenderedFile>,
}

#[derive(Debug)]
pub struct RenderedFile {
    /// Below the output folder, with `/`.
    pub path: String,
    pub content: Vec<u8>,
}

/// What renders a target: its templates and filters.
pub enum Engine {
    Compiled(Compiled),
    Interpreted(Box<Interpreter>),
}

/// What a template can name; undefined where it is not for a file of that kind.
#[derive(Clone, Copy)]
struct Variables<'a> {
    catalog: Value<'a>,
    target: Value<'a>,
    notice: Value<'a>,
    category: Value<'a>,
    group: Value<'a>,
    error: Value<'a>,
    locale: Value<'a>,
    status: Value<'a>,
}

/// Told before a template is rendered: the file that holds it, as diagnostics name it, and what it is rendered into, where
/// that is known.
pub type Begin<'a> = &'a dyn Fn(&str, Option<&str>);

impl Engine {
    /// What renders a target with a model.
    ///
    /// # Errors
    ///
    /// What is wrong in its templates, as far as that can be told before they are rendered.
    pub fn new(target: &Target) -> Result<Self, Diagnostics> {
        match Compiled::new(target) {
            Some(compiled) => Ok(Self::Compiled(compiled)),
            None => Self::interpreting(target, TeraValues::default()),
        }
    }

    /// The same for a target that is not a standard one, and for the model that these values are of.
    ///
    /// # Errors
    ///
    /// What is wrong in its templates, as far as that can be told before they are rendered.
    pub fn interpreting(target: &Target, values: TeraValues) -> Result<Self, Diagnostics> {
        let interpreter = Interpreter::new(target, values)?;
        Ok(Self::Interpreted(Box::new(interpreter)))
    }

    /// What a template yields.
    fn text<'a>(
        &self,
        target: &Target,
        template: &str,
        variables: &Variables<'a>,
        scratch: &'a Bump,
    ) -> Result<String, Diagnostics> {
        match self {
            Self::Compiled(compiled) => compiled.text(target, template, variables, scratch),
            Self::Interpreted(interpreter) => interpreter.text(target, template, variables),
        }
    }
}

/// Renders all files of a target.
///
/// # Errors
///
/// The first error in a template, with its place; every unsafe or repeated output path.
pub fn render(
    engine: &Engine,
    model: &Model,
    target: &Target,
    enabled: &EnabledTarget,
) -> Result<RenderedTarget, Diagnostics> {
    render_reporting(engine, model, target, enabled, &|_, _| {})
}

/// The same, and says before each step what it is about to do.
pub fn render_reporting(
    engine: &Engine,
    model: &Model,
    target: &Target,
    enabled: &EnabledTarget,
    begin: Begin,
) -> Result<RenderedTarget, Diagnostics> {
    let model = model.for_target(enabled.drops_retired);
    unless_any(condition::unknown(target, model.catalog), ())?;
    let arena = Bump::new();
    let variables = Variables {
        catalog: model.catalog,
        target: target_variable(&arena, target, enabled),
        notice: model.notice.into(),
        category: Value::Undefined,
        group: Value::Undefined,
        error: Value::Undefined,
        locale: Value::Undefined,
        status: Value::Undefined,
    };
    let mut files = Vec::new();
    let mut scratch = Bump::new();
    for (index, rule) in target.manifest.files.iter().enumerate() {
        if condition::is_met(rule, enabled, model.catalog) {
            let renderer = RuleRenderer {
                engine,
                model,
                target,
                rule,
                index,
                begin,
            };
            renderer.render_each(&rule.each, variables, &mut scratch, &mut files)?;
        }
    }
    let statics = target.files.iter().filter(|file| !file.is_template());
    files.extend(statics.map(|file| RenderedFile {
        path: file.path.clone(),
        content: file.content.to_vec(),
    }));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let rendered = RenderedTarget {
        id: target.id.clone(),
        out: enabled.out.clone(),
        files,
    };
    unless_any(path::unfit(target, &rendered.files), rendered)
}

/// The variable `target`.
fn target_variable<'a>(
    arena: &'a Bump,
    target: &'a Target,
    enabled: &'a EnabledTarget,
) -> Value<'a> {
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

/// One entry of `files:` on its way to files.
struct RuleRenderer<'a> {
    engine: &'a Engine,
    model: &'a TargetModel<'a>,
    target: &'a Target,
    rule: &'a FileRule,
    /// Its place among the rules.
    index: usize,
    begin: Begin<'a>,
}

impl RuleRenderer<'_> {
    fn render_each(
        &self,
        each: &[Each],
        variables: Variables,
        scratch: &mut Bump,
        files: &mut Vec<RenderedFile>,
    ) -> Result<(), Diagnostics> {
        let Some((first, rest)) = each.split_first() else {
            let result = self.render_one(variables, scratch, files);
            scratch.reset();
            return result;
        };
        let values = match first {
            Each::Category => self.model.categories,
            Each::Group => self.model.groups,
            Each::Error => self.model.errors,
            Each::Locale => self.model.locales,
            Each::Status => self.model.statuses,
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
        variables: Variables,
        scratch: &Bump,
        files: &mut Vec<RenderedFile>,
    ) -> Result<(), Diagnostics> {
        let render = |name: &str| self.engine.text(self.target, name, &variables, scratch);
        let template = template_name(self.target, &self.rule.template);
        (self.begin)(&self.target.manifest_source.path, None);
        let path = render(&path_template(self.target, self.index, "path"))?;
        (self.begin)(&template, Some(&path));
        let text = render(&template)?;
        if self.rule.json.is_some() {
            let path = render(&path_template(self.target, self.index, "json"))?;
            let json = json::from_yaml(&text).map_err(|error| {
                let message = format!("what it yields cannot be JSON: {error}");
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

fn template_name(target: &Target, path: &str) -> String {
    format!("{}/{path}", target.folder)
}

/// The paths that a rule gives, each with its key in the manifest.
fn path_rules(rule: &FileRule) -> impl Iterator<Item = (&'static str, &str)> {
    let json = rule.json.iter().map(|path| ("json", path.as_str()));
    json.chain([("path", rule.path.as_str())])
}

/// The name of the template that gives a file's path; it stands in the manifest.
fn path_template(target: &Target, index: usize, key: &str) -> String {
    format!("{}#files[{index}].{key}", manifest_path(target))
}

fn manifest_path(target: &Target) -> String {
    format!("{}/target.yaml", target.folder)
}
