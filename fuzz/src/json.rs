//! JSON as the contract reads a body: RFC 8259, and what may be wrong in it without costing the code.

/// A value.
#[derive(Debug)]
pub enum Json {
    Null,
    Boolean,
    Number(Number),
    Text(String),
    Array(Vec<Json>),
    /// In the order of the text, with members that occur twice.
    Object(Vec<(String, Json)>),
}

/// A number.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// The nearest double, which is infinite where none is near.
    pub double: f64,
    /// Whether a module may take one next to it.
    pub is_vague: bool,
}

/// A whole body.
#[derive(Debug)]
pub struct Document {
    pub root: Json,
    /// How deep arrays and objects are nested.
    pub depth: usize,
}

impl Document {
    /// Reads a body. `None` if it is not JSON.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let mut reader = Reader {
            rest: text.strip_prefix('\u{feff}').unwrap_or(&text),
            open: 0,
            depth: 0,
        };
        let root = reader.value()?;
        let depth = reader.depth;
        reader.rest.is_empty().then_some(Self { root, depth })
    }
}

impl Json {
    /// The value at a pointer, whose parts are unescaped.
    pub fn at(&self, segments: &[String]) -> Option<&Self> {
        segments.iter().try_fold(self, |node, segment| match node {
            Self::Object(members) => {
                let mut named = members.iter().rev();
                named
                    .find(|(name, _)| name == segment)
                    .map(|(_, value)| value)
            }
            Self::Array(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        })
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What is left to read, and how deep it is nested.
struct Reader<'t> {
    rest: &'t str,
    open: usize,
    depth: usize,
}

impl Reader<'_> {
    /// A value with the space around it.
    fn value(&mut self) -> Option<Json> {
        self.skip_space();
        let value = match self.rest.chars().next()? {
            '{' => self.object()?,
            '[' => self.array()?,
            '"' => Json::Text(self.string()?),
            '-' | '0'..='9' => self.number()?,
            _ => self.word()?,
        };
        self.skip_space();
        Some(value)
    }

    fn object(&mut self) -> Option<Json> {
        let mut members = Vec::new();
        self.items('{', '}', |reader| {
            reader.skip_space();
            let name = reader.string()?;
            reader.skip_space();
            reader.take(":")?;
            members.push((name, reader.value()?));
            Some(())
        })?;
        Some(Json::Object(members))
    }

    fn array(&mut self) -> Option<Json> {
        let mut items = Vec::new();
        self.items('[', ']', |reader| {
            items.push(reader.value()?);
            Some(())
        })?;
        Some(Json::Array(items))
    }

    /// Items with commas between them, from the bracket that opens them to the one that closes them.
    fn items(
        &mut self,
        open: char,
        close: char,
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.take(open.encode_utf8(&mut [0; 4]))?;
        self.open += 1;
        self.depth = self.depth.max(self.open);
        self.skip_space();
        if !self.rest.starts_with(close) {
            item(self)?;
            while self.take(",").is_some() {
                item(self)?;
            }
        }
        self.open -= 1;
        self.take(close.encode_utf8(&mut [0; 4]))
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut text = String::new();
        loop {
            let next = self.rest.chars().next()?;
            self.rest = &self.rest[next.len_utf8()..];
            match next {
                '"' => return Some(text),
                '\\' => text.push(self.escape()?),
                '\0'..='\u{1f}' => return None,
                _ => text.push(next),
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let kind = self.rest.chars().next()?;
        self.rest = &self.rest[kind.len_utf8()..];
        Some(match kind {
            '"' | '\\' | '/' => kind,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.escaped_unit()?,
            _ => return None,
        })
    }

    /// A character from one UTF-16 unit or two. Half of a pair is U+FFFD.
    fn escaped_unit(&mut self) -> Option<char> {
        let first = self.unit()?;
        let after = self.rest;
        if matches!(first, 0xd800..=0xdbff) && self.take("\\u").is_some() {
            let second = self.unit()?;
            if let Some(Ok(pair)) = char::decode_utf16([first, second]).next() {
                return Some(pair);
            }
            self.rest = after;
        }
        Some(char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.rest.get(..4)?;
        self.rest = &self.rest[4..];
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| u16::from_str_radix(digits, 16).expect("four digits"))
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.rest;
        let _ = self.take("-");
        if self.take("0").is_none() {
            self.digits()?;
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if self.take("e").or_else(|| self.take("E")).is_some() {
            let _ = self.take("+").or_else(|| self.take("-"));
            self.digits()?;
        }
        let text = &start[..start.len() - self.rest.len()];
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        Some(Json::Number(Number {
            double: text.parse().expect("a number"),
            is_vague: digits > 15 && text.contains(['.', 'e', 'E']),
        }))
    }

    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|it: char| it.is_ascii_digit());
        let has_some = rest.len() < self.rest.len();
        self.rest = rest;
        has_some.then_some(())
    }

    fn word(&mut self) -> Option<Json> {
        if self.take("null").is_some() {
            return Some(Json::Null);
        }
        self.take("true").or_else(|| self.take("false"))?;
        Some(Json::Boolean)
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }
}
