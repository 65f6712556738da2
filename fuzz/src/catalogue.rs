//! Catalogues that are composed of what matters more often than chance would: most of them are valid.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use arbitrary::{Arbitrary, Result, Unstructured};
use errgen::target::{Library, Target};

/// The text of a catalogue.
#[derive(Debug)]
pub struct Catalogue(pub String);

/// Names that mean something in some language, or that come near each other.
const WORDS: &[&str] = &[
    "error",
    "code",
    "class",
    "type",
    "self",
    "default",
    "none",
    "null",
    "true",
    "match",
    "r",
    "a",
    "b1",
    "init",
    "new",
    "from",
    "description",
    "message",
    "case",
    "cases",
    "category",
    "group",
    "value",
    "name",
    "id",
    "of",
    "http",
    "import",
    "enum",
    "object",
    "companion",
    "string",
    "status",
    "parameters",
    "constructor",
    "prototype",
    "x",
    "e",
    "other",
    "index",
    "con",
];

/// The standard targets, and the values of each of their options, as YAML has them.
static TARGETS: LazyLock<Vec<(String, Options)>> = LazyLock::new(|| {
    let library = Library::standard();
    let targets = library.ids().map(|id| library.load(id).expect("a target"));
    let targets = targets.map(|target| target.expect("a standard target is fit"));
    targets
        .map(|target| (target.id.clone(), options(&target)))
        .collect()
});

/// Options by name.
type Options = Vec<(String, Vec<String>)>;

fn options(target: &Target) -> Options {
    let options = target.manifest.options.iter();
    let values = |values: &[serde_json::Value]| values.iter().map(ToString::to_string).collect();
    options
        .map(|(name, rule)| (name.clone(), values(&rule.values)))
        .collect()
}

const LOCALES: &[&str] = &[
    "en",
    "zh-TW",
    "de",
    "ar",
    "sr-Latn-RS",
    "fr-CA",
    "no",
    "he",
    "tlh",
    "x-own",
];

const VERSIONS: &[&str] = &["1.0.0", "0.0.1-rc.1+b", "2.1.0", "18446744073709551615.0.0"];

/// Pieces of texts: quotes, escapes, comment ends and what readers of text take for more than it is.
const PIECES: &[&str] = &[
    "word ",
    "another word, ",
    "\"",
    "'",
    "\\",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "*/",
    "/*",
    "//",
    "\"\"\"",
    "'''",
    "${x}",
    "\\(x)",
    "#{x}",
    "</script>",
    "<!--",
    "{{",
    "}}",
    "{% x %}",
    "{# x #}",
    "{{{{ x }}}}",
    "|",
    "`",
    "```",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{200d}",
    "\u{feff}",
    "e\u{301}",
    "😀",
    "漢字",
    "\u{7f}",
    "\u{85}",
    "\u{fffe}",
    "\u{10ffff}",
    "  ",
    "%s %1$d",
    "https://example.com/?a=b&c[]=%20 ",
    "[link](x)",
    "![i](x)",
    "# ",
    "\n- ",
    "\n\n",
    "\n---\n",
    "|a|b|",
    "***",
    "_a_",
    "&amp;",
    "&#0;",
    "<b>",
    "{",
    "}",
    "$",
    "@",
    "~~~",
    ":::",
    "^",
    "1. ",
    "    code",
    "import x",
    "export",
    "\u{1b}[1m",
    "",
];

impl<'a> Arbitrary<'a> for Catalogue {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut composer = Composer {
            u,
            output: String::new(),
            locales: Vec::new(),
            numeric: true,
            next_code: 0,
            ids: BTreeSet::new(),
        };
        composer.catalogue()?;
        Ok(Self(composer.output))
    }
}

/// A parameter's name.
type Name = String;

struct Composer<'a, 'u> {
    u: &'a mut Unstructured<'u>,
    output: String,
    locales: Vec<&'static str>,
    /// Whether codes are integers.
    numeric: bool,
    next_code: i64,
    /// Those of errors.
    ids: BTreeSet<String>,
}

impl Composer<'_, '_> {
    fn catalogue(&mut self) -> Result<()> {
        for index in 0..=self.u.int_in_range(0..=3)? {
            let locale = *self.u.choose(LOCALES)?;
            if index == 0 || !self.locales.contains(&locale) {
                self.locales.push(locale);
            }
        }
        self.numeric = self.u.ratio(3_u8, 4)?;
        self.next_code = *self.u.choose(&[1, 1000, -5, (1 << 53) - 40, 0])?;
        let id = self.id()?;
        self.put(&format!("{{catalog: {id}, version: "));
        let version = *self.u.choose(VERSIONS)?;
        self.put(&format!(
            "{version}, locales: [{}], title: ",
            self.locales.join(", ")
        ));
        self.texts(&[])?;
        if self.u.ratio(1_u8, 3)? {
            let fallback = *self.u.choose(&self.locales)?;
            self.put(&format!(", fallback: {fallback}"));
        }
        self.extras()?;
        self.put(", categories: [");
        self.many(3, Self::category)?;
        self.put("]}\n");
        Ok(())
    }

