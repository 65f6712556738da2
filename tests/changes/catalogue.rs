//! Random catalogues with every feature that a change can be about.

use std::sync::LazyLock;

use errgen::target::Library;
use serde_json::{Map, Value, json};

use super::random::Random;

/// The ids of errors: each with each.
const SUBJECTS: [&str; 12] = [
    "account", "album", "basket", "card", "device", "folder", "invoice", "letter", "order",
    "picture", "ticket", "url",
];
const FAULTS: [&str; 8] = [
    "missing", "closed", "locked", "expired", "unknown", "too_long", "refused", "broken",
];

/// The standard targets that have a module: a catalogue may be for one of them.
static LANGUAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let library = Library::standard();
    let is_language = |id: &&str| {
        let target = library.load(id).and_then(Result::ok);
        target.is_some_and(|target| target.sample.is_some())
    };
    library
        .ids()
        .filter(is_language)
        .map(str::to_owned)
        .collect()
});

/// A target that is broken by much, in different ways.
pub const DEMO: &str = r"
description: A demonstration
model: 2
files:
  - { template: demo.txt.tera, path: demo.txt }
names:
  error: { constant: { case: upper_camel } }
  parameter: { argument: { case: lower_camel } }
  case: { variant: { case: upper_camel, qualified: true } }
  category: { type: { case: upper_camel } }
acronyms: capitals
options:
  style: { description: How wide it is, values: [wide, narrow], default: wide, breaks: its lines have other lengths }
  tone: { description: How loud it is, values: [loud, quiet], default: loud }
surface:
  names: { error: [constant], parameter: [argument], case: [variant], category: [type] }
  source:
    released-code-removed: its constant is gone
    released-code-reused: its constant is gone
    error-renamed/with-parameters: its arguments have another type
    parameter-added: an argument is missing
    parameter-added/first: it is a function now
    parameter-removed: there is an argument too many
    parameter-renamed: the argument has another name
    parameter-retyped: the argument has another type
    parameters-reordered: the arguments are in another order
    case-removed: its variant is gone
    message-split: there is a variant now
    cases-merged: its variants are gone
    category-changed: it is of another type
    category-removed: its type is gone
    success-changed: it cannot be raised
    field-removed: the accessor is gone
    property-retyped: the accessor has another type
  binary:
    parameter-added: the function has another signature
    parameter-retyped: the function has another signature
    cases-reordered: variants are numbers
";

pub const DEMO_TEMPLATE: &str = "{% for error in catalog.errors %}{{ error.code }}\n{% endfor %}";

/// What a catalogue has.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is there or not, whatever else is"
)]
struct Features {
    locales: Vec<&'static str>,
    has_texts_as_codes: bool,
    has_ranges: bool,
    has_properties: bool,
    /// Whether every case has a description of its own.
    has_described_cases: bool,
    is_http: bool,
    /// Whether cases have codes in a response.
    has_subcodes: bool,
    /// Whether a response has parameters as data.
    has_parameters: bool,
}

