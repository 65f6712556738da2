//! Small catalogues of random structure, with names that some language, file system or module could take for something else. Unlike
//! the others, not all of them are valid: what `lint` accepts, every target has to take.

#![allow(dead_code, reason = "each program uses its own part")]

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase as _, ToUpperCamelCase as _};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use serde_json::{Map, Value, json};

use super::catalogue::Catalogue;
use super::draw::Draw;
use super::languages::{helpers, options, words};
use super::messages::{self, Said};
use super::properties;
use super::texts;

/// Tags that are in use, and some that are names of devices or of folders of the site.
const TAGS: &[&str] = &[
    "en",
    "en-US",
    "en-us-1",
    "en-us1",
    "zh-Hant-TW",
    "zh-TW",
    "pt-BR",
    "ar",
    "con",
    "CON",
    "nul",
    "aux",
    "prn",
    "map",
    "Map",
    "errors",
    "class",
    "default",
    "true",
    "null",
    "texts",
    "fallback",
    "self",
    "init",
    "Type",
    "type",
    "tag",
    "is-template",
    "raw-value",
    "all-cases",
    "hash-value",
    "locale-of",
    "texts-of",
    "error",
    "string",
    "index",
];

/// String codes that a file system could take for something else. Most are made from words.
const CODES: &[&str] = &[
    "con",
    "CON",
    "aux.txt",
    "nul",
    "COM1",
    "lpt9.x",
    "caf\u{e9}",
    "cafe\u{301}",
    "CAF\u{c9}",
    "\u{212b}",
    "\u{c5}",
    "k",
    "\u{212a}",
    "a.",
    "a..",
    ".a",
    "...",
    "a/b",
    "a\\b",
    "a b",
    "#1",
    "~23",
    "%23",
    "map",
    "index.html",
    "404",
    "-1",
    "1e3",
    "true",
    "null",
    "__proto__",
    "constructor",
    "\u{fb01}",
    "\u{df}",
    "SS",
];

/// A catalogue as it is written, and what modules have of it.
pub struct Random {
    pub value: Value,
    /// Its targets, in YAML.
    pub targets: String,
    /// The same catalogue without the errors that all targets drop.
    pub kept: Catalogue,
}

/// Makes the catalogue of a seed. `may_empty` says whether all errors of a category may be dropped.
pub fn random(seed: u64, may_empty: bool) -> Random {
    let mut maker = Maker::new(seed, may_empty);
    let catalog = maker.word();
    maker.used.push(catalog.clone());
    let mut catalogue = json!({
        "catalog": catalog,
        "version": "1.0.0",
        "title": maker.localised("titles"),
        "locales": maker.locales,
        "fallback": maker.locales[0],
        "lint": { "missing-translation": "allow" },
    });
    if let Some(url) = maker.draw.pick(URLS) {
        catalogue["docs_url"] = url.into();
    }
    maker.declare_properties();
    if maker.properties != json!({}) {
        catalogue["properties"] = maker.properties.clone();
    }
    let count = maker.draw.of(&(1..4_usize));
    let categories: Vec<_> = (0..count).map(|_| maker.category()).collect();
    catalogue["categories"] = categories.into();
    let targets = maker.targets();
    let mut kept = catalogue.clone();
    for category in list_of(&mut kept, "categories") {
        maker.drop_retired(category);
        for group in list_of(category, "groups") {
            maker.drop_retired(group);
        }
    }
    Random {
        value: catalogue,
        targets,
        kept: Catalogue {
            value: kept,
            counts: maker.counts,
            files: BTreeMap::new(),
        },
    }
}

/// The items of a list, if there is one.
fn list_of<'a>(value: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    let list = value.get_mut(key).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

/// What the names of modules end with.
const ENDS: &[&str] = &[
    "",
    "",
    "",
    "_error",
    "_error_code",
    "_error_category",
    "_error_group",
    "_exception",
    "_message",
    "_messages",
    "_case",
];

