//! Data of a manifest that is in files of its own: in folders that the manifest names.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::manifest::{Manifest, parse_yaml};
use super::{TargetFile, extend};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules};

/// Takes the files in a manifest's data folders out of the files of a target. They are neither rendered nor copied.
pub fn take(manifest: &Manifest, files: &mut Vec<TargetFile>) -> Vec<TargetFile> {
    let folders = &manifest.data_folders;
    let is_data = |file: &mut TargetFile| {
        let place = file.path.split_once('/');
        place.is_some_and(|(folder, _)| folders.iter().any(|it| it == folder))
    };
    files.extract_if(.., is_data).collect()
}

/// Adds what files say to a manifest's data: `words/de.yaml` is `words.de`.
///
/// # Errors
///
/// If a file is not YAML, or if the data cannot have it. To data of a target that is extended, files add what they say.
pub fn add(
    manifest: &mut Manifest,
    files: Vec<TargetFile>,
    folder: &str,
    source: &Arc<Source>,
) -> Result<(), Diagnostics> {
    let mut folders: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for name in &manifest.data_folders {
        folders.insert(name, Map::new());
    }
    for file in files {
        let shown = format!("{folder}/{}", file.path);
        let refuse = |message: &str, help: &str| {
            Diagnostics::from(
                Diagnostic::file(rules::BAD_MANIFEST, shown.clone(), message).help(help),
            )
        };
        let Some((entries, key)) = place(&file.path, &mut folders) else {
            let help = "put nothing else into a folder of data: its files are named by one word";
            return Err(refuse("this is not a file of data: `KEY.yaml`", help));
        };
        let Ok(text) = String::from_utf8(file.content.into_owned()) else {
            return Err(refuse("the file is not valid UTF-8", "save it as UTF-8"));
        };
        let file = Arc::new(Source::new(shown.clone(), text));
        entries.insert(key.to_owned(), parse_yaml(&file)?);
    }
    let folders: Vec<_> = folders
        .into_iter()
        .map(|(name, entries)| (name.to_owned(), Value::Object(entries)))
        .collect();
    for (name, entries) in folders {
        if manifest.data.is_null() {
            manifest.data = Value::Object(Map::new());
        }
        if manifest.extends.is_some() && manifest.data.is_object() {
            extend::merge(&mut manifest.data[name], entries);
            continue;
        }
        let taken = match manifest.data.as_object_mut() {
            Some(data) => data.insert(name.clone(), entries).is_some(),
            None => true,
        };
        if taken {
            let at = source.text.find("data:").unwrap_or_default();
            let message = format!("`data` has no place for the folder `{name}`");
            let help = format!("make it a map without the key `{name}`");
            let span = Span::new(at..at);
            let diagnostic = Diagnostic::at(rules::BAD_MANIFEST, source, span, message);
            return Err(diagnostic.help(help).into());
        }
    }
    Ok(())
}

/// Where the content of a file belongs: the entries of its folder, and its key.
fn place<'a, 'b>(
    path: &'a str,
    folders: &'b mut BTreeMap<&str, Map<String, Value>>,
) -> Option<(&'b mut Map<String, Value>, &'a str)> {
    let (folder, name) = path.split_once('/')?;
    let key = name.strip_suffix(".yaml").filter(|it| !it.contains('/'))?;
    Some((folders.get_mut(folder)?, key))
}
