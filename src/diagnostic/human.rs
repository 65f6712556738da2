//! Diagnostics for people: a first line that editors can follow, then the source with carets.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Place, Position, Severity, Source, Span};

/// Characters that editors do not show, and that take no column.
const UNSEEN: [char; 2] = ['\r', '\u{feff}'];

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

    /// One diagnostic, with a closing line break:
    ///
    /// ```text
    /// catalog.yaml:7:13: error[E301]: the code 1000 is used twice
    ///   |
    /// 5 |     - code: 1000
    ///   |             ---- first used here
    /// 7 |     - code: 1000
    ///   |             ^^^^
    ///   = help: give one of them a code of its own
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
        let window = Window::around(source, diagnostic, span);
        let primary = AnnotationKind::Primary.span(window.range(span));
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut snippet = Snippet::source(window.text.as_ref())
            .line_start(window.first_line)
            .annotation(primary);
        for related in &diagnostic.related {
            snippet = snippet.annotation(
                AnnotationKind::Context
                    .span(window.range(related.span))
                    .label(related.label.as_str()),
            );
        }
        self.renderer
            .render(&[Group::with_level(level).element(snippet)])
    }
}

/// The space under the line numbers, so that a help stands where the snippet's own margin is.
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

/// The lines of a source that a diagnostic touches. The renderer looks at its whole input for every
/// diagnostic, so that a thousand of them in a large file would take a thousand passes.
struct Window<'a> {
    /// Without carriage returns and byte order mark, which no editor shows.
    text: Cow<'a, str>,
    /// What `text` was made of.
    written: &'a str,
    offset: usize,
    first_line: usize,
}

impl<'a> Window<'a> {
    fn around(source: &'a Source, diagnostic: &Diagnostic, span: Span) -> Self {
        let spans = || std::iter::once(span).chain(diagnostic.related.iter().map(|it| it.span));
        let start = spans().map(|it| it.start).min().unwrap_or_default();
        let end = spans().map(|it| it.end).max().unwrap_or_default() as usize;
        let text = &source.text;
        let start = text[..(start as usize).min(text.len())]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let end = end.min(text.len());
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let written = &text[start..end];
        Self {
            text: if written.contains(UNSEEN) {
                Cow::Owned(written.replace(UNSEEN, ""))
            } else {
                Cow::Borrowed(written)
            },
            written,
            offset: start,
            first_line: source.position(Span::new(start..end).start).line,
        }
    }

    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let within = |at: u32| {
            let at = (at as usize).saturating_sub(self.offset);
            let before = self.written.get(..at).unwrap_or(self.written);
            let unseen = before.matches(UNSEEN).map(str::len).sum::<usize>();
            before.len() - unseen
        };
        within(span.start)..within(span.end)
    }
}
