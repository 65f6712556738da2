//! The document of an API: which operations list which errors.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::document::{Node, parse};
use super::findings::{Auditor, Spot};
use crate::catalog::{Layout, Pointer, Source};
use crate::find::{Received, Response, json_of};
use crate::read::{repository_of, resolve};

/// The keys of a path that are operations.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// How many references lead from one to the next, and how many schemas from one to an inner one.
const DEEPEST: usize = 32;

/// The largest further document, in bytes.
const LARGEST: u64 = 64 << 20;

/// A value, and the document that it stands in.
#[derive(Clone, Copy)]
struct Placed<'d> {
    node: &'d Node,
    document: usize,
}

/// The document, and those that it refers to.
struct Documents {
    /// With their paths as they are shown.
    all: Vec<(Arc<str>, Node)>,
}

/// The parts of a pointer; `*` is every element of a list.
type Segments = Vec<String>;

/// Holds a document against the catalogue.
pub fn read(auditor: &mut Auditor, path: &Arc<str>, file: Option<&Path>, root: Node) {
    let documents = Documents::load(path, file, root);
    let pointers = code_pointers(auditor);
    let root = Placed {
        node: &documents.all[0].1,
        document: 0,
    };
    let mut operations = Vec::new();
    for name in ["paths", "webhooks"] {
        for (_, item) in root.node.get(name).map_or(&[][..], Node::members) {
            let item = documents.resolved(Placed { node: item, ..root });
            let own = item.node.members().iter();
            let own = own.filter(|(name, _)| METHODS.contains(&name.as_str()));
            operations.extend(own.map(|(_, operation)| Placed {
                node: operation,
                ..item
            }));
        }
    }
    let mut seen = HashSet::new();
    for operation in &operations {
        auditor.totals.operations += 1;
        let mut named = 0;
        for (status, response) in operation
            .node
            .get("responses")
            .map_or(&[][..], Node::members)
        {
            let response = documents.resolved(Placed {
                node: response,
                ..*operation
            });
            let own = Named::of(auditor, &documents, response, &pointers);
            named += own.specific.len() + own.general.len();
            own.note(auditor, &documents, Some(status), &mut seen);
        }
        auditor.totals.listing += u64::from(named > 0);
    }
    // What no operation uses, or a document of components alone.
    let components = root
        .node
        .get("components")
        .and_then(|it| it.get("responses"));
    for (_, response) in components.map_or(&[][..], Node::members) {
        let response = documents.resolved(Placed {
            node: response,
            ..root
        });
        let own = Named::of(auditor, &documents, response, &pointers);
        own.note(auditor, &documents, None, &mut seen);
    }
}

