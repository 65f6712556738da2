//! Turns raw values into a valid catalogue, or reports everything that is wrong with them.
//!
//! A check says nothing where a value is absent: the parser, or an earlier check, has already reported it.

mod acronyms;
mod blocks;
mod capacity;
mod codes;
mod errors;
mod explanations;
mod ids;
mod inherited;
mod letters;
mod lints;
mod names;
mod namespaces;
mod properties;
mod publish;
mod requirement;
mod reserved;
mod reuse;
mod scalars;
mod targets;
mod texts;
mod wire;

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::{
    Catalog, Category, Group, Localised, Property, PropertyValues, TRANSPORTS, Transport,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, Source, Span, push, rules};
use crate::include::Explanations;
use crate::parse::raw;
use crate::target::Target;
use explanations::Explained;
use inherited::{Inherited, Status};

pub use requirement::too_old;
pub use targets::{EnabledTarget, RETIRED, RETIRED_VALUES, default_folder, enable_targets};

/// How many targets a message names.
const MOST_TARGETS: usize = 10;

/// Checks a catalogue, with the explanations that have been read, against itself and against the targets that it is for.
///
/// # Errors
///
/// Adds everything that is wrong to `diagnostics`. There is a catalogue only if nothing is wrong.
pub fn validate<'a>(
    source: &Arc<Source>,
    raw: &'a raw::Catalog<'a>,
    explanations: &'a Explanations,
    targets: &[EnabledTarget],
    diagnostics: &mut Diagnostics,
) -> Option<Catalog<'a>> {
    let before = diagnostics.len();
    let mut checker = Checker {
        source,
        diagnostics,
        locales: Vec::new(),
        declared: HashMap::new(),
        fallback: "",
        transport: Transport::Http,
        properties: Arc::default(),
        places: HashMap::new(),
        explanations: Explained::new(explanations),
        has_parameters: wire::has_parameters(raw),
        item_depth: wire::item_depth(raw),
    };
    let catalog = checker.catalog(raw);
    let targets: Vec<&Target> = targets.iter().map(|it| &*it.target).collect();
    names::check(&mut checker, raw, &targets);
    capacity::check(&mut checker, raw, &targets);
    publish::check_namespace(&mut checker, raw, &targets);
    catalog.filter(|_| diagnostics.len() == before)
}

