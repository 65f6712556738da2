//! What a module writes of errors that it raises: held against the vectors, and put where other languages read it, as
//! `tests/exchange/README.md` tells.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use serde_json::{json, Map, Value};

use crate::vector::{bytes, Vector};
use crate::{make_whole, text_of, VectorFile};

/// The text of a cause, which no body has.
pub const CAUSE: &str = "database password hunter2";

/// An error to raise, and how to write it.
#[derive(Clone, Default)]
pub struct Raise {
    pub id: String,
    pub case: Option<String>,
    pub parameters: Map<String, Value>,
    pub fields: BTreeMap<String, String>,
    /// Further errors.
    pub others: Vec<Raise>,
    /// Whether it has a cause, and is to be tried again in 30 seconds.
    pub is_later: bool,
    pub accept_language: Option<String>,
}

/// What a module writes.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// The two forms of a response.
pub struct Written {
    pub response: Reply,
    pub problem: Reply,
}

/// A parameter as the field of a message.
pub trait Argument<'a> {
    fn of(value: &'a Value) -> Option<Self>
    where
        Self: Sized;
}

impl<'a> Argument<'a> for &'a str {
    fn of(value: &'a Value) -> Option<Self> {
        value.as_str()
    }
}

impl Argument<'_> for i64 {
    fn of(value: &Value) -> Option<Self> {
        value.as_i64()
    }
}

impl Argument<'_> for f64 {
    fn of(value: &Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Argument<'_> for bool {
    fn of(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

/// The next parameter, as the type of its field.
///
/// # Panics
///
/// If there is none, or it is of another type.
pub fn argument<'a, T: Argument<'a>>(value: Option<&'a Value>) -> T {
    value
        .and_then(T::of)
        .expect("a value of the parameter's type")
}

impl Raise {
    /// The error of a vector.
    fn of(vector: &Value) -> Self {
        let expected = &vector["expected"];
        let fields = expected["fields"].as_object().into_iter().flatten();
        Self {
            id: text_of(&expected["id"]),
            case: expected["case"].as_str().map(Into::into),
            parameters: expected["parameters"]
                .as_object()
                .cloned()
                .unwrap_or_default(),
            fields: fields
                .map(|(name, text)| (name.clone(), text_of(text)))
                .collect(),
            accept_language: vector["locale"].as_str().map(Into::into),
            ..Self::default()
        }
    }
}

impl Reply {
    fn json(&self, at: &str) -> Value {
        let text = std::str::from_utf8(&self.body).expect("UTF-8");
        assert!(
            !text.contains(CAUSE),
            "{at}: the cause is in the body: {text}"
        );
        let mut json =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{at}: {error}: {text}"));
        make_whole(&mut json);
        json
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find_map(|(own, value)| (*own == name).then_some(value.as_str()))
    }

    /// As the response of a vector.
    fn vector(&self) -> Value {
        let headers: Map<_, _> = self
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_string(), value.as_str().into()))
            .collect();
        let body = std::str::from_utf8(&self.body).expect("UTF-8");
        json!({ "status": self.status, "headers": headers, "body": { "text": body } })
    }
}

/// A way to raise an error and to write it, or nothing where the module has no such error.
type Write = fn(&Raise) -> Option<Written>;

/// Holds what a module writes against the vectors of its catalogue, and puts it into the folder of the exchange.
///
/// # Panics
///
/// Where anything differs.
pub fn conform_written(generated: &str, exchange: &str, write: Write) {
    let file = VectorFile::read(Path::new(generated));
    // Of a catalogue without HTTP, or a module that writes nothing.
    let raised: Vec<_> = file
        .list("vectors")
        .iter()
        .filter(|vector| is_raised(&file, vector))
        .collect();
    let Some(first) = raised
        .iter()
        .find(|vector| write(&Raise::of(vector)).is_some())
    else {
        return;
    };
    let has_list = first["expected"].get("errors").is_some();
    let mut vectors = Vec::new();
    for vector in &raised {
        let name = text_of(&vector["name"]);
        let at = format!("{generated}: {name}");
        let raise = Raise::of(vector);
        let written = write(&raise).unwrap_or_else(|| panic!("{at}: cannot be raised"));
        check(&at, vector, &written);
        check_details(&at, vector, &raise, write);
        let mut add = |suffix: &str, reply: &Reply, expected: Value| {
            vectors.push(json!({
                "name": format!("{name}{suffix}"), "response": reply.vector(), "expected": expected,
            }));
        };
        let expected = &vector["expected"];
        add("", &written.response, expected.clone());
        if vector.get("problem").is_some() {
            add(" as a problem", &written.problem, expected.clone());
        }
        let later = write(&Raise {
            is_later: true,
            ..raise.clone()
        })
        .expect("it was raised before");
        let mut waits = expected.clone();
        waits["retry_after"] = 30.into();
        assert_eq!(later.response.header("Retry-After"), Some("30"), "{at}");
        later.response.json(&at);
        later.problem.json(&at);
        add(" later", &later.response, waits);
        if has_list {
            let others = [first, vector].map(|other| further(other)).to_vec();
            let listed = write(&Raise {
                others,
                ..raise.clone()
            })
            .expect("it was raised before");
            let mut several = expected.clone();
            let items = several["errors"].as_array_mut().expect("errors");
            for other in [first, vector] {
                items.push(item_of(other));
            }
            add(" with others", &listed.response, several);
        }
    }
    put(exchange, "rust", &file.catalog, &vectors);
    put(
        exchange,
        "rust.values",
        &file.catalog,
        &values(&file, &raised, write),
    );
    check_languages(&file, &Raise::of(first), write);
}