/// The codes that a response names.
struct Named<'d> {
    /// By itself: in an example, or as the only value.
    specific: Vec<(String, Placed<'d>)>,
    /// Among others in an enumeration, which may be one for all responses.
    general: Vec<(String, Placed<'d>)>,
}

impl<'d> Named<'d> {
    fn of(
        auditor: &Auditor,
        documents: &'d Documents,
        response: Placed<'d>,
        pointers: &[Segments],
    ) -> Self {
        let mut named = Self {
            specific: Vec::new(),
            general: Vec::new(),
        };
        for (_, media) in response.node.get("content").map_or(&[][..], Node::members) {
            let media = documents.resolved(Placed {
                node: media,
                ..response
            });
            if let Some(schema) = media.node.get("schema") {
                let schema = Placed {
                    node: schema,
                    ..media
                };
                for pointer in pointers {
                    named.of_schema(documents, schema, pointer, 0);
                }
                let examples = documents.resolved(schema);
                named.of_example(auditor, documents, examples, "example");
            }
            named.of_example(auditor, documents, media, "example");
            for (_, example) in media.node.get("examples").map_or(&[][..], Node::members) {
                let example = documents.resolved(Placed {
                    node: example,
                    ..media
                });
                named.of_example(auditor, documents, example, "value");
            }
        }
        named
    }

    fn of_example(
        &mut self,
        auditor: &Auditor,
        documents: &'d Documents,
        holder: Placed<'d>,
        member: &str,
    ) {
        let Some(node) = holder.node.get(member) else {
            return;
        };
        let example = documents.resolved(Placed { node, ..holder });
        // Some write the body as the text that it is.
        let text = match example.node.text() {
            Some(text) => text.to_owned(),
            None => example.node.json().to_string(),
        };
        let received = Received {
            body: json_of(&text),
            headers: &[],
        };
        let errors = Response::all(auditor.catalog, received);
        let codes = errors.into_iter().filter_map(|error| error.code);
        self.specific.extend(codes.map(|code| (code, example)));
    }

    /// The codes at a path below a schema.
    fn of_schema(
        &mut self,
        documents: &'d Documents,
        schema: Placed<'d>,
        path: &[String],
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        let schema = documents.resolved(schema);
        for name in ["allOf", "anyOf", "oneOf"] {
            for part in schema.node.get(name).map_or(&[][..], Node::elements) {
                let part = Placed {
                    node: part,
                    ..schema
                };
                self.of_schema(documents, part, path, depth + 1);
            }
        }
        let Some((first, rest)) = path.split_first() else {
            let values = schema.node.get("enum").map_or(&[][..], Node::elements);
            let only = schema.node.get("const").into_iter();
            let is_one = values.len() <= 1;
            for value in values.iter().chain(only) {
                let Some(text) = value.text() else { continue };
                let named = (
                    text.to_owned(),
                    Placed {
                        node: value,
                        ..schema
                    },
                );
                if is_one {
                    self.specific.push(named);
                } else {
                    self.general.push(named);
                }
            }
            return;
        };
        let member = schema.node.get("properties").and_then(|it| it.get(first));
        let is_index = first == "*" || first.bytes().all(|it| it.is_ascii_digit());
        let element = schema.node.get("items").filter(|_| is_index);
        if let Some(node) = member.or(element) {
            let inner = Placed { node, ..schema };
            self.of_schema(documents, inner, rest, depth + 1);
        }
    }

    fn note(
        &self,
        auditor: &mut Auditor,
        documents: &Documents,
        status: Option<&str>,
        seen: &mut HashSet<(usize, usize, usize, String)>,
    ) {
        for (code, placed) in self.specific.iter().chain(&self.general) {
            let position = placed.node.position;
            let spot = || Spot {
                path: Arc::clone(&documents.all[placed.document].0),
                position,
            };
            // A place that several responses refer to counts once.
            if seen.insert((
                placed.document,
                position.line,
                position.column,
                code.clone(),
            )) {
                auditor.named(code, &spot);
            }
        }
        let Some(status) = status else { return };
        let told: BTreeSet<_> = self.specific.iter().map(|(code, _)| code).collect();
        for code in told {
            let placed = self.specific.iter().find(|(own, _)| own == code);
            let Some((_, placed)) = placed else { continue };
            let spot = || Spot {
                path: Arc::clone(&documents.all[placed.document].0),
                position: placed.node.position,
            };
            auditor.listed(code, status, &spot);
        }
    }
}

/// Where codes are below a response: its own, and those of the items of its list.
fn code_pointers(auditor: &Auditor) -> Vec<Segments> {
    let wire = &auditor.catalog.wire;
    let code = |layout: &Layout| match &layout.code {
        Some(code) if code.separator.is_none() && !code.is_page => match &code.place.source {
            Source::Body(pointer) if code.place.after.is_none() && code.place.before.is_none() => {
                Some(pointer.segments.clone())
            }
            _ => None,
        },
        _ => None,
    };
    let mut pointers: Vec<Segments> = code(&wire.layout).into_iter().collect();
    if let Some(items) = &wire.errors
        && let Some(inner) = code(&items.layout)
    {
        let list = items.list.segments.iter().cloned();
        pointers.push(list.chain(["*".to_owned()]).chain(inner).collect());
    }
    pointers
}

impl Documents {
    /// Reads the files that a document refers to, in its repository, or else below its folder.
    fn load(path: &Arc<str>, file: Option<&Path>, root: Node) -> Self {
        let mut all = vec![(Arc::clone(path), root)];
        let mut at = 0;
        let own = file.map(resolve);
        let own = own.as_deref().and_then(Path::parent);
        let bounds = own.map(|folder| repository_of(folder).unwrap_or(folder));
        while let (Some(bounds), true) = (bounds, at < all.len()) {
            let mut names = BTreeSet::new();
            references(&all[at].1, &mut names);
            let own = PathBuf::from(&*all[at].0);
            for name in names {
                let Some(further) = beside(&own, &name) else {
                    continue;
                };
                let shown: Arc<str> = further.display().to_string().into();
                let is_known = all.iter().any(|(path, _)| *path == shown);
                let length = fs::metadata(&further).map(|it| (it.is_file(), it.len()));
                let is_fit = matches!(length, Ok((true, length)) if length <= LARGEST);
                let is_within = resolve(&further).starts_with(bounds);
                if is_known || !is_fit || !is_within || all.len() >= DEEPEST {
                    continue;
                }
                let text = fs::read_to_string(&further).ok();
                all.extend(text.and_then(|text| Some((shown, parse(&text).ok()?))));
            }
            at += 1;
        }
        Self { all }
    }

    /// What a value refers to, or itself.
    fn resolved<'d>(&'d self, mut placed: Placed<'d>) -> Placed<'d> {
        for _ in 0..DEEPEST {
            let Some(reference) = placed.node.get("$ref").and_then(Node::text) else {
                break;
            };
            let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
            let document = if file.is_empty() {
                Some(placed.document)
            } else {
                let own = PathBuf::from(&*self.all[placed.document].0);
                let wanted = beside(&own, file).map(|it| it.display().to_string());
                let mut all = self.all.iter();
                all.position(|(path, _)| Some(&**path) == wanted.as_deref())
            };
            let pointer = Pointer::parse(fragment);
            let found = document.zip(pointer).and_then(|(document, pointer)| {
                let node = self.all[document].1.at(&pointer.segments)?;
                Some(Placed { node, document })
            });
            let Some(found) = found else { break };
            placed = found;
        }
        placed
    }
}

/// The path of a file that a document refers to, unless that is elsewhere.
fn beside(own: &Path, name: &str) -> Option<PathBuf> {
    if name.contains("://") || Path::new(name).is_absolute() {
        return None;
    }
    let mut path = own.with_file_name("");
    for part in Path::new(name).components() {
        match part {
            Component::CurDir => {}
            // What leads out of a folder stands for the one above it.
            Component::ParentDir if path.file_name().is_some() => _ = path.pop(),
            _ => path.push(part),
        }
    }
    Some(path)
}

/// The files that references name.
fn references(node: &Node, names: &mut BTreeSet<String>) {
    for (name, inner) in node.members() {
        match inner.text().filter(|_| name == "$ref") {
            Some(reference) => {
                let (file, _) = reference.split_once('#').unwrap_or((reference, ""));
                if !file.is_empty() {
                    names.insert(file.to_owned());
                }
            }
            None => references(inner, names),
        }
    }
    for inner in node.elements() {
        references(inner, names);
    }
}
