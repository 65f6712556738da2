//! driver SEED VALUES: renders every template of the standard targets with as many random values by both engines, and prints where
//! one does not do what the other does; the last line says how many cases there were.
//!
//! driver fixed: renders those of the target `cases` once, with values that are always the same, and prints what each yields.
//!
//! `tests/engines.rs` builds it with an errgen that has made-up targets for its standard ones.

#[path = "random.rs"]
mod random;

use std::collections::BTreeMap;
use std::sync::Arc;

use bumpalo::Bump;
use errgen::diagnostic::Source;
use errgen::model::Model;
use errgen::pipeline::{Draft, Project};
use errgen::render::{Engine, Rendering, TeraValues};
use errgen::target::{Library, Target};
use errgen::validate::EnabledTarget;
use random::Random;
use serde_json::{Value, json};

const CATALOG: &str = "
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
categories:
  - id: first
    title: { en: First }
    errors:
      - { code: 1, id: one, http: 404, message: One, description: { en: The one. } }
";

/// What a template yields: a text, or nothing where it fails.
type Yield = Option<String>;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let source = Arc::new(Source::new("catalog.yaml", CATALOG));
    let library = Library::standard();
    let draft = Draft::parse(&source);
    let analysis = draft.analyse(&library, &[]);
    let project = analysis.into_project();
    let project = project.unwrap_or_else(|errors| panic!("{errors:?}"));
    let ids: Vec<_> = library.ids().map(str::to_owned).collect();
    let targets = ids.iter().map(|id| {
        let target = library.load(id).expect("a target");
        target.unwrap_or_else(|errors| panic!("{errors:?}"))
    });
    match words.as_slice() {
        [word] if word == "fixed" => {
            for target in targets.filter(|it| it.id == "cases") {
                for (name, compiled, interpreted) in render(&project, &target, &fixed()) {
                    println!("{}", json!([name, compiled, interpreted]));
                }
            }
        }
        [seed, values] => {
            let number = |word: &str| word.parse::<u32>().expect("a number");
            let mut random = Random::new(number(seed).into());
            let mut count = Count::default();
            for target in targets.filter(|it| it.id != "cases") {
                for _ in 0..number(values) {
                    let options = options(&mut random, &target);
                    count.add(&target, &options, &render(&project, &target, &options));
                }
            }
            let Count {
                rendered,
                failed,
                differ,
            } = count;
            println!("{rendered} rendered, {failed} failed, {differ} differ");
        }
        _ => panic!("usage: driver SEED VALUES | fixed"),
    }
}

#[derive(Default)]
struct Count {
    rendered: usize,
    failed: usize,
    differ: usize,
}

impl Count {
    fn add(
        &mut self,
        target: &Target,
        options: &BTreeMap<String, Value>,
        results: &[(String, Yield, Yield)],
    ) {
        for (name, compiled, interpreted) in results {
            if compiled != interpreted {
                self.differ += 1;
                let options = json!(options);
                println!("{}/{name} with {options}", target.id);
                println!("  compiled:    {compiled:?}\n  interpreted: {interpreted:?}");
            }
            match interpreted {
                Some(_) => self.rendered += 1,
                None => self.failed += 1,
            }
        }
    }
}

/// What each template of a target yields by the one engine, and by the other.
fn render(
    project: &Project,
    target: &Arc<Target>,
    options: &BTreeMap<String, Value>,
) -> Vec<(String, Yield, Yield)> {
    let enabled = EnabledTarget {
        target: target.clone(),
        out: String::new(),
        options: options.clone(),
        drops_retired: false,
    };
    let arena = Bump::new();
    let model = Model::new(&arena, &project.catalog, &[target], false);
    let compiled = Engine::new(target).unwrap_or_else(|errors| panic!("{errors:?}"));
    let interpreted = Engine::interpreting(target, TeraValues::default());
    let interpreted = interpreted.unwrap_or_else(|errors| panic!("{errors:?}"));
    let rendering = |engine| {
        let rendering = Rendering::new(&arena, engine, &model, &enabled);
        rendering.unwrap_or_else(|errors| panic!("{errors:?}"))
    };
    let (compiled, interpreted) = (rendering(compiled), rendering(interpreted));
    let text = |rendering: &Rendering, rule: usize| {
        let mut files = rendering.files(rule, &|_, _| {}).ok()?;
        String::from_utf8(files.remove(0).content).ok()
    };
    let rules = target.manifest.files.iter().enumerate();
    let both = rules.map(|(index, rule)| {
        let name = rule.template.clone();
        (name, text(&compiled, index), text(&interpreted, index))
    });
    both.collect()
}

/// Values that are always the same.
fn fixed() -> BTreeMap<String, Value> {
    let values = json!({
        "i": 7, "j": -2, "w": u64::MAX, "f": 2.5, "s": "text", "t": "é x", "d": "12", "b": true,
        "l": [1, 1.0, "1", null], "ls": ["b", "a", "b"], "li": [3, 1, 2],
        "lm": [{ "x": 2, "y": "b" }, { "x": 1, "y": "a" }],
        "m": { "x": 1, "y": "why", "z": { "x": 5 } }, "k": { "y": 0, "id": "k" },
        "n": null, "a": { "x": [] },
    });
    serde_json::from_value(values).expect("a map")
}

/// A value for each option of a target, mostly of the kind that its templates use it as.
fn options(random: &mut Random, target: &Target) -> BTreeMap<String, Value> {
    let mut options = BTreeMap::new();
    for name in target.manifest.options.keys() {
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
                json!(100_000),
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
