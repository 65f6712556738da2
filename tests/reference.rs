//! The reference of the catalogue's keys: `docs/catalogue.md` has a list of them in each part of the format, made from the declarations
//! that make the parser and the schema, and every example in it runs.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::{Map, Value, json};
use support::{errgen, expect_file, repository, write};

const PAGE: &str = "docs/catalogue.md";
const END: &str = "<!-- to here -->";

/// The width of a line of the page.
const WIDTH: usize = 118;

/// The parts of the format, each by its name in the schema.
fn parts() -> Map<String, Value> {
    let mut parts = Map::new();
    for words in [&["schema"][..], &["schema", "include"]] {
        let schema = errgen(repository(), words.iter().copied()).clean().stdout;
        let mut schema: Value = serde_json::from_str(&schema).expect("JSON");
        let own = schema["$defs"].as_object_mut().map(std::mem::take);
        parts.extend(own.expect("the parts of a file"));
    }
    parts
}

/// Those that have keys of their own, and not those of a target.
fn with_keys(parts: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let own = parts.iter().filter(|(part, _)| *part != "TargetOptions");
    own.filter(|(_, definition)| definition["properties"].is_object())
}

#[test]
fn the_page_has_every_key() {
    let page = fs::read_to_string(repository().join(PAGE)).expect("the page");
    let parts = parts();
    let headings = headings(&page);
    let mut made = page.clone();
    for (part, definition) in with_keys(&parts) {
        let start = marker(part);
        let (before, rest) = made
            .split_once(&start)
            .unwrap_or_else(|| panic!("{PAGE} lacks {start}"));
        let (_, after) = rest.split_once(END).expect("its end");
        made = format!(
            "{before}{start}\n\n{}\n{END}{after}",
            keys(definition, &headings)
        );
    }
    expect_file(&repository().join(PAGE), &made);
}

fn marker(part: &str) -> String {
    format!("<!-- Made from the declaration of {part} by `make bless`, from here -->")
}

/// The heading that the keys of each part are under, and its address.
fn headings(page: &str) -> BTreeMap<String, (String, String)> {
    let mut headings = BTreeMap::new();
    let mut last = "";
    for line in page.lines() {
        if let Some((_, heading)) = line.split_once("# ").filter(|_| line.starts_with("##")) {
            last = heading;
        }
        if let Some((part, _)) = line
            .strip_prefix("<!-- Made from the declaration of ")
            .and_then(|it| it.split_once(' '))
        {
            let anchor = last.to_lowercase().replace(' ', "-");
            headings.insert(part.to_owned(), (last.to_lowercase(), anchor));
        }
    }
    headings
}

/// The keys of a part: a list, those first that it must have.
fn keys(definition: &Value, headings: &BTreeMap<String, (String, String)>) -> String {
    let required: Vec<_> = definition["required"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let properties = definition["properties"].as_object().expect("keys");
    let mut list = String::new();
    let is_required = |key: &str| required.iter().any(|it| *it == key);
    let (first, rest): (Vec<_>, Vec<_>) = properties.iter().partition(|(key, _)| is_required(key));
    for (key, property) in first.into_iter().chain(rest) {
        let presence = if is_required(key) {
            "required"
        } else {
            "optional"
        };
        let kind = kind(property, headings);
        let description = property["description"].as_str().expect("a description");
        let examples = property["examples"].as_array().into_iter().flatten();
        let examples = examples.map(|example| format!("`{key}: {}`", flow(example)));
        let examples: Vec<_> = examples.collect();
        let text = format!(
            "- **`{key}`** ({presence}; {kind}): {description} Example: {}",
            examples.join(" or ")
        );
        writeln!(list, "{}", wrapped(&text)).expect("a text");
    }
    list
}

/// What a value is.
fn kind(schema: &Value, headings: &BTreeMap<String, (String, String)>) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let part = reference.rsplit('/').next().expect("a name");
        return match headings.get(part) {
            Some((heading, anchor)) => format!("a mapping: [{heading}](#{anchor})"),
            None if part == "Localised" => "a text for each locale".to_owned(),
            None => "a mapping".to_owned(),
        };
    }
    if let Some(words) = schema["enum"].as_array() {
        let mut words: Vec<_> = words.iter().map(|it| format!("`{}`", flow(it))).collect();
        // Words that YAML reads as other values are listed as both.
        words.retain(|word| !word.contains('"'));
        return words.join(", ");
    }
    if let Some(word) = schema["const"].as_str() {
        return format!("`{word}`");
    }
    if let Some(kinds) = schema["anyOf"].as_array() {
        let mut kinds: Vec<_> = kinds.iter().map(|it| kind(it, headings)).collect();
        kinds.dedup();
        return kinds.join(", or ");
    }
    if schema["items"].is_object() {
        return format!("a list, each {}", kind(&schema["items"], headings));
    }
    if schema["additionalProperties"].is_object() {
        return format!(
            "a mapping by name, each {}",
            kind(&schema["additionalProperties"], headings)
        );
    }
    let types = &schema["type"];
    let types: Vec<_> = types
        .as_array()
        .map_or_else(|| vec![types], |it| it.iter().collect());
    let has = |name: &str| types.iter().any(|it| *it == name);
    let is_number = has("integer")
        && schema["pattern"]
            .as_str()
            .is_none_or(|it| !it.starts_with("^[^"));
    match (has("string"), has("integer"), has("array"), has("object")) {
        (_, _, true, _) => "a value of its type",
        (true, true, ..) if is_number => "an integer",
        (true, true, ..) => "an integer or a text",
        (true, ..) => "a text",
        (_, _, _, true) => "a mapping",
        _ => "any data",
    }
    .to_owned()
}

