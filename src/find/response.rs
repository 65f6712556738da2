//! What a response says of its errors.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::json;
use crate::catalog::{
    Catalog, CodePlace, Error, Layout, Parameter, ParameterType, Piece, Place, Reading, Source,
    is_safe_integer,
};

/// The headers of a response: names and values, in order.
pub type Headers = [(String, String)];

/// One error as it was received.
#[derive(Default)]
pub struct Response<'r> {
    /// The code as a string.
    pub code: Option<String>,
    pub subcode: Option<String>,
    pub message: Option<String>,
    /// What has the parameters as data, and where they are in it.
    pub data: Option<(Received<'r>, &'r Layout<'r>)>,
}

/// What the parts of an error are read from: a response, or an item of its list, which has no headers.
#[derive(Clone, Copy)]
pub struct Received<'r> {
    pub body: Option<&'r RawValue>,
    pub headers: &'r Headers,
}

/// A value at a place.
#[derive(Clone, Copy)]
enum Found<'r> {
    Json(&'r RawValue),
    Header(&'r str),
}

impl<'r> Received<'r> {
    fn at(self, place: &Place) -> Option<Found<'r>> {
        match &place.source {
            Source::Header(name) => {
                let mut headers = self.headers.iter();
                let (_, value) = headers.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
                let value = value.trim_matches([' ', '\t']);
                (!value.is_empty()).then_some(Found::Header(value))
            }
            _ => json::at_place(self.body?, place).map(Found::Json),
        }
    }
}

impl Found<'_> {
    fn text(self) -> Option<String> {
        match self {
            Self::Json(value) => json::text(value),
            Self::Header(value) => Some(value.to_owned()),
        }
    }

    fn typed(self, r#type: ParameterType) -> Option<Value> {
        match self {
            Self::Json(value) => typed(value, r#type),
            Self::Header(value) => r#type.read(value),
        }
    }

    /// The type that the value has, for people; `None` of null.
    fn kind(self) -> Option<&'static str> {
        match self {
            Self::Header(_) => Some("a text"),
            Self::Json(value) => match value.get().as_bytes().first()? {
                b'"' => Some("a string"),
                b'{' => Some("an object"),
                b'[' => Some("an array"),
                b't' | b'f' => Some("a boolean"),
                b'n' => None,
                _ => Some("a number"),
            },
        }
    }
}

impl<'r> Response<'r> {
    /// Reads the errors of a body as modules do: `templates/conformance/README.md`. `None` if the text is not a JSON object or array.
    /// Without errors, there is one of which nothing is known.
    pub fn from_body(catalog: &'r Catalog, text: &'r str) -> Option<Vec<Self>> {
        let body = json_of(text)?;
        let received = Received {
            body: Some(body),
            headers: &[],
        };
        Some(Self::all(catalog, received))
    }

    /// Reads the errors of a response as modules do. Without errors, there is one of which nothing is known.
    pub fn all(catalog: &'r Catalog, received: Received<'r>) -> Vec<Self> {
        let wire = &catalog.wire;
        let own = Self::read(catalog, received, &wire.layout);
        let mut all = Vec::new();
        if let Some(items) = &wire.errors
            && let Some(body) = received.body
            && let Some(list) = json::at(body, &items.list.segments)
        {
            let items = json::elements(list).into_iter().map(|item| {
                let item = Received {
                    body: Some(item),
                    headers: &[],
                };
                let item = Self::read(catalog, item, &items.layout);
                Self {
                    message: item.message.or_else(|| own.message.clone()),
                    ..item
                }
            });
            all.extend(items);
        }
        if all.is_empty() || own.code.is_some() {
            all.insert(0, own);
        }
        all
    }

    fn read(catalog: &Catalog, from: Received<'r>, layout: &'r Layout<'r>) -> Self {
        let (code, behind) = match &layout.code {
            Some(place) => code(catalog, place, from),
            None => (None, None),
        };
        let place = layout.subcode.as_ref();
        let subcode = place.and_then(|place| plain_code(from.at(place)?, place));
        let message = layout.message.as_ref();
        Self {
            code,
            subcode: subcode.or(behind),
            message: message.and_then(|place| from.at(place)?.text()),
            data: Some((from, layout)),
        }
    }

    /// What it says of an error: its case and its parameters.
    pub fn reading<'c>(&self, error: &'c Error<'c>) -> Option<Reading<'c>> {
        let (message, subcode) = (self.message.as_deref(), self.subcode.as_deref());
        match self.data {
            None => Reading::of(error, message?),
            Some((from, layout)) => Reading::of_response(error, message, subcode, |parameter| {
                value(from, layout, parameter)
            }),
        }
    }

