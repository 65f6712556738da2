//! What a ledger records of a catalogue.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::entry::{self, Code};
use super::line::digest_of;
use crate::catalog::{
    Case, Catalog, Category, Codes, Error, Explanation, Group, Layout, Localised, Message,
    Messages, Parameter, Place, PropertyValues, Retry, Source, Text, Wire, plain,
};
use crate::parse::NEXT;
use crate::validate::{EnabledTarget, RETIRED, RETIRED_VALUES};

/// The version of what every module does, which `templates/conformance/README.md` describes.
const CONTRACT: u32 = 2;

/// What holds for the whole catalogue, each by its name, and by the one of several that it is about.
pub fn heads<'a>(
    catalog: &'a Catalog,
    targets: &'a [EnabledTarget],
) -> BTreeMap<(entry::Text<'a>, Option<entry::Text<'a>>), Value> {
    let publish = &catalog.publish;
    let single = [
        ("contract", json!(CONTRACT)),
        ("transport", json!(catalog.transport.name())),
        ("code_kind", json!(catalog.code_kind.name())),
        ("locales", json!(catalog.locales)),
        ("fallback", json!(catalog.fallback)),
        ("acronyms", json!(catalog.acronyms)),
        (
            "docs_url",
            json!(catalog.docs_url.as_ref().map(|it| &it.template)),
        ),
        ("wire", wire(&catalog.wire)),
        (
            "publish",
            json!({
                "name": publish.name,
                "scope": publish.scope,
                "group": publish.group,
                "namespace": publish.namespace,
            }),
        ),
        ("texts", json!(texts_of_catalog(catalog))),
    ];
    let single = single
        .into_iter()
        .map(|(name, value)| ((name.into(), None), value));
    let several = |name: &'a str, of: &'a str, value| ((name.into(), Some(of.into())), value);
    let categories = catalog.categories.iter();
    let categories = categories.map(|it| several("category", it.id, category(it)));
    let properties = catalog.properties.iter().map(|it| {
        let value = json!({
            "type": it.r#type.name(),
            "values": it.values,
            "default": it.default,
            "multiple": it.multiple,
            "modules": it.modules,
        });
        several("property", it.name, value)
    });
    let targets = targets.iter().filter(|it| it.belongs);
    let targets = targets.map(|it| several("target", &it.target.id, options(it)));
    single
        .chain(categories)
        .chain(properties)
        .chain(targets)
        .collect()
}

/// The options of a target, with that of every target if it is not the default.
fn options(target: &EnabledTarget) -> Value {
    let mut options = json!(target.options);
    if target.drops_retired {
        options[RETIRED] = json!(RETIRED_VALUES[1]);
    }
    options
}

fn category(category: &Category) -> Value {
    let groups = category.groups.iter();
    let groups: Map<_, _> = groups.map(|it| (it.id.to_owned(), group(it))).collect();
    json!({
        "codes": category.codes.map(codes),
        "retry": category.retry.map(Retry::name),
        "groups": groups,
        "texts": Texts::default().with("title", Some(&category.title)).digest(),
    })
}

fn group(group: &Group) -> Value {
    json!({
        "codes": group.codes.map(codes),
        "retry": group.retry.map(Retry::name),
        "texts": Texts::default().with("title", Some(&group.title)).digest(),
    })
}

fn codes(codes: Codes) -> Value {
    match codes {
        Codes::Range(range) => json!([range.first, range.last]),
        Codes::Prefix(prefix) => json!(prefix),
    }
}

