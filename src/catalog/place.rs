//! Places in a response.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    pub source: Source<'a>,
    pub after: Option<&'a str>,
    pub before: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    Header(&'a str),
    Body(Pointer<'a>),
    /// In the first element of an array that has members with these values.
    Element {
        array: Pointer<'a>,
        members: Vec<(&'a str, &'a serde_json::Value)>,
        at: Pointer<'a>,
    },
}

/// A pointer by RFC 6901, split into its unescaped parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer<'a> {
    /// As it is written: `/error/code`.
    pub pointer: &'a str,
    pub segments: Vec<String>,
}

impl<'a> Pointer<'a> {
    /// Splits a pointer as in RFC 6901, section 4.
    pub fn parse(pointer: &'a str) -> Option<Self> {
        let segments = match pointer.strip_prefix('/') {
            Some(rest) => rest.split('/').map(unescape).collect::<Option<_>>()?,
            None if pointer.is_empty() => Vec::new(),
            None => return None,
        };
        Some(Self { pointer, segments })
    }
}

fn unescape(segment: &str) -> Option<String> {
    let rest = segment.replace("~0", "").replace("~1", "");
    (!rest.contains('~')).then(|| segment.replace("~1", "/").replace("~0", "~"))
}

/// Whether a header can have a text as its value, so that modules read the same text.
pub fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}
