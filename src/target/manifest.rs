//! `target.yaml`: everything that errgen knows about a language or a document format.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::Arc;

use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_yaml::{
    DefaultMessageFormatter, Error as YamlError, Localizer, Location, MessageFormatter, Spanned,
};

use super::case::Case;
use super::pattern::TextPattern;
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// The version of the model, which is what templates see. `docs/upgrade.md` says what each has changed.
pub const MODEL: u32 = 2;

/// A target's manifest.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The manifest of an errgen target")]
pub struct Manifest {
    /// The standard target that this one extends: the files in its folder replace that one's, what its manifest says is added to what
    /// that one says, and everything else stays. Templates find the names of that target as they are.
    #[schemars(example = &"demo")]
    #[serde(default)]
    pub extends: Option<String>,
    /// What the target generates, in one line, for `errgen targets`.
    #[schemars(example = "Error module with its tests")]
    pub description: String,
    /// The version of the model that the templates are written for. Default: 1, that of errgen 0.1.
    #[schemars(example = MODEL)]
    #[serde(default = "first_model")]
    pub model: NonZero<u32>,
    /// What to generate.
    #[schemars(example = json!([{ "template": "errors.txt.tera", "path": "{{ catalog.names.demo.module }}.txt" }]))]
    pub files: Vec<FileRule>,
    /// How names are spelled: the kinds of names that each entity has in this target.
    #[schemars(example = json!({ "error": { "variant": { "case": "upper_camel" } } }))]
    #[serde(default)]
    #[schemars(transform = describe_kinds)]
    pub names: BTreeMap<Entity, BTreeMap<String, NameRule>>,
    /// How names in which only capitals separate words have the catalogue's acronyms.
    #[schemars(example = &"capitals")]
    #[serde(default)]
    pub acronyms: Acronyms,
    /// Reserved words, and how a name that would be one of them is written.
    #[schemars(example = json!([{ "words": ["type", "match"], "format": "r#{}" }]))]
    #[serde(default)]
    pub reserved: Vec<Reserved>,
    /// The contexts in which a text can be written, each with its escapes.
    #[schemars(example = json!({ "string": { "quotes": ["\""], "replace": { "\\": "\\\\", "\"": "\\\"" } } }))]
    #[serde(default)]
    pub escapes: BTreeMap<String, EscapeRule>,
    /// The name of each parameter type in this language.
    #[schemars(example = json!({ "string": "&str", "integer": "i64", "boolean": "bool" }))]
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// The options that a catalogue can set under `targets:`, in addition to `out` and `retired`.
    #[schemars(example = json!({ "package": { "description": "Add a package file", "values": [true, false], "default": false } }))]
    #[serde(default)]
    pub options: BTreeMap<String, OptionRule>,
    /// The values of options that a catalogue cannot have together.
    #[schemars(example = json!([{ "options": { "package": true, "style": "plain" }, "help": "set `style: full`" }]))]
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// What the language can hold, where that is less than a catalogue can have.
    #[schemars(example = json!({ "parameters": 254, "weights": { "integer": 2 } }))]
    #[serde(default)]
    pub limits: Limits,
    /// How `errgen init` knows a project that the target is for.
    #[schemars(example = json!({ "files": ["Cargo.toml"], "options": { "package": false } }))]
    #[serde(default)]
    pub project: Option<Project>,
    /// Whether to leave out categories and groups of which nothing is left once retired errors are dropped. A document would
    /// show an empty heading; a module still knows them.
    #[schemars(example = true)]
    #[serde(default)]
    pub omits_empty: bool,
    /// What makes the target a site, for `errgen serve`.
    #[schemars(example = json!({ "index": "index.html", "not_found": "404.html" }))]
    #[serde(default)]
    pub pages: Option<Pages>,
    /// A few lines of code in the target's language that handle one error, for documents such as the site.
    #[schemars(example = json!({
        "title": "Demo",
        "code": "if error.code == {{ catalog.names.demo.codes }}.{{ error.names.demo.constant }} then\n  print({{ detail }})\nend\n",
        "detail": { "parameter": "error.parameters[\"{{ parameter.name }}\"]", "message": "error.message" },
    }))]
    #[serde(default)]
    pub sample: Option<SampleRule>,
    /// What programs use of what the target generates, for `errgen diff`. Without it, no change breaks programs in its language.
    #[schemars(example = json!({ "names": { "error": ["constant"] }, "source": { "error-renamed": "the constant has no alias" } }))]
    #[serde(default)]
    pub surface: Option<Surface>,
    /// Any data, for the target's own templates.
    #[schemars(example = json!({ "code_types": { "integer": "Int", "string": "String" } }))]
    #[serde(default)]
    pub data: serde_json::Value,
    /// Folders beside the manifest with more data, each file by its name: `words/de.yaml` is `data.words.de`.
    #[schemars(example = json!(["words"]))]
    #[serde(default)]
    pub data_folders: BTreeSet<String>,
}

