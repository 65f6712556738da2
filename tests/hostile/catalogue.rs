//! Catalogues with hostile texts in every field, each valid, and the same from the same seed.

#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};

use super::draw::Draw;
use super::explanations;
use super::languages::words;
use super::messages::{self, Said};
use super::properties;
use super::texts;

/// Locales, some of which are words of languages. The first is the fallback.
const LOCALES: [&[&str]; 5] = [
    &["en", "zh-TW"],
    &["do", "is"],
    &["zh-Hant-TW", "ar"],
    &["nil", "new"],
    &["as", "if", "var"],
];

/// How many errors a group and a category have.
const GROUP: usize = 20;
const CATEGORY: usize = 100;

/// How many properties a catalogue has at most.
const PROPERTIES: usize = 6;

/// A catalogue, and how many texts it has by the field that they stand in.
pub struct Catalogue {
    pub value: Value,
    pub counts: BTreeMap<&'static str, usize>,
    /// The files that it names: explanations, and beside each the texts that it shows, by their paths.
    pub files: BTreeMap<String, String>,
}

impl Catalogue {
    /// Writes the files that it names into its folder.
    pub fn write_files(&self, folder: &Path) {
        for (path, text) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    }
}

/// The seed of the catalogue in which texts of a million bytes stand.
const HUGE: u64 = 0;

/// Makes a catalogue with about as many texts. Those of odd seeds have integers for codes.
pub fn catalogue(seed: u64, texts: usize) -> Catalogue {
    let mut maker = Maker::new(seed);
    maker.declare_properties();
    // As many as an error has, on average.
    let errors = (texts / 7).max(1);
    let categories = (0..errors)
        .step_by(CATEGORY)
        .map(|first| maker.category(first..errors.min(first + CATEGORY)))
        .collect::<Vec<_>>();
    let mut catalogue = json!({
        "catalog": maker.catalogue_id,
        "version": "1.0.0",
        "title": maker.localised("titles", Maker::text),
        "locales": maker.locales,
        "docs_url": format!("https://example.com/it's/a'b/${{{{x}}}}/*/#{{{{y}}}}/{}", maker.pick(&["{code}", "{id}"])),
        "wire": maker.wire(),
        "properties": maker.properties,
        "meta": maker.meta(),
    });
    if !categories.is_empty() {
        catalogue["categories"] = categories.into();
    }
    Catalogue {
        value: catalogue,
        counts: maker.counts,
        files: maker.files,
    }
}

