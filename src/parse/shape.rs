//! The shape of a mapping, declared once: [`shape!`] makes of it both what reads the mapping and its JSON Schema.

use serde_json::{Map, Value, json};

use super::decoder::Decoder;

/// The keys that a mapping may have.
pub struct Shape {
    /// With its article, for messages: "an error".
    pub name: &'static str,
    /// What a schema calls its definition: `Error`.
    id: &'static str,
    description: &'static str,
    fields: &'static [Field],
    constraints: &'static [Constraint],
}

/// A key of a mapping, with all that is known of it before there is a catalogue.
pub struct Field {
    pub key: &'static str,
    pub required: bool,
    pub description: &'static str,
    pub examples: fn() -> Vec<Value>,
    pub schema: fn(&mut Definitions) -> Value,
}

/// What must hold of the keys together. Validation says so with the place; here it is for editors.
pub enum Constraint {
    /// At least one of these keys is there.
    AnyOf(&'static [&'static str]),
    /// Not both of these keys are there.
    NotBoth([&'static str; 2]),
}

/// A kind of value: how it is read, and what JSON Schema says of it.
pub trait Kind {
    type Value<'a>;

    /// Reads the next value; `None` where it is unfit, which has been reported then.
    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>>;

    /// Its schema, which may refer to definitions.
    fn schema(&self, definitions: &mut Definitions) -> Value;
}

/// The definitions of a schema, each written once however often it is referred to.
#[derive(Default)]
pub struct Definitions(Map<String, Value>);

impl Shape {
    /// For [`shape!`].
    pub const fn new(
        name: &'static str,
        id: &'static str,
        description: &'static str,
        fields: &'static [Field],
        constraints: &'static [Constraint],
    ) -> Self {
        Self {
            name,
            id,
            description,
            fields,
            constraints,
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.key)
    }

    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        let required = self.fields.iter().filter(|field| field.required);
        required.map(|field| field.key)
    }

    /// A reference to its definition.
    pub fn reference(&self, definitions: &mut Definitions) -> Value {
        definitions.reference(self.id, |definitions| self.definition(definitions))
    }

    fn definition(&self, definitions: &mut Definitions) -> Value {
        let properties: Map<_, _> = self
            .fields
            .iter()
            .map(|field| (field.key.to_owned(), field.property(definitions)))
            .collect();
        let required: Vec<_> = self.required().collect();
        let mut schema = json!({
            "description": self.description.trim(),
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        if !self.constraints.is_empty() {
            schema["allOf"] = self.constraints.iter().map(Constraint::schema).collect();
        }
        schema
    }
}

impl Field {
    fn property(&self, definitions: &mut Definitions) -> Value {
        let mut property = Map::new();
        property.insert("description".to_owned(), self.description.trim().into());
        if let Value::Object(schema) = (self.schema)(definitions) {
            property.extend(schema);
        }
        property.insert("examples".to_owned(), (self.examples)().into());
        property.into()
    }
}

impl Constraint {
    fn schema(&self) -> Value {
        match self {
            Self::AnyOf(keys) => {
                let each = keys.iter().map(|key| json!({ "required": [key] }));
                json!({ "anyOf": each.collect::<Value>() })
            }
            // What is no mapping has none of the keys, and another error.
            Self::NotBoth(keys) => json!({ "not": { "type": "object", "required": keys } }),
        }
    }
}

impl Definitions {
    /// A reference to a definition, which is made if it is not there yet.
    pub fn reference(&mut self, id: &str, define: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(id) {
            let definition = define(self);
            self.0.insert(id.to_owned(), definition);
        }
        json!({ "$ref": format!("#/$defs/{id}") })
    }
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

        impl $crate::parse::shape::Kind for $kind {
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