    /// The type of what came as data for a parameter, if that is none which the parameter can have.
    pub fn other_type(&self, parameter: &Parameter) -> Option<&'static str> {
        let (from, layout) = self.data?;
        let mut all = values(from, layout, parameter);
        let first = all.next()?;
        let fits = |value: Found| value.typed(parameter.r#type).is_some();
        if fits(first) || all.any(fits) {
            return None;
        }
        first.kind()
    }
}

/// The body that a text is, if it is a JSON object or array.
pub fn json_of(text: &str) -> Option<&RawValue> {
    let body: &RawValue = serde_json::from_str(text).ok()?;
    body.get().starts_with(['{', '[']).then_some(body)
}

/// A code, and the code of the case if it stands behind.
fn code(catalog: &Catalog, code: &CodePlace, from: Received) -> (Option<String>, Option<String>) {
    let Some(value) = from.at(&code.place) else {
        return (None, None);
    };
    if code.is_page {
        let text = value.text();
        return (text.and_then(|text| code_of_page(catalog, &text)), None);
    }
    let whole = plain_code(value, &code.place);
    match (whole, code.separator) {
        (Some(text), Some(separator)) => match text.split_once(separator) {
            Some((code, subcode)) => (Some(code.to_owned()), Some(subcode.to_owned())),
            None => (Some(text), None),
        },
        (whole, _) => (whole, None),
    }
}

/// A string between its marks, or the digits of a number without a fraction. Nothing else is a code.
fn plain_code(value: Found, place: &Place) -> Option<String> {
    let text = match (value.text(), value) {
        (Some(text), _) => text,
        (None, Found::Json(value)) => return whole(value).map(|integer| integer.to_string()),
        (None, Found::Header(_)) => return None,
    };
    let mut text = text.as_str();
    if let Some(mark) = place.after {
        text = text.split_once(mark).map_or(text, |(_, after)| after);
    }
    if let Some(mark) = place.before {
        text = text.split_once(mark).map_or(text, |(before, _)| before);
    }
    Some(text.to_owned())
}

/// The code in the URL of an error's page.
fn code_of_page(catalog: &Catalog, url: &str) -> Option<String> {
    let pattern = catalog.docs_url.as_ref()?;
    let literal = |piece: Option<&Piece<'_>>| match piece {
        Some(Piece::Literal(text)) => text.to_string(),
        _ => String::new(),
    };
    let (first, last) = (
        literal(pattern.pieces.first()),
        literal(pattern.pieces.last()),
    );
    let inner = url.strip_prefix(&*first)?.strip_suffix(&*last)?;
    let inner = decoded(inner);
    let is_id = pattern.parameters().any(|name| name == "id");
    let mut errors = catalog.errors().filter(|_| is_id);
    let error = errors.find(|(_, _, error)| error.id == inner);
    Some(error.map_or(inner.into_owned(), |(_, _, error)| {
        error.code.text().into_owned()
    }))
}

/// A text with the bytes that are written as `%` or `~` and two hexadecimal digits.
fn decoded(text: &str) -> Cow<'_, str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| matches!(first, b'%' | b'~'));
        let digits = digits.filter(|it| it.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// What a response has as data for a parameter.
fn value(from: Received, layout: &Layout, parameter: &Parameter) -> Option<Value> {
    let mut values = values(from, layout, parameter);
    values.find_map(|value| value.typed(parameter.r#type))
}

/// What stands at a parameter's own place, and among the parameters.
fn values<'r>(
    from: Received<'r>,
    layout: &Layout,
    parameter: &Parameter,
) -> impl Iterator<Item = Found<'r>> {
    let own = parameter.at.as_ref().and_then(|place| from.at(place));
    let member = || match from.at(layout.parameters.as_ref()?)? {
        Found::Json(object) => json::at(object, &[parameter.wire.to_owned()]).map(Found::Json),
        Found::Header(_) => None,
    };
    own.into_iter().chain(member())
}

fn typed(value: &RawValue, r#type: ParameterType) -> Option<Value> {
    match r#type {
        ParameterType::String => json::text(value).map(Into::into),
        ParameterType::Integer => whole(value).map(Into::into),
        ParameterType::Number => json::number(value).map(Into::into),
        ParameterType::Boolean => value.get().parse::<bool>().ok().map(Into::into),
    }
}

/// `1000.0` is 1000.
fn whole(value: &RawValue) -> Option<i64> {
    let digits = json::number(value)?.to_string();
    digits
        .parse()
        .ok()
        .filter(|integer| is_safe_integer(*integer))
}
