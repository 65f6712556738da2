//! Messages with parameters, and whether these can be read back from what the server sends.

use std::collections::BTreeSet;

use serde_json::Value;

/// A message as literals with parameters between them, each with an example.
pub struct Said {
    first: String,
    rest: Vec<(String, Value, String)>,
}

impl Said {
    pub fn new(first: String) -> Self {
        Self {
            first,
            rest: Vec::new(),
        }
    }

    /// Adds a parameter, and the literal after it.
    pub fn push(&mut self, name: &str, example: Value, literal: String) {
        self.rest.push((name.to_owned(), example, literal));
    }

    pub fn names(&self) -> Vec<String> {
        self.rest.iter().map(|(name, ..)| name.clone()).collect()
    }

    pub fn parameters(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.rest.iter().map(|(name, example, _)| (name, example))
    }

    /// As a catalogue has it.
    pub fn template(&self) -> String {
        let rest = self.rest.iter();
        let rest = rest.map(|(name, _, after)| format!("{{{name}}}{}", literal(after)));
        literal(&self.first) + &rest.collect::<String>()
    }

    /// As a catalogue has it, with texts in other locales if there are some, and how many different texts that are.
    pub fn in_locales(&self, fallback: &str, others: &[(String, String)]) -> (Value, usize) {
        if others.is_empty() {
            return (self.template().into(), 1);
        }
        let own = (fallback.to_owned(), self.template());
        let others = others.iter();
        let others = others.map(|(locale, text)| (locale.clone(), literal(text)));
        let texts: Vec<_> = std::iter::once(own).chain(others).collect();
        let different: BTreeSet<_> = texts.iter().map(|(_, text)| text.clone()).collect();
        let texts = texts
            .into_iter()
            .map(|(locale, text)| (locale, text.into()));
        (Value::Object(texts.collect()), different.len())
    }

    /// As the server sends it, with the examples.
    pub fn filled(&self) -> String {
        let rest = self.rest.iter();
        let rest = rest.map(|(_, example, after)| shown(example) + after);
        self.first.clone() + &rest.collect::<String>()
    }

    /// Whether the rule for reading parameters back gives the examples: each literal is found where it stands, and not
    /// earlier, in an example. (`templates/conformance/README.md`, "Parameters".)
    pub fn is_read_back(&self) -> bool {
        let between = self.rest.len().saturating_sub(1);
        self.rest[..between]
            .iter()
            .enumerate()
            .all(|(index, (_, example, literal))| {
                let mut onward = shown(example);
                let own = onward.len();
                onward.push_str(literal);
                for (_, example, literal) in &self.rest[index + 1..] {
                    onward.push_str(&shown(example));
                    onward.push_str(literal);
                }
                onward.find(literal.as_str()) == Some(own)
            })
    }
}

/// An example in a message.
fn shown(example: &Value) -> String {
    example
        .as_str()
        .map_or_else(|| example.to_string(), str::to_owned)
}

/// A text in which braces are braces.
pub fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A name in a JSON pointer.
pub fn segment(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