fn is_raised(file: &VectorFile, vector: &Value) -> bool {
    let mut definitions = file.list("definitions").iter();
    let definition = definitions.find(|own| own["id"] == vector["expected"]["id"]);
    definition.is_some_and(|own| {
        own["retired"].is_null() && own.get("no_error").is_none() && !own["http"].is_null()
    })
}

/// A further error of a response, by its vector. Where that says nothing of an item, it has no fields, as an item may have no
/// places for them.
fn further(vector: &Value) -> Raise {
    let mut raise = Raise {
        accept_language: None,
        ..Raise::of(vector)
    };
    if vector["expected"]["errors"][0].is_null() {
        raise.fields.clear();
    }
    raise
}

/// What it is expected to be in the list.
fn item_of(vector: &Value) -> Value {
    let expected = &vector["expected"];
    if !expected["errors"][0].is_null() {
        return expected["errors"][0].clone();
    }
    let members = [
        "code",
        "subcode",
        "id",
        "case",
        "message",
        "raw_message",
        "parameters",
    ];
    let members = members.iter().filter(|name| expected.get(**name).is_some());
    let members = members.map(|name| ((*name).to_string(), expected[*name].clone()));
    members.chain([("fields".to_string(), json!({}))]).collect()
}

/// Compares both forms with the vector.
fn check(at: &str, vector: &Value, written: &Written) {
    let response = &vector["response"];
    assert_eq!(response["status"], written.response.status, "{at}");
    let mut body: Value = serde_json::from_slice(&bytes(&response["body"])).expect("JSON");
    make_whole(&mut body);
    assert_eq!(written.response.json(at), body, "{at}: the body");
    for (name, value) in response["headers"].as_object().expect("headers") {
        let found = written.response.header(name);
        assert_eq!(found, value.as_str(), "{at}: the header {name}");
        assert_eq!(
            written.problem.header(name),
            found,
            "{at}: the header {name}"
        );
    }
    let types = [&written.response, &written.problem].map(|reply| reply.header("Content-Type"));
    assert_eq!(
        types,
        [Some("application/json"), Some("application/problem+json")],
        "{at}"
    );
    assert_eq!(written.problem.status, written.response.status, "{at}");
    let Some(problem) = vector.get("problem") else {
        return;
    };
    let mut problem: Value = serde_json::from_str(&text_of(problem)).expect("JSON");
    make_whole(&mut problem);
    let mut found = written.problem.json(at);
    if vector.get("locale").is_some() {
        // The detail is the description in this locale: `check_details`.
        problem["detail"] = found["detail"].take();
        found["detail"] = problem["detail"].clone();
    }
    assert_eq!(found, problem, "{at}: the problem");
}

/// Compares the detail in each locale, where problem details have one.
fn check_details(at: &str, vector: &Value, raise: &Raise, write: Write) {
    let Some(problem) = vector.get("problem") else {
        return;
    };
    if vector.get("locale").is_some()
        || vector["response"]["body"]["text"]
            .as_str()
            .is_some_and(|it| it.contains("\"detail\""))
    {
        return;
    }
    assert!(text_of(problem).contains("\"detail\""), "{at}: no detail");
    let expected = &vector["expected"];
    let texts = expected
        .get("raw_descriptions")
        .unwrap_or(&expected["descriptions"]);
    for (tag, text) in texts.as_object().expect("descriptions") {
        let raise = Raise {
            accept_language: Some(tag.clone()),
            ..raise.clone()
        };
        let written = write(&raise).expect("it was raised before");
        let detail = &written.problem.json(at)["detail"];
        let text = if text.is_null() {
            &expected["raw_message"]
        } else {
            text
        };
        assert_eq!(detail, text, "{at}: the detail in {tag}");
        assert_eq!(
            written.problem.header("Vary"),
            Some("Accept-Language"),
            "{at}"
        );
    }
}