const URLS: &[Option<&str>] = &[
    None,
    Some("https://example.com/errors/{code}"),
    Some("https://example.com/errors/{code}/"),
    Some("https://example.com/{id}#x"),
];

struct Maker {
    draw: Draw,
    id: BoxedStrategy<String>,
    text: BoxedStrategy<String>,
    locales: Vec<String>,
    has_integers: bool,
    /// Whether targets drop retired errors.
    drops_retired: bool,
    may_empty: bool,
    /// Ids that others are made from.
    used: Vec<String>,
    /// Those of errors, which must differ.
    ids: BTreeSet<String>,
    codes: BTreeSet<String>,
    /// As they are declared.
    properties: Value,
    counts: BTreeMap<&'static str, usize>,
}

impl Maker {
    fn new(seed: u64, may_empty: bool) -> Self {
        let mut draw = Draw::new(seed);
        let has_integers = draw.once_in(2);
        let drops_retired = draw.once_in(3);
        let id = "[a-z][a-z0-9]{0,6}(_[a-z0-9]{1,5}){0,2}";
        let mut maker = Self {
            draw,
            id: string_regex(id).expect("an expression").boxed(),
            text: texts::text(),
            locales: Vec::new(),
            has_integers,
            drops_retired,
            may_empty,
            used: Vec::new(),
            ids: BTreeSet::new(),
            codes: BTreeSet::new(),
            properties: json!({}),
            counts: BTreeMap::new(),
        };
        let count = maker.draw.of(&(1..5_usize));
        while maker.locales.len() < count {
            let tag = maker.tag();
            if !maker.locales.iter().any(|it| it.eq_ignore_ascii_case(&tag)) {
                maker.locales.push(tag);
            }
        }
        maker
    }

    /// A word that means something to a language or to a module, or a random one.
    fn word(&mut self) -> String {
        match self.draw.of(&(0..8)) {
            0 | 1 => {
                let helpers: &'static [String] = helpers();
                self.draw.pick(helpers)
            }
            2 => self.draw.of(&self.id.clone()),
            _ => self.draw.of(&select(words())).to_owned(),
        }
    }

    /// The same, or an id that others in the catalogue make one name with.
    fn new_id(&mut self) -> String {
        let id = if self.used.len() > 1 && self.draw.once_in(5) {
            let parts: Vec<_> = (0..self.draw.of(&(1..3)))
                .map(|_| self.draw.of(&select(self.used.clone())))
                .collect();
            parts.join("_") + self.draw.pick(ENDS)
        } else {
            self.word()
        };
        self.used.push(id.clone());
        id
    }

    fn tag(&mut self) -> String {
        let tag = if self.draw.once_in(2) {
            self.draw.pick(TAGS).to_owned()
        } else {
            self.word().replace('_', "-")
        };
        let mut parts = tag.split('-');
        let is_language = |part: &str| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        let is_tag = parts.next().is_some_and(is_language) && parts.all(|part| part.len() <= 8);
        match (is_tag, self.draw.of(&(0..6))) {
            (false, _) => self.tag(),
            (true, 0) => tag.to_uppercase(),
            (true, _) => tag,
        }
    }

    fn count(&mut self, field: &'static str, texts: usize) {
        *self.counts.entry(field).or_default() += texts;
    }

    /// Mostly a sentence, as what texts do elsewhere is tried elsewhere.
    fn text(&mut self) -> String {
        if self.draw.once_in(8) {
            return self.draw.of(&self.text.clone());
        }
        let words: Vec<_> = (0..self.draw.of(&(1..7))).map(|_| self.word()).collect();
        words.join(" ")
    }

    /// A text for each locale, and always for the fallback.
    fn localised(&mut self, field: &'static str) -> Value {
        self.filled_in(field, &[])
    }

