//! Checks texts: their braces, their locales, and that parameters are both declared and used.

use std::collections::{BTreeSet, HashSet};

use heck::ToSnakeCase;

use super::{Checker, all_or_none};
use crate::catalog::{
    Brace, Localised, PARAMETER_TYPES, Parameter, ParameterType, Piece, Pieces, Place, Source,
    Text, icu_argument, is_header_value, is_identifier,
};
use crate::diagnostic::{Span, did_you_mean, few, nearest, rules, use_one_of};
use crate::parse::MAX_NAME;
use crate::parse::raw::{self, Scalar};
use crate::prose::{fix, in_single_braces};

/// How many parameters to compare with a misspelt one.
const MOST_COMPARED: usize = 20;

/// How many parameters of a text a message names.
const MOST_NAMED: usize = 5;

/// What braces mean in a text.
#[derive(Clone, Copy)]
pub enum Placeholders<'r> {
    /// Nothing: titles and notes are plain text.
    AreText,
    /// They name one of these parameters.
    Name(&'r [raw::Parameter<'r>]),
    /// The same, in a message.
    OfMessage(&'r [raw::Parameter<'r>]),
}

impl<'a> Checker<'a, '_> {
    /// A single text with placeholders.
    pub(super) fn text(&mut self, scalar: &'a Scalar<'a>) -> Option<Text<'a>> {
        if !self.is_filled(scalar) {
            return None;
        }
        // Borrows from the raw value, which outlives the text.
        let template = std::borrow::Cow::Borrowed(scalar.value.as_ref());
        let brace = match Text::parse(template) {
            Ok(text) => return Some(text),
            Err(brace) => brace,
        };
        let (at, message) = match brace {
            Brace::Unclosed(at) => (at, "this brace is not closed"),
            Brace::Unopened(at) => (at, "this closing brace has no opening brace"),
            Brace::NotAName(at) => (at, "these braces do not contain the name of a parameter"),
        };
        let rest = &scalar.value[at..];
        let (message, help) = match icu_argument(rest.trim_start_matches('{')) {
            Some(_) if rest.starts_with('{') => (
                "these braces are of an ICU message, which errgen does not fill in",
                "write one text that fits every value, with `{name}` for the value".to_owned(),
            ),
            _ => (message, help_for_brace(rest)),
        };
        let span = scalar.part(self.source, at, 1);
        self.report(self.at(rules::UNCLOSED_BRACE, span, message).help(help));
        None
    }

    /// A text of a message, in which the values of `{0}` can be named.
    pub(super) fn message_text(
        &mut self,
        scalar: &'a Scalar<'a>,
        parameters: &[raw::Parameter],
        is_localised: bool,
    ) -> Option<Text<'a>> {
        let reported = self.diagnostics.len();
        let text = self.text(scalar);
        if let Some(diagnostic) = self.diagnostics.get_mut(reported) {
            let found = in_single_braces(&scalar.value);
            diagnostic.fix = fix(self.source, scalar, &found, parameters, is_localised);
        }
        text
    }

    pub(super) fn is_filled(&mut self, scalar: &Scalar<'a>) -> bool {
        let filled = !scalar.value.trim().is_empty();
        if !filled {
            self.report(
                self.at(rules::EMPTY_TEXT, scalar.span, "this text is empty")
                    .help("write the text, or remove the key"),
            );
        }
        filled
    }

    /// The texts of a field in all locales.
    pub(super) fn localised(
        &mut self,
        raw: &'a raw::Localised<'a>,
        placeholders: Placeholders<'_>,
    ) -> Option<Localised<'a>> {
        let mut texts: Vec<(&'a str, &'a Scalar<'a>, Text<'a>)> =
            Vec::with_capacity(raw.value.len());
        let mut fit = !raw.lacks_text;
        for (tag, _) in &raw.missing {
            fit &= self.is_declared(tag);
        }
        for (tag, scalar) in &raw.value {
            let declared = self.is_declared(tag);
            let text = match placeholders {
                Placeholders::AreText => self.is_filled(scalar).then(|| Text {
                    template: scalar.value.as_ref().into(),
                    pieces: Pieces::One(Piece::Literal(scalar.value.as_ref().into())),
                }),
                Placeholders::Name(_) => self.text(scalar),
                Placeholders::OfMessage(parameters) => self.message_text(scalar, parameters, true),
            };
            match text {
                Some(text) if declared => texts.push((&tag.value, scalar, text)),
                _ => fit = false,
            }
        }
        texts.sort_by_key(|(tag, ..)| self.declared.get(tag));
        if let Placeholders::Name(parameters) | Placeholders::OfMessage(parameters) = placeholders {
            self.check_locales(&texts);
            let texts = texts.iter().map(|(_, scalar, text)| (*scalar, text));
            self.check_declared(texts, parameters);
        }
        let fallback = texts.iter().position(|(tag, ..)| *tag == self.fallback);
        if fallback.is_none() && fit {
            self.report_missing_fallback(raw);
        }
        let texts = texts.into_iter().map(|(tag, _, text)| (tag, text));
        let mut texts: Vec<_> = texts.collect();
        // They reuse the memory of the larger tuples.
        texts.shrink_to_fit();
        Some(Localised {
            texts,
            fallback: fallback?,
        })
    }

    /// Reports that a text is missing in the fallback locale, unless that is not known.
    pub(super) fn report_missing_fallback(&mut self, raw: &raw::Localised) {
        let locale = self.fallback;
        if locale.is_empty() {
            return;
        }
        let first = raw.value.first().map(|(tag, _)| tag.span);
        let null = raw.missing.iter().find(|(tag, _)| tag.value == locale);
        let (place, help) = match null {
            Some((_, null)) => {
                let written = &self.source.text[null.range()];
                let help = format!("write a text; to mean `{written}`, quote it: `\"{written}\"`");
                (*null, help)
            }
            None => (
                first.unwrap_or(raw.span),
                format!("add it under `{locale}:`"),
            ),
        };
        self.report(
            self.at(
                rules::MISSING_FALLBACK_TEXT,
                place,
                format!("this text is missing in the fallback locale `{locale}`"),
            )
            .help(help),
        );
    }

    /// Checks that every locale of a text uses the same parameters as the first.
    fn check_locales(&mut self, texts: &[(&'a str, &'a Scalar<'a>, Text<'a>)]) {
        let Some(((first_tag, first_scalar, first), others)) = texts.split_first() else {
            return;
        };
        let names = |text: &Text| {
            text.parameters()
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        let list = |names: &BTreeSet<String>| match names.len() {
            0 => "no parameters".to_owned(),
            _ => few(
                names.iter().map(|name| format!("{{{name}}}")),
                MOST_NAMED,
                " and ",
            ),
        };
        let expected = names(first);
        let expected_list = list(&expected);
        for (tag, scalar, text) in others {
            let found = names(text);
            if found == expected {
                continue;
            }
            let message = format!(
                "the text in `{tag}` uses {}, but the one in `{first_tag}` uses {}",
                list(&found),
                expected_list
            );
            let related = first_scalar.span;
            self.report(
                self.at(rules::LOCALES_DIFFER, scalar.span, message)
                    .related(related, format!("the text in `{first_tag}`"))
                    .help("use the same parameters in every locale"),
            );
        }
    }

    /// Checks that every placeholder in some texts names a declared parameter.
    pub(super) fn check_declared<'t>(
        &mut self,
        texts: impl IntoIterator<Item = (&'t Scalar<'a>, &'t Text<'a>)>,
        parameters: &[raw::Parameter],
    ) where
        'a: 't,
    {
        let declared: HashSet<&str> = names(parameters).collect();
        for (scalar, text) in texts {
            if !text.parameters().all(|name| declared.contains(name)) {
                self.report_undeclared(scalar, text, parameters, &declared);
            }
        }
    }

    fn report_undeclared(
        &mut self,
        scalar: &Scalar<'a>,
        text: &Text<'a>,
        parameters: &[raw::Parameter],
        declared: &HashSet<&str>,
    ) {
        let mut reported = BTreeSet::new();
        for (name, span) in self.placeholders(scalar, text) {
            if declared.contains(name) || !reported.insert(name) {
                continue;
            }
            let help = match nearest(name, names(parameters).take(MOST_COMPARED)) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!(
                    "declare it with `params: {{ {name}: {{ type: string }} }}`, or write `{{{{` for a literal brace"
                ),
            };
            self.report(
                self.at(
                    rules::UNDECLARED_PARAMETER,
                    span,
                    format!("the parameter `{name}` is not declared"),
                )
                .help(help),
            );
        }
    }

    /// The placeholders of a text in order, with their places.
    fn placeholders<'t>(&self, scalar: &Scalar<'a>, text: &'t Text) -> Vec<(&'t str, Span)> {
        let shown_at = scalar.shown_at(self.source);
        let mut from = 0;
        let places = text.parameters().map(|name| {
            let placeholder = format!("{{{name}}}");
            let found = scalar.value[from..].find(&placeholder);
            let at = from + found.unwrap_or_default();
            from = found.map_or(from, |_| at + placeholder.len());
            (name, scalar.part_from(shown_at, at, placeholder.len()))
        });
        places.collect()
    }

    /// The parameters of a message, all of which it must use.
    pub(super) fn parameters(
        &mut self,
        raw: &'a [raw::Parameter<'a>],
        message: Option<&Text<'a>>,
    ) -> Option<Vec<Parameter<'a>>> {
        if let Some(message) = message {
            self.check_used(raw, message);
        }
        let parameters: Vec<_> = raw.iter().map(|raw| self.parameter(raw)).collect();
        parameters.into_iter().collect()
    }

    fn check_used(&mut self, raw: &'a [raw::Parameter<'a>], message: &Text<'a>) {
        let declared: HashSet<&str> = names(raw).collect();
        let used: BTreeSet<&str> = message
            .parameters()
            // A misspelt placeholder, which has already been reported, counts for the parameter that was meant.
            .map(|name| {
                if declared.contains(name) {
                    return name;
                }
                nearest(name, names(raw).take(MOST_COMPARED)).unwrap_or(name)
            })
            .collect();
        let has_other = self.has_parameters;
        let unread = raw.iter().filter(|it| it.at.is_none() && !has_other);
        for Scalar { value, span } in unread.map(|parameter| &parameter.name) {
            if used.contains(value.as_ref()) {
                continue;
            }
            let message = format!("the message does not use the parameter `{value}`");
            let help = format!("use `{{{value}}}` in the message, or remove it here");
            self.report(self.at(rules::UNUSED_PARAMETER, *span, message).help(help));
        }
    }

    fn parameter(&mut self, raw: &'a raw::Parameter<'a>) -> Option<Parameter<'a>> {
        let name = self.identifier(&raw.name);
        let r#type = raw
            .r#type
            .as_ref()
            .and_then(|scalar| self.parameter_type(scalar));
        let description = raw
            .description
            .as_ref()
            .map(|raw| self.localised(raw, Placeholders::AreText));
        let sensitive = raw.sensitive.as_ref().map(|scalar| self.boolean(scalar));
        let written = raw.example.as_ref();
        let example = r#type.and_then(|kind| self.example(&raw.name, written, kind));
        let (wire, at) = (self.wire_name(raw), self.own_place(raw));
        if let Some(place) = at.as_ref().and_then(Option::as_ref) {
            self.check_header(place, written);
        }
        Some(Parameter {
            name: name?,
            r#type: r#type?,
            example: example?,
            description: all_or_none(description)?,
            sensitive: sensitive.unwrap_or(Some(false))?,
            wire: wire?,
            at: at?,
        })
    }

    pub(super) fn parameter_type(&mut self, scalar: &Scalar<'a>) -> Option<ParameterType> {
        let found = PARAMETER_TYPES
            .iter()
            .find(|(name, _)| *name == scalar.value);
        if found.is_none() {
            let help = did_you_mean(
                &scalar.value,
                PARAMETER_TYPES.iter().map(|(name, _)| *name),
                || use_one_of(PARAMETER_TYPES.iter().map(|(name, _)| *name)),
            );
            self.report(
                self.at(
                    rules::UNKNOWN_PARAMETER_TYPE,
                    scalar.span,
                    format!("`{}` is not a parameter type", scalar.value),
                )
                .help(help),
            );
        }
        found.map(|(_, kind)| *kind)
    }

    /// Checks that an example can stand at its place.
    pub(super) fn check_header(&mut self, place: &Place<'a>, example: Option<&Scalar<'a>>) {
        let Some(example) = example.filter(|it| !is_header_value(&it.value)) else {
            return;
        };
        if matches!(place.source, Source::Header(_)) {
            let message = "this example cannot be the value of a header";
            let diagnostic = self.at(rules::BAD_EXAMPLE, example.span, message);
            self.report(diagnostic.help(
                "write a text that is not empty, without line breaks, and without spaces around it",
            ));
        }
    }

    /// The example, in the type of the parameter or the field. The default is its name, 1, 1.5 or true.
    pub(super) fn example(
        &mut self,
        name: &Scalar<'a>,
        example: Option<&Scalar<'a>>,
        kind: ParameterType,
    ) -> Option<serde_json::Value> {
        let Some(example) = example else {
            return Some(match kind {
                ParameterType::String => name.value.as_ref().into(),
                ParameterType::Integer => 1.into(),
                ParameterType::Number => 1.5.into(),
                ParameterType::Boolean => true.into(),
            });
        };
        let text = example.value.as_ref();
        let value = kind.read(text);
        if value.is_none() {
            self.report(self.at(
                rules::BAD_EXAMPLE,
                example.span,
                format!(
                    "the example `{text}` does not have the type `{}`",
                    kind.name()
                ),
            ));
        }
        value
    }
}

