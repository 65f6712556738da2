//! The kinds of values in a catalogue.
//!
//! errgen reads a scalar as the text that was written. Editors read an unquoted `true` or `42` as another type, so the schema
//! allows that type wherever errgen allows the text. An unquoted `null` is no text, but a value that is missing.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::kind::Kind;
use super::raw;
use super::shape::Definitions;
use crate::diagnostic::ALL;

/// A single value without structure.
pub struct Scalar {
    /// With its article, for messages: "an id".
    pub name: &'static str,
    pub schema: fn() -> Value,
}

impl Kind for Scalar {
    type Value<'a> = raw::Scalar<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<raw::Scalar<'a>> {
        decoder.scalar(self.name)
    }

    fn schema(&self, _: &mut Definitions) -> Value {
        (self.schema)()
    }
}

/// The longest id, code or locale, in bytes. Files are named after it: a file name has at most 255 bytes, and each byte of an
/// id can take three.
pub const MAX_NAME: usize = 80;

/// The longest pointer, in bytes. Its parts become keys in YAML, where a plain key has at most 1,024 bytes.
pub const MAX_POINTER: usize = 1000;

/// How deep a body may be. Templates follow it by recursion, which Tera limits.
pub const MAX_DEPTH: usize = 16;

const IDENTIFIER: &str = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$";

pub fn identifier() -> Value {
    json!({ "type": ["string", "boolean"], "pattern": IDENTIFIER, "maxLength": MAX_NAME })
}

/// Whether a text is an id: lower-case words of ASCII letters and digits, joined by single underscores.
pub fn is_identifier(text: &str) -> bool {
    are_words(text, "_")
}

/// Whether a text is lower-case words of ASCII letters and digits, the first of which starts with a letter, joined by single
/// characters out of these.
pub fn are_words(text: &str, joints: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.split(|it| joints.contains(it)).all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn pointer() -> Value {
    let pattern = format!("^(/([^/~]|~[01])*){{1,{MAX_DEPTH}}}$");
    json!({ "type": "string", "pattern": pattern, "maxLength": MAX_POINTER })
}

/// Words that are joined by dots, and within a word by these characters.
fn dotted(joints: &str) -> Value {
    let word = format!("[a-z][a-z0-9]*([{joints}][a-z0-9]+)*");
    let pattern = format!(r"^{word}(\.{word})*$");
    json!({ "type": ["string", "boolean"], "pattern": pattern, "maxLength": MAX_NAME })
}

/// A string code.
fn code() -> Value {
    const CONTROL: &str = r"\u0000-\u001f\u007f-\u009f";
    let pattern = format!(r"^[^\s{CONTROL}]([^{CONTROL}]*[^\s{CONTROL}])?$");
    json!({ "pattern": pattern, "maxLength": MAX_NAME })
}

/// A text that is not blank.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": r"\S" })
}

pub const CATALOGUE_ID: Scalar = Scalar {
    name: "the catalogue's id",
    schema: identifier,
};

pub const ID: Scalar = Scalar {
    name: "an id",
    schema: identifier,
};

pub const ERROR_ID: Scalar = Scalar {
    name: "an error's id",
    schema: identifier,
};

/// The pattern is the one that semver.org suggests.
pub const VERSION: Scalar = Scalar {
    name: "a version",
    schema: || {
        json!({ "type": "string", "pattern": concat!(
            r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)",
            r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?",
            r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$",
        ) })
    },
};

/// What stands for the coming release, whose version is not known yet.
pub const NEXT: &str = "next";

pub const SINCE: Scalar = Scalar {
    name: "a version",
    schema: || json!({ "anyOf": [(VERSION.schema)(), { "const": NEXT }] }),
};

pub const VERSION_REQUIREMENT: Scalar = Scalar {
    name: "a version requirement",
    schema: || {
        let one = r" *(?:[=~^]|[<>]=?)? *[0-9xX*][0-9A-Za-z.*+-]* *";
        json!({ "type": ["string", "number"], "pattern": format!("^{one}(?:,{one})*$") })
    },
};

/// The format of catalogues that this errgen reads.
pub const FORMAT: &str = "1";

pub const FORMAT_NUMBER: Scalar = Scalar {
    name: "a format number",
    schema: || json!({ "enum": [FORMAT.parse::<u8>().ok(), FORMAT] }),
};

/// A language tag, well-formed by RFC 5646.
pub const LOCALE: Scalar = Scalar {
    name: "a locale",
    schema: || {
        let pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";
        json!({ "type": ["string", "boolean"], "pattern": pattern, "maxLength": MAX_NAME })
    },
};

