//! What the languages bring to hostile catalogues: their words and their options, each from its own folders.

#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use heck::ToSnakeCase as _;
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
