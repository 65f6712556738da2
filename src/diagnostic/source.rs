//! Texts that diagnostics point into.

use std::ops::Range;
use std::sync::OnceLock;

/// A text and the path that it was read from, as the user gave it.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    /// The offset of each line, found when the first position is asked for.
    line_starts: OnceLock<Vec<u32>>,
}

/// A range of bytes in a [`Source`]. Half the size of a `Range<usize>`: there is one for every value of a catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Span {
    /// A span of bytes. Sources are limited to 1 GiB, so that offsets always fit.
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
        }
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line_starts = self.line_starts();
        let line = line_starts.partition_point(|start| *start as usize <= offset);
        let line_start = line_starts[line - 1] as usize;
        // A byte order mark takes no column: no editor counts it.
        let before = self.text[line_start..offset].trim_start_matches('\u{feff}');
        Position {
            line,
            column: 1 + before.chars().count(),
        }
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