/// What programs use of what a target generates, and which changes of a catalogue break them. A rule of a change can have a
/// variant: `parameter-added/first`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// The kinds of names that programs write, by what they are names of.
    #[schemars(example = json!({ "error": ["constant", "class"] }))]
    #[serde(default)]
    #[schemars(transform = describe_used)]
    pub names: BTreeMap<Entity, Vec<String>>,
    /// The changes after which a program may no longer compile, by the names of their rules: each with the reason, in a few words.
    #[schemars(example = json!({ "parameter-added": "whoever builds the message has to pass it" }))]
    #[serde(default)]
    pub source: BTreeMap<String, String>,
    /// The changes after which a program that was compiled before may not run, where a module can be replaced without compiling
    /// the program again: in the same form.
    #[schemars(example = json!({ "parameter-added": "the constructor has another signature" }))]
    #[serde(default)]
    pub binary: Option<BTreeMap<String, String>>,
}

/// How a language writes acronyms within names.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Acronyms {
    /// Like any other word: `DbInstance`, `invalidUrl`.
    #[default]
    Words,
    /// Those of two letters as the catalogue has them, longer ones like any other word: `DBInstance`, `invalidUrl`.
    Pairs,
    /// As the catalogue has them: `DBInstance`, `invalidURL`.
    Capitals,
}

fn first_model() -> NonZero<u32> {
    NonZero::<u32>::MIN
}

/// What a manifest says of the errgen that it needs, whatever else it holds.
#[derive(Deserialize)]
struct Requirement {
    model: Spanned<u32>,
}

/// A project that a target is for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// The files by which it is known: any of them, in its folder.
    #[schemars(example = json!(["Cargo.toml"]))]
    pub files: Vec<String>,
    /// The options that a catalogue starts with.
    #[schemars(example = json!({ "package": false }))]
    #[serde(default)]
    pub options: BTreeMap<String, serde_json::Value>,
}

/// What a language can hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// How many errors a module can have.
    #[schemars(example = &20_000)]
    #[serde(default)]
    pub errors: Option<u32>,
    /// How many parameters a message can have.
    #[schemars(example = &254)]
    #[serde(default)]
    pub parameters: Option<u32>,
    /// For a type of parameter: how many parameters it counts as. Default: 1.
    #[schemars(example = json!({ "integer": 2 }))]
    #[serde(default)]
    pub weights: BTreeMap<String, u32>,
}

/// The files that a web server shows for a site.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The file to show for a folder.
    #[schemars(example = "index.html")]
    pub index: String,
    /// The file to show for a page that does not exist, relative to the output folder.
    #[schemars(example = &"404.html")]
    #[serde(default)]
    pub not_found: Option<String>,
}

