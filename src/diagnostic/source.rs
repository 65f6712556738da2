//! The texts that diagnostics point into.

use std::ops::Range;
use std::sync::OnceLock;

/// A text, and the path that it was read from as the user gave it.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    /// The offset of each line, computed for the first position.
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters precede each block of [`BLOCK`] bytes, computed for the first position.
    characters: OnceLock<Vec<u32>>,
}

/// To find a position, the characters of at most two blocks are counted, however long the line is.
const BLOCK: usize = 1 << 10;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A range of bytes in a [`Source`]. It is half the size of a `Range<usize>`, because every value of a catalogue has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A line and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Span {
    /// A span of bytes. Sources are limited to 1 GiB, so offsets always fit.
    pub fn new(range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: offset(range.start),
            end: offset(range.end),
        }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.boundary(offset as usize);
        let line_starts = self.line_starts();
        let number = line_starts.partition_point(|start| *start as usize <= offset);
        let line_start = line_starts[number - 1] as usize;
        let before = self.characters_before(offset) - self.characters_before(line_start);
        // Editors do not count the byte order mark.
        let mark = self.byte_order_mark();
        let marks = usize::from(number == 1 && mark > 0 && offset >= mark);
        Position {
            line: number,
            column: 1 + before - marks,
        }
    }

    /// The length of the byte order mark at the start of the text, in bytes. 0 if there is none.
    pub fn byte_order_mark(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        }
    }

    /// The byte offset of a line and a column, the inverse of [`Self::position`] but for a byte order mark. Of a place after
    /// the end of its line, or of the text, it is that end.
    pub fn offset(&self, position: Position) -> usize {
        let line_starts = self.line_starts();
        let Some(start) = line_starts.get(position.line.saturating_sub(1)) else {
            return self.text.len();
        };
        let end = *start as usize + self.line(*start).len();
        let wanted = self.characters_before(*start as usize) + position.column.saturating_sub(1);
        let blocks = self.blocks();
        let block = blocks.partition_point(|before| *before as usize <= wanted);
        let block = block.saturating_sub(1);
        let left = wanted - blocks.get(block).map_or(0, |before| *before as usize);
        let rest = self.text.as_bytes().iter().enumerate();
        let mut firsts = rest
            .skip(block * BLOCK)
            .filter(|(_, byte)| is_first(**byte));
        firsts.nth(left).map_or(end, |(at, _)| at.min(end))
    }

    /// The start of the character at a byte offset.
    pub fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The line at a byte offset, without its line break.
    pub fn line(&self, offset: u32) -> &str {
        let line_starts = self.line_starts();
        let number = line_starts.partition_point(|start| *start <= offset);
        let start = line_starts[number - 1] as usize;
        let end = line_starts
            .get(number)
            .map_or(self.text.len(), |next| *next as usize - 1);
        &self.text[start..end]
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        let within = rest.iter().filter(|byte| is_first(**byte)).count();
        let before = self.blocks().get(block);
        before.map_or(0, |before| *before as usize) + within
    }

    fn blocks(&self) -> &[u32] {
        self.characters.get_or_init(|| {
            let mut before = 0;
            let blocks = self.text.as_bytes().chunks(BLOCK).map(|block| {
                let own = before;
                before += block.iter().filter(|byte| is_first(**byte)).count();
                Span::new(own..own).start
            });
            blocks.collect()
        })
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.match_indices('\n');
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| Span::new(at + 1..at + 1).start))
                .collect()
        })
    }
}

/// Whether a byte is the first of a character in UTF-8.
fn is_first(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
