//! How the messages of one error change, with their parameters and cases.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::change::{Change, Named, Part};
use super::comparison::{Comparison, code_value};
use super::pair::{Pair, WITH_PARAMETERS, properties};
use super::words::{plain, typed};
use crate::diagnostic::{Rule, few, rules};
use crate::ledger::{Case, ErrorEntry, Message, Parameter};
use crate::target::Entity;

/// How many parameters or cases a message names.
const MOST_NAMED: usize = 5;

const NO_PARAMETERS: &str = "clients in the field no longer read the parameters from the message";

/// Finds what has changed of the messages of an error.
pub fn compare_messages(comparison: &mut Comparison, pair: Pair) {
    let Pair { was, is } = pair;
    match (&was.message, &is.message) {
        (Some(before), Some(now)) => {
            let old = Texts::new(before, &was.parameters, None);
            let new = Texts::new(now, &is.parameters, None);
            compare_texts(comparison, pair, &old, &new);
        }
        (Some(before), None) => split(comparison, pair, before),
        (None, Some(now)) => merged(comparison, pair, now),
        (None, None) => cases(comparison, pair),
    }
}

/// A message with its parameters, and the case that it is of.
struct Texts<'a> {
    message: &'a Message<'a>,
    parameters: &'a [Parameter<'a>],
    case: Option<&'a Case<'a>>,
}

impl<'a> Texts<'a> {
    fn new(
        message: &'a Message<'a>,
        parameters: &'a [Parameter<'a>],
        case: Option<&'a Case<'a>>,
    ) -> Self {
        Self {
            message,
            parameters,
            case,
        }
    }

    fn of_case(case: &'a Case<'a>) -> Self {
        Self::new(&case.message, &case.parameters, Some(case))
    }

    fn case_id(&self) -> Option<String> {
        self.case.map(|case| case.id.to_string())
    }

    /// What it belongs to, for a message.
    fn owner(&self, pair: Pair) -> String {
        match self.case {
            Some(case) => format!("the case `{}` of {}", case.id, pair.shown()),
            None => pair.shown(),
        }
    }

    fn parameter(&self, name: &str) -> Option<&'a Parameter<'a>> {
        self.parameters.iter().find(|it| *it.name == *name)
    }
}

impl Message<'_> {
    fn texts(&self) -> BTreeMap<&str, &str> {
        match self {
            Self::Text(text) => BTreeMap::from([("", text.as_str())]),
            Self::Localised(texts) => {
                let texts = texts.iter();
                texts
                    .map(|(locale, text)| (locale.as_str(), text.as_str()))
                    .collect()
            }
        }
    }

    fn value(&self) -> Value {
        json!(self)
    }
}

impl ErrorEntry<'_> {
    /// Whether any message of the error has a parameter.
    pub fn has_parameters(&self) -> bool {
        let mut cases = self.cases.iter();
        !self.parameters.is_empty() || cases.any(|case| !case.parameters.is_empty())
    }
}

fn compare_texts(comparison: &mut Comparison, pair: Pair, old: &Texts, new: &Texts) {
    if old.message == new.message && old.parameters == new.parameters {
        return;
    }
    let renamed = renamed(old, new);
    compare_parameters(comparison, pair, old, new, &renamed);
    let with_new_names = old.message.texts().into_values();
    let with_new_names: Vec<_> = with_new_names
        .map(|text| with_names(text, &renamed))
        .collect();
    let now = new.message.texts();
    if old.message == new.message
        || old.message.texts().keys().eq(now.keys()) && now.values().eq(with_new_names.iter())
    {
        return;
    }
    // A server that sends less than it did is still understood.
    let is_understood = now
        .values()
        .all(|text| with_new_names.iter().any(|it| it == text));
    let read = old.parameters.iter();
    let reads_parameters = read.clone().any(|it| !comparison.old_wire.carries(it));
    let tells_case = old.case.is_some_and(|case| case.code.is_none());
    let reason = if !comparison.old_wire.has_message() || is_understood {
        None
    } else if tells_case {
        Some("clients in the field no longer tell the case by its message")
    } else if reads_parameters {
        Some(NO_PARAMETERS)
    } else {
        None
    };
    let message = format!("the message of {} has changed", new.owner(pair));
    let change = pair
        .change(
            rules::MESSAGE_CHANGED,
            Part::Message(new.case_id()),
            message,
        )
        .from_to(old.message.value(), new.message.value())
        .named(Named::error(&pair.was.id, &pair.was.code))
        .wire(reason);
    comparison.add(change);
}

