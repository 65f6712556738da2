//! The texts that diagnostics point into.

use std::ops::Range;
use std::sync::OnceLock;

/// A text that consists of one or several files, each with the path that it was read from as the user gave it.
#[derive(Debug)]
pub struct Source {
    /// The path of the first file.
    pub path: String,
    /// The texts of all files, with a line break between them, so that each place belongs to one file alone.
    pub text: String,
    /// Where its text begins in the first file.
    begin: Position,
    /// The path of each further file, and where it starts.
    further: Vec<(String, u32)>,
    /// The offset of each line, computed for the first position.
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters precede each block of [`BLOCK`] bytes, computed for the first position.
    characters: OnceLock<Vec<u32>>,
}

/// To find a position, the characters of at most two blocks are counted, however long the line is.
const BLOCK: usize = 1 << 10;

/// What stands between two files, so that the end of one and the start of the next are different places.
const BETWEEN_FILES: char = '\n';

const BYTE_ORDER_MARK: char = '\u{feff}';

/// One file of a [`Source`].
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    pub path: &'a str,
    pub text: &'a str,
    /// Where it starts in the text of the source, in bytes.
    pub start: u32,
}

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

impl SourceFile<'_> {
    /// Where it ends in the text of the source, in bytes.
    pub fn end(&self) -> u32 {
        self.start + Span::new(self.text.len()..self.text.len()).start
    }

    /// Where its text starts after a byte order mark, in the text of the source.
    pub fn start_of_text(&self) -> u32 {
        let has_mark = self.text.starts_with(BYTE_ORDER_MARK);
        let mark = if has_mark {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        };
        self.start + Span::new(mark..mark).start
    }
}

impl Source {
    /// A source of one file.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            begin: Position { line: 1, column: 1 },
            further: Vec::new(),
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// A place in a file whose text is not shown, because it is too large, or nobody's to show.
    pub fn unseen(path: impl Into<String>, place: Position) -> Self {
        Self {
            begin: place,
            ..Self::new(path, "")
        }
    }

    /// A source of several files. The first one gives it its path.
    pub fn of_files(
        files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        let mut files = files.into_iter();
        let first = files.next();
        let source = first.map_or_else(|| Self::new("", ""), |(path, text)| Self::new(path, text));
        files.fold(source, |source, (path, text)| {
            source.with_file(path, &text.into())
        })
    }

    fn with_file(mut self, path: impl Into<String>, text: &str) -> Self {
        let start = self.start_of_next();
        self.text.push(BETWEEN_FILES);
        self.further
            .push((path.into(), Span::new(start..start).start));
        self.text.push_str(text);
        self.line_starts = OnceLock::new();
        self.characters = OnceLock::new();
        self
    }

    /// Where a further file would start.
    pub fn start_of_next(&self) -> usize {
        self.text.len() + BETWEEN_FILES.len_utf8()
    }

    /// Its files, in order.
    pub fn files(&self) -> impl Iterator<Item = SourceFile<'_>> {
        (0..=self.further.len()).map(|index| self.file(index))
    }

    /// The file that a byte offset is in.
    pub fn file_at(&self, offset: u32) -> SourceFile<'_> {
        let index = self.further.partition_point(|(_, start)| *start <= offset);
        self.file(index)
    }

    fn file(&self, index: usize) -> SourceFile<'_> {
        let (path, start) = match index.checked_sub(1) {
            None => (self.path.as_str(), 0),
            Some(further) => (self.further[further].0.as_str(), self.further[further].1),
        };
        let end = self
            .further
            .get(index)
            .map_or(self.text.len(), |(_, next)| {
                *next as usize - BETWEEN_FILES.len_utf8()
            });
        SourceFile {
            path,
            text: &self.text[start as usize..end],
            start,
        }
    }

    /// The line and column of a byte offset in the file that it is in.
    pub fn position(&self, offset: u32) -> Position {
        if self.text.is_empty() {
            return self.begin;
        }
        let file = self.file_at(offset);
        let offset = self.boundary(offset as usize);
        let line_starts = self.line_starts();
        let line_of = |offset: usize| line_starts.partition_point(|at| *at as usize <= offset);
        let number = line_of(offset);
        let line_start = line_starts[number - 1] as usize;
        let before = self.characters_before(offset) - self.characters_before(line_start);
        let line = number + 1 - line_of(file.start as usize);
        // Editors do not count the byte order mark.
        let text = file.start_of_text();
        let has_mark = line == 1 && text > file.start && offset >= text as usize;
        Position {
            line,
            column: 1 + before - usize::from(has_mark),
        }
    }

    /// The byte offset of a line and a column of the first file, the inverse of [`Self::position`] but for a byte order mark. Of
    /// a place after the end of its line, or of the text, it is that end.
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
