//! The vectors against the catalogues that they are made from, read here by serde alone: what modules are held against is right.

mod support;

#[path = "hostile/catalogue.rs"]
mod catalogue;
#[path = "hostile/draw.rs"]
mod draw;
#[path = "hostile/explanations.rs"]
mod explanations;
#[path = "hostile/languages.rs"]
mod languages;
#[path = "hostile/messages.rs"]
mod messages;
#[path = "hostile/properties.rs"]
mod properties;
#[path = "hostile/texts.rs"]
mod texts;
#[path = "hostile/yaml.rs"]
mod yaml;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use support::{errgen, folders_in, repository};

/// The catalogues, and their vectors, each checked in.
const CATALOGUES: [(&str, &str); 5] = [
    ("catalog.yaml", "generated"),
    ("tests/cases/full/catalog.yaml", "tests/cases/full/expected"),
    (
        "tests/cases/hostile/catalog.yaml",
        "tests/cases/hostile/expected",
    ),
    (
        "tests/cases/minimal/catalog.yaml",
        "tests/cases/minimal/expected",
    ),
    (
        "tests/cases/names/catalog.yaml",
        "tests/cases/names/expected",
    ),
];

/// A folder with hostile catalogues, as `tests/hostile/run` makes them; where it is not set, one is made here.
const HOSTILE: &str = "ERRGEN_HOSTILE";

/// A catalogue and its vectors.
struct Pair {
    name: String,
    catalog: Value,
    vectors: Value,
}

/// Those that are checked in, and hostile ones.
static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let checked_in = CATALOGUES.iter().map(|(catalog, folder)| Pair {
        name: (*folder).to_owned(),
        catalog: serde_yaml::from_str(&read(&repository().join(catalog))).expect("YAML"),
        vectors: vectors(&repository().join(folder)),
    });
    let hostile = match std::env::var_os(HOSTILE) {
        Some(folder) => folders_in(Path::new(&folder))
            .iter()
            .map(|folder| pair(folder))
            .collect(),
        None => vec![generated(3, 700), generated(4, 700)],
    };
    assert!(!hostile.is_empty());
    checked_in.chain(hostile).collect()
});

fn pair(folder: &Path) -> Pair {
    Pair {
        name: folder.display().to_string(),
        catalog: json(&folder.join("catalog.json")),
        vectors: vectors(folder),
    }
}

/// A hostile catalogue, which errgen reads as YAML and this test never does.
fn generated(seed: u64, texts: usize) -> Pair {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let catalogue = catalogue::catalogue(seed, texts);
    let mut file = File::create(folder.path().join("catalog.yaml")).expect("a file");
    yaml::write(&mut file, &catalogue.value, "").expect("a catalogue");
    catalogue.write_files(folder.path());
    let run = ["generate", "conformance", "--out", ".", "--quiet"];
    errgen(folder.path(), run).clean();
    Pair {
        name: format!("seed {seed}"),
        catalog: catalogue.value,
        vectors: vectors(folder.path()),
    }
}

fn vectors(folder: &Path) -> Value {
    json(&folder.join("conformance/vectors.json"))
}

#[test]
fn definitions_have_every_text_of_the_catalogue() {
    for Pair {
        name,
        catalog,
        vectors,
    } in PAIRS.iter()
    {
        let definitions = list(&vectors["definitions"]);
        let fallback = fallback(catalog);
        let errors = errors(catalog);
        assert_eq!(definitions.len(), errors.len());
        for (error, definition) in errors.into_iter().zip(definitions) {
            let name = format!("{name}: {}", definition["id"]);
            assert_eq!(
                as_text(&error["code"]),
                as_text(&definition["code"]),
                "{name}"
            );
            assert_eq!(
                as_text(&error["http"]),
                as_text(&definition["http"]),
                "{name}"
            );
            same_properties(catalog, error, definition, &name);
            let said: Vec<&Value> = match error.get("cases") {
                Some(cases) => list(cases).iter().collect(),
                None => vec![error],
            };
            let messages = list(&definition["messages"]);
            assert_eq!(said.len(), messages.len(), "{name}");
            for (said, message) in said.into_iter().zip(messages) {
                let texts = &said["message"];
                let own = if texts.is_object() {
                    let id = definition["id"].as_str().expect("an id");
                    let case = message["case"].as_str();
                    let key = case.map_or_else(|| id.to_owned(), |case| format!("{id}.{case}"));
                    same_texts(texts, &vectors["localised"][key], fallback, &name);
                    &texts[fallback]
                } else {
                    texts
                };
                assert_eq!(plain(own), message["message"], "{name}");
                same_texts(
                    &said["description"],
                    &message["descriptions"],
                    fallback,
                    &name,
                );
            }
            same_texts(
                &error["description"],
                &definition["descriptions"],
                fallback,
                &name,
            );
            if let Some(resolution) = error.get("resolution") {
                same_texts(resolution, &definition["resolutions"], fallback, &name);
            }
        }
    }
}

