//! Renders templates that are not compiled into errgen, with Tera.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Kwargs, State, Tera, Value as TeraValue};

use super::guard;
use super::report::locate;
use super::template_names::{manifest_path, path_rules, path_template, template_name};
use super::tera_values::TeraValues;
use super::variables::Variables;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::model::Value;
use crate::target::{Escape, Target};

/// A target's templates and filters in Tera.
pub struct Interpreter {
    tera: Tera,
    values: Mutex<TeraValues>,
}

impl Interpreter {
    /// Reads the templates of a target. `values` are those of the model to render.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them and can be found without rendering them.
    pub fn new(target: &Target, values: TeraValues) -> Result<Self, Diagnostics> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<&str>::new());
        register_filters(&mut tera, target);
        // Partials are named by their path in the target's folder.
        let prefix = format!("{}/", target.folder);
        tera.set_fallback_prefixes([prefix])
            .map_err(|error| locate(target, &error))?;
        let mut templates = Vec::new();
        for file in target.files.iter().filter(|file| file.is_template()) {
            let name = template_name(target, &file.path);
            let text = str::from_utf8(&file.content).map_err(|_| {
                Diagnostic::file(rules::NOT_UTF8, &name, "the template is not valid UTF-8")
            })?;
            templates.push((name, text.to_owned()));
        }
        for (index, rule) in target.manifest.files.iter().enumerate() {
            let exists = target.files.iter().any(|file| file.path == rule.template);
            if !exists {
                let message = format!(
                    "the template `{}` does not exist beside the manifest",
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
            .map_err(|error| locate(target, &error))?;
        guard::check(target)?;
        Ok(Self {
            tera,
            values: Mutex::new(values),
        })
    }

    /// Renders a template.
    ///
    /// # Errors
    ///
    /// What is wrong with the template, with its place.
    pub(super) fn text(
        &self,
        target: &Target,
        template: &str,
        variables: &Variables<Value>,
    ) -> Result<String, Diagnostics> {
        let text = self.tera.render(template, &self.context(variables));
        text.map_err(|error| match error.kind() {
            // Components that call each other endlessly: Tera does not say where.
            ErrorKind::Msg(message) => {
                Diagnostic::file(rules::TEMPLATE_ERROR, template, message).into()
            }
            _ => locate(target, &error),
        })
    }

    fn context(&self, variables: &Variables<Value>) -> Context {
        let tera_values = self.values.lock();
        let mut tera_values = tera_values.unwrap_or_else(PoisonError::into_inner);
        let mut context = Context::new();
        for (name, value) in variables.entries() {
            if !matches!(value, Value::Undefined) {
                context.insert_value(name, tera_values.value(value));
            }
        }
        context
    }
}

fn register_filters(tera: &mut Tera, target: &Target) {
    let mut escapes = BTreeMap::new();
    for (context, rule) in &target.manifest.escapes {
        let escape = Arc::new(Escape::new(rule));
        escapes.insert(context.clone(), escape.clone());
        // A separate filter: Tera makes a map of a call's arguments, which costs more than escaping a short text.
        let filter = move |value: TeraValue, arguments: Kwargs, _: &State| -> Result<String, _> {
            write_escaped(&escape, &value, &arguments)
        };
        tera.register_filter(format!("as_{context}"), filter);
    }
    let filter = move |value: TeraValue, arguments: Kwargs, _: &State| -> Result<String, _> {
        let context = arguments.must_get::<&str>("context")?;
        let Some(escape) = escapes.get(context) else {
            let known: Vec<_> = escapes.keys().map(String::as_str).collect();
            let message = format!(
                "unknown escape context `{context}`: use one of `{}`",
                known.join("`, `")
            );
            return Err(tera::Error::message(message));
        };
        write_escaped(escape, &value, &arguments)
    };
    tera.register_filter("escape", filter);
    tera.register_filter("natural_sort", natural_sort);
}

/// A text as it is written in a context, over several lines if there is a prefix for them.
fn write_escaped(
    escape: &Escape,
    value: &TeraValue,
    arguments: &Kwargs,
) -> Result<String, tera::Error> {
    let text = scalar_text(value)?;
    let mut output = String::with_capacity(text.len() + 2);
    match arguments.get::<&str>("prefix")? {
        Some(prefix) => escape.write_lines(&mut output, &text, prefix),
        None => escape.write(&mut output, &text),
    }
    Ok(output)
}

/// Sorts texts. Numbers in them are compared by value.
fn natural_sort(mut texts: Vec<String>, _: Kwargs, _: &State) -> Vec<String> {
    alphanumeric_sort::sort_str_slice(&mut texts);
    texts
}

fn scalar_text(value: &TeraValue) -> Result<Cow<'_, str>, tera::Error> {
    match value.as_str() {
        Some(text) => Ok(Cow::Borrowed(text)),
        None if value.is_number() || value.is_bool() => Ok(Cow::Owned(value.to_string())),
        None => Err(tera::Error::message(format!(
            "`escape` expects a string, not `{}`",
            value.name()
        ))),
    }
}
