//! Builds the JSON Schemas that editors check catalogues, included files and manifests with.

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostics;
use crate::parse;
use crate::target::{Library, Manifest, Target};
use crate::validate::{RETIRED, RETIRED_VALUES};

/// The schema of a catalogue. It has the options of the known targets, and accepts any options of others.
///
/// # Errors
///
/// If a target cannot be read.
pub fn catalog(library: &Library) -> Result<Value, Diagnostics> {
    let mut schema = parse::schema();
    let common = &mut schema["$defs"]["TargetOptions"]["properties"];
    common[RETIRED] = json!({
        "description": "Whether errors that are no longer sent are kept and marked as such, or left out.",
        "enum": RETIRED_VALUES,
        "examples": [RETIRED_VALUES[1]],
    });
    let common = common.clone();
    let mut targets = Map::new();
    for target in library.ids().filter_map(|id| library.load(id)) {
        let target = target?;
        let options = options(&target, common.clone());
        targets.insert(target.id.clone(), options);
    }
    let every: Map<_, _> = library.ids().map(|id| (id.to_owned(), json!({}))).collect();
    let property = &mut schema["$defs"]["Catalog"]["properties"]["targets"];
    property["examples"] = json!([every]);
    property["properties"] = targets.into();
    Ok(schema)
}

/// The schema of a file that a catalogue includes.
pub fn included() -> Value {
    parse::schema_of_included()
}

/// The schema of a target's manifest.
pub fn manifest() -> Value {
    Manifest::schema()
}

/// What a catalogue can set for a target: its own options, and those that every target has.
fn options(target: &Target, common: Value) -> Value {
    let mut properties = common;
    for (name, rule) in &target.manifest.options {
        properties[name] = rule.schema();
    }
    json!({
        "description": target.manifest.description,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "examples": [{}],
    })
}