    /// A text for some locales, with some of the parameters.
    fn filled_in(&mut self, field: &'static str, parameters: &[String]) -> Value {
        let used: Vec<_> = parameters
            .iter()
            .filter(|_| !self.draw.once_in(3))
            .cloned()
            .collect();
        let is_plain = matches!(field, "titles" | "notes" | "parameters");
        let mut texts = Map::new();
        for (index, tag) in self.locales.clone().into_iter().enumerate() {
            if index > 0 && self.draw.once_in(4) {
                continue;
            }
            let mut text = self.text();
            if !is_plain {
                text = messages::literal(&text);
            }
            for name in &used {
                text.extend([" {", name, "}"]);
            }
            texts.insert(tag, text.into());
        }
        // A reader of each locale gets a text.
        self.count(field, self.locales.len());
        Value::Object(texts)
    }

    fn declare_properties(&mut self) {
        let text = self.text.clone();
        for _ in 0..self.draw.of(&(0..4_usize)) {
            let name = self.new_id();
            let words: Vec<_> = (0..3).map(|_| self.word()).collect();
            let number = self.draw.of(&(0..5_usize));
            let mut property = properties::declared(&mut self.draw, number, words, &text);
            property["modules"] = (!self.draw.once_in(4)).into();
            if self.draw.once_in(2) {
                property["description"] = self.localised("properties");
            }
            self.properties[name] = property;
        }
    }

    fn category(&mut self) -> Value {
        let id = self.new_id();
        let mut category = json!({ "id": id, "title": self.localised("titles") });
        if self.draw.once_in(4) {
            category["retry"] = self.draw.pick(RETRIES).into();
        }
        let groups: Vec<_> = (0..self.draw.of(&(0..3))).map(|_| self.group()).collect();
        let least = usize::from(groups.is_empty());
        let errors = self.errors(least);
        if !errors.is_empty() {
            category["errors"] = errors.into();
        }
        if !groups.is_empty() {
            category["groups"] = groups.into();
        }
        category
    }

    fn group(&mut self) -> Value {
        json!({
            "id": self.new_id(),
            "title": self.localised("titles"),
            "retry": self.draw.pick(RETRIES),
            "errors": self.errors(1),
        })
    }

    fn errors(&mut self, least: usize) -> Vec<Value> {
        let count = self.draw.of(&(least..4));
        let may_retire = |index| self.may_empty || index > 0;
        let may_retire: Vec<_> = (0..count).map(may_retire).collect();
        let errors = may_retire
            .into_iter()
            .map(|may_retire| self.error(may_retire));
        errors.collect()
    }

    fn drop_retired(&self, section: &mut Value) {
        let errors = section.get_mut("errors").and_then(Value::as_array_mut);
        if let Some(errors) = errors.filter(|_| self.drops_retired) {
            errors.retain(|error| error.get("retired").is_none());
        }
    }

    fn error(&mut self, may_retire: bool) -> Value {
        let counts = self.counts.clone();
        let mut id = self.new_id();
        while !self.ids.insert(id.clone()) {
            id = self.new_id();
        }
        let http = self.draw.of(&(400..600));
        let mut error = json!({ "code": self.code(), "id": id, "http": http });
        let text = self.text.clone();
        let values = properties::values(&mut self.draw, &self.properties, &text);
        if !values.is_empty() {
            error["properties"] = values.into();
        }
        let parameters = if self.draw.once_in(4) {
            error["cases"] = self.cases().into();
            Vec::new()
        } else {
            let said = self.said();
            self.add_message(&mut error, &said);
            said.names()
        };
        error["description"] = self.filled_in("descriptions", &parameters);
        if self.draw.once_in(3) {
            error["resolution"] = self.filled_in("resolutions", &parameters);
        }
        if self.draw.once_in(4) {
            error["since"] = "1.0.0".into();
        }
        match self.draw.of(&(0..10)) {
            0 | 1 if may_retire => {
                error["retired"] = json!({ "since": "1.0.0", "note": self.localised("notes") });
                if self.drops_retired {
                    self.counts = counts;
                }
            }
            2 => error["deprecated"] = json!({ "since": "1.0.0", "note": self.localised("notes") }),
            _ => {}
        }
        error
    }

