//! `target.yaml`: all that errgen knows of a language or a document format.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::json;

use super::case::Case;
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// A target's manifest.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The manifest of an errgen target")]
pub struct Manifest {
    /// One line on what the target yields, for `errgen targets`.
    #[schemars(example = "Error module with its tests")]
    pub description: String,
    /// What to generate.
    #[schemars(example = json!([{ "template": "errors.txt.tera", "path": "{{ catalog.names.demo.module }}.txt" }]))]
    pub files: Vec<FileRule>,
    /// How names are spelled: for each entity the kinds of names that it has here.
    #[schemars(example = json!({ "error": { "variant": { "case": "upper_camel" } } }))]
    #[serde(default)]
    #[schemars(transform = describe_kinds)]
    pub names: BTreeMap<Entity, BTreeMap<String, NameRule>>,
    /// Words that no name may be, and how a name that would be one is written.
    #[schemars(example = json!([{ "words": ["type", "match"], "format": "r#{}" }]))]
    #[serde(default)]
    pub reserved: Vec<Reserved>,
    /// The places that a text can stand in, and how it is written there.
    #[schemars(example = json!({ "string": { "quotes": ["\""], "replace": { "\\": "\\\\", "\"": "\\\"" } } }))]
    #[serde(default)]
    pub escapes: BTreeMap<String, EscapeRule>,
    /// What each type of a parameter is called.
    #[schemars(example = json!({ "string": "&str", "integer": "i64", "boolean": "bool" }))]
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// What a catalogue can set under `targets:`, beside `out` and `retired`.
    #[schemars(example = json!({ "package": { "description": "Add a package file", "values": [true, false], "default": false } }))]
    #[serde(default)]
    pub options: BTreeMap<String, OptionRule>,
    /// What makes a site of the target, for `errgen serve`.
    #[schemars(example = json!({ "index": "index.html", "not_found": "404.html" }))]
    #[serde(default)]
    pub pages: Option<Pages>,
    /// A few lines in the target's language that handle one error, for documents such as the site.
    #[schemars(example = json!({
        "title": "Demo",
        "code": "if error.code == {{ catalog.names.demo.codes }}.{{ error.names.demo.constant }} then\n  print({{ detail }})\nend\n",
        "detail": { "parameter": "error.parameters[\"{{ parameter.name }}\"]", "message": "error.message" },
    }))]
    #[serde(default)]
    pub sample: Option<SampleRule>,
    /// Free data for the target's own templates.
    #[schemars(example = json!({ "code_types": { "integer": "Int", "string": "String" } }))]
    #[serde(default)]
    pub data: serde_json::Value,
}

/// What a web server shows of a site.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The file that is shown for a folder.
    #[schemars(example = "index.html")]
    pub index: String,
    /// The file that is shown where there is nothing, by its path below the output folder.
    #[schemars(example = &"404.html")]
    #[serde(default)]
    pub not_found: Option<String>,
}

/// A few lines of a program, in which `{{ }}` stands around names and nothing else. There are no tags and no filters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleRule {
    /// What readers call the language.
    #[schemars(example = &"Demo")]
    pub title: String,
    /// The program. It can name `catalog.names.TARGET.KIND`, `error.names.TARGET.KIND`, `error.id` and `detail`.
    #[schemars(
        example = "if error.code == {{ catalog.names.demo.codes }}.{{ error.names.demo.constant }} then\n"
    )]
    pub code: String,
    /// What `{{ detail }}` in the program stands for: what it shows of the error.
    #[serde(default)]
    #[schemars(example = json!({ "parameter": "error.parameters[\"{{ parameter.name }}\"]", "message": "error.message" }))]
    pub detail: Option<DetailRule>,
    /// Where the sample stands among those of other targets, the lowest first. Those without a number come last, by title.
    #[schemars(example = 1)]
    #[serde(default)]
    pub order: Option<u32>,
}

/// What a sample shows of an error.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DetailRule {
    /// Where the error has a parameter that is not sensitive: the first of them. It can also name `parameter.name` and
    /// `parameter.names.TARGET.KIND`.
    #[schemars(example = "error.parameters[\"{{ parameter.name }}\"]")]
    pub parameter: String,
    /// Where it has none.
    #[schemars(example = "error.message")]
    pub message: String,
}