pub fn catalogue(random: &mut Random) -> Value {
    let locales = random.pick(&[&["en"][..], &["en", "de"], &["de", "en", "zh-Hant"]]);
    let kind = random.below(7);
    let is_http = !random.once_in(6) || kind > 1;
    let features = Features {
        locales: locales.to_vec(),
        has_texts_as_codes: kind == 5 || random.once_in(2),
        has_ranges: random.once_in(2),
        has_properties: !random.once_in(4),
        has_described_cases: random.once_in(2),
        is_http,
        has_subcodes: [2, 3, 5].contains(&kind),
        has_parameters: kind == 3,
    };
    let mut catalogue = json!({
        "catalog": "shop",
        "version": random.pick(&["1.4.0", "0.3.2", "2.0.0-rc.1", "3.0.7"]),
        "title": features.texts("Errors of the shop"),
        "locales": features.locales,
        "targets": { "markdown": {}, "demo": { "style": random.pick(&["wide", "narrow"]) } },
    });
    if random.once_in(2) {
        catalogue["targets"][LANGUAGES[random.below(LANGUAGES.len())].as_str()] = json!({});
    }
    if locales.len() > 1 && random.once_in(2) {
        catalogue["fallback"] = json!("en");
    }
    if kind == 6 || random.once_in(2) {
        catalogue["docs_url"] = json!("https://shop.example/errors/{code}");
    }
    if random.once_in(2) {
        catalogue["acronyms"] = json!(["ID", "IO"]);
    }
    if random.once_in(2) {
        catalogue["publish"] = json!({ "name": "shop-errors", "namespace": "com.example.shop" });
    }
    if !is_http {
        catalogue["transport"] = json!("none");
    }
    if random.once_in(3) {
        catalogue["breaking"] = json!({ "text-changed": "warn", "group-changed": "deny" });
    }
    if features.has_properties {
        catalogue["properties"] = properties(&features);
    }
    if let Some(wire) = wire(kind) {
        catalogue["wire"] = wire;
    }
    catalogue["categories"] = categories(&features, random);
    catalogue
}

impl Features {
    /// A text for each locale.
    fn texts(&self, text: &str) -> Value {
        let texts = self.locales.iter();
        let texts = texts.map(|locale| ((*locale).to_owned(), json!(format!("{text} [{locale}]"))));
        Value::Object(texts.collect())
    }
}

fn properties(features: &Features) -> Value {
    json!({
        "severity": {
            "type": "enum",
            "values": ["info", "warning", "error", "unused"],
            "default": "error",
            "description": features.texts("How bad it is."),
        },
        "areas": { "type": "enum", "values": ["web", "phone"], "multiple": true },
        "team": { "type": "string", "modules": false },
        "weight": { "type": "integer", "default": 0 },
        "visible": { "type": "boolean" },
        "marks": { "type": "list" },
    })
}

/// Where a response has what.
fn wire(kind: usize) -> Option<Value> {
    let fields = json!({
        "request_name": { "body": "/request", "type": "string", "example": "r-17" },
        "attempts": { "body": "/attempts", "type": "integer" },
    });
    Some(match kind {
        1 => json!({ "code": "/error/code", "message": "/error/message" }),
        2 => json!({
            "code": "/error/code",
            "subcode": "/error/reason",
            "message": "/error/message",
            "fields": fields,
            "fixed": { "/error/kind": "shop", "/ok": false },
        }),
        3 => json!({
            "code": { "header": "X-Error" },
            "subcode": "/error/reason",
            "message": "/error/message",
            "parameters": "/error/parameters",
            "fields": fields,
        }),
        4 => json!({
            "errors": { "list": "/errors", "code": "/code", "message": "/detail" },
            "fields": fields,
        }),
        5 => json!({ "code": { "body": "/code", "separator": "." }, "message": "/message" }),
        6 => json!({
            "code": { "body": "/type", "template": "docs_url" },
            "message": "/detail",
            "fixed": { "/title": "Error" },
        }),
        _ => return None,
    })
}