/// A few lines of code. `{{ }}` can contain only names; there are no tags and no filters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleRule {
    /// The language's name, for readers.
    #[schemars(example = &"Demo")]
    pub title: String,
    /// The code. It can use `catalog.names.TARGET.KIND`, `error.names.TARGET.KIND`, `error.id` and `detail`.
    #[schemars(
        example = "if error.code == {{ catalog.names.demo.codes }}.{{ error.names.demo.constant }} then\n"
    )]
    pub code: String,
    /// What `{{ detail }}` in the code stands for: the part of the error that it shows.
    #[serde(default)]
    #[schemars(example = json!({ "parameter": "error.parameters[\"{{ parameter.name }}\"]", "message": "error.message" }))]
    pub detail: Option<DetailRule>,
    /// The position of the sample among those of other targets, lowest first. Samples without a number come last, by title.
    #[schemars(example = 1)]
    #[serde(default)]
    pub order: Option<u32>,
}

/// The part of an error that a sample shows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DetailRule {
    /// For an error with a parameter that is not sensitive: the first such parameter. It can also use `parameter.name` and
    /// `parameter.names.TARGET.KIND`.
    #[schemars(example = "error.parameters[\"{{ parameter.name }}\"]")]
    pub parameter: String,
    /// For an error without such a parameter.
    #[schemars(example = "error.message")]
    pub message: String,
}

/// A file to generate, or several with `each`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// The template, in the manifest's folder.
    #[schemars(example = "errors.txt.tera")]
    pub template: String,
    /// The file's path in the output folder: itself a template.
    #[schemars(example = "{{ catalog.names.demo.module }}.txt")]
    pub path: String,
    /// The path of the same document as JSON, if the template produces YAML: a template like `path`.
    #[schemars(example = &"{{ catalog.names.demo.module }}.json")]
    #[serde(default)]
    pub json: Option<String>,
    /// Generate one file for each of these, or for each combination of them.
    #[schemars(example = json!(["category", "locale"]))]
    #[serde(default)]
    pub each: Vec<Each>,
    /// Generate the file only if this option is set, if the catalogue has this field (`catalog.docs_url`,
    /// `catalog.uses.parameters`), or if these options have these values.
    #[schemars(example = &"package", example = json!({ "flavour": "book" }))]
    #[serde(default)]
    pub when: Option<Condition>,
}

/// A condition for generating a file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Condition {
    /// The option or the field of the catalogue is not null, false or empty.
    Set(String),
    /// Each option has this value.
    Values(BTreeMap<String, serde_json::Value>),
}

/// What a file can be generated for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    Category,
    Group,
    Error,
    Locale,
    Status,
}

/// Something that has names.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    Catalog,
    Category,
    Group,
    Error,
    Case,
    Parameter,
    // Of a response.
    Field,
    Property,
    // Of an enum. With a doc comment of one variant, the schema would take any word for an entity.
    Value,
    Locale,
}

impl Entity {
    pub const ALL: [Self; 10] = [
        Self::Catalog,
        Self::Category,
        Self::Group,
        Self::Error,
        Self::Case,
        Self::Parameter,
        Self::Field,
        Self::Property,
        Self::Value,
        Self::Locale,
    ];

    /// Its name in manifests and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Category => "category",
            Self::Group => "group",
            Self::Error => "error",
            Self::Case => "case",
            Self::Parameter => "parameter",
            Self::Field => "field",
            Self::Property => "property",
            Self::Value => "value",
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
    /// A pattern with `{}` for the name: `"{}Error"`.
    #[schemars(example = "{}Error")]
    #[serde(default = "bare")]
    pub format: String,
    /// For a group or a case: whether the name is made from `<category>_<group>` or `<error>_<case>`.
    #[schemars(example = true)]
    #[serde(default)]
    pub qualified: bool,
    /// Kinds with the same namespace must not share a name. Default: a separate namespace.
    #[schemars(example = &"classes")]
    #[serde(default)]
    pub namespace: Option<String>,
    /// Further reserved words, for this kind only.
    #[schemars(example = json!([{ "words": ["Self"], "format": "{}_" }]))]
    #[serde(default)]
    pub reserved: Vec<Reserved>,
    /// The pattern to use instead of `format` if another kind in the same namespace has the name: a kind without
    /// `if_taken`, or one of an entity that comes earlier.
    #[schemars(example = &"{}GroupError")]
    #[serde(default)]
    pub if_taken: Option<String>,
    /// Whether an id that already ends with what `format` adds keeps its own ending: `InternalError`, not `InternalErrorError`.
    /// If another id has that name, the ending is added after all.
    #[schemars(example = true)]
    #[serde(default)]
    pub suffix_once: bool,
    /// Whether nothing is written under the name: it only keeps kinds with `if_taken` from having it.
    #[schemars(example = true)]
    #[serde(default)]
    pub unwritten: bool,
    /// What the name is made from.
    #[schemars(example = &"code")]
    #[serde(default)]
    pub of: Origin,
    /// For names of files or folders.
    #[schemars(example = json!({ "beside": "sources", "device": "{}_" }))]
    #[serde(default)]
    pub file: Option<FileName>,
}

