//! Checks single values: ids, versions, statuses, locales and the like.

use std::collections::HashMap;

use semver::Version;

use super::Checker;
use crate::catalog::{RETRIES, Retry, Since, Text, is_identifier, is_language_tag, meaning_of};
use crate::diagnostic::{Rule, Span, did_you_mean, rules, use_one_of};
use crate::parse::raw::{self, Scalar};
use crate::parse::{MAX_NAME, NEXT};

/// A closed list of words, and the meaning of each.
type Words<T> = [(&'static str, T)];

/// How many locales a help lists, and compares with a misspelt one.
const MOST_NAMED: usize = 100;

const BOOLEANS: &Words<bool> = &[("true", true), ("false", false)];

impl<'a> Checker<'a, '_> {
    pub(super) fn identifier(&mut self, id: &'a Scalar<'a>) -> Option<&'a str> {
        if is_identifier(&id.value) {
            return self
                .has_length(rules::BAD_ID, &id.value, id.span)
                .then_some(&id.value);
        }
        let suggestion = heck::ToSnakeCase::to_snake_case(id.value.as_ref());
        let help = if is_identifier(&suggestion) {
            format!("write `{suggestion}`")
        } else {
            "use lower-case letters, digits and single underscores, starting with a letter"
                .to_owned()
        };
        self.report(
            self.at(
                rules::BAD_ID,
                id.span,
                format!("`{}` is not in `snake_case`", id.value),
            )
            .help(help),
        );
        None
    }

    /// Whether a value is short enough for files and types to be named after it. Reports it if not.
    pub(super) fn has_length(&mut self, rule: &'static Rule, text: &str, span: Span) -> bool {
        let length = text.len();
        if length > MAX_NAME {
            let message = format!("this is {length} bytes long, more than the {MAX_NAME} allowed");
            let diagnostic = self.at(rule, span, message);
            self.report(
                diagnostic.help("choose a shorter one: files and types are named after it"),
            );
        }
        length <= MAX_NAME
    }

    /// A released version, or the coming one.
    pub(super) fn since(&mut self, since: &'a Scalar<'a>) -> Option<Since<'a>> {
        if since.value == NEXT {
            return Some(Since::Next);
        }
        self.version(since).map(Since::Version)
    }

    pub(super) fn version(&mut self, version: &'a Scalar<'a>) -> Option<&'a str> {
        match Version::parse(&version.value) {
            Ok(_) => Some(&version.value),
            Err(error) => {
                self.report(
                    self.at(
                        rules::BAD_VERSION,
                        version.span,
                        format!("`{}` is not a SemVer version: {error}", version.value),
                    )
                    .help("write three numbers, as in `1.2.0`"),
                );
                None
            }
        }
    }

    pub(super) fn http_status(&mut self, status: &Scalar<'a>) -> Option<u16> {
        let number = status.value.parse::<u16>().ok();
        let number = number.filter(|number| (100..=599).contains(number));
        if number.is_none() {
            self.report(
                self.at(
                    rules::BAD_HTTP_STATUS,
                    status.span,
                    format!("`{}` is not an HTTP status", status.value),
                )
                .help("use a number from 100 to 599"),
            );
        }
        number
    }

    /// The retry class that is set, or the one that is inherited.
    pub(super) fn retry_or(
        &mut self,
        retry: Option<&Scalar<'a>>,
        inherited: Option<Retry>,
    ) -> Option<Retry> {
        let own = retry.and_then(|retry| self.one_of("retry class", RETRIES, retry));
        own.or(inherited)
    }

    pub(super) fn boolean(&mut self, value: &Scalar<'a>) -> Option<bool> {
        self.one_of("boolean", BOOLEANS, value)
    }

    pub(super) fn one_of<T: Copy>(
        &mut self,
        what: &str,
        words: &Words<T>,
        scalar: &Scalar<'a>,
    ) -> Option<T> {
        let found = meaning_of(words, &scalar.value);
        if found.is_some() {
            return found;
        }
        let names = || words.iter().map(|(word, _)| *word);
        let help = did_you_mean(&scalar.value, names(), || use_one_of(names()));
        self.report(
            self.at(
                rules::UNKNOWN_VALUE,
                scalar.span,
                format!("`{}` is not a {what}", scalar.value),
            )
            .help(help),
        );
        None
    }

    /// The locales that the catalogue declares, without invalid and repeated ones.
    pub(super) fn declared_locales(&mut self, raw: &'a raw::Catalog<'a>) -> Vec<&'a str> {
        let mut locales: Vec<&'a str> = Vec::new();
        let mut seen: HashMap<String, Span> = HashMap::new();
        for locale in raw.locales.iter().flatten() {
            if !is_language_tag(&locale.value) {
                self.report(
                    self.at(
                        rules::BAD_LOCALE,
                        locale.span,
                        format!("`{}` is not a BCP 47 language tag", locale.value),
                    )
                    .help("write a tag such as `en`, `zh-TW` or `sr-Latn-RS`"),
                );
                continue;
            }
            if !self.has_length(rules::BAD_LOCALE, &locale.value, locale.span) {
                continue;
            }
            let first = seen.entry(locale.value.to_ascii_lowercase());
            let first = *first.or_insert(locale.span);
            if first == locale.span {
                locales.push(&locale.value);
                continue;
            }
            self.report(
                self.at(
                    rules::BAD_LOCALE,
                    locale.span,
                    format!("the locale `{}` is declared twice", locale.value),
                )
                .related(first, "first declared here"),
            );
        }
        locales
    }

    /// The fallback locale. It is empty if there is none, which has then been reported.
    pub(super) fn fallback_locale(&mut self, raw: &'a raw::Catalog<'a>) -> &'a str {
        let first = self.locales.first().copied().unwrap_or_default();
        match &raw.fallback {
            Some(fallback) if self.is_declared(fallback) => &fallback.value,
            _ => first,
        }
    }

    /// Whether a tag is one of the catalogue's locales. Reports it if not.
    pub(super) fn is_declared(&mut self, tag: &Scalar<'a>) -> bool {
        if self.locales.is_empty() || self.declared.contains_key(tag.value.as_ref()) {
            return true;
        }
        let some = &self.locales[..self.locales.len().min(MOST_NAMED)];
        let help = did_you_mean(&tag.value, some.iter().copied(), || {
            let more = self.locales.len() - some.len();
            let more = (more > 0).then(|| format!(" and {more} more"));
            let more = more.unwrap_or_default();
            format!(
                "add it to `locales`, or {}{more}",
                use_one_of(some.iter().copied())
            )
        });
        self.report(
            self.at(
                rules::UNDECLARED_LOCALE,
                tag.span,
                format!("the locale `{}` is not declared in `locales`", tag.value),
            )
            .help(help),
        );
        false
    }

    pub(super) fn docs_url(&mut self, url: &'a Scalar<'a>) -> Option<Text<'a>> {
        let text = self.text(url)?;
        let names_error = text.parameters().any(|name| name == "code" || name == "id");
        let knows_all = text.parameters().all(|name| name == "code" || name == "id");
        let is_web = ["http://", "https://"]
            .iter()
            .any(|scheme| url.value.starts_with(scheme));
        let is_plain = !url
            .value
            .contains(|c: char| c.is_whitespace() || c.is_control());
        if names_error && knows_all && is_web && is_plain {
            return Some(text);
        }
        self.report(
            self.at(
                rules::BAD_DOCS_URL,
                url.span,
                "`docs_url` is not the URL of an error's page",
            )
            .help("write an `http` or `https` URL that contains `{code}` or `{id}`"),
        );
        None
    }
}
