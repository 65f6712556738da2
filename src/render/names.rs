//! The names in a template's tags, as far as the guard needs to tell them apart.

use std::ops::Range;

use super::tokens::{Kind, Token, tokens};

/// What a word in a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A name after a dot.
    Field,
    /// A name on its own that something is read from.
    Variable,
    /// A name that the template gives a value: of a loop, a component's argument, or in `set`, with `=` or a block.
    Definition,
    /// A quoted text.
    Text,
}

pub struct Name {
    pub role: Role,
    /// Of a quoted text, without its quotation marks.
    pub text: String,
    pub range: Range<usize>,
}

/// Words of the language of templates.
const KEYWORDS: &[&str] = &[
    "False",
    "None",
    "True",
    "and",
    "block",
    "body",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endraw",
    "endset",
    "extends",
    "false",
    "filter",
    "for",
    "if",
    "in",
    "include",
    "is",
    "loop",
    "none",
    "not",
    "null",
    "or",
    "raw",
    "set",
    "set_global",
    "true",
];

/// All names and texts in the tags of a template, in order.
pub fn names(template: &str) -> Vec<Name> {
    let tokens = tokens(template);
    let mut names = Vec::new();
    // Whether the words that come are definitions: after `for` and up to `in`, and all of a component's head.
    let mut defines = false;
    for (index, token) in tokens.iter().enumerate() {
        let (role, text) = match &token.kind {
            Kind::TagStart | Kind::ExpressionStart => {
                defines = false;
                continue;
            }
            Kind::Text(text) => (Role::Text, text.as_str()),
            Kind::Name(name) => {
                match *name {
                    "for" | "component" => defines = true,
                    "in" => defines = false,
                    _ => {}
                }
                let Some(role) = role(name, before(&tokens, index), tokens.get(index + 1), defines)
                else {
                    continue;
                };
                (role, *name)
            }
            _ => continue,
        };
        names.push(Name {
            role,
            text: text.to_owned(),
            range: token.range.clone(),
        });
    }
    names
}

/// The word or the sign before a token; none where that is a tag's start, a text or a number.
fn before<'a>(tokens: &[Token<'a>], index: usize) -> &'a str {
    let text = |index: usize| match tokens.get(index).map(|token| &token.kind) {
        Some(Kind::Sign(sign)) => *sign,
        Some(Kind::Name(name)) => *name,
        _ => "",
    };
    match (
        index.checked_sub(2).map(text),
        index.checked_sub(1).map(text),
    ) {
        (Some("is"), Some("not")) => "is",
        (_, before) => before.unwrap_or_default(),
    }
}

/// What a name is, by what stands before it and after it.
fn role(name: &str, before: &str, after: Option<&Token>, defines: bool) -> Option<Role> {
    let after = after.map(|token| &token.kind);
    match before {
        "." | "?." => Some(Role::Field),
        _ if KEYWORDS.contains(&name) => None,
        _ if defines || after == Some(&Kind::Sign("=")) => Some(Role::Definition),
        "set" | "set_global" => Some(Role::Definition),
        // The names of filters, tests, components and blocks.
        "|" | "filter" | "is" | "<" | "</" | "block" | "endblock" => None,
        _ if after == Some(&Kind::Sign("(")) => None,
        _ => Some(Role::Variable),
    }
}
