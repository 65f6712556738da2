//! Holds a generated module against conformance vectors, whose format `templates/conformance/README.md` tells.

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::Path;

pub use serde_json;
use serde_json::Value;

/// A response, and what a module must make of it.
pub struct Vector {
    file: String,
    name: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    expected: Value,
}

/// A test of the module of which `ApiError`, `ParameterValue` and `Retry` are in scope.
#[macro_export]
macro_rules! conform {
    ($generated:literal, $by_hand:literal) => {
        #[test]
        fn conforms() {
            $crate::conform($generated, $by_hand, answers);
        }

        fn answers(vector: &$crate::Vector) -> $crate::serde_json::Value {
            use $crate::serde_json::{json, Map, Value};

            let error = ApiError::from_body(vector.status, &*vector.body)
                .with_headers(vector.headers.iter().map(|(name, value)| (name, value)));
            let parameters = error.parameters().into_iter().map(|(name, value)| {
                let value = match value {
                    ParameterValue::String(text) => Value::from(text),
                    ParameterValue::Integer(integer) => Value::from(integer),
                    ParameterValue::Boolean(boolean) => Value::from(boolean),
                    other => panic!("a parameter of a new type: {other:?}"),
                };
                (name.to_string(), value)
            });
            json!({
                "code": vector.code(error.raw_code()),
                "id": error.code().map(|code| code.id()),
                "case": error.case().map(|case| case.id()),
                "category": error.category().map(|category| category.id()),
                "group": error.group().map(|group| group.id()),
                "retry": match error.retry() {
                    Retry::Never => "never",
                    Retry::Transient => "transient",
                    Retry::Throttled => "throttled",
                },
                "retry_after": error.retry_after().map(|wait| wait.as_secs()),
                "message": error.message(),
                "parameters": parameters.collect::<Map<_, _>>(),
                "display": error.to_string(),
                "descriptions": vector.texts("descriptions", |tag| error.description(tag)),
                "resolutions": vector.texts("resolutions", |tag| error.resolution(tag)),
            })
        }
    };
}

/// Compares what a module answers with what the vectors expect, and prints how many there are: those
/// made from the catalogue, and those written by hand where its catalogue has any.
///
/// # Panics
///
/// Where anything differs, or a file is not as it should be.
pub fn conform(generated: &str, by_hand_folder: &str, answers: fn(&Vector) -> Value) {
    let (catalog, mut vectors) = read(Path::new(generated));
    let by_hand = Path::new(by_hand_folder).join(format!("{catalog}.json"));
    if by_hand.exists() {
        let (other_catalog, more) = read(&by_hand);
        assert_eq!(other_catalog, catalog, "{}: catalog", by_hand.display());
        vectors.extend(more);
    }

    let differ = |vector: &Vector| {
        let Ok(found) = panic::catch_unwind(|| answers(vector)) else {
            panic!("{}: {}: the module panics", vector.file, vector.name);
        };
        vector.compare(&found)
    };
    let differences: usize = vectors.iter().map(differ).sum();
    assert_eq!(
        differences,
        0,
        "answers that are not as expected, of {} vectors",
        vectors.len()
    );
    println!("{catalog}: {} vectors", vectors.len());
}

/// The id of the catalogue and the vectors in a file.
fn read(path: &Path) -> (String, Vec<Vector>) {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(json["format"], 1, "{file}: format");
    let vectors = json["vectors"].as_array().expect("vectors");
    assert!(!vectors.is_empty(), "{file}: no vectors");
    let vectors = vectors.iter().map(|vector| Vector::read(&file, vector));
    (text_of(&json["catalog"]), vectors.collect())
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_string()
}

impl Vector {
    fn read(file: &str, vector: &Value) -> Self {
        let response = &vector["response"];
        let headers = response["headers"].as_object().expect("headers");
        Self {
            file: file.to_string(),
            name: text_of(&vector["name"]),
            status: response["status"]
                .as_u64()
                .and_then(|status| status.try_into().ok())
                .expect("status"),
            headers: headers
                .iter()
                .map(|(name, value)| (name.clone(), text_of(value)))
                .collect(),
            body: bytes(&response["body"]),
            expected: vector["expected"].clone(),
        }
    }

    /// A code as `expected` spells it: modules have its text, which tells integers and strings apart by itself.
    #[must_use]
    pub fn code(&self, code: Option<&str>) -> Value {
        match (code, self.expected["code"].as_i64()) {
            (Some(text), Some(integer)) if text == integer.to_string() => integer.into(),
            (code, _) => code.into(),
        }
    }

    /// The texts for the tags that a member of `expected` asks for.
    pub fn texts<T: Into<String>>(&self, member: &str, text: impl Fn(&str) -> Option<T>) -> Value {
        let tags = self.expected[member]
            .as_object()
            .into_iter()
            .flat_map(|texts| texts.keys());
        tags.map(|tag| (tag.clone(), Value::from(text(tag).map(T::into))))
            .collect()
    }

    /// How many answers differ, each of which is printed.
    fn compare(&self, found: &Value) -> usize {
        let members = [&self.expected, found].map(|value| value.as_object().expect("members"));
        let names: BTreeSet<_> = members.iter().flat_map(|members| members.keys()).collect();
        let mut differences = 0;
        for name in names {
            let [expected, found] = members.map(|members| members.get(name));
            if expected != found {
                let [expected, found] =
                    [expected, found].map(|value| value.map_or("nothing".into(), Value::to_string));
                println!(
                    "{}: {}: {name}: expected {expected}, found {found}",
                    self.file, self.name
                );
                differences += 1;
            }
        }
        differences
    }
}

/// The bytes of a body in any of its forms.
fn bytes(body: &Value) -> Vec<u8> {
    if let Some(text) = body["text"].as_str() {
        return text.into();
    }
    if let Some(text) = body["base64"].as_str() {
        return base64(text);
    }
    let times = body["times"]
        .as_u64()
        .and_then(|times| times.try_into().ok())
        .expect("times");
    [
        text_of(&body["before"]),
        text_of(&body["repeat"]).repeat(times),
        text_of(&body["after"]),
    ]
    .concat()
    .into()
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for digit in text.trim_end_matches('=').bytes() {
        let value = DIGITS
            .iter()
            .position(|&own| own == digit)
            .expect("a digit of base64");
        bits = bits << 6 | u32::try_from(value).expect("six bits");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_le_bytes()[0]);
        }
    }
    bytes
}