fn wire(wire: &Wire) -> Value {
    let fields = wire.fields.iter();
    let fields: Map<_, _> = fields
        .map(|it| (it.name.to_owned(), json!(it.r#type.name())))
        .collect();
    let fixed = wire.fixed.iter();
    let fixed: Map<_, _> = fixed
        .map(|(pointer, value)| (pointer.pointer.to_owned(), (*value).clone()))
        .collect();
    json!({
        "code_type": wire.code_type.name(),
        "subcode_type": wire.subcode_type.name(),
        "response": layout(&wire.layout, wire),
        "errors": wire.errors.as_ref().map(|items| {
            json!({ "list": items.list.pointer, "item": layout(&items.layout, wire) })
        }),
        "fields": fields,
        "fixed": fixed,
    })
}

fn layout(layout: &Layout, wire: &Wire) -> Value {
    let fields = wire.fields.iter().zip(&layout.fields);
    let fields: Map<_, _> = fields
        .filter_map(|(field, at)| Some((field.name.to_owned(), place(at.as_ref()?))))
        .collect();
    json!({
        "code": layout.code.as_ref().map(|code| {
            json!({
                "at": place(&code.place),
                "separator": code.separator,
                "is_page": code.is_page,
            })
        }),
        "subcode": layout.subcode.as_ref().map(place),
        "message": layout.message.as_ref().map(place),
        "parameters": layout.parameters.as_ref().map(place),
        "fields": fields,
    })
}

fn place(place: &Place) -> Value {
    let mut value = match &place.source {
        Source::Header(name) => json!({ "header": name }),
        Source::Body(pointer) => json!({ "body": pointer.pointer }),
        Source::Element { array, members, at } => {
            let members = members.iter();
            let members: Map<_, _> = members
                .map(|(name, value)| ((*name).to_owned(), (*value).clone()))
                .collect();
            json!({ "body": array.pointer, "where": members, "at": at.pointer })
        }
    };
    for (name, mark) in [("after", place.after), ("before", place.before)] {
        if let Some(mark) = mark {
            value[name] = json!(mark);
        }
    }
    value
}

/// The errors, in the order of their codes, as they are in a release. Those of the coming release are left out.
pub fn errors<'a>(catalog: &'a Catalog, release: &'a str) -> Vec<entry::ErrorEntry<'a>> {
    let is_next = |since: &str| since == NEXT;
    let mut errors = all_errors(catalog, release);
    errors.retain(|error| !error.is_next());
    for error in &mut errors {
        error.deprecated.take_if(|it| is_next(&it.since));
        error.retired.take_if(|since| is_next(since));
    }
    errors
}

/// The same with those of the coming release.
pub fn all_errors<'a>(catalog: &'a Catalog, release: &'a str) -> Vec<entry::ErrorEntry<'a>> {
    let mut errors: Vec<_> = catalog
        .errors()
        .map(|(category, group, it)| error(catalog, category, group, it, release))
        .collect();
    errors.sort_by(|a, b| a.code.cmp(&b.code));
    errors
}

fn error<'a>(
    catalog: &'a Catalog,
    category: &'a Category,
    group: Option<&'a Group>,
    error: &'a Error,
    release: &'a str,
) -> entry::ErrorEntry<'a> {
    let (message, parameters) = match &error.messages {
        Messages::One {
            message,
            parameters,
        } => (Some(self::message(message)), parameters.as_slice()),
        Messages::Cases(_) => (None, &[][..]),
    };
    let cases = error.messages.cases().iter();
    let deprecated = error.deprecated.as_ref();
    let retired = error.retired.as_ref();
    entry::ErrorEntry {
        release: release.into(),
        code: error.code.into(),
        id: error.id.into(),
        renamed_from: error.renamed_from.iter().map(|id| (*id).into()).collect(),
        category: category.id.into(),
        group: group.map(|group| group.id.into()),
        http: error.http,
        retry: error.retry().name().into(),
        no_error: error.no_error,
        since: error.since.map(|since| since.written().into()),
        deprecated: deprecated.map(|it| entry::Deprecated {
            since: it.since.written().into(),
            r#use: it.r#use.map(Into::into),
        }),
        retired: retired.map(|it| it.since.written().into()),
        properties: properties(catalog, &error.properties),
        message,
        parameters: parameters.iter().map(parameter).collect(),
        cases: cases.map(|it| case(catalog, it)).collect(),
        undescribed: !error.is_described(),
        texts: texts(error).into(),
    }
}

fn case<'a>(catalog: &'a Catalog, case: &'a Case) -> entry::Case<'a> {
    entry::Case {
        id: case.id.into(),
        code: case.code.map(Code::from),
        message: message(&case.message),
        parameters: case.parameters.iter().map(parameter).collect(),
        properties: properties(catalog, &case.properties),
    }
}

fn message<'a>(message: &'a Message) -> entry::Message<'a> {
    let Some(localised) = &message.localised else {
        return entry::Message::Text(message.text.template.to_string().into());
    };
    let texts = localised.texts.iter();
    let texts = texts.map(|(locale, text)| ((*locale).into(), text.template.to_string().into()));
    entry::Message::Localised(texts.collect())
}

