//! Errors in an `OpenAPI` document 3.x: enumerations of codes with their names and descriptions, schemas of one error each, and
//! examples of responses.

use std::collections::HashMap;

use super::markdown::plain;
use super::row::{Cell, Faults, KnownParameter, Row, Sheet};
use crate::diagnostic::{SourceFile, Span};
use crate::parse::{Node, NodeValue, parse_node};

/// The names that servers give a code, and a message, in the order in which they are looked for.
const CODES: &[&str] = &["code", "error_code", "errorCode", "err_code", "errcode"];
const MESSAGES: &[&str] = &[
    "message",
    "error_message",
    "errorMessage",
    "msg",
    "errmsg",
    "detail",
];

/// What names and describes the values of an enumeration, in the dialects of several generators.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-names"];
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

/// How many references lead to a value at most.
const MOST_REFERENCES: usize = 8;

/// What is known of each error, by code.
struct Document<'n> {
    root: &'n Node<'n>,
    rows: Vec<Row>,
    by_code: HashMap<String, usize>,
}

pub fn read(file: SourceFile, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let root = match parse_node(faults.source, file) {
        Ok(root) => root,
        Err(diagnostics) => {
            faults.found.extend(diagnostics);
            return sheet;
        }
    };
    let version = root.get("openapi");
    if !version
        .and_then(Node::text)
        .is_some_and(|it| it.starts_with("3."))
    {
        let place = version.map_or(root.span, |version| version.span);
        let help = "give an OpenAPI document of a version 3.x, or name what it is with `--format`";
        faults.report(place, "this is not an OpenAPI document 3.x", help);
        return sheet;
    }
    let mut document = Document {
        root: &root,
        rows: Vec::new(),
        by_code: HashMap::new(),
    };
    document.walk(&root, None);
    document.examples();
    if document.rows.is_empty() {
        let help = "it is to have an enumeration of codes with names or descriptions, or examples of error responses";
        faults.report(root.span, "no error codes are found in this document", help);
    }
    sheet.rows = document.rows;
    sheet
}

impl<'n> Document<'n> {
    /// The row of a code, which is made for the first that is known of it.
    fn row(&mut self, code: &str, span: Span) -> &mut Row {
        let rows = &mut self.rows;
        let at = *self.by_code.entry(code.to_owned()).or_insert_with(|| {
            rows.push(Row {
                span,
                code: Some(Cell {
                    value: code.to_owned(),
                    span,
                }),
                ..Row::default()
            });
            rows.len() - 1
        });
        &mut self.rows[at]
    }

    /// Looks for schemas that tell of codes in a value. `name` is the key that it stands at.
    fn walk(&mut self, node: &'n Node<'n>, name: Option<&str>) {
        match &node.value {
            NodeValue::List(items) => items.iter().for_each(|item| self.walk(item, name)),
            NodeValue::Map(entries) => {
                self.enumeration(node, name);
                self.one_error(node);
                for (key, value) in entries {
                    // Examples are data, which have no schemas.
                    if !matches!(key.value.as_ref(), "example" | "examples" | "enum") {
                        self.walk(value, Some(&key.value));
                    }
                }
            }
            NodeValue::Null | NodeValue::Scalar(_) => {}
        }
    }

    /// An enumeration of codes: one that has names or descriptions, at a key that is called code.
    fn enumeration(&mut self, node: &'n Node<'n>, name: Option<&str>) {
        let is_code = name.is_some_and(|name| name.to_ascii_lowercase().ends_with("code"));
        let list = |keys: &[&str]| keys.iter().find_map(|key| node.get(key)).map(Node::items);
        let (names, descriptions) = (list(NAMES), list(DESCRIPTIONS));
        let values = node.get("enum").map(Node::items).unwrap_or_default();
        if is_code && (names.is_some() || descriptions.is_some()) {
            for (at, value) in values.iter().enumerate() {
                let Some(code) = value.text() else { continue };
                let id = names.and_then(|names| cell(names.get(at)?));
                let description = descriptions.and_then(|texts| cell(texts.get(at)?));
                let row = self.row(code, value.span);
                row.id = row.id.take().or(id);
                add_description(row, description);
            }
        }
        // Each value with a title or a description of its own.
        for key in ["oneOf", "anyOf"] {
            let items = node.get(key).map(Node::items).unwrap_or_default();
            for item in items.iter().filter(|_| is_code) {
                let Some(value) = item.get("const") else {
                    continue;
                };
                let Some(code) = value.text() else { continue };
                let (id, description) = (item.get("title"), item.get("description"));
                let row = self.row(code, value.span);
                row.id = row.id.take().or_else(|| cell(id?));
                add_description(row, description.and_then(words));
            }
        }
    }

