//! Tells make and ninja which files were made from which.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::read::resolve;

/// The content of a depfile: a rule with every output and every input, and an empty rule for each input, so that make
/// continues if an input has been removed.
///
/// # Errors
///
/// If the depfile would overwrite an output, an input, or something that is not a file, or cannot name one of them.
pub fn render(
    depfile: &Path,
    outputs: &[PathBuf],
    inputs: &[PathBuf],
) -> Result<Vec<u8>, Diagnostics> {
    if fs::metadata(depfile).is_ok_and(|there| !there.is_file()) {
        return Err(refuse(
            depfile,
            "the depfile would take the place of what is not a file",
        )
        .into());
    }
    let place = resolve(depfile);
    if outputs
        .iter()
        .chain(inputs)
        .any(|path| resolve(path) == place)
    {
        return Err(refuse(depfile, "the depfile would overwrite this file").into());
    }
    let mut text = Vec::new();
    for (index, output) in outputs.iter().enumerate() {
        text.extend_from_slice(if index > 0 { b" \\\n  " } else { b"" });
        append(&mut text, output)?;
    }
    text.push(b':');
    for input in inputs {
        text.extend_from_slice(b" \\\n  ");
        append(&mut text, input)?;
    }
    text.push(b'\n');
    for input in inputs {
        append(&mut text, input)?;
        text.extend_from_slice(b":\n");
    }
    Ok(text)
}

/// Words that make takes for its own where they are all of a path.
const KEYWORDS: &[&[u8]] = &[b"define", b"undefine"];

/// Writes a path so that both make and ninja can read it. What one of them cannot is an error: it would read a different path.
/// `tests/ninja` has both read a table of paths.
#[expect(
    clippy::result_large_err,
    reason = "once a file, and hardly ever an error"
)]
fn append(text: &mut Vec<u8>, path: &Path) -> Result<(), Diagnostic> {
    let bytes = path.as_os_str().as_encoded_bytes();
    if is_special(bytes) {
        return Err(refuse_path(path));
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => text.push(b'/'),
            b' ' | b'#' => text.extend([b'\\', *byte]),
            // On Windows, it belongs to a drive, and is not escaped.
            b':' if cfg!(not(windows)) => text.extend([b'\\', *byte]),
            b'$' => text.extend(b"$$"),
            // To make, an assignment, a pattern rule, a wildcard or the end of a rule.
            b'=' | b'%' | b'*' | b'?' | b'[' | b';' | b'|' => return Err(refuse_path(path)),
            // To ninja, the end of a path; some of them only up to version 1.11, which distributions still have.
            b'\\' | b'<' | b'>' | b'^' | b'`' | b'"' | b'\'' | b'&' | 0..=0x1f | 0x7f => {
                return Err(refuse_path(path));
            }
            _ => text.push(*byte),
        }
    }
    Ok(())
}

/// Whether make or ninja gives a path another meaning because of its first or last character, or as a whole.
fn is_special(path: &[u8]) -> bool {
    // A special target, such as `.SILENT`.
    let is_target = path.strip_prefix(b".").is_some_and(|name| {
        !name.is_empty() && name.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'_'))
    });
    // `~` is a home folder. A colon before a space ends the outputs, escaped or not, and a space at the end is lost. A
    // parenthesis at the end makes a member of an archive, whose name can begin in an earlier path.
    is_target
        || KEYWORDS.contains(&path)
        || path.starts_with(b"~")
        || path.ends_with(b":")
        || path.ends_with(b" ")
        || path.ends_with(b")")
}

fn refuse_path(path: &Path) -> Diagnostic {
    refuse(path, "make and ninja cannot read this path from a depfile")
}

fn refuse(path: &Path, message: &str) -> Diagnostic {
    Diagnostic::file(rules::UNFIT_DEPFILE, path.display().to_string(), message)
        .help("choose another path")
}
