//! A catalogue as the generator needs it: flat lists, with everything that may be absent there.

use std::collections::HashMap;
use std::ops::Range;

use errgen::parse::raw;

/// What the catalogue has that this generator does not know, or lacks that it needs.
pub type Unsupported = String;

pub struct Catalogue<'a> {
    pub id: &'a str,
    pub version: &'a str,
    pub title: Localised<'a>,
    pub locales: Vec<&'a str>,
    /// The place in `locales` of the one that every text has.
    pub fallback: usize,
    pub wire: Wire<'a>,
    pub categories: Vec<Category<'a>>,
    /// Those of all categories, in order.
    pub groups: Vec<Group<'a>>,
    /// Those of all groups, in order.
    pub errors: Vec<Error<'a>>,
    pub has_cases: bool,
}

pub struct Category<'a> {
    pub id: &'a str,
    pub title: Localised<'a>,
    pub codes: Codes,
    /// Their places in [`Catalogue::groups`].
    pub groups: Range<usize>,
}

pub struct Group<'a> {
    pub id: &'a str,
    /// Its place in [`Catalogue::categories`].
    pub category: usize,
    pub title: Localised<'a>,
    pub codes: Codes,
    /// Their places in [`Catalogue::errors`].
    pub errors: Range<usize>,
}

/// The first and the last code that may stand somewhere.
#[derive(Clone, Copy)]
pub struct Codes {
    pub first: i64,
    pub last: i64,
}

pub struct Error<'a> {
    pub code: i64,
    pub id: &'a str,
    pub http: &'a str,
    /// Its place in [`Catalogue::categories`].
    pub category: usize,
    /// Its place in [`Catalogue::groups`].
    pub group: usize,
    pub retry: &'a str,
    /// Absent where there are cases.
    pub message: Option<&'a str>,
    /// One text at most.
    pub parameters: Vec<Parameter<'a>>,
    pub cases: Vec<Case<'a>>,
    pub description: Localised<'a>,
    pub resolution: Option<Localised<'a>>,
}

/// One of several messages that share a code; none has parameters.
pub struct Case<'a> {
    pub id: &'a str,
    pub message: &'a str,
    pub description: Localised<'a>,
}

pub struct Parameter<'a> {
    pub name: &'a str,
    pub example: &'a str,
    pub description: Option<Localised<'a>>,
}

/// A text in each locale of the catalogue.
pub struct Localised<'a> {
    pub texts: Vec<&'a str>,
    /// The one in the fallback locale.
    pub default: &'a str,
    /// Whether the texts have parameters.
    pub is_template: bool,
}

/// Where a response body, an object, has what.
pub struct Wire<'a> {
    /// The name of the member.
    pub code: &'a str,
    /// The name of the member.
    pub message: &'a str,
}

/// How a catalogue's lists refer to each other while they are filled.
struct Builder<'a> {
    locales: HashMap<&'a str, usize>,
    fallback: usize,
    categories: Vec<Category<'a>>,
    groups: Vec<Group<'a>>,
    errors: Vec<Error<'a>>,
}

impl<'a> Catalogue<'a> {
    pub fn new(raw: &'a raw::Catalog<'a>) -> Result<Self, Unsupported> {
        if raw.docs_url.is_some() {
            return Err("`docs_url`".to_owned());
        }
        check_options(raw)?;
        // Formatters break lines with longer names.
        let id = text(raw.catalog.as_ref(), "catalog")?;
        if id.len() > 10 {
            return Err(format!("a name as long as `{id}`"));
        }
        let locales: Vec<&str> = needed(raw.locales.as_ref(), "locales")?
            .iter()
            .map(|tag| tag.value.as_ref())
            .collect();
        let fallback = raw.fallback.as_ref().map(|tag| tag.value.as_ref());
        let fallback = locales.iter().position(|tag| Some(*tag) == fallback);
        let mut builder = Builder {
            locales: locales.iter().copied().zip(0..).collect(),
            fallback: fallback.unwrap_or_default(),
            categories: Vec::new(),
            groups: Vec::new(),
            errors: Vec::new(),
        };
        for category in &raw.categories {
            builder.category(category)?;
        }
        Ok(Self {
            id,
            version: text(raw.version.as_ref(), "version")?,
            title: builder.localised(raw.title.as_ref(), "title")?,
            locales,
            fallback: builder.fallback,
            wire: wire(needed(raw.wire.as_ref(), "wire")?)?,
            has_cases: builder.errors.iter().any(|error| !error.cases.is_empty()),
            categories: builder.categories,
            groups: builder.groups,
            errors: builder.errors,
        })
    }