    fn code(&mut self) -> Value {
        let text = loop {
            let text = if self.has_integers {
                self.draw.of(&(-20..9000_i64)).to_string()
            } else {
                let word = self.word();
                match self.draw.of(&(0..6)) {
                    0 => self.draw.pick(CODES).to_owned(),
                    1 | 2 => word.to_shouty_snake_case(),
                    3 => word.to_upper_camel_case(),
                    _ => word,
                }
            };
            if self.codes.insert(text.clone()) {
                break text;
            }
        };
        if self.has_integers {
            return text.parse::<i64>().expect("a number").into();
        }
        self.count("codes", 1);
        text.into()
    }

    fn cases(&mut self) -> Vec<Value> {
        let count = self.draw.of(&(1..4_usize));
        let mut said: Vec<Said> = Vec::new();
        // A message with parameters comes last, as it might be any of those after it.
        while said.len() < count {
            let text = self.text();
            if said.iter().all(|other| other.filled() != text) {
                said.push(Said::new(text));
            }
        }
        said.push(self.said());
        let mut ids = BTreeSet::new();
        let mut cases = Vec::new();
        for said in &said {
            let mut id = self.new_id();
            while !ids.insert(id.clone()) {
                id = self.new_id();
            }
            let mut case = json!({ "id": id });
            self.add_message(&mut case, said);
            case["description"] = self.filled_in("descriptions", &said.names());
            cases.push(case);
        }
        cases
    }

    fn add_message(&mut self, to: &mut Value, said: &Said) {
        let others = if said.names().is_empty() && self.draw.once_in(3) {
            let locales = self.locales.clone();
            let others = locales[1..].iter();
            others.map(|locale| (locale.clone(), self.text())).collect()
        } else {
            Vec::new()
        };
        let (message, texts) = said.in_locales(&self.locales[0], &others);
        to["message"] = message;
        self.count("messages", texts);
        let mut params = Map::new();
        for (name, example) in said.parameters() {
            let r#type = match example {
                Value::String(_) => "string",
                Value::Bool(_) => "boolean",
                _ => "integer",
            };
            let is_sensitive = self.draw.once_in(6);
            self.count("examples", usize::from(example.is_string()));
            let mut parameter =
                json!({ "type": r#type, "example": example, "sensitive": is_sensitive });
            if self.draw.once_in(3) {
                parameter["description"] = self.localised("parameters");
            }
            params.insert(name.clone(), parameter);
        }
        if !params.is_empty() {
            to["params"] = params.into();
        }
    }

    /// A message from which its parameters can be read back.
    fn said(&mut self) -> Said {
        loop {
            let count = self.draw.of(&(0..4_u32));
            let mut said = Said::new(self.text());
            let mut names = BTreeSet::new();
            for _ in 0..count {
                let name = self.word();
                if names.insert(name.clone()) {
                    let example = match self.draw.of(&(0..4)) {
                        0 => self.draw.of(&(-9..90_000_i64)).into(),
                        1 => self.draw.once_in(2).into(),
                        _ => self.word().into(),
                    };
                    let literal = format!(" / {}", self.word());
                    said.push(&name, example, literal);
                }
            }
            if said.is_read_back() {
                return said;
            }
        }
    }

    /// All standard targets, each with the options that its tests need, or with any.
    fn targets(&mut self) -> String {
        let mut lines = "targets:\n".to_owned();
        for options in options() {
            let mut own = match options.tested {
                Value::Object(own) => own,
                _ => Map::new(),
            };
            for (name, values) in options.known {
                if !own.contains_key(&name) && self.draw.once_in(3) {
                    own.insert(name, self.draw.of(&select(values)));
                }
            }
            if self.drops_retired {
                own.insert("retired".to_owned(), "drop".into());
            }
            let own = Value::Object(own).to_string();
            lines.extend(["  ", &options.target, ": ", &own, "\n"]);
        }
        lines
    }
}

const RETRIES: &[&str] = &["never", "transient", "throttled"];
