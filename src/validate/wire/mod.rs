//! Checks `wire`: where the parts of an error are in a response.

mod cases;
mod fields;
mod overlap;
mod parameters;
mod place;

use serde_json::Value;

use super::Checker;
use crate::catalog::{
    CODE_KINDS, CodeKind, CodePlace, Items, Layout, Place, Pointer, Source, Text, Wire,
};
use crate::diagnostic::rules;
use crate::parse::raw::{self, Scalar};
use fields::Fields;
use place::Kind;

/// Where the code is in a response body, by default.
const DEFAULT_CODE_POINTER: &str = "/code";
/// Where the message is in a response body, by default.
const DEFAULT_MESSAGE_POINTER: &str = "/message";

/// Where the parts of an error are written: in a response, or in an item of its list.
#[derive(Clone, Copy, Default)]
struct Written<'a> {
    code: Option<&'a raw::Place<'a>>,
    subcode: Option<&'a raw::Place<'a>>,
    message: Option<&'a raw::Place<'a>>,
    parameters: Option<&'a raw::Place<'a>>,
    fields: &'a [(Scalar<'a>, raw::Place<'a>)],
    /// Whether it is an item, which has no headers.
    is_item: bool,
}

/// How deep in a body the items of a list are; 0 if there is none.
pub(super) fn item_depth(raw: &raw::Catalog) -> usize {
    let items = raw.wire.as_ref().and_then(|wire| wire.errors.as_ref());
    let list = items.and_then(|items| Pointer::parse(&items.list.as_ref()?.value));
    list.map_or(0, |list| list.segments.len() + 1)
}

/// Whether responses, or the items of their lists, have an object with the parameters.
pub(super) fn has_parameters(raw: &raw::Catalog) -> bool {
    let wire = raw.wire.as_ref();
    let items = wire.and_then(|wire| wire.errors.as_ref());
    wire.is_some_and(|wire| wire.parameters.is_some())
        || items.is_some_and(|items| items.parameters.is_some())
}