    pub fn groups_of(&self, category: &Category) -> &[Group<'a>] {
        &self.groups[category.groups.clone()]
    }

    /// The places of the errors, sorted by what `key` makes of them.
    pub fn sorted_by<K: Ord>(&self, key: impl Fn(&Error<'a>) -> K) -> Vec<usize> {
        let mut places: Vec<_> = (0..self.errors.len()).collect();
        places.sort_by_key(|place| key(&self.errors[*place]));
        places
    }
}

impl<'a> Builder<'a> {
    fn category(&mut self, raw: &'a raw::Category<'a>) -> Result<(), Unsupported> {
        if !raw.errors.is_empty() {
            return Err("a category with errors in no group".to_owned());
        }
        let category = Category {
            id: text(raw.id.as_ref(), "id")?,
            title: self.localised(raw.title.as_ref(), "title")?,
            codes: codes(raw.codes.as_ref())?,
            groups: self.groups.len()..self.groups.len() + raw.groups.len(),
        };
        self.categories.push(category);
        let retry = raw.retry.as_ref().map_or("never", |it| it.value.as_ref());
        for group in &raw.groups {
            self.group(group, retry)?;
        }
        Ok(())
    }

    fn group(&mut self, raw: &'a raw::Group<'a>, retry: &'a str) -> Result<(), Unsupported> {
        let group = Group {
            id: text(raw.id.as_ref(), "id")?,
            category: self.categories.len() - 1,
            title: self.localised(raw.title.as_ref(), "title")?,
            codes: codes(raw.codes.as_ref())?,
            errors: self.errors.len()..self.errors.len() + raw.errors.len(),
        };
        self.groups.push(group);
        let retry = raw.retry.as_ref().map_or(retry, |it| it.value.as_ref());
        for error in &raw.errors {
            let error = self.error(error, retry)?;
            self.errors.push(error);
        }
        Ok(())
    }

    fn error(&self, raw: &'a raw::Error<'a>, retry: &'a str) -> Result<Error<'a>, Unsupported> {
        let code = match needed(raw.code.as_ref(), "code")?.value {
            raw::Code::Integer(code) => code,
            raw::Code::Text(_) => return Err("a code that is a text".to_owned()),
        };
        if raw.since.is_some() || raw.deprecated.is_some() || raw.retired.is_some() {
            return Err("`since`, `deprecated` or `retired`".to_owned());
        }
        let message = match &raw.message {
            Some(_) => Some(plain(text(raw.message.as_ref(), "message")?)?),
            None => None,
        };
        let resolution = match &raw.resolution {
            Some(_) => Some(self.localised(raw.resolution.as_ref(), "resolution")?),
            None => None,
        };
        if raw.params.len() > 1 {
            return Err("a message with several parameters".to_owned());
        }
        let parameters = raw.params.iter().map(|raw| self.parameter(raw));
        let cases = raw.cases.iter().map(|raw| self.case(raw));
        Ok(Error {
            code,
            id: text(raw.id.as_ref(), "id")?,
            http: text(raw.http.as_ref(), "http")?,
            category: self.categories.len() - 1,
            group: self.groups.len() - 1,
            retry: raw.retry.as_ref().map_or(retry, |it| it.value.as_ref()),
            message,
            parameters: parameters.collect::<Result<_, _>>()?,
            cases: cases.collect::<Result<_, _>>()?,
            description: self.localised(raw.description.as_ref(), "description")?,
            resolution,
        })
    }

    fn case(&self, raw: &'a raw::Case<'a>) -> Result<Case<'a>, Unsupported> {
        if !raw.params.is_empty() {
            return Err("a case with parameters".to_owned());
        }
        Ok(Case {
            id: text(raw.id.as_ref(), "id")?,
            message: plain(text(raw.message.as_ref(), "message")?)?,
            description: self.localised(raw.description.as_ref(), "description")?,
        })
    }