    /// A schema of the body of one error: its code is constant.
    fn one_error(&mut self, node: &'n Node<'n>) {
        let parts = node.get("allOf").map(Node::items).unwrap_or_default();
        let mut parts = parts.iter().chain([node]);
        let Some(value) = parts.find_map(|part| {
            let properties = part.get("properties")?;
            let code = CODES.iter().find_map(|name| properties.get(name))?;
            let only = code.get("enum").map(Node::items).unwrap_or_default();
            let only = if let [only] = only { Some(only) } else { None };
            code.get("const").or(only)
        }) else {
            return;
        };
        let Some(code) = value.text() else { return };
        let described = node.get("x-error");
        let id = described.and_then(|it| cell(it.get("id")?));
        let status = described.and_then(|it| cell(it.get("status")?));
        let description = node.get("description").and_then(words);
        let mut parts = node
            .get("allOf")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .chain([node]);
        let message = parts.find_map(|part| fixed_message(part.get("properties")?));
        let row = self.row(code, value.span);
        if row.messages.is_empty() {
            row.messages.extend(message.map(|message| (None, message)));
        }
        row.id = id.or(row.id.take());
        row.http = row.http.take().or(status);
        add_description(row, description);
    }

    /// The examples of responses, whose keys say the status.
    fn examples(&mut self) {
        let root = self.root;
        let components = root.get("components");
        let shared = components.and_then(|it| it.get("responses"));
        for (name, response) in shared.map(Node::entries).unwrap_or_default() {
            let status = status_in(&name.value).map(|value| Cell {
                value,
                span: name.span,
            });
            self.response(response, status.as_ref());
        }
        for (_, path) in root.get("paths").map(Node::entries).unwrap_or_default() {
            for (_, operation) in path.entries() {
                let responses = operation.get("responses").map(Node::entries);
                for (status, response) in responses.unwrap_or_default() {
                    let status = Cell {
                        value: status.value.to_string(),
                        span: status.span,
                    };
                    let is_status = status.value.parse::<u16>().is_ok();
                    self.response(response, is_status.then_some(&status));
                }
            }
        }
        let shared = components.and_then(|it| it.get("examples"));
        for (_, example) in shared.map(Node::entries).unwrap_or_default() {
            self.example(example, None);
        }
    }

    fn response(&mut self, response: &'n Node<'n>, status: Option<&Cell>) {
        let Some(response) = self.resolve(response) else {
            return;
        };
        for (_, content) in response
            .get("content")
            .map(Node::entries)
            .unwrap_or_default()
        {
            if let Some(value) = content.get("example") {
                self.body(value, status, None);
            }
            let examples = content.get("examples").map(Node::entries);
            for (_, example) in examples.unwrap_or_default() {
                self.example(example, status);
            }
        }
    }

    fn example(&mut self, example: &'n Node<'n>, status: Option<&Cell>) {
        let Some(example) = self.resolve(example) else {
            return;
        };
        let summary = example
            .get("summary")
            .or_else(|| example.get("description"));
        if let Some(value) = example.get("value") {
            self.body(value, status, summary);
        }
    }