/// Compares the locale of each header in the table, where it is of this catalogue.
fn check_languages(file: &VectorFile, raise: &Raise, write: Write) {
    let table = folder().join("accept_language.json");
    let table: Value = serde_json::from_slice(&fs::read(table).expect("the table")).expect("JSON");
    if table["catalog"] != file.catalog.as_str() {
        return;
    }
    for row in table["locales"].as_array().expect("locales") {
        let raise = Raise {
            accept_language: Some(text_of(&row["header"])),
            ..raise.clone()
        };
        let written = write(&raise).expect("it was raised before");
        let locale = row["locale"].as_str();
        let found = written.problem.header("Content-Language");
        assert_eq!(found, locale, "{row}");
        // Where the server localises no message, the body is the same in every language.
        let found = written.response.header("Content-Language");
        let is_localised = file.json.get("localised").is_some();
        assert_eq!(found, locale.filter(|_| is_localised), "{row}");
        assert_eq!(written.response.header("Vary").is_some(), is_localised);
    }
}

/// A vector for each message with strings, and for each of the values that all of them have.
fn values(file: &VectorFile, raised: &[&Value], write: Write) -> Vec<Value> {
    let values = fs::read(folder().join("values.json")).expect("the values");
    let values: Vec<String> = serde_json::from_slice(&values).expect("texts");
    let mut vectors = Vec::new();
    for vector in raised
        .iter()
        .filter(|vector| vector.get("locale").is_none())
    {
        let expected = &vector["expected"];
        let raise = Raise::of(vector);
        let types = types(file, expected);
        if !types.values().any(|own| own == "string") {
            continue;
        }
        for (index, value) in values.iter().enumerate() {
            let mut raise = raise.clone();
            for (name, own) in &mut raise.parameters {
                if types[name] == "string" {
                    *own = value.as_str().into();
                }
            }
            let written = write(&raise).expect("it was raised before");
            let name = format!("{} {index}", text_of(&vector["name"]));
            for (_, header) in &written.response.headers {
                assert!(!header.contains(['\r', '\n', '\0']), "{name}: {header:?}");
            }
            let expected = json!({
                "code": expected["code"], "id": expected["id"], "case": expected["case"], "parameters": raise.parameters,
            });
            vectors.push(json!({ "name": name, "response": written.response.vector(), "expected": expected }));
        }
    }
    vectors
}

/// The types of the parameters of a vector's message.
fn types(file: &VectorFile, expected: &Value) -> Map<String, Value> {
    let mut definitions = file.list("definitions").iter();
    let definition = definitions
        .find(|own| own["id"] == expected["id"])
        .expect("a definition");
    let mut messages = definition["messages"].as_array().expect("messages").iter();
    let message = messages
        .find(|own| own["case"] == expected["case"])
        .expect("the message");
    message["parameters"]
        .as_object()
        .expect("parameters")
        .clone()
}

/// The folder with what all languages have in common.
fn folder() -> &'static Path {
    Path::new(env!("ERRGEN_EXCHANGE_DATA"))
}

fn put(exchange: &str, name: &str, catalog: &str, vectors: &[Value]) {
    let folder = exchange_folder(exchange);
    fs::create_dir_all(&folder).expect("the folder of the exchange");
    let file = json!({ "format": 2, "catalog": catalog, "vectors": vectors });
    fs::write(folder.join(format!("{name}.json")), file.to_string()).expect("a file of vectors");
}

fn exchange_folder(catalogue: &str) -> std::path::PathBuf {
    Path::new(&env::var_os("ERRGEN_EXCHANGE").expect("ERRGEN_EXCHANGE")).join(catalogue)
}

/// Reads what each language has written of a catalogue's errors, and prints how much that is.
///
/// # Panics
///
/// Where a body is not read as it was meant.
pub fn exchange(catalogue: &str, answers: fn(&Vector) -> Value) {
    let Ok(files) = fs::read_dir(exchange_folder(catalogue)) else {
        return;
    };
    let (mut bodies, mut unread) = (0, 0);
    for file in files {
        let path = file.expect("a file").path();
        let file = VectorFile::read(&path);
        let are_values = path.to_string_lossy().ends_with(".values.json");
        for vector in file.json["vectors"]
            .as_array()
            .expect("vectors")
            .iter()
            .map(Vector::read)
        {
            let found = answers(&vector);
            let names: Vec<_> = vector
                .expected
                .as_object()
                .expect("expected")
                .keys()
                .collect();
            let found: Map<_, _> = found
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, _)| names.contains(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            if vector.expected == Value::Object(found.clone()) {
                bodies += 1;
                continue;
            }
            let is_same = |name| vector.expected.get(name) == found.get(name);
            assert!(
                are_values && is_same("code") && is_same("id"),
                "{}: {}: expected {}, found {}",
                path.display(),
                vector.name,
                vector.expected,
                Value::Object(found)
            );
            unread += 1;
        }
    }
    println!("{catalogue}: {bodies} bodies, {unread} unread");
}
