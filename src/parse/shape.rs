//! The shape of a mapping: its keys, and its JSON Schema.

use serde_json::{Map, Value, json};

/// The keys that a mapping may have.
pub struct Shape {
    /// With its article, for messages: "an error".
    pub name: &'static str,
    /// The name of its definition in the schema: `Error`.
    id: &'static str,
    description: &'static str,
    fields: &'static [Field],
    constraints: &'static [Constraint],
}

/// A key of a mapping, and what is known about it without a catalogue.
pub struct Field {
    pub key: &'static str,
    pub required: bool,
    pub description: &'static str,
    pub examples: fn() -> Vec<Value>,
    pub schema: fn(&mut Definitions) -> Value,
}

/// A condition on several keys, for editors. Validation checks the same, and reports it with its place.
pub enum Constraint {
    /// At least one of these keys is present.
    AnyOf(&'static [&'static str]),
    /// At most one of these keys is present.
    NotBoth([&'static str; 2]),
    /// The first key is present, unless the value of the second is such.
    Unless(&'static str, &'static str, fn() -> Value),
}

/// The definitions of a schema. Each is written once, however often it is referred to.
#[derive(Default)]
pub struct Definitions(pub Map<String, Value>);

impl Shape {
    /// For [`shape!`](super::kind::shape).
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
            // Anything but a mapping has another error.
            Self::NotBoth(keys) => json!({ "not": { "type": "object", "required": keys } }),
            Self::Unless(key, other, schema) => json!({
                "anyOf": [{ "required": [key] }, { "properties": { *other: schema() } }],
            }),
        }
    }
}

impl Definitions {
    /// A reference to a definition, which is added if it does not exist yet.
    pub fn reference(&mut self, id: &str, define: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(id) {
            let definition = define(self);
            self.0.insert(id.to_owned(), definition);
        }
        json!({ "$ref": format!("#/$defs/{id}") })
    }
}
