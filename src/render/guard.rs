//! Finds misspelt names in templates.
//!
//! Tera refuses an unknown variable or field that is output or iterated, but silently takes one that is only tested for
//! false. So the names in a target's templates are checked before they are rendered.

use std::collections::HashSet;
use std::sync::Arc;

use super::names::{Name, Role, names};
use super::template_names::template_name;
use super::variables;
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, nearest, push, rules, unless_any};
use crate::model::FIELDS;
use crate::target::Target;

/// How many unknown names get a suggestion: each is compared with all known ones.
const MOST_COMPARED: usize = 100;

struct Template {
    name: String,
    text: String,
    names: Vec<Name>,
}

impl Template {
    /// The names that are one thing, each with its place.
    fn names(&self, role: Role) -> impl Iterator<Item = (&str, Span)> {
        let names = self.names.iter().filter(move |name| name.role == role);
        names.map(|name| (name.text.as_str(), Span::new(name.range.clone())))
    }
}

/// Refuses templates with an unknown variable or field.
pub fn check(target: &Target) -> Result<(), Diagnostics> {
    let files = target.files.iter().filter(|file| file.is_template());
    let templates: Vec<_> = files
        .map(|file| {
            let text = String::from_utf8_lossy(&file.content).into_owned();
            Template {
                name: template_name(target, &file.path),
                names: names(&text),
                text,
            }
        })
        .collect();
    let all = |role| {
        templates
            .iter()
            .flat_map(move |template| template.names(role))
    };
    let mut fields = known_fields(target);
    // A template can build its own maps.
    fields.extend(all(Role::Text).map(|(text, _)| text.to_owned()));
    let mut variables: HashSet<String> = variables::NAMES.iter().map(ToString::to_string).collect();
    // A variable that one template defines can be used in another that it includes.
    variables.extend(all(Role::Definition).map(|(name, _)| name.to_owned()));
    let mut diagnostics = Vec::new();
    let mut compared = 0;
    for template in &templates {
        let source = Arc::new(Source::new(template.name.as_str(), template.text.as_str()));
        let mut refuse = |role, what: &str, known: &HashSet<String>| {
            for (name, span) in template
                .names(role)
                .filter(|(name, _)| !known.contains(*name))
            {
                let message = format!("unknown {what} `{name}`");
                let mut diagnostic = Diagnostic::at(rules::TEMPLATE_ERROR, &source, span, message);
                compared += 1;
                let is_compared = compared <= MOST_COMPARED;
                let known = known.iter().filter(|_| is_compared);
                let near = nearest(name, known.map(String::as_str));
                diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
                push(&mut diagnostics, diagnostic);
            }
        };
        refuse(Role::Variable, "variable", &variables);
        refuse(Role::Field, "field", &fields);
    }
    unless_any(diagnostics, ())
}

fn known_fields(target: &Target) -> HashSet<String> {
    let manifest = &target.manifest;
    let mut known: HashSet<String> = FIELDS
        .iter()
        .chain(variables::LOOP_FIELDS)
        .map(ToString::to_string)
        .collect();
    known.extend(
        manifest
            .names
            .values()
            .flat_map(|kinds| kinds.keys().cloned()),
    );
    known.extend(manifest.options.keys().cloned());
    known.extend(manifest.types.keys().cloned());
    // Other targets' names and the keys of `meta` are not known here. They are written in brackets:
    // `names["rust"]`, `meta["owner"]`.
    known.insert(target.id.clone());
    known.extend(manifest.extends.clone());
    data_keys(&manifest.data, &mut known);
    known
}

fn data_keys(data: &serde_json::Value, known: &mut HashSet<String>) {
    match data {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                known.insert(key.clone());
                data_keys(value, known);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| data_keys(item, known)),
        _ => {}
    }
}
