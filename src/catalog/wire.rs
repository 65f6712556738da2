//! Where the parts of an error are in a response.

use super::{CodeKind, Localised, Parameter, ParameterType, Place, Pointer, Source};

#[derive(Debug)]
pub struct Wire<'a> {
    pub code_type: CodeKind,
    /// The kind of the cases' codes.
    pub subcode_type: CodeKind,
    /// Of the response itself.
    pub layout: Layout<'a>,
    pub errors: Option<Items<'a>>,
    /// What else a response or an item of its list tells, in order.
    pub fields: Vec<Field<'a>>,
    pub fixed: Vec<(Pointer<'a>, &'a serde_json::Value)>,
}

/// Where the parts of an error are: in a response, or in an item of its list.
#[derive(Debug, Default)]
pub struct Layout<'a> {
    pub code: Option<CodePlace<'a>>,
    pub subcode: Option<Place<'a>>,
    pub message: Option<Place<'a>>,
    /// Of an object with the parameters, by their names on the wire.
    pub parameters: Option<Place<'a>>,
    /// As many as fields are declared; `None` where it has no place.
    pub fields: Vec<Option<Place<'a>>>,
}

impl<'a> Layout<'a> {
    pub fn places(&self) -> impl Iterator<Item = &Place<'a>> {
        let code = self.code.iter().map(|code| &code.place);
        let others = [&self.subcode, &self.message, &self.parameters];
        let others = others.into_iter().chain(&self.fields);
        code.chain(others.flatten())
    }
}

/// Several errors in one response.
#[derive(Debug)]
pub struct Items<'a> {
    pub list: Pointer<'a>,
    /// Relative to an item.
    pub layout: Layout<'a>,
}

/// What else a response tells its caller.
#[derive(Debug)]
pub struct Field<'a> {
    pub name: &'a str,
    pub r#type: ParameterType,
    pub example: serde_json::Value,
    pub description: Option<Localised<'a>>,
}

/// The place of a code.
#[derive(Debug)]
pub struct CodePlace<'a> {
    pub place: Place<'a>,
    /// What parts the code from that of the case.
    pub separator: Option<&'a str>,
    /// Whether the URL of the error's page stands there.
    pub is_page: bool,
}

impl Wire<'_> {
    /// Whether a response has a parameter beside its message.
    pub fn has_as_data(&self, parameter: &Parameter) -> bool {
        let (layout, _) = self.errors_layout();
        layout.parameters.is_some() || parameter.at.is_some()
    }

    /// Whether a response has its message in a header.
    pub fn has_message_in_header(&self) -> bool {
        let message = self.errors_layout().0.message.as_ref();
        message.is_some_and(|place| matches!(place.source, Source::Header(_)))
    }

    /// Where the parts of an error are: in the response, or if that has no code of its own, in an item of the list.
    pub fn errors_layout(&self) -> (&Layout<'_>, Option<&Pointer<'_>>) {
        match &self.errors {
            Some(items) if self.layout.code.is_none() => (&items.layout, Some(&items.list)),
            _ => (&self.layout, None),
        }
    }

    /// Whether a response has nothing but a code and a message in its body, and what is always the same.
    pub fn is_plain(&self) -> bool {
        let Layout {
            code,
            subcode,
            message,
            parameters,
            ..
        } = &self.layout;
        let is_body = |place: &Place| {
            matches!(place.source, Source::Body(_))
                && place.after.is_none()
                && place.before.is_none()
        };
        let has_code = code
            .as_ref()
            .is_some_and(|code| is_body(&code.place) && code.separator.is_none() && !code.is_page);
        has_code
            && message.as_ref().is_some_and(is_body)
            && subcode.is_none()
            && parameters.is_none()
            && self.fields.is_empty()
            && self.errors.is_none()
    }
}