/// What to write in place of a brace that a text starts with, and of what is in it.
fn help_for_brace(text: &str) -> String {
    let Some(rest) = text.strip_prefix('{') else {
        return "write `}}` for a literal brace".to_owned();
    };
    let inner = rest.split(['{', '}']).next().unwrap_or_default().trim();
    if inner.len() == rest.len() {
        return "write `{{` for a literal brace".to_owned();
    }
    // `{0:N2}`, `{name!r}`: a position or a name, and how to write the value.
    let value = inner.split([':', '!', ',']).next().unwrap_or_default();
    if value.bytes().all(|it| it.is_ascii_digit()) {
        return "give the value a name, as in `{value}`, and declare it under `params:`".to_owned();
    }
    let is_of_name = |it: u8| it.is_ascii_alphanumeric() || b"_-. ".contains(&it);
    let name = value.to_snake_case();
    if value.len() <= MAX_NAME && value.bytes().all(is_of_name) && is_identifier(&name) {
        return format!("write `{{{name}}}`, or `{{{{` for a literal brace");
    }
    "use a name in `snake_case`, or write `{{` for a literal brace".to_owned()
}

/// The names of declared parameters.
fn names<'r>(parameters: &'r [raw::Parameter]) -> impl Iterator<Item = &'r str> {
    parameters
        .iter()
        .map(|parameter| parameter.name.value.as_ref())
}
