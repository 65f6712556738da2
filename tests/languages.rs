//! A language is a folder. The tests have one that is not a standard target, and it gets all that a standard one gets without
//! being named anywhere else: its module, its sample on the site, hostile catalogues, and the conformance vectors.

mod support;

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
#[path = "hostile/texts.rs"]
mod texts;
#[path = "hostile/yaml.rs"]
mod yaml;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use support::{
    TARGETS, assert_same_tree, copy_into, errgen, expect_file, folders_in, further_languages,
    project_of_further_languages, repository, standard_targets, write,
};
use tempfile::TempDir;

/// Files outside of the folders of the languages that name several of them and are no list that a language has to be added
/// to, each with the reason.
const NO_LISTS: &[(&str, &str)] = &[
    (
        "CHANGELOG.md",
        "what a user notices, which may be a language",
    ),
    (
        "CONTRIBUTING.md",
        "Rust, in which errgen is written, beside a language as an example",
    ),
    ("README.md", "an example of a catalogue's targets"),
    (
        "catalog.ledger.yaml",
        "what was released, with the targets of the catalogue",
    ),
    ("catalog.yaml", "the choice of those who own the catalogue"),
    ("docs/hostile.md", "figures, and what was found"),
    ("docs/long-input.md", "figures, and what was found"),
    (
        "docs/tutorial.md",
        "a project in two languages, as a reader has it",
    ),
    (
        "docs/performance.md",
        "figures, and the tools they were measured with",
    ),
    (
        "docs/sdk/cost.md",
        "figures, which `benches/sdk/run` writes",
    ),
    ("src/diagnostic/rules/E504.md", "an example of two targets"),
    (
        "tests/cases/all-retired/catalog.yaml",
        "a catalogue that sets an option of every target",
    ),
    (
        "tests/cases/contract/catalog.yaml",
        "a catalogue that sets an option of every target",
    ),
    (
        "tests/cases/emptied/catalog.yaml",
        "a catalogue that sets an option of every target",
    ),
    (
        "tests/cases/full/catalog.yaml",
        "a catalogue that sets every option there is",
    ),
    (
        "tests/invalid/E503-properties/catalog.yaml",
        "names that are taken in some target only",
    ),
    (
        "tests/invalid/E503-properties/stderr",
        "names that are taken in some target only",
    ),
    ("tests/linear-time/install", "tools that the check needs"),
    ("tests/supply-chain/install", "tools that the check needs"),
    (
        "tests/cases/server/catalog.yaml",
        "a catalogue that has every target with an adapter for servers",
    ),
];

/// Where what errgen or a test has written stands.
const WRITTEN: &[&str] = &[
    ".errgen/",
    "docs/rules.md",
    "generated/",
    "tests/invalid/E501-unknown-target/stderr",
    "tests/languages.expected/",
];

/// What tells where to start with a language of one's own, and so names the tests' own.
const GUIDES: &[&str] = &["CHANGELOG.md", "templates/README.md", "tests/sdk/README.md"];

/// Every file that is checked in.
fn files() -> Vec<String> {
    let mut command = Command::new("git");
    command.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let output = command.current_dir(repository()).output().expect("git");
    assert!(output.status.success());
    let files = String::from_utf8(output.stdout).expect("paths in UTF-8");
    let files: Vec<String> = files.lines().map(str::to_owned).collect();
    assert!(files.len() > 500);
    files
}

/// Whether a file is a language's own, or was written by errgen or a test.
fn has_its_place(file: &str, languages: &[String]) -> bool {
    let parts: Vec<&str> = file.split('/').collect();
    let is_own = |name: &str| {
        let stem = name.split('.').next().unwrap_or_default();
        let stem = stem.strip_prefix("migrate-").unwrap_or(stem);
        languages.iter().any(|language| language == stem)
    };
    match parts.as_slice() {
        ["tests", "cases", _, "expected", ..] => true,
        // What errgen says of each language.
        ["tests", "compatibility", name] if name.ends_with(".expected") => true,
        ["templates", name, ..]
        | [
            "tests",
            "sdk" | "targets" | "options" | "compatibility",
            name,
            ..,
        ]
        | ["benches" | "docs", "sdk", name, ..]
        | ["docs", "upgrade", name]
            if is_own(name) =>
        {
            true
        }
        _ => WRITTEN.iter().any(|place| file.starts_with(place)),
    }
}

