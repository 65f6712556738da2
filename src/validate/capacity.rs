//! Checks that every target can hold the catalogue: how many errors there are, and how many parameters a message has.

use super::{Checker, MOST_TARGETS};
use crate::diagnostic::{few, rules};
use crate::parse::raw;
use crate::target::{Limits, Target};

pub fn check<'a>(checker: &mut Checker<'a, '_>, raw: &'a raw::Catalog<'a>, targets: &[&Target]) {
    let limited: Vec<_> = targets
        .iter()
        .map(|target| (target.id.as_str(), &target.manifest.limits))
        .collect();
    check_errors(checker, raw, &limited);
    if limited
        .iter()
        .all(|(_, limits)| limits.parameters.is_none())
    {
        return;
    }
    for error in raw.errors() {
        let cases = error.cases.iter().map(|case| case.params.as_slice());
        for parameters in std::iter::once(error.params.as_slice()).chain(cases) {
            check_parameters(checker, parameters, &limited);
        }
    }
}

fn check_errors(checker: &mut Checker, raw: &raw::Catalog, limited: &[(&str, &Limits)]) {
    let count = raw.errors().count();
    let too_small = limited.iter().filter_map(|(target, limits)| {
        let most = limits.errors.filter(|most| count > *most as usize)?;
        Some(format!("`{target}` holds {most}"))
    });
    let too_small: Vec<_> = too_small.collect();
    if let (Some(id), false) = (&raw.catalog, too_small.is_empty()) {
        let holds = few(too_small, MOST_TARGETS, ", ");
        let message = format!("the catalogue has {count} errors, which is too many: {holds}");
        let diagnostic = checker.at(rules::TOO_MUCH_FOR_TARGET, id.span, message);
        checker.report(diagnostic.help("split the catalogue, or leave the target out"));
    }
}

fn check_parameters(
    checker: &mut Checker,
    parameters: &[raw::Parameter],
    limited: &[(&str, &Limits)],
) {
    let mut too_small = Vec::new();
    let mut beyond = None;
    for (target, limits) in limited {
        let Some(most) = limits.parameters else {
            continue;
        };
        let mut used = 0;
        let weight = |parameter: &raw::Parameter| {
            let kind = parameter.r#type.as_ref().map_or("", |kind| &kind.value);
            limits.weights.get(kind).copied().unwrap_or(1)
        };
        let over = parameters.iter().find(|parameter| {
            used += weight(parameter);
            used > most
        });
        if let Some(parameter) = over {
            beyond.get_or_insert(parameter.name.span);
            let mut weighted = limits.weights.iter();
            let note = weighted.next().map_or_else(String::new, |(kind, weight)| {
                format!(", where each of type `{kind}` counts as {weight}")
            });
            too_small.push(format!("`{target}` holds {most}{note}"));
        }
    }
    if let Some(span) = beyond {
        let holds = few(too_small, MOST_TARGETS, "; ");
        let message = format!("this message has too many parameters: {holds}");
        let diagnostic = checker.at(rules::TOO_MUCH_FOR_TARGET, span, message);
        checker.report(
            diagnostic.help("put several values into one parameter, or leave the target out"),
        );
    }
}
