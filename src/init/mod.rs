//! What a project starts with: a catalogue that generates at once, and what git, make and GitHub need beside it.

use std::fmt::Write;

use serde_json::Value;

use crate::target::Target;

const CATALOG: &str = include_str!("catalog.yaml");
const MAKE: &str = include_str!("errgen.mk");
const ATTRIBUTES: &str = include_str!("gitattributes");
const WORKFLOW: &str = include_str!("workflow.yml");

/// What is known of a project.
pub struct Start<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// The first is that of the texts, and the fallback.
    pub locales: &'a [String],
    /// All that there are.
    pub known: &'a [&'a Target],
    /// Those to generate. Without any, all of them.
    pub targets: &'a [&'a Target],
    /// The JSON Schema of catalogues.
    pub schema: &'a str,
}

/// A file, with its path below the project's folder.
pub struct StartFile {
    pub path: &'static str,
    pub text: String,
}

/// The files to start with, the catalogue first.
pub fn start(start: &Start) -> Vec<StartFile> {
    let locale = start.locales.first().map_or("en", String::as_str);
    let catalog = CATALOG
        .replace("@ID@", start.id)
        .replace("@TITLE@", start.title)
        .replace("@LOCALE@", locale)
        .replace("@LOCALES@", &start.locales.join(", "))
        .replace("@TARGETS@\n", &targets(start));
    let file = |path, text: &str| StartFile {
        path,
        text: text.to_owned(),
    };
    vec![
        file("catalog.yaml", &catalog),
        file(".errgen/catalog.schema.json", start.schema),
        file("generated/.gitattributes", ATTRIBUTES),
        file("errgen.mk", MAKE),
        file(".github/workflows/errors.yml", WORKFLOW),
    ]
}

/// The targets with their options, or a comment with all that there are.
fn targets(start: &Start) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    if start.targets.is_empty() {
        text.push_str(
            "# What to generate. Without `targets`, all of these, below generated/:\n# targets:\n",
        );
        for target in start.known {
            let _ = writeln!(
                text,
                "#   {}: {{}} # {}",
                target.id, target.manifest.description
            );
        }
    } else {
        text.push_str("# What to generate, below generated/. `errgen targets` lists all that there are.\ntargets:\n");
        for target in start.targets {
            let options = target.manifest.project.iter().flat_map(|it| &it.options);
            let options = options.map(|(name, value)| match value {
                Value::String(text) => format!("{name}: {text}"),
                value => format!("{name}: {value}"),
            });
            let options = options.collect::<Vec<_>>().join(", ");
            let _ = if options.is_empty() {
                writeln!(text, "  {}: {{}}", target.id)
            } else {
                writeln!(text, "  {}: {{ {options} }}", target.id)
            };
        }
    }
    text.push('\n');
    text
}
