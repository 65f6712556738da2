//! The lines of a source that a diagnostic touches, as they are shown.

use std::borrow::Cow;
use std::ops::Range;

use super::{Diagnostic, Source, SourceFile, Span};
use crate::terminal::{visible, visible_source};

/// How many bytes of a long line on each side of a place to pass to the renderer, which shows fewer.
const BESIDE: usize = 1 << 9;

/// Two places that are at most this many bytes apart are shown in one window.
const NEAR: usize = 1 << 11;

/// A part of a source to mark.
pub struct Mark<'a> {
    span: Span,
    /// `None` for the primary mark.
    pub label: Option<Cow<'a, str>>,
}

/// The lines of a source that a diagnostic touches. The renderer scans its whole input for every diagnostic, so passing it a
/// large file for a thousand diagnostics would take a thousand passes.
pub struct Window<'a> {
    pub marks: Vec<Mark<'a>>,
    /// With hidden characters as escapes, and without what editors do not show: carriage returns and the byte order mark.
    pub text: Cow<'a, str>,
    pub first_line: usize,
    /// The file that it shows.
    pub path: &'a str,
    /// Where the source and `text` continue after each difference between them: offsets in both.
    differences: Vec<(usize, usize)>,
    /// Where the window starts in the source.
    offset: usize,
}

/// The parts of a source to show, in order, those of the file with the primary mark first. Places near each other in a file share
/// one.
pub fn windows<'a>(source: &'a Source, diagnostic: &'a Diagnostic, span: Span) -> Vec<Window<'a>> {
    let related = diagnostic.related.iter().map(|related| Mark {
        span: related.span,
        label: Some(visible(&related.label)),
    });
    let mut marks: Vec<_> = std::iter::once(Mark { span, label: None })
        .chain(related)
        .map(|mark| (around(source, mark.span), mark))
        .collect();
    let own = source.file_at(span.start).start;
    marks.sort_by_key(|(range, mark)| {
        let is_elsewhere = source.file_at(mark.span.start).start != own;
        (is_elsewhere, range.start, mark.span)
    });
    let mut groups: Vec<(SourceFile, Range<usize>, Vec<Mark>)> = Vec::new();
    for (range, mark) in marks {
        let file = source.file_at(mark.span.start);
        match groups.last_mut() {
            Some((same, last, marks))
                if same.start == file.start && range.start <= last.end + NEAR =>
            {
                last.end = last.end.max(range.end);
                marks.push(mark);
            }
            _ => groups.push((file, range, vec![mark])),
        }
    }
    groups
        .into_iter()
        .map(|(file, range, marks)| Window::new(source, file, range, marks))
        .collect()
}

/// The lines that a span touches: only the part near the span of a long line, and only the first line of a long text.
fn around(source: &Source, span: Span) -> Range<usize> {
    let text = &source.text;
    let start = source.boundary(span.start as usize);
    let end = source.boundary(span.end as usize).max(start);
    let last = if end - start > NEAR { start } else { end };
    let from = source.boundary(start.saturating_sub(BESIDE));
    let to = source.boundary(last + BESIDE);
    let before = text[from..start].rfind('\n');
    let after = text[last..to].find('\n');
    before.map_or(from, |at| from + at + 1)..after.map_or(to, |at| last + at)
}

impl<'a> Window<'a> {
    fn new(
        source: &'a Source,
        file: SourceFile<'a>,
        range: Range<usize>,
        marks: Vec<Mark<'a>>,
    ) -> Self {
        let offset = range.start.max(file.start_of_text() as usize);
        let offset = offset.min(range.end);
        let (text, differences) = visible_source(&source.text[offset..range.end]);
        Self {
            marks,
            text,
            first_line: source.position(Span::new(range).start).line,
            path: file.path,
            differences,
            offset,
        }
    }

    /// Where a mark is in the text of the window.
    pub fn range(&self, mark: &Mark) -> Range<usize> {
        let within = |at: u32| {
            let at = (at as usize).saturating_sub(self.offset);
            let after = self
                .differences
                .partition_point(|(source, _)| *source <= at);
            let (source, shown) = match after.checked_sub(1) {
                Some(last) => self.differences[last],
                None => (0, 0),
            };
            (shown + at - source).min(self.text.len())
        };
        within(mark.span.start)..within(mark.span.end)
    }
}