pub const DOCS_URL: Scalar = Scalar {
    name: "a URL",
    schema: || {
        let id = r"\{(?:code|id)\}";
        let part = format!(r"(?:[^\s{{}}]|\{{\{{|\}}\}}|{id})");
        json!({ "type": "string", "pattern": format!("^https?://{part}*{id}{part}*$") })
    },
};

/// RFC 6901, without the empty pointer: the whole body cannot be a code.
pub const POINTER: Scalar = Scalar {
    name: "a JSON pointer",
    schema: pointer,
};

/// The same with the empty pointer, to the whole body.
pub const PLACE: Scalar = Scalar {
    name: "a JSON pointer",
    schema: || {
        let mut schema = pointer();
        schema["pattern"] = format!("^(/([^/~]|~[01])*){{0,{MAX_DEPTH}}}$").into();
        schema
    },
};

/// A token by RFC 9110, section 5.6.2.
pub const HEADER: Scalar = Scalar {
    name: "a header's name",
    schema: || json!({ "type": ["string", "number", "boolean"], "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", "maxLength": MAX_NAME }),
};

/// What parts a text.
pub const MARK: Scalar = Scalar {
    name: "a text",
    schema: || json!({ "type": ["string", "number", "boolean"], "minLength": 1, "maxLength": MAX_NAME }),
};

pub const TEMPLATE: Scalar = Scalar {
    name: "`docs_url`",
    schema: || json!({ "const": "docs_url" }),
};

pub const WIRE_NAME: Scalar = Scalar {
    name: "a name on the wire",
    schema: || json!({ "type": ["string", "number", "boolean"], "minLength": 1, "maxLength": MAX_NAME }),
};

/// A word that has a capital beside its first letter.
pub const ACRONYM: Scalar = Scalar {
    name: "an acronym",
    schema: || {
        let pattern = "^[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*$";
        json!({ "type": "string", "pattern": pattern, "maxLength": MAX_NAME })
    },
};

pub const CODE_TYPE: Scalar = Scalar {
    name: "`integer` or `string`",
    schema: || json!({ "enum": ["integer", "string"] }),
};

pub const TRANSPORT: Scalar = Scalar {
    name: "`http` or `none`",
    schema: || json!({ "enum": ["http", "none"] }),
};

pub const FOLDER: Scalar = Scalar {
    name: "a folder",
    schema: || json!({ "type": ["string", "number", "boolean"], "pattern": r"^(?!/)[^\\]*$" }),
};

/// A path below the catalogue's folder, with `*` in place of any characters of a name.
pub const FILES: Scalar = Scalar {
    name: "a path of files",
    schema: || {
        let name = file_name(NOT_IN_NAMES);
        let pattern = format!(r"^(?!.*\*\*){name}(?:/{name})*$");
        json!({ "type": ["string", "number", "boolean"], "pattern": pattern })
    },
};

/// The path of one file below the catalogue's folder.
pub const TEXT_FILE: Scalar = Scalar {
    name: "the path of a `.md` file",
    schema: || {
        let no = format!("{NOT_IN_NAMES}*");
        let folder = file_name(&no);
        let pattern = format!(r"^(?:{folder}/)*[^.{no}][^{no}]*\.md$");
        json!({ "type": "string", "pattern": pattern })
    },
};

/// What some operating system does not allow in the name of a file or a folder, within the brackets of a pattern.
const NOT_IN_NAMES: &str = r#"/\\:?"<>|\u0000-\u001f\u007f-\u009f"#;

/// The pattern of a name without these characters, which is neither hidden nor ends with a dot or a space.
fn file_name(no: &str) -> String {
    format!(r"[^.{no}](?:[^{no}]*[^.\s{no}])?")
}

pub const CODE_RANGE: Scalar = Scalar {
    name: "a range of codes",
    schema: || {
        let (plain, signed) = ("(0|[1-9][0-9]*)", "(0|-?[1-9][0-9]*)");
        let pattern = format!(r"^ *({plain} *- *{plain}|{signed} *\.\. *{signed}) *$");
        json!({ "type": "string", "pattern": pattern })
    },
};

pub const PREFIX: Scalar = Scalar {
    name: "a prefix",
    schema: || {
        let mut schema = code();
        schema["type"] = json!(["string", "number", "boolean"]);
        schema
    },
};

pub const RETRY: Scalar = Scalar {
    name: "a retry class",
    schema: || json!({ "enum": ["never", "transient", "throttled"] }),
};

pub const HTTP_STATUS: Scalar = Scalar {
    name: "an HTTP status",
    schema: || json!({ "type": ["integer", "string"], "minimum": 100, "maximum": 599, "pattern": "^[1-5][0-9]{2}$" }),
};