#[test]
fn categories_have_the_titles_of_the_catalogue() {
    for Pair {
        name,
        catalog,
        vectors,
    } in PAIRS.iter()
    {
        let fallback = fallback(catalog);
        let found = list(&vectors["categories"]);
        let categories = list(&catalog["categories"]);
        assert_eq!(found.len(), categories.len(), "{name}");
        for (category, found) in categories.iter().zip(found) {
            same_titles(category, found, fallback, name);
            let groups = category.get("groups").map_or(&[][..], list);
            assert_eq!(list(&found["groups"]).len(), groups.len(), "{name}");
            for (group, found) in groups.iter().zip(list(&found["groups"])) {
                same_titles(group, found, fallback, name);
            }
        }
    }
}

/// The fallback locale; where none is named, the first.
/// A catalogue of the generator has values at errors alone.
fn same_properties(catalog: &Value, error: &Value, definition: &Value, name: &str) {
    let declared = catalog.get("properties").and_then(Value::as_object);
    let declared = declared.into_iter().flatten();
    let in_modules =
        declared.filter(|(_, property)| property.get("modules") != Some(&Value::Bool(false)));
    let expected: BTreeMap<_, _> = in_modules
        .filter_map(|(property, declared)| {
            let own = error
                .get("properties")
                .and_then(|values| values.get(property));
            Some((property.clone(), own.or(declared.get("default"))?.clone()))
        })
        .collect();
    let found = definition.get("properties").and_then(Value::as_object);
    let found: BTreeMap<_, _> = found.cloned().unwrap_or_default().into_iter().collect();
    assert_eq!(expected, found, "{name}");
}

fn fallback(catalog: &Value) -> &str {
    let named = catalog["fallback"].as_str();
    named
        .or(catalog["locales"][0].as_str())
        .expect("a fallback")
}

/// A title has no parameters, and its braces are braces.
fn same_titles(heading: &Value, found: &Value, fallback: &str, name: &str) {
    for (locale, title) in found["titles"].as_object().expect("titles") {
        let texts = &heading["title"];
        let expected = texts.get(locale).unwrap_or(&texts[fallback]);
        assert_eq!(expected, title, "{name}, {locale}");
    }
}

/// Every locale has its text, or that of the fallback.
fn same_texts(texts: &Value, found: &Value, fallback: &str, name: &str) {
    for (locale, text) in found.as_object().expect("texts by locale") {
        let expected = texts.get(locale).unwrap_or(&texts[fallback]);
        assert_eq!(&plain(expected), text, "{name}, {locale}");
    }
}

/// A text as modules hold it: as it is where it has no parameters, else its template.
fn plain(text: &Value) -> Value {
    let text = as_text(text);
    let mut literal = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if matches!(character, '{' | '}') && characters.next_if_eq(&character).is_none() {
            return text.into();
        }
        literal.push(character);
    }
    literal.into()
}

/// All errors, in the order of the file.
fn errors(catalog: &Value) -> Vec<&Value> {
    let mut errors = Vec::new();
    for category in list(&catalog["categories"]) {
        errors.extend(category.get("errors").map_or(&[][..], list));
        for group in category.get("groups").map_or(&[][..], list) {
            errors.extend(list(&group["errors"]));
        }
    }
    errors
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// A scalar as text, whatever a reader of YAML or JSON makes of it.
fn as_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&read(path)).expect("JSON")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}
