//! What a module knows of an error before any response has come.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{json, Value};

use crate::text_of;

/// An error to look up, and what a module must know of it.
#[derive(Debug)]
pub struct Definition {
    code: Value,
    id: String,
    expected: Value,
}

impl Definition {
    pub(crate) fn read(definition: &Value) -> Self {
        Self {
            code: definition["code"].clone(),
            id: text_of(&definition["id"]),
            expected: definition.clone(),
        }
    }

    /// Codes and ids that are in none of the definitions, most of them next to one that is.
    pub(crate) fn unknown(definitions: &[Value]) -> Vec<Self> {
        if definitions.is_empty() {
            return vec![Self {
                code: 1001.into(),
                id: "no_such_id".into(),
                expected: Value::Null,
            }];
        }
        let of = |member: &str| {
            definitions
                .iter()
                .map(|own| &own[member])
                .collect::<Vec<_>>()
        };
        let unknown = |member: &str| {
            let known = of(member)
                .into_iter()
                .map(Value::to_string)
                .collect::<BTreeSet<_>>();
            let near = of(member).into_iter().flat_map(near);
            near.filter(|value| !known.contains(&value.to_string()))
                .collect::<Vec<_>>()
        };
        let (codes, ids) = (unknown("code"), unknown("id"));
        assert!(!codes.is_empty() && !ids.is_empty());
        let pairs = codes
            .iter()
            .cycle()
            .zip(ids.iter().cycle())
            .take(codes.len().max(ids.len()));
        pairs
            .map(|(code, id)| Self {
                code: code.clone(),
                id: text_of(id),
                expected: Value::Null,
            })
            .collect()
    }

    pub fn code<'a, T: FromCode<'a>>(&'a self) -> T {
        T::from_code(&self.code)
    }

    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The locales of the catalogue.
    pub fn locales(&self) -> Vec<String> {
        let descriptions = self.expected["descriptions"].as_object();
        descriptions
            .into_iter()
            .flat_map(|texts| texts.keys().cloned())
            .collect()
    }

    /// The values of properties by name, as Rust shows them.
    #[must_use]
    pub fn properties(&self) -> BTreeMap<String, String> {
        let shown = |value: &Value| match value {
            Value::String(text) => format!("String({text:?})"),
            Value::Bool(boolean) => format!("Boolean({boolean})"),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().filter_map(Value::as_str).collect();
                format!("List({items:?})")
            }
            other => format!("Integer({other})"),
        };
        let properties = self.expected["properties"].as_object();
        let properties = properties.into_iter().flatten();
        properties.map(|(name, value)| (name.clone(), shown(value))).collect()
    }

    /// Whether these are the values of properties, some of which may be missing.
    ///
    /// # Errors
    ///
    /// If they are not, with what they should be.
    pub fn typed_properties(&self, typed: &[(&str, Option<Value>)]) -> Result<(), Value> {
        let typed = typed.iter().filter_map(|(name, value)| Some((name.to_string(), value.clone()?)));
        let typed = Value::Object(typed.collect());
        let expected = self.expected.get("properties");
        let expected = expected.cloned().unwrap_or_else(|| json!({}));
        if typed == expected { Ok(()) } else { Err(expected) }
    }

    /// An answer with the expected properties, which [`Self::properties`] is compared with.
    #[must_use]
    pub fn with_properties(&self, mut answer: Value) -> Value {
        if let Some(properties) = self.expected.get("properties") {
            answer["properties"] = properties.clone();
        }
        answer
    }

    /// An answer with the old ids by which the module finds the error.
    #[must_use]
    pub fn with_old_ids(&self, mut answer: Value, finds: impl Fn(&str) -> bool) -> Value {
        if let Some(old) = self.expected["renamed_from"].as_array() {
            let found = old.iter().filter(|id| finds(&text_of(id)));
            answer["renamed_from"] = found.cloned().collect();
        }
        // A module has no more of a success than of an error.
        if let Some(no_error) = self.expected.get("no_error") {
            answer["no_error"] = no_error.clone();
        }
        answer
    }

    /// What the module has in each locale.
    pub fn texts<T: Into<Value>>(&self, text: impl Fn(&str) -> T) -> Value {
        crate::texts(self.locales(), text)
    }
}

/// Codes, or ids, that are close to one.
fn near(value: &Value) -> Vec<Value> {
    match value.as_i64() {
        Some(code) => vec![
            json!(code - 1),
            json!(code + 1),
            json!(-code),
            json!(i64::MIN),
            json!(i64::MAX),
        ],
        None => {
            let text = text_of(value);
            let cut = &text[..text.len() - text.chars().next_back().map_or(0, char::len_utf8)];
            vec![
                json!(cut),
                json!(format!("{text}_")),
                json!(text.to_uppercase()),
                json!(""),
                json!("no_such_id"),
            ]
        }
    }
}

/// A code as a module takes it.
pub trait FromCode<'a> {
    fn from_code(code: &'a Value) -> Self;
}

impl FromCode<'_> for i64 {
    fn from_code(code: &Value) -> Self {
        code.as_i64().expect("an integer")
    }
}

impl<'a> FromCode<'a> for &'a str {
    fn from_code(code: &'a Value) -> Self {
        code.as_str().expect("a string")
    }
}
