//! Values, as templates see them. They borrow from the catalogue and from an arena: a copy costs nothing, and none is freed alone.

use std::fmt::{self, Write};

use bumpalo::Bump;
use serde::{Serialize, Serializer};

/// What stands at a name in a template.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// What a name stands for that nobody has given a value; it cannot be written.
    Undefined,
    Null,
    Boolean(bool),
    Integer(i64),
    /// An integer that no [`Value::Integer`] holds: in free data, or calculated.
    Wide(&'a i128),
    /// A number in free data.
    Float(f64),
    Text(&'a str),
    List(&'a [Value<'a>]),
    Map(&'a Map<'a>),
}

/// The name of a value in a map.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub name: &'a str,
    /// Of the name: most keys that are not the one that is wanted are told by it.
    hash: u32,
}

/// Values by name, in their order. Maps of one kind share their keys.
#[derive(Clone, Copy, Debug)]
pub struct Map<'a> {
    /// As many as there are values.
    pub keys: &'a [Key<'a>],
    pub values: &'a [Value<'a>],
}

impl<'a> Key<'a> {
    pub const fn new(name: &'a str) -> Self {
        // FNV-1a: short names, and constants.
        let bytes = name.as_bytes();
        let mut hash = 0x811c_9dc5_u32;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        Self { name, hash }
    }

    /// Keys that all maps of a kind share.
    pub fn all(arena: &'a Bump, names: impl IntoIterator<Item = &'a str>) -> &'a [Self] {
        let keys: Vec<_> = names.into_iter().map(Self::new).collect();
        arena.alloc_slice_copy(&keys)
    }
}

impl<'a> Map<'a> {
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        self.at(Key::new(name))
    }

    /// The same, by a key that is at hand.
    pub fn at(&self, wanted: Key) -> Option<Value<'a>> {
        // Most names are the very constants that the keys are.
        let is_same = |key: &Key| std::ptr::eq(key.name, wanted.name) || key.name == wanted.name;
        let is_wanted = |key: &Key| key.hash == wanted.hash && is_same(key);
        let place = self.keys.iter().position(is_wanted)?;
        self.values.get(place).copied()
    }

    /// Keys and their values.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + use<'a> {
        let names = self.keys.iter().map(|key| key.name);
        names.zip(self.values.iter().copied())
    }
}

impl<'a> Value<'a> {
    /// The value of a field of a map.
    pub fn get(self, name: &str) -> Option<Self> {
        match self {
            Self::Map(map) => map.get(name),
            _ => None,
        }
    }

    /// The value at a path of fields: `uses.cases`.
    pub fn at_path(self, path: &str) -> Option<Self> {
        path.split('.').try_fold(self, Self::get)
    }

    /// Whether it is neither absent nor false, zero or empty.
    pub fn is_truthy(self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Boolean(value) => value,
            Self::Integer(value) => value != 0,
            Self::Wide(value) => *value != 0,
            Self::Float(value) => value != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.keys.is_empty(),
        }
    }

    pub fn as_text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value it is, for messages.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Boolean(_) => "boolean",
            Self::Integer(_) | Self::Wide(_) | Self::Float(_) => "number",
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Map(_) => "map",
        }
    }

    pub fn integer(arena: &'a Bump, integer: i128) -> Self {
        match integer.try_into() {
            Ok(integer) => Self::Integer(integer),
            Err(_) => Self::Wide(arena.alloc(integer)),
        }
    }

    /// Free data.
    pub fn of_data(arena: &'a Bump, data: &'a serde_json::Value) -> Self {
        use serde_json::Value as Data;
        match data {
            Data::Null => Self::Null,
            Data::Bool(value) => Self::Boolean(*value),
            Data::Number(number) => {
                let integer = number.as_i128();
                let integer = integer.map(|integer| Self::integer(arena, integer));
                integer.unwrap_or_else(|| Self::Float(number.as_f64().unwrap_or(f64::NAN)))
            }
            Data::String(text) => Self::Text(text),
            Data::Array(items) => {
                Self::list(arena, items.iter().map(|item| Self::of_data(arena, item)))
            }
            Data::Object(members) => Self::map(
                arena,
                members
                    .iter()
                    .map(|(name, value)| (name.as_str(), Self::of_data(arena, value))),
            ),
        }
    }

    pub fn list<I>(arena: &'a Bump, values: I) -> Self
    where
        I: IntoIterator<Item = Self, IntoIter: ExactSizeIterator>,
    {
        Self::List(arena.alloc_slice_fill_iter(values))
    }

    /// A map with keys of its own.
    pub fn map<I>(arena: &'a Bump, entries: I) -> Self
    where
        I: IntoIterator<Item = (&'a str, Self)>,
    {
        let (keys, values): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        if keys.is_empty() {
            return Self::Map(&Map {
                keys: &[],
                values: &[],
            });
        }
        Self::of_kind(arena, Key::all(arena, keys), &values)
    }

    /// A map whose keys others share; as many values as keys, in their order.
    pub fn of_kind(arena: &'a Bump, keys: &'a [Key<'a>], values: &[Self]) -> Self {
        debug_assert_eq!(keys.len(), values.len());
        let values = arena.alloc_slice_copy(values);
        Self::Map(arena.alloc(Map { keys, values }))
    }

    /// The same, of values that come one by one.
    pub fn of_keys<I>(arena: &'a Bump, keys: &'a [Key<'a>], values: I) -> Self
    where
        I: IntoIterator<Item = Self, IntoIter: ExactSizeIterator>,
    {
        let values = arena.alloc_slice_fill_iter(values);
        debug_assert_eq!(keys.len(), values.len());
        Self::Map(arena.alloc(Map { keys, values }))
    }
}

/// A map with these fields, in this order: `map!(arena, [("code", code), …])`.
macro_rules! map {
    ($arena:expr, [$(($name:literal, $value:expr $(,)?)),* $(,)?]) => {
        $crate::model::value::Value::of_kind(
            $arena,
            const { &[$($crate::model::value::Key::new($name)),*] },
            &[$($value),*],
        )
    };
}
pub(super) use map;

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u16> for Value<'_> {
    fn from(value: u16) -> Self {
        Self::Integer(value.into())
    }
}

/// Null where there is nothing.
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// As templates write it: null as nothing, texts within lists and maps in quotation marks.
impl fmt::Display for Value<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Undefined | Self::Null => Ok(()),
            Self::Boolean(value) => value.fmt(formatter),
            Self::Integer(value) => value.fmt(formatter),
            Self::Wide(value) => value.fmt(formatter),
            Self::Float(value) => write!(formatter, "{value:?}"),
            Self::Text(text) => formatter.write_str(text),
            Self::List(list) => {
                formatter.write_char('[')?;
                for (place, value) in list.iter().enumerate() {
                    if place > 0 {
                        formatter.write_str(", ")?;
                    }
                    value.fmt_within(formatter)?;
                }
                formatter.write_char(']')
            }
            Self::Map(map) => {
                formatter.write_char('{')?;
                for (place, (key, value)) in map.entries().enumerate() {
                    if place > 0 {
                        formatter.write_str(", ")?;
                    }
                    write!(formatter, "{key:?}: ")?;
                    value.fmt_within(formatter)?;
                }
                formatter.write_char('}')
            }
        }
    }
}

impl Value<'_> {
    fn fmt_within(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Text(text) => write!(formatter, "{text:?}"),
            _ => fmt::Display::fmt(self, formatter),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Undefined | Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Wide(value) => serializer.serialize_i128(**value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(*list),
            Self::Map(map) => serializer.collect_map(map.entries()),
        }
    }
}
