//! The kinds of values. A mapping is declared once: [`shape!`] turns the declaration into both its parser and its JSON Schema.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::shape::Definitions;

/// A kind of value: how to read it, and its JSON Schema.
pub trait Kind {
    type Value<'a>;

    /// Reads the next value. `None` if it is invalid, which has then been reported.
    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>>;

    /// Its schema, which may refer to definitions.
    fn schema(&self, definitions: &mut Definitions) -> Value;
}

/// The whole schema of a document of some kind.
pub fn document(kind: &impl Kind, title: &str) -> Value {
    let mut definitions = Definitions::default();
    let root = kind.schema(&mut definitions);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    schema["$ref"] = root["$ref"].clone();
    schema["$defs"] = definitions.0.into();
    schema
}

/// Declares the kind of a mapping that is read as the type of the same name in [`raw`](super::raw).
///
/// Each key has a description, the field that it is read into (`and` a flag that is set if the key is present, even with an
/// invalid value), the kind of its value, and examples.
macro_rules! shape {
    (
        $(#[doc = $about:literal])+
        $kind:ident as $name:literal $(, $constraint:expr)*;
        $(
            $(#[doc = $description:literal])+
            $presence:ident $key:literal => $field:ident $(and $flag:ident)?: $value:expr, $($example:tt)or+;
        )+
    ) => {
        $(#[doc = $about])+
        pub struct $kind;

        impl $kind {
            const SHAPE: &$crate::parse::shape::Shape = &$crate::parse::shape::Shape::new(
                $name,
                stringify!($kind),
                concat!($($about),+),
                &[$($crate::parse::shape::Field {
                    key: $key,
                    required: shape!(@ $presence),
                    description: concat!($($description),+),
                    examples: || vec![$(serde_json::json!($example)),+],
                    schema: |definitions| $value.schema(definitions),
                }),+],
                &[$($constraint),*],
            );
        }

        impl $crate::parse::kind::Kind for $kind {
            type Value<'a> = $crate::parse::raw::$kind<'a>;

            fn read<'a>(
                &self,
                decoder: &mut $crate::parse::decoder::Decoder<'a>,
            ) -> Option<Self::Value<'a>> {
                let mut raw = Self::Value::default();
                decoder.mapping(Self::SHAPE, |decoder, key| match key {
                    $($key => {
                        $(raw.$flag = true;)?
                        if let Some(value) = $value.read(decoder) {
                            raw.$field = value.into();
                        }
                    })+
                    _ => {}
                });
                Some(raw)
            }

            fn schema(
                &self,
                definitions: &mut $crate::parse::shape::Definitions,
            ) -> serde_json::Value {
                Self::SHAPE.reference(definitions)
            }
        }
    };
    (@ required) => { true };
    (@ optional) => { false };
}

pub(super) use shape;
