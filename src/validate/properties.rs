//! Checks properties: how they are declared, and the values that errors give them.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::texts::Placeholders;
use super::{Checker, all_or_none};
use crate::catalog::{PROPERTY_TYPES, Property, PropertyType, PropertyValues, is_safe_integer};
use crate::diagnostic::{did_you_mean, rules, use_one_of};
use crate::parse::raw::{self, Scalar, Spanned};

/// How many values or names a help compares and lists.
const MOST_NAMED: usize = 100;

impl<'a> Checker<'a, '_> {
    /// Checks the declared properties, before anything gives them values. Whether all are right.
    pub(super) fn declare_properties(
        &mut self,
        raw: &'a [(Scalar<'a>, raw::Property<'a>)],
    ) -> bool {
        let mut properties = Vec::with_capacity(raw.len());
        for (name, raw) in raw {
            let property = self.property(name, raw);
            let place = property.as_ref().map(|_| properties.len());
            self.places.insert(&name.value, place);
            properties.extend(property);
        }
        let are_valid = properties.len() == raw.len();
        self.properties = properties.into();
        are_valid
    }

    fn property(
        &mut self,
        written: &'a Scalar<'a>,
        raw: &'a raw::Property<'a>,
    ) -> Option<Property<'a>> {
        let name = self.identifier(written);
        let kind = raw.r#type.as_ref();
        let kind = kind.and_then(|it| self.one_of("property type", PROPERTY_TYPES, it));
        let values = self.values_of_enum(written, raw, kind);
        let multiple = raw.multiple.as_ref().map(|it| self.boolean(it));
        let modules = raw.modules.as_ref().map(|it| self.boolean(it));
        let description = raw.description.as_ref();
        let description = description.map(|it| self.localised(it, Placeholders::AreText));
        let property = Property {
            name: name?,
            r#type: kind?,
            listed: values.iter().flatten().copied().collect(),
            values: values?,
            default: raw.default.as_ref().map(|it| &it.value),
            multiple: all_or_none(multiple)?.unwrap_or_default(),
            description: all_or_none(description)?,
            modules: all_or_none(modules)?.unwrap_or(true),
        };
        if let (Some(written), true) = (&raw.multiple, property.multiple)
            && property.r#type != PropertyType::Enum
        {
            let message = format!(
                "`{}` is not an enum, and cannot be `multiple`",
                property.name
            );
            let diagnostic = self.at(rules::BAD_PROPERTY, written.span, message);
            self.report(diagnostic.help("use `type: enum` or `list`, or remove `multiple`"));
            return None;
        }
        if let Some(default) = &raw.default
            && !self.fits(&property, default)
        {
            return None;
        }
        Some(property)
    }

    /// The values that an enum has, and nothing else may have.
    fn values_of_enum(
        &mut self,
        name: &Scalar<'a>,
        raw: &'a raw::Property<'a>,
        kind: Option<PropertyType>,
    ) -> Option<Vec<&'a str>> {
        let is_enum = kind == Some(PropertyType::Enum);
        if kind.is_some() && is_enum == raw.values.is_empty() {
            let (message, help) = if is_enum {
                (
                    format!("the enum `{}` has no `values`", name.value),
                    "list them, as in `values: [info, warning, error]`",
                )
            } else {
                (
                    format!("`{}` is not an enum, and cannot have `values`", name.value),
                    "use `type: enum`, or remove `values`",
                )
            };
            let span = raw.values.first().map_or(name.span, |value| value.span);
            self.report(self.at(rules::BAD_PROPERTY, span, message).help(help));
            return None;
        }
        let mut seen = HashSet::new();
        for value in &raw.values {
            if !seen.insert(value.value.as_ref()) {
                let message = format!("the value `{}` is listed twice", value.value);
                let diagnostic = self.at(rules::BAD_PROPERTY, value.span, message);
                self.report(diagnostic.help("remove one of the two"));
            }
        }
        let values: Vec<_> = raw.values.iter().map(|it| self.identifier(it)).collect();
        values.into_iter().collect()
    }

    /// The values of what stands in the catalogue as `raw`: its own, or else those that it inherits.
    pub(super) fn property_values(
        &mut self,
        raw: &'a raw::PropertyValues<'a>,
        inherited: &PropertyValues<'a>,
    ) -> PropertyValues<'a> {
        if raw.is_empty() {
            return Arc::clone(inherited);
        }
        let properties = Arc::clone(&self.properties);
        let mut values = inherited.to_vec();
        for (name, value) in raw {
            // One that is declared wrongly has been reported.
            match self.places.get(name.value.as_ref()).copied() {
                Some(Some(place)) if self.fits(&properties[place], value) => {
                    values[place] = Some(&value.value);
                }
                Some(_) => {}
                None => self.report_unknown(name),
            }
        }
        values.into()
    }

    fn report_unknown(&mut self, name: &Scalar<'a>) {
        let properties = Arc::clone(&self.properties);
        let known = || properties.iter().map(|it| it.name).take(MOST_NAMED);
        let help = did_you_mean(&name.value, known(), || {
            if properties.is_empty() {
                "declare it under `properties:` at the top of the catalogue".to_owned()
            } else {
                format!(
                    "declare it under `properties:` at the top, or {}",
                    use_one_of(known())
                )
            }
        });
        let message = format!("the property `{}` is not declared", name.value);
        self.report(
            self.at(rules::UNKNOWN_PROPERTY, name.span, message)
                .help(help),
        );
    }

    /// Whether a value has the type of its property. Reports it if not.
    fn fits(&mut self, property: &Property, written: &Spanned<Value>) -> bool {
        let misfit = match (&written.value, property.r#type) {
            (Value::String(value), PropertyType::Enum) if !property.multiple => {
                unlisted(property, value)
            }
            (Value::Array(items), PropertyType::Enum) if property.multiple => {
                let mut seen = HashSet::new();
                let mut wrong = items.iter().filter_map(|item| match item.as_str() {
                    Some(value) if !seen.insert(value) => Some((
                        format!("`{value}` stands here twice"),
                        "remove one of the two".to_owned(),
                    )),
                    Some(value) => unlisted(property, value),
                    None => Some(wrong_type(property)),
                });
                wrong.next()
            }
            (Value::String(_), PropertyType::String) | (Value::Bool(_), PropertyType::Boolean) => {
                None
            }
            (Value::Number(number), PropertyType::Integer)
                if number.as_i64().is_some_and(is_safe_integer) =>
            {
                None
            }
            (Value::Array(items), PropertyType::List) if items.iter().all(Value::is_string) => None,
            _ => Some(wrong_type(property)),
        };
        let Some((message, help)) = misfit else {
            return true;
        };
        self.report(
            self.at(rules::BAD_PROPERTY_VALUE, written.span, message)
                .help(help),
        );
        false
    }
}

/// What is wrong with a value that an enum does not have.
fn unlisted(property: &Property, value: &str) -> Option<(String, String)> {
    let known = || property.values.iter().copied().take(MOST_NAMED);
    (!property.listed.contains(value)).then(|| {
        let message = format!("`{value}` is not a value of `{}`", property.name);
        (
            message,
            did_you_mean(value, known(), || use_one_of(known())),
        )
    })
}

fn wrong_type(property: &Property) -> (String, String) {
    let (what, help) = match property.r#type {
        PropertyType::Enum if property.multiple => (
            "a list of its values",
            "write a list, as in `[one, another]`",
        ),
        PropertyType::Enum => ("one of its values", "write a single value"),
        PropertyType::String => ("a string", "quote it"),
        PropertyType::Integer => (
            "an integer within ±(2^53 − 1)",
            "write it in digits, without quotation marks",
        ),
        PropertyType::Boolean => ("`true` or `false`", "write it without quotation marks"),
        PropertyType::List => (
            "a list of strings",
            "write a list, and quote what would be a number or a boolean",
        ),
    };
    (
        format!("the value of `{}` is not {what}", property.name),
        help.to_owned(),
    )
}
