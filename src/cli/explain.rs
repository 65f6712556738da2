//! `errgen explain`

use super::arguments::{Common, Format};
use super::compiled::with_catalog;
use super::{CommandResult, Report};
use crate::diagnostic::{Diagnostic, nearest, rules};
use crate::explain;
use crate::model;

pub fn run(common: &Common, wanted: &str, format: Format) -> CommandResult {
    with_catalog(common, &[], |compiled| {
        let matches = |code: &str, id: &str| code == wanted || id == wanted;
        let mut errors = compiled.catalog.errors();
        let found = errors.find(|(_, _, error)| matches(&error.code.text(), error.id));
        let Some((category, group, error)) = found else {
            let ids = compiled.catalog.errors().map(|(_, _, error)| error.id);
            let message = format!("there is no error with the code or the id `{wanted}`");
            let mut diagnostic = Diagnostic::file(rules::NO_SUCH_ERROR, "errgen", message);
            diagnostic.help = nearest(wanted, ids).map(|near| format!("did you mean `{near}`?"));
            return Err(vec![diagnostic]);
        };
        let model = model::error(compiled.catalog, compiled.targets, category, group, error);
        let text = match format {
            Format::Text => explain::page(&model).map_err(|error| error.to_string()),
            Format::Json => explain::json(&model).map_err(|error| error.to_string()),
        };
        text.map(Report::clean)
            .map_err(|message| Diagnostic::file(rules::TEMPLATE_ERROR, "errgen", message).into())
    })
}