/// Draws from strategies, and remembers what may not come twice.
struct Maker {
    draw: Draw,
    text: BoxedStrategy<String>,
    code: BoxedStrategy<String>,
    id: BoxedStrategy<String>,
    /// Still to be ids of errors.
    words: Vec<&'static str>,
    catalogue_id: &'static str,
    locales: &'static [&'static str],
    has_integers: bool,
    has_huge: bool,
    codes: BTreeSet<String>,
    /// Names without their underscores, of errors with their cases, and of categories with their groups.
    names: [BTreeSet<String>; 2],
    /// The ids of the errors that are not retired.
    live: Vec<String>,
    /// As they are declared.
    properties: Value,
    counts: BTreeMap<&'static str, usize>,
    files: BTreeMap<String, String>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        let at = usize::try_from(seed).unwrap_or_default();
        let words = words();
        let catalogue_id = words[at * 37 % words.len()];
        let id = "[a-z][a-z0-9]{0,6}(_[a-z0-9]{1,5}){0,3}";
        let mut maker = Self {
            draw: Draw::new(seed),
            text: texts::text(),
            code: texts::code(),
            id: string_regex(id).expect("an expression").boxed(),
            words: Vec::new(),
            catalogue_id,
            locales: LOCALES[at % LOCALES.len()],
            has_integers: seed % 2 == 1,
            has_huge: seed == HUGE,
            codes: BTreeSet::new(),
            names: [
                BTreeSet::new(),
                BTreeSet::from([catalogue_id.replace('_', "")]),
            ],
            live: Vec::new(),
            properties: json!({}),
            counts: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        maker.words = maker.draw(&Just(words).prop_shuffle());
        maker
    }

    fn draw<T: std::fmt::Debug>(&mut self, strategy: &impl Strategy<Value = T>) -> T {
        self.draw.of(strategy)
    }

    fn pick<T: Copy + std::fmt::Debug + 'static>(&mut self, values: &'static [T]) -> T {
        self.draw.pick(values)
    }

    /// Whether something happens that does so once in so many times.
    fn once_in(&mut self, times: u32) -> bool {
        self.draw.once_in(times)
    }

    fn text(&mut self) -> String {
        let text = self.text.clone();
        self.draw(&text)
    }

    /// Counts a text of a field.
    fn count(&mut self, field: &'static str, texts: usize) {
        *self.counts.entry(field).or_default() += texts;
    }

    /// A text for each locale.
    fn localised(
        &mut self,
        field: &'static str,
        mut text: impl FnMut(&mut Self) -> String,
    ) -> Value {
        let locales = self.locales;
        self.count(field, locales.len());
        let texts = locales
            .iter()
            .map(|locale| ((*locale).to_owned(), text(self).into()));
        Value::Object(texts.collect())
    }

    /// A text with some of the parameters.
    fn templates(&mut self, field: &'static str, parameters: &[String]) -> Value {
        let used: Vec<_> = parameters
            .iter()
            .filter(|_| !self.once_in(3))
            .cloned()
            .collect();
        self.localised(field, |maker| {
            let parts = used
                .iter()
                .map(|name| messages::literal(&maker.text()) + &format!("{{{name}}}"));
            let parts = parts.collect::<String>();
            parts + &messages::literal(&maker.text())
        })
    }

    /// An id that no other gets the name of, with what comes before it in its names.
    fn new_id(&mut self, names: usize, qualifier: &str) -> String {
        let strategy = self.id.clone();
        loop {
            let word = if qualifier.is_empty() {
                self.words.pop()
            } else {
                None
            };
            let id = word.map_or_else(|| self.draw(&strategy), str::to_owned);
            if self.names[names].insert(format!("{qualifier}{id}").replace('_', "")) {
                return id;
            }
        }
    }

    /// An id that is a word wherever that is free.
    fn word_id(&mut self, names: usize, qualifier: &str) -> String {
        for _ in 0..5 {
            let all = words();
            let word = self.draw(&select(all));
            if self.names[names].insert(format!("{qualifier}{word}").replace('_', "")) {
                return word.to_owned();
            }
        }
        self.new_id(names, qualifier)
    }

    /// One of each type. No parameter has such a name.
    fn declare_properties(&mut self) {
        let text = self.text.clone();
        for number in 0..PROPERTIES {
            let name = self.draw(&select(words())).to_owned() + "_value";
            let mut own: Vec<_> = words().into_iter().map(str::to_owned).collect();
            own.rotate_left(self.draw.of(&(0..100_usize)));
            let mut property = properties::declared(&mut self.draw, number, own, &text);
            property["description"] = self.localised("properties", Self::text);
            self.properties[name] = property;
        }
    }

    fn category(&mut self, errors: std::ops::Range<usize>) -> Value {
        let id = self.word_id(1, "");
        // Titles are few: chance would leave most of this out of them.
        let end = if errors.start == 0 {
            texts::TITLE_END
        } else {
            ""
        };
        let title = self.localised("titles", |maker| maker.text() + end);
        let ungrouped: Vec<_> = (0..errors.len().min(GROUP)).map(|_| self.error()).collect();
        let grouped = (ungrouped.len()..errors.len()).step_by(GROUP);
        let groups: Vec<_> = grouped
            .map(|first| self.group(&id, (errors.len() - first).min(GROUP)))
            .collect();
        let mut category =
            json!({ "id": id, "title": title, "errors": ungrouped, "meta": self.meta() });
        if !groups.is_empty() {
            category["groups"] = groups.into();
        }
        category
    }

    fn group(&mut self, category: &str, errors: usize) -> Value {
        json!({
            "id": self.word_id(1, category),
            "title": self.localised("titles", Self::text),
            "retry": self.pick(&["never", "transient", "throttled"]),
            "errors": (0..errors).map(|_| self.error()).collect::<Vec<_>>(),
            "meta": self.meta(),
        })
    }

    fn error(&mut self) -> Value {
        let id = self.new_id(0, "");
        let mut error = json!({
            "code": self.new_code(),
            "id": id,
            "http": self.draw(&(400..600)),
            "meta": self.meta(),
        });
        let text = self.text.clone();
        let values = properties::values(&mut self.draw, &self.properties, &text);
        if !values.is_empty() {
            error["properties"] = values.into();
        }
        let is_huge = self.has_huge && self.codes.len() <= 3;
        let parameters = if !is_huge && self.once_in(12) {
            error["cases"] = self.cases(&id).into();
            Vec::new()
        } else {
            let said = self.said(!is_huge);
            self.add_message(&mut error, &said);
            said.names()
        };
        error["description"] = self.templates("descriptions", &parameters);
        if is_huge {
            let text = self.draw(&texts::huge_text());
            error["description"][self.locales[0]] = messages::literal(&text).into();
        }
        if !self.once_in(3) {
            error["resolution"] = self.templates("resolutions", &parameters);
        }
        if self.once_in(4) {
            error["explanation"] = self.explanation().into();
        }
        self.add_life(&mut error);
        if error.get("retired").is_none() {
            self.live.push(id);
        }
        error
    }

    /// The path of a new explanation.
    fn explanation(&mut self) -> String {
        let text = self.text.clone();
        let made = explanations::explanation(&mut self.draw, &text);
        let name = format!("docs/{}", self.files.len());
        self.files
            .insert(format!("{name}.json"), json!(made.texts).to_string());
        self.files.insert(format!("{name}.md"), made.markdown);
        format!("{name}.md")
    }

    /// Whether it is deprecated or retired, and since when.
    fn add_life(&mut self, error: &mut Value) {
        let note = self.draw(&(0..8_usize));
        if note < 2 {
            let key = ["deprecated", "retired"][note];
            error[key] = json!({ "since": "1.0.0", "note": self.localised("notes", Self::text) });
        }
        let successors = self.live.clone();
        if note == 0 && !successors.is_empty() {
            error["deprecated"]["use"] = self.draw(&select(successors)).into();
        }
        if self.once_in(4) {
            error["since"] = self.pick(&["1.0.0", "0.1.0-rc.1", "1.0.0+build.5"]).into();
        }
    }

    fn new_code(&mut self) -> Value {
        if self.has_integers {
            let number = self.codes.len();
            self.codes.insert(number.to_string());
            return (number * 7 + 1).into();
        }
        let strategy = self.code.clone();
        loop {
            let code = self.draw(&strategy);
            // Codes are names of folders, which are equal on some systems where they differ in case alone.
            if self
                .codes
                .insert(code.to_lowercase().trim_end_matches('.').to_owned())
            {
                self.count("codes", 1);
                return code.into();
            }
        }
    }

    /// Cases: a message with parameters comes last, as it might be any of those after it.
    fn cases(&mut self, error: &str) -> Vec<Value> {
        let plain = self.draw(&(1..4_usize));
        let mut said: Vec<Said> = Vec::new();
        while said.len() <= plain {
            let one = self.said(said.len() == plain);
            if said.iter().all(|other| other.filled() != one.filled()) {
                said.push(one);
            }
        }
        let cases = said.iter().map(|said| {
            let mut case = json!({ "id": self.word_id(0, error), "meta": self.meta() });
            self.add_message(&mut case, said);
            case["description"] = self.templates("descriptions", &said.names());
            case
        });
        cases.collect()
    }

    fn add_message(&mut self, to: &mut Value, said: &Said) {
        let others = if said.names().is_empty() && self.once_in(4) {
            let locales = self.locales[1..].iter();
            let locales = locales.map(|locale| ((*locale).to_owned(), self.text()));
            locales.collect()
        } else {
            Vec::new()
        };
        let (message, texts) = said.in_locales(self.locales[0], &others);
        to["message"] = message;
        self.count("messages", texts);
        let mut params = Map::new();
        for (name, example) in said.parameters() {
            let r#type = match example {
                Value::String(_) => "string",
                Value::Bool(_) => "boolean",
                _ => "integer",
            };
            let mut parameter =
                json!({ "type": r#type, "example": example, "sensitive": self.once_in(6) });
            self.count("examples", usize::from(example.is_string()));
            if self.once_in(2) {
                parameter["description"] = self.localised("parameters", Self::text);
            }
            params.insert(name.clone(), parameter);
        }
        if !params.is_empty() {
            to["params"] = params.into();
        }
    }

    /// A message from which its parameters can be read back.
    fn said(&mut self, may_have_parameters: bool) -> Said {
        loop {
            let parameters = if may_have_parameters && self.once_in(4) {
                self.draw(&(1..4))
            } else {
                0
            };
            let mut names = BTreeSet::new();
            let mut said = Said::new(self.text());
            for _ in 0..parameters {
                let name = self.draw(&select(words()));
                if names.insert(name.replace('_', "")) {
                    let example = self.example();
                    said.push(name, example, self.text());
                }
            }
            if said.is_read_back() {
                return said;
            }
        }
    }

    fn example(&mut self) -> Value {
        match self.draw(&(0..6)) {
            0 => self.draw(&(-(1_i64 << 53) + 1..1 << 53)).into(),
            1 => self.draw(&any::<bool>()).into(),
            _ => self.text().into(),
        }
    }

    fn wire(&mut self) -> Value {
        const NAMES: &[&str] = &[
            "__proto__",
            "constructor",
            "toString",
            "length",
            "hasOwnProperty",
            "$ref",
            "class",
            "0x",
            "",
            "~",
            "a/b",
        ];
        let base = self.pick(NAMES);
        let pointer =
            |last: &str| format!("/{}/{}", messages::segment(base), messages::segment(last));
        let (code, message, text, list) = (
            pointer("code"),
            pointer("message"),
            pointer("fixed"),
            pointer("list"),
        );
        let fixed = json!({ text: self.text(), list: [self.text(), null, { "x": true }] });
        json!({ "code": code, "message": message, "fixed": fixed })
    }

    /// Free data, which templates see and modules do not have.
    fn meta(&mut self) -> Value {
        let key = self.text();
        json!({ key: self.text(), "list": [self.text(), 1, null] })
    }
}
