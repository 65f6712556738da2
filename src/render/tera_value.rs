//! The model, as Tera takes it.

use std::collections::HashMap;

use tera::{Map as TeraMap, Value as TeraValue};

use crate::model::{Map, Value};

/// Makes Tera's own values. What stands in many places is made once, and shared; it is known by its address: nothing of a
/// model ends before the model.
#[derive(Default)]
pub struct Conversion {
    maps: HashMap<*const (), TeraValue>,
    /// With the keys of a kind of maps and no values, so that keys are hashed once.
    kinds: HashMap<(*const (), usize), TeraMap>,
}

impl Conversion {
    pub fn value(&mut self, value: Value) -> TeraValue {
        match value {
            Value::Undefined => TeraValue::undefined(),
            Value::Null => TeraValue::none(),
            Value::Boolean(value) => value.into(),
            Value::Integer(value) => value.into(),
            Value::Unsigned(value) => value.into(),
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
        let address = std::ptr::from_ref(map).cast();
        if let Some(made) = self.maps.get(&address) {
            return made.clone();
        }
        let mut made = self.kind(map.keys).clone();
        for (place, value) in made.values_mut().zip(map.values) {
            *place = self.value(*value);
        }
        let made = TeraValue::from(made);
        self.maps.insert(address, made.clone());
        made
    }

    fn kind(&mut self, keys: &[&str]) -> &TeraMap {
        let address = (keys.as_ptr().cast(), keys.len());
        self.kinds.entry(address).or_insert_with(|| {
            let entry = |key: &&str| ((*key).to_owned().into(), TeraValue::none());
            keys.iter().map(entry).collect()
        })
    }
}
