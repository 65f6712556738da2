//! Render: from a model and a target to files in memory. Pure: nothing is read, nothing is written.

mod condition;
mod guard;
mod json;
mod path;
mod report;
mod tags;
mod tera_value;

pub use path::{FILE_LIST, is_safe};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, rules, unless_any};
use crate::model::Model;
use crate::target::{Each, Escape, FileRule, Target};
use crate::validate::EnabledTarget;
use report::located;

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
pub struct Engine(Tera);

/// The variable `target`.
#[derive(Serialize)]
struct TargetVariable<'a> {
    id: &'a str,
    options: &'a BTreeMap<String, serde_json::Value>,
    types: &'a BTreeMap<String, String>,
    data: &'a serde_json::Value,
}

/// Told before a template is rendered: the file that holds it, as diagnostics name it, and what it is rendered into, where
/// that is known.
pub type Begin<'a> = &'a dyn Fn(&str, Option<&str>);

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
    let variables = model.for_target(enabled.drops_retired);
    unless_any(condition::unknown(target, variables.catalog), ())?;
    let catalog = tera_value::of(variables.catalog);
    let mut context = Context::new();
    context.insert_value("catalog", catalog.clone());
    context.insert("notice", variables.notice);
    context.insert(
        "target",
        &TargetVariable {
            id: &target.id,
            options: &enabled.options,
            types: &target.manifest.types,
            data: &target.manifest.data,
        },
    );
    let mut files = Vec::new();
    for (index, rule) in target.manifest.files.iter().enumerate() {
        if condition::is_met(rule, enabled, variables.catalog) {
            let file = RuleRenderer {
                tera: &engine.0,
                target,
                rule,
                index,
                catalog: &catalog,
                begin,
            };
            file.render_each(&rule.each, &mut context, &mut files)?;
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

/// One entry of `files:` on its way to files.
struct RuleRenderer<'a> {
    tera: &'a Tera,
    target: &'a Target,
    rule: &'a FileRule,
    /// Its place among the rules.
    index: usize,
    catalog: &'a Value,
    begin: Begin<'a>,
}

impl RuleRenderer<'_> {
    fn render_each(
        &self,
        each: &[Each],
        context: &mut Context,
        files: &mut Vec<RenderedFile>,
    ) -> Result<(), Diagnostics> {
        let Some((first, rest)) = each.split_first() else {
            return self.render_one(context, files);
        };
        let (name, list) = match first {
            Each::Category => ("category", "categories"),
            Each::Group => ("group", "groups"),
            Each::Error => ("error", "errors"),
            Each::Locale => ("locale", "locales"),
            Each::Status => ("status", "statuses"),
        };
        let values = self.catalog.get_from_path(list).and_then(Value::as_array);
        for value in values.unwrap_or_default() {
            context.insert_value(name, value.clone());
            self.render_each(rest, context, files)?;
        }
        context.remove(name);
        Ok(())
    }

    fn render_one(
        &self,
        context: &Context,
        files: &mut Vec<RenderedFile>,
    ) -> Result<(), Diagnostics> {
        let render = |name: &str| {
            let text = self.tera.render(name, context);
            text.map_err(|error| match error.kind() {
                // Components that call each other without end: Tera does not say where.
                ErrorKind::Msg(message) => {
                    Diagnostic::file(rules::TEMPLATE_ERROR, name, message).into()
                }
                _ => located(self.target, &error),
            })
        };
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

impl Engine {
    /// Reads the templates of a target.
    ///
    /// # Errors
    ///
    /// What is wrong in them, as far as that can be told before they are rendered.
    pub fn new(target: &Target) -> Result<Self, Diagnostics> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&str>::new());
        register_filters(&mut tera, target);
        // Partials are named by their place beside the manifest.
        let prefix = format!("{}/", target.folder);
        tera.set_fallback_prefixes([prefix])
            .map_err(|error| located(target, &error))?;
        let mut templates = Vec::new();
        for file in target.files.iter().filter(|file| file.is_template()) {
            let name = template_name(target, &file.path);
            let text = str::from_utf8(&file.content).map_err(|_| {
                Diagnostic::file(rules::NOT_UTF8, &name, "the template is not UTF-8")
            })?;
            templates.push((name, text.to_owned()));
        }
        for (index, rule) in target.manifest.files.iter().enumerate() {
            let exists = target.files.iter().any(|file| file.path == rule.template);
            if !exists {
                let message = format!(
                    "there is no template `{}` beside the manifest",
                    rule.template
                );
                let manifest = manifest_path(target);
                return Err(Diagnostic::file(rules::BAD_MANIFEST, manifest, message).into());
            }
            for (key, path) in path_rules(rule) {
                templates.push((path_template(target, index, key), path.to_owned()));
            }
        }
        tera.add_raw_templates(templates)
            .map_err(|error| located(target, &error))?;
        // The tests put the templates of standard targets through the guard.
        if !target.is_standard() {
            guard::check(target)?;
        }
        Ok(Self(tera))
    }
}

fn register_filters(tera: &mut Tera, target: &Target) {
    let mut escapes = BTreeMap::new();
    for (context, rule) in &target.manifest.escapes {
        let escape = Arc::new(Escape::new(rule));
        escapes.insert(context.clone(), escape.clone());
        // A filter of its own: Tera makes a map of a call's arguments, which costs more than to escape a short text.
        let filter = move |value: Value, arguments: Kwargs, _: &State| -> Result<String, _> {
            escaped(&escape, &value, &arguments)
        };
        tera.register_filter(format!("as_{context}"), filter);
    }
    let filter = move |value: Value, arguments: Kwargs, _: &State| -> Result<String, _> {
        let context = arguments.must_get::<&str>("context")?;
        let Some(escape) = escapes.get(context) else {
            let known: Vec<_> = escapes.keys().map(String::as_str).collect();
            let message = format!(
                "the target has no escape context `{context}`; it has {}",
                known.join(", ")
            );
            return Err(tera::Error::message(message));
        };
        escaped(escape, &value, &arguments)
    };
    tera.register_filter("escape", filter);
    tera.register_filter("natural_sort", natural_sort);
}

/// A text as it is written in a context, over several lines where there is a prefix for them.
fn escaped(escape: &Escape, value: &Value, arguments: &Kwargs) -> Result<String, tera::Error> {
    let text = scalar_text(value)?;
    Ok(match arguments.get::<&str>("prefix")? {
        Some(prefix) => escape.lines(&text, prefix),
        None => escape.text(&text),
    })
}

/// Sorts texts; numbers in them count by their value.
fn natural_sort(mut texts: Vec<String>, _: Kwargs, _: &State) -> Vec<String> {
    alphanumeric_sort::sort_str_slice(&mut texts);
    texts
}

fn scalar_text(value: &Value) -> Result<Cow<'_, str>, tera::Error> {
    match value.as_str() {
        Some(text) => Ok(Cow::Borrowed(text)),
        None if value.is_number() || value.is_bool() => Ok(Cow::Owned(value.to_string())),
        None => Err(tera::Error::message(format!(
            "`escape` takes a text, not `{}`",
            value.name()
        ))),
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
