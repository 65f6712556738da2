//! What an import adds to a catalogue that is there already: new errors, and texts that it lacks. What the catalogue says stays.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::catalog::section_id;
use super::entry::{GUESSED, Style, lines, text_entry};
use super::errors::{NewCase, NewError};
use super::identifiers;
use super::parameters::{Parameter, template};
use super::row::{Cell, KeyedText};
use super::{Import, Role, code_of};
use crate::catalog::{self, Catalog, CodeKind, Codes, Messages, Transport};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Severity, Source, Span, push, rules};
use crate::edit::{add_entry, add_locale, append, insert, insert_after, scalar};
use crate::parse::raw::{self, Localised};
use std::sync::Arc;

/// What to change, and what is left as it is.
#[derive(Default)]
pub struct Merged {
    /// Some may touch: those that cannot be made are made by the next merge.
    pub fixes: Vec<Fix>,
    /// How many errors are new.
    pub added: usize,
    /// How many texts are filled in.
    pub filled: usize,
    /// Where the files say something else than the catalogue.
    pub conflicts: Diagnostics,
    /// How many those are, also where not all are kept.
    pub conflict_count: usize,
    /// How many texts by key belong to no error.
    pub strangers: usize,
}

/// An error of the catalogue: as it is written, and what it means.
#[derive(Clone, Copy)]
struct Known<'k> {
    raw: &'k raw::Error<'k>,
    error: &'k catalog::Error<'k>,
}

/// A text for a locale.
struct Fill<'n> {
    locale: &'n str,
    text: String,
    /// Where the files say it.
    place: Span,
}

/// The errors of a category or a group, to which new ones can be added.
struct List<'m> {
    id: &'m str,
    /// The code of the last one.
    last: Span,
    /// Whether errors without a status have that of the category or the group.
    has_status: bool,
    /// Whether it may have the code of the new one.
    has_code: bool,
}

struct Merge<'m> {
    /// The catalogue's text.
    source: &'m Source,
    /// The imported files.
    files: &'m Arc<Source>,
    catalog: &'m Catalog<'m>,
    by_code: HashMap<String, Known<'m>>,
    by_id: HashMap<&'m str, Known<'m>>,
    merged: Merged,
    /// The locales of texts that are filled in.
    locales: Vec<String>,
}

/// Compares a catalogue with what was imported.
pub fn merge(
    source: &Source,
    raw: &raw::Catalog,
    catalog: &Catalog,
    files: &Arc<Source>,
    import: &Import,
    role: Role,
) -> Merged {
    // A valid catalogue has the same errors as its text, in the same order.
    let known: Vec<Known> = raw
        .errors()
        .zip(catalog.errors())
        .map(|(raw, (_, _, error))| Known { raw, error })
        .collect();
    let mut merge = Merge {
        source,
        files,
        catalog,
        by_code: known
            .iter()
            .map(|it| (it.error.code.text().into_owned(), *it))
            .collect(),
        by_id: known.iter().map(|it| (it.error.id, *it)).collect(),
        merged: Merged::default(),
        locales: Vec::new(),
    };
    let mut new = Vec::new();
    for error in &import.errors.list {
        let own_id = (!error.id.is_guessed).then_some(error.id.text.as_str());
        let same = merge.by_code.get(&error.code);
        let same = same.or_else(|| merge.by_id.get(own_id?)).copied();
        match same {
            Some(known) => merge.compare(known, error),
            None => new.push(error),
        }
    }
    for (key, texts) in by_key(import) {
        merge.keyed(key, &texts, role);
    }
    merge.add(raw, &new, import.errors.are_integers);
    let locales = std::mem::take(&mut merge.locales);
    for locale in locales {
        if let Ok(fix) = add_locale(source, raw, &locale) {
            merge.merged.fixes.push(fix);
        }
    }
    merge.merged
}