fn categories(features: &Features, random: &mut Random) -> Value {
    let mut number = 0;
    let mut errors = |first: usize, prefix: &str, count: usize, random: &mut Random| {
        let errors = (0..count).map(|at| {
            number += 1;
            let code = code(features.has_texts_as_codes, first, prefix, at);
            error(features, number - 1, &code, random)
        });
        errors.collect::<Vec<_>>()
    };
    let categories = (1..=3).map(|category| {
        let first = category * 1000;
        let prefix = format!("C{category}-");
        let groups = (1..=random.below(3)).map(|group| {
            let own_first = first + group * 100;
            let own_prefix = format!("{prefix}G{group}-");
            let mut value = json!({
                "id": format!("group_{}", ["one", "two"][group - 1]),
                "title": features.texts(&format!("Group {group} of {category}")),
                "errors": errors(own_first, &own_prefix, 2 + random.below(2), random),
            });
            features.reserve(&mut value, own_first, 99, &own_prefix);
            value
        });
        let groups: Vec<_> = groups.collect();
        let mut value = json!({
            "id": format!("category_{}", ["one", "two", "three"][category - 1]),
            "title": features.texts(&format!("Category {category}")),
            "errors": errors(first, &prefix, 3 + random.below(3), random),
        });
        if !groups.is_empty() {
            value["groups"] = json!(groups);
        }
        features.reserve(&mut value, first, 999, &prefix);
        if random.once_in(3) {
            value["retry"] = json!("transient");
        }
        if features.has_properties && random.once_in(2) {
            value["properties"] = json!({ "severity": "warning", "areas": ["web"] });
        }
        value
    });
    let mut categories: Vec<_> = categories.collect();
    relate(&mut categories, random);
    json!(categories)
}

pub fn code(is_text: bool, first: usize, prefix: &str, at: usize) -> Value {
    if is_text {
        json!(format!("{prefix}{at}"))
    } else {
        json!(first + at)
    }
}

impl Features {
    fn reserve(&self, heading: &mut Value, first: usize, size: usize, prefix: &str) {
        if !self.has_ranges {
            return;
        }
        heading["codes"] = if self.has_texts_as_codes {
            json!({ "prefix": prefix })
        } else {
            json!(format!("{first}..{}", first + size))
        };
    }
}

/// Deprecated errors, each with another one in its place.
fn relate(categories: &mut [Value], random: &mut Random) {
    for category in categories {
        let errors = category["errors"].as_array_mut().expect("errors");
        let is_used =
            |error: &&mut Value| error["retired"].is_null() && error["no_error"].is_null();
        let mut used = errors.iter_mut().filter(is_used);
        let Some(successor) = used.next() else {
            continue;
        };
        for error in used {
            if random.once_in(2) {
                error["deprecated"] = json!({ "since": "0.2.0", "use": successor["id"] });
            }
        }
    }
}

fn error(features: &Features, number: usize, code: &Value, random: &mut Random) -> Value {
    let subject = SUBJECTS[number % SUBJECTS.len()];
    let fault = FAULTS[number / SUBJECTS.len() + number % 2 * 4];
    let id = format!("{subject}_{fault}");
    let what = format!("The {subject} is {}", fault.replace('_', " "));
    let mut error = json!({ "code": code, "id": id, "since": "0.1.0" });
    let members = error.as_object_mut().expect("an error");
    if features.is_http {
        members.insert("http".to_owned(), json!(random.pick(&[400, 404, 409, 410])));
    }
    // Each shape comes often enough for each change.
    match number % 8 {
        0 => {
            message(features, members, &what, 0, random);
            if features.is_http {
                members.insert("http".to_owned(), json!(503));
            }
        }
        1 => message(features, members, &what, 1, random),
        2 => message(features, members, &what, 2 + random.below(2), random),
        3 | 4 => {
            let cases = ["first", "second", "third"];
            let cases = cases[..2 + random.below(2)].iter().map(|id| {
                let mut case = json!({ "id": id });
                let own = case.as_object_mut().expect("a case");
                let count = random.below(3);
                message(features, own, &format!("{what}, {id}"), count, random);
                if features.has_described_cases {
                    own.entry("description")
                        .or_insert_with(|| features.texts(&format!("{what}: {id}.")));
                }
                if features.has_subcodes && random.once_in(2) {
                    own.insert("code".to_owned(), json!(format!("S{number}{id}")));
                }
                if features.has_properties && random.once_in(3) {
                    own.insert("properties".to_owned(), json!({ "severity": "info" }));
                }
                case
            });
            members.insert("cases".to_owned(), cases.collect());
        }
        5 => {
            message(features, members, &what, 0, random);
            members.insert("no_error".to_owned(), json!(true));
            members.remove("http");
        }
        6 => {
            message(features, members, &what, random.below(2), random);
            let since = json!({ "since": "0.2.0", "note": features.texts("It is over.") });
            members.insert("retired".to_owned(), since);
        }
        _ => {
            message(features, members, &what, 1, random);
            let former = json!([format!("{id}_once"), format!("{id}_twice")]);
            members.insert("renamed_from".to_owned(), former);
        }
    }
    let is_success = members.contains_key("no_error");
    if !is_success && random.once_in(4) {
        members.insert(
            "retry".to_owned(),
            json!(random.pick(&["never", "throttled"])),
        );
    }
    if random.once_in(2) {
        let resolution = features.texts("Try something else.");
        members.insert("resolution".to_owned(), resolution);
    }
    members
        .entry("description")
        .or_insert_with(|| features.texts(&format!("{what}.")));
    if features.has_properties && random.once_in(2) {
        let values = json!({ "weight": random.below(9), "team": "till", "marks": ["a", "b"] });
        members.insert("properties".to_owned(), values);
    }
    error
}

