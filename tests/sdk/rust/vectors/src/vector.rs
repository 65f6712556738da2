//! A response, and what a module must make of it.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::{assert_members, text_of};

/// A response, and what a module must make of it.
pub struct Vector {
    pub(crate) name: String,
    /// Whether the message is in another language than the one that modules write.
    pub is_translated: bool,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub(crate) expected: Value,
}

impl Vector {
    pub(crate) fn read(vector: &Value) -> Self {
        assert_members(vector, &["name", "locale", "response", "problem", "expected"]);
        let response = &vector["response"];
        assert_members(response, &["status", "headers", "body"]);
        let headers = response["headers"].as_object().expect("headers");
        Self {
            name: text_of(&vector["name"]),
            is_translated: vector.get("locale").is_some(),
            status: response["status"]
                .as_u64()
                .and_then(|status| status.try_into().ok())
                .expect("status"),
            headers: headers
                .iter()
                .map(|(name, value)| (name.clone(), text_of(value)))
                .collect(),
            body: bytes(&response["body"]),
            expected: complete(vector["expected"].clone()),
        }
    }

    /// The time at which `retry_after_at` is asked, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> Option<u64> {
        self.expected.get("retry_after_at").map(|at| {
            assert_members(at, &["now", "seconds"]);
            at["now"].as_u64().expect("a time")
        })
    }

    /// Whether the answer depends on nothing but the response.
    #[must_use]
    pub fn has_retry_after(&self) -> bool {
        self.expected.get("retry_after").is_some()
    }

    /// Whether a member of `expected` is there.
    #[must_use]
    pub fn asks(&self, member: &str) -> bool {
        self.expected.get(member).is_some()
    }

    /// The code in the body, for a module that cannot read it: an integer as its digits.
    #[must_use]
    pub fn raw_code(&self) -> Option<String> {
        match &self.expected["code"] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            code => Some(code.to_string()),
        }
    }

    /// The message in the body, for a module that cannot read it.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.expected["raw_message"].as_str()
    }

    /// A code as `expected` spells it: modules have its text, which tells integers and strings apart by itself.
    #[must_use]
    pub fn code(&self, code: Option<&str>) -> Value {
        match (code, self.expected["code"].as_i64()) {
            (Some(text), Some(integer)) if text == integer.to_string() => integer.into(),
            (code, _) => code.into(),
        }
    }

    /// The tags in which descriptions are asked for.
    pub fn tags(&self) -> impl Iterator<Item = &String> {
        let texts = self.expected["descriptions"].as_object();
        texts.expect("descriptions").keys()
    }

    /// What the module has for the tags that a member of `expected` asks for.
    pub fn texts<T: Into<Value>>(&self, member: &str, text: impl Fn(&str) -> T) -> Value {
        let tags = self.expected[member]
            .as_object()
            .into_iter()
            .flat_map(|texts| texts.keys().cloned());
        crate::texts(tags, text)
    }
}

/// A time as a module takes it: one without the standard library counts from 1970.
pub trait Time {
    fn at(seconds: u64) -> Self;
}

impl Time for SystemTime {
    fn at(seconds: u64) -> Self {
        Self::UNIX_EPOCH + Duration::from_secs(seconds)
    }
}

impl Time for Duration {
    fn at(seconds: u64) -> Self {
        Self::from_secs(seconds)
    }
}

/// Adds what a vector leaves out because it is the same as something else.
fn complete(mut expected: Value) -> Value {
    crate::make_whole(&mut expected);
    let members = expected.as_object_mut().expect("an object");
    for member in ["descriptions", "resolutions"] {
        if let Some(safe) = members.get(member).cloned() {
            members.entry(format!("raw_{member}")).or_insert(safe);
        }
    }
    expected
}

/// The bytes of a body in any of its forms.
pub(crate) fn bytes(body: &Value) -> Vec<u8> {
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
