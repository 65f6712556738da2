//! A catalogue of all that was imported.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::Import;
use super::entry::{GUESSED, Style, lines, text_entry};
use super::errors::NewError;
use super::identifiers::{self, Id, numbered, unique};
use crate::diagnostic::Source;
use crate::edit::scalar;

/// What a catalogue says of itself.
pub struct Head<'h> {
    pub id: &'h str,
    pub title: &'h str,
    /// The names of the files.
    pub files: &'h [String],
}

/// A heading with its errors and the headings within.
#[derive(Default)]
struct Section<'i> {
    title: Option<&'i str>,
    errors: Vec<&'i NewError>,
    groups: Vec<Section<'i>>,
}

/// The text of the catalogue.
pub fn catalog(source: &Source, import: &Import, head: &Head) -> String {
    let mut text = String::new();
    let fallback = &import.locales[0];
    let guessed = if import.is_locale_guessed {
        GUESSED
    } else {
        ""
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "# yaml-language-server: $schema=.errgen/catalog.schema.json\n\
         # Imported from {}. What errgen had to guess is marked: where it is right, delete the mark.\n\n\
         errgen: {{ format: 1 }}\n\
         catalog: {}\n\
         version: 0.1.0\n\
         title: {{ {} }}\n\
         locales: [{}]{guessed}\n",
        head.files.join(", "),
        scalar(head.id),
        text_entry(fallback, head.title),
        import.locales.join(", "),
    );
    if import.errors.list.iter().all(|error| error.http.is_none()) {
        let _ = writeln!(text, "transport: none{GUESSED}");
    }
    text.push_str("\ncategories:\n");
    let style = Style {
        source,
        has_integers: import.errors.are_integers,
        is_new: false,
        fallback,
    };
    let mut taken = HashSet::new();
    for (at, category) in sections(&import.errors.list).iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        section(
            &mut text,
            category,
            ("category", at + 1),
            2,
            &style,
            &mut taken,
        );
        write_errors(&mut text, &category.errors, 4, &style);
        if category.groups.is_empty() {
            continue;
        }
        text.push_str("    groups:\n");
        let mut taken = HashSet::new();
        for (at, group) in category.groups.iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            section(&mut text, group, ("group", at + 1), 6, &style, &mut taken);
            write_errors(&mut text, &group.errors, 8, &style);
        }
    }
    text
}

/// The id that a title makes, or else a number.
pub fn section_id(
    title: Option<&str>,
    otherwise: (&str, usize),
    taken: &mut HashSet<String>,
) -> Id {
    let (what, number) = otherwise;
    let number = number.to_string();
    let id = match title {
        None => Some("errors".to_owned()),
        Some(title) => identifiers::of_title(title),
    };
    let id = Id {
        text: id.unwrap_or_else(|| numbered(what, &number)),
        is_guessed: true,
    };
    unique(id, &number, taken)
}

fn section(
    text: &mut String,
    section: &Section,
    otherwise: (&str, usize),
    indent: usize,
    style: &Style,
    taken: &mut HashSet<String>,
) {
    let id = scalar(&section_id(section.title, otherwise, taken).text);
    let title = text_entry(style.fallback, section.title.unwrap_or("Errors"));
    let mark = if section.title.is_none() { GUESSED } else { "" };
    let _ = write!(
        text,
        "{:indent$}- id: {id}{GUESSED}\n{:indent$}  title: {{ {title} }}{mark}\n",
        "", ""
    );
}

fn write_errors(text: &mut String, errors: &[&NewError], indent: usize, style: &Style) {
    if errors.is_empty() {
        return;
    }
    let _ = writeln!(text, "{:indent$}errors:", "");
    for (at, error) in errors.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        for (number, line) in lines(error, style).iter().enumerate() {
            let lead = if number == 0 { "- " } else { "  " };
            let _ = writeln!(text, "{:indent$}  {lead}{line}", "");
        }
    }
}

/// The number of categories and of groups, whose ids are guessed from their titles.
pub fn sections_of(errors: &[NewError]) -> (usize, usize) {
    let categories = sections(errors);
    let groups = categories.iter().map(|it| it.groups.len()).sum();
    (categories.len(), groups)
}

/// Categories and groups in the order in which they appear.
fn sections(errors: &[NewError]) -> Vec<Section<'_>> {
    let mut categories = Sections::default();
    let mut groups: Vec<Sections> = Vec::new();
    for error in errors {
        let at = categories.of(error.category.as_deref());
        if groups.len() == at {
            groups.push(Sections::default());
        }
        let list = match error.group.as_deref() {
            Some(group) => {
                let group = groups[at].of(Some(group));
                &mut groups[at].list[group].errors
            }
            None => &mut categories.list[at].errors,
        };
        list.push(error);
    }
    for (category, groups) in categories.list.iter_mut().zip(groups) {
        category.groups = groups.list;
    }
    categories.list
}

/// Sections, each title once.
#[derive(Default)]
struct Sections<'i> {
    list: Vec<Section<'i>>,
    by_title: HashMap<Option<&'i str>, usize>,
}

impl<'i> Sections<'i> {
    /// The place of a section, which is made for the first of its errors.
    fn of(&mut self, title: Option<&'i str>) -> usize {
        *self.by_title.entry(title).or_insert_with(|| {
            self.list.push(Section {
                title,
                ..Section::default()
            });
            self.list.len() - 1
        })
    }
}
