//! What the languages bring to hostile catalogues: their words and their options, each from its own folders.

#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use serde_json::Value;

/// Members that every module has, and words of languages for which there is no target.
const NEUTRAL: &str = include_str!("words.txt");

/// Where targets are: the standard ones, and the tests' own.
const STANDARD: &str = "templates";
const FURTHER: &str = "tests/targets";

/// A target that has its checks under `tests/sdk`, or is a standard one.
struct Target {
    id: String,
    is_standard: bool,
    manifest: Value,
    /// `tests/sdk/<id>/hostile.yaml`: `words` beside those of the manifest, and the `options` that it is generated with.
    hostile: Value,
}

/// Words of languages, and of what modules have: one of the two is what an id could be taken for. Sorted.
pub fn words() -> Vec<&'static str> {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(all_words);
    WORDS.iter().map(String::as_str).collect()
}

/// The standard targets, in YAML, as a catalogue has them.
pub fn targets() -> String {
    let line = |target: Target| {
        let options = match &target.hostile["options"] {
            Value::Null => "{}".to_owned(),
            options => options.to_string(),
        };
        format!("  {}: {options}\n", target.id)
    };
    let targets = all_targets()
        .into_iter()
        .filter(|target| target.is_standard);
    let lines: String = targets.map(line).collect();
    format!("targets:\n{lines}")
}

/// Ids that could get a name that a module gives to something of its own: every identifier in a template, and what is left of
/// it without what the names of a target begin or end with. Sorted.
pub fn helpers() -> &'static [String] {
    static HELPERS: LazyLock<Vec<String>> = LazyLock::new(all_helpers);
    &HELPERS
}

/// The options of a target.
pub struct Options {
    pub target: String,
    /// Those that its tests need, as an object, or null.
    pub tested: Value,
    /// The values that each option takes.
    pub known: Vec<(String, Vec<Value>)>,
}

/// The options of the standard targets.
pub fn options() -> Vec<Options> {
    let known = |manifest: &Value| {
        let options = manifest["options"].as_object().into_iter().flatten();
        // Of an option that is a text, the example.
        let values = |option: &Value| match &option["values"] {
            Value::Array(values) => values.clone(),
            _ => vec![option["example"].clone()],
        };
        let known = options.map(|(name, option)| (name.clone(), values(option)));
        known.collect()
    };
    let targets = all_targets()
        .into_iter()
        .filter(|target| target.is_standard);
    let options = targets.map(|target| Options {
        known: known(&target.manifest),
        tested: target.hostile["options"].clone(),
        target: target.id,
    });
    options.collect()
}

fn all_helpers() -> Vec<String> {
    let mut affixes = BTreeSet::new();
    for target in all_targets() {
        add_affixes(&target.manifest["names"], &mut affixes);
    }
    let mut helpers = BTreeSet::new();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [STANDARD, FURTHER]
        .map(|folder| files_in(&repository.join(folder)))
        .concat()
    {
        if file.extension().is_none_or(|extension| extension != "tera") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a template");
        for word in
            text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        {
            helpers.insert(word.to_snake_case());
            for (before, after) in &affixes {
                let own = word.strip_prefix(before.as_str());
                let own = own.and_then(|rest| rest.strip_suffix(after.as_str()));
                // As the name is spelled that gives the word.
                let id = own.unwrap_or_default().to_snake_case();
                if own.is_some_and(|own| own == id.to_upper_camel_case()) {
                    helpers.insert(id);
                }
            }
        }
    }
    let is_id = |word: &String| errgen::catalog::is_identifier(word) && word.len() <= 40;
    helpers.into_iter().filter(is_id).collect()
}

/// What names begin and end with.
fn add_affixes(value: &Value, affixes: &mut BTreeSet<(String, String)>) {
    let members = value.as_object().into_iter().flatten();
    for (key, member) in members {
        let format = member.as_str().filter(|_| key == "format");
        if let Some((before, after)) = format.and_then(|format| format.split_once("{}")) {
            affixes.insert((before.to_owned(), after.to_owned()));
        }
        add_affixes(member, affixes);
    }
}

fn files_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn all_words() -> BTreeSet<String> {
    let mut words: BTreeSet<String> = NEUTRAL.split_whitespace().map(str::to_owned).collect();
    for target in all_targets() {
        let mut reserved = Vec::new();
        add_reserved(&target.manifest, &mut reserved);
        reserved.extend(texts(&target.hostile["words"]));
        words.extend(reserved.iter().map(|word| word.to_snake_case()));
    }
    let is_id = |word: &String| word.starts_with(|first: char| first.is_ascii_lowercase());
    words.retain(is_id);
    words
}

/// The words that a manifest reserves: of all its names, and of each kind.
fn add_reserved(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                if key == "reserved" {
                    let lists = member.as_array().into_iter().flatten();
                    words.extend(lists.flat_map(|list| texts(&list["words"])));
                }
                add_reserved(member, words);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| add_reserved(item, words)),
        _ => {}
    }
}

fn texts(list: &Value) -> impl Iterator<Item = String> {
    let texts = list.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().expect("a text").to_owned())
}

/// Sorted by id.
fn all_targets() -> Vec<Target> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut targets = Vec::new();
    for folder in [STANDARD, FURTHER] {
        for entry in fs::read_dir(repository.join(folder)).expect("a folder of targets") {
            let path = entry.expect("an entry").path();
            let id = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a name in UTF-8");
            let checks = repository.join("tests/sdk").join(id);
            let is_standard = folder == STANDARD;
            if !path.is_dir() || !(is_standard || checks.is_dir()) {
                continue;
            }
            targets.push(Target {
                id: id.to_owned(),
                is_standard,
                manifest: yaml(&path.join("target.yaml")),
                hostile: yaml(&checks.join("hostile.yaml")),
            });
        }
    }
    targets.sort_by(|a, b| a.id.cmp(&b.id));
    targets
}

/// Null where there is no such file.
fn yaml(path: &Path) -> Value {
    let Ok(text) = fs::read_to_string(path) else {
        return Value::Null;
    };
    let options = serde_yaml::options! { strict_booleans: true };
    let value = serde_yaml::from_str_with_options(&text, options);
    value.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
