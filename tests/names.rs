//! What `lint` accepts, every target takes: catalogues with names that a language, a file system or a module could take for
//! something else are generated, or there is a diagnostic at a place in them.

#[path = "hostile/catalogue.rs"]
mod catalogue;
#[path = "hostile/draw.rs"]
mod draw;
#[path = "hostile/explanations.rs"]
mod explanations;
#[path = "hostile/languages.rs"]
mod languages;
#[path = "hostile/messages.rs"]
mod messages;
#[path = "hostile/properties.rs"]
mod properties;
#[path = "hostile/random.rs"]
mod random;
#[path = "hostile/swept.rs"]
mod swept;
#[path = "hostile/texts.rs"]
mod texts;
#[path = "hostile/yaml.rs"]
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use errgen::diagnostic::{Diagnostic, Place, Severity, Source};
use errgen::pipeline::Draft;
use errgen::render::RenderedTarget;
use errgen::target::Library;

/// How many catalogues are tried.
const CATALOGUES: u64 = 60;

const CATALOGUE: &str = "catalog.yaml";

/// What errgen makes of a catalogue.
enum Outcome {
    Files(Vec<RenderedTarget>),
    /// What `lint` finds.
    Refused(Vec<Diagnostic>),
    /// What nobody found before rendering.
    Failed(Vec<Diagnostic>),
}

fn outcome(text: &str, library: &Library) -> Outcome {
    let source = Arc::new(Source::new(CATALOGUE, text));
    let draft = Draft::parse(&source);
    let mut found = draft.analyse(library, &[]).lint();
    found.retain(|diagnostic| diagnostic.severity == Severity::Error);
    if !found.is_empty() {
        return Outcome::Refused(found);
    }
    let project = draft.analyse(library, &[]).into_project();
    let rendered = project.and_then(|project| {
        project.render(
            &[],
            |_| CATALOGUE.to_owned(),
            |_| unreachable!("all targets are standard ones"),
        )
    });
    match rendered {
        Ok(targets) => Outcome::Files(targets),
        Err(diagnostics) => Outcome::Failed(diagnostics),
    }
}

fn written(seed: u64) -> String {
    let random = random::random(seed, true);
    let mut text = Vec::new();
    yaml::write(&mut text, &random.value, &random.targets).expect("a catalogue");
    String::from_utf8(text).expect("YAML in UTF-8")
}

#[test]
fn a_random_catalogue_that_lint_accepts_is_generated_in_every_target() {
    let library = Library::standard();
    let targets = library.ids().count();
    let seeds = std::env::var("ERRGEN_CATALOGUES")
        .map_or(CATALOGUES, |count| count.parse().expect("a number"));
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut generated = 0;
    for seed in 0..seeds {
        let text = written(seed);
        match outcome(&text, &library) {
            Outcome::Files(rendered) => {
                assert_eq!(rendered.len(), targets);
                generated += 1;
            }
            Outcome::Refused(found) => {
                for diagnostic in &found {
                    assert_is_at_a_place(diagnostic, &text);
                }
                *refused.entry(found[0].rule.code).or_default() += 1;
            }
            Outcome::Failed(found) => panic!("seed {seed}: {found:#?}\n{text}"),
        }
    }
    println!("{generated} of {seeds} catalogues generated; refused: {refused:?}");
    // Else the test would try next to nothing.
    assert!(generated * 2 > seeds, "{generated} of {seeds}: {refused:?}");
}

/// The first words as ids and as locales. `make test-deep` compiles all.
#[test]
fn a_catalogue_of_hostile_words_is_generated_in_every_target() {
    let library = Library::standard();
    for part in 0..2 {
        let swept = swept::swept(part).expect("words");
        let mut text = Vec::new();
        yaml::write(&mut text, &swept.value, &swept.targets).expect("a catalogue");
        let text = String::from_utf8(text).expect("YAML in UTF-8");
        match outcome(&text, &library) {
            Outcome::Files(rendered) => assert_eq!(rendered.len(), library.ids().count()),
            Outcome::Refused(found) | Outcome::Failed(found) => panic!("{found:#?}"),
        }
    }
}

/// Ids, codes and locales that are devices or folders of the standard targets, one at a time in each place: nothing is said of a file that
/// is in the binary.
#[test]
fn no_name_leads_to_a_diagnostic_about_a_file_in_the_binary() {
    const NAMES: &[&str] = &[
        "aux",
        "con",
        "nul",
        "prn",
        "com1",
        "lpt9",
        "map",
        "errors",
        "categories",
        "readme",
        "index",
        "summary",
        "runtime",
        "error",
        "default",
        "class",
        "true",
        "null",
        "texts",
        "fallback",
        "git",
        "self",
        "none",
    ];
    let library = Library::standard();
    for name in NAMES {
        for place in ["CATALOG", "CATEGORY", "GROUP", "ERROR", "CODE", "LOCALE"] {
            if place == "LOCALE" && !errgen::catalog::is_language_tag(name) {
                continue;
            }
            let mut text = TEMPLATE.replace(place, &format!("{name:?}"));
            for (place, other) in [
                ("CATALOG", "shop"),
                ("CATEGORY", "first"),
                ("GROUP", "second"),
                ("ERROR", "third"),
                ("CODE", "E1"),
                ("LOCALE", "de"),
            ] {
                text = text.replace(place, other);
            }
            match outcome(&text, &library) {
                Outcome::Files(_) => {}
                Outcome::Refused(found) | Outcome::Failed(found) => {
                    panic!("{place} {name}: {found:#?}")
                }
            }
        }
    }
}

const TEMPLATE: &str = r#"
catalog: CATALOG
version: 1.0.0
title: { en: Names }
locales: [en, LOCALE]
lint: { missing-translation: allow }
categories:
  - id: CATEGORY
    title: { en: First }
    groups:
      - id: GROUP
        title: { en: Second }
        errors:
          - code: CODE
            id: ERROR
            http: 400
            message: "Said {user}"
            params: { user: { type: string, example: emma } }
            description: { en: It was said., LOCALE: Gesagt. }
"#;

#[track_caller]
fn assert_is_at_a_place(diagnostic: &Diagnostic, text: &str) {
    match &diagnostic.place {
        Place::Span(source, span) => {
            assert_eq!(source.path, CATALOGUE, "{diagnostic:?}");
            assert!(!span.range().is_empty(), "{diagnostic:?}\n{text}");
        }
        Place::File(_) => panic!("{diagnostic:?}\n{text}"),
    }
}