/// The texts of each key, in the order of the keys.
fn by_key(import: &Import) -> Vec<(&str, Vec<(&str, &Cell)>)> {
    let mut keys: Vec<(&str, Vec<(&str, &Cell)>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (locale, KeyedText { key, text }) in &import.keyed {
        let at = *places.entry(&key.value).or_insert_with(|| {
            keys.push((&key.value, Vec::new()));
            keys.len() - 1
        });
        keys[at].1.push((locale, text));
    }
    keys
}

impl<'m> Merge<'m> {
    fn compare(&mut self, known: Known<'m>, error: &NewError) {
        let id = known.error.id;
        if error.code != known.error.code.text() {
            let message = format!(
                "`{id}` has the code {} in the catalogue",
                known.error.code.text()
            );
            return self.conflict(error.span, message);
        }
        if let (Some(own), Some(theirs)) = (known.error.http, error.http)
            && own != theirs
        {
            let message =
                format!("`{id}` has the HTTP status {own} in the catalogue, and {theirs} here");
            self.conflict(error.span, message);
        }
        for case in &error.cases {
            self.compare_case(known, case);
        }
    }

    fn compare_case<'n>(&mut self, known: Known<'m>, new: &'n NewCase) {
        let own = known.error.messages.all();
        let shapes: Vec<String> = own
            .map(|(message, _)| shape(message.text.value()))
            .collect();
        let mut at = 0;
        let mut messages = new.messages.iter();
        if new.is_message_guessed {
            if shapes.len() > 1 {
                return self.conflict(new.span, several_messages(known.error.id));
            }
        } else if let Some((_, message)) =
            messages.find(|(locale, _)| self.is_wire(locale.as_deref()))
        {
            let wanted = shape(&message.text);
            let Some(same) = shapes.iter().position(|it| *it == wanted) else {
                let message = format!(
                    "`{}` has another message in the catalogue: {}",
                    known.error.id,
                    known
                        .error
                        .messages
                        .all()
                        .next()
                        .map_or("", |(it, _)| it.text.value())
                );
                return self.conflict(new.span, message);
            };
            at = same;
        }
        let own: Vec<String> = parameters_of(known.error, at);
        // The same values have other names there.
        let theirs = new.messages.first();
        let theirs = theirs.map_or(&[] as &[_], |(_, it)| it.parameters.as_slice());
        if theirs.len() > own.len() {
            let id = known.error.id;
            let message = format!("this text has more values than the message of `{id}`");
            return self.conflict(new.span, message);
        }
        let names: HashMap<_, _> = theirs.iter().map(|it| it.name.as_str()).zip(&own).collect();
        let renamed = |text: &str| with_names(text, |name| names.get(name).map(|it| it.as_str()));
        let fills = |texts: &'n [(String, String)]| -> Vec<Fill<'n>> {
            let fills = texts.iter().map(|(locale, text)| Fill {
                locale,
                text: renamed(text),
                place: new.span,
            });
            fills.collect()
        };
        self.fill(known, Part::Description(at), &fills(&new.descriptions));
        self.fill(known, Part::Resolution, &fills(&new.resolutions));
        let others = new.messages.iter().filter_map(|(locale, message)| {
            let locale = locale.as_deref().filter(|it| !self.is_wire(Some(it)))?;
            Some(Fill {
                locale,
                text: renamed(&message.text),
                place: new.span,
            })
        });
        let others: Vec<_> = others.collect();
        self.fill(known, Part::Message(at), &others);
    }

    /// Whether a message in a locale is the one that an error is known by.
    fn is_wire(&self, locale: Option<&str>) -> bool {
        locale.is_none_or(|locale| locale == self.catalog.fallback)
    }

    /// The error that a key of translators names: its code or its id, with or without words around it.
    fn named_by(&self, key: &str) -> Option<Known<'m>> {
        let (code, id) = code_of(key, "");
        let last = key.rsplit(['.', '/']).next();
        let last = last.and_then(identifiers::of_name);
        let ids = [id, last.clone(), last.as_deref().map(without_affixes)];
        let mut ids = ids.iter().flatten();
        let known = self.by_code.get(&code);
        known
            .or_else(|| ids.find_map(|id| self.by_id.get(id.as_str())))
            .copied()
    }

    fn keyed(&mut self, key: &str, texts: &[(&str, &Cell)], role: Role) {
        let Some(known) = self.named_by(key) else {
            self.merged.strangers += 1;
            return;
        };
        let id = known.error.id;
        if known.error.messages.all().nth(1).is_some() {
            return self.conflict(texts[0].1.span, several_messages(id));
        }
        let names = parameters_of(known.error, 0).into_iter();
        let parameters: Vec<_> = names.map(Parameter::named).collect();
        let mut fills = Vec::new();
        for (locale, text) in texts {
            let template = match template(&text.value, &[], &parameters) {
                Ok(template) => template,
                Err(message) => {
                    self.conflict(text.span, message.to_owned());
                    continue;
                }
            };
            let is_known = |it: &Parameter| parameters.iter().any(|own| own.name == it.name);
            if let Some(other) = template.parameters.iter().find(|it| !is_known(it)) {
                let message = if other.is_named_by_guess {
                    format!("this text has more values than the message of `{id}`")
                } else {
                    format!("`{id}` has no parameter `{}`", other.name)
                };
                self.conflict(text.span, message);
                continue;
            }
            fills.push(Fill {
                locale,
                text: template.text,
                place: text.span,
            });
        }
        let part = match role {
            Role::Message => Part::Message(0),
            Role::Description => Part::Description(0),
        };
        self.fill(known, part, &fills);
    }

    /// Fills in the texts that a part of an error lacks.
    fn fill(&mut self, known: Known<'m>, part: Part, fills: &[Fill]) {
        let Some(first) = fills.first() else { return };
        let (id, name) = (known.error.id, part.name());
        match part.of(known.raw) {
            Written::Texts(texts) => {
                for fill in fills {
                    self.fill_in(known, part, texts, fill);
                }
            }
            Written::Other => {
                let message = format!("`{id}` has one {name} for all languages in the catalogue");
                self.conflict(first.place, message);
            }
            Written::Nothing(places) => {
                let fallback = self.catalog.fallback;
                if !fills.iter().any(|fill| fill.locale == fallback) {
                    let message = format!(
                        "`{id}` has no {name} in `{fallback}`, on which readers of other languages fall back"
                    );
                    return self.conflict(first.place, message);
                }
                let entries = fills.iter().map(|it| text_entry(it.locale, &it.text));
                let value = format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "));
                let edit = match part {
                    Part::Description(_) if !known.raw.cases.is_empty() => {
                        insert_after(self.source, places, None, name, &value)
                    }
                    _ => insert(self.source, known.raw, name, &value),
                };
                self.filled(edit, fills, id);
            }
        }
    }

    /// Fills in a text in one more locale.
    fn fill_in(&mut self, known: Known<'m>, part: Part, texts: &Localised, fill: &Fill) {
        let (id, name, locale) = (known.error.id, part.name(), fill.locale);
        let there = |wanted: &str| {
            let mut texts = texts.value.iter();
            texts.find_map(|(tag, text)| (tag.value == wanted).then_some(&text.value))
        };
        if let Some(own) = there(locale) {
            if *own != fill.text {
                let message =
                    format!("`{id}` has another {name} in `{locale}` in the catalogue: {own}");
                self.conflict(fill.place, message);
            }
            return;
        }
        let fallback = self.catalog.fallback;
        if let Some(own) = there(fallback)
            && names_in(own) != names_in(&fill.text)
        {
            let message = format!(
                "this {name} of `{id}` uses other parameters than the one in `{fallback}`: {own}"
            );
            return self.conflict(fill.place, message);
        }
        let missing = texts.missing.iter().find(|(tag, _)| tag.value == locale);
        let edit = match missing {
            Some((_, null)) => Some(Edit {
                span: *null,
                text: scalar(&fill.text),
            }),
            None => add_entry(self.source, texts, &text_entry(locale, &fill.text)),
        };
        self.filled(edit, std::slice::from_ref(fill), id);
    }

    fn filled(&mut self, edit: Option<Edit>, fills: &[Fill], id: &str) {
        let Some(edit) = edit else {
            let message = format!("`{id}` is written in a way that errgen does not edit");
            return self.conflict(fills[0].place, message);
        };
        self.merged.filled += fills.len();
        self.merged.fixes.push(Fix {
            description: format!("fill in a text of {id}"),
            edits: vec![edit],
        });
        for Fill { locale, .. } in fills {
            let is_known =
                self.catalog.locales.contains(locale) || self.locales.iter().any(|it| it == locale);
            if !is_known {
                self.locales.push((*locale).to_owned());
            }
        }
    }

    fn conflict(&mut self, span: Span, message: String) {
        let diagnostic = Diagnostic::at(rules::IMPORT_CONFLICT, self.files, span, message);
        let diagnostic = Diagnostic {
            severity: Severity::Warning,
            ..diagnostic.help("the catalogue stays as it is: change one of the two by hand")
        };
        self.merged.conflict_count += 1;
        push(&mut self.merged.conflicts, diagnostic);
    }

    /// Adds new errors to the group that has their title or their range, or else in a category of their own.
    fn add(&mut self, raw: &raw::Catalog, new: &[&NewError], are_integers: bool) {
        let has_integers = self.catalog.code_kind == CodeKind::Integer;
        let style = Style {
            source: self.files,
            has_integers,
            is_new: true,
            fallback: self.catalog.fallback,
        };
        let mut lists: BTreeMap<Span, Vec<&NewError>> = BTreeMap::new();
        let mut sections: Vec<(Option<&str>, Vec<&NewError>)> = Vec::new();
        let mut by_title: HashMap<Option<&str>, usize> = HashMap::new();
        let mut taken: HashSet<&str> = self.by_id.keys().copied().collect();
        for error in new {
            if has_integers && !are_integers && error.code.parse::<i64>().is_err() {
                let message = format!(
                    "`{}` is not an integer, as the codes of the catalogue are",
                    error.code
                );
                self.conflict(error.span, message);
                continue;
            }
            let list = self.list_of(raw, error);
            if self.refuse(error, list.as_ref(), &mut taken) {
                continue;
            }
            self.merged.added += 1;
            if let Some(list) = list {
                lists.entry(list.last).or_default().push(error);
                continue;
            }
            let title = error.category.as_deref();
            let at = *by_title.entry(title).or_insert_with(|| {
                sections.push((title, Vec::new()));
                sections.len() - 1
            });
            sections[at].1.push(error);
        }
        for (last, errors) in lists {
            let items: Vec<_> = errors.iter().map(|error| lines(error, &style)).collect();
            self.append(last, &items, &errors);
        }
        self.add_sections(raw, &sections, &style);
    }

    /// Reports what keeps a new error from being added.
    fn refuse<'n>(
        &mut self,
        error: &'n NewError,
        list: Option<&List>,
        taken: &mut HashSet<&'n str>,
    ) -> bool
    where
        'm: 'n,
    {
        let id = error.id.text.as_str();
        let has_status = error.http.is_some()
            || self.catalog.transport == Transport::None
            || list.is_some_and(|list| list.has_status);
        let message = if !has_status {
            format!("`{id}` is new, and has no HTTP status: say `--http 400`, for example")
        } else if let Some(list) = list.filter(|list| !list.has_code) {
            let codes = "are outside the codes of the category or the group with this title";
            format!("new codes such as {} {codes}, `{}`", error.code, list.id)
        } else if !taken.insert(id) {
            format!("`{id}` is the id of another error in the catalogue")
        } else {
            self.warn_of_texts(error);
            return false;
        };
        self.conflict(error.span, message);
        true
    }

    /// Reports a description that is left out, as there is none to fall back on.
    fn warn_of_texts(&mut self, error: &NewError) {
        let fallback = self.catalog.fallback;
        let lacks_fallback = |case: &&NewCase| {
            let mut texts = case.descriptions.iter();
            !case.descriptions.is_empty() && !texts.any(|(locale, _)| locale == fallback)
        };
        if let Some(case) = error.cases.iter().find(lacks_fallback) {
            let message = format!(
                "`{}` is added without a description, as there is none in `{fallback}`",
                error.id.text
            );
            self.conflict(case.span, message);
        }
    }

    /// Adds categories after the last one.
    fn add_sections(
        &mut self,
        raw: &raw::Catalog,
        sections: &[(Option<&str>, Vec<&NewError>)],
        style: &Style,
    ) {
        let mut ids = raw.categories.iter().filter_map(|it| it.id.as_ref());
        let Some(last) = ids.next_back().filter(|_| !sections.is_empty()) else {
            return;
        };
        let count = self.catalog.categories.len();
        let ids = self.catalog.categories.iter().map(|it| it.id.to_owned());
        let mut ids: HashSet<String> = ids.collect();
        let items = sections
            .iter()
            .enumerate()
            .map(|(at, (title, errors))| section(*title, errors, at + 1 + count, style, &mut ids));
        let items: Vec<_> = items.collect();
        let errors = sections.iter().flat_map(|(_, errors)| errors).copied();
        self.append(last.span, &items, &errors.collect::<Vec<_>>());
    }

    /// Adds items with errors to a list.
    fn append(&mut self, last: Span, items: &[Vec<String>], errors: &[&NewError]) {
        if let Some(edit) = append(self.source, last, items) {
            return self.merged.fixes.push(Fix {
                description: "add errors".to_owned(),
                edits: vec![edit],
            });
        }
        self.merged.added -= errors.len();
        let message =
            "the list that this error belongs to is written in a way that errgen does not edit";
        for error in errors {
            self.conflict(error.span, message.to_owned());
        }
    }

    /// The list that a new error belongs to: by the title of its group and of its category, and then by their ranges.
    fn list_of(&self, raw: &raw::Catalog, error: &NewError) -> Option<List<'m>> {
        let mut lists: Vec<(u8, List)> = Vec::new();
        for (written, category) in raw.categories.iter().zip(&self.catalog.categories) {
            let is_wanted = is_called(&category.title, category.id, error.category.as_deref());
            let has_code = reserves(category.codes.as_ref(), &error.code);
            for (written_group, group) in written.groups.iter().zip(&category.groups) {
                let has_code_in_group = reserves(group.codes.as_ref(), &error.code);
                let is_group_wanted = is_called(&group.title, group.id, error.group.as_deref());
                let Some(last) = last_of(&written_group.errors) else {
                    continue;
                };
                let rank = match (is_wanted, is_group_wanted, has_code_in_group) {
                    (true, true, _) => 0,
                    (true, false, Some(true)) => 1,
                    (false, _, Some(true)) => 3,
                    _ => continue,
                };
                let of_group = List {
                    id: group.id,
                    last,
                    has_status: written.has_http || written_group.has_http,
                    has_code: has_code_in_group.or(has_code).unwrap_or(true),
                };
                lists.push((rank, of_group));
            }
            let rank = match (is_wanted, has_code) {
                (true, _) => 2,
                (false, Some(true)) => 4,
                _ => continue,
            };
            let group = written.groups.last();
            let own = last_of(&written.errors).map(|last| (last, written.has_http));
            let inner = group.and_then(|group| {
                let has_status = written.has_http || group.has_http;
                Some((last_of(&group.errors)?, has_status))
            });
            let Some((last, has_status)) = own.or(inner) else {
                continue;
            };
            let of_category = List {
                id: category.id,
                last,
                has_status,
                has_code: has_code.unwrap_or(true),
            };
            lists.push((rank, of_category));
        }
        let first = lists.into_iter().min_by_key(|(rank, _)| *rank);
        first.map(|(_, list)| list)
    }
}