/// A file to generate, or as many as `each` gives.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// The template, beside the manifest.
    #[schemars(example = "errors.txt.tera")]
    pub template: String,
    /// Where the file goes below the output folder: itself a template.
    #[schemars(example = "{{ catalog.names.demo.module }}.txt")]
    pub path: String,
    /// Where the same document goes as JSON, of a template that yields YAML: a template like `path`.
    #[schemars(example = &"{{ catalog.names.demo.module }}.json")]
    #[serde(default)]
    pub json: Option<String>,
    /// One file for each of these, or for each pair of them.
    #[schemars(example = json!(["category", "locale"]))]
    #[serde(default)]
    pub each: Vec<Each>,
    /// Only where this option is set, where the catalogue has this field (`catalog.docs_url`, `catalog.uses.parameters`), or where
    /// these options have these values.
    #[schemars(example = &"package", example = json!({ "flavour": "book" }))]
    #[serde(default)]
    pub when: Option<Condition>,
}

/// What a file depends on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Condition {
    /// The option, or the field of the catalogue, is neither null, false nor empty.
    Set(String),
    /// Each option has this value.
    Values(BTreeMap<String, serde_json::Value>),
}

/// What a file can be generated for each of.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    Category,
    Group,
    Error,
    Locale,
    Status,
}

/// What has names.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    Catalog,
    Category,
    Group,
    Error,
    Case,
    Parameter,
    Locale,
}

impl Entity {
    pub const ALL: [Self; 7] = [
        Self::Catalog,
        Self::Category,
        Self::Group,
        Self::Error,
        Self::Case,
        Self::Parameter,
        Self::Locale,
    ];

    /// As manifests and templates call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Category => "category",
            Self::Group => "group",
            Self::Error => "error",
            Self::Case => "case",
            Self::Parameter => "parameter",
            Self::Locale => "locale",
        }
    }
}

/// How one kind of name is made from an id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameRule {
    /// The spelling of the name.
    #[schemars(example = &"upper_camel")]
    pub case: Case,
    /// Around the name, with `{}` for it: `"{}Error"`.
    #[schemars(example = "{}Error")]
    #[serde(default = "bare")]
    pub format: String,
    /// For a group and a case: made from `<category>_<group>`, `<error>_<case>`.
    #[schemars(example = true)]
    #[serde(default)]
    pub qualified: bool,
    /// Kinds with the same namespace must not share a name. Absent: a namespace of its own.
    #[schemars(example = &"classes")]
    #[serde(default)]
    pub namespace: Option<String>,
    /// Further reserved words, of this kind alone.
    #[schemars(example = json!([{ "words": ["Self"], "format": "{}_" }]))]
    #[serde(default)]
    pub reserved: Vec<Reserved>,
}

fn bare() -> String {
    "{}".to_owned()
}

/// Words and what becomes of a name that is one of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// The words that no name may be.
    #[schemars(example = json!(["type", "match"]), with = "Vec<String>")]
    pub words: BTreeSet<String>,
    /// With `{}` for the name: `"r#{}"`.
    #[schemars(example = "r#{}")]
    pub format: String,
}

/// How a text is written in one kind of place.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscapeRule {
    /// The quotation marks that the result is put in. With several, the one that the text needs fewest
    /// escapes for; the first of them on a tie. Only the mark in use is escaped by its entry in `replace`.
    #[schemars(example = json!(["\"", "'"]))]
    #[serde(default)]
    pub quotes: Vec<String>,
    /// What is written in place of what; the longest that fits wins.
    #[schemars(example = json!({ "\\": "\\\\", "\"": "\\\"" }))]
    #[serde(default)]
    pub replace: BTreeMap<String, String>,
    /// The same, at the start of a line only.
    #[schemars(example = json!({ "#": "\\#" }))]
    #[serde(default)]
    pub line_start: BTreeMap<String, String>,
    /// The same, at the end of a line only.
    #[schemars(example = json!({ " ": "&#32;" }))]
    #[serde(default)]
    pub line_end: BTreeMap<String, String>,
    /// How a control character is written that `replace` does not name.
    #[schemars(example = json!({ "format": "\\u{HEX}" }))]
    #[serde(default)]
    pub control: Option<NumericRule>,
    /// How a bidirectional, zero-width or otherwise invisible character is written.
    #[schemars(example = json!({ "format": "\\u{HEX}" }))]
    #[serde(default)]
    pub invisible: Option<NumericRule>,
    /// The width of a line in columns, after which a text of several words goes on in the next.
    #[schemars(example = 100)]
    #[serde(default)]
    pub wrap: Option<usize>,
}

