//! What a response says of its errors.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::json;
use crate::catalog::{
    Catalog, CodePlace, Error, Layout, Parameter, ParameterType, Piece, Place, Reading,
    is_safe_integer,
};

/// One error as it was received.
#[derive(Default)]
pub struct Response<'r> {
    /// The code as a string.
    pub code: Option<String>,
    pub subcode: Option<String>,
    pub message: Option<String>,
    /// What has the parameters as data, and where they are in it.
    pub data: Option<(&'r RawValue, &'r Layout<'r>)>,
}

impl<'r> Response<'r> {
    /// Reads the errors of a body as modules do: `templates/conformance/README.md`. `None` if the text is not a JSON object or array.
    /// Without errors, there is one of which nothing is known.
    pub fn from_body(catalog: &'r Catalog, text: &'r str) -> Option<Vec<Self>> {
        let body: &RawValue = serde_json::from_str(text).ok()?;
        if !body.get().starts_with(['{', '[']) {
            return None;
        }
        let wire = &catalog.wire;
        let own = Self::read(catalog, body, &wire.layout);
        let mut all = Vec::new();
        if let Some(items) = &wire.errors
            && let Some(list) = json::at(body, &items.list.segments)
        {
            let items = json::elements(list).into_iter().map(|item| {
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
        Some(all)
    }

    fn read(catalog: &Catalog, from: &'r RawValue, layout: &'r Layout<'r>) -> Self {
        let (code, behind) = match &layout.code {
            Some(place) => code(catalog, place, from),
            None => (None, None),
        };
        let place = layout.subcode.as_ref();
        let subcode = place.and_then(|place| plain_code(json::at_place(from, place)?, place));
        let message = layout.message.as_ref();
        Self {
            code,
            subcode: subcode.or(behind),
            message: message.and_then(|place| json::text(json::at_place(from, place)?)),
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
}

/// A code, and the code of the case if it stands behind.
fn code(catalog: &Catalog, code: &CodePlace, from: &RawValue) -> (Option<String>, Option<String>) {
    let Some(value) = json::at_place(from, &code.place) else {
        return (None, None);
    };
    if code.is_page {
        let text = json::text(value);
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
fn plain_code(value: &RawValue, place: &Place) -> Option<String> {
    let Some(text) = json::text(value) else {
        return whole(value).map(|integer| integer.to_string());
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

/// A text without its percent-encoding.
fn decoded(text: &str) -> Cow<'_, str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let digits = digits.filter(|it| it.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// What a response has as data for a parameter.
fn value(from: &RawValue, layout: &Layout, parameter: &Parameter) -> Option<Value> {
    let own = parameter
        .at
        .as_ref()
        .and_then(|place| json::at_place(from, place));
    let member = || {
        let object = json::at_place(from, layout.parameters.as_ref()?)?;
        json::at(object, &[parameter.wire.to_owned()])
    };
    let typed = |value| typed(value, parameter.r#type);
    own.and_then(typed).or_else(|| typed(member()?))
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
