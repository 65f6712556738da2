//! The model, as Tera takes it.

use std::collections::HashMap;

use tera::{Map as TeraMap, Value as TeraValue};

use crate::model::{Key, Map, TargetModel, Value};

/// Tera's own values of a model's, which take as much memory as the model, and more. What stands in many places is made once, and
/// shared; all of it is known by its address, as nothing of a model ends before the model.
#[derive(Default)]
pub struct TeraValues {
    maps: HashMap<usize, TeraValue>,
    /// With the keys of a kind of maps and no values, so that the maps share their keys.
    kinds: HashMap<(usize, usize), TeraMap>,
}

/// Tera's own value of one, of which nothing is shared.
#[cfg(feature = "compiled-templates")]
pub fn tera_value(value: Value) -> TeraValue {
    TeraValues::default().value(value)
}

impl TeraValues {
    /// The values of a model.
    pub fn of(model: &TargetModel) -> Self {
        let mut values = Self::default();
        values.value(model.catalog);
        values
    }

    pub(super) fn value(&mut self, value: Value) -> TeraValue {
        match value {
            Value::Undefined => TeraValue::undefined(),
            Value::Null => TeraValue::none(),
            Value::Boolean(value) => value.into(),
            Value::Integer(value) => value.into(),
            Value::Wide(value) => (*value).into(),
            Value::Float(value) => value.into(),
            Value::Text(text) => text.into(),
            Value::List(list) => {
                let values: Vec<_> = list.iter().map(|value| self.value(*value)).collect();
                values.into()
            }
            Value::Map(map) => self.map(map),
        }
    }

    fn map(&mut self, map: &Map) -> TeraValue {
        let address = std::ptr::from_ref(map).addr();
        // To remember a map of scalars takes more than it saves: it stands in one place.
        let is_remembered = map
            .values
            .iter()
            .any(|value| matches!(value, Value::List(_) | Value::Map(_)));
        if let Some(made) = self.maps.get(&address).filter(|_| is_remembered) {
            return made.clone();
        }
        let mut made = self.kind(map.keys).clone();
        for (place, value) in made.values_mut().zip(map.values) {
            *place = self.value(*value);
        }
        let made = TeraValue::from(made);
        if is_remembered {
            self.maps.insert(address, made.clone());
        }
        made
    }

    fn kind(&mut self, keys: &[Key]) -> &TeraMap {
        let address = (keys.as_ptr().addr(), keys.len());
        self.kinds.entry(address).or_insert_with(|| {
            let entry = |key: &Key| (key.name.to_owned().into(), TeraValue::none());
            keys.iter().map(entry).collect()
        })
    }
}
