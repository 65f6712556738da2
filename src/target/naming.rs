//! Spells ids as names of a target.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::case::Case;
use super::manifest::{Manifest, NameRule, Reserved};

/// An id with its spellings. Most targets use the same few, so each is made once.
pub struct Id<'a> {
    plain: Spellings<'a>,
    qualifier: Option<&'a str>,
    /// The id with its qualifier.
    qualified: OnceCell<Spellings<'static>>,
}

/// A text in the cases that have been used.
struct Spellings<'a> {
    text: Cow<'a, str>,
    cases: [OnceCell<String>; Case::COUNT],
}

impl<'a> Id<'a> {
    /// An id and the id of its parent, with which some rules qualify it.
    pub fn new(id: &'a str, qualifier: Option<&'a str>) -> Self {
        Self {
            plain: Spellings::new(id.into()),
            qualifier,
            qualified: OnceCell::new(),
        }
    }

    fn spell(&self, rule: &NameRule) -> &str {
        match self.qualifier.filter(|_| rule.qualified) {
            Some(qualifier) => self
                .qualified
                .get_or_init(|| {
                    let text = format!("{qualifier}_{}", self.plain.text);
                    Spellings::new(text.into())
                })
                .in_case(rule.case),
            None => self.plain.in_case(rule.case),
        }
    }
}

impl<'a> Spellings<'a> {
    fn new(text: Cow<'a, str>) -> Self {
        Self {
            text,
            cases: Default::default(),
        }
    }

    fn in_case(&self, case: Case) -> &str {
        self.cases[case as usize].get_or_init(|| case.apply(&self.text))
    }
}

impl Manifest {
    /// Spells an id with a rule of this manifest.
    pub fn name<'a>(&self, rule: &NameRule, id: &'a Id) -> Cow<'a, str> {
        let spelled = id.spell(rule);
        let name = match rule.format.as_str() {
            "{}" => Cow::Borrowed(spelled),
            format => Cow::Owned(format.replace("{}", spelled)),
        };
        let reserved = rule
            .reserved
            .iter()
            .chain(&self.reserved)
            .find(|reserved| reserved.words.contains(name.as_ref()));
        match reserved {
            Some(Reserved { format, .. }) => Cow::Owned(format.replace("{}", &name)),
            None => name,
        }
    }
}