    /// What a catalogue can do without.
    fn extras(&mut self) -> Result<()> {
        if self.u.ratio(1_u8, 3)? {
            let path = self.piece()?.replace(['{', '}'], "");
            let url = quoted(&format!("https://example.com/{path}{{id}}"));
            self.put(&format!(", docs_url: {url}"));
        }
        if self.u.ratio(1_u8, 3)? {
            let wire = *self.u.choose(&[
                "{code: /error/code, message: /error/0/a~1b~0c}",
                "{code: /c, code_type: string, message: /m, fixed: {/a: {b: [1, null]}, /d: \"\"}}",
                "{code: /0, message: /1}",
                "{fixed: {/x: 9007199254740993, /y: 1e400, /z: -0.0}}",
            ])?;
            self.put(&format!(", wire: {wire}"));
        }
        if self.u.ratio(1_u8, 3)? {
            self.targets()?;
        }
        self.meta()
    }

    /// Some of the standard targets, with some of the options that each has.
    fn targets(&mut self) -> Result<()> {
        self.put(", targets: {");
        for (id, options) in TARGETS.iter() {
            if self.u.arbitrary()? {
                continue;
            }
            self.put(&format!("{id}: {{"));
            for (name, values) in options {
                if self.u.arbitrary()? {
                    let value = self.u.choose(values)?;
                    self.put(&format!("{name}: {value}, "));
                }
            }
            if self.u.ratio(1_u8, 3)? {
                self.put("retired: drop");
            }
            self.put("}, ");
        }
        self.put("}");
        Ok(())
    }

    fn category(&mut self, index: usize) -> Result<()> {
        let id = self.id()?;
        self.put(&format!("{{id: {id}{index}, title: "));
        self.texts(&[])?;
        self.retry()?;
        self.meta()?;
        let has_groups = self.u.ratio(2_u8, 3)?;
        if !has_groups || self.u.ratio(1_u8, 3)? {
            self.put(", errors: [");
            self.many(4, |this, _| this.error())?;
            self.put("]");
        }
        if has_groups {
            self.put(", groups: [");
            self.many(3, |this, index| {
                let id = this.id()?;
                this.put(&format!("{{id: {id}{index}, title: "));
                this.texts(&[])?;
                this.retry()?;
                this.put(", errors: [");
                this.many(4, |this, _| this.error())?;
                this.put("]}");
                Ok(())
            })?;
            self.put("]");
        }
        self.put("}");
        Ok(())
    }

    fn error(&mut self) -> Result<()> {
        self.next_code += i64::from(self.u.int_in_range(1..=3)?);
        let code = self.next_code;
        let code = if self.numeric {
            code.to_string()
        } else {
            let piece = self.piece()?;
            quoted(&format!(
                "{}{code}",
                piece.trim().replace(char::is_control, "")
            ))
        };
        let id = self.id()?;
        let earlier = self.ids.iter().next_back().cloned();
        let id = if self.ids.insert(id.clone()) {
            id
        } else {
            format!("{id}_{}", self.ids.len())
        };
        self.ids.insert(id.clone());
        let http = *self.u.choose(&[400, 404, 401, 503, 429, 100, 200, 599])?;
        self.put(&format!("{{code: {code}, id: {id}, http: {http}"));
        let mut names = Vec::new();
        if self.u.ratio(1_u8, 4)? {
            self.put(", cases: [");
            self.many(3, |this, index| {
                let id = this.id()?;
                this.put(&format!("{{id: {id}{index}"));
                let names = this.message()?;
                this.put(", description: ");
                this.texts(&names)?;
                this.put("}");
                Ok(())
            })?;
            self.put("]");
        } else {
            names = self.message()?;
        }
        self.put(", description: ");
        self.texts(&names)?;
        if self.u.ratio(1_u8, 3)? {
            self.put(", resolution: ");
            self.texts(&names)?;
        }
        self.retry()?;
        self.life(earlier.as_deref())?;
        self.meta()?;
        self.put("}");
        Ok(())
    }

    /// Since when an error is there, and until when.
    fn life(&mut self, successor: Option<&str>) -> Result<()> {
        if self.u.ratio(1_u8, 4)? {
            let version = *self.u.choose(VERSIONS)?;
            self.put(&format!(", since: {version}"));
        }
        let (word, successor) = match self.u.int_in_range(0..=7)? {
            0 => ("deprecated", successor),
            1 => ("retired", None),
            _ => return Ok(()),
        };
        self.put(&format!(", {word}: {{since: 1.0.0"));
        if let Some(successor) = successor {
            self.put(&format!(", use: {successor}"));
        }
        if self.u.arbitrary()? {
            self.put(", note: ");
            self.texts(&[])?;
        }
        self.put("}");
        Ok(())
    }