/// The parameters that have another name and are the same otherwise: at the same position, of the same type, and at the same
/// place in the message.
fn renamed<'a>(old: &Texts<'a>, new: &Texts<'a>) -> Vec<(&'a Parameter<'a>, &'a Parameter<'a>)> {
    let pairs = old.parameters.iter().zip(new.parameters);
    let renamed: Vec<_> = pairs
        .filter(|(was, is)| {
            was.name != is.name
                && was.r#type == is.r#type
                && new.parameter(&was.name).is_none()
                && old.parameter(&is.name).is_none()
        })
        .collect();
    let (before, now) = (old.message.texts(), new.message.texts());
    let is_same_place = |text: &str| {
        let expected = with_names(text, &renamed);
        now.values().any(|it| *it == expected)
    };
    if before.values().any(|text| is_same_place(text)) {
        renamed
    } else {
        Vec::new()
    }
}

fn with_names(text: &str, renamed: &[(&Parameter, &Parameter)]) -> String {
    let mut text = text.to_owned();
    for (was, is) in renamed {
        text = text.replace(&format!("{{{}}}", was.name), &format!("{{{}}}", is.name));
    }
    text
}

fn compare_parameters(
    comparison: &mut Comparison,
    pair: Pair,
    old: &Texts,
    new: &Texts,
    renamed: &[(&Parameter, &Parameter)],
) {
    let owner = new.owner(pair);
    let change = |rule: &'static Rule, name: &str, message: String| {
        let part = Part::Parameter(new.case_id(), name.to_owned());
        pair.change(rule, part, message)
            .named(Named::new(Entity::Parameter, name))
    };
    let number = if old.parameters.is_empty() {
        "first"
    } else {
        "further"
    };
    let last = new.parameters.is_empty().then_some("last");
    for was in old.parameters {
        let name = &was.name;
        let other = renamed.iter().find(|(old, _)| old.name == *name);
        let Some(is) = new.parameter(name).or(other.map(|(_, is)| *is)) else {
            let message = format!("the parameter `{name}` of {owner} is gone");
            let reason = "clients in the field read it";
            let change = change(rules::PARAMETER_REMOVED, name, message).variant(last);
            comparison.add(
                change
                    .from_to(was.r#type.as_str(), Value::Null)
                    .gone()
                    .wire(Some(reason)),
            );
            continue;
        };
        if is.name != *name {
            let message = format!("the parameter `{name}` of {owner} is now `{}`", is.name);
            let mut change = change(rules::PARAMETER_RENAMED, &is.name, message);
            change.named = vec![Named::new(Entity::Parameter, name)];
            let is_on_wire = wire_name(was) != wire_name(is) && comparison.old_wire.carries(was);
            let reason =
                is_on_wire.then_some("clients in the field look for it under its old name");
            comparison.add(change.from_to(name.as_str(), is.name.as_str()).wire(reason));
        }
        parameter(comparison, pair, new, was, is);
    }
    let is_renamed = |is: &&Parameter| renamed.iter().any(|(_, new)| new.name == is.name);
    let added = new.parameters.iter().filter(|it| !is_renamed(it));
    for is in added.filter(|is| old.parameter(&is.name).is_none()) {
        let message = format!("the parameter `{}` of {owner} is new", is.name);
        let change = change(rules::PARAMETER_ADDED, &is.name, message).variant(Some(number));
        comparison.add(change.from_to(Value::Null, is.r#type.as_str()));
    }
    let kept_before = old
        .parameters
        .iter()
        .filter(|it| new.parameter(&it.name).is_some());
    let kept_now = new
        .parameters
        .iter()
        .filter(|it| old.parameter(&it.name).is_some());
    let names = |parameters: Vec<&Parameter>| {
        let names = parameters.into_iter().map(|it| it.name.to_string());
        names.collect::<Vec<_>>()
    };
    let (before, now) = (names(kept_before.collect()), names(kept_now.collect()));
    if before != now {
        let order = few(now.iter().map(|name| format!("`{name}`")), MOST_NAMED, ", ");
        let message = format!("the parameters of {owner} are now in the order {order}");
        let part = Part::Message(new.case_id());
        let change = pair.of_error(rules::PARAMETERS_REORDERED, part, message);
        comparison.add(change.from_to(before, now));
    }
}

fn wire_name<'a>(parameter: &'a Parameter) -> &'a str {
    parameter.wire.as_ref().unwrap_or(&parameter.name)
}

