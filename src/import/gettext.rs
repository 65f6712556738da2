//! Gettext's files of translations: `msgid` and `msgstr`.

use super::row::{Cell, Faults, KeyedText, Sheet};
use crate::diagnostic::{SourceFile, Span};

/// An entry as far as it is read.
#[derive(Default)]
struct Entry {
    context: Option<Cell>,
    id: Option<Cell>,
    text: Option<Cell>,
    is_fuzzy: bool,
    has_plural: bool,
}

/// The part of an entry that a line continues.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    None,
    Context,
    Id,
    Text,
    /// The text for another number, which a catalogue has no place for.
    Other,
}

pub fn read(file: SourceFile, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let mut entry = Entry::default();
    let mut part = Part::None;
    let mut at = file.start_of_text() as usize;
    let text = &file.text[at - file.start as usize..];
    for line in text.split('\n') {
        let span = Span::new(at..at + line.trim_end().len());
        at += line.len() + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            // What is obsolete stands in comments.
            if part == Part::Text || part == Part::Other {
                finish(std::mem::take(&mut entry), &mut sheet);
                part = Part::None;
            }
            entry.is_fuzzy |= line.starts_with("#,") && line.contains("fuzzy");
            continue;
        }
        let (next, quoted) = match line.split_once([' ', '\t', '"']) {
            Some((word, _)) => (word_part(word), line[word.len()..].trim_start()),
            None => (None, line),
        };
        if let Some(next) = next {
            let begins = matches!(next, Part::Context | Part::Id);
            if begins && (part == Part::Text || part == Part::Other) {
                finish(std::mem::take(&mut entry), &mut sheet);
            }
            part = next;
        }
        let Some(value) = unquote(quoted).filter(|_| part != Part::None) else {
            let help = "write `msgid \"…\"` and `msgstr \"…\"`, each line in quotation marks";
            faults.report(span, "this line is not one of a PO file", help);
            return Sheet::default();
        };
        let place = match part {
            Part::Context => &mut entry.context,
            Part::Id => &mut entry.id,
            Part::Text => &mut entry.text,
            Part::Other => {
                entry.has_plural |= begins_form(line);
                continue;
            }
            Part::None => continue,
        };
        let cell = place.get_or_insert_with(|| Cell {
            value: String::new(),
            span,
        });
        cell.value.push_str(&value);
    }
    finish(entry, &mut sheet);
    sheet
}

/// Whether a line begins the text for another number. A language without numbers has only the first.
fn begins_form(line: &str) -> bool {
    line.starts_with("msgstr[")
}

fn word_part(word: &str) -> Option<Part> {
    match word {
        "msgctxt" => Some(Part::Context),
        "msgid" => Some(Part::Id),
        "msgstr" | "msgstr[0]" => Some(Part::Text),
        "msgid_plural" => Some(Part::Other),
        word if word.starts_with("msgstr[") => Some(Part::Other),
        _ => None,
    }
}

fn unquote(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut value = String::new();
    let mut characters = inner.chars();
    while let Some(it) = characters.next() {
        match it {
            '"' => return None,
            '\\' => match characters.next()? {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => value.push('\r'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    Some(value)
}

fn finish(entry: Entry, sheet: &mut Sheet) {
    let (Some(id), Some(text)) = (entry.id, entry.text) else {
        return;
    };
    if id.value.is_empty() && entry.context.is_none() {
        // The head says which language it is in.
        let language = text
            .value
            .lines()
            .find_map(|line| line.strip_prefix("Language:"));
        sheet.language = language
            .map(|it| it.trim().replace('_', "-"))
            .filter(|it| !it.is_empty());
        return;
    }
    // What nobody has translated, or only guessed, says nothing.
    if entry.has_plural {
        sheet.plurals += 1;
    } else if !text.value.is_empty() && !entry.is_fuzzy {
        let key = entry.context.unwrap_or(id);
        sheet.keyed.push(KeyedText { key, text });
    }
}
