//! `errgen schema`

use super::arguments::{Common, Document};
use super::inputs::library;
use super::{CommandResult, Report};
use crate::schema;

pub fn run(common: &Common, document: Document) -> CommandResult {
    let schema = match document {
        Document::Catalog => schema::catalog(&library(common)?)?,
        Document::Target => schema::manifest(),
    };
    Ok(Report::clean(format!("{schema:#}\n")))
}
