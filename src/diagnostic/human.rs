//! Shows diagnostics to people: a first line that editors can parse, then the source with carets.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Place, Position, Severity, Source, Span};

/// Characters that editors neither show nor count as columns.
const UNSEEN: [char; 2] = ['\r', '\u{feff}'];

/// How many bytes of a long line on each side of a place to pass to the renderer, which shows fewer.
const BESIDE: usize = 1 << 9;

/// Two places that are at most this many bytes apart are shown in one window.
const NEAR: usize = 1 << 11;

/// Whether to colour what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Always,
    Never,
}

/// Renders diagnostics as text.
pub struct Human {
    renderer: Renderer,
    color: Color,
}

impl Human {
    pub fn new(color: Color) -> Self {
        let renderer = match color {
            Color::Always => Renderer::styled(),
            Color::Never => Renderer::plain(),
        };
        Self { renderer, color }
    }

    /// Renders one diagnostic, with a final line break:
    ///
    /// ```text
    /// catalog.yaml:7:13: error[E301]: the code 1000 is used twice
    ///   |
    /// 5 |     - code: 1000
    ///   |             ---- first used here
    /// 7 |     - code: 1000
    ///   |             ^^^^
    ///   = help: give one of them a different code, or make them `cases` of one error
    /// ```
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let mut text = self.headline(diagnostic);
        if let Place::Span(source, span) = &diagnostic.place
            && !source.text.is_empty()
        {
            text.push_str(&self.snippet(diagnostic, source, *span));
            text.push('\n');
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&gutter(diagnostic));
            text.push_str("= help: ");
            text.push_str(help);
            text.push('\n');
        }
        if let Some(details) = &diagnostic.details {
            text.push_str(details);
        }
        text
    }

    fn headline(&self, diagnostic: &Diagnostic) -> String {
        let place = match &diagnostic.place {
            Place::File(path) => path.clone(),
            Place::Span(source, span) => {
                let Position { line, column } = source.position(span.start);
                format!("{}:{line}:{column}", source.path)
            }
        };
        let (start, end) = match (self.color, diagnostic.severity) {
            (Color::Always, Severity::Error) => ("\u{1b}[1m\u{1b}[91m", "\u{1b}[0m"),
            (Color::Always, Severity::Warning) => ("\u{1b}[1m\u{1b}[93m", "\u{1b}[0m"),
            (Color::Never, _) => ("", ""),
        };
        let Diagnostic { rule, message, .. } = diagnostic;
        let severity = diagnostic.severity.name();
        format!(
            "{place}: {start}{severity}[{}]{end}: {message}\n",
            rule.code
        )
    }

    fn snippet(&self, diagnostic: &Diagnostic, source: &Source, span: Span) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let windows = windows(source, diagnostic, span);
        let snippets = windows.iter().map(|window| {
            let snippet = Snippet::source(window.text.as_ref()).line_start(window.first_line);
            let annotations = window.marks.iter().map(|mark| {
                let range = window.range(mark.span);
                match mark.label {
                    None => AnnotationKind::Primary.span(range),
                    Some(label) => AnnotationKind::Context.span(range).label(label),
                }
            });
            snippet.annotations(annotations)
        });
        self.renderer
            .render(&[Group::with_level(level).elements(snippets)])
    }
}

/// The space under the line numbers, which aligns a help with the snippet's margin.
fn gutter(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Place::File(_) => "  ".to_owned(),
        Place::Span(source, span) => {
            let related = diagnostic.related.iter().map(|related| related.span.start);
            let last = related.fold(span.start, u32::max);
            let digits = source.position(last).line.to_string().len();
            " ".repeat(digits + 1)
        }
    }
}

/// A part of a source to mark.
#[derive(Clone, Copy)]
struct Mark<'a> {
    span: Span,
    /// `None` for the primary mark.
    label: Option<&'a str>,
}

/// The lines of a source that a diagnostic touches. The renderer scans its whole input for every diagnostic, so passing it a
/// large file for a thousand diagnostics would take a thousand passes.
struct Window<'a> {
    marks: Vec<Mark<'a>>,
    /// Without carriage returns and the byte order mark, which editors do not show.
    text: Cow<'a, str>,
    /// The source of `text`.
    written: &'a str,
    offset: usize,
    first_line: usize,
}

/// The parts of a source to show, in order. Places near each other share one.
fn windows<'a>(source: &'a Source, diagnostic: &'a Diagnostic, span: Span) -> Vec<Window<'a>> {
    let related = diagnostic.related.iter().map(|related| Mark {
        span: related.span,
        label: Some(&related.label),
    });
    let mut marks: Vec<_> = std::iter::once(Mark { span, label: None })
        .chain(related)
        .map(|mark| (around(source, mark.span), mark))
        .collect();
    marks.sort_by_key(|(range, mark)| (range.start, mark.span));
    let mut groups: Vec<(Range<usize>, Vec<Mark>)> = Vec::new();
    for (range, mark) in marks {
        match groups.last_mut() {
            Some((last, marks)) if range.start <= last.end + NEAR => {
                last.end = last.end.max(range.end);
                marks.push(mark);
            }
            _ => groups.push((range, vec![mark])),
        }
    }
    groups
        .into_iter()
        .map(|(range, marks)| Window::new(source, range, marks))
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
    fn new(source: &'a Source, range: Range<usize>, marks: Vec<Mark<'a>>) -> Self {
        let written = &source.text[range.clone()];
        Self {
            marks,
            text: if written.contains(UNSEEN) {
                Cow::Owned(written.replace(UNSEEN, ""))
            } else {
                Cow::Borrowed(written)
            },
            written,
            offset: range.start,
            first_line: source.position(Span::new(range).start).line,
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let within = |at: u32| {
            let at = (at as usize).saturating_sub(self.offset);
            let before = self.written.get(..at).unwrap_or(self.written);
            let unseen = before.matches(UNSEEN).map(str::len).sum::<usize>();
            before.len() - unseen
        };
        within(span.start)..within(span.end)
    }
}