fn parameter<'a>(parameter: &'a Parameter) -> entry::Parameter<'a> {
    let wire = Some(parameter.wire).filter(|wire| *wire != parameter.name);
    entry::Parameter {
        name: parameter.name.into(),
        r#type: parameter.r#type.name().into(),
        wire: wire.map(Into::into),
        at: parameter.at.as_ref().map(place),
        sensitive: parameter.sensitive,
    }
}

fn properties<'a>(
    catalog: &'a Catalog,
    values: &PropertyValues,
) -> BTreeMap<entry::Text<'a>, Value> {
    let declared = catalog.properties.iter().zip(values.iter());
    let stated = declared.filter_map(|(property, value)| {
        let value = (*value)?;
        Some((property.name.into(), value.clone()))
    });
    stated.collect()
}

/// The digest of the texts that belong to no category.
fn texts_of_catalog(catalog: &Catalog) -> String {
    let mut texts = Texts::default().with("title", Some(&catalog.title));
    for property in catalog.properties.iter() {
        texts = texts.with(property.name, property.description.as_ref());
    }
    for field in &catalog.wire.fields {
        texts.add(["example", field.name, &plain(&field.example)]);
        texts = texts.with(field.name, field.description.as_ref());
    }
    texts.digest()
}

/// The digest of an error's texts for readers.
fn texts(error: &Error) -> String {
    let deprecated = error.deprecated.as_ref();
    let retired = error.retired.as_ref();
    let mut texts = Texts::default()
        .with("description", error.description.as_ref())
        .with("resolution", error.resolution.as_ref())
        .with("explanation", error.explanation.as_ref())
        .with("deprecated", deprecated.and_then(|it| it.note.as_ref()))
        .with("retired", retired.and_then(|it| it.note.as_ref()));
    if let Messages::One { parameters, .. } = &error.messages {
        texts = texts.with_parameters(parameters);
    }
    for case in error.messages.cases() {
        texts = texts
            .with(case.id, case.description.as_ref())
            .with_parameters(&case.parameters);
    }
    texts.digest()
}

/// Texts with what they are, so that none can be taken for another.
#[derive(Default)]
struct Texts(String);

impl Texts {
    fn with<T: Shown>(mut self, what: &str, texts: Option<&Localised<T>>) -> Self {
        for (locale, text) in texts.iter().flat_map(|it| &it.texts) {
            self.add([what, locale, &text.shown()]);
        }
        self
    }

    fn with_parameters(mut self, parameters: &[Parameter]) -> Self {
        for parameter in parameters {
            self.add(["example", parameter.name, &plain(&parameter.example)]);
            self = self.with(parameter.name, parameter.description.as_ref());
        }
        self
    }

    fn add(&mut self, parts: [&str; 3]) {
        for part in parts {
            // Writing to a string cannot fail.
            let _ = write!(self.0, "{}:{part}", part.len());
        }
    }

    fn digest(&self) -> String {
        digest_of(&self.0)
    }
}

/// A text of any kind, as readers see it.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Text<'_> {
    fn shown(&self) -> String {
        self.template.to_string()
    }
}

impl Shown for Arc<Explanation<'_>> {
    fn shown(&self) -> String {
        self.lines().join("\n")
    }
}