pub const TEXT: Scalar = Scalar {
    name: "text",
    schema: text,
};

pub const REASON: Scalar = Scalar {
    name: "a reason",
    schema: text,
};

pub const LINT_NAME: Scalar = Scalar {
    name: "a lint's name",
    schema: || {
        let lints = ALL.iter().filter(|rule| rule.is_lint());
        json!({ "enum": lints.map(|rule| rule.name).collect::<Vec<_>>() })
    },
};

pub const CHANGE_NAME: Scalar = Scalar {
    name: "the name of a change",
    schema: || {
        let changes = ALL.iter().filter(|rule| rule.is_change());
        json!({ "enum": changes.map(|rule| rule.name).collect::<Vec<_>>() })
    },
};

/// The name of what an error can be exempt from.
pub const EXEMPTION_NAME: Scalar = Scalar {
    name: "the name of a lint or of a change",
    schema: || {
        let rules = ALL.iter().filter(|rule| rule.is_lint() || rule.is_change());
        json!({ "enum": rules.map(|rule| rule.name).collect::<Vec<_>>() })
    },
};

pub const LEVEL: Scalar = Scalar {
    name: "`allow`, `warn` or `deny`",
    schema: || json!({ "enum": ["allow", "warn", "deny"] }),
};

pub const PARAMETER_TYPE: Scalar = Scalar {
    name: "a parameter's type",
    schema: || json!({ "enum": ["string", "integer", "number", "boolean"] }),
};

pub const PROPERTY_TYPE: Scalar = Scalar {
    name: "a property's type",
    schema: || json!({ "enum": ["enum", "string", "integer", "boolean", "list"] }),
};

/// Values of properties, by name.
pub const PROPERTY_VALUES: Entries<WrittenData> = Entries {
    name: "`properties`",
    key: ID,
    value: WrittenData,
};

pub const EXAMPLE: Scalar = Scalar {
    name: "an example",
    schema: || json!({ "type": ["string", "number", "boolean"] }),
};

pub const BOOLEAN: Scalar = Scalar {
    name: "`true` or `false`",
    schema: || json!({ "enum": [true, false, "true", "false"] }),
};

pub const PACKAGE_NAME: Scalar = Scalar {
    name: "a package's name",
    schema: || json!({ "type": ["string", "boolean"], "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": MAX_NAME }),
};

pub const SCOPE: Scalar = Scalar {
    name: "a scope",
    schema: || {
        let word = "[a-z][a-z0-9]*([-_][a-z0-9]+)*";
        json!({ "type": "string", "pattern": format!(r"^@{word}(\.{word})*$"), "maxLength": MAX_NAME + 1 })
    },
};

/// Words that are joined by dots, as in a name of Java.
pub const NAMESPACE: Scalar = Scalar {
    name: "a namespace",
    schema: || dotted("_"),
};

pub const GROUP: Scalar = Scalar {
    name: "a group",
    schema: || dotted("-_"),
};
/// The form of an SPDX expression, without brackets.
pub const LICENSE: Scalar = Scalar {
    name: "a licence",
    schema: || {
        let name = "[A-Za-z0-9.+-]+";
        json!({ "type": ["string", "number", "boolean"], "pattern": format!("^{name}( (AND|OR|WITH) {name})*$"), "maxLength": MAX_NAME })
    },
};

pub const WEB_ADDRESS: Scalar = Scalar {
    name: "a URL",
    schema: || json!({ "type": "string", "pattern": r"^https://[!-~]+$" }),
};

pub const AUTHOR: Scalar = Scalar {
    name: "an author",
    schema: || json!({ "type": ["string", "number", "boolean"], "pattern": r"^[^\s<>,]([^<>,]*[^\s<>,])?( <[^\s<>@]+@[^\s<>@]+>)?$" }),
};

/// The largest integer that JSON and every language represent exactly: 2^53 − 1.
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// The code as the server sends it.
pub struct Code;

impl Kind for Code {
    type Value<'a> = raw::Spanned<raw::Code<'a>>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        let styled = decoder.styled_scalar("a code")?;
        let raw::Scalar { value, span } = styled.scalar;
        // Only what prints as it was written is a number: `01000`, `1_000` and `1e3` are strings.
        let integer = value.parse::<i64>().ok().filter(|_| styled.plain);
        let value = match integer.filter(|integer| integer.to_string() == value) {
            Some(integer) => raw::Code::Integer(integer),
            None => raw::Code::Text(value),
        };
        Some(raw::Spanned { value, span })
    }

    fn schema(&self, _: &mut Definitions) -> Value {
        let mut schema = code();
        schema["type"] = json!(["integer", "string", "number", "boolean"]);
        schema["minimum"] = (-MAX_SAFE_INTEGER).into();
        schema["maximum"] = MAX_SAFE_INTEGER.into();
        schema
    }
}

