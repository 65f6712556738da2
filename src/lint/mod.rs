//! Finds likely mistakes in a catalogue. Each rule is a function; the catalogue sets the level of each.

mod errors;
mod history;
mod reading;
mod retry;
mod texts;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::catalog::{Catalog, LEVELS, Level, meaning_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Severity, Source, Span, push, rules};
use crate::parse::raw::{self, Scalar};

/// Checks a catalogue against all lints, except those that it allows. Returns warnings, or errors for lints that it denies.
/// Without the valid `catalog`, some lints are not looked for. Of exemptions from changes, those at the `changed` places are used;
/// without them, nothing is said of any.
pub fn lint(
    source: &Arc<Source>,
    raw: &raw::Catalog,
    catalog: Option<&Catalog>,
    changed: Option<&[Span]>,
) -> Diagnostics {
    let mut linter = Linter::new(source, raw, catalog);
    linter.judges_changes = changed.is_some();
    linter.used.extend(changed.into_iter().flatten());
    for (rule, find) in LINTS {
        if linter.level(rule) != Level::Allow {
            find(&mut linter);
        }
    }
    linter.finish()
}

type Find = fn(&mut Linter<'_>);

/// All lints except the one for exemptions, which must come last.
const LINTS: &[(&Rule, Find)] = &[
    (rules::MISSING_TRANSLATION, texts::missing_translation),
    (rules::DUPLICATE_MESSAGE, errors::duplicate_message),
    (rules::PRINTF_PLACEHOLDER, texts::foreign_placeholder),
    (rules::MARKUP_IN_TEXT, texts::markup_in_text),
    (
        rules::RETRY_CONTRADICTS_STATUS,
        retry::retry_contradicts_status,
    ),
    (rules::LONE_STATUS, errors::lone_status),
    (
        rules::DESCRIPTION_REPEATS_MESSAGE,
        texts::description_repeats_message,
    ),
    (rules::INVISIBLE_CHARACTER, texts::invisible_character),
    (rules::SURROUNDING_SPACE, texts::surrounding_space),
    (rules::DOUBLED_WORD, texts::doubled_word),
    (rules::ID_REPEATS_PARENT, errors::id_repeats_parent),
    (
        rules::DEPRECATED_WITHOUT_SUCCESSOR,
        errors::deprecated_without_successor,
    ),
    (rules::BAD_LINK, texts::bad_link),
    (rules::VERSIONS_OUT_OF_ORDER, history::versions_out_of_order),
    (rules::VERSION_IN_THE_FUTURE, history::version_in_the_future),
    (rules::SUCCESSOR_CYCLE, history::successor_cycle),
    (rules::STATUS_WITHOUT_BODY, errors::status_without_body),
    (rules::MESSAGE_NOT_READ_BACK, reading::message_not_read_back),
    (
        rules::SERVER_ERROR_WITHOUT_RETRY,
        retry::server_error_without_retry,
    ),
    (rules::RETRY_CONTRADICTS_TEXT, retry::retry_contradicts_text),
    (rules::TEXT_LOST_TO_COMMENT, texts::text_lost_to_comment),
    (rules::DEPRECATED_SUCCESSOR, history::deprecated_successor),
];

/// An error, with its category and group.
#[derive(Clone, Copy)]
struct Entry<'a> {
    category: &'a raw::Category<'a>,
    group: Option<&'a raw::Group<'a>>,
    /// The number of its category, and of its group in the category.
    heading: (usize, Option<usize>),
    raw: &'a raw::Error<'a>,
}

/// A text for readers, and the error that it belongs to.
#[derive(Clone, Copy)]
struct Text<'a> {
    scalar: &'a Scalar<'a>,
    owner: Option<Entry<'a>>,
    /// `None` for a message with one text for all locales.
    locale: Option<&'a str>,
    /// The declared parameters of a message. `None` for any other text.
    parameters: Option<&'a [raw::Parameter<'a>]>,
}