/// A value in YAML, in one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{}: {}", word(key), flow(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items = items.iter().map(flow);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => word(text),
        _ => value.to_string(),
    }
}

/// A text, quoted where YAML would read another value.
fn word(text: &str) -> String {
    let is_plain = text
        .chars()
        .all(|it| it.is_alphanumeric() || "_-./ ".contains(it));
    let is_other = serde_yaml::from_str::<Value>(text)
        .ok()
        .is_none_or(|it| it != text);
    if is_plain && !is_other {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

/// Lines of a list's item.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("a line");
        if line.chars().count() + word.chars().count() >= WIDTH && !line.trim().is_empty() {
            lines.push(format!("  {word}"));
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[test]
fn every_example_runs() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let mut run = 0;
    for (part, definition) in with_keys(&parts()) {
        for (key, property) in definition["properties"].as_object().expect("keys") {
            for example in property["examples"].as_array().expect("examples") {
                let codes = [
                    [json!(1001), json!(1002)],
                    [json!("SHOP-CART-1"), json!("SHOP-CART-2")],
                ];
                let is_accepted = codes.into_iter().any(|codes| {
                    let mut catalogue = catalogue(codes);
                    let included = included(&mut catalogue, part, key, example);
                    if part != "Included" {
                        catalogue = with_example(catalogue, part, key, example);
                    }
                    write(project.path(), "catalog.yaml", &catalogue.to_string());
                    write(project.path(), "errors/more.yaml", &included.to_string());
                    for path in explanations(key, example) {
                        write(project.path(), path, "More about it.\n");
                    }
                    errgen(project.path(), ["generate", "conformance", "--out", "out"]).status == 0
                });
                assert!(is_accepted, "{part}: {key}: {example}");
                run += 1;
            }
        }
    }
    assert!(run > 100);
}

/// The files that an example of a key names.
fn explanations<'e>(key: &str, example: &'e Value) -> Vec<&'e str> {
    let paths = match example {
        _ if key != "explanation" => Vec::new(),
        Value::Object(paths) => paths.values().collect(),
        path => vec![path],
    };
    paths.into_iter().filter_map(Value::as_str).collect()
}

/// A file that a catalogue can include: for a key of such a file, one in which it has a value, and which is included.
fn included(catalogue: &mut Value, part: &str, key: &str, example: &Value) -> Value {
    let mut file = json!({
        "category": "request",
        "errors": [{ "code": at(catalogue, "/categories/0/errors/0/code"), "id": "more", "http": 404, "message": "More" }],
    });
    *at(&mut file, "/errors/0/code") = match &file["errors"][0]["code"] {
        Value::String(code) => format!("{code}-2").into(),
        _ => 1003.into(),
    };
    if part == "Included" {
        catalogue["include"] = json!(["errors/*.yaml"]);
        catalogue["categories"][0]["id"] = "payment".into();
        catalogue["categories"][0]["errors"][0]["id"] = "gone".into();
        catalogue["categories"][0]["groups"][0]["id"] = "card".into();
        file["category"] = "payment".into();
        if key == "categories" {
            file = json!({});
        }
        file[key] = example.clone();
    }
    file
}

