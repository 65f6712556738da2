//! Explanations of hostile texts, in every kind of block and every style, and what a reader has to see of them.

use proptest::prelude::*;

use super::draw::Draw;

/// A file in Markdown, and the text of each of its blocks, in order.
pub struct Explanation {
    pub markdown: String,
    pub texts: Vec<String>,
}

/// Makes an explanation of a few blocks.
pub fn explanation(draw: &mut Draw, text: &BoxedStrategy<String>) -> Explanation {
    let count = draw.of(&(1..5_usize));
    let mut explanation = Explanation {
        markdown: String::new(),
        texts: Vec::new(),
    };
    for _ in 0..count {
        let said = draw.of(text);
        let (block, shown) = block(draw.of(&(0..9_usize)), &said);
        explanation.markdown += &(block + "\n\n");
        explanation.texts.push(shown);
    }
    explanation
}

/// A block of a kind in Markdown, and what it shows.
fn block(kind: usize, text: &str) -> (String, String) {
    // Markdown has no way to hold it.
    let text = text.replace('\0', "\u{fffd}");
    let written = references(&text);
    let markdown = match kind {
        0 => written,
        1 => format!("**{written}**"),
        2 => format!("*{written}*"),
        3 => format!("[{written}](https://example.com/{})", percents(&text)),
        4 => format!("## {written}"),
        5 => format!("> {written}"),
        6 => format!("- {written}"),
        7 => {
            let line = text.replace(
                |it: char| it == '`' || it.is_control() || is_line_end(it),
                " ",
            );
            let line = format!("x{line}x");
            return (format!("`{line}`"), line);
        }
        _ => {
            let longest = text.split(|it| it != '`').map(str::len).max();
            let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
            return (
                format!("{fence}text\nx{text}x\n{fence}"),
                format!("x{text}x"),
            );
        }
    };
    (markdown, text)
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

/// A text, each character by its number.
fn references(text: &str) -> String {
    let numbers = text.chars().map(|it| format!("&#x{:X};", u32::from(it)));
    numbers.collect::<Vec<_>>().concat()
}

fn percents(text: &str) -> String {
    let bytes = text.bytes().take(60).map(|it| format!("%{it:02X}"));
    bytes.collect::<Vec<_>>().concat()
}