    /// A message with its parameters, and their names.
    fn message(&mut self) -> Result<Vec<Name>> {
        let mut names = Vec::new();
        for index in 0..self.u.int_in_range(0..=3)? {
            let id = self.id()?;
            names.push(if names.contains(&id) {
                format!("{id}_{index}")
            } else {
                id
            });
        }
        let mut message = self.text()?;
        for name in &names {
            let _ = write!(message, "{{{name}}}{}", self.text()?);
        }
        let message = quoted(&message);
        self.put(&format!(", message: {message}"));
        if names.is_empty() {
            return Ok(names);
        }
        self.put(", params: {");
        for name in &names {
            let (kind, example) = match self.u.int_in_range(0..=3)? {
                0 => ("integer", "-9007199254740991".to_owned()),
                1 => ("boolean", "false".to_owned()),
                _ => ("string", quoted(&self.piece()?)),
            };
            let sensitive: bool = self.u.ratio(1_u8, 4)?;
            self.put(&format!("{name}: {{type: {kind}, sensitive: {sensitive}"));
            if self.u.arbitrary()? {
                self.put(&format!(", example: {example}"));
            }
            if self.u.ratio(1_u8, 4)? {
                self.put(", description: ");
                self.texts(&[])?;
            }
            self.put("}, ");
        }
        self.put("}");
        Ok(names)
    }

    /// A text in every locale, or in all but some, with the same parameters.
    fn texts(&mut self, names: &[Name]) -> Result<()> {
        let used = match names.len() {
            0 => &[][..],
            most => &names[..self.u.int_in_range(0..=most)?],
        };
        self.put("{");
        for locale in self.locales.clone() {
            let mut text = self.text()?;
            for name in used {
                let _ = write!(text, "{{{name}}}{}", self.text()?);
            }
            self.put(&format!("{locale}: {}, ", quoted(&text)));
        }
        self.put("}");
        Ok(())
    }

    /// A text without parameters, never blank.
    fn text(&mut self) -> Result<String> {
        let mut text = String::new();
        for _ in 0..=self.u.int_in_range(0..=3)? {
            text += &self.piece()?;
        }
        let text = text.replace('{', "{{").replace('}', "}}");
        Ok(if text.trim().is_empty() {
            format!("t{text}")
        } else {
            text
        })
    }

    fn piece(&mut self) -> Result<String> {
        Ok(match self.u.int_in_range(0..=9)? {
            0 => self.u.arbitrary::<&str>()?.chars().take(40).collect(),
            1 => self.u.arbitrary::<char>()?.to_string(),
            2 => self.u.choose(PIECES)?.repeat(self.u.int_in_range(2..=60)?),
            _ => (*self.u.choose(PIECES)?).to_owned(),
        })
    }

    fn id(&mut self) -> Result<String> {
        let mut id = (*self.u.choose(WORDS)?).to_owned();
        for _ in 0..self.u.int_in_range(0..=2)? {
            let _ = write!(id, "_{}", self.u.choose(WORDS)?);
        }
        Ok(id)
    }

    fn retry(&mut self) -> Result<()> {
        if self.u.ratio(1_u8, 4)? {
            let class = *self.u.choose(&["never", "transient", "throttled"])?;
            self.put(&format!(", retry: {class}"));
        }
        Ok(())
    }

    fn meta(&mut self) -> Result<()> {
        if self.u.ratio(1_u8, 6)? {
            let value = quoted(&self.piece()?);
            self.put(&format!(", meta: {{k: [{value}, 1, {{n: null}}]}}"));
        }
        Ok(())
    }

    /// From one to `most` items of a list.
    fn many(
        &mut self,
        most: usize,
        mut item: impl FnMut(&mut Self, usize) -> Result<()>,
    ) -> Result<()> {
        for index in 0..=self.u.int_in_range(0..=most - 1)? {
            item(self, index)?;
            self.put(", ");
        }
        Ok(())
    }

    fn put(&mut self, text: &str) {
        self.output.push_str(text);
    }
}

/// A text in quotation marks, with all but letters and plain signs as escapes.
fn quoted(text: &str) -> String {
    let mut output = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => output.extend(['\\', character]),
            ' '..='~' => output.push(character),
            _ if character.is_alphanumeric() => output.push(character),
            _ => {
                let _ = write!(output, "\\U{:08X}", u32::from(character));
            }
        }
    }
    output + "\""
}