/// The state of one run: its input, and what it found.
struct Linter<'a> {
    source: &'a Arc<Source>,
    raw: &'a raw::Catalog<'a>,
    /// The same, if it is valid.
    catalog: Option<&'a Catalog<'a>>,
    // Shared, because lints report while they iterate over these.
    entries: Rc<[Entry<'a>]>,
    texts: Rc<[Text<'a>]>,
    /// The levels that the catalogue sets, by lint name.
    levels: HashMap<&'a str, Level>,
    found: Diagnostics,
    /// The exemptions that have been used, by the span of their rule.
    used: HashSet<Span>,
    /// Whether it is known which exemptions from changes are used.
    judges_changes: bool,
}

impl<'a> Linter<'a> {
    fn new(
        source: &'a Arc<Source>,
        raw: &'a raw::Catalog<'a>,
        catalog: Option<&'a Catalog<'a>>,
    ) -> Self {
        let categories = raw.categories.iter().enumerate();
        let entries: Rc<[_]> = categories.flat_map(entries_of).collect();
        let levels = raw.lint.iter();
        let levels = levels.filter_map(|(name, level)| {
            Some((name.value.as_ref(), meaning_of(LEVELS, &level.value)?))
        });
        Self {
            levels: levels.collect(),
            source,
            raw,
            catalog,
            texts: texts(raw, &entries),
            entries,
            found: Diagnostics::new(),
            used: HashSet::new(),
            judges_changes: false,
        }
    }

    fn level(&self, rule: &Rule) -> Level {
        let level = self.levels.get(rule.name).copied();
        level.unwrap_or(Level::Warn)
    }

    fn at(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, self.source, span, message)
    }

    /// Reports a diagnostic, unless its error is exempt.
    fn report(&mut self, owner: Option<Entry<'a>>, mut diagnostic: Diagnostic) {
        let exemptions = owner.iter().flat_map(|entry| &entry.raw.allow);
        let mut rules = exemptions.filter_map(|exemption| exemption.rule.as_ref());
        if let Some(exemption) = rules.find(|rule| rule.value == diagnostic.rule.name) {
            self.used.insert(exemption.span);
            return;
        }
        if self.level(diagnostic.rule) == Level::Deny {
            diagnostic.severity = Severity::Error;
        }
        push(&mut self.found, diagnostic);
    }

    /// Everything that was found, including unused exemptions.
    fn finish(mut self) -> Diagnostics {
        if self.level(rules::UNUSED_EXEMPTION) != Level::Allow {
            let exemptions = self.entries.iter().flat_map(|entry| &entry.raw.allow);
            let rules: Vec<_> = exemptions.filter_map(|it| it.rule.as_ref()).collect();
            for rule in rules {
                let is_change = Rule::find(&rule.value).is_some_and(Rule::is_change);
                let is_judged = self.judges_changes || !is_change;
                if is_judged && !self.used.contains(&rule.span) {
                    let message = format!("this exemption from `{}` is unused", rule.value);
                    let diagnostic = self.at(rules::UNUSED_EXEMPTION, rule.span, message);
                    self.report(None, diagnostic.help("remove the exemption"));
                }
            }
        }
        self.found
    }
}

/// The errors of a category: its own, then those of its groups.
fn entries_of<'a>(
    (number, category): (usize, &'a raw::Category<'a>),
) -> impl Iterator<Item = Entry<'a>> {
    let direct = category.errors.iter().map(move |raw| Entry {
        category,
        group: None,
        heading: (number, None),
        raw,
    });
    let groups = category.groups.iter().enumerate();
    let grouped = groups.flat_map(move |(place, group)| {
        group.errors.iter().map(move |raw| Entry {
            category,
            group: Some(group),
            heading: (number, Some(place)),
            raw,
        })
    });
    direct.chain(grouped)
}

/// All fields with texts by locale, each with its error.
fn localised<'a>(
    raw: &'a raw::Catalog<'a>,
    entries: &[Entry<'a>],
) -> Vec<(&'a raw::Localised<'a>, Option<Entry<'a>>)> {
    let own = raw.texts_by_locale().map(|field| (field, None));
    let errors = entries.iter().flat_map(|entry| {
        let fields = entry.raw.texts_by_locale();
        fields.map(move |field| (field, Some(*entry)))
    });
    own.chain(errors).collect()
}

/// All texts for readers.
fn texts<'a>(raw: &'a raw::Catalog<'a>, entries: &[Entry<'a>]) -> Rc<[Text<'a>]> {
    let messages = entries.iter().flat_map(|entry| {
        messages_with_parameters(entry).map(|(tag, scalar, parameters)| Text {
            scalar,
            owner: Some(*entry),
            locale: tag,
            parameters: Some(parameters),
        })
    });
    let fields = localised(raw, entries)
        .into_iter()
        .flat_map(|(field, owner)| {
            field.value.iter().map(move |(tag, scalar)| Text {
                scalar,
                owner,
                locale: Some(&tag.value),
                parameters: None,
            })
        });
    messages.chain(fields).collect()
}

/// The messages of an error, its own or those of its cases: each text with its locale, if it has one, and with the parameters.
fn messages_with_parameters<'a>(
    entry: &Entry<'a>,
) -> impl Iterator<Item = (Option<&'a str>, &'a Scalar<'a>, &'a [raw::Parameter<'a>])> + use<'a> {
    let raw = entry.raw;
    let own = raw.message.iter().map(|message| (message, &*raw.params));
    let cases = raw.cases.iter();
    let all = own.chain(cases.filter_map(|case| Some((case.message.as_ref()?, &*case.params))));
    all.flat_map(|(message, parameters)| {
        let texts = message.texts();
        texts.map(move |(tag, text)| (tag.map(|tag| tag.value.as_ref()), text, parameters))
    })
}