/// The languages that a text names, each as a word of its own: `python3-venv` names a package.
fn named<'a>(text: &str, languages: &'a [String]) -> BTreeSet<&'a str> {
    let text = text.to_lowercase();
    let words: BTreeSet<&str> = text
        .split(|character: char| !character.is_alphanumeric() && !matches!(character, '-' | '_'))
        .collect();
    let languages = languages.iter().map(String::as_str);
    languages.filter(|it| words.contains(it)).collect()
}

/// A standard target is a language where it has a sample of code.
fn standard_languages() -> Vec<String> {
    let library = errgen::target::Library::standard();
    let has_sample = |id: &String| {
        let target = library.load(id).expect("a target");
        target.expect("a fit target").sample.is_some()
    };
    standard_targets().into_iter().filter(has_sample).collect()
}

/// Text between these is made from the manifests.
fn without_made(text: &str) -> String {
    let mut parts = text.split("by `make bless`, from here -->");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(
            part.split_once("<!-- to here -->")
                .map_or(part, |(_, rest)| rest),
        );
    }
    kept
}

#[test]
fn no_list_of_languages_is_written_down() {
    let languages = standard_languages();
    assert!(languages.len() > 3);
    let mut all = languages.clone();
    all.extend(further_languages());
    let mut lists = BTreeSet::new();
    for file in files() {
        if has_its_place(&file, &all) {
            continue;
        }
        // What is not text names nothing.
        let Ok(text) = fs::read_to_string(repository().join(&file)) else {
            continue;
        };
        if named(&without_made(&text), &languages).len() > 1 {
            lists.insert(file);
        }
    }
    let known: BTreeSet<String> = NO_LISTS
        .iter()
        .map(|(file, _)| (*file).to_owned())
        .collect();
    let new: Vec<_> = lists.difference(&known).collect();
    assert!(
        new.is_empty(),
        "{new:?} name several languages: whoever adds one would have to know of it"
    );
    let needless: Vec<_> = known.difference(&lists).collect();
    assert!(needless.is_empty(), "{needless:?} need no exemption");
}

/// The list of files that the language of the tests touches.
#[test]
fn a_further_language_is_named_in_its_own_folders_alone() {
    for language in further_languages() {
        let languages = [language];
        let mut own = 0;
        for file in files() {
            let Ok(text) = fs::read_to_string(repository().join(&file)) else {
                continue;
            };
            if has_its_place(&file, &languages) {
                own += 1;
            } else if !GUIDES.contains(&file.as_str()) {
                let names_it = !named(&text, &languages).is_empty();
                assert!(!names_it, "{file} names {}", languages[0]);
            }
        }
        assert!(own > 5);
    }
}

/// A copy of a language's folder, outside of the repository, in a folder of targets.
fn outside(language: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = repository().join(TARGETS).join(language);
    copy_into(&target, &folder.path().join(language));
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_language_from_outside_of_the_repository_is_generated_and_checked() {
    let cases = folders_in(&repository().join("tests/cases"));
    for language in further_languages() {
        let templates = outside(&language);
        for case in &cases {
            let project = project_of_further_languages(case);
            let words = |command: &'static str| {
                [
                    command,
                    &language,
                    "--templates",
                    text(templates.path()),
                    "--out",
                    "out",
                ]
            };
            errgen(project.path(), words("generate")).clean();
            errgen(project.path(), words("check")).clean();
            let expected = case.join("expected").join(&language);
            assert_same_tree(&project.path().join("out").join(&language), &expected);
            // What somebody has changed by hand is found.
            let file = first_file(&project.path().join("out").join(&language));
            fs::write(&file, "changed").expect("a file");
            assert_eq!(errgen(project.path(), words("check")).status, 1);
        }
    }
}

