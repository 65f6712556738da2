//! The spellings that a manifest can ask for.

use heck::{
    ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToTitleCase, ToUpperCamelCase,
};
use schemars::JsonSchema;
use serde::Deserialize;

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
}

impl Case {
    /// How many there are.
    pub const COUNT: usize = 6;

    /// Spells an id.
    pub fn apply(self, id: &str) -> String {
        match self {
            Self::Snake => id.to_snake_case(),
            Self::ShoutySnake => id.to_shouty_snake_case(),
            Self::Kebab => id.to_kebab_case(),
            Self::LowerCamel => id.to_lower_camel_case(),
            Self::UpperCamel => id.to_upper_camel_case(),
            Self::Title => id.to_title_case(),
        }
    }
}
