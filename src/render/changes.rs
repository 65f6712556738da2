//! What templates for an earlier model rely on, and does not hold for every catalogue any more.
//!
//! No field has been renamed or removed yet: [`CHANGES`] are the fields that can now be null, which a template that does not
//! know of it would leave out without a word.

use std::sync::Arc;

use super::names::{Name, Role, names};
use super::template_names::template_name;
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};
use crate::model::Value;
use crate::target::{MANIFEST, Target};

/// Fields that can be null since some model.
struct Change {
    model: u32,
    fields: &'static [&'static str],
    /// Whether they are fields of something with this name, as `codes` is in `category.codes.first`.
    is_of: fn(&str) -> bool,
    /// Whether they are null somewhere in a catalogue.
    concerns: fn(Value) -> bool,
    /// Where in such a catalogue.
    null: &'static str,
    /// What to write instead.
    help: &'static str,
}

const CHANGES: &[Change] = &[
    Change {
        model: 2,
        fields: &["description"],
        is_of: |owner| owner != "parameter",
        concerns: |catalog| uses(catalog, "uses.undescribed"),
        null: "an error or a case of this catalogue has none",
        help: "write the message where there is no description",
    },
    Change {
        model: 2,
        fields: &["http"],
        is_of: |_| true,
        concerns: |catalog| catalog.at_path("transport").and_then(Value::as_text) == Some("none"),
        null: "the errors of this catalogue have no HTTP status",
        help: "leave the status out where there is none",
    },
    Change {
        model: 2,
        fields: &["first", "last"],
        is_of: |owner| owner == "codes",
        concerns: |catalog| uses(catalog, "uses.prefixes"),
        null: "a category or a group of this catalogue has a prefix instead of a range",
        help: "write `codes.prefix` where it is not null",
    },
];

fn uses(catalog: Value, path: &str) -> bool {
    catalog.at_path(path).is_some_and(Value::is_truthy)
}

/// Every place in a target's templates where a field is used that is null somewhere in the catalogue, and never was in the
/// model that the templates are written for.
pub fn find(target: &Target, catalog: Value) -> Diagnostics {
    let model = target.manifest.model.get();
    let changes = CHANGES.iter().filter(|change| change.model > model);
    let changes: Vec<_> = changes
        .filter(|change| (change.concerns)(catalog))
        .collect();
    let mut diagnostics = Diagnostics::new();
    if changes.is_empty() {
        return diagnostics;
    }
    for file in target.files.iter().filter(|file| file.is_template()) {
        let text = String::from_utf8_lossy(&file.content);
        let source = Arc::new(Source::new(
            template_name(target, &file.path),
            text.as_ref(),
        ));
        for name in names(&text) {
            let mut changes = changes.iter();
            if let Some(change) = changes.find(|change| change.is_at(&name, &text)) {
                diagnostics.push(change.report(&source, name, target));
            }
        }
    }
    diagnostics
}

impl Change {
    fn is_at(&self, name: &Name, template: &str) -> bool {
        let before = template[..name.range.start].trim_end_matches(['.', '?']);
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        let owner = before.rsplit(|it| !is_word(it)).next();
        name.role == Role::Field
            && self.fields.contains(&name.text.as_str())
            && owner.is_some_and(self.is_of)
    }

    fn report(&self, source: &Arc<Source>, field: Name, target: &Target) -> Diagnostic {
        let Self {
            model, null, help, ..
        } = self;
        let span = Span::new(field.range);
        let message = format!("`{}` can be null since model {model}: {null}", field.text);
        let help = format!(
            "{help}, and state `model: {model}` in {}/{MANIFEST}",
            target.folder
        );
        Diagnostic::at(rules::TEMPLATE_ERROR, source, span, message).help(help)
    }
}