/// Whether a category or a group is called so, by its id or by its title in some language.
fn is_called(titles: &catalog::Localised, id: &str, wanted: Option<&str>) -> bool {
    let Some(wanted) = wanted else { return false };
    let mut texts = titles.texts.iter();
    id == wanted || texts.any(|(_, text)| text.value().eq_ignore_ascii_case(wanted))
}

/// Whether a code is among those that are reserved. `None` if none are.
fn reserves(codes: Option<&Codes>, code: &str) -> Option<bool> {
    Some(match codes? {
        Codes::Range(range) => code.parse().is_ok_and(|code| range.contains(code)),
        Codes::Prefix(prefix) => code.starts_with(*prefix),
    })
}

/// The code of the last error in a list.
fn last_of(errors: &[raw::Error]) -> Option<Span> {
    Some(errors.last()?.code.as_ref()?.span)
}

/// The lines of a category with its errors.
fn section(
    title: Option<&str>,
    errors: &[&NewError],
    number: usize,
    style: &Style,
    taken: &mut HashSet<String>,
) -> Vec<String> {
    let id = scalar(&section_id(title, ("category", number), taken).text);
    let title = text_entry(style.fallback, title.unwrap_or("Errors"));
    let mut all = vec![
        format!("id: {id}{GUESSED}"),
        format!("title: {{ {title} }}"),
        "errors:".to_owned(),
    ];
    for error in errors {
        for (number, line) in lines(error, style).iter().enumerate() {
            let lead = if number == 0 { "- " } else { "  " };
            all.push(format!("  {lead}{line}"));
        }
    }
    all
}

