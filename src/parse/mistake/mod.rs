//! Says what a syntax error comes from, in the words of people who write YAML rather than parse it, and what to do about it.
//!
//! A parser points to where it could not go on; the mistake is often in a line above. All of this is likely rather than certain,
//! and looks at nothing but lines: it runs only once a file could not be read.

mod bracket;
mod failure;
mod indentation;
mod kinds;
mod quote;
mod space;
mod value;

use std::ops::Range;

use granit_parser::ScanError;

use failure::Failure;

/// A mistake in a file that is not YAML.
#[derive(Debug)]
pub struct Mistake {
    /// In bytes of the file's text.
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
}

impl Mistake {
    fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            help: help.into(),
        }
    }
}

type Find = fn(&Failure) -> Option<Mistake>;

/// The first one that finds something is right: those that need the least guessing come first.
const MISTAKES: &[Find] = &[
    space::tab,
    space::look_alike,
    value::directive,
    value::character,
    quote::escape,
    quote::unclosed,
    quote::closed_early,
    space::none_after_dash,
    space::none_after_colon,
    value::bracketed_start,
    bracket::unclosed,
    bracket::dashes,
    bracket::colon,
    indentation::text,
    value::start,
    value::colon,
    indentation::continues_text,
    indentation::after_comment,
    indentation::other,
];

/// The mistake that a syntax error comes from.
pub fn explain(text: &str, error: &ScanError) -> Mistake {
    let failure = Failure::new(text, error);
    let found = MISTAKES.iter().find_map(|find| find(&failure));
    found.unwrap_or_else(|| kinds::mistake(&failure, error))
}
