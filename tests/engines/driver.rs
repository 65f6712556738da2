//! driver SEED VALUES: renders every template of the standard targets with as many random values by both engines, and prints where
//! one does not do what the other does; the last line says how many cases there were.
//!
//! driver fixed: renders those of the target `cases` once, with values that are always the same, and prints what each yields.
//!
//! `tests/engines.rs` builds it with an errgen that has made-up targets for its standard ones.

#[path = "random.rs"]
mod random;
#[path = "values.rs"]
mod values;

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
use values::{fixed, options};

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
                    let names = target.manifest.options.keys();
                    let options = options(&mut random, names);
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
        place: None,
        belongs: true,
        options: options.clone(),
        drops_retired: false,
    };
    let arena = Bump::new();
    let history = project.history();
    let model = Model::new(&arena, &project.catalog, &history, &[target], []);
    let compiled = Engine::new(target).unwrap_or_else(|errors| panic!("{errors:?}"));
    let interpreted = Engine::interpreting(target, TeraValues::default());
    let interpreted = interpreted.unwrap_or_else(|errors| panic!("{errors:?}"));
    let rendering = |engine| {
        let rendering = Rendering::new(&arena, engine, &model, &enabled, "catalog.yaml");
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
