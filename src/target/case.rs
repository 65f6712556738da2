//! The spellings that a manifest can choose from.

use heck::{
    ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToTitleCase, ToUpperCamelCase,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::portable::file_name;

/// A way to spell a name of several words.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// `token_invalid`
    Snake,
    /// `TOKEN_INVALID`
    ShoutySnake,
    /// `token-invalid`
    Kebab,
    /// `tokenInvalid`
    LowerCamel,
    /// `TokenInvalid`
    UpperCamel,
    /// `Token Invalid`
    Title,
    /// As it is.
    Unchanged,
    /// As it is, except for what a file name or an address cannot hold, each byte of which is `~` and two hexadecimal digits.
    File,
}

impl Case {
    /// The number of cases.
    pub const COUNT: usize = 8;

    /// Spells an id.
    pub fn apply(self, id: &str) -> String {
        self.apply_with(id, |_| None)
    }

    /// Spells an id in which some words are acronyms. They keep their capitals, unless the case has none there, or has nothing else.
    pub fn apply_with<'a>(self, id: &str, acronym: impl Fn(&str) -> Option<&'a str>) -> String {
        let is_respelled = !matches!(self, Self::Unchanged | Self::File);
        if is_respelled && id.bytes().all(is_plain) {
            return self.apply_to_plain(id, acronym);
        }
        match self {
            Self::Snake => id.to_snake_case(),
            Self::ShoutySnake => id.to_shouty_snake_case(),
            Self::Kebab => id.to_kebab_case(),
            Self::LowerCamel => id.to_lower_camel_case(),
            Self::UpperCamel => id.to_upper_camel_case(),
            Self::Title => id.to_title_case(),
            Self::Unchanged => id.to_owned(),
            Self::File => file_name(id),
        }
    }

    /// The same for plain ids, which nearly all are: heck looks up the Unicode properties of every character, which takes an
    /// eighth of a whole run.
    fn apply_to_plain<'a>(self, id: &str, acronym: impl Fn(&str) -> Option<&'a str>) -> String {
        let mut spelled = String::with_capacity(id.len());
        for word in id.split('_').filter(|word| !word.is_empty()) {
            let is_first = spelled.is_empty();
            let separator = match self {
                Self::Snake | Self::ShoutySnake => "_",
                Self::Kebab => "-",
                Self::Title => " ",
                Self::LowerCamel | Self::UpperCamel | Self::Unchanged | Self::File => "",
            };
            spelled.push_str(if is_first { "" } else { separator });
            let capitals = match self {
                Self::ShoutySnake => word.len(),
                Self::UpperCamel | Self::Title => 1,
                Self::LowerCamel => usize::from(!is_first),
                Self::Snake | Self::Kebab | Self::Unchanged | Self::File => 0,
            };
            let kept = acronym(word).filter(|_| capitals > 0 && self != Self::ShoutySnake);
            let start = spelled.len();
            spelled.push_str(kept.unwrap_or(word));
            spelled[start..start + capitals].make_ascii_uppercase();
        }
        spelled
    }
}

/// Whether a byte is a lower-case letter, a digit or a separator.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')
}
