//! What generated files say they were generated from: the catalogue, by its path in the repository that holds them.

use std::path::Path;

use crate::read::{repository_of, resolve};
use crate::terminal::is_hidden;

/// The longest path to show, in characters. It stands in a comment, and no formatter of a target's language asks for shorter
/// lines than this leaves room for: 100 columns, less the words around it.
const LONGEST: usize = 50;

/// The catalogue's path in the repository of an output folder, or only its name: if there is no repository, if the catalogue is
/// outside it, or if the path is long. It never names a folder of the machine.
///
/// Characters that could end a comment, or that nobody sees, are percent-encoded.
pub fn origin(catalog: &Path, output: &Path) -> String {
    let Some(name) = catalog.file_name() else {
        return String::new();
    };
    // Not the file itself: build tools hand it over as a link.
    let folder = resolve(catalog.parent().unwrap_or(Path::new("")));
    let inside = repository_of(&resolve(output))
        .and_then(|repository| Some(folder.strip_prefix(repository).ok()?.join(name)));
    let inside = inside.map(|path| encode(&path));
    inside
        .filter(|path| path.chars().count() <= LONGEST)
        .unwrap_or_else(|| encode(Path::new(name)))
}

/// A relative path with `/` between its parts.
fn encode(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let mut encoded = String::new();
    for character in parts.join("/").chars() {
        // Two hyphens end a comment of XML.
        let is_second = character == '-' && encoded.ends_with('-');
        let is_mark = matches!(character, '/' | '.' | '-' | '_' | '+' | '@' | ' ');
        if !is_second && (is_mark || character.is_alphanumeric()) && !is_hidden(character) {
            encoded.push(character);
        } else {
            let mut bytes = [0; 4];
            let bytes = character.encode_utf8(&mut bytes).bytes();
            encoded.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    encoded
}