impl<'a> Checker<'a, '_> {
    /// `docs_url` is the catalogue's, if it has a valid one.
    pub(super) fn wire(
        &mut self,
        raw: &'a raw::Catalog<'a>,
        kind: Option<CodeKind>,
        docs_url: Option<&Text<'a>>,
    ) -> Option<Wire<'a>> {
        let wire = raw.wire.as_ref();
        let code_type = wire.and_then(|wire| wire.code_type.as_ref());
        let code_type = code_type.map_or(kind, |scalar| self.code_type(scalar, kind));
        let own = wire.map_or_else(Written::default, Written::from);
        let items = wire.and_then(|wire| wire.errors.as_ref());
        let mut fields = Fields::default();
        let layout = self.layout(&own, items.is_none(), docs_url, &mut fields);
        let errors = items.map(|it| self.items(it, docs_url, &mut fields));
        let fixed = self.fixed(wire);
        let fields = self.fields(fields);
        let subcode_type = self.subcodes(raw, kind);
        let (layout, errors, fixed) = (layout?, super::all_or_none(errors)?, fixed?);
        let wire = Wire {
            code_type: code_type?,
            subcode_type: subcode_type.unwrap_or(CodeKind::String),
            layout: pad(layout, fields.as_ref()?.len()),
            errors: errors.map(|it| Items {
                layout: pad(it.layout, fields.as_ref().map_or(0, Vec::len)),
                ..it
            }),
            fields: fields?,
            fixed,
        };
        self.no_overlaps(raw, &wire);
        self.readable_codes(raw, &wire);
        Some(wire)
    }

    /// Where the parts of an error are. Without a code's place, and if there `are_default`, code and message are at the default
    /// places.
    fn layout(
        &mut self,
        written: &Written<'a>,
        has_defaults: bool,
        docs_url: Option<&Text<'a>>,
        fields: &mut Fields<'a>,
    ) -> Option<Layout<'a>> {
        let depth = self.item_depth;
        let kind = |kind: Kind| {
            if written.is_item {
                kind.in_item(depth)
            } else {
                kind
            }
        };
        let code = match written.code {
            Some(raw) => Some(self.code_place(raw, kind(Kind::VALUE), docs_url)),
            None => has_defaults.then(default_code),
        };
        let message = match written.message {
            Some(raw) => Some(self.place(raw, kind(Kind::VALUE))),
            None => (has_defaults || written.code.is_some() && !written.is_item)
                .then(|| default_place(DEFAULT_MESSAGE_POINTER)),
        };
        let subcode = written
            .subcode
            .map(|raw| self.subcode_place(raw, written, kind(Kind::VALUE)));
        let parameters = written
            .parameters
            .map(|raw| self.place(raw, kind(Kind::OBJECT)));
        let places = self.field_places(written, kind(Kind::VALUE), fields);
        Some(Layout {
            code: super::all_or_none(code)?,
            subcode: super::all_or_none(subcode)?,
            message: super::all_or_none(message)?,
            parameters: super::all_or_none(parameters)?,
            fields: places?,
        })
    }

    fn items(
        &mut self,
        raw: &'a raw::Items<'a>,
        docs_url: Option<&Text<'a>>,
        fields: &mut Fields<'a>,
    ) -> Option<Items<'a>> {
        let list = raw.list.as_ref().and_then(|it| self.pointer(it, 0, true));
        let layout = self.layout(&Written::from(raw), false, docs_url, fields);
        let layout = layout?;
        // Without a code, which has been reported, nothing is in an item.
        layout.code.as_ref()?;
        Some(Items {
            list: list?,
            layout,
        })
    }

    fn fixed(&mut self, wire: Option<&'a raw::Wire<'a>>) -> Option<Vec<(Pointer<'a>, &'a Value)>> {
        let fixed = wire.map_or(&[][..], |wire| &wire.fixed);
        let fixed: Vec<_> = fixed
            .iter()
            .map(|(pointer, value)| Some((self.pointer(pointer, depth(value), false)?, value)))
            .collect();
        fixed.into_iter().collect()
    }

    fn code_type(&mut self, scalar: &Scalar<'a>, kind: Option<CodeKind>) -> Option<CodeKind> {
        let code_type = self.one_of("code type", CODE_KINDS, scalar)?;
        if (code_type, kind) == (CodeKind::Integer, Some(CodeKind::String)) {
            self.report(
                self.at(
                    rules::UNKNOWN_VALUE,
                    scalar.span,
                    "the catalogue's codes are strings, which cannot be sent as integers",
                )
                .help("use `string`, or remove `code_type`"),
            );
        }
        Some(code_type)
    }
}

impl<'a> From<&'a raw::Wire<'a>> for Written<'a> {
    fn from(raw: &'a raw::Wire<'a>) -> Self {
        Self {
            code: raw.code.as_ref(),
            subcode: raw.subcode.as_ref(),
            message: raw.message.as_ref(),
            parameters: raw.parameters.as_ref(),
            fields: &raw.fields,
            is_item: false,
        }
    }
}

impl<'a> From<&'a raw::Items<'a>> for Written<'a> {
    fn from(raw: &'a raw::Items<'a>) -> Self {
        Self {
            code: raw.code.as_ref(),
            subcode: raw.subcode.as_ref(),
            message: raw.message.as_ref(),
            parameters: raw.parameters.as_ref(),
            fields: &raw.fields,
            is_item: true,
        }
    }
}

fn default_code<'a>() -> Option<CodePlace<'a>> {
    Some(CodePlace {
        place: default_place(DEFAULT_CODE_POINTER)?,
        separator: None,
        is_page: false,
    })
}

fn default_place(pointer: &str) -> Option<Place<'_>> {
    Some(Place {
        source: Source::Body(Pointer::parse(pointer)?),
        after: None,
        before: None,
    })
}

/// A layout with a place, or none, for each of so many fields.
fn pad(mut layout: Layout, fields: usize) -> Layout {
    layout.fields.resize(fields, None);
    layout
}

/// How deeply lists and mappings are nested.
fn depth(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or_default()
}
