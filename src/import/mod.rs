//! Takes errors over from what a team has already: tables, lists, API documents and files of translations.

mod android;
mod delimited;
mod entry;
mod errors;
mod format;
mod gettext;
mod headings;
mod html;
mod identifiers;
mod list;
mod markdown;
mod openapi;
mod parameters;
mod properties;
mod row;
mod strings;
mod table;

mod catalog;
mod merge;
mod summary;

pub use catalog::{Head, catalog, sections_of};
pub use format::Format;
pub use headings::{Column, parse_column};
pub use merge::{Merged, merge};
pub use summary::{counted, guesses, summary};

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;

use crate::catalog::is_language_tag;
use crate::diagnostic::{Diagnostics, Source, SourceFile, Span, unless_any};
use errors::Errors;
use row::{Cell, Faults, KeyedText, Row, Sheet};

/// What the user says of the files.
#[derive(Default)]
pub struct Options<'o> {
    /// `None`: told from each file.
    pub format: Option<Format>,
    /// What columns have, by heading.
    pub columns: Vec<(String, Column)>,
    /// That of texts which do not say theirs.
    pub locale: Option<&'o str>,
    /// That of errors without one.
    pub http: Option<u16>,
    /// Of texts by key, only those whose keys begin so.
    pub prefix: &'o str,
    /// What texts by key are.
    pub role: Role,
    /// Whether there is no catalogue yet. Then each of their keys is an error, and all errors have a status, or none has.
    pub is_new: bool,
}

/// What a text by key is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// What the server sends.
    #[default]
    Message,
    /// What it means to a user.
    Description,
}

/// All that files say.
#[derive(Debug, Default)]
pub struct Import {
    pub errors: Errors,
    /// Texts by key, each in a locale.
    pub keyed: Vec<(String, KeyedText)>,
    /// How many rows were read.
    pub rows: usize,
    /// The headings of columns that were not taken over, each once.
    pub left_out: Vec<String>,
    /// How many texts with a form for each number were left out.
    pub plurals: usize,
    /// The first is that of texts which do not say theirs.
    pub locales: Vec<String>,
    pub is_locale_guessed: bool,
}

/// Reads all files of a source.
///
/// # Errors
///
/// Everything in them that is wrong, or could mean several things.
pub fn read(source: &Arc<Source>, options: &Options) -> Result<Import, Diagnostics> {
    let mut faults = Faults::new(source);
    let mut import = Import::default();
    let mut rows: Vec<Row> = Vec::new();
    for file in source.files() {
        let Some(format) = options.format.or_else(|| Format::of(file.path, file.text)) else {
            let start = file.start as usize;
            let help =
                "say what it is with `--format`; `errgen import --help` lists what can be imported";
            let span = Span::new(start..start);
            faults.report(span, "the name of this file does not say what it is", help);
            continue;
        };
        let mut sheet = read_file(file, format, options, &mut faults);
        let told = options.locale.map(str::to_owned);
        let language = sheet.language.take();
        let told = if format.has_keys() {
            told.or_else(|| locale_of_path(file.path))
                .or(language.clone())
        } else {
            told
        };
        import.is_locale_guessed |= told.is_none();
        // Headings are usually in the language of the texts below them.
        let locale = told.or(language).unwrap_or_else(|| "en".to_owned());
        for row in &mut sheet.rows {
            for (own, _) in row.descriptions.iter_mut().chain(&mut row.resolutions) {
                if own.is_empty() {
                    own.clone_from(&locale);
                }
                add_locale(&mut import.locales, own);
            }
            for (own, _) in &row.messages {
                if let Some(own) = own {
                    add_locale(&mut import.locales, own);
                }
            }
        }
        add_locale(&mut import.locales, &locale);
        import.rows += sheet.rows.len();
        import.plurals += sheet.plurals;
        rows.extend(sheet.rows);
        for heading in sheet.left_out {
            if !import.left_out.contains(&heading.value) {
                import.left_out.push(heading.value);
            }
        }
        let keyed = sheet.keyed.into_iter();
        let wanted = keyed.filter(|it| it.key.value.starts_with(options.prefix));
        import.keyed.extend(wanted.map(|it| (locale.clone(), it)));
    }
    if options.is_new {
        import.rows += import.keyed.len();
        rows.extend(rows_by_key(&import, options));
        import.keyed.clear();
    }
    import.errors = errors::errors(rows, options.http, &mut faults);
    if options.is_new {
        errors::refuse_lone_statuses(&import.errors.list, &mut faults);
    }
    unless_any(faults.found, import)
}

