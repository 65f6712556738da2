//! Holds a generated module against conformance vectors and definitions, whose format `templates/conformance/README.md` tells.

mod conform;
mod definition;
mod vector;
mod written;

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::Path;

pub use definition::{Definition, FromCode};
pub use serde_json;
use serde_json::{Map, Value};
pub use vector::{Time, Vector};
pub use written::{CAUSE, Argument, Raise, Reply, Written, argument, conform_written, exchange};

/// What is asked of a module.
pub struct Module {
    /// What it makes of a response.
    pub answers: fn(&Vector) -> Value,
    /// How often the message of a response, read into a type of its own, is built again.
    pub built: fn(&Vector) -> usize,
    /// What it knows of an error, looked up by its code and by its id.
    pub known: fn(&Definition) -> [Option<Value>; 2],
    /// All its titles and descriptions for a tag.
    pub texts: fn(&str) -> Vec<&'static str>,
    /// Its categories and their groups, with titles in these locales.
    pub categories: fn(&[String]) -> Value,
}

/// A vector file.
struct VectorFile {
    path: String,
    catalog: String,
    json: Value,
}

impl VectorFile {
    fn read(path: &Path) -> Self {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"));
        let json: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(json["format"], 2, "{file}: format");
        let members = [
            "format",
            "catalog",
            "vectors",
            "definitions",
            "localised",
            "categories",
            "locales",
        ];
        assert_members(&json, &members);
        Self {
            catalog: text_of(&json["catalog"]),
            path: file,
            json,
        }
    }

    /// What stands in a list. Only a catalogue of which nothing is left has no definitions, and no vectors either.
    fn list(&self, member: &str) -> &[Value] {
        let list = self.json[member].as_array().expect(member);
        let is_of_nothing = self.json["definitions"] == Value::Array(Vec::new());
        assert!(!list.is_empty() || is_of_nothing, "{}: no {member}", self.path);
        list
    }
}

/// Compares what a module answers with what the vectors and the definitions expect, and prints how many there are: those
/// made from the catalogue, and the vectors written by hand where its catalogue has any.
///
/// # Panics
///
/// Where anything differs, or a file is not as it should be.
pub fn conform(generated: &str, by_hand_folder: &str, module: &Module) {
    let generated = VectorFile::read(Path::new(generated));
    let catalog = &generated.catalog;
    let by_hand = Path::new(by_hand_folder).join(format!("{catalog}.json"));
    let by_hand = by_hand.exists().then(|| VectorFile::read(&by_hand));
    let (mut vectors, mut built, mut differences) = (0, 0, 0);
    for file in [Some(&generated), by_hand.as_ref()].into_iter().flatten() {
        assert_eq!(&file.catalog, catalog, "{}: catalog", file.path);
        for vector in file.list("vectors").iter().map(Vector::read) {
            let at = format!("{}: {}", file.path, vector.name);
            let Ok(found) = panic::catch_unwind(|| (module.answers)(&vector)) else {
                panic!("{at}: the module panics");
            };
            differences += differ(&at, &vector.expected, &found);
            vectors += 1;
            if std::ptr::eq(file, &generated) {
                built += (module.built)(&vector);
            }
        }
    }
    let with_parameters = generated.list("vectors").iter().filter(|vector| {
        let parameters = vector["expected"]["parameters"].as_object();
        parameters.is_some_and(|parameters| !parameters.is_empty())
    });
    assert_eq!(built, with_parameters.count(), "messages that were built");

    let definitions = generated.list("definitions");
    for expected in definitions {
        let definition = Definition::read(expected);
        for (way, found) in ["code", "id"].into_iter().zip((module.known)(&definition)) {
            let at = format!("{}: {}, by its {way}", generated.path, definition.id());
            differences += differ(&at, expected, &found.unwrap_or_default());
        }
    }
    for definition in Definition::unknown(definitions) {
        let known = (module.known)(&definition);
        assert_eq!(known, [None, None], "{definition:?} is in no definition");
    }
    let at = format!("{}: categories", generated.path);
    let titled = generated.json["categories"].as_array().expect("categories");
    let locales = titled[0]["titles"].as_object().expect("titles");
    let categories = (module.categories)(&locales.keys().cloned().collect::<Vec<_>>());
    let found = categories.as_array().expect("a list");
    assert_eq!(found.len(), titled.len(), "{at}");
    differences += titled
        .iter()
        .zip(found)
        .map(|(e, f)| differ(&at, e, f))
        .sum::<usize>();

    check_locales(&generated.json["locales"], module);

    let definitions = definitions.len();
    assert_eq!(
        differences, 0,
        "answers that are not as expected, of {vectors} vectors and {definitions} definitions"
    );
    println!("{catalog}: {vectors} vectors, {definitions} definitions");
}