/// What has changed of a parameter beside its name.
fn parameter(
    comparison: &mut Comparison,
    pair: Pair,
    new: &Texts,
    was: &Parameter,
    is: &Parameter,
) {
    let name = &is.name;
    let owner = new.owner(pair);
    let change = |rule: &'static Rule, message: String| {
        let part = Part::Parameter(new.case_id(), name.to_string());
        pair.change(rule, part, message)
            .named(Named::new(Entity::Parameter, &was.name))
    };
    let is_carried = comparison.old_wire.carries(was);
    if was.r#type != is.r#type {
        let (old, new) = (was.r#type.as_str(), is.r#type.as_str());
        let message = format!(
            "the parameter `{name}` of {owner} was {}, and is now {}",
            typed(&json!(old)),
            typed(&json!(new))
        );
        // A text takes whatever stands in a message, and a number takes integers.
        let is_read = (old == "string" && !is_carried) || (old == "number" && new == "integer");
        let reason = (!is_read).then_some("clients in the field expect another type");
        let change = change(rules::PARAMETER_RETYPED, message).wire(reason);
        comparison.add(change.from_to(old, new));
    }
    let place = |it: &Parameter| json!({ "wire": wire_name(it), "at": it.at });
    let has_moved = was.at != is.at || was.name == is.name && wire_name(was) != wire_name(is);
    if has_moved {
        let message = format!("the parameter `{name}` of {owner} is at another place in responses");
        let is_looked_for = is_carried && !(was.at.is_none() && wire_name(was) == wire_name(is));
        let reason = is_looked_for.then_some("clients in the field look for it where it was");
        let change = change(rules::PARAMETER_MOVED, message).wire(reason);
        comparison.add(change.from_to(place(was), place(is)));
    }
    if was.sensitive != is.sensitive {
        let (rule, what) = if is.sensitive {
            (rules::PARAMETER_MADE_SENSITIVE, "now")
        } else {
            (rules::SENSITIVITY_WITHDRAWN, "no longer")
        };
        let message = format!("the parameter `{name}` of {owner} is {what} sensitive");
        comparison.add(change(rule, message).from_to(was.sensitive, is.sensitive));
    }
}

fn split(comparison: &mut Comparison, pair: Pair, before: &Message) {
    let Pair { was, is } = pair;
    let message = format!("{} has cases in place of its message", pair.shown());
    let kept = is
        .cases
        .iter()
        .any(|case| case.message == *before && case.parameters == was.parameters);
    let reads = was
        .parameters
        .iter()
        .any(|it| !comparison.old_wire.carries(it));
    let is_lost = comparison.old_wire.has_message() && reads && !(kept && is.cases.len() == 1);
    let ids: Vec<_> = is.cases.iter().map(|case| case.id.as_str()).collect();
    let change = pair
        .of_error(rules::MESSAGE_SPLIT, Part::Cases, message)
        .variant(was.has_parameters().then_some(WITH_PARAMETERS))
        .from_to(before.value(), ids)
        .wire(is_lost.then_some(NO_PARAMETERS));
    comparison.add(change);
}