/// The pattern of a name that is just the id.
pub const BARE: &str = "{}";

fn bare() -> String {
    BARE.to_owned()
}

/// What a name is made from.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The id; for a locale, its tag.
    #[default]
    Id,
    /// The code, for an error.
    Code,
    /// The namespace that the catalogue chooses for its code in `publish`, word by word. If it chooses none, the id.
    Namespace,
}

/// What a name of a file or folder needs in addition: some file systems ignore letter case and Unicode normalisation, and
/// some reserve names for devices.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileName {
    /// Kinds with the same value stand in the same folder. Default: in a folder of their own.
    #[schemars(example = &"sources")]
    #[serde(default)]
    pub beside: Option<String>,
    /// A pattern with `{}` for a name that some operating system reserves for a device, such as `nul`.
    #[schemars(example = "{}_")]
    #[serde(default = "bare")]
    pub device: String,
}

/// Reserved words, and how a name that is one of them is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// The reserved words.
    #[schemars(example = json!(["type", "match"]), with = "Vec<String>")]
    pub words: BTreeSet<String>,
    /// A pattern with `{}` for the name: `"r#{}"`.
    #[schemars(example = "r#{}")]
    pub format: String,
    /// For a name made `of: namespace`: whether only its first word may not be one of them.
    #[schemars(example = true)]
    #[serde(default)]
    pub first: bool,
}

/// How a text is written in one context.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscapeRule {
    /// The quotation marks around the result. If there are several, the one that needs the fewest escapes
    /// is used, or the first of them on a tie. Only the mark in use is escaped by its entry in `replace`.
    #[schemars(example = json!(["\"", "'"]))]
    #[serde(default)]
    pub quotes: Vec<String>,
    /// Replacements. The longest match wins.
    #[schemars(example = json!({ "\\": "\\\\", "\"": "\\\"" }))]
    #[serde(default)]
    pub replace: BTreeMap<String, String>,
    /// Replacements at the start of a line.
    #[schemars(example = json!({ "#": "\\#" }))]
    #[serde(default)]
    pub line_start: BTreeMap<String, String>,
    /// Replacements at the end of a line.
    #[schemars(example = json!({ " ": "&#32;" }))]
    #[serde(default)]
    pub line_end: BTreeMap<String, String>,
    /// How to write control characters that are not in `replace`.
    #[schemars(example = json!({ "format": "\\u{HEX}" }))]
    #[serde(default)]
    pub control: Option<NumericRule>,
    /// How to write bidirectional, zero-width and other invisible characters.
    #[schemars(example = json!({ "format": "\\u{HEX}" }))]
    #[serde(default)]
    pub invisible: Option<NumericRule>,
    /// The line width, in columns, at which a text is wrapped between words.
    #[schemars(example = 100)]
    #[serde(default)]
    pub wrap: Option<usize>,
}

