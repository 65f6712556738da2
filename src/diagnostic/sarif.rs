//! Writes diagnostics as SARIF 2.1.0, for code scanning.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use twox_hash::XxHash3_64;

use super::{Diagnostic, Edit, Place, Rule, ShowPath, Shown, Source, Span};
use crate::terminal::visible_json;

/// The longest line, in bytes, that is hashed as a whole in a fingerprint.
const LONG: usize = 1 << 10;

/// The log of one run, with a final line break: the results, and the rules that they refer to.
pub fn sarif_log(shown: &Shown, show_path: ShowPath) -> String {
    let diagnostics = &shown.diagnostics;
    let named: BTreeMap<&str, &Rule> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.rule.code, diagnostic.rule))
        .collect();
    let indices: HashMap<&str, usize> =
        named.keys().enumerate().map(|(at, it)| (*it, at)).collect();
    let mut seen = HashMap::new();
    let results = diagnostics.iter().map(|diagnostic| {
        result(
            diagnostic,
            indices[diagnostic.rule.code],
            &mut seen,
            show_path,
        )
    });
    let mut log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "errgen",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": named.values().map(|rule| self::rule(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    if let Some(rest) = shown.rest() {
        log["runs"][0]["invocations"] = json!([{
            "executionSuccessful": true,
            "toolExecutionNotifications": [{ "level": "warning", "message": { "text": rest } }],
        }]);
    }
    format!("{}\n", visible_json(&format!("{log:#}")))
}

fn rule(rule: &Rule) -> Value {
    let summary = rule.summary().replace('\n', " ");
    json!({
        "id": rule.code,
        "name": pascal_case(rule.name),
        "shortDescription": { "text": rule.name.replace('-', " ") },
        "fullDescription": { "text": summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": rule.severity().name() },
    })
}

/// The form of rule names in SARIF.
fn pascal_case(name: &str) -> String {
    heck::ToUpperCamelCase::to_upper_camel_case(name)
}

/// One result. `seen` counts results that look alike, so that each gets a different fingerprint.
fn result<'a>(
    diagnostic: &'a Diagnostic,
    rule_index: usize,
    seen: &mut HashMap<(&'a str, Cow<'a, str>, &'a str), usize>,
    show_path: ShowPath,
) -> Value {
    let (path, line) = match &diagnostic.place {
        Place::File(path) => (path.as_str(), ""),
        Place::Span(source, span) => (source.file_at(span.start).path, line_at(source, *span)),
    };
    let (code, path) = (diagnostic.rule.code, show_path(path));
    let count = seen.entry((code, path.clone(), line)).or_default();
    let fingerprint = fingerprint((code, &path, line), *count);
    *count += 1;
    let facts = diagnostic.facts.iter();
    let facts = facts.map(|fact| format!("\n{}: {}", fact.label, fact.text));
    let help = diagnostic.help.iter().map(|help| format!("\n{help}"));
    let notes: String = facts.chain(help).collect();
    let mut result = json!({
        "ruleId": diagnostic.rule.code,
        "ruleIndex": rule_index,
        "level": diagnostic.severity.name(),
        "message": { "text": format!("{}{notes}", diagnostic.message) },
        "locations": [location(diagnostic, None, show_path)],
        "partialFingerprints": { "errgen/v1": fingerprint },
    });
    if !diagnostic.data.is_null() {
        let name = diagnostic.name_of_data();
        result["properties"] = json!({ name: diagnostic.data });
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(id, related)| {
            let mut location = location(diagnostic, Some(related.span), show_path);
            location["id"] = id.into();
            location["message"] = json!({ "text": related.label });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let (Some(fix), Place::Span(source, _)) = (&diagnostic.fix, &diagnostic.place) {
        let mut replacements: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for edit in &fix.edits {
            let path = source.file_at(edit.span.start).path;
            let changes = replacements.entry(path).or_default();
            changes.push(replacement(source, edit));
        }
        let changes = replacements.into_iter().map(|(path, replacements)| {
            json!({ "artifactLocation": { "uri": uri(&show_path(path)) }, "replacements": replacements })
        });
        result["fixes"] = json!([{
            "description": { "text": fix.description },
            "artifactChanges": changes.collect::<Vec<_>>(),
        }]);
    }
    result
}

/// A hash that stays the same when lines move: of the rule, the file, the content of the line, and the number among results
/// that look alike.
fn fingerprint((code, path, line): (&str, &str, &str), count: usize) -> String {
    let text = format!("{code}\n{path}\n{line}\n{count}");
    format!("{:016x}", XxHash3_64::oneshot(text.as_bytes()))
}

/// The line in which a span starts, trimmed. For a long line, only the part that starts at the span.
fn line_at(source: &Source, span: Span) -> &str {
    let line = source.line(span.start);
    if line.len() <= LONG {
        return line.trim();
    }
    let start = source.boundary(span.start as usize);
    source.text[start..source.boundary(start + LONG)].trim()
}

fn location(diagnostic: &Diagnostic, related: Option<Span>, show_path: ShowPath) -> Value {
    let place = match &diagnostic.place {
        Place::File(path) => json!({ "artifactLocation": { "uri": uri(&show_path(path)) } }),
        Place::Span(source, span) => {
            let span = related.unwrap_or(*span);
            json!({
                "artifactLocation": { "uri": uri(&show_path(source.file_at(span.start).path)) },
                "region": region(source, span),
            })
        }
    };
    json!({ "physicalLocation": place })
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.position(span.start), source.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn replacement(source: &Source, edit: &Edit) -> Value {
    let mut replacement = json!({ "deletedRegion": region(source, edit.span) });
    if !edit.text.is_empty() {
        replacement["insertedContent"] = json!({ "text": edit.text });
    }
    replacement
}

/// A path as a URI reference: all characters are encoded except the unreserved ones of RFC 3986, section 2.3, and the slash.
fn uri(path: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        b'\\' => "/".to_owned(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = path.bytes().map(encode).collect();
    if encoded.starts_with('/') {
        format!("file://{encoded}")
    } else {
        encoded
    }
}
