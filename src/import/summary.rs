//! What an import came to, for the user.

use std::fmt::Write;

use super::Import;
use super::errors::NewError;
use super::parameters::Parameter;

/// Rows, errors, cases and parameters, in a line.
pub fn summary(import: &Import) -> String {
    let errors = &import.errors.list;
    let mut line = format!(
        "{}: {}",
        counted(import.rows, "row"),
        counted(errors.len(), "error")
    );
    let mut by_count: Vec<(usize, usize)> = Vec::new();
    for cases in errors
        .iter()
        .map(|error| error.cases.len())
        .filter(|it| *it > 1)
    {
        match by_count.iter_mut().find(|(count, _)| *count == cases) {
            Some((_, errors)) => *errors += 1,
            None => by_count.push((cases, 1)),
        }
    }
    by_count.sort_unstable();
    // Writing to a string cannot fail.
    for (cases, errors) in by_count {
        let _ = write!(line, ", {errors} with {cases} cases");
    }
    let named = parameters(errors).filter(|it| it.is_named_by_guess).count();
    if named > 0 {
        let _ = write!(line, ", {} named by guess", counted(named, "parameter"));
    }
    line.push('\n');
    line
}

/// What was guessed, with counts. `None` if nothing was.
pub fn guesses(import: &Import, sections: (usize, usize)) -> Option<String> {
    let errors = &import.errors.list;
    let ids = errors.iter().filter(|error| error.id.is_guessed).count();
    let several = errors.iter().filter(|error| error.cases.len() > 1);
    let cases = several.map(|error| error.cases.len()).sum();
    let messages = errors.iter().flat_map(|error| &error.cases);
    let messages = messages.filter(|case| case.is_message_guessed).count();
    let named = parameters(errors).filter(|it| it.is_named_by_guess).count();
    let typed = parameters(errors).filter(|it| it.is_typed_by_guess).count();
    let counts = [
        (ids, "id of an error", "ids of errors"),
        (cases, "id of a case", "ids of cases"),
        (messages, "message", "messages"),
        (sections.0, "id of a category", "ids of categories"),
        (sections.1, "id of a group", "ids of groups"),
        (named, "name of a parameter", "names of parameters"),
        (typed, "type of a parameter", "types of parameters"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let mut parts: Vec<String> = counts
        .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
        .collect();
    if import.is_locale_guessed {
        parts.push("the language of the texts".to_owned());
    }
    if !errors.is_empty() && errors.iter().all(|error| error.http.is_none()) {
        parts.push("that nothing travels over HTTP".to_owned());
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn parameters(errors: &[NewError]) -> impl Iterator<Item = &Parameter> {
    let cases = errors.iter().flat_map(|error| &error.cases);
    let first = cases.filter_map(|case| case.messages.first());
    first.flat_map(|(_, template)| &template.parameters)
}

/// `1 row`, `2 rows`
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