/// Compares the texts that the readers of all known tags see with those of their locales.
fn check_locales(locales: &Value, module: &Module) {
    assert_members(locales, &["fallback", "aliases", "tags"]);
    let pairs = ["aliases", "tags"].map(|member| locales[member].as_object().expect(member));
    for (tag, same) in pairs.into_iter().flatten() {
        let texts = (module.texts)(&text_of(same));
        assert_eq!((module.texts)(tag), texts, "{tag} is {same}");
    }
    let fallback = (module.texts)(&text_of(&locales["fallback"]));
    assert_eq!((module.texts)("qqq-Qaaa"), fallback, "the fallback");
}

/// Checks that an object has no members but these, which the format has.
pub(crate) fn assert_members(object: &Value, known: &[&str]) {
    for name in object.as_object().expect("an object").keys() {
        assert!(known.contains(&name.as_str()), "{name} is not in the format");
    }
}

/// In how many members two objects differ, each of which is printed.
fn differ(at: &str, expected: &Value, found: &Value) -> usize {
    let none = Map::new();
    let [expected, found] = [expected, found].map(|value| value.as_object().unwrap_or(&none));
    assert!(!expected.is_empty(), "{at}: nothing is expected");
    let names: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let mut differences = 0;
    for name in names {
        let [expected, found] = [expected, found].map(|members| members.get(name));
        if expected != found {
            let [expected, found] =
                [expected, found].map(|value| value.map_or("nothing".into(), Value::to_string));
            println!("{at}: {name}: expected {expected}, found {found}");
            differences += 1;
        }
    }
    differences
}

/// What a module has in each of some locales.
pub fn texts<T: Into<Value>>(
    tags: impl IntoIterator<Item = String>,
    text: impl Fn(&str) -> T,
) -> Value {
    let texts = tags.into_iter().map(|tag| {
        let text = text(&tag).into();
        (tag, text)
    });
    texts.collect()
}

fn text_of(value: &Value) -> String {
    let text = value.as_str().unwrap_or_else(|| panic!("no text: {value}"));
    text.to_string()
}

/// A number as JSON has it: one without a fraction is an integer.
///
/// # Panics
///
/// If the text is not a number.
#[must_use]
pub fn number(text: &str) -> Value {
    let mut json = serde_json::from_str(text).expect("a number");
    make_whole(&mut json);
    json
}

/// The first integer beyond those that a double has no gaps between.
const EXACT: i64 = 1 << 53;

/// Writes numbers without a fraction in one way, as JSON has one type for all.
#[allow(clippy::cast_precision_loss, reason = "a power of two is exact")]
fn make_whole(json: &mut Value) {
    match json {
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        Value::Object(members) => members.values_mut().for_each(make_whole),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) if integer.abs() < EXACT => {}
            #[allow(clippy::cast_possible_truncation, reason = "it is whole, and smaller")]
            (None, Some(float)) if float.fract() == 0.0 && float.abs() < EXACT as f64 => *json = (float as i64).into(),
            (_, Some(float)) => *json = float.into(),
            (_, None) => {}
        },
        _ => {}
    }
}