fn merged(comparison: &mut Comparison, pair: Pair, now: &Message) {
    let Pair { was, .. } = pair;
    let message = format!("{} has one message in place of its cases", pair.shown());
    let ids: Vec<_> = was.cases.iter().map(|case| case.id.as_str()).collect();
    let mut change = pair
        .of_error(rules::CASES_MERGED, Part::Message(None), message)
        .variant(was.has_parameters().then_some(WITH_PARAMETERS))
        .from_to(ids, now.value())
        .wire(Some("clients in the field no longer tell its cases apart"));
    let cases = was.cases.iter();
    let named = cases.map(|case| Named::within(Entity::Case, &case.id, &was.id));
    change.named.extend(named);
    comparison.add(change);
}

fn cases(comparison: &mut Comparison, pair: Pair) {
    let Pair { was, is } = pair;
    if was.cases == is.cases {
        return;
    }
    let (before, now) = (by_id(&was.cases), by_id(&is.cases));
    let change = |rule: &'static Rule, id: &str, message: String| -> Change {
        pair.change(rule, Part::Case(id.to_owned()), message)
            .named(Named::within(Entity::Case, id, &was.id))
    };
    for old in &was.cases {
        let id = &old.id;
        let Some(new) = now.get(id.as_str()) else {
            let message = format!("the case `{id}` of {} is gone", pair.shown());
            let variant = (!old.parameters.is_empty()).then_some(WITH_PARAMETERS);
            let change = change(rules::CASE_REMOVED, id, message).variant(variant);
            comparison.add(change.from_to(old.message.value(), Value::Null).gone());
            continue;
        };
        if old.code != new.code {
            let code = |case: &Case| case.code.as_ref().map_or(Value::Null, code_value);
            let (from, to) = (code(old), code(new));
            let (name, was) = (pair.shown(), plain(&from));
            let message = format!(
                "the code of the case `{id}` of {name} was {was}, and is now {}",
                plain(&to)
            );
            let reason = "clients in the field no longer tell the case by its code";
            let reason = old.code.is_some().then_some(reason);
            let change = change(rules::CASE_CODE_CHANGED, id, message);
            comparison.add(change.from_to(from, to).wire(reason));
        }
        let (had, has) = (&old.properties, &new.properties);
        properties(comparison, pair, Some(id), had, has);
        compare_texts(comparison, pair, &Texts::of_case(old), &Texts::of_case(new));
    }
    for new in &is.cases {
        if !before.contains_key(new.id.as_str()) {
            let message = format!("the case `{}` of {} is new", new.id, pair.shown());
            let change = change(rules::CASE_ADDED, &new.id, message);
            comparison.add(change.from_to(Value::Null, new.message.value()));
        }
    }
    let kept = |cases: &[Case], others: &HashMap<&str, &Case>| -> Vec<String> {
        let ids = cases.iter().map(|case| case.id.as_str());
        let kept = ids.filter(|id| others.contains_key(id));
        kept.map(str::to_owned).collect()
    };
    let (old_order, new_order) = (kept(&was.cases, &now), kept(&is.cases, &before));
    if old_order != new_order {
        let ids = new_order.iter().map(|id| format!("`{id}`"));
        let order = few(ids, MOST_NAMED, ", ");
        let message = format!("the cases of {} are now in the order {order}", pair.shown());
        let change = pair.of_error(rules::CASES_REORDERED, Part::Cases, message);
        comparison.add(change.from_to(old_order, new_order));
    }
}

fn by_id<'a>(cases: &'a [Case<'a>]) -> HashMap<&'a str, &'a Case<'a>> {
    let cases = cases.iter();
    cases.map(|case| (case.id.as_str(), case)).collect()
}
