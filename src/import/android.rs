//! Android's files of strings: `<string name="key">text</string>`.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::row::{Cell, Faults, KeyedText, Sheet};
use crate::diagnostic::{SourceFile, Span};

pub fn read(file: SourceFile, faults: &mut Faults) -> Sheet {
    let mut sheet = Sheet::default();
    let mut reader = Reader::from_str(file.text);
    reader.config_mut().check_end_names = true;
    let start = file.start as usize;
    let mut open: Option<(Cell, String)> = None;
    let mut depth = 0_usize;
    loop {
        let from = offset(reader.buffer_position());
        let event = reader.read_event();
        let to = offset(reader.buffer_position());
        let span = Span::new(start + from..start + to.max(from));
        let text = match event {
            Ok(Event::Start(tag)) => {
                depth += 1;
                sheet.plurals += usize::from(tag.name().as_ref() == "plurals");
                if tag.name().as_ref() == "string" && open.is_none() {
                    let name = tag.try_get_attribute("name").ok().flatten();
                    let Some(name) = name else {
                        let help = "write `<string name=\"KEY\">`";
                        faults.report(span, "this string has no name", help);
                        return Sheet::default();
                    };
                    let key = Cell {
                        value: name.value.clone().into_owned(),
                        span,
                    };
                    open = Some((key, String::new()));
                }
                continue;
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                if tag.name().as_ref() == "string"
                    && let Some((key, text)) = open.take()
                {
                    let text = Cell {
                        value: unescape(&text),
                        span: key.span,
                    };
                    sheet.keyed.push(KeyedText { key, text });
                }
                continue;
            }
            Ok(Event::Text(text)) => text.to_string(),
            Ok(Event::CData(text)) => text.to_string(),
            Ok(Event::GeneralRef(name)) => character(&name).unwrap_or_default(),
            Ok(Event::Eof) if depth == 0 => break,
            Ok(Event::Eof) => {
                let help = "close each tag";
                faults.report(span, "the file ends before its tags are closed", help);
                return Sheet::default();
            }
            Ok(_) => continue,
            Err(error) => {
                let at = offset(reader.error_position());
                let span = Span::new(start + at..start + at);
                faults.report(span, format!("this is not XML: {error}"), "mend it");
                return Sheet::default();
            }
        };
        if let Some((_, whole)) = &mut open {
            whole.push_str(&text);
        }
    }
    sheet
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The character that `&name;` stands for.
fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned)
}

/// A text as a device shows it: without quotation marks around it, and with spaces as one.
fn unescape(text: &str) -> String {
    let trimmed = text.trim();
    let quoted = trimmed
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'));
    let inner = match quoted {
        Some(inner) => inner.to_owned(),
        None => trimmed.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut value = String::new();
    let mut characters = inner.chars();
    while let Some(it) = characters.next() {
        if it != '\\' {
            value.push(it);
            continue;
        }
        match characters.next() {
            Some('n') => value.push('\n'),
            Some('t') => value.push('\t'),
            Some('u') => {
                let digits: String = characters.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok();
                value.extend(code.and_then(char::from_u32));
            }
            Some(other) => value.push(other),
            None => {}
        }
    }
    value
}
