//! Shows diagnostics to people: a first line that editors can parse, then the source with carets.

use std::borrow::Cow;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::window::windows;
use super::{Diagnostic, Place, Position, Severity, Shown, Source, Span};
use crate::terminal::{visible, visible_lines};

/// The longest line of a message or a help, in bytes. Of a longer one, the start and the end are shown.
const LONGEST: usize = 1 << 10;

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

    /// Renders diagnostics with blank lines between them, and says how many more there are.
    pub fn render_all(&self, shown: &Shown) -> String {
        let rendered = shown.diagnostics.iter().map(|it| self.render(it));
        let rest = shown.rest().map(|rest| format!("… {rest}\n"));
        let parts: Vec<_> = rendered.chain(rest).collect();
        parts.join("\n")
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
        for (label, said) in diagnostic.notes() {
            text.push_str(&gutter(diagnostic));
            // Writing to a string cannot fail.
            let _ = writeln!(text, "= {}: {}", visible(label), line(said));
        }
        if let Some(details) = &diagnostic.details {
            text.push_str(&visible_lines(details));
        }
        text
    }

    fn headline(&self, diagnostic: &Diagnostic) -> String {
        let place = match &diagnostic.place {
            Place::File(path) => visible(path).into_owned(),
            Place::Span(source, span) => {
                let Position { line, column } = source.position(span.start);
                let path = visible(source.file_at(span.start).path);
                format!("{path}:{line}:{column}")
            }
        };
        let (start, end) = match (self.color, diagnostic.severity) {
            (Color::Always, Severity::Error) => ("\u{1b}[1m\u{1b}[91m", "\u{1b}[0m"),
            (Color::Always, Severity::Warning) => ("\u{1b}[1m\u{1b}[93m", "\u{1b}[0m"),
            (Color::Always, Severity::Note) => ("\u{1b}[1m\u{1b}[92m", "\u{1b}[0m"),
            (Color::Never, _) => ("", ""),
        };
        let Diagnostic { rule, message, .. } = diagnostic;
        let severity = diagnostic.severity.name();
        // The name of a lint or a change is what a catalogue sets its level by.
        let is_named = rule.is_lint() || rule.is_change();
        let name = if is_named { rule.name } else { "" };
        let rule = format!("{} {name}", rule.code);
        let (rule, message) = (rule.trim_end(), line(message));
        format!("{place}: {start}{severity}[{rule}]{end}: {message}\n")
    }

    fn snippet(&self, diagnostic: &Diagnostic, source: &Source, span: Span) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let windows = windows(source, diagnostic, span);
        let headline = source.file_at(span.start).path;
        let groups = windows.chunk_by(|a, b| a.path == b.path).map(|windows| {
            let snippets = windows.iter().map(|window| {
                let snippet = Snippet::source(window.text.as_ref()).line_start(window.first_line);
                // The headline names the file of the diagnostic itself.
                let path = Some(window.path).filter(|path| *path != headline);
                let snippet = snippet.path(path.map(visible));
                let annotations = window.marks.iter().map(|mark| {
                    let range = window.range(mark);
                    match mark.label.as_deref() {
                        None => AnnotationKind::Primary.span(range),
                        Some(label) => AnnotationKind::Context.span(range).label(label),
                    }
                });
                snippet.annotations(annotations)
            });
            Group::with_level(level.clone()).elements(snippets)
        });
        self.renderer.render(&groups.collect::<Vec<_>>())
    }
}

/// The space under the line numbers, which aligns a help with the snippet's margin.
fn gutter(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Place::File(_) => "  ".to_owned(),
        Place::Span(source, span) => {
            let related = diagnostic.related.iter().map(|related| related.span.start);
            let lines = related
                .chain([span.start])
                .map(|at| source.position(at).line);
            let digits = lines.max().unwrap_or_default().to_string().len();
            " ".repeat(digits + 1)
        }
    }
}

/// A message or a help on one line.
fn line(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return visible(text);
    }
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=LONGEST / 2).rfind(is_boundary).unwrap_or_default();
    let end = (text.len() - LONGEST / 4..=text.len()).find(is_boundary);
    let end = end.unwrap_or(text.len());
    let (start, end) = (visible(&text[..start]), visible(&text[end..]));
    Cow::Owned(format!("{start} … {end}"))
}
