//! `errgen schema`

use super::arguments::{Common, Document};
use super::inputs::library;
use super::{CommandResult, Report};
use crate::schema;
use crate::terminal::visible_json;

pub fn run(common: &Common, document: Document) -> CommandResult {
    let schema = match document {
        Document::Catalog => schema::catalog(&library(common)?)?,
        Document::Include => schema::included(),
        Document::Target => schema::manifest(),
    };
    let schema = format!("{schema:#}\n");
    Ok(Report::clean(visible_json(&schema).into_owned()))
}
