//! HTTP archives, as browsers and proxies record them: read an entry at a time.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::findings::{Auditor, Spot};
use super::progress::Progress;
use super::record::{Record, text_of};
use super::time::seconds_of;
use crate::diagnostic::Position;
use crate::find::LossyText;

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "startedDateTime")]
    started: Option<LossyText>,
    response: Option<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<Header>,
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Header {
    name: LossyText,
    value: LossyText,
}

#[derive(Deserialize)]
struct Content {
    text: Option<LossyText>,
    encoding: Option<LossyText>,
}

/// Reads an archive.
pub fn read(
    auditor: &mut Auditor,
    path: &Arc<str>,
    input: impl Read,
    progress: &Progress,
) -> serde_json::Result<bool> {
    let counter = Counter::default();
    let input = Counted {
        input,
        counter: &counter,
        progress,
    };
    let mut archive = Archive {
        auditor,
        path,
        counter: &counter,
        has_entries: false,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    Members {
        name: "log",
        inner: Members {
            name: "entries",
            inner: Entries,
        },
    }
    .read(&mut archive, &mut deserializer)?;
    deserializer.end()?;
    Ok(archive.has_entries)
}

/// What is done while an archive is read.
struct Archive<'s, 'c> {
    auditor: &'s mut Auditor<'c>,
    path: &'s Arc<str>,
    counter: &'s Counter,
    has_entries: bool,
}

/// Reads a value into an archive.
trait Step: Copy {
    fn read<'de, D: Deserializer<'de>>(
        self,
        archive: &mut Archive,
        deserializer: D,
    ) -> Result<(), D::Error>;
}

/// A step as what serde calls.
struct Seed<'s, 'a, 'c, S> {
    step: S,
    archive: &'s mut Archive<'a, 'c>,
}

impl<'de, S: Step> DeserializeSeed<'de> for Seed<'_, '_, '_, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.step.read(self.archive, deserializer)
    }
}

/// One member of an object.
#[derive(Clone, Copy)]
struct Members<S> {
    name: &'static str,
    inner: S,
}

impl<S: Step> Step for Members<S> {
    fn read<'de, D: Deserializer<'de>>(
        self,
        archive: &mut Archive,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_map(Seed {
            step: self,
            archive,
        })
    }
}

impl<'de, S: Step> Visitor<'de> for Seed<'_, '_, '_, Members<S>> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "an object with `{}`", self.step.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<LossyText>()? {
            if key.0 == self.step.name {
                map.next_value_seed(Seed {
                    step: self.step.inner,
                    archive: self.archive,
                })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The list of entries.
#[derive(Clone, Copy)]
struct Entries;

impl Step for Entries {
    fn read<'de, D: Deserializer<'de>>(
        self,
        archive: &mut Archive,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_seq(Seed {
            step: self,
            archive,
        })
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_, '_, Entries> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.archive.has_entries = true;
        loop {
            let place = Cell::new(None);
            let entry = Placed {
                counter: self.archive.counter,
                place: &place,
                entry: PhantomData,
            };
            let Some(entry) = list.next_element_seed(entry)? else {
                return Ok(());
            };
            let position = place.get().unwrap_or(Position { line: 1, column: 1 });
            self.archive.entry(entry, position);
        }
    }
}

impl Archive<'_, '_> {
    fn entry(&mut self, entry: Entry, position: Position) {
        let Some(response) = entry.response else {
            self.auditor.totals.others += 1;
            return;
        };
        // A request that was given up has the status 0.
        let status = u16::try_from(response.status).ok();
        let status = status.filter(|status| *status >= 100);
        let body = response.content.and_then(|content| {
            let is_base64 = content
                .encoding
                .is_some_and(|it| it.0.eq_ignore_ascii_case("base64"));
            Some(text_of(content.text?.0, is_base64))
        });
        if status.is_none() && body.is_none() {
            self.auditor.totals.others += 1;
            return;
        }
        let headers = response.headers.into_iter();
        let record = Record {
            status,
            headers: headers.map(|it| (it.name.0, it.value.0)).collect(),
            body,
            time: entry.started.and_then(|it| seconds_of(&it.0)),
        };
        self.auditor.response(&record, &|| Spot {
            path: Arc::clone(self.path),
            position,
        });
    }
}

/// An entry, and where it begins.
struct Placed<'s> {
    counter: &'s Counter,
    place: &'s Cell<Option<Position>>,
    entry: PhantomData<Entry>,
}

impl<'de> DeserializeSeed<'de> for Placed<'_> {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Placed<'_> {
    type Value = Entry;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an entry of an archive")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
        // The brace that opens it was read last.
        self.place.set(Some(self.counter.position()));
        Entry::deserialize(MapAccessDeserializer::new(map))
    }
}

/// Lines and columns that were read.
#[derive(Default)]
struct Counter {
    /// Line breaks.
    lines: Cell<usize>,
    /// Characters since the last one.
    characters: Cell<usize>,
}

impl Counter {
    /// Of the character that was read last.
    fn position(&self) -> Position {
        Position {
            line: self.lines.get() + 1,
            column: self.characters.get().max(1),
        }
    }
}

/// Counts what is read. The parser takes single bytes, so that it is exact.
struct Counted<'s, R> {
    input: R,
    counter: &'s Counter,
    progress: &'s Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        for byte in &buffer[..length] {
            if *byte == b'\n' {
                self.counter.lines.set(self.counter.lines.get() + 1);
                self.counter.characters.set(0);
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                self.counter
                    .characters
                    .set(self.counter.characters.get() + 1);
            }
        }
        self.progress.advance(length);
        Ok(length)
    }
}