/// A message with parameters, for an error or for a case of one, and a description that may have them as well.
fn message(
    features: &Features,
    members: &mut Map<String, Value>,
    what: &str,
    count: usize,
    random: &mut Random,
) {
    let names = ["name", "limit", "place"];
    let names = &names[..count];
    let shown = names.iter().map(|name| format!("{name}: {{{name}}}"));
    let shown = std::iter::once(what.to_owned()).chain(shown);
    let text = shown.collect::<Vec<_>>().join(", ");
    let message = if features.locales.len() > 1 && random.once_in(3) {
        features.texts(&text)
    } else {
        json!(text)
    };
    members.insert("message".to_owned(), message);
    if random.once_in(2) {
        let text = match names.first() {
            Some(name) if random.once_in(2) => format!("{what}: {{{name}}}."),
            _ => format!("{what} indeed."),
        };
        members.insert("description".to_owned(), features.texts(&text));
    }
    if names.is_empty() {
        return;
    }
    let parameters = names.iter().map(|name| {
        let kind = random.pick(&["string", "integer", "number", "boolean"]);
        let example = match kind {
            "integer" => json!(17),
            "number" => json!(2.5),
            "boolean" => json!(true),
            _ => json!("pens"),
        };
        let mut parameter = json!({ "type": kind, "example": example });
        if random.once_in(3) {
            parameter["sensitive"] = json!(true);
        }
        if random.once_in(3) {
            parameter["description"] = features.texts(&format!("The {name}."));
        }
        if features.has_parameters && random.once_in(3) {
            parameter["wire"] = json!(format!("{name}OfIt"));
        } else if features.is_http && random.once_in(6) {
            parameter["at"] = json!({ "header": format!("X-{name}") });
        }
        json!([name, parameter])
    });
    members.insert("params".to_owned(), parameters.collect());
}

/// A catalogue as YAML. Parameters are lists of pairs, as their order counts.
pub fn yaml(catalogue: &Value) -> String {
    let mut text = String::new();
    write(&mut text, catalogue);
    text.push('\n');
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| (key.as_str(), value));
            write_members(text, &members.collect::<Vec<_>>());
        }
        Value::Array(values) => {
            text.push('[');
            for (at, value) in values.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                text.push_str(if value.is_object() { "\n  " } else { "" });
                write(text, value);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

fn write_members(text: &mut String, members: &[(&str, &Value)]) {
    text.push('{');
    for (at, (key, value)) in members.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { ", " });
        text.push_str(&json!(key).to_string());
        text.push_str(": ");
        match (*key, value) {
            ("params", Value::Array(pairs)) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|pair| (pair[0].as_str().expect("a name"), &pair[1]));
                write_members(text, &pairs.collect::<Vec<_>>());
            }
            _ => write(text, value),
        }
    }
    text.push('}');
}