fn first_file(folder: &Path) -> std::path::PathBuf {
    let files = fs::read_dir(folder).expect("a folder");
    let mut files = files.map(|entry| entry.expect("an entry").path());
    let is_list = |path: &std::path::PathBuf| path.ends_with(".errgen-files");
    files.find(|path| !is_list(path)).expect("a file")
}

/// An error with a parameter that the sample can show, one with a secret, and an id that is a word of most languages.
const ERRORS: &str = "
catalog: shop
version: 1.0.0
title: { en: Shop errors }
locales: [en]
targets: { site: {} }
categories:
  - id: first
    title: { en: First }
    errors:
      - code: 1
        id: user_exists
        http: 409
        message: User {user} exists
        params: { user: { type: string, example: emma } }
        description: { en: There is such a user. }
      - code: 2
        id: end
        http: 400
        message: Card {number} has ended
        params: { number: { type: string, sensitive: true, example: '4242' } }
        description: { en: The card has ended. }
";

#[test]
fn the_site_shows_the_sample_of_a_language_from_outside() {
    for language in further_languages() {
        let templates = outside(&language);
        let project = tempfile::tempdir().expect("a temporary folder");
        write(project.path(), "catalog.yaml", ERRORS);
        let words = [
            "generate",
            "site",
            &language,
            "--templates",
            text(templates.path()),
        ];
        errgen(project.path(), words).clean();
        let sample = |code: &str| {
            let page = project
                .path()
                .join("generated/site/errors")
                .join(code)
                .join("index.html");
            let page = fs::read_to_string(page).expect("a page");
            let start = page.find("<fieldset class=\"samples\">").expect("samples");
            let end = page.find("</fieldset>").expect("an end");
            format!("{}</fieldset>\n", &page[start..end])
        };
        let expected = repository()
            .join("tests/languages.expected")
            .join(&language);
        expect_file(
            &expected.with_extension("html"),
            &(sample("1") + &sample("2")),
        );
        // Without the language, the page has no samples.
        errgen(project.path(), ["generate", "site"]).clean();
        let page = project.path().join("generated/site/errors/1/index.html");
        assert!(
            !fs::read_to_string(page)
                .expect("a page")
                .contains("class=\"samples\"")
        );
    }
}

#[test]
fn hostile_catalogues_have_the_words_of_every_language_and_are_generated() {
    let words = languages::words();
    for language in further_languages() {
        let manifest = repository()
            .join(TARGETS)
            .join(&language)
            .join("target.yaml");
        let manifest: serde_json::Value =
            serde_yaml::from_str(&fs::read_to_string(manifest).expect("a manifest")).expect("YAML");
        let reserved = manifest["reserved"][0]["words"].as_array().expect("words");
        let reserved: Vec<_> = reserved.iter().filter_map(|word| word.as_str()).collect();
        assert!(reserved.len() > 10);
        let missing: Vec<_> = reserved
            .iter()
            .filter(|word| !words.contains(word))
            .collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
        for seed in 0..4 {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let catalogue = catalogue::catalogue(seed, 700);
            let mut file = File::create(folder.path().join("catalog.yaml")).expect("a file");
            yaml::write(&mut file, &catalogue.value, "").expect("a catalogue");
            catalogue.write_files(folder.path());
            let targets = repository().join(TARGETS);
            let words = [
                "generate",
                &language,
                "--templates",
                text(&targets),
                "--quiet",
            ];
            errgen(folder.path(), words).clean();
        }
    }
}

#[test]
fn every_language_has_checks_and_each_of_them_can_be_started() {
    let names_of = |folder: &str| {
        let folders = folders_in(&repository().join(folder));
        let name = |folder: &std::path::PathBuf| Some(folder.file_name()?.to_str()?.to_owned());
        folders.iter().filter_map(name).collect::<Vec<_>>()
    };
    let mut targets = standard_targets();
    targets.extend(further_languages());
    for checked in names_of("tests/sdk") {
        assert!(
            targets.contains(&checked),
            "tests/sdk/{checked} checks no target"
        );
        for script in ["install", "check"] {
            let path = repository().join("tests/sdk").join(&checked).join(script);
            let text = fs::read_to_string(&path).expect("a script");
            assert!(text.starts_with("#!"), "{}", path.display());
        }
    }
}