/// Which texts of an error.
#[derive(Clone, Copy)]
enum Part {
    Message(usize),
    /// Of the error, or of one of its cases.
    Description(usize),
    Resolution,
}

/// How the texts of a part are written.
enum Written<'w> {
    Texts(&'w Localised<'w>),
    /// One text for all locales.
    Other,
    /// Nothing, and the values that the key can be written after.
    Nothing(Vec<Span>),
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Description(_) => "description",
            Self::Resolution => "resolution",
        }
    }

    fn of<'w>(self, error: &'w raw::Error<'w>) -> Written<'w> {
        let case = |at: usize| error.cases.get(at);
        let texts = match self {
            Self::Message(at) => {
                let message = case(at).map_or(error.message.as_ref(), |case| case.message.as_ref());
                return match message {
                    Some(raw::Message::Localised(texts)) => Written::Texts(texts),
                    _ => Written::Other,
                };
            }
            Self::Description(at) => {
                case(at).map_or(error.description.as_ref(), |case| case.description.as_ref())
            }
            Self::Resolution => error.resolution.as_ref(),
        };
        let Some(texts) = texts else {
            let id = match self {
                Self::Description(at) => case(at).and_then(|case| case.id.as_ref()),
                _ => None,
            };
            return Written::Nothing(id.map(|id| id.span).into_iter().collect());
        };
        Written::Texts(texts)
    }
}

