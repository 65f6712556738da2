//! Shows diagnostics to programs: one JSON object per line.

use serde_json::{Value, json};

use super::{Diagnostic, Place, Position, Shown, Source, Span};
use crate::terminal::visible_json;

/// One line for each diagnostic, and one that says how many more there are. `docs/commands.md` describes the members.
pub fn json_lines(shown: &Shown) -> String {
    let lines = shown.diagnostics.iter().map(|it| json_line(it));
    let more = (shown.more > 0).then(|| format!("{}\n", json!({ "more": shown.more })));
    lines.chain(more).collect()
}

fn json_line(diagnostic: &Diagnostic) -> String {
    let Diagnostic { rule, .. } = diagnostic;
    let (path, source, span) = match &diagnostic.place {
        Place::File(path) => (path.as_str(), None, Value::Null),
        Place::Span(source, span) => (
            source.file_at(span.start).path,
            Some(source),
            self::span(source, *span),
        ),
    };
    let path_of = |span: Span| source.map(|source| source.file_at(span.start).path);
    let related = diagnostic.related.iter().map(|related| {
        let span = source.map(|source| self::span(source, related.span));
        json!({ "path": path_of(related.span), "span": span, "message": related.label })
    });
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            let span = source.map(|source| self::span(source, edit.span));
            json!({ "path": path_of(edit.span), "span": span, "text": edit.text })
        });
        json!({ "description": fix.description, "edits": edits.collect::<Vec<_>>() })
    });
    let mut object = json!({
        "code": rule.code,
        "name": rule.name,
        "severity": diagnostic.severity.name(),
        "message": diagnostic.message,
        "path": path,
        "span": span,
        "related": related.collect::<Vec<_>>(),
        "help": diagnostic.help,
        "details": diagnostic.details,
        "fix": fix,
    });
    if !diagnostic.data.is_null() {
        object[diagnostic.name_of_data()] = diagnostic.data.clone();
    }
    format!("{}\n", visible_json(&object.to_string()))
}

/// Both ends of a span in its file: bytes from 0, lines and columns from 1, columns in characters.
fn span(source: &Source, span: Span) -> Value {
    let file = source.file_at(span.start).start;
    let place = |at: u32| {
        let Position { line, column } = source.position(at);
        json!({ "byte": at - file, "line": line, "column": column })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}
