//! Values for the options of made-up targets.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::random::Random;

/// Values that are always the same.
pub fn fixed() -> BTreeMap<String, Value> {
    let values = json!({
        "i": 7, "j": -2, "w": u64::MAX, "f": 2.5, "s": "text", "t": "é x", "d": "12", "b": true,
        "l": [1, 1.0, "1", null], "ls": ["b", "a", "b"], "li": [3, 1, 2],
        "lm": [{ "x": 2, "y": "b" }, { "x": 1, "y": "a" }],
        "m": { "x": 1, "y": "why", "z": { "x": 5 } }, "k": { "y": 0, "id": "k" },
        "n": null, "a": { "x": [] },
    });
    serde_json::from_value(values).expect("a map")
}

/// A value for each of these options, mostly of the kind that its templates use it as.
pub fn options<'a>(
    random: &mut Random,
    names: impl Iterator<Item = &'a String>,
) -> BTreeMap<String, Value> {
    let mut options = BTreeMap::new();
    for name in names {
        let kind = if random.chance(3) { "a" } else { name.as_str() };
        // One is never there, and any may be missing.
        if kind != "u" && !random.chance(1) {
            options.insert(name.clone(), value(random, kind, 2));
        }
    }
    options
}

fn value(random: &mut Random, kind: &str, depth: usize) -> Value {
    let length = random.below(4);
    let mut list = |kinds: &[&str]| {
        let item = |_| {
            let kind = *random.pick(kinds);
            value(random, kind, depth.saturating_sub(1))
        };
        Value::Array((0..length).map(item).collect())
    };
    match kind {
        "i" | "j" => json!(*random.pick(&[0, 1, 2, 3, 5, 10, -1, -7, 4])),
        "w" => random
            .pick(&[
                json!(i64::MAX),
                json!(i64::MIN),
                json!(u64::MAX),
                json!(1_u64 << 63),
                json!(1_i64 << 53),
                json!((1_i64 << 53) + 1),
            ])
            .clone(),
        "f" => json!(*random.pick(&[
            0.0,
            -0.0,
            1.0,
            1.5,
            -2.5,
            3.0,
            1e300,
            -1e300,
            1e-7,
            9_007_199_254_740_992.0,
            9_223_372_036_854_775_808.0,
            0.1,
        ])),
        "s" | "t" => json!(*random.pick(&[
            "", "a", "x", "y", "id", "b c", " z ", "Abc", "ß", "é漢", "x\ny", "x\r\ny", "\"", "*/",
            "string", "comment",
        ])),
        "d" => json!(*random.pick(&[
            "1",
            "0",
            "-5",
            "+7",
            "12.0",
            "1.5",
            " 3 ",
            "1e3",
            "9223372036854775808",
            "",
            "170141183460469231731687303715884105728",
        ])),
        "b" => json!(random.chance(50)),
        "ls" => list(&["s", "s", "s", "d"]),
        "li" => list(&["i", "i", "i", "w"]),
        "lm" => list(&["m"]),
        "l" => list(&["a"]),
        "m" | "k" => {
            let mut map = serde_json::Map::new();
            for key in ["x", "y", "z", "id"] {
                if random.chance(85) {
                    let kind = match key {
                        "z" if depth > 0 => "m",
                        "y" => "s",
                        "x" if random.chance(60) => "i",
                        _ => "a",
                    };
                    map.insert(key.to_owned(), value(random, kind, depth.saturating_sub(1)));
                }
            }
            Value::Object(map)
        }
        "n" => Value::Null,
        _ => {
            let kinds: &[&str] = if depth == 0 {
                &["i", "f", "s", "b", "n", "w"]
            } else {
                &["i", "f", "s", "b", "n", "w", "l", "ls", "m", "d"]
            };
            let kind = *random.pick(kinds);
            value(random, kind, depth.saturating_sub(1))
        }
    }
}
