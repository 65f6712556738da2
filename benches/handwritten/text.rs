//! What the languages have in common: how a text is written.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Writes a text in which `special` says what is written in place of what stands at the start of some bytes, and of how many
/// of them.
pub fn push_replaced(
    out: &mut String,
    text: &str,
    special: impl Fn(&[u8]) -> Option<(usize, &'static str)>,
) {
    let bytes = text.as_bytes();
    // What is written as it is, is written in one go.
    let (mut plain, mut at) = (0, 0);
    while at < bytes.len() {
        if let Some((length, replacement)) = special(&bytes[at..]) {
            out.push_str(&text[plain..at]);
            out.push_str(replacement);
            at += length;
            plain = at;
        } else {
            at += 1;
        }
    }
    out.push_str(&text[plain..]);
}

/// Writes a text over several lines of a comment: wrapped at `width` columns, with `prefix` before each but the first;
/// `push` writes the text of a line.
pub fn push_comment(
    out: &mut String,
    text: &str,
    prefix: &str,
    width: usize,
    push: impl Fn(&mut String, &str),
) {
    let options = Options::new(width - display_width(prefix))
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    for (index, line) in textwrap::wrap(text.trim_end(), options).iter().enumerate() {
        if index > 0 {
            out.push('\n');
            out.push_str(prefix);
        }
        push(out, line);
    }
}

/// Writes a list with commas between its items.
pub fn push_list<T>(
    out: &mut String,
    items: impl IntoIterator<Item = T>,
    push: impl Fn(&mut String, T),
) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        push(out, item);
    }
}
