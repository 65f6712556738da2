//! Checks `publish`: what package registries are told.

use iri_string::types::IriAbsoluteStr;

use super::{Checker, MOST_TARGETS, all_or_none};
use crate::catalog::{Author, Publish, are_words};
use crate::diagnostic::{few, rules};
use crate::parse::MAX_NAME;
use crate::parse::raw::{self, Scalar};
use crate::target::{Entity, Origin, Target};

/// Whether a value is right.
type Test = fn(&str) -> bool;

impl<'a> Checker<'a, '_> {
    pub(super) fn publish(&mut self, raw: Option<&'a raw::Publish<'a>>) -> Option<Publish<'a>> {
        let Some(raw) = raw else {
            return Some(Publish::default());
        };
        let mut value = |scalar: &'a Option<Scalar<'a>>, test: Test, help: &str| {
            let scalar = scalar.as_ref();
            all_or_none(scalar.map(|scalar| self.publish_value(scalar, test, help)))
        };
        let name = value(
            &raw.name,
            |name| name.len() <= MAX_NAME && are_words(name, "-"),
            "use lower-case letters, digits and single hyphens: `shop-errors`",
        );
        let scope = value(
            &raw.scope,
            |scope| {
                scope
                    .strip_prefix('@')
                    .is_some_and(|it| is_dotted(it, "-_"))
            },
            "write it with its `@`, in lower-case letters, digits and single hyphens: `@acme`",
        );
        let group = value(
            &raw.group,
            |group| is_dotted(group, "-_"),
            "use words of lower-case letters and digits, joined by dots: `com.example`",
        );
        let namespace = value(
            &raw.namespace,
            is_namespace,
            "use words of lower-case letters and digits, joined by dots: `com.example.errors`",
        );
        let license = value(
            &raw.license,
            is_license,
            "write an SPDX expression: `MIT`, `Apache-2.0 OR MIT`",
        );
        let repository = value(
            &raw.repository,
            is_web_address,
            "write the `https` URL at which the repository can be read",
        );
        let authors: Vec<_> = raw
            .authors
            .iter()
            .map(|author| {
                let help = "write a name, or a name and an address: `API team <api@example.com>`";
                let whole =
                    self.publish_value(author, |text| parse_author(text).is_some(), help)?;
                parse_author(whole)
            })
            .collect();
        Some(Publish {
            name: name?,
            scope: scope?,
            group: group?,
            namespace: namespace?,
            license: license?,
            repository: repository?,
            authors: authors.into_iter().collect::<Option<_>>()?,
        })
    }

    fn publish_value(&mut self, scalar: &'a Scalar<'a>, test: Test, help: &str) -> Option<&'a str> {
        if test(&scalar.value) {
            return Some(&scalar.value);
        }
        let message = format!("package registries do not accept `{}` here", scalar.value);
        self.report(
            self.at(rules::BAD_PUBLISH_VALUE, scalar.span, message)
                .help(help),
        );
        None
    }
}

/// Checks that every target can write the namespace as it is: it is not for errgen to choose another.
pub fn check_namespace<'a>(
    checker: &mut Checker<'a, '_>,
    raw: &'a raw::Catalog<'a>,
    targets: &[&Target],
) {
    let namespace = raw.publish.as_ref().and_then(|it| it.namespace.as_ref());
    let Some(namespace) = namespace.filter(|it| is_namespace(&it.value)) else {
        return;
    };
    let reserved = targets.iter().filter_map(|target| {
        let manifest = &target.manifest;
        let rules = manifest.names.get(&Entity::Catalog).into_iter().flatten();
        let mut made = rules.filter(|(_, rule)| rule.of == Origin::Namespace);
        made.find_map(|(_, rule)| {
            let words = manifest.reserved_words(rule, &namespace.value);
            let words = words.iter().map(|word| format!("`{word}`"));
            let words: Vec<_> = words.collect();
            (!words.is_empty()).then(|| format!("{} in {}", words.join(", "), target.id))
        })
    });
    let reserved: Vec<_> = reserved.collect();
    if !reserved.is_empty() {
        let message = format!(
            "`{}` has reserved words: {}",
            namespace.value,
            few(reserved, MOST_TARGETS, "; ")
        );
        let diagnostic = checker.at(rules::BAD_PUBLISH_VALUE, namespace.span, message);
        checker.report(diagnostic.help("choose other words"));
    }
}

pub fn is_namespace(text: &str) -> bool {
    is_dotted(text, "_")
}

/// Whether a text is words that are joined by dots, or, within a word, by one of these characters.
fn is_dotted(text: &str, joints: &str) -> bool {
    text.len() <= MAX_NAME && text.split('.').all(|word| are_words(word, joints))
}

/// Whether a text has the form of an SPDX expression; the names of licences are not looked up.
fn is_license(text: &str) -> bool {
    let is_name = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b".-+".contains(&it))
    };
    let mut words = text.split(' ');
    let mut is_name_next = true;
    let is_right = words.all(|word| {
        let is_right = if is_name_next {
            is_name(word)
        } else {
            ["AND", "OR", "WITH"].contains(&word)
        };
        is_name_next = !is_name_next;
        is_right
    });
    is_right && !is_name_next && text.len() <= MAX_NAME
}

fn is_web_address(text: &str) -> bool {
    text.starts_with("https://") && text.is_ascii() && IriAbsoluteStr::new(text).is_ok()
}

/// `Name`, or `Name <address>`.
fn parse_author(text: &str) -> Option<Author<'_>> {
    let (name, email) = match text.split_once(" <") {
        Some((name, rest)) => (name, Some(rest.strip_suffix('>')?)),
        None => (text, None),
    };
    let is_address = |email: &str| {
        email
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
            && email
                .bytes()
                .all(|it| it.is_ascii_graphic() && !b"<>\"'\\,;".contains(&it))
    };
    let is_right = !name.trim().is_empty()
        && name.trim() == name
        && !name.contains(['<', '>', ','])
        && !name.contains(char::is_control)
        && email.is_none_or(is_address);
    is_right.then_some(Author { name, email })
}