/// A character written by its number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumericRule {
    /// With `HEX` for the number: `'\u{HEX}'`.
    #[schemars(example = "\\u{HEX}")]
    pub format: String,
    /// At least this many digits.
    #[schemars(example = 4)]
    #[serde(default)]
    pub digits: u8,
    /// For characters above U+FFFF; absent: `format` does for them too.
    #[schemars(example = &"surrogates")]
    #[serde(default)]
    pub astral: Option<Astral>,
}

/// How a character above U+FFFF is written by its number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Astral {
    /// As the two halves of its UTF-16 form, each in `format`.
    Surrogates,
    /// Not by its number, but as it is: for places that cannot hold such a number.
    AsIs,
    /// In a form of its own.
    Format(AstralForm),
}

/// A form of its own for characters above U+FFFF.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({ "format": "\\UHEX", "digits": 8 }))]
pub struct AstralForm {
    /// With `HEX` for the number: `'\UHEX'`.
    #[schemars(example = "\\UHEX")]
    pub format: String,
    /// At least this many digits.
    #[schemars(example = 8)]
    pub digits: u8,
}

/// An option of a target.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionRule {
    /// One line on what it does.
    #[schemars(example = "Add a package file")]
    pub description: String,
    /// The values that it can have.
    #[schemars(example = json!([true, false]))]
    pub values: Vec<serde_json::Value>,
    /// The value that it has where the catalogue sets none.
    #[schemars(example = json!(false))]
    #[serde(default)]
    pub default: serde_json::Value,
}

impl Manifest {
    /// The JSON Schema (2020-12) of a manifest.
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Self);
        accept_plain_text(&mut schema);
        schema.to_value()
    }

    /// Reads a manifest that was turned into JSON when errgen was built, from its YAML in `source`.
    ///
    /// # Errors
    ///
    /// Where it is not a manifest.
    pub fn from_json(json: &[u8], source: &Arc<Source>) -> Result<Self, Diagnostics> {
        serde_json::from_slice(json).map_err(|error| {
            Diagnostic::at(
                rules::BAD_MANIFEST,
                source,
                Span::new(0..0),
                error.to_string(),
            )
            .into()
        })
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// Where it is not YAML or not a manifest, with the place.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        let options = serde_yaml::options! { strict_booleans: true };
        serde_yaml::from_str_with_options(&source.text, options).map_err(|error| {
            let location = error.location();
            let at = location.and_then(|location| location.span().byte_offset());
            let at = usize::try_from(at.unwrap_or_default()).unwrap_or_default();
            let message = error.without_snippet().to_string();
            // The place stands at the start of the diagnostic.
            let message = message.split(" at line ").next().unwrap_or_default();
            Diagnostic::at(rules::BAD_MANIFEST, source, Span::new(at..at), message).into()
        })
    }
}

/// Says of each entity in the schema of `names` what its names are.
fn describe_kinds(schema: &mut Schema) {
    let entities = schema
        .get_mut("properties")
        .and_then(|it| it.as_object_mut());
    for (entity, kinds) in entities.into_iter().flatten() {
        kinds["description"] = format!("The kinds of names that each {entity} has.").into();
        kinds["examples"] = json!([{ "constant": { "case": "shouty_snake" } }]);
    }
}

/// Lets a text be what a YAML reader makes of one that is not quoted, such as `true` among the words of a language, and
/// leaves out the formats of Rust's numbers.
fn accept_plain_text(schema: &mut Schema) {
    schema.remove("format");
    let is_text = schema.get("type").is_some_and(|kind| kind == "string");
    if is_text && schema.get("enum").is_none() && schema.get("const").is_none() {
        schema.insert("type".to_owned(), json!(["string", "number", "boolean"]));
    }
    schemars::transform::transform_subschemas(&mut accept_plain_text, schema);
}
