//! A kind of value. That of a mapping is declared once: [`shape!`] makes of the declaration both what reads the mapping and its
//! JSON Schema.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::shape::Definitions;

/// A kind of value: how it is read, and what JSON Schema says of it.
pub trait Kind {
    type Value<'a>;

    /// Reads the next value; `None` where it is unfit, which has been reported then.
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
/// Each key has its description, the field that it is read into (`and` a flag that is set where the key is there, fit or
/// not), the kind of its value, and examples.
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