/// A value that few errors have, on the heap.
pub struct Boxed<K>(pub K);

impl<K: Kind> Kind for Boxed<K> {
    type Value<'a> = Box<K::Value<'a>>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        self.0.read(decoder).map(Box::new)
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        self.0.schema(definitions)
    }
}

/// A text by locale.
pub struct Localised;

impl Kind for Localised {
    type Value<'a> = raw::Localised<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<raw::Localised<'a>> {
        TEXTS_BY_LOCALE.read(decoder)
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        definitions.reference("Localised", |definitions| {
            let mut schema = TEXTS_BY_LOCALE.schema(definitions);
            schema["description"] =
                "A text by locale. It needs at least the fallback locale; `~` marks one to translate.".into();
            schema
        })
    }
}

/// A single value by locale.
pub struct ByLocale {
    /// For messages: "texts by locale".
    name: &'static str,
    value: Scalar,
}

const TEXTS_BY_LOCALE: ByLocale = ByLocale {
    name: "texts by locale",
    value: TEXT,
};

pub const FILES_BY_LOCALE: ByLocale = ByLocale {
    name: "paths by locale",
    value: TEXT_FILE,
};

impl Kind for ByLocale {
    type Value<'a> = raw::Localised<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<raw::Localised<'a>> {
        let mut texts = raw::Localised::default();
        texts.span = decoder.entries(self.name, |decoder, tag| {
            if let Some(null) = decoder.null() {
                texts.missing.push((tag, null));
                return;
            }
            match self.value.read(decoder) {
                Some(text) => texts.value.push((tag, text)),
                None => texts.lacks_text = true,
            }
        })?;
        // Large catalogues have many short lists.
        texts.value.shrink_to_fit();
        Some(texts)
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        let value = json!({ "anyOf": [self.value.schema(definitions), { "type": "null" }] });
        let mut schema = entries(&LOCALE, &value);
        schema["minProperties"] = 1.into();
        schema
    }
}

/// A text, or a text by locale.
pub struct Message;

impl Kind for Message {
    type Value<'a> = raw::Message<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<raw::Message<'a>> {
        if decoder.is_at_mapping() {
            Localised.read(decoder).map(raw::Message::Localised)
        } else {
            decoder.scalar("a message").map(raw::Message::Text)
        }
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [text(), Localised.schema(definitions)] })
    }
}

/// Any data.
pub struct Data;

impl Kind for Data {
    type Value<'a> = Value;

    fn read(&self, decoder: &mut Decoder) -> Option<Value> {
        Some(decoder.data().value)
    }

    fn schema(&self, _: &mut Definitions) -> Value {
        json!({})
    }
}

/// Data with its place: a single value or a list of such.
pub struct WrittenData;

impl Kind for WrittenData {
    type Value<'a> = raw::Spanned<Value>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        Some(decoder.data())
    }

    fn schema(&self, _: &mut Definitions) -> Value {
        json!({ "type": ["string", "integer", "boolean", "array"] })
    }
}

/// A list, with the name of its items for messages: "errors".
pub struct List<K>(pub &'static str, pub K);

impl<K: Kind> Kind for List<K> {
    type Value<'a> = Vec<K::Value<'a>>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        Some(decoder.sequence(self.0, |decoder| self.1.read(decoder)))
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        json!({ "type": "array", "minItems": 1, "items": self.1.schema(definitions) })
    }
}

/// A mapping whose keys the user chooses.
pub struct Entries<K> {
    /// For messages: "`fixed`".
    pub name: &'static str,
    pub key: Scalar,
    pub value: K,
}

impl<K: Kind> Kind for Entries<K> {
    type Value<'a> = Vec<(raw::Scalar<'a>, K::Value<'a>)>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        let mut entries = Vec::new();
        decoder.entries(self.name, |decoder, key| {
            entries.extend(self.value.read(decoder).map(|value| (key, value)));
        })?;
        Some(entries)
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        entries(&self.key, &self.value.schema(definitions))
    }
}

/// The schema of a mapping whose keys the user chooses.
pub fn entries(key: &Scalar, value: &Value) -> Value {
    let mut names = (key.schema)();
    // Every key is a string in JSON.
    names["type"] = "string".into();
    json!({ "type": "object", "propertyNames": names, "additionalProperties": value })
}