/// A row for each key, with the texts of all locales.
fn rows_by_key(import: &Import, options: &Options) -> Vec<Row> {
    let is_localised = import.locales.len() > 1;
    let mut rows: Vec<Row> = Vec::new();
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (locale, KeyedText { key, text }) in &import.keyed {
        let at = *by_key.entry(&key.value).or_insert_with(|| {
            let (code, id) = code_of(&key.value, options.prefix);
            let cell = |value: String| Cell {
                value,
                span: key.span,
            };
            rows.push(Row {
                span: key.span,
                code: Some(cell(code)),
                id: id.map(cell),
                ..Row::default()
            });
            rows.len() - 1
        });
        match options.role {
            Role::Message => {
                let locale = is_localised.then(|| locale.clone());
                rows[at].messages.push((locale, text.clone()));
            }
            Role::Description => rows[at].descriptions.push((locale.clone(), text.clone())),
        }
    }
    rows
}

/// The code that a key says, and the id. `error_1001` is of the error 1001, and any other key is a code itself.
fn code_of(key: &str, prefix: &str) -> (String, Option<String>) {
    let own = key.strip_prefix(prefix).unwrap_or(key);
    let own = own.trim_start_matches(['.', '_', '-']);
    let last = own.rsplit(['.', '_', '-']).next().unwrap_or(own);
    if !last.is_empty() && last.bytes().all(|it| it.is_ascii_digit()) {
        return (last.to_owned(), None);
    }
    (key.to_owned(), identifiers::of_name(own))
}

fn add_locale(locales: &mut Vec<String>, locale: &str) {
    if !locales.iter().any(|it| it == locale) {
        locales.push(locale.to_owned());
    }
}

fn read_file(file: SourceFile, format: Format, options: &Options, faults: &mut Faults) -> Sheet {
    let map = &options.columns;
    match format {
        Format::Markdown => markdown::read(file, map, faults),
        Format::Html => html::read(file, map, faults),
        Format::Csv => delimited::read(file, None, map, faults),
        Format::Tsv => delimited::read(file, Some(b'\t'), map, faults),
        Format::Json => list::read(file, map, faults),
        Format::Openapi => openapi::read(file, faults),
        Format::Strings => strings::read(file, faults),
        Format::Android => android::read(file, faults),
        Format::Properties => properties::read(file, faults),
        Format::Gettext => gettext::read(file, faults),
    }
}

/// The locale that a path names: `de.lproj/Errors.strings`, `values-zh-rTW/strings.xml`, `errors_pt_BR.properties`, `de.po`.
fn locale_of_path(path: &str) -> Option<String> {
    let path = Path::new(path);
    let folder = path.parent()?.file_name().and_then(|it| it.to_str());
    let folder = folder.unwrap_or_default();
    let stem = path.file_stem()?.to_str()?;
    let tag = |text: &str| {
        let tag = text.replace('_', "-");
        let is_short = tag.split('-').next().is_some_and(|it| it.len() <= 3);
        (is_short && is_language_tag(&tag)).then_some(tag)
    };
    if let Some(name) = folder.strip_suffix(".lproj") {
        return tag(name);
    }
    if let Some(name) = folder.strip_prefix("values-") {
        return tag(&name.replace("-r", "-"));
    }
    // `messages_pt_BR`: the language and the region after the name.
    let after = stem.match_indices(['_', '.', '-']).find_map(|(at, _)| {
        let rest = &stem[at + 1..];
        let parts = rest.split(['_', '-']);
        let is_region = |it: &str| it.len() == 2 || it.len() == 4;
        let mut others = parts.clone().skip(1);
        (parts.clone().next()?.len() <= 3 && others.all(is_region)).then(|| tag(rest))?
    });
    after.or_else(|| tag(stem)).or_else(|| tag(folder))
}

/// Where something stands: `api-errors.md:12`.
fn place(source: &Source, span: Span) -> String {
    let file = source.file_at(span.start);
    let name = Path::new(file.path).file_name().and_then(|it| it.to_str());
    let line = source.position(span.start).line;
    format!("{}:{line}", name.unwrap_or(file.path))
}