/// How to write a character as a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumericRule {
    /// A pattern with `HEX` for the number: `'\u{HEX}'`.
    #[schemars(example = "\\u{HEX}")]
    pub format: String,
    /// The minimum number of digits.
    #[schemars(example = 4)]
    #[serde(default)]
    pub digits: u8,
    /// For characters above U+FFFF. Default: `format`.
    #[schemars(example = &"surrogates")]
    #[serde(default)]
    pub astral: Option<Astral>,
}

/// How to write a character above U+FFFF as a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Astral {
    /// As a UTF-16 surrogate pair, each half in `format`.
    Surrogates,
    /// As the character itself: for contexts that cannot express such a number.
    AsIs,
    /// In a different format.
    Format(AstralForm),
}

/// A different format for characters above U+FFFF.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({ "format": "\\UHEX", "digits": 8 }))]
pub struct AstralForm {
    /// A pattern with `HEX` for the number: `'\UHEX'`.
    #[schemars(example = "\\UHEX")]
    pub format: String,
    /// The minimum number of digits.
    #[schemars(example = 8)]
    pub digits: u8,
}

/// An option of a target, which has `values` or a `pattern`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["values"] }, { "required": ["pattern"] }]))]
pub struct OptionRule {
    /// What the option does, in one line.
    #[schemars(example = "Add a package file")]
    pub description: String,
    /// The allowed values.
    #[schemars(example = json!([true, false]))]
    #[serde(default)]
    pub values: Vec<serde_json::Value>,
    /// In place of `values`: the value is a text, and all of it has to match this regular expression.
    #[schemars(example = &"[a-z]+\\.svg")]
    #[serde(default)]
    pub pattern: Option<TextPattern>,
    /// The value is a mapping, by any name, of texts that match the pattern.
    #[schemars(example = true)]
    #[serde(default)]
    pub entries: bool,
    /// A value that matches the pattern, or such a mapping.
    #[schemars(example = json!("logo.svg"))]
    #[serde(default)]
    pub example: serde_json::Value,
    /// The value if the catalogue does not set the option.
    #[schemars(example = json!(false))]
    #[serde(default)]
    pub default: serde_json::Value,
    /// If a change of the value can break programs that use the module: why, in a few words.
    #[schemars(example = &"the module has another path")]
    #[serde(default)]
    pub breaks: Option<String>,
}

/// Values of options that a catalogue cannot have together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Each option with its value.
    #[schemars(example = json!({ "package": true, "style": "plain" }))]
    pub options: BTreeMap<String, serde_json::Value>,
    /// What to do instead, and why, in one line.
    #[schemars(example = "set `style: full`")]
    pub help: String,
}

impl OptionRule {
    /// Whether a catalogue can set the option to a value.
    pub fn allows(&self, value: &serde_json::Value) -> bool {
        let Some(pattern) = &self.pattern else {
            return self.values.contains(value);
        };
        let is_match =
            |value: &serde_json::Value| value.as_str().is_some_and(|it| pattern.is_match(it));
        match value {
            serde_json::Value::Object(entries) => self.entries && entries.values().all(is_match),
            text => !self.entries && is_match(text),
        }
    }

    /// The JSON Schema of its values.
    pub fn schema(&self) -> serde_json::Value {
        let mut schema = match &self.pattern {
            None => json!({ "enum": self.values, "examples": self.values }),
            Some(pattern) => {
                let text = json!({ "type": "string", "pattern": pattern.as_anchored() });
                let mut schema = if self.entries {
                    json!({ "type": "object", "additionalProperties": text })
                } else {
                    text
                };
                schema["examples"] = json!([self.example]);
                schema
            }
        };
        schema["description"] = self.description.as_str().into();
        if !self.default.is_null() {
            schema["default"] = self.default.clone();
        }
        schema
    }
}

