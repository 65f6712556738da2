//! Regular expressions in manifests.

use std::borrow::Cow;

use regex::{Regex, RegexBuilder};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

/// A regular expression that a whole text has to match.
#[derive(Clone, Debug)]
pub struct TextPattern {
    written: String,
    whole: Regex,
}

/// The most that a regular expression of a manifest may take, in bytes.
const MAX_PATTERN: usize = 256 << 10;

impl TextPattern {
    /// The expression, which matches whole texts only.
    pub fn as_anchored(&self) -> String {
        format!("^(?:{})$", self.written)
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }
}

impl<'de> Deserialize<'de> for TextPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let whole = RegexBuilder::new(&format!(r"\A(?:{written})\z"))
            .size_limit(MAX_PATTERN)
            .build();
        let whole = whole.map_err(|_| {
            de::Error::custom(format!(
                "`{written}` is not a regular expression, or too large"
            ))
        })?;
        Ok(Self { written, whole })
    }
}

impl JsonSchema for TextPattern {
    fn schema_name() -> Cow<'static, str> {
        "TextPattern".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "regex" })
    }
}
