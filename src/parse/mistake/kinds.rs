//! What is left: one sentence for what the parser says.

use granit_parser::{ErrorKind, ScanError};

use super::Mistake;
use super::failure::Failure;

/// What is wrong, and what to do.
const KINDS: &[(ErrorKind, &str, &str)] = &[
    (
        ErrorKind::RecursionLimitExceeded,
        "the values are nested too deeply",
        "use at most 255 levels of nesting",
    ),
    (
        ErrorKind::CommentNotSeparated,
        "there is no space before this comment",
        "put a space before the `#`",
    ),
    (
        ErrorKind::InvalidBlockScalarIndent,
        "this line is indented less than the empty lines above it",
        "remove the spaces from the empty lines",
    ),
    (
        ErrorKind::MisplacedFlowCollectionEnd,
        "this bracket closes nothing",
        "remove it; if it is part of a text, put the text in quotation marks",
    ),
    (
        ErrorKind::DocumentIndicatorInQuotedScalar,
        "a text in quotation marks cannot have a line that starts with `---` or `...`",
        "close the quotation mark, or indent the line",
    ),
    (
        ErrorKind::InvalidQuotedScalarIndent,
        "this line is indented less than the text in quotation marks that it belongs to",
        "close the quotation mark, or indent the line more than the key of the text",
    ),
    (
        ErrorKind::InvalidDocumentEnd,
        "something stands after the end of the document",
        "remove `...`: a catalogue needs no end",
    ),
    (
        ErrorKind::FlowMappingValueAdjacentCollection,
        "there is no space after this colon",
        "put a space after it",
    ),
    (
        ErrorKind::SimpleKeyExpected,
        "this key is too long: YAML allows 1,024 characters",
        "shorten it",
    ),
];

/// What to do if nobody knows better.
const OTHERWISE: &str =
    "check the quotation marks, the brackets and the indentation here and in the line above";

pub fn mistake(failure: &Failure, error: &ScanError) -> Mistake {
    let at = failure.at;
    if let ErrorKind::MismatchedFlowCollectionEnd { open, close } = failure.kind {
        let message = format!("`{close}` does not close `{open}`");
        let help = "close each bracket with one of its kind";
        return Mistake::new(at..at, message, help);
    }
    let known = KINDS.iter().find(|(kind, ..)| kind == failure.kind);
    match known {
        Some((_, message, help)) => Mistake::new(at..at, *message, *help),
        None => Mistake::new(at..at, error.info(), OTHERWISE),
    }
}