/// The names of the parameters of a message, in the order of its text.
fn parameters_of(error: &catalog::Error, at: usize) -> Vec<String> {
    let message = match &error.messages {
        Messages::One { message, .. } => Some(message),
        Messages::Cases(cases) => cases.get(at).map(|case| &case.message),
    };
    let mut names: Vec<String> = Vec::new();
    for name in message
        .into_iter()
        .flat_map(|message| message.text.parameters())
    {
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn several_messages(id: &str) -> String {
    format!("`{id}` has several messages in the catalogue, and this may belong to any of them")
}

/// A template without the names of its values.
fn shape(template: &str) -> String {
    with_names(template, |_| Some(""))
}

/// The names of the values in a template.
fn names_in(template: &str) -> BTreeSet<String> {
    let text = catalog::Text::parse(template.into()).ok();
    let names = text.iter().flat_map(catalog::Text::parameters);
    names.map(str::to_owned).collect()
}

/// A template with other names for its values. `None` leaves a name as it is.
fn with_names<'n>(template: &str, other: impl Fn(&str) -> Option<&'n str>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at + 1);
        text.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('{') {
            text.push('{');
            rest = after;
        } else if let Some(end) = rest.find('}') {
            let name = &rest[..end];
            text.push_str(other(name).unwrap_or(name));
            rest = &rest[end..];
        }
    }
    text + rest
}

/// An id without the words that translators' keys have around it.
fn without_affixes(id: &str) -> String {
    let inner = id
        .strip_prefix("error_")
        .or_else(|| id.strip_prefix("err_"))
        .unwrap_or(id);
    inner.strip_suffix("_error").unwrap_or(inner).to_owned()
}