/// A catalogue in which a key of a part has a value, and nothing that does not go with it.
fn with_example(mut catalogue: Value, part: &str, key: &str, example: &Value) -> Value {
    let (pointer, needed) = place(part);
    let owner = at(&mut catalogue, pointer);
    if !owner.is_object() {
        *owner = json!({});
    }
    for (key, value) in needed.as_object().expect("keys") {
        owner[key] = value.clone();
    }
    if key == "header" {
        *owner = json!({});
    }
    owner[key] = example.clone();
    let error = at(&mut catalogue, "/categories/0/errors/0");
    let is_split = key == "separator" || example.get("separator").is_some();
    if is_split {
        *at(error, "/cases/0") = json!({ "id": "empty", "code": "SUB", "message": "Empty" });
    }
    if error.get("cases").is_some() {
        let error = error.as_object_mut().expect("an error");
        error.retain(|key, _| !["message", "params"].contains(&key.as_str()));
    }
    if (part, key) == ("Error", "no_error") {
        *error =
            json!({ "code": error["code"], "id": "success", "message": "OK", "no_error": example });
    }
    if (part, key) == ("Case", "code") {
        catalogue["wire"]["subcode"] = "/error/sub".into();
    }
    if (part, key) == ("Catalog", "transport") {
        for pointer in ["/categories/0/errors/0", "/categories/0/groups/0/errors/0"] {
            at(&mut catalogue, pointer)
                .as_object_mut()
                .expect("an error")
                .remove("http");
        }
    }
    catalogue
}

/// The value at a pointer, which is made if it is not there.
fn at<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Value {
    pointer
        .split('/')
        .skip(1)
        .fold(value, |value, segment| match segment {
            "0" => {
                if !value.is_array() {
                    *value = json!([{}]);
                }
                &mut value[0]
            }
            _ => &mut value[segment],
        })
}

/// A catalogue with codes of one kind, in which every part of the format is.
fn catalogue(codes: [Value; 2]) -> Value {
    let [first, second] = codes;
    let group = json!({
        "id": "other",
        "title": { "en": "Other" },
        "errors": [{ "code": second, "id": "gateway_unavailable", "http": 503, "message": "Try again {user}",
            "params": { "user": { "type": "string" } } }],
    });
    json!({
        "catalog": "pixnet",
        "version": "9.0.0",
        "title": { "en": "Errors" },
        "locales": ["zh-TW", "en"],
        "fallback": "en",
        "docs_url": "https://errors.example.com/{code}",
        "properties": { "severity": { "type": "enum", "values": ["info", "warning", "error"], "default": "error" } },
        "wire": { "code": "/error/code", "message": "/error/message", "parameters": "/error/params" },
        "categories": [{
            "id": "request",
            "title": { "en": "Request" },
            "errors": [{
                "code": first,
                "id": "not_found",
                "http": 404,
                "message": "There is no {user}",
                "description": { "en": "There is nothing at this address." },
                "params": { "user": { "type": "string" } },
            }],
            "groups": [group],
        }],
    })
}

/// Where a part is in the catalogue, and what must be there for it.
fn place(part: &str) -> (&'static str, Value) {
    match part {
        "Catalog" => ("", json!({})),
        "Requirement" => ("/errgen", json!({})),
        "Wire" => ("/wire", json!({})),
        "Items" => (
            "/wire/errors",
            json!({ "list": "/errors", "code": "/code" }),
        ),
        "AnyPlace" => (
            "/wire/message",
            json!({ "body": "/details", "where": { "kind": "text" }, "at": "/message" }),
        ),
        "CodePlace" => (
            "/wire/code",
            json!({ "body": "/details", "where": { "kind": "text" }, "at": "/code" }),
        ),
        "SubcodePlace" => (
            "/wire/subcode",
            json!({ "body": "/details", "where": { "kind": "text" }, "at": "/sub" }),
        ),
        "Field" => (
            "/wire/fields/it",
            json!({ "body": "/details", "where": { "kind": "text" }, "at": "/it" }),
        ),
        "Publish" => ("/publish", json!({})),
        "Category" => ("/categories/0", json!({})),
        "Group" => ("/categories/0/groups/0", json!({})),
        "CodePrefix" => ("/categories/0/codes", json!({})),
        "Property" => (
            "/properties/it",
            json!({ "type": "enum", "values": ["error"] }),
        ),
        "Error" => ("/categories/0/errors/0", json!({})),
        "Exemption" => (
            "/categories/0/errors/0/allow/0",
            json!({ "rule": "lone-status", "reason": "It is so." }),
        ),
        "Case" => (
            "/categories/0/errors/0/cases/0",
            json!({ "id": "empty", "message": "It has {count}", "params": { "count": { "type": "integer" } } }),
        ),
        "Parameter" => (
            "/categories/0/errors/0/params/user",
            json!({ "type": "string" }),
        ),
        "Deprecated" => (
            "/categories/0/errors/0/deprecated",
            json!({ "since": "2.0.0" }),
        ),
        "Retired" => (
            "/categories/0/errors/0/retired",
            json!({ "since": "1.5.0" }),
        ),
        _ => panic!("no place for {part}"),
    }
}