impl Manifest {
    /// The JSON Schema (2020-12) of a manifest.
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Self);
        accept_plain_text(&mut schema);
        let mut schema = schema.to_value();
        // One that extends another has what that one has.
        let required = schema["required"].take();
        schema["anyOf"] = json!([{ "required": required }, { "required": ["extends"] }]);
        if let Some(keys) = schema.as_object_mut() {
            keys.remove("required");
        }
        schema
    }

    /// Reads a manifest that was converted to JSON when errgen was built. Its YAML is in `source`.
    ///
    /// # Errors
    ///
    /// If it is not a manifest.
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
    /// If it is not YAML, not a manifest, or one for a later errgen, with the place.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Diagnostics> {
        check_model(source)?;
        parse_yaml(source)
    }
}

/// Reads a manifest, or a file of its data.
pub(super) fn parse_yaml<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Diagnostics> {
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(&source.text, options).map_err(|error| {
        let at = offset(error.location());
        let message = error.without_snippet().render_with_formatter(&Messages);
        Diagnostic::at(rules::BAD_MANIFEST, source, Span::new(at..at), message).into()
    })
}

/// Refuses a manifest for a later errgen. What is new in it would look like mistakes.
pub(super) fn check_model(source: &Arc<Source>) -> Result<(), Diagnostics> {
    let Ok(Requirement { model }) = serde_yaml::from_str(&source.text) else {
        return Ok(());
    };
    if model.value <= MODEL {
        return Ok(());
    }
    let at = offset(Some(model.referenced));
    let message = format!(
        "the templates are written for model {}, and this version of errgen has model {MODEL}",
        model.value
    );
    let diagnostic = Diagnostic::at(rules::BAD_MANIFEST, source, Span::new(at..at), message);
    Err(diagnostic.help("install a later version of errgen").into())
}

/// The offset in bytes of a place in a manifest, or its start.
fn offset(location: Option<Location>) -> usize {
    let at = location.and_then(|location| location.span().byte_offset());
    usize::try_from(at.unwrap_or_default()).unwrap_or_default()
}

/// Describes what is wrong with a manifest. The diagnostic already starts with the place.
struct Messages;

impl MessageFormatter for Messages {
    fn localizer(&self) -> &dyn Localizer {
        self
    }

    fn format_message<'a>(&self, error: &'a YamlError) -> Cow<'a, str> {
        match error {
            YamlError::Budget { .. } => {
                "the manifest is too large with its aliases resolved".into()
            }
            other => DefaultMessageFormatter.format_message(other),
        }
    }
}

impl Localizer for Messages {
    fn attach_location<'a>(&self, message: Cow<'a, str>, _: Location) -> Cow<'a, str> {
        message
    }

    fn alias_used_at(&self, _: Location) -> String {
        String::new()
    }

    fn alias_defined_at(&self, _: Location) -> String {
        String::new()
    }
}

/// Adds a description and an example to each entity in the schema of `names`.
fn describe_kinds(schema: &mut Schema) {
    let example = json!({ "constant": { "case": "shouty_snake" } });
    describe_entities(schema, "The kinds of names that each {} has.", &example);
}

/// The same in the schema of a surface.
fn describe_used(schema: &mut Schema) {
    let text = "The kinds of names of each {} that programs write.";
    describe_entities(schema, text, &json!(["constant"]));
}

fn describe_entities(schema: &mut Schema, text: &str, example: &serde_json::Value) {
    let entities = schema
        .get_mut("properties")
        .and_then(|it| it.as_object_mut());
    for (entity, kinds) in entities.into_iter().flatten() {
        kinds["description"] = text.replace("{}", entity).into();
        kinds["examples"] = json!([example]);
    }
}

/// Where the schema asks for a string, allows the types that YAML gives an unquoted one, such as `true` among reserved words,
/// and removes the formats of Rust's numbers.
fn accept_plain_text(schema: &mut Schema) {
    schema.remove("format");
    let is_text = schema.get("type").is_some_and(|kind| kind == "string");
    if is_text && schema.get("enum").is_none() && schema.get("const").is_none() {
        schema.insert("type".to_owned(), json!(["string", "number", "boolean"]));
    }
    schemars::transform::transform_subschemas(&mut accept_plain_text, schema);
}