/// The state of one validation: its diagnostics, and what every text is checked against.
struct Checker<'a, 'd> {
    source: &'d Arc<Source>,
    diagnostics: &'d mut Vec<Diagnostic>,
    locales: Vec<&'a str>,
    /// The index of each locale.
    declared: HashMap<&'a str, usize>,
    fallback: &'a str,
    transport: Transport,
    /// The properties that are declared rightly.
    properties: Arc<[Property<'a>]>,
    /// The place of each declared property among them, by name; `None` for one that is declared wrongly.
    places: HashMap<&'a str, Option<usize>>,
    explanations: Explained<'a>,
    /// Whether responses have parameters beside their messages.
    has_parameters: bool,
    /// How deep in a body the items of a list are.
    item_depth: usize,
}

impl<'a> Checker<'a, '_> {
    /// A diagnostic at a span of the catalogue.
    fn at(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, self.source, span, message)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        push(self.diagnostics, diagnostic);
    }

    fn catalog(&mut self, raw: &'a raw::Catalog<'a>) -> Option<Catalog<'a>> {
        self.locales = self.declared_locales(raw);
        self.declared = self.locales.iter().copied().zip(0..).collect();
        self.fallback = self.fallback_locale(raw);
        if let (Some(id), false) = (&raw.catalog, raw.has_errors) {
            let message = "missing key `categories` or `include` in the catalogue";
            self.report(self.at(rules::MISSING_KEY, id.span, message));
        }
        let id = raw.catalog.as_ref().and_then(|id| self.identifier(id));
        let version = raw
            .version
            .as_ref()
            .and_then(|version| self.version(version));
        let title = self.plain_localised(raw.title.as_ref());
        let transport = raw.transport.as_ref();
        let transport = transport.map(|it| self.one_of("transport", TRANSPORTS, it));
        // Where it is not known which was meant, no error lacks a status, and none has one too many.
        self.transport = transport.flatten().unwrap_or(Transport::Http);
        let acronyms = self.acronyms(&raw.acronyms);
        let are_properties_valid = self.declare_properties(&raw.properties);
        let docs_url = raw.docs_url.as_ref().map(|url| self.docs_url(url));
        let code_kind = self.codes(raw);
        let pattern = docs_url.as_ref().and_then(Option::as_ref);
        let wire = self.wire(raw, code_kind, pattern);
        let publish = self.publish(raw.publish.as_ref());
        self.lints(raw);
        self.ids(raw);
        self.successors(raw);
        let categories: Vec<_> = raw
            .categories
            .iter()
            .map(|raw| self.category(raw))
            .collect();
        Some(Catalog {
            id: id?,
            version: version?,
            title: title?,
            locales: self.locales.clone(),
            fallback: self.fallback,
            transport: self.transport,
            acronyms,
            properties: are_properties_valid.then(|| Arc::clone(&self.properties))?,
            docs_url: all_or_none(docs_url)?,
            code_kind: code_kind?,
            wire: wire?,
            publish: publish?,
            categories: categories.into_iter().collect::<Option<_>>()?,
            meta: &raw.meta,
        })
    }

    fn category(&mut self, raw: &'a raw::Category<'a>) -> Option<Category<'a>> {
        if let Some(id) = &raw.id
            && raw.errors.is_empty()
            && raw.groups.is_empty()
            && !raw.has_list
        {
            self.report(self.at(
                rules::MISSING_KEY,
                id.span,
                "missing key `groups` or `errors` in a category",
            ));
        }
        let id = raw.id.as_ref().and_then(|id| self.identifier(id));
        let title = self.plain_localised(raw.title.as_ref());
        let defaults: PropertyValues = self.properties.iter().map(|it| it.default).collect();
        let inherited = Inherited {
            http: self.status_or(raw.http.as_ref(), raw.has_http, Status::Absent),
            retry: self.retry_or(raw.retry.as_ref(), None),
            properties: self.property_values(&raw.properties, &defaults),
        };
        let errors: Vec<_> = raw
            .errors
            .iter()
            .map(|raw| self.error(raw, &inherited))
            .collect();
        let groups: Vec<_> = raw
            .groups
            .iter()
            .map(|raw| self.group(raw, &inherited))
            .collect();
        Some(Category {
            id: id?,
            title: title?,
            codes: raw.codes.as_ref().and_then(reserved::read_codes),
            retry: inherited.retry,
            errors: errors.into_iter().collect::<Option<_>>()?,
            groups: groups.into_iter().collect::<Option<_>>()?,
            meta: &raw.meta,
        })
    }

    fn group(&mut self, raw: &'a raw::Group<'a>, inherited: &Inherited<'a>) -> Option<Group<'a>> {
        let id = raw.id.as_ref().and_then(|id| self.identifier(id));
        let title = self.plain_localised(raw.title.as_ref());
        let inherited = Inherited {
            http: self.status_or(raw.http.as_ref(), raw.has_http, inherited.http),
            retry: self.retry_or(raw.retry.as_ref(), inherited.retry),
            properties: self.property_values(&raw.properties, &inherited.properties),
        };
        let errors: Vec<_> = raw
            .errors
            .iter()
            .map(|raw| self.error(raw, &inherited))
            .collect();
        Some(Group {
            id: id?,
            title: title?,
            codes: raw.codes.as_ref().and_then(reserved::read_codes),
            retry: inherited.retry,
            errors: errors.into_iter().collect::<Option<_>>()?,
            meta: &raw.meta,
        })
    }

    /// A text without parameters, such as a title.
    fn plain_localised(&mut self, raw: Option<&'a raw::Localised<'a>>) -> Option<Localised<'a>> {
        self.localised(raw?, texts::Placeholders::AreText)
    }
}

/// `Some(None)` if a field is absent, `None` if it is present but invalid.
#[expect(
    clippy::option_option,
    reason = "absent and invalid are different here"
)]
fn all_or_none<T>(field: Option<Option<T>>) -> Option<Option<T>> {
    match field {
        None => Some(None),
        Some(value) => value.map(Some),
    }
}