    fn parameter(&self, raw: &'a raw::Parameter<'a>) -> Result<Parameter<'a>, Unsupported> {
        if text(raw.r#type.as_ref(), "type")? != "string" || raw.sensitive.is_some() {
            return Err("a parameter that is sensitive, or no text".to_owned());
        }
        let description = match &raw.description {
            Some(_) => Some(self.localised(raw.description.as_ref(), "description")?),
            None => None,
        };
        Ok(Parameter {
            name: &raw.name.value,
            example: text(raw.example.as_ref(), "example")?,
            description,
        })
    }

    fn localised(
        &self,
        raw: Option<&'a raw::Localised<'a>>,
        what: &str,
    ) -> Result<Localised<'a>, Unsupported> {
        let raw = needed(raw, what)?;
        if raw.value.len() != self.locales.len() {
            return Err(format!("a `{what}` that is not there in every locale"));
        }
        let mut texts = vec![""; self.locales.len()];
        for (tag, text) in &raw.value {
            let place = self.locales.get(tag.value.as_ref());
            let place = place.ok_or_else(|| format!("the locale `{}`", tag.value))?;
            texts[*place] = plain(&text.value)?;
        }
        let default = texts[self.fallback];
        Ok(Localised {
            texts,
            default,
            is_template: default.contains('{'),
        })
    }
}

/// Refuses the options that the generator does not have, and the lack of those that it is written for.
fn check_options(raw: &raw::Catalog) -> Result<(), Unsupported> {
    let mut wanted = vec![
        ("kotlin", "json", "kotlinx"),
        ("rust", "json", "serde_json"),
    ];
    for target in raw.targets.iter().flatten() {
        for (option, value) in &target.options {
            let is_wanted = |(id, name, wanted): &(&str, &str, &str)| {
                *id == target.id.value && *name == option.value && value.value == **wanted
            };
            let place = wanted.iter().position(is_wanted);
            let place = place.ok_or_else(|| format!("the option `{}`", option.value))?;
            wanted.swap_remove(place);
        }
    }
    match wanted.first() {
        Some((id, option, _)) => Err(format!("`{id}` without `{option}`")),
        None => Ok(()),
    }
}

fn wire<'a>(raw: &'a raw::Wire<'a>) -> Result<Wire<'a>, Unsupported> {
    if raw.code_type.as_ref().map(|kind| kind.value.as_ref()) != Some("string") {
        return Err("codes that are not sent as texts".to_owned());
    }
    Ok(Wire {
        code: member(needed(raw.code.as_ref(), "code")?)?,
        message: member(needed(raw.message.as_ref(), "message")?)?,
    })
}

/// The member of the body that a pointer names.
fn member<'a>(pointer: &'a raw::Scalar<'a>) -> Result<&'a str, Unsupported> {
    let name = pointer.value.strip_prefix('/');
    let name = name.filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()));
    name.ok_or_else(|| format!("the pointer `{}`", pointer.value))
}

fn codes(raw: Option<&raw::Scalar>) -> Result<Codes, Unsupported> {
    let range = text(raw, "codes")?;
    let numbers = range.split_once('-').and_then(|(first, last)| {
        Some(Codes {
            first: first.trim().parse().ok()?,
            last: last.trim().parse().ok()?,
        })
    });
    numbers.ok_or_else(|| format!("`codes: {range}`"))
}

/// A text without line breaks, other control characters and doubled braces; every language would escape them in its own way.
fn plain(text: &str) -> Result<&str, Unsupported> {
    let is_special = |byte: u8| byte < b' ' || byte == 0x7f;
    if text.bytes().any(is_special) || text.contains("{{") || text.contains("}}") {
        return Err(format!("the characters of the text {text:?}"));
    }
    Ok(text)
}

fn text<'a>(raw: Option<&'a raw::Scalar<'a>>, what: &str) -> Result<&'a str, Unsupported> {
    Ok(needed(raw, what)?.value.as_ref())
}

fn needed<T>(value: Option<T>, what: &str) -> Result<T, Unsupported> {
    value.ok_or_else(|| format!("a catalogue without `{what}`"))
}