    /// The body of a response, or an object or a list within it.
    fn body(&mut self, body: &'n Node<'n>, status: Option<&Cell>, summary: Option<&Node>) {
        for item in body.items() {
            self.body(item, status, summary);
        }
        let find = |names: &[&str]| names.iter().find_map(|name| body.get(name));
        let code = find(CODES).filter(|code| code.text().is_some());
        let Some((code, span)) = code.and_then(|code| Some((code.text()?, code.span))) else {
            // `{"error": {"code": …}}`
            for (_, value) in body.entries() {
                self.body(value, status, summary);
            }
            return;
        };
        let message = find(MESSAGES).and_then(cell);
        // Of an error that is known otherwise, an example is one of its messages only if none is known.
        let template = self.template_of(code, summary.and_then(cell));
        let description = summary.and_then(cell);
        let row = self.row(code, span);
        row.http = row.http.take().or_else(|| status.cloned());
        if let Some(template) = template {
            if row.messages.is_empty() {
                row.messages.push((None, template));
            }
        } else if let Some(message) = message
            && !row.messages.iter().any(|(_, it)| it.value == message.value)
        {
            row.messages.push((None, message));
        }
        if row.descriptions.is_empty() {
            add_description(row, description);
        }
    }

    /// The message of an error, where a schema of its parameters says it.
    fn template_of(&mut self, code: &str, summary: Option<Cell>) -> Option<Cell> {
        let row = self.by_code.get(code).map(|at| &self.rows[*at])?;
        let name = heck::AsUpperCamelCase(&row.id.as_ref()?.value).to_string();
        let schemas = self.root.at(["components", "schemas"])?;
        let schema = schemas.get(&format!("{name}Parameters"))?;
        let described = words(schema.get("description")?)?;
        let (_, template) = described.value.split_once(": ")?;
        let template = Cell {
            value: template.to_owned(),
            span: described.span,
        };
        // Markdown has no place for every space and line break: a summary, which is none, says them.
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let exact = summary.filter(|it| letters(&it.value) == letters(&template.value));
        let template = exact.unwrap_or(template);
        let properties = schema
            .get("properties")
            .map(Node::entries)
            .unwrap_or_default();
        let parameters = properties.iter().map(|(name, property)| KnownParameter {
            name: name.value.to_string(),
            kind: kind_of(property),
            example: property
                .get("examples")
                .and_then(|it| it.items().first()?.text())
                .map(str::to_owned),
        });
        let parameters = parameters.collect();
        let at = *self.by_code.get(code)?;
        self.rows[at].parameters = parameters;
        Some(template)
    }

    /// What a reference leads to, within the document.
    fn resolve(&self, node: &'n Node<'n>) -> Option<&'n Node<'n>> {
        let mut node = node;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = node.get("$ref").and_then(Node::text) else {
                return Some(node);
            };
            let path = reference.strip_prefix("#/")?.split('/');
            let keys: Vec<_> = path
                .map(|key| key.replace("~1", "/").replace("~0", "~"))
                .collect();
            node = self.root.at(keys.iter().map(String::as_str))?;
        }
        None
    }
}

/// The message that the schema of a body fixes or shows.
fn fixed_message(properties: &Node) -> Option<Cell> {
    let schema = MESSAGES.iter().find_map(|name| properties.get(name))?;
    let first = schema.get("examples").and_then(|it| it.items().first());
    let shown = ["const", "default", "example"].into_iter();
    let mut shown = shown.filter_map(|key| schema.get(key)).chain(first);
    shown.find_map(cell)
}

fn add_description(row: &mut Row, description: Option<Cell>) {
    if row.descriptions.is_empty() {
        row.descriptions
            .extend(description.map(|cell| (String::new(), cell)));
    }
}

fn cell(node: &Node) -> Option<Cell> {
    let text = node.text()?.trim();
    (!text.is_empty()).then(|| Cell {
        value: text.to_owned(),
        span: node.span,
    })
}

/// The words of a description, which is in Markdown.
fn words(node: &Node) -> Option<Cell> {
    let mut cell = cell(node)?;
    let text = plain(&cell.value);
    text.trim().clone_into(&mut cell.value);
    Some(cell)
}

fn kind_of(property: &Node) -> &'static str {
    match property.get("type").and_then(Node::text) {
        Some("integer") => "integer",
        Some("number") => "number",
        Some("boolean") => "boolean",
        _ => "string",
    }
}

/// The status that the name of a response ends with, as in `NotFound404`.
fn status_in(name: &str) -> Option<String> {
    let start = name.len().checked_sub(3)?;
    let status = name.get(start..)?;
    let is_status = status
        .parse::<u16>()
        .is_ok_and(|it| (100..600).contains(&it));
    is_status.then(|| status.to_owned())
}
