//! Messages with parameters as the contract has them (`templates/conformance/README.md`), a second time and without any of
//! the modules' code.

/// The largest amount of an integer: 2^53 - 1.
pub const MAX_SAFE: i64 = (1 << 53) - 1;

/// A message of a catalogue, taken apart.
#[derive(Debug)]
pub struct Template {
    /// The literal texts, one more than there are parameters.
    literals: Vec<String>,
    names: Vec<String>,
}

impl Template {
    /// Takes a template apart that a catalogue has been checked for.
    pub fn new(text: &str) -> Self {
        let mut literals = vec![String::new()];
        let mut names: Vec<String> = Vec::new();
        let mut in_name = false;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if in_name {
                if character == '}' {
                    in_name = false;
                    literals.push(String::new());
                } else if let Some(name) = names.last_mut() {
                    name.push(character);
                }
            } else if matches!(character, '{' | '}') && characters.peek() != Some(&character) {
                in_name = true;
                names.push(String::new());
            } else {
                if matches!(character, '{' | '}') {
                    characters.next();
                }
                let last = literals.len() - 1;
                literals[last].push(character);
            }
        }
        Self { literals, names }
    }

    /// How much literal text there is, in Unicode scalar values.
    pub fn weight(&self) -> usize {
        self.literals.iter().map(|it| it.chars().count()).sum()
    }

    /// The text with values in the places of parameters.
    pub fn fill(&self, mut value: impl FnMut(&str) -> String) -> String {
        let mut text = self.literals[0].clone();
        for (name, literal) in self.names.iter().zip(&self.literals[1..]) {
            text += &value(name);
            text += literal;
        }
        text
    }

    /// What stands in the places of parameters, each with its name, where a message is what the template says. A parameter that
    /// occurs again is there again, with the same text.
    pub fn read<'m>(&self, message: &'m str) -> Option<Vec<(&str, &'m str)>> {
        let values = self
            .names
            .iter()
            .map(String::as_str)
            .zip(self.values(message)?);
        let values: Vec<_> = values.collect();
        let is_same = |(name, value): &(&str, &str)| {
            let mut others = values.iter();
            others.all(|(other, own)| other != name || own == value)
        };
        values.iter().all(is_same).then_some(values)
    }

    fn values<'m>(&self, message: &'m str) -> Option<Vec<&'m str>> {
        let (first, others) = self.literals.split_first()?;
        let Some((last, between)) = others.split_last() else {
            return (message == first).then(Vec::new);
        };
        let end = message.len().checked_sub(last.len())?;
        if !message.starts_with(first) || !message.ends_with(last) || first.len() > end {
            return None;
        }
        let mut from = first.len();
        let mut values = Vec::new();
        for literal in between {
            let at = from + message[from..end].find(literal)?;
            values.push(&message[from..at]);
            from = at + literal.len();
        }
        values.push(&message[from..end]);
        Some(values)
    }
}

/// An integer in its one spelling, within what every reader of JSON holds exactly.
pub fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = text == "0"
        || !digits.is_empty()
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = if is_plain {
        text.parse().ok()?
    } else {
        return None;
    };
    (-MAX_SAFE..=MAX_SAFE).contains(&number).then_some(number)
}
