//! Texts as templates see them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::{Catalog, Localised, Piece, Text};

/// A text.
#[derive(Clone, Debug, Serialize)]
pub struct TextModel<'a> {
    /// The text, or its template in the catalogue's spelling where it has parameters.
    pub value: &'a str,
    /// The names of its parameters, in order.
    pub parameters: Vec<&'a str>,
    /// Where it has parameters: what it is made of.
    pub parts: Vec<PartModel<'a>>,
}

/// A piece of a text: one of the two.
#[derive(Clone, Debug, Serialize)]
pub struct PartModel<'a> {
    pub literal: Option<&'a str>,
    pub parameter: Option<&'a str>,
}

/// A text in the catalogue's locales.
#[derive(Clone, Debug, Serialize)]
pub struct LocalisedModel<'a> {
    /// The text in the fallback locale.
    pub default: TextModel<'a>,
    /// The texts that there are, in the order of the locales.
    pub texts: Vec<LocaleTextModel<'a>>,
    /// For every locale of the catalogue its text, or the fallback's.
    pub by_locale: BTreeMap<&'a str, LocaleTextModel<'a>>,
}

/// A text with the locale that it is in.
#[derive(Clone, Debug, Serialize)]
pub struct LocaleTextModel<'a> {
    pub locale: &'a str,
    #[serde(flatten)]
    pub text: TextModel<'a>,
}

impl<'a> TextModel<'a> {
    pub fn new(text: &'a Text<'a>) -> Self {
        let parameters: Vec<_> = text.parameters().collect();
        let parts = match parameters.as_slice() {
            [] => Vec::new(),
            _ => text.pieces.iter().map(PartModel::new).collect(),
        };
        Self {
            value: text.value(),
            parameters,
            parts,
        }
    }
}

impl<'a> PartModel<'a> {
    fn new(piece: &'a Piece<'a>) -> Self {
        match piece {
            Piece::Literal(text) => Self {
                literal: Some(text),
                parameter: None,
            },
            Piece::Parameter(name) => Self {
                literal: None,
                parameter: Some(name),
            },
        }
    }
}

impl<'a> LocalisedModel<'a> {
    pub fn new(localised: &'a Localised<'a>, catalog: &Catalog<'a>) -> Self {
        let model = |(locale, text): &'a (&'a str, Text<'a>)| LocaleTextModel {
            locale,
            text: TextModel::new(text),
        };
        let by_locale = catalog
            .locales
            .iter()
            .map(|tag| (*tag, model(localised.get(tag))));
        Self {
            default: TextModel::new(&localised.texts[localised.fallback].1),
            texts: localised.texts.iter().map(model).collect(),
            by_locale: by_locale.collect(),
        }
    }
}
